package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// PlotPoint is one point of a plot: what it is called, its figure as printed, and
// how high it stands (0 to 1). Without a figure there is a gap.
type PlotPoint struct {
	Label, Value string
	At           float32
	Known        bool
}

// Plot draws a figure over the rounds: points joined by lines, each with its
// figure, over the thresholds that matter. Nothing in it is told by colour alone.
type Plot struct {
	widget.BaseWidget
	Points []PlotPoint
	Marks  []Mark // At from 0 to 1
}

// NewPlot makes a plot.
func NewPlot(points []PlotPoint, marks []Mark) *Plot {
	p := &Plot{Points: points, Marks: marks}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer makes the drawing side of the plot.
func (p *Plot) CreateRenderer() fyne.WidgetRenderer {
	r := &plotRenderer{p: p}
	for i, x := range p.Points {
		r.names = append(r.names, canvas.NewText(x.Label, nil))
		r.values = append(r.values, canvas.NewText(x.Value, nil))
		r.dots = append(r.dots, canvas.NewCircle(nil))
		if i > 0 {
			r.lines = append(r.lines, canvas.NewLine(nil))
		}
	}
	for _, m := range p.Marks {
		r.rules = append(r.rules, canvas.NewLine(nil))
		r.marks = append(r.marks, canvas.NewText(m.Text, nil))
	}
	r.Refresh()
	return r
}

type plotRenderer struct {
	p                    *Plot
	lines, rules         []*canvas.Line
	dots                 []*canvas.Circle
	names, values, marks []*canvas.Text
	size                 fyne.Size
}

func (r *plotRenderer) Destroy() {}

func (r *plotRenderer) Objects() []fyne.CanvasObject {
	var o []fyne.CanvasObject
	for i := range r.rules {
		o = append(o, r.rules[i], r.marks[i])
	}
	for _, l := range r.lines {
		o = append(o, l)
	}
	for i := range r.dots {
		o = append(o, r.dots[i], r.values[i], r.names[i])
	}
	return o
}

func (r *plotRenderer) MinSize() fyne.Size {
	return fyne.NewSize(max(240, float32(len(r.dots))*72), 200)
}

func (r *plotRenderer) Layout(s fyne.Size) {
	r.size = s
	small := r.p.Theme().Size(SizeSmall)
	left, right, top, bottom := float32(36), float32(24), small+12, small+16
	high := max(s.Height-top-bottom, 1)
	y := func(at float32) float32 { return top + high*(1-min(max(at, 0), 1)) }
	for i, m := range r.p.Marks {
		r.rules[i].Position1, r.rules[i].Position2 = fyne.NewPos(left, y(m.At)), fyne.NewPos(s.Width, y(m.At))
		r.marks[i].Move(fyne.NewPos(0, y(m.At)-small*0.75))
		r.marks[i].Resize(r.marks[i].MinSize())
	}
	step := float32(0)
	if n := len(r.dots); n > 1 {
		step = (s.Width - left - 2*right - 24) / float32(n-1)
	}
	at := func(i int) fyne.Position { return fyne.NewPos(left+right+float32(i)*step, y(r.p.Points[i].At)) }
	for i, x := range r.p.Points {
		p := at(i)
		r.dots[i].Resize(fyne.NewSize(8, 8))
		r.dots[i].Move(fyne.NewPos(p.X-4, p.Y-4))
		r.dots[i].Hidden = !x.Known
		centre(r.values[i], p.X, p.Y-small-10)
		centre(r.names[i], p.X, s.Height-small-6)
		if i > 0 {
			before := r.p.Points[i-1]
			r.lines[i-1].Position1, r.lines[i-1].Position2 = at(i-1), p
			r.lines[i-1].Hidden = !x.Known || !before.Known
		}
	}
}

func centre(t *canvas.Text, x, y float32) {
	m := t.MinSize()
	t.Resize(m)
	t.Move(fyne.NewPos(x-m.Width/2, y))
}

func (r *plotRenderer) Refresh() {
	th, v := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	paint := func(t *canvas.Text, role Role, bold bool) {
		t.Color, t.TextSize, t.TextStyle.Bold = th.Color(role, v), th.Size(SizeSmall), bold
	}
	for i := range r.dots {
		r.dots[i].FillColor = th.Color(Act, v)
		paint(r.values[i], Ink, true)
		paint(r.names[i], Secondary, false)
	}
	for _, l := range r.lines {
		l.StrokeColor, l.StrokeWidth = th.Color(Act, v), 2
	}
	for i := range r.rules {
		r.rules[i].StrokeColor, r.rules[i].StrokeWidth = th.Color(Line, v), 1
		paint(r.marks[i], Secondary, false)
	}
	r.Layout(r.size)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
