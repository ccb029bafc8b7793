package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
)

// pane is a screen that is one object.
type pane struct {
	name   string
	object fyne.CanvasObject
}

func (p *pane) title() string           { return p.name }
func (p *pane) leave()                  {}
func (p *pane) view() fyne.CanvasObject { return p.object }

// startView is what a new user sees: what the program is for, and the two ways
// to begin.
func (s *shell) startView() fyne.CanvasObject {
	open := look.NewButton(i18n.T("打开工作簿…"), s.askOpen)
	create := look.NewButton(i18n.T("新建工作簿…"), s.askCreate)
	create.Importance = widget.HighImportance
	box := look.Column(look.Gap3, look.Page(i18n.T("巡评 Xunping")),
		look.Fixed(520, 0, look.NewPara(i18n.T("检查组的单机评分程序：录入、评分、签发、汇总、排名、台账，全部离线。"))),
		look.NewText(i18n.T("不得录入涉密信息。")).In(look.Lost),
		look.Fixed(520, 0, look.Note(i18n.T("工作簿是一个 .xpb 文件，放在本机磁盘上。新工作簿带有 2019 年“聚通用”指标（示例扣分情形与示例分值）和单位名单。"))),
		look.Across(look.Gap2, create, open, s.againButton()))
	return container.NewStack(look.NewFill(look.Ground), container.NewCenter(look.Card(look.Inset(look.Gap4, box))))
}

// againButton opens the workbook of last time, which could not be opened at the
// start.
func (s *shell) againButton() fyne.CanvasObject {
	path := s.app.Preferences().String(prefWorkbook)
	if s.options.Workbook != "" {
		path = s.options.Workbook
	}
	if path == "" {
		return look.Fixed(0, 0, look.NewText(""))
	}
	return look.NewButton(i18n.T("再打开 %s", filepath.Base(path)), func() { s.openShown(path, nil) })
}

func (s *shell) askCreate() {
	s.saveFile("xunping.xpb", func(path string) error {
		made, err := desk.Create(path, desk.CreateOptions{})
		if err == nil {
			err = made.Close()
		}
		s.openShown(path, err)
		return nil
	})
}

func (s *shell) openShown(path string, err error) {
	if err != nil {
		s.fail(err)
		return
	}
	s.leaving(func() {
		if err := s.open(path); err != nil {
			s.fail(err)
			return
		}
		s.screen = nil // it is of the workbook before
		s.showFirst()
	})
}

func (s *shell) askOpen() { s.openFile(func(path string) { s.openShown(path, nil) }) }

func (s *shell) askBackup() {
	s.saveFile("xunping-backup.xpb", func(path string) error {
		if err := s.desk.Backup(path); err != nil {
			return err
		}
		s.toast(i18n.T("已备份并核验：%s", path))
		return nil
	})
}

// askRestore puts a verified backup in the place of the open workbook; what was
// there is kept under another name.
func (s *shell) askRestore() {
	s.openFile(func(backup string) { s.leaving(func() { s.restore(backup) }) })
}

func (s *shell) restore(backup string) {
	path := s.desk.Path()
	if err := s.close(); err != nil {
		s.fail(err)
		return
	}
	s.screen = nil
	kept, err := desk.Restore(backup, path)
	s.openShown(path, nil)
	if err != nil {
		s.fail(err)
		return
	}
	s.toast(i18n.T("已从备份恢复；原来的工作簿在 %s", kept))
}

// sheet shows something to read in a dialog that Escape and Enter close.
func (s *shell) sheet(title string, o fyne.CanvasObject) { s.sheetWith(title, o, nil) }

// sheetWith is sheet with something more that can be done, nil for nothing.
func (s *shell) sheetWith(title string, o fyne.CanvasObject, more *look.Button) {
	d := s.sheetOf(title, o)
	if more != nil {
		do := more.OnTapped
		more.OnTapped = func() { d.Hide(); do() }
		d.Aside(more)
	}
	d.Show()
}

// sheetOf is a sheet that is not shown yet.
func (s *shell) sheetOf(title string, o fyne.CanvasObject) *look.Dialog {
	return look.NewDialog(s.win, title, container.NewVScroll(o)).Size(720, 560).Reading(i18n.T("关闭"))
}

// find goes to the search field of the list, or asks for an indicator.
func (s *shell) find() {
	switch v := s.screen.(type) {
	case *unitsView:
		s.win.Canvas().Focus(v.find)
	case *bureauView:
		if v.find != nil {
			s.win.Canvas().Focus(v.find)
		}
	case *timelineView:
		s.win.Canvas().Focus(v.find)
	case *walkView:
		e := ime.NewEntry()
		e.SetPlaceHolder(i18n.T("指标代码或名称"))
		wrong := look.NewPara("").In(look.Lost)
		d := look.NewDialog(s.win, i18n.T("查找指标"), look.Fixed(360, 0, look.Column(look.Gap1, e, wrong))).Cancel(i18n.T("取消"), nil)
		d.Main(i18n.T("前往"), func() bool {
			if v.walk.Find(e.Text) {
				v.openCurrent()
				return true
			}
			wrong.Set(i18n.T("没有代码或名称里有“%s”的指标", e.Text))
			return false
		})
		e.OnSubmitted, e.OnEscape = func(string) { d.Enter() }, d.Escape
		d.Focus(e).Show()
	}
}

// refreshMenu is a hook for menus that depend on the draft; undo and redo say
// themselves when there is nothing to do.
func (s *shell) refreshMenu() {}

func (s *shell) unitName(code string) string { return s.desk.UnitName(code) }
