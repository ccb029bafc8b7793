package scoring

import (
	"fmt"
	"slices"

	"xunping/assets/i18n"
)

// sheetChecker gathers what is wrong or missing in a sheet.
type sheetChecker struct {
	e     *Engine
	s     *Sheet
	r     *Result
	code  string
	place string
	found []Problem
}

func (c *sheetChecker) wrong(at, zh string, args ...any) {
	c.found = append(c.found, Problem{Place: c.place + at, Code: c.code, Err: i18n.E(zh, args...)})
}

func (c *sheetChecker) missing(at, zh string, args ...any) {
	c.found = append(c.found, Problem{Place: c.place + at, Code: c.code, Missing: true, Err: i18n.E(zh, args...)})
}

// Check tells what in the sheet the rubric never allows (wrong) and what is
// still to be done (missing), with places like entries.A2.findings[0].points.
func (e *Engine) Check(s *Sheet) []Problem {
	c := &sheetChecker{e: e, s: s, r: e.Evaluate(s)}
	for i := range e.inds {
		c.code = e.inds[i].Code
		c.place = "entries." + c.code
		c.entry(i, &s.entries[i])
	}
	return c.found
}

func (c *sheetChecker) entry(i int, entry *Entry) {
	if entry.State != Checked && (len(entry.Findings) > 0 || len(entry.Measures) > 0) {
		c.wrong(".state", "指标 %s 不是“已检查”，不能有扣分记录或完成情况", c.code)
	}
	switch entry.State {
	case Unchecked, "":
		c.missing(".state", "指标 %s 还没有检查", c.code)
	case Absent:
		c.absent(i, entry)
	case NotScored:
		c.notScored(i)
	case Checked:
		c.findings(i, entry)
		c.measures(i, entry)
	default:
		c.wrong(".state", "没有“%s”这种状态", string(entry.State))
	}
}

func (c *sheetChecker) absent(i int, entry *Entry) {
	rule := c.e.inds[i].allow
	if rule == nil {
		c.wrong(".state", "指标 %s 不允许“没有该项”", c.code)
		return
	}
	if entry.LetterDate != "" && !IsDay(entry.LetterDate) {
		c.wrong(".absence.date", "“%s”不是日期，应写成 2019-08-31", entry.LetterDate)
	}
	if rule.Letter == "required" {
		if entry.Letter == "" || entry.LetterDate == "" {
			c.missing(".absence.letter", "指标 %s 没有该项，需要行文的文号和日期", c.code)
		}
	} else if entry.Letter == "" && entry.Reason == "" {
		c.missing(".absence.reason", "指标 %s 没有该项，需要写明理由", c.code)
	}
	for _, want := range rule.Conditions {
		if !slices.Contains(entry.Conditions, want) {
			c.missing(".absence.conditions", "指标 %s 没有该项，还须确认：%s", c.code, want)
		}
	}
	for _, has := range entry.Conditions {
		if !slices.Contains(rule.Conditions, has) {
			c.wrong(".absence.conditions", "指标体系没有这个条件：%s", has)
		}
	}
}

func (c *sheetChecker) notScored(i int) {
	p := &c.r.Parts[c.e.inds[i].part]
	if p.Part.Gate == nil {
		c.wrong(".state", "指标 %s 所在部分没有门槛，不能“不评分”", c.code)
		return
	}
	if p.Gate == GateOpen && !c.s.of.HasParents {
		c.missing(".state", "加分门槛已达到，指标 %s 需要评分", c.code)
	}
}

func (c *sheetChecker) findings(i int, entry *Entry) {
	ids, used := map[string]bool{}, map[string]bool{}
	for k := range entry.Findings {
		f := &entry.Findings[k]
		at := fmt.Sprintf(".findings[%d]", k)
		if f.ID == "" || ids[f.ID] {
			c.wrong(at+".id", "扣（加）分记录的编号缺失或重复：%s", f.ID)
		}
		ids[f.ID] = true
		if f.Rule == "" {
			c.free(at, f)
			continue
		}
		rule := c.e.Rule(i, f.Rule)
		if rule == nil {
			c.wrong(at+".rule", "指标 %s 没有规则“%s”", c.code, f.Rule)
			continue
		}
		if rule.Kind != Each && used[f.Rule] {
			c.wrong(at+".rule", "规则 %s 只能有一条记录", f.Rule)
		}
		used[f.Rule] = true
		c.ruled(at, f, rule)
	}
}

func (c *sheetChecker) free(at string, f *Finding) {
	if c.e.rubric.FreeFindings == "never" {
		c.wrong(at+".rule", "本指标体系不允许规则以外的扣（加）分")
	}
	if f.Clause == "" {
		c.wrong(at+".clause", "规则以外的扣（加）分必须写明依据的条款")
	}
}

func (c *sheetChecker) ruled(at string, f *Finding, rule *Rule) {
	if !rule.Binds(c.s.of.Kind) {
		c.wrong(at+".rule", "规则 %s 不适用于这类单位", f.Rule)
	}
	switch rule.Kind {
	case Range:
		if f.Points < *rule.Min || f.Points > *rule.Max {
			c.wrong(at+".points", "%s 分不在规则 %s 的 %s～%s 之间", f.Points.String(), f.Rule, rule.Min.String(), rule.Max.String())
		}
	case Fixed, Each, Veto:
		if want, ok := rule.GivenBy(f.Count); !ok || want != f.Points {
			c.wrong(at+".points", "规则 %s 应是 %s 分，记录写的是 %s 分", f.Rule, want.String(), f.Points.String())
		}
	default:
		c.wrong(at+".rule", "规则 %s 由完成情况计算，不能有记录", f.Rule)
	}
}

func (c *sheetChecker) measures(i int, entry *Entry) {
	for k := range entry.Measures {
		m := &entry.Measures[k]
		at := ".measures." + m.Code
		if c.e.inds[i].find(m.Code) == nil {
			c.wrong(at, "指标 %s 没有完成情况“%s”", c.code, m.Code)
			continue
		}
		if m.Done > m.Total {
			c.wrong(at+".done", "已完成 %s 多于总数 %s", m.Done.String(), m.Total.String())
		}
		if m.Completed != "" && !IsDay(m.Completed) {
			c.wrong(at+".completed", "“%s”不是日期，应写成 2019-08-31", m.Completed)
		}
	}
	for _, code := range c.e.lacking(i, entry, c.s) {
		c.missing(".measures."+code, "指标 %s 缺少完成情况 %s", c.code, code)
	}
	for _, m := range c.e.inds[i].Measures {
		if m.Deadline == RoundDeadline && c.s.of.Deadlines[m.Code] == "" && c.needs(i, m.Code) {
			c.missing(".measures."+m.Code, "本轮没有设定 %s 的规定时间，请在“汇总”的“轮次准备”里设定", m.Code)
		}
	}
}

// needs tells whether a rule that binds this unit looks at the measure's day.
func (c *sheetChecker) needs(i int, measure string) bool {
	for k := range c.e.inds[i].Rules {
		r := &c.e.inds[i].Rules[k]
		if r.Binds(c.s.of.Kind) && slices.Contains(r.Needs, measure) {
			return true
		}
	}
	return false
}
