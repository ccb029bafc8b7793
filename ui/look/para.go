package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/fonts"
	"xunping/assets/typeset"
)

// Para is text over several lines, broken by the same line breaker as the
// printed pages: no line opens with “，” and no number is split.
type Para struct {
	widget.BaseWidget
	Text string
	Role Role
	Face fyne.ThemeSizeName
	Bold bool
}

// NewPara is body text in ink over several lines.
func NewPara(s string) *Para {
	p := &Para{Text: s, Role: Ink, Face: SizeBody}
	p.ExtendBaseWidget(p)
	return p
}

// Note is secondary text, 12 px, over several lines.
func Note(s string) *Para {
	p := NewPara(s)
	p.Role, p.Face = Secondary, SizeSmall
	return p
}

// In sets the role and returns the paragraph, for building.
func (p *Para) In(r Role) *Para { p.Role = r; return p }

// Set changes the words.
func (p *Para) Set(s string) {
	if p.Text != s {
		p.Text = s
		p.Refresh()
	}
}

// CreateRenderer makes the drawing side of the paragraph.
func (p *Para) CreateRenderer() fyne.WidgetRenderer { return &paraRenderer{p: p} }

type paraRenderer struct {
	p      *Para
	width  float32
	lines  []*canvas.Text
	height float32
}

func (r *paraRenderer) Destroy() {}

func (r *paraRenderer) Objects() []fyne.CanvasObject {
	o := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		o[i] = l
	}
	return o
}

// MinSize is as high as the lines at the width of the last layout: a paragraph
// learns its height when it is given a width.
func (r *paraRenderer) MinSize() fyne.Size {
	if r.lines == nil {
		r.set()
	}
	return fyne.NewSize(40, r.height)
}

func (r *paraRenderer) Layout(s fyne.Size) {
	if s.Width != r.width {
		r.width = s.Width
		r.set()
	}
}

func (r *paraRenderer) Refresh() {
	r.set()
	canvas.Refresh(r.p)
}

func (r *paraRenderer) set() {
	th, v := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	size := th.Size(r.p.Face)
	width := r.width
	if width <= 0 {
		width = 400
	}
	advance := func(c rune) float64 { return float64(fonts.Advance(r.p.Bold, c)) * float64(size) / 1000 }
	rows := typeset.WrapAdvance(r.p.Text, float64(width)-1, advance)
	r.lines = make([]*canvas.Text, len(rows))
	step := size * 1.45
	for i, row := range rows {
		t := canvas.NewText(row, th.Color(r.p.Role, v))
		t.TextSize, t.TextStyle = size, fyne.TextStyle{Bold: r.p.Bold}
		t.Move(fyne.NewPos(0, float32(i)*step))
		t.Resize(fyne.NewSize(width, step))
		r.lines[i] = t
	}
	r.height = step * float32(len(rows))
}
