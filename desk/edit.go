package desk

import (
	"fmt"
	"reflect"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// entry changes the entry of one indicator and checks that what results is
// allowed; what is merely missing is not an error in a draft.
func (in *Inspector) entry(code, what string, edit func(*inspection.Entry) error) error {
	i, ok := in.c.Engine.Index(code)
	if !ok {
		return i18n.E("指标体系没有指标“%s”", code)
	}
	sheet := in.sheet
	err := in.change(code+" "+what, func(r *inspection.Record) error {
		e := r.Entries[code]
		if e.State == "" {
			e.State = scoring.Unchecked
		}
		before := e.State
		if err := edit(&e); err != nil {
			return err
		}
		if e.State == scoring.Checked && before != scoring.Checked {
			in.prefill(in.c.Engine.Indicator(i), &e)
		}
		r.Entries[code] = e
		return in.allowed(r, in.c.Engine.Indicator(i).Code)
	})
	if err == nil && sheet != nil { // all other entries are as they were
		in.rec.PutOn(sheet, in.c, code)
		in.sheet = sheet
	}
	return err
}

// allowed tells why an entry is not allowed, if it is not.
func (in *Inspector) allowed(r *inspection.Record, code string) error {
	for _, p := range r.Check(in.c) {
		if !p.Missing && (p.Code == code || p.Code == "") {
			return p.Err
		}
	}
	return nil
}

// begun makes an entry one that can carry findings and measures. Entering
// something is checking: an indicator that was unchecked becomes checked.
func begun(e *inspection.Entry) {
	if e.State != scoring.Checked {
		e.State, e.Absence = scoring.Checked, nil
	}
}

// SetState sets the state of an indicator. What the new state cannot carry is
// dropped; undo brings it back.
func (in *Inspector) SetState(code string, s scoring.State) error {
	return in.entry(code, i18n.T("状态"), func(e *inspection.Entry) error {
		e.State = s
		if s != scoring.Checked {
			e.Findings, e.Measures = nil, nil
		}
		if s != scoring.Absent {
			e.Absence = nil
		}
		return nil
	})
}

// SetAbsence marks an indicator as 没有该项.
func (in *Inspector) SetAbsence(code string, a inspection.Absence) error {
	return in.entry(code, i18n.T("没有该项"), func(e *inspection.Entry) error {
		e.State, e.Findings, e.Measures, e.Absence = scoring.Absent, nil, nil, &a
		return nil
	})
}

func (in *Inspector) rule(code, rule string) (*scoring.Rule, error) {
	i, ok := in.c.Engine.Index(code)
	if !ok {
		return nil, i18n.E("指标体系没有指标“%s”", code)
	}
	r := in.c.Engine.Rule(i, rule)
	if r == nil {
		return nil, i18n.E("指标 %s 没有规则“%s”", code, rule)
	}
	return r, nil
}

// put sets the finding under a rule, or takes it away when keep is false.
func put(e *inspection.Entry, rule string, keep bool, set func(*inspection.Finding)) {
	begun(e)
	i := slices.IndexFunc(e.Findings, func(f inspection.Finding) bool { return f.Rule == rule })
	switch {
	case !keep && i >= 0:
		e.Findings = slices.Delete(e.Findings, i, i+1)
	case keep && i < 0:
		f := inspection.Finding{ID: freeID(e), Rule: rule}
		set(&f)
		e.Findings = append(e.Findings, f)
	case keep:
		set(&e.Findings[i])
	}
}

func freeID(e *inspection.Entry) string {
	for n := len(e.Findings) + 1; ; n++ {
		id := fmt.Sprintf("f%d", n)
		if !slices.ContainsFunc(e.Findings, func(f inspection.Finding) bool { return f.ID == id }) {
			return id
		}
	}
}

// casePoints is what so many cases of a rule take or give.
func (in *Inspector) casePoints(code, rule string, count scoring.Decimal) (scoring.Decimal, error) {
	r, err := in.rule(code, rule)
	if err != nil {
		return 0, err
	}
	points, ok := r.GivenBy(count)
	if !ok {
		return 0, i18n.E("规则 %s 不能这样计数", rule)
	}
	return points, nil
}

// SetCount says how many cases of a rule there are; 0 takes the finding away.
func (in *Inspector) SetCount(code, rule string, count scoring.Decimal) error {
	points, err := in.casePoints(code, rule, count)
	if err != nil {
		return err
	}
	return in.entry(code, rule, func(e *inspection.Entry) error {
		put(e, rule, count > 0, func(f *inspection.Finding) { f.Count, f.Points = count, points })
		return nil
	})
}

// SetCountOf is SetCount for one of several findings of a rule.
func (in *Inspector) SetCountOf(code, id string, count scoring.Decimal) error {
	if count == 0 {
		return in.RemoveFinding(code, id)
	}
	at := slices.IndexFunc(in.rec.Entries[code].Findings, func(f inspection.Finding) bool { return f.ID == id })
	if at < 0 {
		return i18n.E("指标 %s 没有记录“%s”", code, id)
	}
	rule := in.rec.Entries[code].Findings[at].Rule
	points, err := in.casePoints(code, rule, count)
	if err != nil {
		return err
	}
	return in.entry(code, rule, func(e *inspection.Entry) error {
		e.Findings[at].Count, e.Findings[at].Points = count, points
		return nil
	})
}

// AddAnother adds a further finding of a rule that counts cases: some of them are
// answered for by another unit, or have another reason. The cap of the rule holds
// over all of them.
func (in *Inspector) AddAnother(code, rule string) (string, error) {
	r, err := in.rule(code, rule)
	if err != nil {
		return "", err
	}
	if r.Kind != scoring.Each {
		return "", i18n.E("规则 %s 只能有一条记录", rule)
	}
	id := ""
	err = in.entry(code, rule, func(e *inspection.Entry) error {
		begun(e)
		f := inspection.Finding{ID: freeID(e), Rule: rule, Count: scoring.One}
		f.Points, _ = r.GivenBy(f.Count)
		id = f.ID
		e.Findings = append(e.Findings, f)
		return nil
	})
	return id, err
}

// SetPoints says how many points a range rule takes; 0 takes the finding away.
func (in *Inspector) SetPoints(code, rule string, points scoring.Decimal) error {
	if _, err := in.rule(code, rule); err != nil {
		return err
	}
	return in.entry(code, rule, func(e *inspection.Entry) error {
		put(e, rule, points > 0, func(f *inspection.Finding) { f.Points = points })
		return nil
	})
}

// Toggle says whether a fixed rule or a veto applies.
func (in *Inspector) Toggle(code, rule string, on bool) error {
	r, err := in.rule(code, rule)
	if err != nil {
		return err
	}
	points, ok := r.GivenBy(0)
	if !ok || r.Kind == scoring.Each {
		return i18n.E("规则 %s 不是有或没有的", rule)
	}
	return in.entry(code, rule, func(e *inspection.Entry) error {
		put(e, rule, on, func(f *inspection.Finding) { f.Points = points })
		return nil
	})
}

// AddFree adds a finding that no rule lists, with the clause it rests on.
func (in *Inspector) AddFree(code string, points scoring.Decimal, clause, note string) (string, error) {
	id := ""
	err := in.entry(code, i18n.T("其他扣（加）分"), func(e *inspection.Entry) error {
		begun(e)
		id = freeID(e)
		e.Findings = append(e.Findings, inspection.Finding{ID: id, Points: points, Clause: clause, Note: note})
		return nil
	})
	return id, err
}

// EditFree changes points, clause and fact of a free finding.
func (in *Inspector) EditFree(code, id string, points scoring.Decimal, clause, note string) error {
	return in.EditFinding(code, id, func(f *inspection.Finding) {
		if f.Rule == "" { // the points of the others follow from their rules
			f.Points, f.Clause = points, clause
		}
		f.Note = note
	})
}

// EditFinding changes note, clause, responsible unit, aspects or evidence of a
// finding.
func (in *Inspector) EditFinding(code, id string, edit func(*inspection.Finding)) error {
	return in.entry(code, i18n.T("扣（加）分记录"), func(e *inspection.Entry) error {
		for i := range e.Findings {
			if e.Findings[i].ID == id {
				edit(&e.Findings[i])
				return nil
			}
		}
		return i18n.E("指标 %s 没有记录“%s”", code, id)
	})
}

// RemoveFinding takes a finding away.
func (in *Inspector) RemoveFinding(code, id string) error {
	return in.entry(code, i18n.T("删除记录"), func(e *inspection.Entry) error {
		e.Findings = slices.DeleteFunc(e.Findings, func(f inspection.Finding) bool { return f.ID == id })
		return nil
	})
}

// SetMeasure sets a completion. Half of one (done without total) is kept and
// reported as missing, and so is a source or a day before its numbers; one in which
// nothing is written is taken away.
func (in *Inspector) SetMeasure(code, measure string, m inspection.Measure) error {
	return in.entry(code, measure, func(e *inspection.Entry) error {
		begun(e)
		if e.Measures == nil {
			e.Measures = map[string]inspection.Measure{}
		}
		if len(m.Items) == 0 {
			m.Items = nil
		}
		if reflect.DeepEqual(m, inspection.Measure{}) {
			delete(e.Measures, measure)
			return nil
		}
		e.Measures[measure] = m
		return nil
	})
}

// SetMaterial ticks a material: have, none, partial, or "" for not yet.
func (in *Inspector) SetMaterial(code, title, value string) error {
	return in.entry(code, title, func(e *inspection.Entry) error {
		if e.Materials == nil {
			e.Materials = map[string]string{}
		}
		if e.Materials[title] = value; value == "" {
			delete(e.Materials, title)
		}
		return nil
	})
}

// SetAspects ticks the aspects of an indicator.
func (in *Inspector) SetAspects(code string, aspects []string) error {
	return in.entry(code, i18n.T("方面"), func(e *inspection.Entry) error { e.Aspects = aspects; return nil })
}

// SetNote writes the note of an indicator.
func (in *Inspector) SetNote(code, note string) error {
	return in.entry(code, i18n.T("说明"), func(e *inspection.Entry) error { e.Note = note; return nil })
}

// SetReason says why an indicator changed in a correction.
func (in *Inspector) SetReason(code, why string) error {
	return in.change(code+" "+i18n.T("更正理由"), func(r *inspection.Record) error {
		if r.Reasons == nil {
			r.Reasons = map[string]string{}
		}
		if r.Reasons[code] = why; why == "" {
			delete(r.Reasons, code)
		}
		return nil
	})
}

// SetVisit says when, where and how.
func (in *Inspector) SetVisit(v inspection.Visit) error {
	return in.change(i18n.T("检查时间、地点"), func(r *inspection.Record) error { r.Visit = v; return nil })
}

// SetPeople says who took part.
func (in *Inspector) SetPeople(p inspection.People) error {
	return in.change(i18n.T("人员"), func(r *inspection.Record) error { r.People = p; return nil })
}
