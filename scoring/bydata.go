package scoring

// dataRule is a rule that measures decide: share, tiers or complete. No
// finding names it.
type dataRule struct {
	*Rule
	at      int       // place among the indicator's rules
	bonus   bool      // of a bonus part
	target  Decimal   // share, tiers: what the measure should reach
	measure []Measure // complete: those it needs, with their deadlines
}

func newDataRule(ind *Indicator, at int, bonus bool) dataRule {
	r := dataRule{Rule: &ind.Rules[at], at: at, bonus: bonus, target: One}
	if m := ind.find(r.Measure); m != nil && m.Target != nil {
		r.target = *m.Target
	}
	for _, code := range r.Needs {
		if m := ind.find(code); m != nil {
			r.measure = append(r.measure, *m)
		}
	}
	return r
}

func (ind *Indicator) find(code string) *Measure {
	for i := range ind.Measures {
		if ind.Measures[i].Code == code {
			return &ind.Measures[i]
		}
	}
	return nil
}

// amount is what the rule takes or gives. Without its measure a share or a
// tier does nothing: the record is incomplete then.
func (r *dataRule) amount(entry *Entry, s *Sheet) Exact {
	if r.Kind == Complete {
		if r.complete(entry, s) == r.bonus {
			return exact(*r.Points)
		}
		return Exact{}
	}
	m := entry.measure(r.Measure)
	if m == nil || r.bonus && m.Total == 0 {
		return Exact{}
	}
	ratio := exact(r.target)
	if m.Total > 0 {
		ratio = share(m.Done, m.Total)
	}
	if r.Kind == Tiers {
		for _, t := range r.Tiers {
			if ratio.Cmp(exact(t.From)) >= 0 {
				return exact(t.Points)
			}
		}
		return Exact{}
	}
	if ratio.Cmp(exact(r.target)) >= 0 {
		return Exact{}
	}
	return exact(*r.Per).times(stepsBelow(r.target, m, *r.Step, r.Partial))
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
func (r *dataRule) complete(entry *Entry, s *Sheet) bool {
	met := true
	for k := range r.measure {
		m := entry.measure(r.measure[k].Code)
		if m == nil {
			return false
		}
		if m.Total == 0 {
			met = met && !r.bonus
			continue
		}
		met = met && m.Done == m.Total && inTime(m.Completed, &r.measure[k], s)
	}
	return met
}

// inTime tells whether the day of completion is not after the deadline. No
// deadline: any day, also none. A deadline that the round should set and has
// not is never met.
func inTime(day string, m *Measure, s *Sheet) bool {
	deadline := m.Deadline
	if deadline == RoundDeadline {
		if deadline = s.Deadlines[m.Code]; deadline == "" {
			return false
		}
	}
	return deadline == "" || day != "" && day <= deadline
}
