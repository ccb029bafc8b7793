package desk

import (
	"context"
	"reflect"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Union is what an indicator becomes when all heads are believed 都采用: the
// findings of all, each once, the notes one below the other, all evidence. It
// is an error where they exclude each other: absent here and checked there,
// two figures for one measure, or a rule that may be found once with other
// points.
func (s *Settlement) Union(code string) (*inspection.Entry, error) {
	var out *inspection.Entry
	for _, h := range s.Heads {
		e, ok := h.Record.Entries[code]
		switch {
		case !ok || e.State == scoring.Unchecked:
		case out == nil:
			first := clone(&inspection.Record{Entries: map[string]inspection.Entry{code: e}}).Entries[code]
			out = &first
		case e.State != out.State || e.State != scoring.Checked:
			return nil, i18n.E("指标 %s：各份的状态不同，不能都采用，请选一份或写新的值", code)
		default:
			if err := s.join(code, out, e); err != nil {
				return nil, err
			}
		}
	}
	if out == nil {
		return nil, i18n.E("指标 %s 在各份里都没有检查", code)
	}
	return out, nil
}

// join adds what another head says to the entry.
func (s *Settlement) join(code string, to *inspection.Entry, e inspection.Entry) error {
	for _, f := range e.Findings {
		if err := s.joinFinding(code, to, f); err != nil {
			return err
		}
	}
	for _, m := range sortedKeys(e.Measures) {
		if have, ok := to.Measures[m]; ok && !reflect.DeepEqual(have, e.Measures[m]) {
			return i18n.E("指标 %s：完成情况 %s 各份写的不同，不能都采用，请选一份或写新的值", code, m)
		}
		if to.Measures == nil {
			to.Measures = map[string]inspection.Measure{}
		}
		to.Measures[m] = e.Measures[m]
	}
	for _, t := range sortedKeys(e.Materials) {
		if to.Materials == nil {
			to.Materials = map[string]string{}
		}
		if _, ok := to.Materials[t]; !ok {
			to.Materials[t] = e.Materials[t]
		}
	}
	to.Note = joinNotes(to.Note, e.Note)
	to.Aspects, to.Evidence = joinLists(to.Aspects, e.Aspects), joinLists(to.Evidence, e.Evidence)
	return nil
}

// joinFinding adds one finding. The same fact found by both teams counts once.
func (s *Settlement) joinFinding(code string, to *inspection.Entry, f inspection.Finding) error {
	for i := range to.Findings {
		have := &to.Findings[i]
		same := have.Rule == f.Rule && have.Clause == f.Clause && have.Count == f.Count && have.Points == f.Points && have.Responsible == f.Responsible
		if same {
			have.Note = joinNotes(have.Note, f.Note)
			have.Aspects, have.Evidence = joinLists(have.Aspects, f.Aspects), joinLists(have.Evidence, f.Evidence)
			return nil
		}
		if have.Rule == f.Rule && f.Rule != "" && s.once(code, f.Rule) {
			return i18n.E("指标 %s：%s 只能记一次，各份的分值不同，不能都采用，请选一份或写新的值", code, f.Rule)
		}
	}
	if slices.ContainsFunc(to.Findings, func(x inspection.Finding) bool { return x.ID == f.ID }) {
		f.ID = freeID(to)
	}
	to.Findings = append(to.Findings, f)
	return nil
}

// once tells whether a rule may be found only once (FORMATS §1).
func (s *Settlement) once(code, rule string) bool {
	i, ok := s.c.Engine.Index(code)
	if !ok {
		return true
	}
	for _, r := range s.c.Engine.Indicator(i).Rules {
		if r.Code == rule {
			return r.Kind != scoring.Each
		}
	}
	return true
}

func joinNotes(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + "\n" + b
}

func joinLists(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// Resettle lays a conflict out again under other choices.
func (d *Desk) Resettle(s *Settlement, ch Choices) (*Settlement, error) {
	return d.settlement(s.Conflict, ch)
}

// ResultWith is the score if one indicator became entry and all else stayed as
// chosen so far.
func (s *Settlement) ResultWith(code string, entry *inspection.Entry) *scoring.Result {
	r := *s.Record
	r.Entries = map[string]inspection.Entry{}
	for k, v := range s.Record.Entries {
		r.Entries[k] = v
	}
	delete(r.Entries, code)
	if entry != nil {
		r.Entries[code] = *entry
	}
	return r.Score(s.c)
}

// Compiled is the rubric that the conflict was scored with.
func (s *Settlement) Compiled() *inspection.Compiled { return s.c }

// AncestorRecord is the nearest common ancestor of the heads, nil if there is
// none.
func (d *Desk) AncestorRecord(c Conflict) (*inspection.Record, error) {
	if c.Ancestor == "" {
		return nil, nil
	}
	return d.record(context.Background(), c.Ancestor)
}
