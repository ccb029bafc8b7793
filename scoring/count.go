package scoring

import "slices"

// count is what one checked indicator loses or gains: raw by its rules, and
// counted, which is never more than it can.
func (e *Engine) count(i int, entry *Entry, s *Sheet, extra Exact, v *vetoes) (raw, counted Exact) {
	ind := &e.inds[i]
	zero := false
	var perRule [16]Exact
	sums := perRule[:0]
	if n := len(ind.Rules); n <= len(perRule) {
		sums = perRule[:n]
	} else {
		sums = make([]Exact, n)
	}
	for k := range entry.Findings {
		f := &entry.Findings[k]
		if f.Responsible != "" && f.Responsible != s.Unit {
			continue // a lead 线索 for another unit
		}
		if f.Rule == "" {
			raw = raw.add(exact(f.Points))
			continue
		}
		ri, ok := ind.rules[f.Rule]
		if !ok {
			continue
		}
		rule := &ind.Rules[ri]
		if rule.Kind == Veto {
			zero = zero || rule.Effect == VetoZero
			v.take(rule)
			continue
		}
		sums[ri] = sums[ri].add(exact(f.Points))
	}
	for ri := range ind.Rules {
		e.ruleSum(i, ri, entry, s, &sums[ri])
	}
	raw = raw.add(capGroups(ind, sums))
	limit := exact(ind.Points).add(extra)
	counted = raw
	if counted.Cmp(limit) > 0 {
		counted = limit
	}
	bonus := e.parts[ind.part].Kind == Bonus
	if zero {
		counted = limit
		if bonus {
			counted = Exact{}
		}
	}
	if ind.mirror >= 0 && s.Entries[ind.mirror].State == Absent {
		counted = Exact{}
		if ind.WhenAbsent == "full" {
			counted = exact(ind.Points)
		}
	}
	return raw, counted
}

// ruleSum caps what findings gave under a rule, or computes what measures give.
func (e *Engine) ruleSum(i, ri int, entry *Entry, s *Sheet, sum *Exact) {
	ind := &e.inds[i]
	rule := &ind.Rules[ri]
	switch rule.Kind {
	case Each:
		if rule.Cap != nil && sum.Cmp(exact(*rule.Cap)) > 0 {
			*sum = exact(*rule.Cap)
		}
	case Share, Tiers, Complete:
		if rule.Binds(s.Kind) {
			*sum = ind.byMeasure(rule, entry, s, e.parts[ind.part].Kind == Bonus)
		}
	}
}

// capGroups sums the rules, with those of a group together at most its cap.
func capGroups(ind *indicator, sums []Exact) Exact {
	var total Exact
	for ri := range sums {
		g := ind.Rules[ri].CapGroup
		if g == nil {
			total = total.add(sums[ri])
			continue
		}
		if !firstOfGroup(ind, ri) {
			continue
		}
		var group Exact
		for k := ri; k < len(sums); k++ {
			if o := ind.Rules[k].CapGroup; o != nil && o.Code == g.Code {
				group = group.add(sums[k])
			}
		}
		if group.Cmp(exact(g.Cap)) > 0 {
			group = exact(g.Cap)
		}
		total = total.add(group)
	}
	return total
}

func firstOfGroup(ind *indicator, ri int) bool {
	for k := range ri {
		if o := ind.Rules[k].CapGroup; o != nil && o.Code == ind.Rules[ri].CapGroup.Code {
			return false
		}
	}
	return true
}

// byMeasure is what a rule that follows from measures takes or gives. Without
// its measure a share or a tier does nothing: the record is incomplete then.
func (ind *indicator) byMeasure(rule *Rule, entry *Entry, s *Sheet, bonus bool) Exact {
	if rule.Kind == Complete {
		if ind.complete(rule, entry, s, bonus) == bonus {
			return exact(*rule.Points)
		}
		return Exact{}
	}
	m := entry.measure(rule.Measure)
	if m == nil || bonus && m.Total == 0 {
		return Exact{}
	}
	ratio := exact(ind.target(rule.Measure))
	if m.Total > 0 {
		ratio = exact(m.Done).div(exact(m.Total))
	}
	if rule.Kind == Tiers {
		for _, t := range rule.Tiers {
			if ratio.Cmp(exact(t.From)) >= 0 {
				return exact(t.Points)
			}
		}
		return Exact{}
	}
	target := exact(ind.target(rule.Measure))
	if ratio.Cmp(target) >= 0 {
		return Exact{}
	}
	return exact(*rule.Per).mul(target.sub(ratio).div(exact(*rule.Step)).steps(rule.Partial))
}

// complete tells whether every needed measure is done in full and in time. A
// measure that is not there is not done.
func (ind *indicator) complete(rule *Rule, entry *Entry, s *Sheet, bonus bool) bool {
	met := true
	for _, code := range rule.Needs {
		m := entry.measure(code)
		if m == nil {
			return false
		}
		if m.Total == 0 {
			met = met && !bonus
			continue
		}
		met = met && m.Done == m.Total && inTime(m.Completed, ind.deadline(code), s.Deadlines[code])
	}
	return met
}

// inTime tells whether the day of completion is not after the deadline. No
// deadline: any day, also none. A deadline that the round should set and has
// not is never met.
func inTime(day, deadline, ofRound string) bool {
	if deadline == RoundDeadline {
		if deadline = ofRound; deadline == "" {
			return false
		}
	}
	return deadline == "" || day != "" && day <= deadline
}

func (ind *indicator) find(code string) *Measure {
	for i := range ind.Measures {
		if ind.Measures[i].Code == code {
			return &ind.Measures[i]
		}
	}
	return nil
}

func (ind *indicator) target(code string) Decimal {
	if m := ind.find(code); m != nil && m.Target != nil {
		return *m.Target
	}
	return One
}

func (ind *indicator) deadline(code string) string {
	if m := ind.find(code); m != nil {
		return m.Deadline
	}
	return ""
}

// measured tells whether the measures that the indicator's rules need are all
// there. Rules that do not bind this kind of unit need none.
func (e *Engine) measured(i int, entry *Entry, s *Sheet) bool {
	return len(e.lacking(i, entry, s)) == 0
}

// lacking names the measures that rules need and the entry lacks, each once.
func (e *Engine) lacking(i int, entry *Entry, s *Sheet) []string {
	var out []string
	miss := func(code string) {
		if code != "" && entry.measure(code) == nil && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	for ri := range e.inds[i].Rules {
		rule := &e.inds[i].Rules[ri]
		if !rule.Binds(s.Kind) {
			continue
		}
		miss(rule.Measure)
		for _, n := range rule.Needs {
			miss(n)
		}
	}
	return out
}
