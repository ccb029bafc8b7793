package desk

import (
	"context"
	"reflect"
	"slices"
	"strings"

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
			first := cloneEntry(e)
			out = &first
		case e.State != out.State || e.State != scoring.Checked:
			return nil, i18n.E("指标 %s：各份的状态不同，不能都采用，请选一份或写新的值", code)
		default:
			if err := joinEntry(s.c, code, out, e); err != nil {
				return nil, err
			}
		}
	}
	if out == nil {
		return nil, i18n.E("指标 %s 在各份里都没有检查", code)
	}
	return out, nil
}

// joinEntry adds what another record says of an indicator to the entry.
func joinEntry(c *inspection.Compiled, code string, to *inspection.Entry, e inspection.Entry) error {
	if err := joinFindings(c, code, to, e.Findings); err != nil {
		return err
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

// sameFact tells whether two findings say the same, whatever they are called and
// whatever was written or photographed about them.
func sameFact(a, b *inspection.Finding) bool {
	return a.Rule == b.Rule && a.Clause == b.Clause && a.Count == b.Count && a.Points == b.Points && a.Responsible == b.Responsible
}

// pairFindings finds for each finding of a list the one of another that speaks of
// the same, −1 for none; each is taken once.
func pairFindings(list, other []inspection.Finding, same func(a, b *inspection.Finding) bool) []int {
	used := make([]bool, len(other))
	at := make([]int, len(list))
	for i := range list {
		at[i] = -1
		for k := range other {
			if !used[k] && same(&list[i], &other[k]) {
				at[i], used[k] = k, true
				break
			}
		}
	}
	return at
}

// joinFindings adds the findings of another record. The same fact found by both
// teams counts once.
func joinFindings(c *inspection.Compiled, code string, to *inspection.Entry, more []inspection.Finding) error {
	for i, at := range pairFindings(more, slices.Clone(to.Findings), sameFact) {
		f := more[i]
		if at >= 0 {
			have := &to.Findings[at]
			have.Note = joinNotes(have.Note, f.Note)
			have.Aspects, have.Evidence = joinLists(have.Aspects, f.Aspects), joinLists(have.Evidence, f.Evidence)
			continue
		}
		if f.Rule != "" && once(c, code, f.Rule) && slices.ContainsFunc(to.Findings, func(x inspection.Finding) bool { return x.Rule == f.Rule }) {
			return i18n.E("指标 %s：%s 只能记一次，各份的分值不同，不能都采用，请选一份或写新的值", code, f.Rule)
		}
		if slices.ContainsFunc(to.Findings, func(x inspection.Finding) bool { return x.ID == f.ID }) {
			f.ID = freeID(to)
		}
		to.Findings = append(to.Findings, f)
	}
	return nil
}

// once tells whether a rule may be found only once (FORMATS §1).
func once(c *inspection.Compiled, code, rule string) bool {
	i, ok := c.Engine.Index(code)
	if !ok {
		return true
	}
	r := c.Engine.Rule(i, rule)
	return r == nil || r.Kind != scoring.Each
}

func cloneEntry(e inspection.Entry) inspection.Entry {
	return clone(&inspection.Record{Entries: map[string]inspection.Entry{"": e}}).Entries[""]
}

// joinNotes are two notes one below the other; what the other says already is not
// said twice.
func joinNotes(a, b string) string {
	switch {
	case strings.Contains(b, a):
		return b
	case strings.Contains(a, b):
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
