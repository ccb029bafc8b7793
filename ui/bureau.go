package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// bureauView is 汇总: receive files, see what each of them does, rank, write
// the ledger.
type bureauView struct {
	s        *shell
	staging  *model.Staging
	paths    []string
	ranking  *model.Ranking
	overview desk.RoundOverview
	tabs     *container.AppTabs
	head     *look.Text
	leads    map[string][]desk.Lead // of the round; nil until somebody looked
	review   *model.Review          // with changes that are not signed yet; nil until somebody looked
	find     *ime.Entry             // of the page that is shown; nil where nothing is sought
}

// bureauTab is a page of 汇总. It is made when it is shown, so that it always
// shows what the workbook holds now.
type bureauTab struct {
	name, word string
	view       func(*bureauView) fyne.CanvasObject
}

func bureauTabs() []bureauTab {
	return []bureauTab{
		{"overview", i18n.T("总览"), (*bureauView).overviewView},
		{"prepare", i18n.T("轮次准备"), (*bureauView).prepareView},
		{"letters", i18n.T("行文"), (*bureauView).lettersView},
		{"files", i18n.T("接收文件"), (*bureauView).filesView},
		{"open", i18n.T("待办与冲突"), (*bureauView).openView},
		{"review", i18n.T("横向复核"), (*bureauView).reviewView},
		{"ranking", i18n.T("排名"), (*bureauView).rankView},
	}
}

func (s *shell) bureauScreen() (screen, error) {
	v := &bureauView{s: s, staging: model.NewStaging(nil)}
	return v, v.load()
}

func (v *bureauView) load() error {
	if v.s.round.Code == "" {
		v.ranking = model.NewRanking(nil)
		return nil
	}
	rows, err := v.s.desk.Rank(v.s.round.Code, "")
	if err != nil {
		return err
	}
	v.ranking, v.leads, v.review = model.NewRanking(rows), nil, nil
	v.overview, err = v.s.desk.Overview(v.s.round.Code)
	return err
}

func (v *bureauView) title() string { return i18n.T("汇总") }
func (v *bureauView) leave()        {}

func (v *bureauView) view() fyne.CanvasObject {
	v.head = look.Small("")
	v.tabs = container.NewAppTabs()
	for _, t := range bureauTabs() {
		v.tabs.Append(container.NewTabItem(t.word, container.NewStack()))
	}
	v.tabs.OnSelected = func(*container.TabItem) { v.refresh() }
	ledger := widget.NewButtonWithIcon(i18n.T("导出…"), theme.DocumentSaveIcon(), v.askExport)
	top := container.NewBorder(nil, nil, nil, ledger, look.Middle(v.head))
	v.refresh()
	return look.Inset(look.Gap4, container.NewBorder(container.NewVBox(top), nil, nil, nil, v.tabs))
}

func (v *bureauView) refresh() {
	o := v.overview
	v.head.Set(i18n.T("应交 %d　已收 %d　冲突 %d　待定 %d　隔离 %d　未交 %d",
		o.Expected, o.Received, o.Conflicts, o.Provisional, o.Quarantined, len(o.Missing)))
	v.find = nil
	page := v.tabs.Selected().Content.(*fyne.Container)
	page.Objects = []fyne.CanvasObject{bureauTabs()[v.tabs.SelectedIndex()].view(v)}
	page.Refresh()
}

// choose shows a page by its name.
func (v *bureauView) choose(name string) {
	for i, t := range bureauTabs() {
		if t.name == name {
			v.tabs.SelectIndex(i)
		}
	}
}

// filesView is the staging table: one row a file, totals that add up below.
func (v *bureauView) filesView() fyne.CanvasObject {
	files := widget.NewButtonWithIcon(i18n.T("选择文件夹（U 盘）…"), theme.FolderOpenIcon(), v.askFolder)
	one := widget.NewButtonWithIcon(i18n.T("选择文件…"), theme.FileIcon(), v.askFile)
	bar := look.Across(look.Gap2, files, one, look.Stretch())
	if v.staging.Empty() {
		files.Importance = widget.HighImportance
		say := look.Column(look.Gap3, look.NewText(i18n.T("把各组交回的评分表（PDF 或 ZIP）拖到这里，或选择文件夹。先试合并，看清每个文件的结果，再写入。")), container.NewCenter(look.Across(look.Gap2, files, one)))
		return container.NewCenter(say)
	}
	apply := widget.NewButton(i18n.T("写入工作簿"), v.apply)
	apply.Importance = widget.HighImportance
	drop := widget.NewButton(i18n.T("放弃"), func() { v.staging = model.NewStaging(nil); v.refresh() })
	if v.staging.Applied {
		apply.Disable()
		drop.SetText(i18n.T("清空列表"))
	}
	bar.Add(drop)
	bar.Add(apply)
	rows := v.staging.Rows()
	list := widget.NewList(func() int { return len(rows) }, newFileRow, func(i widget.ListItemID, o fyne.CanvasObject) { fillFileRow(rows[i], o) })
	list.OnSelected = func(i widget.ListItemID) { list.UnselectAll(); v.showFile(rows[i]) }
	head := container.NewVBox(look.InsetXY(look.Gap1, look.Gap1, look.Grid(fileColumns, fileHead()...)), look.HLine())
	foot := look.InsetXY(look.Gap1, look.Gap2, look.Bold(v.staging.Totals()))
	return container.NewBorder(look.InsetXY(0, look.Gap2, bar), foot, nil, nil, look.Card(container.NewBorder(head, nil, nil, nil, list)))
}

var fileColumns = []float32{72, 150, 80, 44, 64, 64, 84, 70, 0}

func fileHead() []fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for i, w := range []string{i18n.T("结果"), i18n.T("单位"), i18n.T("检查员"), i18n.T("版次"), i18n.T("原总分"), i18n.T("总分"), i18n.T("名次"), i18n.T("等级"), i18n.T("文件与说明")} {
		t := look.Small(w)
		if i >= 3 && i <= 5 {
			t.Align = fyne.TextAlignTrailing
		}
		cells = append(cells, t)
	}
	return cells
}

func newFileRow() fyne.CanvasObject {
	return look.InsetXY(look.Gap1, look.Gap1, look.Grid(fileColumns, look.Bold(""), look.NewText("").Elided(), look.NewText("").Elided(),
		look.Number(""), look.Number("").In(look.Secondary), look.Number(""), look.Small(""), look.Small(""), look.Small("").Elided()))
}

var outcomeRoles = map[string]look.Role{"merged": look.Gained, "identical": look.Secondary, "conflict": look.Waiting,
	"quarantined": look.Waiting, "refused": look.Lost, "skipped": look.Secondary}

func fillFileRow(r model.FileRow, o fyne.CanvasObject) {
	cell := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	for i, words := range []string{r.Glyph + " " + r.Word, r.Unit, r.Inspector, r.Revision, r.Before, r.Value, r.Move, r.Band, r.File + "　" + r.Reason} {
		cell[i].(*look.Text).Set(words)
	}
	cell[0].(*look.Text).SetIn(r.Glyph+" "+r.Word, outcomeRoles[r.Outcome])
}

func (v *bureauView) showFile(r model.FileRow) {
	box := look.Column(look.Gap2, pair(i18n.T("文件"), look.NewPara(r.File)), pair(i18n.T("结果"), look.NewText(r.Glyph+" "+r.Word)),
		pair(i18n.T("说明"), look.NewPara(r.Reason)), pair(i18n.T("单位"), look.NewText(r.Unit)),
		pair(i18n.T("检查员"), look.NewText(r.Inspector)), pair(i18n.T("记录哈希"), look.NewPara(r.Hash)))
	v.s.sheet(i18n.T("这个文件"), look.Fixed(560, 0, box))
}

func (v *bureauView) askFolder() {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			v.receive([]string{u.Path()})
		}
	}, v.s.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

func (v *bureauView) askFile() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			r.Close()
			v.receive([]string{r.URI().Path()})
		}
	}, v.s.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

// receive tries the files without writing, and shows what each would do.
func (v *bureauView) receive(paths []string) {
	v.choose("files")
	v.s.withEncrypted(paths, func() { v.merge(paths, true, nil) })
}

// apply merges what was tried.
func (v *bureauView) apply() { v.merge(v.paths, false, nil) }

func (v *bureauView) merge(paths []string, dry bool, then func()) {
	var report *desk.MergeReport
	title := i18n.T("合并文件")
	if dry {
		title = i18n.T("试合并文件")
	}
	v.s.run(job{title: title,
		work: func(ctx context.Context, p desk.Progress) (err error) {
			report, err = v.s.desk.Merge(ctx, paths, dry, p)
			return err
		},
		done: func(err error) {
			if err == nil {
				v.paths, v.staging = paths, model.NewStaging(report)
				v.staging.Applied = !dry
				err = v.load()
			}
			if err != nil {
				v.s.fail(err)
				return
			}
			v.refresh()
			if then != nil {
				then()
			}
		}})
}
