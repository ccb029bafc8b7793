package ui

import (
	"fmt"
	"maps"
	"testing"

	"xunping/scoring"
)

// What one key makes the program do, without a clock: a letter in a note rebuilds and
// reckons nothing, going on shows one indicator and reckons nothing, a count reckons the
// score once and shows one indicator anew; the checklist stays as it is, also with 300
// indicators. Work is measured in allocations; a second time over would be twice as many.
func TestWorkOfAKey(t *testing.T) {
	const once = 1.7
	var letters []float64
	for _, n := range []int{22, 300} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			v := walkOf(t, n)
			code, rule := "A2", "A2-2"
			if n > 22 {
				code, rule = "G3I3", "G3I3-1"
			}
			v.open(code)
			rows := maps.Clone(v.rows)
			here := testing.AllocsPerRun(3, v.rebuild)
			v.step(1)
			there := testing.AllocsPerRun(3, v.rebuild)
			v.step(-1)

			res := v.in.Result()
			if got := testing.AllocsPerRun(3, func() { v.step(1); v.step(-1) }); got > once*(here+there) {
				t.Errorf("going on and back: %v allocations, showing both indicators: %v", got, here+there)
			}
			v.focusNote()
			letters = append(letters, testing.AllocsPerRun(3, func() { v.entry.note.TypedRune('a') }))
			if v.in.Result() != res {
				t.Error("the score was reckoned although nothing was changed")
			}
			settled(v)

			i := 0
			counted := testing.AllocsPerRun(3, func() {
				i++
				v.entry.apply(func() error { return v.in.SetCount(code, rule, scoring.Decimal(i)*scoring.One) })
			})
			if now := testing.AllocsPerRun(3, v.rebuild); counted > once*now {
				t.Errorf("a count: %v allocations, showing the indicator: %v", counted, now)
			}
			if res = v.in.Result(); v.in.Result() != res {
				t.Error("the score is reckoned each time it is read")
			}
			if !maps.Equal(rows, v.rows) {
				t.Error("the checklist was built anew")
			}
		})
	}
	if len(letters) == 2 && (letters[1] > 1.2*letters[0] || letters[0] > 500) {
		t.Errorf("a letter costs %v allocations with 22 indicators, %v with 300", letters[0], letters[1])
	}
}
