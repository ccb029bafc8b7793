package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Row is one line of a list that can be tapped, focused and chosen. The chosen
// row has its own ground and a bar at its left, so that it is seen without
// colour too.
type Row struct {
	widget.BaseWidget
	OnTapped func()
	// OnKey gets the keys the row does not use itself (arrows, letters).
	OnKey func(*fyne.KeyEvent)

	content        fyne.CanvasObject
	chosen         bool
	focused, hover bool
	ground, bar    *Fill
}

var (
	_ fyne.Focusable    = (*Row)(nil)
	_ desktop.Hoverable = (*Row)(nil)
)

// NewRow makes a row around its content.
func NewRow(content fyne.CanvasObject, tapped func()) *Row {
	r := &Row{content: content, OnTapped: tapped, ground: NewFill(""), bar: NewFill("")}
	r.ground.Radius = 4
	r.ExtendBaseWidget(r)
	return r
}

// Choose marks the row as the chosen one.
func (r *Row) Choose(on bool) {
	if r.chosen != on {
		r.chosen = on
		r.show()
	}
}

// Chosen tells whether the row is the chosen one.
func (r *Row) Chosen() bool { return r.chosen }

// Tapped is called by a click.
func (r *Row) Tapped(*fyne.PointEvent) {
	if r.OnTapped != nil {
		r.OnTapped()
	}
}

// FocusGained and the others below make the row usable from the keyboard.
func (r *Row) FocusGained() { r.focused = true; r.show(); OnFocus(r) }

// FocusLost takes the focus ring away.
func (r *Row) FocusLost() { r.focused = false; r.show() }

// TypedRune ignores text.
func (r *Row) TypedRune(rune) {}

// TypedKey chooses the row with Enter or Space and hands on the rest.
func (r *Row) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		r.Tapped(nil)
	default:
		if forWindow(r, k) {
			return
		}
		if r.OnKey != nil {
			r.OnKey(k)
		}
	}
}

// MouseIn shows that the row can be clicked.
func (r *Row) MouseIn(*desktop.MouseEvent) { r.hover = true; r.show() }

// MouseMoved does nothing.
func (r *Row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover ground away.
func (r *Row) MouseOut() { r.hover = false; r.show() }

func (r *Row) show() {
	ground, stroke, bar := Role(""), Role(""), Role("")
	if r.hover {
		ground = Soft
	}
	if r.chosen {
		ground, bar = Chosen, Act
	}
	if r.focused {
		stroke = Act
	}
	r.bar.Set(bar)
	r.ground.Stroke = stroke
	r.ground.Role = ground
	r.ground.Refresh()
}

// CreateRenderer makes the drawing side of the row.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	r.show()
	left := container.NewBorder(nil, nil, Fixed(3, 0, r.bar), nil, InsetXY(Gap2, 3, r.content))
	return widget.NewSimpleRenderer(container.NewStack(r.ground, left))
}
