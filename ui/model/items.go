package model

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

var itemStates = []string{inspection.ItemOpen, inspection.ItemDone, inspection.ItemExempt, inspection.ItemLed}

// ItemStates are the words for the states of an item, in the order of
// ItemState.
func ItemStates() []string {
	return []string{i18n.T("未完成"), i18n.T("完成"), i18n.T("免，不计"), i18n.T("其他单位牵头")}
}

// ItemState is the place of a state among ItemStates; what is unknown is open.
func ItemState(code string) int {
	for i, s := range itemStates {
		if s == code {
			return i
		}
	}
	return 0
}

// ItemStateCode is the state at a place.
func ItemStateCode(i int) string { return itemStates[max(i, 0)] }

// ItemsWords sums a list up.
func ItemsWords(items []inspection.Item) string {
	if len(items) == 0 {
		return i18n.T("列出清单（哪些没有完成）…")
	}
	n := map[string]int{}
	for _, x := range items {
		n[x.State]++
	}
	return i18n.T("清单 %d 项：完成 %d，未完成 %d，不计 %d", len(items), n[inspection.ItemDone], n[inspection.ItemOpen], n[inspection.ItemExempt]+n[inspection.ItemLed])
}

// ItemList is the list behind a measure while it is edited. Its rows are held until
// they are saved or given up, also when the window with them is closed.
type ItemList struct {
	Rows  []inspection.Item
	Name  string // of a row that is being typed
	saved []inspection.Item
}

// Begin takes the list as it is saved now; rows that wait stay.
func (l *ItemList) Begin(saved []inspection.Item) {
	if !l.Changed() {
		l.Rows = slices.Clone(saved)
	}
	l.saved = slices.Clone(saved)
}

// Changed tells whether there is something to save.
func (l *ItemList) Changed() bool {
	return strings.TrimSpace(l.Name) != "" || !slices.Equal(l.Rows, l.saved)
}

// GiveUp goes back to what is saved.
func (l *ItemList) GiveUp() { l.Rows, l.Name = slices.Clone(l.saved), "" }

// Add makes a row of what is typed.
func (l *ItemList) Add() {
	if name := strings.TrimSpace(l.Name); name != "" {
		l.Rows = append(l.Rows, inspection.Item{Code: desk.NextItem(l.Rows), Name: name, State: inspection.ItemOpen})
	}
	l.Name = ""
}

// Drop takes a row away.
func (l *ItemList) Drop(i int) { l.Rows = slices.Delete(l.Rows, i, i+1) }

// Merge takes another list in: what has the same name takes its state, and level and
// lead where they are written; the rest is added. Rows that are here stay.
func (l *ItemList) Merge(items []inspection.Item) (added, altered int) {
	for _, x := range items {
		at := slices.IndexFunc(l.Rows, func(r inspection.Item) bool { return r.Name == x.Name })
		if at < 0 {
			if slices.ContainsFunc(l.Rows, func(r inspection.Item) bool { return r.Code == x.Code }) {
				x.Code = desk.NextItem(l.Rows)
			}
			l.Rows, added = append(l.Rows, x), added+1
			continue
		}
		r := l.Rows[at]
		r.State = x.State
		if x.Level != "" {
			r.Level = x.Level
		}
		if x.Lead != "" {
			r.Lead = x.Lead
		}
		if r != l.Rows[at] {
			l.Rows[at], altered = r, altered+1
		}
	}
	return added, altered
}

// Lacking are those of a list that are not here by name.
func (l *ItemList) Lacking(items []inspection.Item) []inspection.Item {
	return slices.DeleteFunc(slices.Clone(items), func(x inspection.Item) bool {
		return slices.ContainsFunc(l.Rows, func(r inspection.Item) bool { return r.Name == x.Name })
	})
}

// Save saves what is held; on an error it is held on.
func (l *ItemList) Save(save func([]inspection.Item) error) error {
	l.Add()
	if !l.Changed() {
		return nil
	}
	if err := save(slices.Clone(l.Rows)); err != nil {
		return err
	}
	l.saved = slices.Clone(l.Rows)
	return nil
}
