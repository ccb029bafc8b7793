package scoring

import "math/bits"

// dataRule is a rule that measures decide: share, tiers or complete. No
// finding names it. What every sheet needs of the rule stands here once more,
// so that it is not sought among its texts.
type dataRule struct {
	*Rule
	at      int        // place among the indicator's rules
	bonus   bool       // of a bonus part
	choosy  bool       // binds only some kinds of unit
	grouped bool       // with others under a cap
	partial bool       // share: a begun step counts
	measure string     // share, tiers
	target  Decimal    // share: what the measure should reach
	points  Decimal    // complete: what it takes or gives; share: that for a step
	step    Decimal    // share
	tiers   []Tier     // tiers
	needs   []deadline // complete
}

// deadline is a measure to be completed, and until when.
type deadline struct{ code, day string }

func newDataRule(ind *Indicator, at int, bonus bool) dataRule {
	r := &ind.Rules[at]
	d := dataRule{Rule: r, at: at, bonus: bonus, choosy: len(r.Who) > 0, grouped: r.CapGroup != nil,
		measure: r.Measure, target: One, tiers: r.Tiers}
	if m := ind.find(r.Measure); m != nil && m.Target != nil {
		d.target = *m.Target
	}
	switch r.Kind {
	case Complete:
		d.points = *r.Points
	case Share:
		d.points, d.step, d.partial = *r.Per, *r.Step, r.Partial
	}
	for _, code := range r.Needs {
		if m := ind.find(code); m != nil {
			d.needs = append(d.needs, deadline{m.Code, m.Deadline})
		}
	}
	return d
}

func (ind *Indicator) find(code string) *Measure {
	for i := range ind.Measures {
		if ind.Measures[i].Code == code {
			return &ind.Measures[i]
		}
	}
	return nil
}

// amount is what the rule takes or gives, and whether all its measures are
// there. Without its measure a share or a tier does nothing: the record is
// incomplete then.
func (r *dataRule) amount(entry *Entry, s *Sheet) (points Exact, there bool) {
	if r.measure == "" {
		met, there := r.complete(entry, s)
		if met == r.bonus {
			points = exact(r.points)
		}
		return points, there
	}
	m := entry.measure(r.measure)
	switch {
	case m == nil:
		return Exact{}, false
	case r.bonus && m.Total == 0:
		return Exact{}, true
	case len(r.tiers) > 0:
		return exact(r.tier(m)), true
	case m.Total == 0 || m.reaches(r.target):
		return Exact{}, true
	}
	return r.gap(m), true
}

// tier is what the highest tier gives that the measure reaches. One that has
// nothing to do reaches its target.
func (r *dataRule) tier(m *MeasureValue) Decimal {
	for i := range r.tiers {
		t := &r.tiers[i]
		if m.Total > 0 && m.reaches(t.From) || m.Total == 0 && r.target >= t.From {
			return t.Points
		}
	}
	return 0
}

// reaches tells whether done/total is at least the target.
func (m *MeasureValue) reaches(target Decimal) bool {
	h1, l1 := bits.Mul64(uint64(m.Done), uint64(One))
	h2, l2 := bits.Mul64(uint64(m.Total), uint64(target))
	return h1 > h2 || h1 == h2 && l1 >= l2
}

// gap is the points for each whole step that the measure lies below the target,
// or for one more when a begun step counts.
func (r *dataRule) gap(m *MeasureValue) Exact {
	full, ok1 := mul64(int64(r.target), int64(m.Total))
	done, ok2 := mul64(int64(m.Done), int64(One))
	step, ok3 := mul64(int64(m.Total), int64(r.step))
	if ok1 && ok2 && ok3 {
		steps := (full - done) / step
		if r.partial && steps*step < full-done {
			steps++
		}
		if points, ok := mul64(int64(r.points), steps); ok {
			return Exact{n: points}
		}
	}
	below := exact(r.target).sub(share(m.Done, m.Total))
	return exact(r.points).mul(below.div(exact(r.step)).steps(r.partial))
}

// complete tells whether every needed measure is done in full and in time, and
// whether all are there. A measure that is not there is not done.
func (r *dataRule) complete(entry *Entry, s *Sheet) (met, there bool) {
	met = true
	for k := range r.needs {
		m := entry.measure(r.needs[k].code)
		switch {
		case m == nil:
			return false, false
		case m.Total == 0:
			met = met && !r.bonus
		default:
			met = met && m.Done == m.Total && r.needs[k].met(m.Completed, s)
		}
	}
	return met, true
}

// met tells whether the day of completion is not after the deadline. No
// deadline: any day, also none. A deadline that the round should set and has
// not is never met.
func (d *deadline) met(day string, s *Sheet) bool {
	last := d.day
	if last == RoundDeadline {
		if last = s.of.Deadlines[d.code]; last == "" {
			return false
		}
	}
	return last == "" || day != "" && day <= last
}
