package scoring

// Explain is Evaluate with the derivation: the ordered steps with formula,
// numbers and the clause each comes from. Live panel, scorecard and ledger
// print these same steps. Formulas are arithmetic and codes only.
func (e *Engine) Explain(s *Sheet) *Result {
	r := e.Evaluate(s)
	d := &deriver{e: e, s: s, r: r}
	lines := len(r.Indicators) + 8*len(r.Parts) + 8
	d.steps = make([]writing, 0, lines)
	d.text = make([]byte, 0, 24*lines)
	for pi := range r.Parts {
		d.part(pi)
	}
	d.total()
	r.Derivation = d.finish()
	return r
}

// deriver writes the steps. All formulas and values go into one text, of which
// the finished steps are pieces: a live score is derived at every key.
type deriver struct {
	e     *Engine
	s     *Sheet
	r     *Result
	text  []byte
	steps []writing
}

// writing is a step whose formula and value are text[from:mid] and text[mid:to].
type writing struct {
	step, clause  string
	from, mid, to int
}

func (d *deriver) finish() []DerivationStep {
	text := string(d.text)
	out := make([]DerivationStep, len(d.steps))
	for i, w := range d.steps {
		out[i] = DerivationStep{Step: w.step, Formula: text[w.from:w.mid], Value: text[w.mid:w.to], Clause: w.clause}
	}
	return out
}

// add begins a step, whose formula is written next.
func (d *deriver) add(step, clause string) *deriver {
	d.steps = append(d.steps, writing{step: step, clause: clause, from: len(d.text), mid: len(d.text)})
	return d
}

// value ends the formula of the step, is what follows the value of it.
func (d *deriver) value() *deriver {
	d.steps[len(d.steps)-1].mid = len(d.text)
	return d
}

func (d *deriver) put(s string) *deriver {
	d.text = append(d.text, s...)
	d.steps[len(d.steps)-1].to = len(d.text)
	return d
}

func (d *deriver) number(x Exact) *deriver {
	d.text = x.appendPlain(d.text)
	return d.put("")
}

// between writes a sign from the second term of a formula on.
func (d *deriver) between(sign string) *deriver {
	if w := &d.steps[len(d.steps)-1]; len(d.text) > w.from {
		d.put(sign)
	}
	return d
}

// part writes the losses or gains of its indicators and how they become the
// part's score.
func (d *deriver) part(pi int) {
	p, pr := &d.e.parts[pi], &d.r.Parts[pi]
	for i := p.first; i < p.last; i++ {
		if ir := &d.r.Indicators[i]; ir.State != Absent && !(ir.Counted.IsZero() && ir.Raw.IsZero()) {
			d.indicator(i, ir)
		}
	}
	name := "D"
	if len(d.e.parts) > 2 || p.Kind == Bonus {
		name = "Σ" + p.Code
	}
	d.add(name, p.Clause)
	for i := p.first; i < p.last; i++ {
		if ir := &d.r.Indicators[i]; ir.State != Absent && !ir.Counted.IsZero() {
			d.between(" + ").number(ir.Counted)
		}
	}
	if d.steps[len(d.steps)-1].from == len(d.text) {
		d.put("0")
	}
	d.value().number(pr.Moved)
	if p.Kind == Deduct {
		d.deduct(p, pr)
	}
	d.gate(p, pr, name)
}

func (d *deriver) indicator(i int, ir *IndicatorResult) {
	ind := &d.e.inds[i]
	d.add(ir.Code, ind.Clause).put("min(").number(ir.Raw).put(", ").number(ind.points).put(")").value().number(ir.Counted)
}

// deduct writes M, N and the part's score by the absence policy.
func (d *deriver) deduct(p *part, pr *PartResult) {
	full := exact(p.Full)
	if !pr.Score.Known {
		d.add(p.Code, p.Clause).put("M = 0").value().put("—")
		return
	}
	if p.Absence.Policy != Rescale {
		d.add(p.Code, p.Clause).number(full).put(" − ").number(pr.Moved).value().put(figure(pr.Score))
		return
	}
	d.add("M", p.Clause).number(full)
	for i := p.first; i < p.last; i++ {
		if d.r.Indicators[i].State == Absent {
			d.put(" − ").number(d.e.inds[i].points)
		}
	}
	d.value().number(pr.ScoredFull)
	factor := pr.Factor.String()
	d.add("N", p.Clause).number(full).put(" / ").number(pr.ScoredFull).value().put(factor)
	d.add(p.Code, p.Clause).put("(").number(pr.ScoredFull).put(" − ").number(pr.Moved).put(") × ").put(factor)
	d.value().put(figure(pr.Score))
}

// figure is the printed value, with the exact fraction where it is rounded.
func figure(n Number) string {
	v := n.Value()
	if !n.Known || trimZeros(v) == n.Exact.Plain() {
		return v
	}
	return v + " (" + n.Exact.String() + ")"
}

func (d *deriver) gate(p *part, pr *PartResult, sum string) {
	if p.gate < 0 {
		if p.Kind == Bonus {
			d.add(p.Code, p.Clause).put(sum).value().put(figure(pr.Score))
		}
		return
	}
	before := &d.r.Parts[p.gate]
	sign, at := " ≥ ", p.Gate.AtLeast
	if at == nil {
		sign, at = " > ", p.Gate.Above
	}
	verdict := "✓"
	if pr.Gate == GateClosed {
		verdict, sum = "✗", "0"
	}
	limit := sign + at.String()
	d.add(before.Part.Code+limit, p.Clause).put(before.Score.Value()).put(limit).value().put(verdict)
	d.add(p.Code, p.Clause).put(sum).value().put(figure(pr.Score))
}

func (d *deriver) total() {
	d.add("ALL", "")
	if d.r.Failed != "" {
		d.put(d.r.Failed)
	} else {
		for i := range d.r.Parts {
			d.between(" + ").put(d.r.Parts[i].Score.Value())
		}
	}
	d.value().put(figure(d.r.Total))
	if d.r.Band != "" {
		d.add("band", "").value().put(d.r.Band)
	}
	for _, l := range d.r.Lists {
		d.add("list", "").value().put(l)
	}
}
