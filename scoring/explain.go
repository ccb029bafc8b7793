package scoring

import (
	"bytes"
	"strings"
)

// Explain is Evaluate with the derivation: the ordered steps with formula,
// numbers and the clause each comes from. Live panel, scorecard and ledger
// print these same steps. Formulas are arithmetic and codes only.
func (e *Engine) Explain(s *Sheet) *Result {
	r := e.Evaluate(s)
	d := &deriver{e: e, s: s, r: r}
	lines := linesOfPart*len(r.Parts) + 2 + len(r.Lists)
	for i := range r.Len() {
		if r.moves(i) {
			lines++
		}
	}
	d.steps = make([]DerivationStep, 0, lines)
	d.text.Grow(bytesOfLine * lines)
	for pi := range r.Parts {
		d.part(pi)
	}
	d.total()
	r.Derivation = d.steps
	return r
}

// What a derivation takes: the most lines of a part besides its indicators, and
// the bytes of a line with its share in the sum of all. More is no harm.
const (
	linesOfPart = 6
	bytesOfLine = 18
)

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
func (d *deriver) add(of *Stage) *deriver {
	d.steps = append(d.steps, DerivationStep{Stage: of})
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

// fraction writes p/q even where a decimal would do.
func (d *deriver) fraction(x Exact) *deriver {
	var room [40]byte
	d.text.Write(x.append(room[:0]))
	return d
}

// figure writes the printed value.
func (d *deriver) figure(n Number) *deriver {
	var room [24]byte
	d.text.Write(n.appendValue(room[:0]))
	return d
}

// score writes the printed value, with the exact fraction where it is rounded.
func (d *deriver) score(n Number) *deriver {
	var room, exactly [40]byte
	v := n.appendValue(room[:0])
	d.text.Write(v)
	if n.Known && !bytes.Equal(trimZeros(v), n.Exact.appendPlain(exactly[:0])) {
		d.put(" (").fraction(n.Exact).put(")")
	}
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
		if d.r.moves(i) {
			d.indicator(i, pr.extra)
		}
	}
	moved := d.steps[first:]
	d.add(&p.stages.sum)
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
	d.gate(p, pr)
}

// indicator writes what its rules come to and the most it can be; or the code
// of what decides instead: an absent indicator that it mirrors, or a veto.
func (d *deriver) indicator(i int, extra Exact) {
	limit, stage := &d.e.limits[i], &d.e.stages[i]
	raw, counted := d.r.weights[i].raw, d.r.counted(i)
	switch {
	case limit.mirrorAbsent(d.r):
		d.add(&stage.Stage).put(d.e.inds[i].Mirror).put(" = —").value().number(counted).done()
	case counted == raw && extra.IsZero():
		d.below(stage, raw)
	case counted.Cmp(raw) > 0 || counted.Cmp(exact(limit.most).add(extra)) != 0 && counted.Cmp(raw) != 0:
		d.add(&stage.Stage).put(d.e.inds[i].zeroedBy(&d.s.entries[i], d.s)).value().number(counted).done()
	default:
		d.add(&stage.Stage).put("min(").number(raw).put(stage.most)
		if !extra.IsZero() {
			d.put(" + ").number(extra)
		}
		d.put(")").value().number(counted).done()
	}
}

// below writes the step of an indicator that loses or gains what its rules come
// to: most steps are such. The value stands in the formula.
func (d *deriver) below(stage *indicatorStage, raw Exact) {
	var room [64]byte
	b := raw.appendPlain(append(room[:0], "min("...))
	end := len(b)
	b = append(append(b, stage.most...), ')')
	from := d.text.Len()
	d.text.Write(b)
	formula := d.text.String()[from:]
	d.steps = append(d.steps, DerivationStep{&stage.Stage, formula, formula[len("min("):end]})
}

// deduct writes M, N and the part's score by the absence policy.
func (d *deriver) deduct(p *part, pr *PartResult) {
	full := exact(p.Full)
	if !pr.Score.Known || pr.ScoredFull.IsZero() {
		d.add(&p.stages.score).put("M = 0").value().put("—").done()
		return
	}
	closed := pr.Gate == GateClosed // then the score is 0, and gate says so
	if p.Absence.Policy != Rescale {
		if !closed {
			d.add(&p.stages.score).number(full).put(" − ").number(pr.Moved).value().score(pr.Score).done()
		}
		return
	}
	d.add(&p.stages.m).number(full)
	for i := p.first; i < p.last; i++ {
		if d.r.weights[i].state == absent {
			d.put(" − ").number(exact(d.e.limits[i].most))
		}
	}
	d.value().number(pr.ScoredFull).done()
	d.add(&p.stages.n).number(full).put(" / ").number(pr.ScoredFull).value().fraction(pr.Factor).done()
	if closed {
		return
	}
	d.add(&p.stages.score).put("(").number(pr.ScoredFull).put(" − ").number(pr.Moved).put(") × ").fraction(pr.Factor)
	d.value().score(pr.Score).done()
}

func (d *deriver) gate(p *part, pr *PartResult) {
	sum := p.stages.sum.Step
	if p.gate < 0 {
		if p.Kind == Bonus {
			d.add(&p.stages.score).put(sum).value().score(pr.Score).done()
		}
		return
	}
	before := &d.r.Parts[p.gate]
	verdict := "✓"
	if pr.Gate == GateClosed {
		verdict, sum = "✗", "0"
	}
	limit := p.stages.gate.Step[len(before.Part.Code):]
	d.add(&p.stages.gate).figure(before.Score).put(limit).value().put(verdict).done()
	if p.Kind == Bonus || pr.Gate == GateClosed {
		d.add(&p.stages.score).put(sum).value().score(pr.Score).done()
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
	at := &d.e.ends
	d.add(&at.total)
	switch {
	case d.r.Failed != "":
		d.put(d.r.Failed)
	case d.r.ceiling != nil:
		d.put("min(").parts().put(", ").number(exact(*d.r.ceiling)).put(")")
	default:
		d.parts()
	}
	d.value().score(d.r.Total).done()
	if d.r.Band != "" {
		d.add(&at.band).value().put(d.r.Band).done()
	}
	for _, l := range d.r.Lists {
		d.add(&at.list).value().put(l).done()
	}
}
