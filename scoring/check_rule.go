package scoring

import (
	"fmt"

	"xunping/assets/i18n"
)

// indicator checks one indicator with its measures and rules.
func (c *checker) indicator(p *Part, ind *Indicator, place string, seen codes) {
	c.text(place+".title", ind.Title)
	c.day(place+".due", ind.Due)
	if ind.DecidedBy != "" {
		c.oneOf(place+".decided_by", ind.DecidedBy, "team", "bureau")
	}
	if ind.WhenAbsent != "" {
		c.oneOf(place+".when_absent", ind.WhenAbsent, "zero", "full")
	}
	if ind.Mirror != "" && p.Kind != Bonus {
		c.add(place+".mirror", "只有加分指标可以对应扣分指标")
	}
	measures := map[string]bool{}
	for i, m := range ind.Measures {
		at := fmt.Sprintf("%s.measures[%d]", place, i)
		c.unique(seen, "measure", at+".code", m.Code)
		measures[m.Code] = true
		if m.Deadline != RoundDeadline {
			c.day(at+".deadline", m.Deadline)
		}
	}
	if len(ind.Rules) > maxRules {
		c.add(place+".rules", "一项指标的规则超过 %d 条", maxRules)
	}
	groups := map[string]Decimal{}
	for i := range ind.Rules {
		r := &ind.Rules[i]
		at := fmt.Sprintf("%s.rules[%d]", place, i)
		c.unique(seen, "rule", at+".code", r.Code)
		c.rule(p, r, at, measures)
		if g := r.CapGroup; g != nil {
			c.code(at+".cap_group.code", g.Code)
			if before, ok := groups[g.Code]; ok && before != g.Cap {
				c.add(at+".cap_group.cap", "同一上限组 %s 的上限要相同", g.Code)
			}
			groups[g.Code] = g.Cap
		}
	}
}

// ruleMembers says which members a kind of rule must and may have.
var ruleMembers = map[string]struct{ must, may []string }{
	Fixed:    {must: []string{"points"}},
	Each:     {must: []string{"per"}, may: []string{"unit", "cap"}},
	Range:    {must: []string{"min", "max"}},
	Share:    {must: []string{"measure", "per", "step"}, may: []string{"partial"}},
	Tiers:    {must: []string{"measure", "tiers"}},
	Complete: {must: []string{"needs", "points"}},
	Veto:     {must: []string{"effect"}, may: []string{"value"}},
}

func (r *Rule) members() map[string]bool {
	return map[string]bool{
		"points": r.Points != nil, "per": r.Per != nil, "unit": r.Unit != "", "cap": r.Cap != nil,
		"min": r.Min != nil, "max": r.Max != nil, "measure": r.Measure != "", "step": r.Step != nil,
		"partial": r.Partial, "tiers": len(r.Tiers) > 0, "needs": len(r.Needs) > 0,
		"effect": r.Effect != "", "value": r.Value != nil,
	}
}

func (c *checker) rule(p *Part, r *Rule, at string, measures map[string]bool) {
	before := len(c.found)
	want, ok := ruleMembers[r.Kind]
	if !ok {
		c.add(at+".kind", "没有“%s”这种规则，要写：%s 之一", Said(r.Kind), choices([]string{Fixed, Each, Range, Share, Tiers, Complete, Veto}))
		return
	}
	has := r.members()
	allowed := map[string]bool{}
	for _, m := range want.must {
		allowed[m] = true
		if !has[m] {
			c.add(at+"."+m, "“%s”的规则缺少“%s”", Said(r.Kind), Word(Heads[m]))
		}
	}
	for _, m := range want.may {
		allowed[m] = true
	}
	for _, m := range memberOrder {
		if has[m] && !allowed[m] {
			c.add(at+"."+m, "“%s”的规则不用“%s”，请清空", Said(r.Kind), Word(Heads[m]))
		}
	}
	if len(c.found) == before {
		c.ruleValues(p, r, at, measures)
	}
}

var memberOrder = []string{"points", "per", "unit", "cap", "min", "max", "measure", "step", "partial", "tiers", "needs", "effect", "value"}

// ruleValues checks a rule whose members are the right ones.
func (c *checker) ruleValues(p *Part, r *Rule, at string, measures map[string]bool) {
	known := func(code, place string) {
		if !measures[code] {
			c.add(place, "本指标没有完成情况“%s”", code)
		}
	}
	switch r.Kind {
	case Range:
		if *r.Min > *r.Max {
			c.add(at+".min", "最少 %s 大于最多 %s", r.Min.String(), r.Max.String())
		}
	case Share:
		if p.Kind != Deduct {
			c.add(at+".kind", "“按差距”的规则只能用于扣分部分")
		}
		if *r.Step == 0 {
			c.add(at+".step", "步长不能是 0")
		}
		known(r.Measure, at+".measure")
	case Tiers:
		known(r.Measure, at+".measure")
		for i := 1; i < len(r.Tiers); i++ {
			if r.Tiers[i].From >= r.Tiers[i-1].From {
				c.add(fmt.Sprintf("%s.tiers[%d].from", at, i), "分档下限应严格降低")
			}
		}
	case Complete:
		for i, n := range r.Needs {
			known(n, fmt.Sprintf("%s.needs[%d]", at, i))
		}
	case Veto:
		c.veto(r, at)
	}
}

func (c *checker) veto(r *Rule, at string) {
	c.oneOf(at+".effect", r.Effect, VetoFail, VetoZero, VetoCapTotal)
	if (r.Effect == VetoCapTotal) != (r.Value != nil) {
		c.found = append(c.found, Problem{Place: at + ".value", Err: i18n.E("效果是“总分封顶”时要写封顶的总分，别的效果不写")})
	}
}
