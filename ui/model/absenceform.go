package model

import (
	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// AbsenceForm writes 没有该项 down as a few fields: the bureau settles a case
// with it where the unit turns out to have no such thing.
type AbsenceForm struct {
	rule   *scoring.AbsenceRule
	entry  inspection.Entry
	Fields []EntryField
}

// NewAbsenceForm makes the form for what the rubric wants of an absence. It
// begins with the first of the entries that is one, else with a letter that is
// registered.
func NewAbsenceForm(rule *scoring.AbsenceRule, entries []*inspection.Entry, letters []desk.RegisteredLetter) *AbsenceForm {
	f := &AbsenceForm{rule: rule}
	now := inspection.Absence{}
	if len(letters) > 0 {
		now = inspection.Absence{Letter: letters[0].Number, Date: letters[0].Date, Reason: letters[0].Reason}
	}
	for _, e := range entries {
		if e != nil && e.State == scoring.Absent && e.Absence != nil {
			f.entry, now = *e, *e.Absence
			break
		}
	}
	f.Fields = []EntryField{
		{Label: i18n.T("文号"), Hint: i18n.T("如 桂数函〔2019〕12号"), Value: now.Letter},
		{Label: i18n.T("行文日期"), Hint: "2019-07-01", Value: now.Date},
		{Label: i18n.T("理由"), Hint: i18n.T("为什么没有该项"), Value: now.Reason},
	}
	for _, c := range rule.Conditions {
		value := ""
		if Contains(now.Conditions, c) {
			value = Ticked
		}
		f.Fields = append(f.Fields, EntryField{Label: c, Value: value, Tick: true})
	}
	return f
}

// Intro says what the rubric wants.
func (f *AbsenceForm) Intro() string { return AbsenceNeed(f.rule) }

// AbsenceNeed says what an absence needs.
func AbsenceNeed(rule *scoring.AbsenceRule) string {
	if rule.Letter == "required" {
		return i18n.T("政策要求行文报送自治区大数据发展局：文号和日期必填。")
	}
	return i18n.T("政策没有规定行文：写明理由，有行文的登记文号和日期。")
}

// Read makes the entry of the answers, in the order of Fields. An absence that
// is written anew keeps its note and evidence.
func (f *AbsenceForm) Read(answers []string) (*inspection.Entry, error) {
	if err := Date(answers[1]); err != nil {
		return nil, err
	}
	a := &inspection.Absence{Letter: answers[0], Date: answers[1], Reason: answers[2]}
	for i, c := range f.rule.Conditions {
		if answers[3+i] == Ticked {
			a.Conditions = append(a.Conditions, c)
		}
	}
	return &inspection.Entry{State: scoring.Absent, Absence: a, Note: f.entry.Note, Evidence: f.entry.Evidence}, nil
}
