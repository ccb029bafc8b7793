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
	bar := look.Toolbar(look.Gap2, files, one, batches, look.Stretch())
	v.write, v.foot = nil, look.Bold(v.staging.Totals())
	table, tools := v.fileTable()
	v.find = table.find
	v.fileButtons(bar, table)
	top := look.Column(look.Gap1, bar, tools)
	if words := v.staging.Before(); words != "" {
		top.Add(look.NewPara(words))
	}
	if old, err := v.s.desk.RosterWarning(); err == nil && old != "" {
		top.Add(look.NewPara(old).In(look.Waiting))
	}
	return container.NewBorder(look.InsetXY(0, look.Gap2, top), look.InsetXY(look.Gap1, look.Gap2, v.foot), nil, nil, table.view())
}

// fileButtons are what can be done with the files of the table.
func (v *bureauView) fileButtons(bar *fyne.Container, table *dataTable) {
	drop := look.NewButton(i18n.T("放弃"), func() { v.clear(); v.refresh() })
	if v.staging.Applied {
		drop.SetText(i18n.T("清空列表"))
		if len(v.paths) > 0 { // they could not be tried again by themselves
			bar.Add(look.NewButton(i18n.T("试合并其余 %d 个", len(v.paths)), func() { v.try(nil, nil) }))
		}
		bar.Add(drop)
		return
	}
	want := func(wanted bool) func() {
		return func() {
			rows := v.staging.Rows()
			for _, l := range table.shown {
				v.staging.Want(rows[l.Place].Source, wanted)
			}
			v.wanted(table)
		}
	}
	v.write = look.NewButton(i18n.T("写入工作簿"), v.apply)
	v.write.Importance = widget.HighImportance
	for _, b := range []fyne.CanvasObject{look.NewButton(i18n.T("全选"), want(true)), look.NewButton(i18n.T("全不选"), want(false)), drop, v.write} {
		bar.Add(b)
	}
	v.wanted(table)
}

// wanted shows what is ticked now.
func (v *bureauView) wanted(table *dataTable) {
	if paths, _ := v.staging.Wanted(); len(paths) > 0 {
		v.write.Enable()
	} else {
		v.write.Disable()
	}
	v.foot.Set(v.staging.Totals())
	if table.list != nil {
		table.refresh()
	}
}

// fileTable is the list of files with the fields to find some; only rows in sight
// exist as widgets.
func (v *bureauView) fileTable() (*dataTable, fyne.CanvasObject) {
	rows := v.staging.Rows()
	d := &dataTable{s: v.s, t: v.staging.Table(), empty: i18n.T("没有评分表，也没有名册或行为记录。")}
	d.details = func(l model.Line) []string { return rows[l.Place].Details() }
	d.ticks = &rowTicks{settled: v.staging.Applied,
		on:  func(l model.Line) bool { return v.staging.Wants(rows[l.Place].Source) },
		set: func(l model.Line, on bool) { v.staging.Want(rows[l.Place].Source, on); v.wanted(d) },
	}
	return d, d.tools(i18n.T("全部结果"), model.OutcomeWord)
}
