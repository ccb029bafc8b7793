package scoring

import "slices"

// weight is what one entry comes to by the rules of its indicator, before what
// others of the sheet do to it: a mirror that is absent, points of the absent.
type weight struct {
	raw     Exact   // points by its rules
	vetoes  *vetoes // on the whole result; nil for none
	state   stateCode
	zeroed  bool // a veto takes the whole indicator
	lacking bool // a measure is not there
	asIs    bool // what counts of it is raw, a decimal, and there is no more to say
}

// stateCode is a state in one byte: a score looks at each of a sheet.
type stateCode uint8

const (
	unchecked stateCode = iota
	checked
	absent
	notScored
)

var states = [...]State{unchecked: Unchecked, checked: Checked, absent: Absent, notScored: NotScored}

// code of a state; one that does not exist, which Check refuses, is unchecked.
func (s State) code() stateCode {
	switch s {
	case Checked:
		return checked
	case Absent:
		return absent
	case NotScored:
		return notScored
	}
	return unchecked
}

// vetoes are the vetoes in effect on the whole result.
type vetoes struct {
	fail string   // smallest code
	cap  *Decimal // smallest value
}

func (v *vetoes) take(rule *Rule) {
	switch rule.Effect {
	case VetoFail:
		v.join(&vetoes{fail: rule.Code})
	case VetoCapTotal:
		v.join(&vetoes{cap: rule.Value})
	}
}

// join adds what others have in effect, nil for none.
func (v *vetoes) join(x *vetoes) {
	if x == nil {
		return
	}
	if x.fail != "" && (v.fail == "" || x.fail < v.fail) {
		v.fail = x.fail
	}
	if x.cap != nil && (v.cap == nil || *x.cap < *v.cap) {
		v.cap = x.cap
	}
}

// weigher goes through one entry. Points are summed as decimals, which is what
// nearly all of them are.
type weigher struct {
	s    *Sheet
	ind  *indicator
	left []Decimal // how much each cap still lets through
	*weight
}

func (s *Sheet) weigh(i int) {
	ind, entry, w, limit := &s.engine.inds[i], &s.entries[i], &s.weights[i], &s.engine.limits[i]
	*w = weight{state: entry.State.code()}
	switch {
	case w.state != checked:
		w.asIs = w.state == notScored
		return
	case ind.plain && len(entry.Findings) == 0: // the most of a sheet: nothing found, nothing to measure
		w.asIs = limit.mirror < 0
		return
	}
	s.left = append(s.left[:0], ind.caps...)
	x := weigher{s, ind, s.left, w}
	x.findings(entry)
	x.measures(entry)
	w.asIs = w.raw.within(exact(limit.most)) && limit.mirror < 0 && !w.zeroed && !w.lacking && w.vetoes == nil
}

// findings sums what was found, under a rule or free.
func (x *weigher) findings(entry *Entry) {
	ri, rules := -1, x.ind.rules
	for k := range entry.Findings {
		f := &entry.Findings[k]
		if f.leads(x.s) {
			continue
		}
		if f.Rule == "" {
			x.raw = x.raw.add(exact(f.Points))
			continue
		}
		ri++ // mostly, findings stand in the order of the rules
		if ri >= len(rules) || rules[ri].code != f.Rule {
			if ri = x.ind.place(f.Rule); ri < 0 {
				continue
			}
		}
		x.finding(f, ri)
	}
}

func (x *weigher) finding(f *Finding, ri int) {
	switch r, rule := &x.ind.rules[ri], &x.ind.Rules[ri]; {
	case r.by == byFindings || r.by == byMeasures && !rule.Binds(x.s.of.Kind):
		points := f.Points
		if r.capped() {
			points = x.through(r, points)
		}
		x.raw = x.raw.add(exact(points))
	case r.by == byVeto:
		x.zeroed = x.zeroed || rule.Effect == VetoZero
		if rule.Effect != VetoZero {
			if x.vetoes == nil {
				x.vetoes = &vetoes{}
			}
			x.vetoes.take(rule)
		}
	}
}

// measures adds what the rules give that measures decide.
func (x *weigher) measures(entry *Entry) {
	for k := range x.ind.byData {
		d := &x.ind.byData[k]
		if d.choosy && !d.Binds(x.s.of.Kind) {
			continue
		}
		points, there := d.amount(entry, x.s)
		if d.grouped {
			points = x.measured(&x.ind.rules[d.at], points)
		}
		x.raw = x.raw.add(points)
		x.lacking = x.lacking || !there
	}
}

// leads tells whether a finding is a lead 线索 for another unit.
func (f *Finding) leads(s *Sheet) bool { return f.Responsible != "" && f.Responsible != s.of.Unit }

// measured is how much the cap of its group lets through of what measures give
// to a rule.
func (x *weigher) measured(r *rule, given Exact) Exact {
	points, ok := given.decimal()
	if !ok { // so many steps that no cap lets them through
		points = x.left[r.group]
	}
	return exact(x.through(r, points))
}

// through is how much of the points under a rule its caps let through.
func (x *weigher) through(r *rule, points Decimal) Decimal {
	if r.own >= 0 {
		points = min(points, x.left[r.own])
		x.left[r.own] -= points
	}
	if r.group >= 0 {
		points = min(points, x.left[r.group])
		x.left[r.group] -= points
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
		if entry.measure(code) == nil && r.Binds(s.of.Kind) && !slices.Contains(out, code) {
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
