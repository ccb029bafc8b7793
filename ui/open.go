package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// openView lists what the bureau still has to do: conflicts and units that
// have not handed in.
func (v *bureauView) openView() fyne.CanvasObject {
	box := look.Column(look.Gap2)
	conflicts, err := v.s.desk.Conflicts(v.s.round.Code)
	if err != nil {
		return look.NewPara(i18n.Person(err))
	}
	box.Add(look.Bold(i18n.T("冲突（%d）", len(conflicts))))
	if len(conflicts) == 0 {
		box.Add(look.Note(i18n.T("没有冲突。同一单位有两份互不替代的评分表时，会列在这里。")))
	}
	for _, c := range conflicts {
		box.Add(look.Card(conflictView(c)))
	}
	box.Add(look.Bold(i18n.T("未交（%d）", len(v.overview.Missing))))
	for _, u := range v.overview.Missing {
		box.Add(look.NewText(u.Name))
	}
	return container.NewVScroll(look.InsetXY(0, look.Gap2, box))
}

// conflictView names the unit, the competing records and the indicators that
// differ.
func conflictView(c desk.Conflict) fyne.CanvasObject {
	box := look.Column(look.Gap1, look.Bold(c.Unit.Name))
	for _, h := range c.Heads {
		box.Add(look.NewText(i18n.T("第 %d 版　%s　总分 %s　短码 %s", h.Revision, h.Inspector, h.Value, h.Short)))
	}
	for _, line := range model.ConflictLines(c) {
		box.Add(look.Note(line))
	}
	return box
}
