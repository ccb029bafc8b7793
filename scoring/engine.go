package scoring

import (
	"errors"
	"slices"
)

// Engine is a rubric made ready for evaluation. It is safe for concurrent use.
type Engine struct {
	rubric *Rubric
	parts  []part
	inds   []indicator
	limits []limit // of the indicators
	index  map[string]int
	total  []Exact // thresholds of the total: bands and lists
	stages []indicatorStage
	ends   endStages
}

type part struct {
	*Part
	first, last int // indicators [first, last)
	gate        int // index of the part the gate looks at, −1 for none
	thresholds  []Exact
	stages      partStages
}

// NewEngine compiles a rubric. The error joins everything Check found.
func NewEngine(r *Rubric) (*Engine, error) {
	if found := r.Check(); len(found) > 0 {
		errs := make([]error, len(found))
		for i, p := range found {
			errs[i] = p
		}
		return nil, errors.Join(errs...)
	}
	e := &Engine{rubric: r, index: map[string]int{}}
	for pi := range r.Parts {
		e.addPart(pi)
	}
	for i := range e.inds {
		ind := &e.inds[i]
		ind.plain = len(ind.byData) == 0
		l := limit{most: ind.Points, mirror: -1, bonus: e.parts[ind.part].Kind == Bonus, full: ind.WhenAbsent == "full"}
		if ind.Mirror != "" {
			l.mirror = int32(e.index[ind.Mirror])
		}
		e.limits = append(e.limits, l)
	}
	for _, b := range r.Bands {
		e.total = append(e.total, exact(b.From))
	}
	for _, l := range r.Lists {
		for _, d := range []*Decimal{l.AtLeast, l.Below} {
			if d != nil {
				e.total = append(e.total, exact(*d))
			}
		}
	}
	e.addStages()
	return e, nil
}

func (e *Engine) addPart(pi int) {
	p := &e.rubric.Parts[pi]
	c := part{Part: p, first: len(e.inds), gate: -1}
	if p.Gate != nil {
		c.gate = slices.IndexFunc(e.parts, func(x part) bool { return x.Code == p.Gate.Part })
		at := p.Gate.Above
		if p.Gate.AtLeast != nil {
			at = p.Gate.AtLeast
		}
		e.parts[c.gate].thresholds = append(e.parts[c.gate].thresholds, exact(*at))
	}
	for gi := range p.Groups {
		for k := range p.Groups[gi].Indicators {
			ind := newIndicator(&p.Groups[gi].Indicators[k], p.Kind == Bonus)
			ind.part, ind.group = pi, gi
			if a, ok := p.Absence.Allowed[ind.Code]; ok {
				ind.allow = &a
			}
			e.index[ind.Code] = len(e.inds)
			e.inds = append(e.inds, ind)
		}
	}
	c.last = len(e.inds)
	e.parts = append(e.parts, c)
}

// Rubric is what the engine was made from. It must not be changed.
func (e *Engine) Rubric() *Rubric { return e.rubric }

// Len is the number of indicators.
func (e *Engine) Len() int { return len(e.inds) }

// Index is the place of an indicator in a Sheet.
func (e *Engine) Index(code string) (int, bool) {
	i, ok := e.index[code]
	return i, ok
}

// Indicator is the indicator at a place.
func (e *Engine) Indicator(i int) *Indicator { return e.inds[i].Indicator }

// Part is the part an indicator belongs to, Group its group.
func (e *Engine) Part(i int) *Part { return e.parts[e.inds[i].part].Part }

// Group is the group an indicator belongs to.
func (e *Engine) Group(i int) *Group { return &e.Part(i).Groups[e.inds[i].group] }

// AbsenceRule is what an absence of the indicator needs, or nil where none is
// allowed.
func (e *Engine) AbsenceRule(i int) *AbsenceRule { return e.inds[i].allow }

// Rule finds a rule of an indicator, or nil.
func (e *Engine) Rule(i int, code string) *Rule {
	ri := e.inds[i].place(code)
	if ri < 0 {
		return nil
	}
	return &e.inds[i].Rules[ri]
}

// Binds tells whether a rule may be used on this kind of unit.
func (r *Rule) Binds(kind string) bool { return len(r.Who) == 0 || slices.Contains(r.Who, kind) }

// GivenBy is what a rule gives for a count: min(count · per, cap) for each,
// the points for fixed, 0 for a veto; false where the inspector chooses
// (range), where measures decide, or where count · per has more than four
// decimals.
func (r *Rule) GivenBy(count Decimal) (Decimal, bool) {
	switch r.Kind {
	case Fixed:
		return *r.Points, true
	case Veto:
		return 0, true
	case Each:
		v := exact(count).mul(exact(*r.Per))
		if r.Cap != nil && v.Cmp(exact(*r.Cap)) > 0 {
			return *r.Cap, true
		}
		d, ok := v.decimal()
		return d, ok && d < 1e9*One
	}
	return 0, false
}

// FormatTotal prints a total with at least the given places, and more where it
// would claim a threshold of band or list.
func (e *Engine) FormatTotal(x Exact, places int) string { return x.Format(places, e.total) }
