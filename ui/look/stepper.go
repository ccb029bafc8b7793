package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Stepper counts whole cases: [−] 5 [+]. Clicks, the keys + and −, and the arrow
// keys change the count by one; digits write it.
type Stepper struct {
	widget.BaseWidget
	// OnStep is called with +1 or −1; the owner decides and calls Set.
	OnStep func(int)
	// OnDigit is called with a digit that was typed, OnErase by Backspace.
	OnDigit func(int)
	OnErase func()

	text   *Text
	ground *Fill
	row    fyne.CanvasObject
}

var _ fyne.Focusable = (*Stepper)(nil)

// NewStepper makes a stepper that shows a count.
func NewStepper(count string, onStep func(int)) *Stepper {
	s := &Stepper{OnStep: onStep, text: Bold(count), ground: NewFill("")}
	s.ground.Radius = 4
	s.text.Align = fyne.TextAlignCenter
	minus := newTap(theme.ContentRemoveIcon(), func() { s.step(-1) })
	plus := newTap(theme.ContentAddIcon(), func() { s.step(1) })
	s.row = container.NewStack(s.ground, Inset(1, container.NewHBox(minus, Fixed(36, 0, Middle(s.text)), plus)))
	s.ExtendBaseWidget(s)
	return s
}

// Set shows another count.
func (s *Stepper) Set(count string) { s.text.Set(count) }

func (s *Stepper) step(by int) {
	if s.OnStep != nil {
		s.OnStep(by)
	}
}

// FocusGained shows the ring.
func (s *Stepper) FocusGained() { s.ring(Act); OnFocus(s) }

// FocusLost takes it away.
func (s *Stepper) FocusLost() { s.ring("") }

func (s *Stepper) ring(r Role) {
	s.ground.Stroke = r
	s.ground.Refresh()
}

// TypedRune steps with + and −, and takes digits; = is + without Shift.
func (s *Stepper) TypedRune(r rune) {
	switch {
	case r == '+' || r == '=':
		s.step(1)
	case r == '-' || r == '_':
		s.step(-1)
	case '0' <= r && r <= '9' && s.OnDigit != nil:
		s.OnDigit(int(r - '0'))
	}
}

// TypedKey steps with the arrow keys, and takes a digit away.
func (s *Stepper) TypedKey(k *fyne.KeyEvent) {
	if forWindow(s, k) {
		return
	}
	switch k.Name {
	case fyne.KeyUp, fyne.KeyRight:
		s.step(1)
	case fyne.KeyDown, fyne.KeyLeft:
		s.step(-1)
	case fyne.KeyBackspace:
		if s.OnErase != nil {
			s.OnErase()
		}
	}
}

// CreateRenderer makes the drawing side of the stepper.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.row) }

// tap is an icon to click that takes no focus: it belongs to a control that has
// the focus itself.
type tap struct {
	widget.BaseWidget
	do  func()
	box fyne.CanvasObject
}

func newTap(icon fyne.Resource, do func()) *tap {
	f := NewFill(Soft)
	f.Radius = 4
	t := &tap{do: do, box: container.NewStack(f, Fixed(32, 30, Inset(Gap1, widget.NewIcon(icon))))}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped does what the icon is for.
func (t *tap) Tapped(*fyne.PointEvent) { t.do() }

// CreateRenderer makes the drawing side of the icon.
func (t *tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }
