package ime

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/theme"
)

// caret is where the text caret stands in its window, in pixels of the
// window's inside, with the height of a line.
type caret struct{ x, y, height int32 }

// caret finds the caret on its canvas. A caret that is scrolled out of the
// field counts as standing at the field's edge: Fyne tells the place in the
// text, not in the part that shows.
func (e *Entry) caret() (at caret, on fyne.Canvas) {
	d := fyne.CurrentApp().Driver()
	on = d.CanvasForObject(e)
	if on == nil {
		return caret{}, nil
	}
	line := fyne.MeasureText("字", e.Theme().Size(theme.SizeNameText), e.TextStyle).Height
	inside := e.CursorPosition()
	inside.X = min(max(inside.X, 0), e.Size().Width)
	inside.Y = min(max(inside.Y, 0), max(e.Size().Height-line, 0))
	p := d.AbsolutePositionForObject(e).Add(inside)
	scale := on.Scale()
	return caret{x: int32(p.X * scale), y: int32(p.Y * scale), height: int32(line * scale)}, on
}

// tellCaret tells the input method where the caret is, so that the list of
// candidates opens beside the text and not in a corner of the window. Only
// Windows can be told; elsewhere the window system decides.
func (e *Entry) tellCaret() {
	if !canTell {
		return
	}
	at, on := e.caret()
	if on == nil {
		return
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if native, ok := w.(driver.NativeWindow); ok && w.Canvas() == on {
			native.RunNative(func(window any) { tell(window, at) })
			return
		}
	}
}
