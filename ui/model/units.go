// Package model is what the screens know, without Fyne: which rows to show,
// what a key does next, how a score reads. Tests drive it as a person would.
package model

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// Units is the list of the round's units with its filter.
type Units struct {
	rows []desk.UnitRow
	UnitFilter
}

// UnitFilter says which units are shown.
type UnitFilter struct {
	Text  string         // part of the name, the code, or pinyin initials
	Kind  string         // "" for all
	State desk.UnitState // "" for all
}

// NewUnits makes the list of a round.
func NewUnits(rows []desk.UnitRow) *Units { return &Units{rows: rows} }

// Shown are the rows that pass the filter, in the round's order.
func (u *Units) Shown() []desk.UnitRow {
	var out []desk.UnitRow
	for _, r := range u.rows {
		if u.Kind != "" && r.Unit.Kind != u.Kind || u.State != "" && r.State != u.State || !u.matches(r) {
			continue
		}
		out = append(out, r)
	}
	return out
}

func (u *Units) matches(r desk.UnitRow) bool {
	t := strings.ToLower(strings.TrimSpace(u.Text))
	return t == "" || strings.Contains(strings.ToLower(r.Unit.Name), t) ||
		strings.Contains(strings.ToLower(r.Unit.Code), t) || strings.Contains(strings.ToLower(r.Initials), t)
}

// PlaceOf is where a unit stands among rows, −1 if it does not.
func PlaceOf(rows []desk.UnitRow, code string) int {
	return slices.IndexFunc(rows, func(r desk.UnitRow) bool { return r.Unit.Code == code })
}

// Progress says how far the round is: units sealed here or handed in, of all.
func (u *Units) Progress() (done, all int) {
	for _, r := range u.rows {
		if Finished(r.State) {
			done++
		}
	}
	return done, len(u.rows)
}

// Finished tells whether nothing more is to be done for the unit on this
// machine.
func Finished(s desk.UnitState) bool { return s == desk.Signed || s == desk.Merged }

// Kinds are the kinds of units in the list, in order of appearance.
func (u *Units) Kinds() []string {
	var kinds []string
	seen := map[string]bool{}
	for _, r := range u.rows {
		if k := r.Unit.Kind; !seen[k] {
			seen[k] = true
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// KindWord is the name of a kind of unit for a person.
func KindWord(kind string) string {
	switch kind {
	case "city":
		return i18n.T("设区市")
	case "department":
		return i18n.T("自治区部门")
	case "central":
		return i18n.T("中直驻桂单位")
	}
	return kind
}

// StateWord is the name of a state for a person.
func StateWord(s desk.UnitState) string {
	switch s {
	case desk.NotStarted:
		return i18n.T("未开始")
	case desk.InProgress:
		return i18n.T("检查中")
	case desk.ToSign:
		return i18n.T("待签")
	case desk.CoSign:
		return i18n.T("待补签")
	case desk.Signed:
		return i18n.T("已签")
	case desk.Returned:
		return i18n.T("退回")
	case desk.Merged:
		return i18n.T("已交")
	}
	return string(s)
}

// ReturnedWords say in a narrow column until when a sheet is wanted again.
func ReturnedWords(until string) string {
	if len(until) < len("2019-") {
		return StateWord(desk.Returned)
	}
	return i18n.T("退回 %s 前", until[len("2019-"):])
}

// StateGlyph is the sign beside the word, so that a state is seen at a glance
// and without colour.
func StateGlyph(s desk.UnitState) string {
	switch s {
	case desk.NotStarted:
		return "○"
	case desk.InProgress:
		return "◐"
	case desk.Returned:
		return "◌"
	}
	return "●"
}

// States are all states in the order of the work.
func States() []desk.UnitState {
	return []desk.UnitState{desk.NotStarted, desk.InProgress, desk.ToSign, desk.CoSign, desk.Signed, desk.Merged, desk.Returned}
}
