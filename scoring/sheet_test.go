package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"xunping/internal/randomrubric"
	. "xunping/scoring"
)

// A sheet that was written over, entry by entry in any order, gives what one
// gives on which only the last entries were put; and results that were taken
// before do not move.
func TestSheetWrittenOver(t *testing.T) {
	differed := 0
	for range 20 { // 100 cases each
		rapid.Check(t, func(rt *rapid.T) {
			e, err := NewEngine(randomrubric.Draw(rt))
			if err != nil {
				rt.Fatal(err)
			}
			first, last := randomSheet(rt, e), randomSheet(rt, e)
			last.Circumstances = first.Circumstances
			s := first.On(e)
			taken := e.Explain(s)
			was := string(taken.JSON(true))
			if was == string(e.Explain(last.On(e)).JSON(true)) {
				return
			}
			differed++
			for _, i := range rapid.Permutation(places(e)).Draw(rt, "order") {
				s.Put(i, &last.Entries[i])
				first.Entries[i] = last.Entries[i]
				if got, want := string(e.Explain(s).JSON(true)), string(e.Explain(first.On(e)).JSON(true)); got != want {
					rt.Fatalf("written over\n%s\nanew\n%s", got, want)
				}
			}
			if string(taken.JSON(true)) != was {
				rt.Fatal("a result moved with its sheet")
			}
		})
	}
	if differed < 1000 {
		t.Errorf("%d cases in which there was something to write over", differed)
	}
}

func places(e *Engine) []int {
	out := make([]int, e.Len())
	for i := range out {
		out[i] = i
	}
	return out
}
