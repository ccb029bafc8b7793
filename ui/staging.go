package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/ui/look"
	"xunping/ui/model"
)

// filesView is the staging table 接收文件: one row a file with what it would do,
// details below the row, and totals that add up at the foot.
func (v *bureauView) filesView() fyne.CanvasObject {
	files := look.NewIconButton(i18n.T("选择文件夹（U 盘）…"), theme.FolderOpenIcon(), v.askFolder)
	one := look.NewIconButton(i18n.T("选择文件…"), theme.FileIcon(), v.askFile)
	batches := look.NewButton(i18n.T("以前的批次…"), v.showBatches)
	if v.staging.Empty() {
		files.Importance = widget.HighImportance
		say := look.Column(look.Gap3, look.NewText(i18n.T("把各组交回的评分表（PDF 或 ZIP）拖到这里，或选择文件夹。先试合并，看清每个文件的结果，再写入。")),
			container.NewCenter(look.Across(look.Gap2, files, one, batches)))
		return container.NewCenter(say)
	}
	bar := look.Toolbar(look.Gap2, files, one, batches, look.Stretch(), v.outcomeFilter())
	foot := look.Bold("")
	table := v.fileTable(foot)
	drop := look.NewButton(i18n.T("放弃"), func() { v.clear(); v.refresh() })
	if v.staging.Applied {
		drop.SetText(i18n.T("清空列表"))
		bar.Add(drop)
		if n := len(v.rest); n > 0 { // what was not wanted this time
			bar.Add(look.NewButton(i18n.T("再看剩下的 %d 个文件…", n), func() { v.receive(v.rest) }))
		}
	} else {
		all := look.NewButton(i18n.T("全选"), func() { v.staging.WantShown(true); v.refresh() })
		none := look.NewButton(i18n.T("全不选"), func() { v.staging.WantShown(false); v.refresh() })
		apply := look.NewButton(i18n.T("写入工作簿"), v.apply)
		apply.Importance = widget.HighImportance
		if paths, _ := v.staging.Wanted(); len(paths) == 0 {
			apply.Disable()
		}
		for _, b := range []fyne.CanvasObject{all, none, drop, apply} {
			bar.Add(b)
		}
	}
	top := look.Column(look.Gap1, bar)
	if old, err := v.s.desk.RosterWarning(); err == nil && old != "" {
		top.Add(look.NewPara(old).In(look.Waiting))
	}
	return container.NewBorder(look.InsetXY(0, look.Gap2, top), look.InsetXY(look.Gap1, look.Gap2, foot), nil, nil, table)
}

// outcomeFilter shows one outcome only, to look at what needs a person.
func (v *bureauView) outcomeFilter() fyne.CanvasObject {
	codes, words := v.staging.Outcomes()
	sel := look.NewSelect(append([]string{i18n.T("全部结果")}, words...), nil)
	sel.SetSelectedIndex(0)
	for i, c := range codes {
		if c == v.staging.Only {
			sel.SetSelectedIndex(i + 1)
		}
	}
	sel.OnChanged = func(string) {
		v.staging.Only = ""
		if i := sel.SelectedIndex(); i > 0 {
			v.staging.Only = codes[i-1]
		}
		v.refresh()
	}
	return sel
}

// fileColumns are as wide as the words for an outcome need.
func fileColumns() []float32 {
	var words []string
	for _, code := range []string{"merged", "identical", "conflict", "quarantined", "refused", "skipped"} {
		words = append(words, "● "+model.OutcomeWord(code))
	}
	return []float32{28, look.WidthOf(fyne.TextStyle{Bold: true}, words...) + look.Gap1, 150, 80, 44, 64, 64, 84, 70, 0}
}

const (
	fileRowHeight = 32
	fileLine      = 20 // of a detail
)

// fileTable is the list of files; only rows in sight exist as widgets.
func (v *bureauView) fileTable(foot *look.Text) fyne.CanvasObject {
	rows := v.staging.Rows()
	list := widget.NewList(func() int { return len(rows) }, newFileRow, nil)
	tell := func() {
		foot.Set(v.staging.Totals())
	}
	list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		rows[i].Wanted = v.staging.Wants(rows[i].Source)
		v.fillFileRow(rows[i], o, func() { tell(); list.Refresh() })
	}
	size := func(i int) {
		h := float32(fileRowHeight)
		if v.staging.Open[rows[i].Path] {
			h += float32(len(rows[i].Details()))*fileLine + look.Gap2
		}
		list.SetItemHeight(i, h)
	}
	for i := range rows {
		if v.staging.Open[rows[i].Path] {
			size(i)
		}
	}
	list.OnSelected = func(i widget.ListItemID) {
		list.UnselectAll()
		v.staging.Open[rows[i].Path] = !v.staging.Open[rows[i].Path]
		size(i)
		list.RefreshItem(i)
	}
	tell()
	head := container.NewVBox(look.InsetXY(look.Gap1, look.Gap1, look.Grid(fileColumns(), fileHead()...)), look.HLine())
	return look.Card(container.NewBorder(head, nil, nil, nil, list))
}

func fileHead() []fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for i, w := range []string{"", i18n.T("结果"), i18n.T("单位"), i18n.T("检查员"), i18n.T("版次"), i18n.T("原总分"), i18n.T("总分"), i18n.T("名次"), i18n.T("等级"), i18n.T("文件与说明")} {
		t := look.Small(w)
		if i >= 4 && i <= 6 {
			t.Align = fyne.TextAlignTrailing
		}
		cells = append(cells, t)
	}
	return cells
}

func newFileRow() fyne.CanvasObject {
	line := look.Grid(fileColumns(), look.NewCheck("", nil), look.Bold(""), look.NewText("").Elided(), look.NewText("").Elided(),
		look.Number(""), look.Number("").In(look.Secondary), look.Number(""), look.Small(""), look.Small(""), look.Small("").Elided())
	return container.NewBorder(look.Fixed(0, fileRowHeight-8, look.InsetXY(look.Gap1, 0, line)), nil, nil, nil, look.Column(2))
}

var outcomeRoles = map[string]look.Role{"merged": look.Gained, "identical": look.Secondary, "conflict": look.Waiting,
	"quarantined": look.Waiting, "refused": look.Lost, "skipped": look.Secondary}

func (v *bureauView) fillFileRow(r model.FileRow, o fyne.CanvasObject, changed func()) {
	parts := o.(*fyne.Container).Objects // of a border: what is inside, then what is above
	more := parts[0].(*fyne.Container)
	line := parts[1].(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	tick := line[0].(*look.Check)
	tick.OnChanged = nil
	tick.SetChecked(r.Wanted)
	if tick.OnChanged = func(on bool) { v.staging.Want(r.Source, on); changed() }; v.staging.Applied {
		tick.Disable()
	} else {
		tick.Enable()
	}
	for i, words := range []string{r.Glyph + " " + r.Word, r.Unit, r.Inspector, r.Revision, r.Before, r.Value, r.Move, r.Band, model.Spaced(r.What, r.File, r.Reason)} {
		line[i+1].(*look.Text).Set(words)
	}
	line[1].(*look.Text).SetIn(r.Glyph+" "+r.Word, outcomeRoles[r.Outcome])
	more.RemoveAll()
	if !v.staging.Open[r.Path] {
		return
	}
	for _, text := range r.Details() {
		more.Add(look.InsetXY(look.Gap6+look.Gap2, 0, look.Small(text).Elided()))
	}
}

// clear begins an empty pile.
func (v *bureauView) clear() { v.staging, v.paths, v.rest = model.NewStaging(nil), nil, nil }
