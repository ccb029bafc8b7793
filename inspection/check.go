package inspection

import (
	"bytes"
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
	s := &scoring.Sheet{Unit: r.Unit.Code, Kind: r.Unit.Kind, Deadlines: r.Round.Deadlines,
		HasParents: len(r.Parents) > 0, Entries: make([]scoring.Entry, c.Engine.Len())}
	for code, e := range r.Entries {
		if i, ok := c.Engine.Index(code); ok {
			s.Entries[i] = e.sheet()
		}
	}
	return s
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
func (r *Record) Check(c *Compiled) []scoring.Problem {
	k := &recordChecker{r: r, c: c, listed: map[string]bool{}}
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
	for code := range r.Reasons {
		if _, ok := c.Engine.Index(code); !ok {
			k.wrong("reasons."+code, "指标体系没有指标“%s”", code)
		}
	}
	return append(k.found, c.Engine.Check(r.Sheet(c))...)
}

type recordChecker struct {
	r      *Record
	c      *Compiled
	listed map[string]bool
	found  []scoring.Problem
}

func (k *recordChecker) wrong(place, zh string, args ...any) {
	k.found = append(k.found, scoring.Problem{Place: place, Err: i18n.E(zh, args...)})
}

func (k *recordChecker) entry(code string, e Entry) {
	place := "entries." + code
	i, ok := k.c.Engine.Index(code)
	if !ok {
		k.wrong(place, "指标体系没有指标“%s”", code)
		return
	}
	if e.State == "" {
		k.wrong(place+".state", "缺少状态")
	}
	if e.State != scoring.Checked && len(e.Measures) > 0 {
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
	for title, v := range e.Materials {
		if v != "have" && v != "none" && v != "partial" {
			k.wrong(place+".materials."+title, "材料状态“%s”不在 have、none、partial 之中", v)
		}
	}
	for _, m := range sortedKeys(e.Measures) {
		k.measure(place+".measures."+m, e.Measures[m])
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
		k.found = append(k.found, scoring.Problem{Place: at, Missing: true, Err: i18n.E("完成情况要同时有完成数和总数")})
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

// CheckSealed tells why the record cannot count as sealed: the first thing
// wrong or missing, a score that is not the recomputed one, an official round
// on an illustrative rubric, an inspector of the checked unit itself.
func (r *Record) CheckSealed(c *Compiled) error {
	if found := r.Check(c); len(found) > 0 {
		return i18n.E("检查记录 %s：%s", found[0].Place, found[0].Err)
	}
	if err := r.checkPeople(); err != nil {
		return err
	}
	if !r.Round.Trial && (c.Rubric.PointsStatus != scoring.Official || c.Rubric.RulesStatus != scoring.Official) {
		return i18n.E("分值或扣分情形是示例，只能用于试评")
	}
	if err := r.checkSettlement(); err != nil {
		return err
	}
	want, err := r.ScoreJSON(c)
	if err != nil {
		return fmt.Errorf("recompute score: %w", err)
	}
	have, err := canon.Canonical(r.Claimed)
	if err != nil || !bytes.Equal(want, have) {
		return i18n.E("记录里的得分与重新计算的不一致")
	}
	if !c.Engine.Evaluate(r.Sheet(c)).Complete {
		return i18n.E("记录还没有检查完")
	}
	return nil
}

func (r *Record) checkPeople() error {
	switch {
	case r.Sealed == "":
		return i18n.E("记录没有封存时间")
	case r.Signer == "":
		return i18n.E("记录没有写明签名的密钥")
	case r.Previous == nil || r.Counter < 1:
		return i18n.E("记录没有写明签名链（previous、counter）")
	case len(r.People.Inspectors) == 0:
		return i18n.E("记录没有检查员")
	case r.Visit.From == "":
		return i18n.E("记录没有检查时间")
	}
	for _, p := range r.People.Inspectors {
		if p.Name == "" || p.Number == "" {
			return i18n.E("检查员要有姓名和证件号码")
		}
		if p.Org != "" && p.Org == r.Unit.Name {
			return i18n.E("检查员 %s 是被检查单位的人，应当回避", p.Name)
		}
	}
	return nil
}

func (r *Record) checkSettlement() error {
	if len(r.Parents) > 1 {
		if !sort.StringsAreSorted(r.Parents) {
			return i18n.E("归并记录的前版要按顺序排列")
		}
		if !slices.Contains(r.Parents, r.Follows) {
			return i18n.E("归并记录要写明沿用哪一份（follows）")
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
