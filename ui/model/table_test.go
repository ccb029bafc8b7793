package model

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func sampleTable() *Table {
	return NewTable([]Column{{Word: "单位"}, {Word: "总分", Figure: true}}, []Line{
		{Cells: []string{"甲", "9.5"}, Group: "市"}, {Cells: []string{"乙", "10"}, Group: "部门"}, {Cells: []string{"丙", "—"}, Group: "市"},
		{Cells: []string{"丁", "−2.00"}, Group: "市"}, {Cells: []string{"=1+1", "10.000001"}, Group: "部门"}})
}

func names(t *Table) string {
	var b strings.Builder
	for _, l := range t.Shown() {
		b.WriteString(l.Cells[0])
	}
	return b.String()
}

func TestTableSortsFiltersCopies(t *testing.T) {
	x := sampleTable()
	for _, step := range []struct{ head, want string }{{"总分 ▲", "丁甲乙=1+1丙"}, {"总分 ▼", "=1+1乙甲丁丙"}, {"总分", "甲乙丙丁=1+1"}} {
		x.Sort(1)
		if names(x) != step.want || x.Head(1) != step.head {
			t.Errorf("%s: %s, want %s under %s", x.Head(1), names(x), step.want, step.head)
		}
	}
	x.Choose("市")
	x.Find(" 9.5 ")
	if names(x) != "甲" {
		t.Errorf("filtered: %s", names(x))
	}
	x.Choose("")
	x.Find("=")
	if x.TSV() != "单位\t总分\n'=1+1\t10.000001" {
		t.Errorf("copied %q", x.TSV())
	}
	if list, n := x.Groups(); len(list) != 2 || n["市"] != 3 {
		t.Errorf("groups %v %v", list, n)
	}
}

// Figures are compared as numbers, whatever their places.
func TestCompareFigures(t *testing.T) {
	one := rapid.StringMatching(`-?[0-9]{1,6}(\.[0-9]{1,6})?`)
	rapid.Check(t, func(r *rapid.T) {
		a, b := one.Draw(r, "a"), one.Draw(r, "b")
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		if got := CompareFigures(a, b); got != x.Cmp(y) {
			r.Fatalf("%s against %s: %d, want %d", a, b, got, x.Cmp(y))
		}
	})
}
