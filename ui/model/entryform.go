package model

import (
	"fmt"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// EntryForm writes down a new value of one indicator as a few fields: the
// bureau settles a case with it where no head is right.
type EntryForm struct {
	ind    *scoring.Indicator
	rules  []*scoring.Rule
	entry  inspection.Entry
	Fields []EntryField
}

// EntryField is a field of the form with what it begins with: a text, or a Tick
// that is Ticked or "".
type EntryField struct {
	Label, Hint, Value string
	Tick               bool
}

// Ticked is the answer of a tick that is set.
const Ticked = "1"

// NewEntryForm makes the form for an indicator and a kind of unit, filled with
// an entry (nil for none).
func NewEntryForm(ind *scoring.Indicator, kind string, e *inspection.Entry) *EntryForm {
	f := &EntryForm{ind: ind}
	if e != nil {
		f.entry = *e
	}
	for i := range ind.Rules {
		r := &ind.Rules[i]
		if !Binds(r, kind) || r.Kind == scoring.Share || r.Kind == scoring.Tiers || r.Kind == scoring.Complete {
			continue // they follow from measures, or do not bind this unit
		}
		f.rules = append(f.rules, r)
		hint := r.Text + RuleHint(r)
		if n := len(FindingsOf(f.entry, r.Code)); n > 1 {
			hint += i18n.T("（共 %d 条记录，这里改第一条，其余不动；写 0 全部去掉）", n)
		}
		f.Fields = append(f.Fields, EntryField{Label: r.Code, Hint: hint, Value: f.begins(r)})
	}
	for _, m := range ind.Measures {
		f.Fields = append(f.Fields, EntryField{Label: m.Code, Hint: i18n.T("%s，写成 10/15", m.Label), Value: measureText(f.entry.Measures[m.Code])})
	}
	f.Fields = append(f.Fields, EntryField{Label: i18n.T("说明"), Value: f.entry.Note})
	return f
}

// begins is what a rule's field shows: a count, points, or 1 for found.
func (f *EntryForm) begins(r *scoring.Rule) string {
	found := FindingOf(f.entry, r.Code)
	switch {
	case found == nil:
		return ""
	case r.Kind == scoring.Each:
		return found.Count.String()
	case r.Kind == scoring.Range:
		return found.Points.String()
	}
	return "1"
}

func measureText(m inspection.Measure) string {
	if m.Done == nil || m.Total == nil {
		return ""
	}
	return m.Done.String() + "/" + m.Total.String()
}

// Read makes the entry of the answers, in the order of Fields. Findings that
// stay keep their note, evidence and link.
func (f *EntryForm) Read(answers []string) (*inspection.Entry, error) {
	e := f.entry
	e.State, e.Absence = scoring.Checked, nil
	e.Findings, e.Measures = slices.Clone(f.entry.Findings), map[string]inspection.Measure{}
	for i, r := range f.rules {
		if err := f.setRule(&e, r, answers[i]); err != nil {
			return nil, err
		}
	}
	for i, m := range f.ind.Measures {
		if err := f.setMeasure(&e, m.Code, answers[len(f.rules)+i]); err != nil {
			return nil, err
		}
	}
	if len(e.Measures) == 0 {
		e.Measures = nil
	}
	e.Note = answers[len(answers)-1]
	return &e, nil
}

func (f *EntryForm) setRule(e *inspection.Entry, r *scoring.Rule, answer string) error {
	at := slices.IndexFunc(e.Findings, func(x inspection.Finding) bool { return x.Rule == r.Code })
	if answer == "" || answer == "0" {
		e.Findings = slices.DeleteFunc(e.Findings, func(x inspection.Finding) bool { return x.Rule == r.Code })
		return nil
	}
	if at < 0 {
		e.Findings = append(e.Findings, inspection.Finding{ID: newFindingID(e.Findings), Rule: r.Code})
		at = len(e.Findings) - 1
	}
	x := &e.Findings[at]
	var err error
	switch r.Kind {
	case scoring.Each:
		var n *scoring.Decimal
		if n, err = Count(answer); err == nil {
			x.Count = *n
			x.Points, _ = r.GivenBy(*n)
		}
	case scoring.Range:
		x.Points, err = InRange(answer, *r.Min, *r.Max)
	case scoring.Fixed:
		x.Points = *r.Points
	}
	if err != nil {
		return i18n.E("%s：%s", r.Code, i18n.Person(err), err)
	}
	return nil
}

func (f *EntryForm) setMeasure(e *inspection.Entry, code, answer string) error {
	if answer == "" {
		return nil
	}
	m := f.entry.Measures[code]
	if answer == measureText(m) {
		e.Measures[code] = m
		return nil
	}
	done, total, ok := cutSlash(answer)
	a, err := Count(done)
	b, err2 := Count(total)
	if !ok || err != nil || err2 != nil || a == nil || b == nil || *a > *b {
		return i18n.E("%s：请写成 完成数/总数，如 10/15", code)
	}
	m.Done, m.Total, m.Items = a, b, nil // figures that a person set apart from the list
	e.Measures[code] = m
	return nil
}

func cutSlash(s string) (before, after string, ok bool) {
	for i, r := range s {
		if r == '/' || r == '／' {
			return s[:i], s[i+len(string(r)):], true
		}
	}
	return s, "", false
}

func newFindingID(list []inspection.Finding) string {
	for n := 1; ; n++ {
		id := fmt.Sprintf("f%d", n)
		if !slices.ContainsFunc(list, func(x inspection.Finding) bool { return x.ID == id }) {
			return id
		}
	}
}
