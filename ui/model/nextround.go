package model

import (
	"time"

	"xunping/assets/i18n"
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
