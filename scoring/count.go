package scoring

import "slices"

// count finds what one checked indicator loses or gains: raw by its rules, and
// counted, which is never more than it can. sums is room for a number a rule.
func (ind *indicator) count(entry *Entry, s *Sheet, extra Exact, v *vetoes, sums []Exact, ir *IndicatorResult) {
	if len(entry.Findings) > 0 || len(ind.byData) > 0 {
		ind.countRules(entry, s, extra, v, sums, ir)
	}
	if ind.mirrorAbsent(s) {
		ir.Counted = Exact{}
		if ind.WhenAbsent == "full" {
			ir.Counted = ind.points
		}
	}
}

func (ind *indicator) countRules(entry *Entry, s *Sheet, extra Exact, v *vetoes, sums []Exact, ir *IndicatorResult) {
	sums = sums[:len(ind.Rules)]
	clear(sums)
	raw, zero := ind.findings(entry, s, v, sums)
	for k := range ind.byData {
		if d := &ind.byData[k]; d.Binds(s.Kind) {
			sums[d.at] = d.amount(entry, s)
		}
	}
	raw = raw.add(ind.capGroups(sums))
	limit := ind.points.add(extra)
	ir.Raw = raw
	switch {
	case zero != "" && ind.bonus: // counts nothing
	case zero != "" || raw.Cmp(limit) > 0:
		ir.Counted = limit
	default:
		ir.Counted = raw
	}
}

func (ind *indicator) mirrorAbsent(s *Sheet) bool {
	return ind.mirror >= 0 && s.Entries[ind.mirror].State == Absent
}

// findings sums what was found: free findings in one number, the others by
// rule, each rule at most its cap. zero is the code of a veto on the indicator.
func (ind *indicator) findings(entry *Entry, s *Sheet, v *vetoes, sums []Exact) (free Exact, zero string) {
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
			if rule.Effect == VetoZero {
				zero = rule.Code
			}
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

// measured tells whether the measures that the indicator's rules need are all
// there. Rules that do not bind this kind of unit need none.
func (ind *indicator) measured(entry *Entry, s *Sheet) bool {
	for k := range ind.needed {
		if n := &ind.needed[k]; entry.measure(n.code) == nil && n.rule.Binds(s.Kind) {
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
