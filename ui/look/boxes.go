package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Fill is a rectangle in a role, with an optional hairline, that follows the
// theme. Cards, chips and the ground of rows are fills.
type Fill struct {
	widget.BaseWidget
	Role   Role
	Stroke Role // "" for none
	Radius float32
}

// NewFill is a plain ground.
func NewFill(r Role) *Fill {
	f := &Fill{Role: r}
	f.ExtendBaseWidget(f)
	return f
}

// Set changes the role.
func (f *Fill) Set(r Role) {
	if f.Role != r {
		f.Role = r
		f.Refresh()
	}
}

// CreateRenderer makes the drawing side of the fill.
func (f *Fill) CreateRenderer() fyne.WidgetRenderer {
	r := &fillRenderer{f: f, rect: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type fillRenderer struct {
	f    *Fill
	rect *canvas.Rectangle
}

func (r *fillRenderer) Destroy()                     {}
func (r *fillRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *fillRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *fillRenderer) Layout(s fyne.Size)           { r.rect.Resize(s) }

func (r *fillRenderer) Refresh() {
	th, v := r.f.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.rect.FillColor = nil
	if r.f.Role != "" {
		r.rect.FillColor = th.Color(r.f.Role, v)
	}
	r.rect.StrokeWidth = 0
	if r.f.Stroke != "" {
		r.rect.StrokeColor, r.rect.StrokeWidth = th.Color(r.f.Stroke, v), 1
	}
	r.rect.CornerRadius = r.f.Radius
	r.rect.Refresh()
}

// Card puts an object on paper with a hairline around it.
func Card(o fyne.CanvasObject) fyne.CanvasObject {
	f := NewFill(Paper)
	f.Stroke, f.Radius = Line, Radius
	return container.NewStack(f, Inset(Gap3, o))
}

// OnPaper puts an object on a plain paper ground.
func OnPaper(o fyne.CanvasObject) fyne.CanvasObject { return container.NewStack(NewFill(Paper), o) }

// Inset puts the same gap around an object.
func Inset(gap float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(gap, gap, gap, gap), o)
}

// InsetXY puts gaps left and right (x), above and below (y).
func InsetXY(x, y float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(y, y, x, x), o)
}

// HLine is a horizontal hairline, VLine a vertical one.
func HLine() fyne.CanvasObject { return widget.NewSeparator() }

// VLine is a vertical hairline.
func VLine() fyne.CanvasObject { return Fixed(1, 0, NewFill(Line)) }

// Column stacks objects with one gap between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Line of objects with one gap between them, each as wide as it needs.
func Across(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Stretch is the space that grows inside Across and Column.
func Stretch() fyne.CanvasObject { return layout.NewSpacer() }

// Fixed gives an object at least this size; 0 leaves the object's own.
func Fixed(w, h float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(fixed{w, h}, o)
}

type fixed struct{ w, h float32 }

func (f fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	if f.w > 0 {
		m.Width = f.w
	}
	if f.h > 0 {
		m.Height = f.h
	}
	return m
}

func (f fixed) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// Wide is Fixed in width for an object full of text: the width grows with it.
func Wide(w float32, o fyne.CanvasObject) fyne.CanvasObject { return container.New(wide{w}, o) }

type wide struct{ w float32 }

func (w wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(w.w*textScale(), o[0].MinSize().Height)
}

func (w wide) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// Middle centres an object vertically and gives it the whole width.
func Middle(o fyne.CanvasObject) fyne.CanvasObject { return container.New(middle{}, o) }

type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(s.Width, h))
	o[0].Move(fyne.NewPos(0, (s.Height-h)/2))
}

// Grid is a row of columns with fixed widths, which grow with the text while
// there is room; the one of width 0 takes what is left. It is how tables keep
// their columns in line.
func Grid(widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columns{widths}, objects...)
}

type columns struct{ widths []float32 }

func (c columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for i, x := range o {
		w := c.widths[i]
		if w == 0 {
			w = min(x.MinSize().Width, leastRest)
		}
		m.Width += w + Gap2
		m.Height = max(m.Height, x.MinSize().Height)
	}
	return m
}

func (c columns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	rest, scale := s.Width, c.scale(s.Width)
	for i := range o {
		rest -= c.widths[i]*scale + Gap2
	}
	x := float32(0)
	for i, obj := range o {
		w := c.widths[i] * scale
		if c.widths[i] == 0 {
			w = max(rest, 0)
		}
		h := obj.MinSize().Height
		obj.Resize(fyne.NewSize(w, h))
		obj.Move(fyne.NewPos(x, (s.Height-h)/2))
		x += w + Gap2
	}
}

// leastRest is what the column that takes the rest keeps at least.
const leastRest = 80

// scale is how much the columns grow with the text in this width: large text
// never pushes a table out of the window.
func (c columns) scale(width float32) float32 {
	fixed, room := float32(0), width
	for _, w := range c.widths {
		fixed += w
		room -= Gap2
		if w == 0 {
			room -= leastRest * textScale()
		}
	}
	if fixed == 0 {
		return 1
	}
	return min(textScale(), max(room/fixed, 1))
}

// WidthOf is the width that the widest of some words needs in a Grid.
func WidthOf(style fyne.TextStyle, words ...string) float32 {
	var w float32
	for _, s := range words {
		w = max(w, fyne.MeasureText(s, theme.TextSize(), style).Width/textScale())
	}
	return w
}

// textScale is how much larger than normal the text is, so that columns made
// for text grow with it.
func textScale() float32 { return theme.TextSize() / 14 }

// Chip is a short word on a filled ground: 红榜 and 黑榜, nothing else.
func Chip(word string, ground, ink Role) fyne.CanvasObject {
	f := NewFill(ground)
	f.Radius = 4
	return container.NewStack(f, InsetXY(Gap2, 2, styled(&Text{Text: word, Role: ink, Face: SizeSmall, Bold: true})))
}
