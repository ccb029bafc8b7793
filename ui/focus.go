package ui

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"xunping/ui/ime"
	"xunping/ui/look"
)

// focusOn gives a control of the walk-through the focus; nil is none.
func (v *walkView) focusOn(f fyne.Focusable) {
	if f != nil {
		v.s.win.Canvas().Focus(f)
	}
}

// arrive goes to a field as to a cell of Excel: what stands there is chosen, and typing
// takes its place.
func (v *walkView) arrive(f *ime.Entry) {
	v.focusOn(f)
	selectAll(f)
}

func selectAll(f *ime.Entry) { f.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// bring scrolls the open indicator so that the control with the focus is seen:
// who goes by keys must see where they are. Fyne does not do it by itself.
func (s *shell) bring(o fyne.CanvasObject) {
	v, ok := s.screen.(*walkView)
	if !ok || v.middle == nil || s.win.Canvas().Overlays().Top() != nil {
		return
	}
	d := s.app.Driver()
	at, top, seen := d.AbsolutePositionForObject(o), d.AbsolutePositionForObject(v.middle), v.middle.Size()
	v.held = nil
	f, _ := o.(fyne.Focusable)
	if v.entry == nil || v.entry.controls[v.digits.Place] != f {
		v.digits.Leave() // another control has the focus
	}
	if at.X < top.X || at.X >= top.X+seen.Width {
		return // in the checklist or the score
	}
	v.held = f
	y, h := at.Y-top.Y, o.Size().Height
	switch {
	case y < 0:
		v.middle.ScrollToOffset(v.middle.Offset.AddXY(0, y-look.Gap6))
	case y+h > seen.Height:
		v.middle.ScrollToOffset(v.middle.Offset.AddXY(0, y+h-seen.Height+look.Gap6))
	}
}

// spot is where somebody is in an indicator: the name of the field with the focus and
// the caret in it. The fields themselves are made anew with the indicator.
type spot struct {
	name     string
	row, col int
	text     string            // what stood in the field
	texts    map[string]string // by field: what is not saved, as half a date
}

// names are the controls of the indicator by name, and their names in order:
// a finding is called by what it is before where it stands, for others move up.
func (e *entryView) names() (map[string]fyne.Focusable, []string) {
	all := maps.Clone(e.fields)
	if all == nil {
		all = map[string]fyne.Focusable{}
	}
	for rule, f := range e.controls {
		all["rule."+rule] = f
	}
	return all, slices.Sorted(maps.Keys(all))
}

// spot is where the focus is, or was before a dialog lay over it, and what no field may
// lose.
func (e *entryView) spot() spot {
	now := e.v.s.win.Canvas().Focused()
	if e.v.s.win.Canvas().Overlays().Top() != nil {
		now = e.v.held
	}
	at := spot{texts: map[string]string{}}
	all, names := e.names()
	for _, name := range names {
		for _, t := range slices.Concat(e.pending, e.refused) {
			if all[name] == fyne.Focusable(t.field) {
				at.texts[name] = t.field.Text
			}
		}
		if now == nil || all[name] != now || at.name != "" {
			continue
		}
		at.name = name
		if f, ok := now.(*ime.Entry); ok {
			at.row, at.col, at.text = f.CursorRow, f.CursorColumn, f.Text
		}
	}
	return at
}

// returnTo gives the focus back after the indicator was made anew. Never does it stay
// with what is not shown any more, where every letter would be lost.
func (e *entryView) returnTo(at spot) {
	all, _ := e.names()
	for name, text := range at.texts {
		if f, ok := all[name].(*ime.Entry); ok && f.Text != text {
			f.SetText(text)
		}
	}
	c, f, held := e.v.s.win.Canvas(), all[at.name], e.v.held
	switch {
	case c.Overlays().Top() != nil:
		e.v.covered = &spot{name: at.name, row: at.row, col: at.col}
	case f != nil:
		c.Focus(f)
		field, ok := f.(*ime.Entry)
		switch {
		case ok && at.text == "" && field.Text != "": // filled in meanwhile, from the platform or last round
			selectAll(field)
		case ok:
			field.CursorRow, field.CursorColumn = at.row, at.col
			field.Refresh()
		}
	case held != nil && c.Focused() == held:
		c.Unfocus()
	}
	e.v.held = f
}

// uncovered gives the focus back that had to wait for a dialog to close: under it Fyne
// gives none.
func (s *shell) uncovered() {
	if s.win.Canvas().Overlays().Top() != nil {
		return
	}
	if s.lost {
		s.unfocus()
	}
	v, ok := s.screen.(*walkView)
	if !ok || v.covered == nil {
		return
	}
	at := *v.covered
	v.covered = nil
	v.held = s.win.Canvas().Focused()
	v.entry.returnTo(at)
}

// unfocus takes the focus from a screen that is left, also one below a dialog.
func (s *shell) unfocus() {
	s.win.Canvas().Unfocus()
	s.lost = s.win.Canvas().Overlays().Top() != nil
}
