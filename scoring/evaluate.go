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
	*r = Result{engine: e, Complete: true, Parts: slices.Grow(r.Parts[:0], len(e.parts)), Lists: r.Lists[:0],
		weights: append(r.weights[:0], s.weights...)}
	var v vetoes
	for pi := range e.parts {
		e.evaluatePart(pi, r, &v)
	}
	r.Failed = v.fail
	e.sum(r, &v)
}

func (e *Engine) evaluatePart(pi int, r *Result, v *vetoes) {
	p := &e.parts[pi]
	pr := PartResult{Part: p.Part, ScoredFull: exact(p.Full), Factor: whole(1), extra: e.extra(p, r)}
	var moved, gone Decimal // points that count as they are, and of the absent
	present := p.last - p.first
	weights := r.weights[p.first:p.last]
	for i := range weights {
		w := &weights[i]
		if w.asIs { // nearly all of a sheet
			moved += Decimal(w.raw.n)
			continue
		}
		switch limit := &e.limits[p.first+i]; w.state {
		case checked:
			pr.Moved = pr.Moved.add(limit.counted(r, w, pr.extra))
			v.join(w.vetoes)
			r.Complete = r.Complete && !w.lacking
		case absent:
			gone += limit.most
			present--
		case unchecked:
			r.Complete = false
		}
	}
	pr.Moved = pr.Moved.add(exact(moved))
	pr.Score = Number{Known: true, places: e.rubric.Places, thresholds: p.thresholds}
	if p.Kind == Bonus {
		pr.Score.Exact = pr.Moved
	} else {
		scoreDeduct(p, &pr, gone, present)
	}
	e.applyGate(p, &pr, r)
	r.Parts = append(r.Parts, pr)
}

// limit is what an indicator can lose or gain at most. The limits of all stand
// together and are short, so that going through a sheet touches little memory.
type limit struct {
	most   Decimal // its points
	mirror int32   // −1 for none
	bonus  bool    // of a bonus part
	full   bool    // gains all where its mirror is absent
}

// counted is what an indicator loses or gains of what it came to by its rules.
func (l *limit) counted(r *Result, w *weight, extra Exact) Exact {
	switch most := exact(l.most); {
	case l.mirrorAbsent(r):
		return l.unearned()
	case w.zeroed && l.bonus:
		return Exact{}
	case w.zeroed || !w.raw.within(most) && w.raw.Cmp(most.add(extra)) > 0:
		return most.add(extra)
	}
	return w.raw
}

func (l *limit) mirrorAbsent(r *Result) bool {
	return l.mirror >= 0 && r.weights[l.mirror].state == absent
}

// unearned is what an indicator gains whose mirror is absent.
func (l *limit) unearned() Exact {
	if l.full {
		return exact(l.most)
	}
	return Exact{}
}

// extra is what each remaining indicator can lose more where the points of the
// absent are spread: A/k.
func (e *Engine) extra(p *part, r *Result) Exact {
	if p.Absence.Policy != Spread {
		return Exact{}
	}
	var gone Decimal
	present := 0
	for i := p.first; i < p.last; i++ {
		if r.weights[i].state == absent {
			gone += e.limits[i].most
		} else {
			present++
		}
	}
	if present == 0 {
		return Exact{}
	}
	return exact(gone).div(whole(int64(present)))
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
