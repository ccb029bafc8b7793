package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Stepper counts whole cases: [−] 5 [+]. Tapping or the keys + and − change
// the count by one; the number itself cannot be typed wrong.
type Stepper struct {
	widget.BaseWidget
	// OnStep is called with +1 or −1; the owner decides and calls Set.
	OnStep func(int)

	text *Text
	row  fyne.CanvasObject
}

// NewStepper makes a stepper that shows a count.
func NewStepper(count string, onStep func(int)) *Stepper {
	s := &Stepper{OnStep: onStep, text: Bold(count)}
	s.text.Align = fyne.TextAlignCenter
	minus := widget.NewButtonWithIcon("", theme.ContentRemoveIcon(), func() { s.step(-1) })
	plus := widget.NewButtonWithIcon("", theme.ContentAddIcon(), func() { s.step(1) })
	s.row = container.NewHBox(minus, Fixed(36, 0, Middle(s.text)), plus)
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

// CreateRenderer makes the drawing side of the stepper.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.row) }
