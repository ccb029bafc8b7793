package model

import (
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
)

// NextRound proposes code, title and cut-off of the round after the last one:
// checks are monthly, and look at the figures of the month before. After no
// round, or one whose code is no month, it is the month of now.
func NextRound(last string, now time.Time) (code, title, cutoff string) {
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	if t, err := time.Parse("2006-01", last); err == nil {
		month = t.AddDate(0, 1, 0)
	}
	return month.Format("2006-01"), i18n.T("%d年%d月检查", month.Year(), int(month.Month())), month.AddDate(0, 0, -1).Format(time.DateOnly)
}

// Shorten cuts a text to so many characters, the last of them “…” then.
func Shorten(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// RubricChoice is a rubric that a new round can be on.
type RubricChoice struct{ Hash, Words string }

// RubricChoices are those that are offered, and the place of the one to propose:
// the newest version of the code that the present round is on. Before the first
// round it is the newest of the official ones, else what the workbook came with.
func RubricChoices(list []desk.RubricInfo, present string) (out []RubricChoice, at int) {
	code := ""
	for _, r := range list {
		if r.Hash == present {
			code = r.Code
		}
	}
	if code == "" && len(list) > 0 {
		code = list[0].Code
		for _, r := range list {
			if !r.Illustrative && !r.Archived && !r.Came {
				code = r.Code
			}
		}
	}
	own := false
	for _, r := range list {
		if r.Archived || r.Came {
			continue
		}
		words := i18n.T("%s　第 %s 版", r.Code, r.Version) + "　" + r.Title
		if r.Illustrative {
			words = i18n.T("（示例分值）") + words
		}
		if r.Code == code || !own {
			at, own = len(out), own || r.Code == code
		}
		out = append(out, RubricChoice{r.Hash, words})
	}
	return out, at
}
