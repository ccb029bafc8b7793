package scoring

import "strings"

// Explain is Evaluate with the derivation: the ordered steps with formula,
// numbers and the clause each comes from. Live panel, scorecard and ledger
// print these same steps. Formulas are arithmetic and codes only.
func (e *Engine) Explain(s *Sheet) *Result {
	r := e.Evaluate(s)
	d := &deriver{e: e, s: s, r: r}
	lines := 8*len(r.Parts) + 4
	for i := range r.Indicators {
		if r.Indicators[i].moves() {
			lines++
		}
	}
	d.steps = make([]DerivationStep, 0, lines)
	d.text.Grow(32 * lines)
	for pi := range r.Parts {
		d.part(pi)
	}
	d.total()
	r.Derivation = d.steps
	return r
}

// deriver writes the steps. All formulas and values go into one text, of which
// those of a step are pieces: a live score is derived at every key.
type deriver struct {
	e     *Engine
	s     *Sheet
	r     *Result
	text  strings.Builder
	from  int // where the formula or the value that is being written begins
	steps []DerivationStep
}

// add begins a step, whose formula is written next.
func (d *deriver) add(step, clause string) *deriver {
	d.steps = append(d.steps, DerivationStep{Step: step, Clause: clause})
	d.from = d.text.Len()
	return d
}

// written is what was written since add or the last call, and ends it.
func (d *deriver) written() string {
	out := d.text.String()[d.from:]
	d.from = d.text.Len()
	return out
}

// value ends the formula of the step; the value of it is written next and
// ended by done.
func (d *deriver) value() *deriver {
	d.steps[len(d.steps)-1].Formula = d.written()
	return d
}

func (d *deriver) done() { d.steps[len(d.steps)-1].Value = d.written() }

func (d *deriver) put(s string) *deriver {
	d.text.WriteString(s)
	return d
}

func (d *deriver) number(x Exact) *deriver {
	var room [24]byte
	d.text.Write(x.appendPlain(room[:0]))
	return d
}

// between writes a sign from the second term of a formula on.
func (d *deriver) between(sign string) *deriver {
	if d.text.Len() > d.from {
		d.put(sign)
	}
	return d
}

// part writes the losses or gains of its indicators and how they become the
// part's score.
func (d *deriver) part(pi int) {
	p, pr := &d.e.parts[pi], &d.r.Parts[pi]
	first := len(d.steps)
	for i := p.first; i < p.last; i++ {
		if ir := &d.r.Indicators[i]; ir.moves() {
			d.indicator(i, ir, pr.extra)
		}
	}
	moved := d.steps[first:]
	name := "D"
	if len(d.e.parts) > 2 || p.Kind == Bonus {
		name = "Σ" + p.Code
	}
	d.add(name, p.Clause)
	for i := range moved {
		if v := moved[i].Value; v != "0" {
			d.between(" + ").put(v)
		}
	}
	if d.text.Len() == d.from {
		d.put("0")
	}
	d.value().number(pr.Moved).done()
	if p.Kind == Deduct {
		d.deduct(p, pr)
	}
	d.gate(p, pr, name)
}

// indicator writes what its rules come to and the most it can be; or the code
// of what decides instead: an absent indicator that it mirrors, or a veto.
func (d *deriver) indicator(i int, ir *IndicatorResult, extra Exact) {
	ind := &d.e.inds[i]
	d.add(ir.Code, ind.Clause)
	limit := exact(ind.most).add(extra)
	switch {
	case ind.mirrorAbsent(d.s):
		d.put(ind.Mirror).put(" = —")
	case ir.Counted.Cmp(ir.Raw) != 0 && ir.Counted.Cmp(limit) != 0 || ir.Counted.Cmp(ir.Raw) > 0:
		d.put(ind.zeroedBy(&d.s.Entries[i], d.s))
	default:
		d.put("min(").number(ir.Raw).put(", ").number(exact(ind.most))
		if !extra.IsZero() {
			d.put(" + ").number(extra)
		}
		d.put(")")
	}
	d.value().number(ir.Counted).done()
}

// deduct writes M, N and the part's score by the absence policy.
func (d *deriver) deduct(p *part, pr *PartResult) {
	full := exact(p.Full)
	if !pr.Score.Known || pr.ScoredFull.IsZero() {
		d.add(p.Code, p.Clause).put("M = 0").value().put("—").done()
		return
	}
	closed := pr.Gate == GateClosed // then the score is 0, and gate says so
	if p.Absence.Policy != Rescale {
		if closed {
			return
		}
		d.add(p.Code, p.Clause).number(full).put(" − ").number(pr.Moved).value().put(figure(pr.Score)).done()
		return
	}
	d.add("M", p.Clause).number(full)
	for i := p.first; i < p.last; i++ {
		if d.r.Indicators[i].State == Absent {
			d.put(" − ").number(exact(d.e.inds[i].most))
		}
	}
	d.value().number(pr.ScoredFull).done()
	factor := pr.Factor.String()
	d.add("N", p.Clause).number(full).put(" / ").number(pr.ScoredFull).value().put(factor).done()
	if closed {
		return
	}
	d.add(p.Code, p.Clause).put("(").number(pr.ScoredFull).put(" − ").number(pr.Moved).put(") × ").put(factor)
	d.value().put(figure(pr.Score)).done()
}

// figure is the printed value, with the exact fraction where it is rounded.
func figure(n Number) string {
	v := n.Value()
	if !n.Known || string(trimZeros([]byte(v))) == n.Exact.Plain() {
		return v
	}
	return v + " (" + n.Exact.String() + ")"
}

func (d *deriver) gate(p *part, pr *PartResult, sum string) {
	if p.gate < 0 {
		if p.Kind == Bonus {
			d.add(p.Code, p.Clause).put(sum).value().put(figure(pr.Score)).done()
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
	d.add(before.Part.Code+limit, p.Clause).put(before.Score.Value()).put(limit).value().put(verdict).done()
	if p.Kind == Bonus || pr.Gate == GateClosed {
		d.add(p.Code, p.Clause).put(sum).value().put(figure(pr.Score)).done()
	}
}

// parts adds the scores of the parts, as exact numbers: printed figures may
// add up to another figure.
func (d *deriver) parts() *deriver {
	for i := range d.r.Parts {
		if i > 0 {
			d.put(" + ")
		}
		if s := &d.r.Parts[i].Score; s.Known {
			d.number(s.Exact)
		} else {
			d.put("—")
		}
	}
	return d
}

func (d *deriver) total() {
	d.add("ALL", "")
	switch {
	case d.r.Failed != "":
		d.put(d.r.Failed)
	case d.r.ceiling != nil:
		d.put("min(").parts().put(", ").put(d.r.ceiling.String()).put(")")
	default:
		d.parts()
	}
	d.value().put(figure(d.r.Total)).done()
	if d.r.Band != "" {
		d.add("band", "").value().put(d.r.Band).done()
	}
	for _, l := range d.r.Lists {
		d.add("list", "").value().put(l).done()
	}
}
