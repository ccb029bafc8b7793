// Package ime is the text entry of the program, for every field.
//
// Fyne's own entry loses text under a Chinese input method: on X11 and macOS
// the window system reports every key, also those that the input method has
// swallowed, so a Backspace meant for the candidates deletes what was written
// before. A swallowed letter shows as a key press that no rune follows. Entry
// counts these and keeps editing keys away from the text while a composition
// is open.
package ime

import (
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// settle is how long an input method may take to hand back a letter that it
// did not want.
const settle = 60 * time.Millisecond

// Entry is a text field that is safe under an input method. Tab leaves it,
// also when it has several lines.
type Entry struct {
	widget.Entry
	// OnEscape is called by Escape outside a composition.
	OnEscape func()
	// OnDown, if given, is called by the arrow down in a field of one line.
	OnDown func()

	now     func() time.Time // a test's clock
	pending int              // letters pressed that have not come back as runes
	last    time.Time        // when the last of them was pressed
}

// NewEntry is a field of one line.
func NewEntry() *Entry {
	e := &Entry{now: time.Now}
	e.ExtendBaseWidget(e)
	return e
}

// NewMultiLine is a field of several lines that breaks anywhere, as Chinese
// does.
func NewMultiLine() *Entry {
	e := &Entry{now: time.Now}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapBreak
	e.ExtendBaseWidget(e)
	return e
}

// NewPassword is a field that hides what is typed.
func NewPassword() *Entry {
	e := &Entry{now: time.Now}
	e.Password = true
	e.ExtendBaseWidget(e)
	return e
}

func (e *Entry) composing() bool { return e.pending > 0 && e.now().Sub(e.last) > settle }

// AcceptsTab keeps Tab inside a composition; otherwise it moves the focus.
func (e *Entry) AcceptsTab() bool { return e.composing() }

// KeyDown notes letters that may be swallowed.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	if len(k.Name) == 1 && 'A' <= k.Name[0] && k.Name[0] <= 'Z' && !commandHeld() {
		e.pending, e.last = e.pending+1, e.now()
	}
	e.Entry.KeyDown(k)
}

// commandHeld tells whether Ctrl, Alt or Super is down: the letter of a
// shortcut never comes back as a rune.
func commandHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&^fyne.KeyModifierShift != 0
}

// TypedRune takes text: a letter that came back, or what was committed.
func (e *Entry) TypedRune(r rune) {
	switch {
	case r > unicode.MaxASCII:
		e.pending = 0
	case unicode.IsLetter(r) && e.pending > 0:
		e.pending--
	}
	e.Entry.TypedRune(r)
	e.tellCaret()
}

// TypedKey takes editing keys, but not those that belong to a composition.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.composing() {
		switch k.Name {
		case fyne.KeyBackspace, fyne.KeyDelete:
			e.pending--
		case fyne.KeyEscape:
			e.pending = 0
		}
		return
	}
	if k.Name == fyne.KeyEscape && e.OnEscape != nil {
		e.OnEscape()
		return
	}
	if k.Name == fyne.KeyDown && !e.MultiLine && e.OnDown != nil {
		e.OnDown()
		return
	}
	enter := k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter
	if k.Name == fyne.KeyF1 || k.Name == fyne.KeyEscape || enter && !e.MultiLine && e.OnSubmitted == nil { // keys of window and dialog, not of the text
		if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
		return
	}
	e.Entry.TypedKey(k)
	e.tellCaret()
}

// TypedShortcut takes copy, cut, paste and select all. Undo and redo are
// handed to the window: what is written is saved at once, so the program's own
// undo covers it, and a field with a history beside that would contradict it.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
		return
	}
	e.Entry.TypedShortcut(s)
	e.tellCaret()
}

// OnFocus is told which field has got the focus, so that a screen can scroll it
// into view.
var OnFocus = func(fyne.CanvasObject) {}

// FocusGained begins without a composition.
func (e *Entry) FocusGained() {
	e.pending = 0
	e.Entry.FocusGained()
	OnFocus(e)
	e.tellCaret()
}

// MouseUp ends a click, which may have moved the caret.
func (e *Entry) MouseUp(m *desktop.MouseEvent) {
	e.Entry.MouseUp(m)
	e.tellCaret()
}

// FocusLost ends a composition.
func (e *Entry) FocusLost() { e.pending = 0; e.Entry.FocusLost() }
