package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

var workColumns = []float32{110, 120, 220, 0, 110, 80}

// showMyWork answers where the work is: drafts of this machine, what was sealed
// here, the file it went to, and whether the bureau has it.
func (s *shell) showMyWork() {
	list, err := s.desk.MyWork()
	if err != nil {
		s.fail(err)
		return
	}
	s.showWork(list)
}

func (s *shell) showWork(list []desk.WorkItem) {
	note := look.NewPara(i18n.T("工作簿：%s。草稿只在这台电脑上，换电脑前请交接或备份。", s.desk.Path()))
	var body fyne.CanvasObject = container.NewCenter(look.Small(i18n.T("这台电脑上还没有检查。")))
	if len(list) > 0 {
		rows := look.NewList(func() int { return len(list) }, newWorkRow, func(i widget.ListItemID, o fyne.CanvasObject) { s.fillWork(list[i], o) })
		head := look.Grid(workColumns, look.Small(i18n.T("轮次")), look.Small(i18n.T("单位")), look.Small(i18n.T("状态")), look.Small(i18n.T("文件")), look.Small(i18n.T("回执")), look.Small(""))
		body = container.NewBorder(container.NewVBox(head, look.HLine()), nil, nil, nil, rows)
	}
	d := look.NewDialog(s.win, i18n.T("我的工作在哪"), container.NewBorder(note, nil, nil, nil, look.InsetXY(0, look.Gap2, body))).Size(1080, 600)
	d.Reading(i18n.T("关闭"))
	d.Aside(look.NewButton(i18n.T("备份工作簿…"), s.askBackup))
	d.Show()
}

func newWorkRow() fyne.CanvasObject {
	return look.Grid(workColumns, look.Small("").Elided(), look.NewText("").Elided(), look.NewText("").Elided(), look.Small("").Elided(), look.Small("").Elided(), look.NewButton(i18n.T("文件夹"), nil))
}

func (s *shell) fillWork(w desk.WorkItem, o fyne.CanvasObject) {
	cells := o.(*fyne.Container).Objects
	x := model.NewWork(w)
	for i, words := range []string{x.Round, x.Unit, x.State, x.File, x.Receipt} {
		cells[i].(*look.Text).Set(words)
	}
	role := look.Secondary
	if w.Gone {
		role = look.Lost
	}
	cells[3].(*look.Text).SetIn(x.File, role)
	b := cells[5].(*look.Button)
	b.OnTapped = func() { s.openPath(filepath.Dir(w.Path)) }
	if w.Path == "" || w.Gone {
		b.Hide()
	} else {
		b.Show()
	}
}
