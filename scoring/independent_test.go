package scoring_test

import (
	"math/big"
	"strings"

	. "xunping/scoring"
)

// A second evaluator, written from the text of FORMATS §1 and §5 alone, with
// fractions of any length and no thought of speed. It shares the data types
// with the engine and nothing else.

type rat = *big.Rat

func ratOf(d Decimal) rat { return big.NewRat(int64(d), 10000) }

func sumOf(a, b rat) rat { return new(big.Rat).Add(a, b) }

func least(a, b rat) rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// second evaluates one sheet.
type second struct {
	r *Rubric
	s *Inspected

	at        map[string]int // indicator → place in the sheet
	exact     map[string]rat // part → score, nil for none
	parts     map[string]any
	inds      map[string]any
	complete  bool
	failed    string
	totalCaps []rat
}

// score gives the members of `score --json` without the derivation.
func (x *second) score() map[string]any {
	x.at, x.exact, x.parts, x.inds, x.complete = map[string]int{}, map[string]rat{}, map[string]any{}, map[string]any{}, true
	n := 0
	for _, p := range x.r.Parts {
		for _, g := range p.Groups {
			for _, i := range g.Indicators {
				x.at[i.Code] = n
				n++
			}
		}
	}
	for i := range x.r.Parts {
		x.part(&x.r.Parts[i])
	}
	out := map[string]any{"complete": x.complete, "failed": nil, "parts": x.parts, "indicators": x.inds, "band": nil, "lists": []any{},
		"total": map[string]any{"exact": nil, "value": "—"}}
	if x.failed != "" {
		out["failed"], out["band"] = x.failed, "不合格"
		return out
	}
	total := new(big.Rat)
	for _, p := range x.r.Parts {
		if x.exact[p.Code] == nil {
			return out
		}
		total = sumOf(total, x.exact[p.Code])
	}
	for _, c := range x.totalCaps {
		total = least(total, c)
	}
	x.verdict(total, out)
	return out
}

func (x *second) verdict(total rat, out map[string]any) {
	var marks []rat
	for _, b := range x.r.Bands {
		marks = append(marks, ratOf(b.From))
		if out["band"] == nil && total.Cmp(ratOf(b.From)) >= 0 {
			out["band"] = b.Name
		}
	}
	lists := []any{}
	for _, l := range x.r.Lists {
		in := true
		if l.AtLeast != nil {
			marks = append(marks, ratOf(*l.AtLeast))
			in = in && total.Cmp(ratOf(*l.AtLeast)) >= 0
		}
		if l.Below != nil {
			marks = append(marks, ratOf(*l.Below))
			in = in && total.Cmp(ratOf(*l.Below)) < 0
		}
		if in {
			lists = append(lists, l.Name)
		}
	}
	out["lists"] = lists
	out["total"] = map[string]any{"exact": total.RatString(), "value": printed(total, x.r.Places, marks)}
}

// printed is the figure with the fewest places that claims no mark.
func printed(v rat, places int, marks []rat) string {
	for ; ; places++ {
		s := halfUp(v, places)
		shown, _ := new(big.Rat).SetString(s)
		honest := true
		for _, m := range marks {
			honest = honest && shown.Cmp(m) == v.Cmp(m)
		}
		if honest {
			return s
		}
	}
}

func halfUp(v rat, places int) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	x := new(big.Rat).Mul(v, new(big.Rat).SetInt(scale))
	x.Add(x, big.NewRat(1, 2))
	q := new(big.Int).Div(x.Num(), x.Denom()).String() // not negative here
	if places == 0 {
		return q
	}
	for len(q) <= places {
		q = "0" + q
	}
	return q[:len(q)-places] + "." + q[len(q)-places:]
}

// short prints what is a decimal of the formats (four places) without needless
// zeros, anything else as p/q.
func short(v rat) string {
	s := v.FloatString(4)
	if back, _ := new(big.Rat).SetString(s); back.Cmp(v) != 0 {
		return v.RatString()
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

func (x *second) entry(code string) *Entry { return &x.s.Entries[x.at[code]] }

func (x *second) part(p *Part) {
	absent, present, moved := new(big.Rat), int64(0), new(big.Rat)
	for _, g := range p.Groups {
		for _, ind := range g.Indicators {
			if x.entry(ind.Code).State == Absent {
				absent = sumOf(absent, ratOf(ind.Points))
			} else {
				present++
			}
		}
	}
	extra := new(big.Rat)
	if p.Absence.Policy == Spread && present > 0 {
		extra.Quo(absent, big.NewRat(present, 1))
	}
	for _, g := range p.Groups {
		for i := range g.Indicators {
			moved = sumOf(moved, x.indicator(p, &g.Indicators[i], extra))
		}
	}
	full := ratOf(p.Full)
	out := map[string]any{"full": p.Full.String(), "gate": nil}
	var exact rat
	switch {
	case p.Kind == Bonus:
		out["gained"], exact = short(moved), moved
	case present == 0:
		out["lost"], out["scored_full"], out["factor"] = short(moved), p.Full.String(), nil
		if p.Absence.Policy == Rescale {
			out["scored_full"] = "0"
		}
	case p.Absence.Policy == Rescale:
		m := new(big.Rat).Sub(full, absent)
		factor := new(big.Rat).Quo(full, m)
		out["lost"], out["scored_full"], out["factor"] = short(moved), short(m), factor.RatString()
		exact = new(big.Rat).Mul(new(big.Rat).Sub(m, moved), factor)
	default:
		out["lost"], out["scored_full"], out["factor"] = short(moved), p.Full.String(), "1"
		exact = new(big.Rat).Sub(full, moved)
	}
	if g := p.Gate; g != nil {
		before, open := x.exact[g.Part], false
		if before != nil {
			open = g.AtLeast != nil && before.Cmp(ratOf(*g.AtLeast)) >= 0 || g.Above != nil && before.Cmp(ratOf(*g.Above)) > 0
		}
		out["gate"] = "open"
		if !open {
			out["gate"], exact = "closed", new(big.Rat)
			if present == 0 && p.Kind == Deduct && p.Absence.Policy != Rescale {
				out["factor"] = "1" // it has a score, 0, and its policy has no factor of its own
			}
		}
	}
	out["exact"], out["value"] = nil, "—"
	if exact != nil {
		out["exact"], out["value"] = exact.RatString(), printed(exact, x.r.Places, x.gatesOn(p.Code))
	}
	x.exact[p.Code], x.parts[p.Code] = exact, out
}

func (x *second) gatesOn(part string) []rat {
	var marks []rat
	for _, p := range x.r.Parts {
		if g := p.Gate; g != nil && g.Part == part {
			if g.AtLeast != nil {
				marks = append(marks, ratOf(*g.AtLeast))
			} else {
				marks = append(marks, ratOf(*g.Above))
			}
		}
	}
	return marks
}

// indicator gives what an indicator counts.
func (x *second) indicator(p *Part, ind *Indicator, extra rat) rat {
	e := x.entry(ind.Code)
	state := e.State
	if state == "" {
		state = Unchecked
	}
	out := map[string]any{"state": string(state), "points": ind.Points.String()}
	x.inds[ind.Code] = out
	if state == Unchecked {
		x.complete = false
	}
	if state != Checked {
		return new(big.Rat)
	}
	raw, zeroed := x.raw(p, ind, e)
	most := sumOf(ratOf(ind.Points), extra)
	counted := least(raw, most)
	if zeroed {
		counted = most
		if p.Kind == Bonus {
			counted = new(big.Rat)
		}
	}
	if ind.Mirror != "" && x.entry(ind.Mirror).State == Absent {
		counted = new(big.Rat)
		if ind.WhenAbsent == "full" {
			counted = ratOf(ind.Points)
		}
	}
	out["raw"], out["counted"] = short(raw), short(counted)
	return counted
}

// raw is the sum of the capped rules and the free findings, and whether a veto
// takes the whole indicator.
func (x *second) raw(p *Part, ind *Indicator, e *Entry) (sum rat, zeroed bool) {
	sum = new(big.Rat)
	groups, caps := map[string]rat{}, map[string]rat{}
	for i := range ind.Rules {
		rule := &ind.Rules[i]
		v := x.rule(p, ind, rule, e, &zeroed)
		if g := rule.CapGroup; g != nil {
			if groups[g.Code] == nil {
				groups[g.Code], caps[g.Code] = new(big.Rat), ratOf(g.Cap)
			}
			groups[g.Code] = sumOf(groups[g.Code], v)
			continue
		}
		sum = sumOf(sum, v)
	}
	for code, v := range groups {
		sum = sumOf(sum, least(v, caps[code]))
	}
	for _, f := range e.Findings {
		if f.Rule == "" && x.here(&f) {
			sum = sumOf(sum, ratOf(f.Points))
		}
	}
	return sum, zeroed
}

// here tells whether a finding counts for this unit.
func (x *second) here(f *Finding) bool { return f.Responsible == "" || f.Responsible == x.s.Unit }

func (x *second) rule(p *Part, ind *Indicator, rule *Rule, e *Entry, zeroed *bool) rat {
	sum := new(big.Rat)
	switch rule.Kind {
	case Share, Tiers, Complete:
		bound := len(rule.Who) == 0
		for _, k := range rule.Who {
			bound = bound || k == x.s.Kind
		}
		if bound {
			return x.measured(p, ind, rule, e)
		}
		return sum
	}
	for i := range e.Findings {
		f := &e.Findings[i]
		if f.Rule != rule.Code || !x.here(f) {
			continue
		}
		if rule.Kind == Veto {
			x.veto(rule, zeroed)
			continue
		}
		v := ratOf(f.Points)
		if rule.Kind == Each {
			v = new(big.Rat).Mul(ratOf(f.Count), ratOf(*rule.Per))
			if rule.Cap != nil {
				v = least(v, ratOf(*rule.Cap))
			}
		}
		sum = sumOf(sum, v)
	}
	if rule.Kind == Each && rule.Cap != nil {
		sum = least(sum, ratOf(*rule.Cap))
	}
	return sum
}

func (x *second) veto(rule *Rule, zeroed *bool) {
	switch rule.Effect {
	case VetoFail:
		if x.failed == "" || rule.Code < x.failed {
			x.failed = rule.Code
		}
	case VetoZero:
		*zeroed = true
	case VetoCapTotal:
		x.totalCaps = append(x.totalCaps, ratOf(*rule.Value))
	}
}

// measured is what a rule gives that follows from measures.
func (x *second) measured(p *Part, ind *Indicator, rule *Rule, e *Entry) rat {
	zero := new(big.Rat)
	if rule.Kind == Complete {
		met := true
		for _, code := range rule.Needs {
			met = x.met(p, ind, code, e) && met // each is looked at: one that lacks makes it incomplete
		}
		if met == (p.Kind == Bonus) {
			return ratOf(*rule.Points)
		}
		return zero
	}
	target, v := x.measure(ind, rule.Measure, e)
	if v == nil {
		x.complete = false
		return zero
	}
	ratio := target
	if v.Total != 0 {
		ratio = big.NewRat(int64(v.Done), int64(v.Total))
	} else if p.Kind == Bonus {
		return zero
	}
	if rule.Kind == Tiers {
		for _, t := range rule.Tiers {
			if ratio.Cmp(ratOf(t.From)) >= 0 {
				return ratOf(t.Points)
			}
		}
		return zero
	}
	n := new(big.Rat).Quo(new(big.Rat).Sub(target, ratio), ratOf(*rule.Step))
	if n.Sign() <= 0 {
		return zero
	}
	steps, rest := new(big.Int).DivMod(n.Num(), n.Denom(), new(big.Int))
	if rest.Sign() > 0 && rule.Partial {
		steps.Add(steps, big.NewInt(1))
	}
	return new(big.Rat).Mul(ratOf(*rule.Per), new(big.Rat).SetInt(steps))
}

func (x *second) measure(ind *Indicator, code string, e *Entry) (target rat, v *MeasureValue) {
	target = big.NewRat(1, 1)
	for _, m := range ind.Measures {
		if m.Code == code && m.Target != nil {
			target = ratOf(*m.Target)
		}
	}
	for i := range e.Measures {
		if e.Measures[i].Code == code {
			v = &e.Measures[i]
		}
	}
	return target, v
}

// met tells whether one measure is complete in time.
func (x *second) met(p *Part, ind *Indicator, code string, e *Entry) bool {
	_, v := x.measure(ind, code, e)
	if v == nil {
		x.complete = false
		return false
	}
	if v.Total == 0 {
		return p.Kind == Deduct
	}
	if v.Done != v.Total {
		return false
	}
	deadline := ""
	for _, m := range ind.Measures {
		if m.Code == code {
			deadline = m.Deadline
		}
	}
	if deadline == RoundDeadline {
		deadline = x.s.Deadlines[code]
	}
	return deadline == "" || v.Completed != "" && v.Completed <= deadline
}
