package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// OnFocus is told which control has got the focus, so that a screen can scroll
// it into view. Fyne leaves a control that is scrolled out where it is, and who
// goes by keys alone would be lost.
var OnFocus = func(fyne.CanvasObject) {}

// forWindow hands on what a control with the focus would swallow, F1 to the window,
// Escape and Enter to the dialog it is in, and tells whether it did.
func forWindow(o fyne.CanvasObject, k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyF1, fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
	default:
		return false
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
	return true
}

// Button is Fyne's button, but for telling OnFocus.
type Button struct{ widget.Button }

// NewButton makes a button with a word.
func NewButton(word string, do func()) *Button { return NewIconButton(word, nil, do) }

// NewIconButton makes a button with an icon and perhaps a word.
func NewIconButton(word string, icon fyne.Resource, do func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = word, icon, do
	b.ExtendBaseWidget(b)
	return b
}

// FocusGained shows the ring and tells OnFocus.
func (b *Button) FocusGained() { b.Button.FocusGained(); OnFocus(b) }

// TypedKey presses the button by Enter and Space.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		if !b.Disabled() {
			b.Tapped(nil)
		}
	case !forWindow(b, k):
		b.Button.TypedKey(k)
	}
}

// Check is Fyne's tick box, but for telling OnFocus.
type Check struct{ widget.Check }

// NewCheck makes a tick box.
func NewCheck(word string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = word, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained shows the ring and tells OnFocus.
func (c *Check) FocusGained() { c.Check.FocusGained(); OnFocus(c) }

// TypedKey leaves to window and dialog what is theirs.
func (c *Check) TypedKey(k *fyne.KeyEvent) {
	if !forWindow(c, k) {
		c.Check.TypedKey(k)
	}
}

// Select is Fyne's choice, but for telling OnFocus.
type Select struct{ widget.Select }

// NewSelect makes a choice among options.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained shows the ring and tells OnFocus.
func (s *Select) FocusGained() { s.Select.FocusGained(); OnFocus(s) }

// TypedKey leaves to window and dialog what is theirs.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	if !forWindow(s, k) {
		s.Select.TypedKey(k)
	}
}
