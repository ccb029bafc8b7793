package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Dialog is a modal box with a title, a content and a row of buttons. Escape
// does what its cancel button does, Enter what its main button does; Fyne's
// own dialogs do neither.
type Dialog struct {
	win     fyne.Window
	pop     *widget.PopUp
	title   string
	content fyne.CanvasObject
	left    []fyne.CanvasObject
	cancel  *Button
	main    *Button
	size    fyne.Size
	before  func(*fyne.KeyEvent)
	focus   fyne.Focusable
	closed  func()
	below   fyne.CanvasObject // what a cover hides, nil without one
	had     fyne.Focusable    // the focus before the cover
	reading bool              // nothing but to be closed
	next    []*Dialog         // to be shown when the main button has done its work
	waits   *Dialog           // whose work this one waits for
	// OnKey gets the keys that the dialog does not use, while no field has the
	// focus.
	OnKey func(*fyne.KeyEvent)
}

// NewDialog prepares a dialog; Show shows it.
func NewDialog(win fyne.Window, title string, content fyne.CanvasObject) *Dialog {
	return &Dialog{win: win, title: title, content: content}
}

// Main adds the main button. do returns false to keep the dialog open.
func (d *Dialog) Main(word string, do func() bool) *Dialog {
	d.main = NewButton(word, func() { d.act(do) })
	d.main.Importance = widget.HighImportance
	return d
}

// acting is the dialog of each window whose main button is at work.
var acting = map[fyne.Window]*Dialog{}

// act does what the main button is for. What it shows next (a file to choose, a
// result) waits until this dialog is gone: Fyne takes with an overlay all that
// lie above it.
func (d *Dialog) act(do func() bool) {
	before := acting[d.win]
	acting[d.win] = d
	done := do()
	if acting[d.win] = before; before == nil {
		delete(acting, d.win)
	}
	if done {
		d.Hide()
	}
	next := d.next
	d.next = nil
	for _, n := range next {
		n.waits = nil
		n.Show()
	}
}

// Cancel adds the button that closes without doing; then may be nil.
func (d *Dialog) Cancel(word string, then func()) *Dialog {
	d.cancel = NewButton(word, func() {
		d.Hide()
		if then != nil {
			then()
		}
	})
	return d
}

// Reading adds the one button of a dialog that is only read: Escape and Enter
// both close it.
func (d *Dialog) Reading(word string) *Dialog {
	d.reading = true
	return d.Cancel(word, nil)
}

// Aside adds a further object at the left of the buttons.
func (d *Dialog) Aside(o ...fyne.CanvasObject) *Dialog { d.left = append(d.left, o...); return d }

// Size asks for a size of the whole dialog; without it, it is as small as its
// content.
func (d *Dialog) Size(w, h float32) *Dialog { d.size = fyne.NewSize(w, h); return d }

// Focus says which field has the focus first.
func (d *Dialog) Focus(f fyne.Focusable) *Dialog { d.focus = f; return d }

// Closed says what to do when the dialog is gone, whichever way.
func (d *Dialog) Closed(do func()) *Dialog { d.closed = do; return d }

// SetMain enables or disables the main button.
func (d *Dialog) SetMain(enabled bool) {
	if d.main == nil {
		return
	}
	if enabled {
		d.main.Enable()
	} else {
		d.main.Disable()
	}
}

// margin is what a dialog leaves free of the window.
const margin = 32

// Show shows the dialog over the window.
func (d *Dialog) Show() {
	if a := acting[d.win]; a != nil {
		a.next, d.waits = append(a.next, d), a
		return
	}
	buttons := append([]fyne.CanvasObject{}, d.left...)
	buttons = append(buttons, Stretch())
	if d.cancel != nil {
		buttons = append(buttons, Fixed(max(96, d.cancel.MinSize().Width), 0, d.cancel))
	}
	if d.main != nil {
		buttons = append(buttons, Fixed(max(128, d.main.MinSize().Width), 0, d.main))
	}
	head := Column(Gap2, Head(d.title), HLine())
	foot := Column(Gap2, HLine(), Across(Gap2, buttons...))
	c := d.win.Canvas()
	content := d.content
	if over := head.MinSize().Height + content.MinSize().Height + foot.MinSize().Height + 2*Gap2 + 2*Gap3 + margin - c.Size().Height; over > 0 && d.size == (fyne.Size{}) {
		d.size = fyne.NewSize(content.MinSize().Width+2*Gap3+margin, c.Size().Height) // many fields in large text
		content = container.NewVScroll(content)
	}
	body := container.NewBorder(head, foot, nil, nil, InsetXY(0, Gap2, content))
	whole := Inset(Gap3, body)
	if high() { // which has no shadow: white on white
		edge := NewFill("")
		edge.Stroke, edge.Radius = Line, Radius
		whole = container.NewStack(edge, whole)
	}
	d.pop = widget.NewModalPopUp(whole, d.win.Canvas())
	d.before = c.OnTypedKey()
	c.SetOnTypedKey(d.Key)
	d.opened()
	d.pop.Show()
	if d.size != (fyne.Size{}) {
		limit := c.Size()
		d.pop.Resize(fyne.NewSize(min(d.size.Width, limit.Width-margin), min(d.size.Height, limit.Height-margin)))
	}
	if d.focus != nil {
		c.Focus(d.focus)
	} else {
		c.Unfocus()
	}
}

// Key is what Escape and Enter do: the canvas gives it the keys while nothing has the
// focus, and fields, buttons and choices hand theirs on.
func (d *Dialog) Key(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyEscape:
		d.Escape()
	case d.below != nil: // nobody confirms what cannot be seen
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		d.Enter()
	default:
		if d.OnKey != nil {
			d.OnKey(k)
		}
	}
}

// Escape does what the cancel button does, if there is one.
func (d *Dialog) Escape() {
	if d.cancel != nil {
		d.cancel.OnTapped()
	}
}

// Enter does what the main button does, if it may be used, and closes what is
// only read.
func (d *Dialog) Enter() {
	switch {
	case d.reading:
		d.cancel.OnTapped()
	case d.main != nil && !d.main.Disabled():
		d.main.OnTapped()
	}
}

// OnHidden is told that a dialog is gone, so that a screen that changed below it can
// give the focus to what is there now.
var OnHidden = func() {}

// Hide closes the dialog.
func (d *Dialog) Hide() {
	if a := d.waits; a != nil { // it ended before it was shown
		d.waits = nil
		a.next = slices.DeleteFunc(a.next, func(n *Dialog) bool { return n == d })
	}
	if d.pop != nil {
		d.pop.Hide()
		d.pop = nil
		d.gone()
		d.win.Canvas().SetOnTypedKey(d.before)
		OnHidden()
		if d.closed != nil {
			d.closed()
		}
	}
}
