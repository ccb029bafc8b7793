package model

import (
	"xunping/assets/i18n"
	"xunping/desk"
)

// OpenLine is a line above the checklist: something that this visit begins with.
type OpenLine struct {
	Code  string // indicator
	Words string
	Over  bool              // its day has passed
	Item  *desk.RectifyItem // of a notice, nil for what is no item
}

// OpenLines are what the bureau wants again, what a unit has still to put right from
// earlier rounds, then what was found elsewhere for which it answers.
func OpenLines(wanted []desk.Wanted, items []desk.RectifyItem, leads []desk.Lead, today string) []OpenLine {
	var out []OpenLine
	for _, w := range wanted {
		words := i18n.T("%s 退回，%s 前重交：%s", w.Indicator, w.Until, w.Text)
		over := w.Until != "" && today > w.Until
		if over {
			words += i18n.T("，已逾期")
		}
		out = append(out, OpenLine{w.Indicator, words, over, nil})
	}
	for i := range items {
		x := &items[i]
		words := i18n.T("%s %s，期限 %s", x.Indicator, desk.RectifyWord(x.State), x.Due)
		if x.Repeats > 0 {
			words += i18n.T("，已重复 %d 次", x.Repeats)
		}
		over := x.Overdue(today)
		if over {
			words += i18n.T("，已逾期")
		}
		out = append(out, OpenLine{x.Indicator, words, over, x})
	}
	for _, l := range leads {
		out = append(out, OpenLine{l.Indicator, i18n.T("%s 线索：来自%s（%s）", l.Indicator, l.From.Name, l.Round), false, nil})
	}
	return out
}
