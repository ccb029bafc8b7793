package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// Phrases are texts that save typing: of general use, and one for each rule of
// the indicator.
func Phrases(ind *scoring.Indicator) []string {
	out := []string{i18n.T("现场查看，未发现问题。"), i18n.T("查阅资料，资料齐全。"), i18n.T("资料不全，已要求补充。"), i18n.T("与平台数据核对一致。"), i18n.T("与平台数据核对不一致。")}
	if ind == nil {
		return out
	}
	for _, r := range ind.Rules {
		if r.Text != "" {
			out = append(out, r.Text+"。")
		}
	}
	return out
}

// Append adds a sentence to a note.
func Append(note, text string) string {
	if note = strings.TrimRight(note, " \n"); note == "" {
		return text
	}
	return note + text
}
