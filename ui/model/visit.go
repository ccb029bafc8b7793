package model

import (
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// clock is how a person writes a time.
const clock = "2006-01-02 15:04"

// Clock shows an RFC 3339 time as a person writes it; other texts stay.
func Clock(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	return t.Format(clock)
}

// Stamp reads a time a person wrote, in the machine's zone; "" stays "".
func Stamp(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.Format(time.RFC3339), nil
	}
	t, err := time.ParseInLocation(clock, text, time.Local)
	if err != nil {
		return "", i18n.E("“%s”不是时间：请写 2019-08-06 09:00", text)
	}
	return t.Format(time.RFC3339), nil
}

// Named drops inspectors without a name and a number.
func Named(p inspection.People) inspection.People {
	var kept []inspection.Person
	for _, x := range p.Inspectors {
		if x.Name != "" || x.Number != "" {
			kept = append(kept, x)
		}
	}
	p.Inspectors = kept
	return p
}
