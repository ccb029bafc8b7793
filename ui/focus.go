package ui

import (
	"fyne.io/fyne/v2"

	"xunping/ui/look"
)

// focusOn gives a control of the walk-through the focus; nil is none.
func (v *walkView) focusOn(f fyne.Focusable) {
	if f != nil {
		v.s.win.Canvas().Focus(f)
	}
}

// bring scrolls the open indicator so that the control with the focus is seen:
// who goes by keys must see where they are. Fyne does not do it by itself.
func (s *shell) bring(o fyne.CanvasObject) {
	v, ok := s.screen.(*walkView)
	if !ok || v.middle == nil || s.win.Canvas().Overlays().Top() != nil {
		return
	}
	d := s.app.Driver()
	at, top, seen := d.AbsolutePositionForObject(o), d.AbsolutePositionForObject(v.middle), v.middle.Size()
	if at.X < top.X || at.X >= top.X+seen.Width {
		return // in the checklist or the score
	}
	y, h := at.Y-top.Y, o.Size().Height
	switch {
	case y < 0:
		v.middle.ScrollToOffset(v.middle.Offset.AddXY(0, y-look.Gap6))
	case y+h > seen.Height:
		v.middle.ScrollToOffset(v.middle.Offset.AddXY(0, y+h-seen.Height+look.Gap6))
	}
}
