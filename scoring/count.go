package scoring

import "slices"

// counter goes through the entries of one sheet. Points are summed as decimals,
// which is what nearly all of them are.
type counter struct {
	s       *Sheet
	vetoes  vetoes
	left    []Decimal // how much each cap of the indicator still lets through
	moved   Exact     // what the part loses or gains
	lacking bool      // something is unchecked, or a measure is not there
}

// vetoes are the vetoes in effect on the whole result.
type vetoes struct {
	fail string   // smallest code
	cap  *Decimal // smallest value
}

func (v *vetoes) take(rule *Rule) {
	switch rule.Effect {
	case VetoFail:
		if v.fail == "" || rule.Code < v.fail {
			v.fail = rule.Code
		}
	case VetoCapTotal:
		if v.cap == nil || *rule.Value < *v.cap {
			v.cap = rule.Value
		}
	}
}

// count finds what one checked indicator loses or gains: raw by its rules, and
// counted, which is never more than it can.
func (c *counter) count(ind *indicator, entry *Entry, extra Exact) (raw, counted Exact) {
	for k, limit := range ind.caps {
		c.left[k] = limit
	}
	raw, zeroed := c.findings(ind, entry)
	for k := range ind.byData {
		d := &ind.byData[k]
		if d.choosy && !d.Binds(c.s.Kind) {
			continue
		}
		x, there := d.amount(entry, c.s)
		if d.grouped {
			x = c.measured(&ind.rules[d.at], x)
		}
		raw = raw.add(x)
		c.lacking = c.lacking || !there
	}
	counted = raw
	switch most := exact(ind.most); {
	case ind.mirrorAbsent(c.s):
		counted = ind.unearned()
	case zeroed && ind.bonus:
		counted = Exact{}
	case zeroed || !raw.within(most) && raw.Cmp(most.add(extra)) > 0:
		counted = most.add(extra)
	}
	c.moved = c.moved.add(counted)
	return raw, counted
}

func (ind *indicator) mirrorAbsent(s *Sheet) bool {
	return ind.mirror >= 0 && s.Entries[ind.mirror].State == Absent
}

// unearned is what an indicator gains whose mirror is absent.
func (ind *indicator) unearned() Exact {
	if ind.WhenAbsent == "full" {
		return exact(ind.most)
	}
	return Exact{}
}

// findings sums what was found, under a rule or free, and tells whether a veto
// takes the whole indicator.
func (c *counter) findings(ind *indicator, entry *Entry) (sum Exact, zeroed bool) {
	ri := -1
	for k := range entry.Findings {
		f := &entry.Findings[k]
		if f.leads(c.s) {
			continue
		}
		if f.Rule == "" {
			sum = sum.add(exact(f.Points))
			continue
		}
		ri++ // mostly, findings stand in the order of the rules
		if ri >= len(ind.rules) || ind.rules[ri].code != f.Rule {
			if ri = ind.place(f.Rule); ri < 0 {
				continue
			}
		}
		switch r := &ind.rules[ri]; {
		case r.by == byFindings || r.by == byMeasures && !ind.Rules[ri].Binds(c.s.Kind):
			points := f.Points
			if r.capped() {
				points = c.through(r, points)
			}
			sum = sum.add(exact(points))
		case r.by == byVeto:
			zeroed = zeroed || ind.Rules[ri].Effect == VetoZero
			c.vetoes.take(&ind.Rules[ri])
		}
	}
	return sum, zeroed
}

// leads tells whether a finding is a lead 线索 for another unit.
func (f *Finding) leads(s *Sheet) bool { return f.Responsible != "" && f.Responsible != s.Unit }

// measured is how much the cap of its group lets through of what measures give
// to a rule.
func (c *counter) measured(r *rule, x Exact) Exact {
	points, ok := x.decimal()
	if !ok { // so many steps that no cap lets them through
		points = c.left[r.group]
	}
	return exact(c.through(r, points))
}

// through is how much of the points under a rule its caps let through.
func (c *counter) through(r *rule, points Decimal) Decimal {
	if r.own >= 0 {
		points = min(points, c.left[r.own])
		c.left[r.own] -= points
	}
	if r.group >= 0 {
		points = min(points, c.left[r.group])
		c.left[r.group] -= points
	}
	return points
}

// zeroedBy is the code of the veto that takes the whole indicator; "" for none.
func (ind *indicator) zeroedBy(entry *Entry, s *Sheet) (code string) {
	for k := range entry.Findings {
		f := &entry.Findings[k]
		if f.leads(s) || f.Rule == "" {
			continue
		}
		if ri := ind.place(f.Rule); ri >= 0 && ind.Rules[ri].Kind == Veto && ind.Rules[ri].Effect == VetoZero {
			code = f.Rule
		}
	}
	return code
}

// lacking names the measures that rules need and the entry lacks, each once.
func (e *Engine) lacking(i int, entry *Entry, s *Sheet) []string {
	var out []string
	add := func(r *Rule, code string) {
		if entry.measure(code) == nil && r.Binds(s.Kind) && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	for k := range e.inds[i].Rules {
		r := &e.inds[i].Rules[k]
		if r.Measure != "" {
			add(r, r.Measure)
		}
		for _, code := range r.Needs {
			add(r, code)
		}
	}
	return out
}
