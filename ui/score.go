package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
	"xunping/ui/model"
)

// scorePanel is the live score at the right of the walk-through. It never
// changes its size.
type scorePanel struct {
	v                 *walkView
	hidden            bool
	total, band, diff *look.Text
	toGate, toBand    *look.Text
	chips             *fyne.Container
	gauge             *look.Gauge
	lines, bars       *fyne.Container
	missing           *look.Button
	before            string
}

func newScorePanel(v *walkView) *scorePanel {
	p := &scorePanel{v: v, total: look.Page(""), band: look.Head(""), diff: look.Small(""), toGate: look.Small("").Elided(), toBand: look.Small("").Elided(), chips: container.NewStack(),
		lines: look.Column(2), bars: look.Column(2)}
	p.hidden = v.s.hidden()
	p.total.Face = look.SizeTotal
	p.gauge = newGauge(v.in.Compiled())
	p.missing = look.NewButton("", v.showMissing)
	p.missing.Importance = widget.LowImportance
	return p
}

// newGauge is the ruler of the rubric's total. A mark too close to the one
// before it has no figure.
func newGauge(c *inspection.Compiled) *look.Gauge {
	marks, most := model.Scale(c)
	out := make([]look.Mark, len(marks))
	last := scoring.Decimal(0)
	for i, m := range marks {
		out[i].At = float32(m) / float32(scoring.One)
		if i == 0 || i == len(marks)-1 || m-last >= most/15 {
			out[i].Text, last = m.String(), m
		}
	}
	return look.NewGauge(float32(most)/float32(scoring.One), out)
}

// folded tells whether the text is so large that the panel is one line above
// the checklist.
func (p *scorePanel) folded() bool { return p.v.s.theme.Scale >= 1.3 }

func (p *scorePanel) view() fyne.CanvasObject {
	how := look.NewButton(i18n.T("怎么算的 ▸"), p.v.explain)
	how.Importance = widget.LowImportance
	sign := look.NewButton(i18n.T("签发（Ctrl+Enter）"), p.v.seal)
	sign.Importance = widget.HighImportance
	if p.folded() {
		p.total.Face = look.SizePage
		verdict := look.Across(look.Gap3, p.total, look.Middle(p.band), look.Middle(p.chips))
		line := container.NewBorder(nil, nil, verdict, look.Across(look.Gap2, p.missing, how, sign), look.InsetXY(look.Gap3, 0, look.Middle(p.toBand)))
		return container.NewVBox(look.InsetXY(look.Gap3, look.Gap1, line), look.HLine())
	}
	head := container.NewBorder(nil, nil, look.Small(i18n.T("总分")), p.diff)
	verdict := look.Across(look.Gap2, p.band, look.Middle(p.chips))
	top := look.Column(look.Gap1, head, p.total, verdict, p.gauge, p.toBand, p.toGate, look.HLine(), p.lines, look.HLine(), p.bars)
	foot := look.Column(look.Gap1, how, p.missing, sign)
	return look.Inset(look.Gap3, container.NewBorder(nil, foot, nil, nil, container.NewVScroll(top)))
}

// show writes a result into the panel.
func (p *scorePanel) show(res *scoring.Result) {
	s := model.NewScore(res, p.v.in.Compiled())
	p.missing.SetText(i18n.T("还差 %d 项未检查 ▸", s.Missing))
	if s.Missing == 0 {
		p.missing.SetText(i18n.T("全部指标已检查，看还缺什么 ▸"))
	}
	p.lines.Objects, p.bars.Objects, p.chips.Objects = nil, nil, nil
	if p.hidden {
		p.total.Set("•••")
		p.band.Set(i18n.T("分数已隐藏"))
		p.diff.Set("")
		p.toBand.Set(i18n.T("Ctrl+H 显示"))
		p.toGate.Set("")
		p.gauge.Set(0, false)
	} else {
		p.reveal(s, res)
	}
	for _, c := range []*fyne.Container{p.lines, p.bars, p.chips} {
		c.Refresh()
	}
}

func (p *scorePanel) reveal(s *model.Score, res *scoring.Result) {
	if p.before != "" && p.before != s.Total {
		p.diff.Set(p.before + " → " + s.Total)
	}
	p.before = s.Total
	p.total.Set(s.Total)
	p.band.Set(s.Band)
	p.toBand.Set(s.ToBand)
	p.toGate.Set(s.ToGate)
	p.gauge.Set(float32(res.Total.Exact.Tenths())/10, s.Known)
	if s.List != "" {
		p.chips.Objects = listChips([]string{s.List})
	}
	for _, l := range s.Lines {
		p.lines.Add(container.NewBorder(nil, nil, look.NewText(l.Name), look.Small(l.Word), look.Number(l.Value)))
	}
	for _, g := range s.Groups {
		role := look.Act
		if g.Bonus {
			role = look.Gained
		}
		p.bars.Add(look.Grid([]float32{20, 0, 52}, look.Small(g.Code), look.NewBar(float32(g.Share)/10000, role), look.Number(g.Words)))
	}
}

// summary is the result as the sealing dialog shows it.
func (p *scorePanel) summary() fyne.CanvasObject {
	r := p.v.in.Record()
	s := model.NewScore(p.v.in.Result(), p.v.in.Compiled())
	line := look.Across(look.Gap3, look.Page(s.Total), look.Middle(look.Head(s.Band)))
	if p.hidden {
		line = look.Across(0, look.NewText(i18n.T("分数已隐藏")))
	} else if s.List != "" {
		line.Add(look.Middle(container.NewStack(listChips([]string{s.List})...)))
	}
	return look.Column(look.Gap1, look.Bold(i18n.T("%s　第 %d 版", r.Unit.Name, r.Revision)), line)
}

// explain shows the steps of the score.
func (v *walkView) explain() {
	if v.score.hidden {
		v.s.toast(hiddenWords())
		return
	}
	v.s.sheet(i18n.T("怎么算的"), derivation(v.in.Result()))
}

// checkedAndNext marks the open indicator as checked and goes on.
func (v *walkView) checkedAndNext() {
	v.entry.flush()
	if v.entry.state() == scoring.Unchecked && !v.change(func() error { return v.in.SetState(v.entry.code, scoring.Checked) }) {
		return
	}
	v.step(1)
}

func (v *walkView) focusNote() {
	if v.entry.note != nil {
		v.focusOn(v.entry.note)
	}
}
