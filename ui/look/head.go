package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// SortHead is the head of a column: a click, Enter or Space sorts by it. It has
// no padding, so that it stands over its column.
type SortHead struct {
	Text
	OnTapped func()
}

var (
	_ fyne.Focusable     = (*SortHead)(nil)
	_ desktop.Cursorable = (*SortHead)(nil)
)

// NewSortHead makes the head of a column; those of figures stand at the right.
func NewSortHead(word string, figure bool, tapped func()) *SortHead {
	h := &SortHead{Text: Text{Text: word, Role: Secondary, Face: SizeSmall, Elide: true}, OnTapped: tapped}
	if figure {
		h.Align = fyne.TextAlignTrailing
	}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped is called by a click.
func (h *SortHead) Tapped(*fyne.PointEvent) {
	if h.OnTapped != nil {
		h.OnTapped()
	}
}

// Cursor shows that the head can be clicked.
func (h *SortHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained and FocusLost show where the keyboard is.
func (h *SortHead) FocusGained() { h.Role, h.Bold = Act, true; h.Refresh() }

// FocusLost takes the mark of the focus away.
func (h *SortHead) FocusLost() { h.Role, h.Bold = Secondary, false; h.Refresh() }

// TypedRune ignores text.
func (h *SortHead) TypedRune(rune) {}

// TypedKey sorts with Enter or Space.
func (h *SortHead) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		h.Tapped(nil)
	}
}
