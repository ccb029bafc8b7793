package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// DecisionWord is what an act decided.
func DecisionWord(d string) string {
	switch d {
	case inspection.Accepted:
		return i18n.T("认可")
	case inspection.Refused:
		return i18n.T("不认可")
	case inspection.Partly:
		return i18n.T("部分认可")
	}
	return i18n.T("未决定")
}

var decisions = []string{inspection.Accepted, inspection.Refused, inspection.Partly}

// Decisions are the words of a unit's opinion, in the order of DecisionCode.
func Decisions() []string {
	return []string{i18n.T("同意"), i18n.T("有异议"), i18n.T("部分有异议")}
}

// DecisionCode is the decision behind a word.
func DecisionCode(word string) string { return decisions[Place(Decisions(), word)] }

// Place is where a word stands in a list, 0 if it does not.
func Place(list []string, word string) int {
	for i, x := range list {
		if x == word {
			return i
		}
	}
	return 0
}

// Afterwards are the lines of what was said of a sealed record: why the bureau
// sent it back, and what the unit thinks.
func Afterwards(r desk.Revision) []string {
	var out []string
	for _, x := range r.Said {
		line := i18n.T("退回（%s %s）：%s", x.By, Clock(x.Made), x.Text)
		if x.Kind == inspection.ActOpinion {
			line = i18n.T("单位意见：%s　%s", opinionWord(x.Decision), x.Text)
		}
		out = append(out, strings.TrimRight(line, "　"))
		for _, code := range sortedKeys(x.Items) {
			item := x.Items[code]
			words := item.Text
			if item.Until != "" {
				words = i18n.T("%s；%s 前重交", item.Text, item.Until)
			}
			out = append(out, "　　"+code+"　"+words)
		}
	}
	return out
}

func opinionWord(decision string) string {
	for i, d := range decisions {
		if d == decision {
			return Decisions()[i]
		}
	}
	return ""
}
