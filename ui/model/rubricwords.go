package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// Days are the days that a rubric is meant for, "" where it says none.
func Days(e scoring.Effective) string {
	switch {
	case e.From != "" && e.To != "":
		return i18n.T("适用 %s 至 %s", e.From, e.To)
	case e.From != "":
		return i18n.T("适用自 %s", e.From)
	case e.To != "":
		return i18n.T("适用至 %s", e.To)
	}
	return ""
}

// ChangeWords are what became of an indicator: the change, the points before and
// after, and the members that differ.
func ChangeWords(x inspection.IndicatorChange) (change, points, members string) {
	change = desk.ChangeWord(x.Change)
	points = strings.Trim(x.From+" → "+x.To, " →")
	if x.From != "" && x.To != "" && x.From != x.To {
		points = x.From + " → " + x.To
	} else if x.From == x.To {
		points = x.To
	}
	return change, points, desk.MemberWords(x.Members)
}

// LineWords name a line that differs and what became of it.
func LineWords(x desk.LineChange) string {
	words := []string{desk.ChangeWord(x.Change), scoring.Word(x.Type), x.Name}
	if x.In != "" && x.In != x.Name {
		words = append(words, i18n.T("（%s）", x.In))
	}
	return strings.Join(words, "　")
}

// CellWords are a column and what stood and stands there.
func CellWords(x desk.CellChange) (head, from, to string) {
	dash := func(s string) string {
		if s == "" {
			return "—"
		}
		return s
	}
	if x.From == "" && x.To == "" { // the place among the others
		return scoring.Word(x.Head), "", i18n.T("换了先后")
	}
	return scoring.Word(x.Head), dash(x.From), dash(x.To)
}
