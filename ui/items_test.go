package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Escape out of a list loses none of the rows, also not the one that is being
// typed; what cannot be saved waits, and is not signed without.
func TestListKeepsItsRows(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	m := &v.entry.ind.Measures[0]
	v.entry.editItems(m)
	typing(t, s, "社保系统")
	press(s, fyne.KeyReturn)
	typing(t, s, "医保系统")
	press(s, fyne.KeyEscape)
	if got := v.in.Record().Entries["A2"].Measures[m.Code].Items; len(got) != 2 || got[1].Name != "医保系统" {
		t.Fatalf("after Escape the list has %+v", got)
	}
	held := v.entry.itemList(m.Code)
	for range 5001 {
		held.Name = "多"
		held.Add()
	}
	v.entry.editItems(m)
	press(s, fyne.KeyEscape) // refused: too many
	press(s, fyne.KeyEscape) // what it says
	if len(held.Rows) != 5003 || v.listWaits() != m.Code || len(v.in.Record().Entries["A2"].Measures[m.Code].Items) != 2 {
		t.Fatalf("%d rows held, waiting %q", len(held.Rows), v.listWaits())
	}
	held.GiveUp()
	if v.listWaits() != "" {
		t.Error("given up, and still waiting")
	}
}
