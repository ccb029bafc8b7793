package model

import (
	"errors"
	"testing"

	"xunping/inspection"
)

// Rows that were typed are there until they are saved or given up: a refused save
// and an import take none away.
func TestItemListHoldsItsRows(t *testing.T) {
	saved := []inspection.Item{{Code: "s1", Name: "社保", State: inspection.ItemOpen}}
	l := &ItemList{}
	l.Begin(saved)
	l.Name = "医保"
	l.Add()
	l.Name = "住房"
	no := func([]inspection.Item) error { return errors.New("no") }
	if l.Save(no) == nil || !l.Changed() || len(l.Rows) != 3 {
		t.Fatalf("after a refused save: %+v", l)
	}
	l.Begin(saved) // opened again
	added, altered := l.Merge([]inspection.Item{{Code: "s2", Name: "社保", State: inspection.ItemDone, Lead: "人社局"}, {Code: "s2", Name: "户籍", State: inspection.ItemOpen}})
	if added != 1 || altered != 1 || len(l.Rows) != 4 || l.Rows[0].State != inspection.ItemDone || l.Rows[0].Code != "s1" || l.Rows[1].Name != "医保" {
		t.Fatalf("merged %d %d: %+v", added, altered, l.Rows)
	}
	codes := map[string]bool{}
	for _, r := range l.Rows {
		codes[r.Code] = true
	}
	if len(codes) != 4 {
		t.Errorf("codes are not single: %+v", l.Rows)
	}
	var kept []inspection.Item
	if err := l.Save(func(i []inspection.Item) error { kept = i; return nil }); err != nil || l.Changed() || len(kept) != 4 {
		t.Errorf("saved %v, changed %t", kept, l.Changed())
	}
	l.Drop(0)
	l.Name = "x"
	if l.GiveUp(); l.Changed() || len(l.Rows) != 4 {
		t.Error("given up, and still changed")
	}
}
