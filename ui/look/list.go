package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// List is Fyne's list with the keys that people expect: Enter does what a click
// does, Home and End and the page keys move, and other keys go to OnKey.
type List struct {
	widget.List
	// OnEnter is called by Enter and by a click.
	OnEnter func(widget.ListItemID)
	// OnKey gets the keys that the list does not use.
	OnKey func(*fyne.KeyEvent)
	// At is the line that the keys are on.
	At widget.ListItemID
}

// NewList makes a list.
func NewList(length func() int, create func() fyne.CanvasObject, fill func(widget.ListItemID, fyne.CanvasObject)) *List {
	l := &List{}
	l.Length, l.CreateItem, l.UpdateItem = length, create, fill
	l.OnHighlighted = func(id widget.ListItemID) { l.At = id }
	l.OnSelected = func(id widget.ListItemID) {
		l.UnselectAll()
		l.At = id
		if l.OnEnter != nil && id >= 0 && id < l.Length() {
			l.OnEnter(id)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// GoTo moves the keys to a line, as far as there are lines.
func (l *List) GoTo(id widget.ListItemID) {
	if n := l.Length(); n > 0 {
		l.Highlight(min(max(id, 0), n-1))
	}
}

// FocusGained shows the ring and tells OnFocus.
func (l *List) FocusGained() { l.List.FocusGained(); OnFocus(l) }

// TypedKey does what the key says.
func (l *List) TypedKey(k *fyne.KeyEvent) {
	const page = 12
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown:
		l.List.TypedKey(k)
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.OnEnter == nil {
			forWindow(l, k) // nothing to choose: the dialog is only read
		} else if l.Length() > 0 {
			l.Select(min(max(l.At, 0), l.Length()-1))
		}
	case fyne.KeyHome:
		l.GoTo(0)
	case fyne.KeyEnd:
		l.GoTo(l.Length() - 1)
	case fyne.KeyPageDown:
		l.GoTo(l.At + page)
	case fyne.KeyPageUp:
		l.GoTo(l.At - page)
	default:
		if !forWindow(l, k) && l.OnKey != nil {
			l.OnKey(k)
		}
	}
}
