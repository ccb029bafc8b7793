package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// Against says what speaks against resting on the letter on a day, for a person;
// "" for nothing. Nothing is forbidden by it: the bureau decides.
func (l *RegisteredLetter) Against(day string) string {
	switch {
	case l.Decision == inspection.Refused:
		return i18n.T("汇总单位对这份行文的结论是不同意")
	case l.Valid.To != "" && day != "" && day > l.Valid.To:
		return i18n.T("这份行文有效期到 %s，检查日 %s 已经过期", l.Valid.To, day)
	case l.Valid.From != "" && day != "" && day < l.Valid.From:
		return i18n.T("这份行文自 %s 起有效，检查日 %s 还没有开始", l.Valid.From, day)
	}
	return ""
}

// visitDay is the day of a visit; a claim.
func visitDay(r *inspection.Record) string {
	if len(r.Visit.From) < len("2006-01-02") {
		return ""
	}
	return r.Visit.From[:len("2006-01-02")]
}

// VisitDay is the day of this visit, today while nobody has written one down.
func (in *Inspector) VisitDay() string {
	if day := visitDay(in.rec); day != "" {
		return day
	}
	return in.d.Today()
}

// LetterWarning says what speaks against the letter that an absence names, as far
// as it is registered here.
func (in *Inspector) LetterWarning(code string) (string, error) {
	a := in.rec.Entries[code].Absence
	if a == nil || a.Letter == "" {
		return "", nil
	}
	letters, err := in.Letters(code)
	if err != nil {
		return "", err
	}
	return against(letters, a, in.VisitDay()), nil
}

// against judges by the best of the letters of that number and date.
func against(letters []RegisteredLetter, a *inspection.Absence, day string) string {
	why := ""
	for i := range letters {
		if l := &letters[i]; l.Number == a.Letter && l.Date == a.Date {
			if why = l.Against(day); why == "" {
				return ""
			}
		}
	}
	return why
}

// letterGaps are the letters that are worth a second look before sealing.
func (in *Inspector) letterGaps() []inspection.Gap {
	var out []inspection.Gap
	for i := range in.c.Engine.Len() {
		code := in.c.Engine.Indicator(i).Code
		// What cannot be read here is no reason to hold up a signature.
		if why, err := in.LetterWarning(code); err == nil && why != "" {
			out = append(out, inspection.Gap{Indicator: code, Place: "entries." + code + ".absence.letter", Text: why})
		}
	}
	return out
}

// LettersIn are the registered letters, with what speaks against those on which
// a result of the round rests all the same.
func (d *Desk) LettersIn(round string) ([]LetterRow, error) {
	list, err := d.Letters()
	if err != nil {
		return nil, err
	}
	doubtful := map[string]bool{} // units; the records of the others stay closed
	for _, l := range list {
		if l.Standing == "" && (l.Decision == inspection.Refused || l.Valid != (inspection.Period{})) {
			doubtful[l.Unit.Code] = true
		}
	}
	if len(doubtful) == 0 {
		return list, nil
	}
	rows, err := d.ranked(round, "")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.Hash == "" || !doubtful[r.Unit.Code] {
			continue
		}
		rec, err := d.record(context.Background(), r.Hash)
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].Unit.Code == r.Unit.Code && list[i].Standing == "" {
				list[i].Against = list[i].against(rec)
			}
		}
	}
	return list, nil
}

// against says what speaks against the letter where a record rests on it.
func (l *LetterRow) against(rec *inspection.Record) string {
	for _, code := range l.Indicators {
		a := rec.Entries[code].Absence
		if a == nil || a.Letter != l.Number || a.Date != l.Date {
			continue
		}
		x := RegisteredLetter{Number: l.Number, Date: l.Date, Decision: l.Decision, Valid: l.Valid}
		if why := x.Against(visitDay(rec)); why != "" {
			return i18n.T("%s；%s 仍以它为据不检查", why, code)
		}
	}
	return ""
}

// decided tells whether the bureau registered a letter for an indicator, whatever
// it decided: nobody has to register it again.
func decided(letters []LetterRow, unit, number, date, indicator string) bool {
	return slices.ContainsFunc(letters, func(l LetterRow) bool {
		return l.Standing == "" && l.Unit.Code == unit && l.Number == number && l.Date == date && slices.Contains(l.Indicators, indicator)
	})
}
