package ui

import (
	"fyne.io/fyne/v2"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// openRows are what the visit begins with: items of earlier rounds that are still
// open, and leads from other units. Each opens its indicator.
func (v *walkView) openRows() []fyne.CanvasObject {
	unit := v.in.Record().Unit.Code
	items, err := v.s.desk.OpenItems(unit)
	if err != nil {
		return []fyne.CanvasObject{look.Note(i18n.Person(err))}
	}
	var leads []desk.Lead
	if v.s.desk.Setting("kind", "") != "bureau" { // there they are in 总览, and a whole round is long to read
		if leads, err = v.s.desk.LeadsBefore(v.in.Round().Code, unit); err != nil {
			return []fyne.CanvasObject{look.Note(i18n.Person(err))}
		}
	}
	lines := model.OpenLines(items, leads, v.s.desk.Today())
	if len(lines) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{look.InsetXY(look.Gap1, look.Gap1, look.Bold(i18n.T("先看这些（%d）", len(lines))))}
	for _, l := range lines {
		role := look.Waiting
		if l.Over {
			role = look.Lost
		}
		out = append(out, look.NewRow(look.Small(l.Words).In(role).Elided(), func() { v.open(l.Code) }))
	}
	return append(out, look.HLine())
}
