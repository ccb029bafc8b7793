package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Bar shows a part of a whole: how much of a group's points is left. The
// number always stands beside it, so the bar alone says nothing new.
type Bar struct {
	widget.BaseWidget
	Fraction float32 // 0 to 1
	Role     Role
}

// NewBar is a bar in a role.
func NewBar(fraction float32, r Role) *Bar {
	b := &Bar{Fraction: fraction, Role: r}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes how full the bar is.
func (b *Bar) Set(fraction float32) {
	if b.Fraction != fraction {
		b.Fraction = fraction
		b.Refresh()
	}
}

// CreateRenderer makes the drawing side of the bar.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, ground: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type barRenderer struct {
	b            *Bar
	ground, fill *canvas.Rectangle
	size         fyne.Size
}

func (r *barRenderer) Destroy() {}
func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.fill}
}
func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(40, 8) }

func (r *barRenderer) Layout(s fyne.Size) {
	r.size = s
	const h = 8
	y := (s.Height - h) / 2
	r.ground.Resize(fyne.NewSize(s.Width, h))
	r.ground.Move(fyne.NewPos(0, y))
	r.fill.Resize(fyne.NewSize(s.Width*min(max(r.b.Fraction, 0), 1), h))
	r.fill.Move(fyne.NewPos(0, y))
}

func (r *barRenderer) Refresh() {
	th, v := r.b.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.ground.FillColor, r.fill.FillColor = th.Color(Soft, v), th.Color(r.b.Role, v)
	r.ground.StrokeColor, r.ground.StrokeWidth = th.Color(Line, v), 1
	r.ground.CornerRadius, r.fill.CornerRadius = 2, 2
	r.Layout(r.size)
	r.ground.Refresh()
	r.fill.Refresh()
}

// Gauge is the scale under the total: 0 to Max with a mark at each threshold
// and a pointer at the value.
type Gauge struct {
	widget.BaseWidget
	Max   float32
	Marks []Mark
	Value float32
	Known bool // false: no score, no pointer
}

// Mark is a threshold on the gauge.
type Mark struct {
	At   float32
	Text string
}

// NewGauge is a gauge from 0 to most.
func NewGauge(most float32, marks []Mark) *Gauge {
	g := &Gauge{Max: most, Marks: marks}
	g.ExtendBaseWidget(g)
	return g
}

// Set moves the pointer.
func (g *Gauge) Set(value float32, known bool) {
	g.Value, g.Known = value, known
	g.Refresh()
}

// CreateRenderer makes the drawing side of the gauge.
func (g *Gauge) CreateRenderer() fyne.WidgetRenderer {
	r := &gaugeRenderer{g: g, line: canvas.NewLine(nil), pointer: canvas.NewText("▲", nil)}
	for _, m := range g.Marks {
		r.ticks = append(r.ticks, canvas.NewLine(nil))
		r.texts = append(r.texts, canvas.NewText(m.Text, nil))
	}
	r.Refresh()
	return r
}

type gaugeRenderer struct {
	g       *Gauge
	line    *canvas.Line
	ticks   []*canvas.Line
	texts   []*canvas.Text
	pointer *canvas.Text
	size    fyne.Size
}

func (r *gaugeRenderer) Destroy() {}

func (r *gaugeRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.line}
	for i := range r.ticks {
		o = append(o, r.ticks[i], r.texts[i])
	}
	return append(o, r.pointer)
}

func (r *gaugeRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, r.g.Theme().Size(SizeSmall)*2+12)
}

func (r *gaugeRenderer) Layout(s fyne.Size) {
	r.size = s
	small := r.g.Theme().Size(SizeSmall)
	pad := small
	width := s.Width - 2*pad
	y := small + 8
	at := func(v float32) float32 { return pad + width*min(max(v/r.g.Max, 0), 1) }
	r.line.Position1, r.line.Position2 = fyne.NewPos(pad, y), fyne.NewPos(pad+width, y)
	for i, m := range r.g.Marks {
		x := at(m.At)
		r.ticks[i].Position1, r.ticks[i].Position2 = fyne.NewPos(x, y-4), fyne.NewPos(x, y+4)
		w := r.texts[i].MinSize()
		r.texts[i].Move(fyne.NewPos(x-w.Width/2, 0))
		r.texts[i].Resize(w)
	}
	p := r.pointer.MinSize()
	r.pointer.Resize(p)
	r.pointer.Move(fyne.NewPos(at(r.g.Value)-p.Width/2, y))
	r.pointer.Hidden = !r.g.Known
}

func (r *gaugeRenderer) Refresh() {
	th, v := r.g.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.line.StrokeColor, r.line.StrokeWidth = th.Color(Secondary, v), 1
	for i := range r.ticks {
		r.ticks[i].StrokeColor, r.ticks[i].StrokeWidth = th.Color(Secondary, v), 1
		r.texts[i].Color, r.texts[i].TextSize = th.Color(Secondary, v), th.Size(SizeSmall)
	}
	r.pointer.Color, r.pointer.TextSize = th.Color(Act, v), th.Size(SizeSmall)
	r.Layout(r.size)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
