package scoring

import (
	"strings"
)

// Explain is Evaluate with the derivation: the ordered steps with formula,
// numbers and the clause each comes from. Live panel, scorecard and ledger
// print these same steps. Formulas are arithmetic and codes only.
func (e *Engine) Explain(s *Sheet) *Result {
	r := e.Evaluate(s)
	d := &deriver{e: e, s: s, r: r}
	for pi := range r.Parts {
		d.part(pi)
	}
	d.total()
	r.Derivation = d.steps
	return r
}

type deriver struct {
	e     *Engine
	s     *Sheet
	r     *Result
	steps []DerivationStep
}

func (d *deriver) add(step, formula, value, clause string) {
	d.steps = append(d.steps, DerivationStep{Step: step, Formula: formula, Value: value, Clause: clause})
}

// part writes the losses or gains of its indicators and how they become the
// part's score.
func (d *deriver) part(pi int) {
	p, pr := &d.e.parts[pi], &d.r.Parts[pi]
	var counted, absent []string
	for i := p.first; i < p.last; i++ {
		ir := &d.r.Indicators[i]
		switch {
		case ir.State == Absent:
			absent = append(absent, ir.Points.String())
		case !ir.Counted.IsZero() || !ir.Raw.IsZero():
			d.indicator(p, i, ir)
			if !ir.Counted.IsZero() {
				counted = append(counted, ir.Counted.Plain())
			}
		}
	}
	name, sum := "D", "0"
	if len(d.e.parts) > 2 || p.Kind == Bonus {
		name = "Σ" + p.Code
	}
	if len(counted) > 0 {
		sum = strings.Join(counted, " + ")
	}
	d.add(name, sum, pr.Moved.Plain(), p.Clause)
	if p.Kind == Deduct {
		d.deduct(p, pr, name, absent)
	}
	d.gate(p, pr, name)
}

func (d *deriver) indicator(p *part, i int, ir *IndicatorResult) {
	formula := "min(" + ir.Raw.Plain() + ", " + ir.Points.String() + ")"
	d.add(ir.Code, formula, ir.Counted.Plain(), d.e.inds[i].Clause)
}

// deduct writes M, N and the part's score by the absence policy.
func (d *deriver) deduct(p *part, pr *PartResult, name string, absent []string) {
	full := p.Full.String()
	if !pr.Score.Known {
		d.add(p.Code, "M = 0", "—", p.Clause)
		return
	}
	if p.Absence.Policy != Rescale {
		d.add(p.Code, full+" − "+pr.Moved.Plain(), d.figure(pr), p.Clause)
		return
	}
	m := full
	if len(absent) > 0 {
		m = full + " − " + strings.Join(absent, " − ")
	}
	d.add("M", m, pr.ScoredFull.Plain(), p.Clause)
	d.add("N", full+" / "+pr.ScoredFull.Plain(), pr.Factor.String(), p.Clause)
	d.add(p.Code, "("+pr.ScoredFull.Plain()+" − "+pr.Moved.Plain()+") × "+pr.Factor.String(), d.figure(pr), p.Clause)
}

// figure is the printed value, with the exact fraction where it is rounded.
func (d *deriver) figure(pr *PartResult) string { return figure(pr.Score) }

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
			d.add(p.Code, sum, d.figure(pr), p.Clause)
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
		verdict = "✗"
	}
	d.add(before.Part.Code+sign+at.String(), before.Score.Value()+sign+at.String(), verdict, p.Clause)
	if pr.Gate == GateClosed {
		sum = "0"
	}
	d.add(p.Code, sum, d.figure(pr), p.Clause)
}

func (d *deriver) total() {
	codes := make([]string, len(d.r.Parts))
	for i := range d.r.Parts {
		codes[i] = d.r.Parts[i].Score.Value()
	}
	formula := strings.Join(codes, " + ")
	if d.r.Failed != "" {
		formula = d.r.Failed
	}
	d.add("ALL", formula, figure(d.r.Total), "")
	if d.r.Band != "" {
		d.add("band", "", d.r.Band, "")
	}
	for _, l := range d.r.Lists {
		d.add("list", "", l, "")
	}
}
