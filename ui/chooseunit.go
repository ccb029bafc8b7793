package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// chooseUnit asks for one of all units, found by name, code or pinyin initials:
// there may be two thousand. first stands above the others, without is left out.
func (s *shell) chooseUnit(title, note string, first desk.UnitInfo, without string, do func(code string)) {
	all, err := s.desk.Units()
	if err != nil {
		s.fail(err)
		return
	}
	rows := []desk.UnitRow{{Unit: first.Unit}}
	for _, u := range all {
		if u.Code != without {
			rows = append(rows, desk.UnitRow{Unit: u.Unit, Initials: u.Initials})
		}
	}
	units := model.NewUnits(rows)
	shown := units.Shown()
	var d *look.Dialog
	list := look.NewList(func() int { return len(shown) }, func() fyne.CanvasObject {
		return look.Grid([]float32{0, 140, 110}, look.NewText("").Elided(), look.Small(""), look.Small(""))
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		cells, u := o.(*fyne.Container).Objects, shown[i].Unit
		for k, words := range []string{u.Name, model.KindWord(u.Kind), u.Code} {
			cells[k].(*look.Text).Set(words)
		}
	})
	find := ime.NewEntry()
	find.SetPlaceHolder(i18n.T("单位名称、代码或拼音首字母"))
	find.OnChanged = func(t string) {
		units.Text = t
		shown = units.Shown()
		list.GoTo(0)
		list.Refresh()
	}
	take := func() bool {
		if list.At >= len(shown) {
			return false
		}
		d.Hide()
		do(shown[list.At].Unit.Code)
		return false
	}
	list.OnEnter = func(widget.ListItemID) { take() }
	find.OnDown = func() { s.win.Canvas().Focus(list) }
	find.OnSubmitted = func(string) { take() }
	d = look.NewDialog(s.win, title, container.NewBorder(look.Column(look.Gap2, look.Note(note), find), nil, nil, nil, look.Card(list))).Size(560, 520)
	d.Cancel(i18n.T("取消"), nil).Main(i18n.T("确定"), take)
	find.OnEscape = d.Escape
	d.Focus(find).Show()
}
