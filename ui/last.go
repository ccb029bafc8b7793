package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/ui/look"
	"xunping/ui/model"
)

// lastView shows last round's entry of the same indicator; each of its findings
// can be carried over with 仍存在.
func (e *entryView) lastView() fyne.CanvasObject {
	last := e.v.in.Last()
	if last == nil {
		return nil
	}
	findings, other := model.LastOf(last, e.code, e.v.score.hidden)
	if len(findings)+len(other) == 0 {
		return nil
	}
	box := look.Column(look.Gap1, look.Bold(i18n.T("上轮（%s）", last.Round.Title)))
	for _, f := range findings {
		text := look.NewPara(f.Words)
		text.Role = look.Secondary
		if e.v.in.Continued(e.code, f.ID) {
			box.Add(container.NewBorder(nil, nil, nil, look.Small(i18n.T("已沿用")).In(look.Waiting), text))
			continue
		}
		still := look.NewButton(i18n.T("仍存在 ▸"), func() {
			e.apply(func() error { return e.v.in.Continue(e.code, f.ID) })
		})
		still.Importance = widget.LowImportance
		box.Add(container.NewBorder(nil, nil, nil, still, text))
	}
	for _, l := range other {
		box.Add(look.Note(l))
	}
	return look.Card(box)
}
