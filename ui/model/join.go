package model

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// Join writes codes in a row.
func Join(codes []string) string {
	if len(codes) == 0 {
		return i18n.T("无")
	}
	return strings.Join(codes, i18n.T("、"))
}

// Undecided counts the clashes of a pack that nobody has decided yet.
func Undecided(j *desk.Joining, sides desk.Sides) int {
	n := 0
	for _, x := range j.Drafts {
		for _, c := range x.Clash {
			if _, ok := sides[x.Unit.Code][c.Code]; !ok {
				n++
			}
		}
	}
	return n
}

// EntryWords say in one line all that was entered for an indicator, so that two
// entries that differ read differently; hide leaves out the points.
func EntryWords(e inspection.Entry, hide bool) string {
	var parts []string
	switch e.State {
	case scoring.Absent:
		parts = append(parts, i18n.T("不检查"))
		if a := e.Absence; a != nil {
			parts = append(parts, nonEmpty(a.Letter, a.Date, a.Reason)...)
		}
	case scoring.NotScored:
		parts = append(parts, i18n.T("不评分"))
	case scoring.Checked:
		parts = append(parts, i18n.T("已检查"))
	}
	for _, f := range e.Findings {
		name := f.Rule
		if name == "" {
			name = f.Clause
		}
		if f.Count != 0 {
			name += "×" + f.Count.String()
		}
		if !hide {
			name += " " + f.Points.String()
		}
		if f.Responsible != "" {
			name += " " + i18n.T("责任：%s", f.Responsible)
		}
		parts = append(parts, nonEmpty(name, f.Note)...)
	}
	parts = append(parts, e.Aspects...)
	for _, code := range sortedKeys(e.Measures) {
		parts = append(parts, code+" "+Ratio(e.Measures[code]))
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	if n := len(e.Evidence); n > 0 {
		parts = append(parts, i18n.T("%d 件", n))
	}
	return strings.Join(parts, i18n.T("；"))
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
