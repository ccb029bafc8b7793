package model

import (
	"slices"
	"testing"
)

// Movements and places are sorted by what they amount to, not as words; what has none
// stays at the end both ways.
func TestMovementsAreSortedByPlaces(t *testing.T) {
	for _, x := range []struct {
		amount    func(string) (int, bool)
		cells, up []string
	}{
		{Climbed, []string{"↑10", "—", "↓3", "上红 ↑2", ""}, []string{"↓3", "上红 ↑2", "↑10", "—", ""}},
		{LastPlace, []string{"1 → 12", "1 → —", "— → 8", "9"}, []string{"— → 8", "9", "1 → 12", "1 → —"}},
	} {
		var lines []Line
		for _, c := range x.cells {
			lines = append(lines, Line{Cells: []string{c}})
		}
		table := NewTable([]Column{{Word: "x", Amount: x.amount}}, lines)
		table.Sort(0)
		if got := cellsOf(table); !slices.Equal(got, x.up) {
			t.Errorf("up %q, want %q", got, x.up)
		}
		table.Sort(0)
		none := 0
		for _, c := range x.cells {
			if _, ok := x.amount(c); !ok {
				none++
			}
		}
		want := slices.Clone(x.up)
		slices.Reverse(want[:len(want)-none])
		if got := cellsOf(table); !slices.Equal(got, want) {
			t.Errorf("down %q, want %q", got, want)
		}
	}
}

func cellsOf(t *Table) (out []string) {
	for _, l := range t.Shown() {
		out = append(out, l.Cells[0])
	}
	return out
}
