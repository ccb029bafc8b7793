package model

import (
	"strings"

	"xunping/assets/i18n"
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

// Chosen are the codes that were chosen, by unit, sorted.
func Chosen(by map[string]map[string]bool) map[string][]string {
	out := map[string][]string{}
	for unit, codes := range by {
		for _, c := range sortedKeys(codes) {
			if codes[c] {
				out[unit] = append(out[unit], c)
			}
		}
	}
	return out
}

// EntryWords say in one line what was entered for an indicator; hidden leaves out the
// points.
func EntryWords(e inspection.Entry, hidden bool) string {
	var parts []string
	switch e.State {
	case scoring.Absent:
		parts = append(parts, i18n.T("不检查"))
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
		if !hidden {
			name += " " + f.Points.String()
		}
		parts = append(parts, name)
	}
	for _, code := range sortedKeys(e.Measures) {
		parts = append(parts, code+" "+Ratio(e.Measures[code]))
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	return strings.Join(parts, i18n.T("；"))
}
