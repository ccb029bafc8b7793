package scoring

import "slices"

// Evaluate computes the score of a sheet. It is the only function that does;
// everything else prints what it returns. A sheet that Check refuses still
// gives numbers, so that the live panel can show them.
func (e *Engine) Evaluate(s *Sheet) *Result {
	r := &Result{}
	e.EvaluateInto(s, r)
	return r
}

// EvaluateInto is Evaluate with a result to be used again.
func (e *Engine) EvaluateInto(s *Sheet, r *Result) {
	*r = Result{Complete: true, Parts: slices.Grow(r.Parts[:0], len(e.parts)), Lists: r.Lists[:0],
		Indicators: slices.Grow(r.Indicators[:0], len(e.inds))[:len(e.inds)],
		left:       slices.Grow(r.left[:0], e.caps)[:e.caps]}
	c := counter{s: s, left: r.left}
	for pi := range e.parts {
		e.evaluatePart(pi, &c, r)
	}
	r.Complete, r.Failed = !c.lacking, c.vetoes.fail
	e.sum(r, &c.vetoes)
}

func (e *Engine) evaluatePart(pi int, c *counter, r *Result) {
	p := &e.parts[pi]
	pr := PartResult{Part: p.Part, ScoredFull: exact(p.Full), Factor: whole(1), extra: e.extra(p, c.s)}
	var absent Decimal // points of the absent
	present := 0
	c.moved = Exact{}
	for i := p.first; i < p.last; i++ {
		entry, ind := &c.s.Entries[i], &e.inds[i]
		var raw, counted Exact
		present++
		switch entry.State {
		case Checked:
			if !ind.plain || len(entry.Findings) > 0 { // the most of a sheet: nothing found, nothing to measure
				raw, counted = c.count(ind, entry, pr.extra)
			}
		case Absent:
			absent += ind.most
			present--
		case Unchecked, "":
			c.lacking = true
		}
		ir := &r.Indicators[i]
		ir.Indicator, ir.State, ir.Raw, ir.Counted = ind.Indicator, entry.state(), raw, counted
	}
	pr.Moved = c.moved
	pr.Score = Number{Known: true, places: e.rubric.Places, thresholds: p.thresholds}
	if p.Kind == Bonus {
		pr.Score.Exact = pr.Moved
	} else {
		scoreDeduct(p, &pr, absent, present)
	}
	e.applyGate(p, &pr, r)
	r.Parts = append(r.Parts, pr)
}

// extra is what each remaining indicator can lose more where the points of the
// absent are spread: A/k.
func (e *Engine) extra(p *part, s *Sheet) Exact {
	if p.Absence.Policy != Spread {
		return Exact{}
	}
	var absent Decimal
	present := 0
	for i := p.first; i < p.last; i++ {
		if s.Entries[i].State == Absent {
			absent += e.inds[i].most
		} else {
			present++
		}
	}
	if present == 0 {
		return Exact{}
	}
	return exact(absent).div(whole(int64(present)))
}

// scoreDeduct turns the losses of a deduct part into its score, by the policy
// for absent indicators.
func scoreDeduct(p *part, pr *PartResult, absent Decimal, present int) {
	full := exact(p.Full)
	m := full
	if p.Absence.Policy == Rescale {
		m = full.sub(exact(absent))
		pr.ScoredFull = m
	}
	if present == 0 || m.IsZero() {
		pr.Score.Known = false
		return
	}
	left := m.sub(pr.Moved)
	if p.Absence.Policy == Rescale {
		pr.Factor = full.div(m)
		left = left.mul(pr.Factor)
	}
	pr.Score.Exact = left
}

// applyGate closes a part whose gate is not reached: it counts 0.
func (e *Engine) applyGate(p *part, pr *PartResult, r *Result) {
	if p.gate < 0 {
		return
	}
	before := r.Parts[p.gate].Score
	open := false
	if before.Known {
		if g := p.Gate; g.AtLeast != nil {
			open = before.Exact.Cmp(exact(*g.AtLeast)) >= 0
		} else {
			open = before.Exact.Cmp(exact(*g.Above)) > 0
		}
	}
	pr.Gate = GateOpen
	if !open {
		pr.Gate = GateClosed
		pr.Score.Exact, pr.Score.Known = whole(0), true
	}
}

// sum adds the parts and finds band and lists.
func (e *Engine) sum(r *Result, v *vetoes) {
	t := Number{Known: true, places: e.rubric.Places, thresholds: e.total}
	for i := range r.Parts {
		t.Known = t.Known && r.Parts[i].Score.Known
		t.Exact = t.Exact.add(r.Parts[i].Score.Exact)
	}
	if v.cap != nil && t.Exact.Cmp(exact(*v.cap)) > 0 {
		t.Exact, r.ceiling = exact(*v.cap), v.cap
	}
	if r.Failed != "" {
		t.Known = false
		r.Band = FailedBand
	}
	r.Total = t
	if !t.Known {
		r.Total.Exact = Exact{}
		return
	}
	for _, b := range e.rubric.Bands {
		if t.Exact.Cmp(exact(b.From)) >= 0 {
			r.Band = b.Name
			break
		}
	}
	r.Lists = e.ListsOf(r.Lists, t.Exact)
}

// ListsOf adds to out the lists on which a total stands.
func (e *Engine) ListsOf(out []string, total Exact) []string {
	for i := range e.rubric.Lists {
		if e.rubric.Lists[i].holds(total) {
			out = append(out, e.rubric.Lists[i].Name)
		}
	}
	return out
}

// FailedBand is the grade of a unit with a failing veto.
const FailedBand = "不合格"

func (l *List) holds(total Exact) bool {
	return (l.AtLeast == nil || total.Cmp(exact(*l.AtLeast)) >= 0) && (l.Below == nil || total.Cmp(exact(*l.Below)) < 0)
}
