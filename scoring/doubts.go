package scoring

import (
	"fmt"
	"slices"
)

// UnitKinds are the kinds of unit.
var UnitKinds = []string{"city", "department", "central"}

// Doubts tells what the format permits and nobody can mean: a rule that never counts,
// a limit below what it limits, a name that stands twice. Such a rubric can be used,
// where one came so; none is published with it.
func (r *Rubric) Doubts() []Problem {
	c := &checker{}
	if e := r.Effective; e.From != "" && e.To != "" && e.From > e.To {
		c.add("effective.to", "适用至 %s 早于适用自 %s", e.To, e.From)
	}
	names := map[string]bool{}
	for i, b := range r.Bands {
		if names[b.Name] {
			c.add(fmt.Sprintf("bands[%d].name", i), "有两个等级叫“%s”", b.Name)
		}
		names[b.Name] = true
	}
	for i, l := range r.Lists {
		if l.AtLeast != nil && l.Below != nil && *l.AtLeast >= *l.Below {
			c.add(fmt.Sprintf("lists[%d].at_least", i), "不低于 %s 又低于 %s，没有单位能上这个榜", l.AtLeast.String(), l.Below.String())
		}
	}
	for i, n := range r.Notes {
		c.text(fmt.Sprintf("notes[%d]", i), n)
	}
	for pi := range r.Parts {
		for gi := range r.Parts[pi].Groups {
			g := &r.Parts[pi].Groups[gi]
			at := fmt.Sprintf("parts[%d].groups[%d]", pi, gi)
			c.text(at+".title", g.Title)
			if len(g.Indicators) == 0 {
				c.add(at, "分组 %s 里没有指标", g.Code)
			}
			for k := range g.Indicators {
				c.doubtIndicator(&g.Indicators[k], fmt.Sprintf("%s.indicators[%d]", at, k))
			}
		}
	}
	return c.found
}

func (c *checker) doubtIndicator(ind *Indicator, place string) {
	for i, m := range ind.Measures {
		if m.Target != nil && (*m.Target > One || *m.Target == 0) {
			c.add(fmt.Sprintf("%s.measures[%d].target", place, i), "目标 %s 达不到：目标是比例，100%% 写 1", m.Target.String())
		}
	}
	for i := range ind.Rules {
		r := &ind.Rules[i]
		at := fmt.Sprintf("%s.rules[%d]", place, i)
		c.text(at+".text", r.Text)
		for _, kind := range r.Who {
			if !slices.Contains(UnitKinds, kind) {
				c.add(at+".who", "没有“%s”这类单位，这条规则对谁都不适用", kind)
			}
		}
		if g := r.CapGroup; g != nil && g.Cap == 0 {
			c.add(at+".cap_group", "上限 0 使这条规则不起作用")
		}
		c.doubtRule(r, at)
	}
}

func (c *checker) doubtRule(r *Rule, at string) {
	switch r.Kind {
	case Each:
		if r.Cap != nil && r.Per != nil && *r.Cap < *r.Per {
			c.add(at+".cap", "上限 %s 小于每次的 %s", r.Cap.String(), r.Per.String())
		}
	case Share:
		if r.Step != nil && *r.Step > One {
			c.add(at+".step", "步长 %s 太大：步长是比例，10 个百分点写 0.1", r.Step.String())
		}
	case Tiers:
		for i, t := range r.Tiers {
			if t.From > One {
				c.add(fmt.Sprintf("%s.tiers[%d].from", at, i), "分档 %s 达不到：完成率是比例，90%% 写 0.9", t.From.String())
			}
		}
	case Complete:
		for i, n := range r.Needs {
			if slices.Contains(r.Needs[:i], n) {
				c.add(fmt.Sprintf("%s.needs[%d]", at, i), "完成情况“%s”写了两次", n)
			}
		}
	}
	for member, d := range map[string]*Decimal{"points": r.Points, "per": r.Per} {
		if d != nil && *d == 0 {
			c.add(at+"."+member, "分值 0 使这条规则不起作用")
		}
	}
}
