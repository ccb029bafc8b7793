package inspection

import (
	"fmt"
	"slices"
	"sort"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
	"xunping/scoring"
)

func isDay(s string) bool { return scoring.IsDay(s) }

// Sheet is the record as the arithmetic needs it. Entries for indicators that
// the rubric does not have are left out; Check names them.
func (r *Record) Sheet(c *Compiled) *scoring.Sheet {
	s := c.Engine.NewSheet(scoring.Circumstances{Unit: r.Unit.Code, Kind: r.Unit.Kind,
		Deadlines: r.Round.Deadlines, HasParents: len(r.Parents) > 0})
	for code := range r.Entries {
		r.PutOn(s, c, code)
	}
	return s
}

// PutOn puts the entry of one indicator on a sheet of this record, or of the
// one before a change of that indicator.
func (r *Record) PutOn(s *scoring.Sheet, c *Compiled, code string) {
	if i, ok := c.Engine.Index(code); ok {
		entry := r.Entries[code].sheet()
		s.Put(i, &entry)
	}
}

func (e Entry) sheet() scoring.Entry {
	out := scoring.Entry{State: e.State}
	if a := e.Absence; a != nil {
		out.Letter, out.LetterDate, out.Reason, out.Conditions = a.Letter, a.Date, a.Reason, a.Conditions
	}
	for _, f := range e.Findings {
		out.Findings = append(out.Findings, scoring.Finding{ID: f.ID, Rule: f.Rule, Clause: f.Clause,
			Count: f.Count, Points: f.Points, Responsible: f.Responsible})
	}
	for _, code := range sortedKeys(e.Measures) {
		m := e.Measures[code]
		if done, total, ok := m.Counts(); ok {
			out.Measures = append(out.Measures, scoring.MeasureValue{Code: code, Done: done, Total: total, Completed: m.Completed})
		}
	}
	return out
}

// Counts are done and total of a measure; with items they follow from them:
// done counts done, total counts all but exempt and those led by others.
func (m Measure) Counts() (done, total scoring.Decimal, ok bool) {
	if m.Done != nil && m.Total != nil {
		return *m.Done, *m.Total, true
	}
	if len(m.Items) > 0 {
		done, total = itemCounts(m.Items)
		return done, total, true
	}
	return 0, 0, false
}

func itemCounts(items []Item) (done, total scoring.Decimal) {
	for _, i := range items {
		switch i.State {
		case ItemDone:
			done += scoring.One
			total += scoring.One
		case ItemOpen:
			total += scoring.One
		}
	}
	return done, total
}

// States of an item behind a measure.
const (
	ItemOpen   = "open"
	ItemDone   = "done"
	ItemExempt = "exempt"
	ItemLed    = "led"
)

// Score computes the record's score with its derivation.
func (r *Record) Score(c *Compiled) *scoring.Result { return c.Engine.Explain(r.Sheet(c)) }

// ScoreJSON is the canonical score that a sealed record carries.
func (r *Record) ScoreJSON(c *Compiled) ([]byte, error) {
	return canon.Canonical(c.Engine.Evaluate(r.Sheet(c)).JSON(false))
}

// Check tells everything in the record that the rubric or the format never
// allows, and everything that is still missing (FORMATS §2).
func (r *Record) Check(c *Compiled) []scoring.Problem { return r.check(c, r.Sheet(c)) }

func (r *Record) check(c *Compiled, sheet *scoring.Sheet) []scoring.Problem {
	k := &recordChecker{r: r, c: c, listed: map[string]bool{}}
	if r.Rubric.Code != c.Rubric.Code {
		k.wrong("rubric.code", "记录所用的指标体系不是这一份：%s", r.Rubric.Code)
	}
	if r.Rubric.SHA256 != c.Hash {
		k.wrong("rubric.sha256", "记录所用的指标体系不是这一份：%s", r.Rubric.SHA256)
	}
	for i, e := range r.Evidence {
		if k.listed[e.SHA256] {
			k.wrong(fmt.Sprintf("evidence[%d].sha256", i), "佐证重复列出：%s", e.SHA256)
		}
		k.listed[e.SHA256] = true
	}
	for _, code := range sortedKeys(r.Entries) {
		k.entry(code, r.Entries[code])
	}
	k.code = ""
	for _, code := range sortedKeys(r.Reasons) {
		if _, ok := c.Engine.Index(code); !ok {
			k.wrong("reasons."+code, "指标体系没有指标“%s”", code)
		}
	}
	return append(k.found, c.Engine.Check(sheet)...)
}

type recordChecker struct {
	r      *Record
	c      *Compiled
	code   string // the indicator looked at
	listed map[string]bool
	found  []scoring.Problem
}

func (k *recordChecker) wrong(place, zh string, args ...any) {
	k.found = append(k.found, scoring.Problem{Place: place, Code: k.code, Err: i18n.E(zh, args...)})
}

func (k *recordChecker) entry(code string, e Entry) {
	place := "entries." + code
	k.code = code
	i, ok := k.c.Engine.Index(code)
	if !ok {
		k.wrong(place, "指标体系没有指标“%s”", code)
		return
	}
	// The arithmetic sees measures that have counts; those without are seen here.
	if e.State != scoring.Checked && len(e.Findings) == 0 && len(e.Measures) > 0 && len(e.sheet().Measures) == 0 {
		k.wrong(place+".measures", "指标 %s 不是“已检查”，不能有扣分记录或完成情况", code)
	}
	if e.Absence != nil && e.State != scoring.Absent {
		k.wrong(place+".absence", "只有“没有该项”的指标可以写缺项理由")
	}
	ind := k.c.Engine.Indicator(i)
	for n, f := range e.Findings {
		at := fmt.Sprintf("%s.findings[%d]", place, n)
		k.aspects(at, f.Aspects, ind)
		k.evidence(at, f.Evidence)
		if f.Continues != nil && !canon.IsHash(f.Continues.Record) {
			k.wrong(at+".continues.record", "%s 的值“%s”不合格式", "continues.record", f.Continues.Record)
		}
	}
	k.aspects(place, e.Aspects, ind)
	k.evidence(place, e.Evidence)
	for _, title := range sortedKeys(e.Materials) {
		v := e.Materials[title]
		if v != "have" && v != "none" && v != "partial" {
			k.wrong(place+".materials."+title, "材料状态“%s”不在 have、none、partial 之中", v)
		}
	}
	k.measures(place, e, ind)
}

func (k *recordChecker) measures(place string, e Entry, ind *scoring.Indicator) {
	for _, m := range sortedKeys(e.Measures) {
		at := place + ".measures." + m
		k.measure(at, e.Measures[m])
		known := slices.ContainsFunc(ind.Measures, func(x scoring.Measure) bool { return x.Code == m })
		if _, _, counted := e.Measures[m].Counts(); !known && !counted {
			k.wrong(at, "指标 %s 没有完成情况“%s”", ind.Code, m)
		}
	}
}

func (k *recordChecker) aspects(at string, aspects []string, ind *scoring.Indicator) {
	for i, a := range aspects {
		if !slices.Contains(ind.Aspects, a) {
			k.wrong(fmt.Sprintf("%s.aspects[%d]", at, i), "指标 %s 没有方面“%s”", ind.Code, a)
		}
	}
}

func (k *recordChecker) evidence(at string, hashes []string) {
	for i, h := range hashes {
		if !k.listed[h] {
			k.wrong(fmt.Sprintf("%s.evidence[%d]", at, i), "佐证没有列在记录的佐证清单里：%s", h)
		}
	}
}

func (k *recordChecker) measure(at string, m Measure) {
	if m.Source != "" && m.Source != "site" && m.Source != "platform" && m.Source != "self" {
		k.wrong(at+".source", "来源“%s”不在 site、platform、self 之中", m.Source)
	}
	if m.AsOf != "" && !isDay(m.AsOf) {
		k.wrong(at+".as_of", "“%s”不是日期，应写成 2019-08-31", m.AsOf)
	}
	if (m.Done == nil) != (m.Total == nil) || m.Done == nil && len(m.Items) == 0 {
		k.found = append(k.found, scoring.Problem{Place: at, Code: k.code, Missing: true, Err: i18n.E("完成情况要同时有完成数和总数")})
	}
	for i, item := range m.Items {
		switch item.State {
		case ItemOpen, ItemDone, ItemExempt, ItemLed:
		default:
			k.wrong(fmt.Sprintf("%s.items[%d].state", at, i), "没有“%s”这种状态", item.State)
		}
	}
	if len(m.Items) > 0 && m.Done != nil && m.Total != nil {
		if done, total := itemCounts(m.Items); done != *m.Done || total != *m.Total {
			k.wrong(at, "完成数与清单不符：清单是 %s／%s", done.String(), total.String())
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
