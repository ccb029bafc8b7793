package scoring

import "slices"

// count is what one checked indicator loses or gains: raw by its rules, and
// counted, which is never more than it can. sums is room for a number a rule.
func (e *Engine) count(i int, entry *Entry, s *Sheet, extra Exact, v *vetoes, sums []Exact) (raw, counted Exact) {
	ind := &e.inds[i]
	zero := false
	if len(entry.Findings) > 0 || len(ind.byData) > 0 {
		sums = sums[:len(ind.Rules)]
		clear(sums)
		raw, zero = e.findings(ind, entry, s, v, sums)
		for _, ri := range ind.byData {
			if rule := &ind.Rules[ri]; rule.Binds(s.Kind) {
				sums[ri] = ind.byMeasure(rule, entry, s, e.parts[ind.part].Kind == Bonus)
			}
		}
		raw = raw.add(ind.capGroups(sums))
	}
	limit := ind.points
	if extra.n != 0 || extra.big != nil {
		limit = limit.add(extra)
	}
	counted = raw
	if counted.Cmp(limit) > 0 {
		counted = limit
	}
	if zero {
		counted = limit
		if e.parts[ind.part].Kind == Bonus {
			counted = Exact{}
		}
	}
	if ind.mirror >= 0 && s.Entries[ind.mirror].State == Absent {
		counted = Exact{}
		if ind.WhenAbsent == "full" {
			counted = ind.points
		}
	}
	return raw, counted
}

// findings sums what was found: free findings in one number, the others by
// rule, each rule at most its cap. zero tells of a veto on the indicator.
func (e *Engine) findings(ind *indicator, entry *Entry, s *Sheet, v *vetoes, sums []Exact) (free Exact, zero bool) {
	for k := range entry.Findings {
		f := &entry.Findings[k]
		if f.Responsible != "" && f.Responsible != s.Unit {
			continue // a lead 线索 for another unit
		}
		if f.Rule == "" {
			free = free.add(exact(f.Points))
			continue
		}
		ri := ind.rule(f.Rule)
		if ri < 0 {
			continue
		}
		rule := &ind.Rules[ri]
		if rule.Kind == Veto {
			zero = zero || rule.Effect == VetoZero
			v.take(rule)
			continue
		}
		sums[ri] = sums[ri].add(exact(f.Points))
		if rule.Cap != nil && sums[ri].Cmp(exact(*rule.Cap)) > 0 {
			sums[ri] = exact(*rule.Cap) // of an each rule; more stays at the cap
		}
	}
	return free, zero
}

// capGroups sums the rules, with those of a group together at most its cap.
func (ind *indicator) capGroups(sums []Exact) Exact {
	var total Exact
	if !ind.capped {
		for ri := range sums {
			total = total.add(sums[ri])
		}
		return total
	}
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
	if rule.Kind == Tiers {
		ratio := exact(ind.target(rule.Measure))
		if m.Total > 0 {
			ratio = share(m.Done, m.Total)
		}
		for _, t := range rule.Tiers {
			if ratio.Cmp(exact(t.From)) >= 0 {
				return exact(t.Points)
			}
		}
		return Exact{}
	}
	target := ind.target(rule.Measure)
	if m.Total == 0 || share(m.Done, m.Total).Cmp(exact(target)) >= 0 {
		return Exact{}
	}
	return exact(*rule.Per).times(stepsBelow(target, m, *rule.Step, rule.Partial))
}

// stepsBelow is how many whole steps the ratio of a measure lies below the
// target, or one more when a begun step counts.
func stepsBelow(target Decimal, m *MeasureValue, step Decimal, up bool) Exact {
	full, ok1 := mul64(int64(target), int64(m.Total))
	done, ok2 := mul64(int64(m.Done), int64(One))
	d, ok3 := mul64(int64(m.Total), int64(step))
	if !ok1 || !ok2 || !ok3 {
		return exact(target).sub(share(m.Done, m.Total)).div(exact(step)).steps(up)
	}
	q := (full - done) / d
	if up && (full-done)%d > 0 {
		q++
	}
	return whole(q)
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
		met = met && m.Done == m.Total && inTime(m.Completed, ind.deadline(code), s, code)
	}
	return met
}

// inTime tells whether the day of completion is not after the deadline. No
// deadline: any day, also none. A deadline that the round should set and has
// not is never met.
func inTime(day, deadline string, s *Sheet, code string) bool {
	if deadline == RoundDeadline {
		if deadline = s.Deadlines[code]; deadline == "" {
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
	for _, n := range e.inds[i].needed {
		if entry.measure(n.code) == nil && n.rule.Binds(s.Kind) {
			return false
		}
	}
	return true
}

// lacking names the measures that rules need and the entry lacks, each once.
func (e *Engine) lacking(i int, entry *Entry, s *Sheet) []string {
	var out []string
	for _, n := range e.inds[i].needed {
		if entry.measure(n.code) == nil && n.rule.Binds(s.Kind) && !slices.Contains(out, n.code) {
			out = append(out, n.code)
		}
	}
	return out
}
