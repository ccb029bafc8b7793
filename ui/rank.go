package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// rankPage is 排名: the ranking of the round by kind or over all, with red and
// black list and the movement since the last round, as a table, as a heat map of
// losses, or as bars.
type rankPage struct {
	v    *bureauView
	kind string
	how  int
	body *fyne.Container
}

func (v *bureauView) rankView() fyne.CanvasObject {
	if v.ranking.Empty() {
		return container.NewCenter(look.NewText(i18n.T("还没有可排名的结果。请先接收评分表。")))
	}
	p := &rankPage{v: v, body: container.NewStack()}
	kinds := v.ranking.Kinds()
	words := []string{i18n.T("全部类别")}
	for _, k := range kinds {
		words = append(words, model.KindWord(k))
	}
	sel := look.NewSelect(words, nil)
	sel.SetSelectedIndex(0)
	sel.OnChanged = func(string) {
		p.kind = ""
		if i := sel.SelectedIndex(); i > 0 {
			p.kind = kinds[i-1]
		}
		p.show()
	}
	ways := []string{i18n.T("名次表"), i18n.T("失分热力图"), i18n.T("总分图")}
	how := look.Across(look.Gap2, oneOf(ways, 0, func(i int) { p.how = i; p.show() }).Objects...) // beside the choice, not below one another
	p.show()
	top := look.Toolbar(look.Gap3, sel, look.Middle(look.Small(v.ranking.Summary())), look.Stretch(), how)
	return container.NewBorder(look.InsetXY(0, look.Gap2, top), nil, nil, nil, p.body)
}

// show fills the page for the chosen kind and way. Places and movement are
// counted within the kind.
func (p *rankPage) show() {
	d, code := p.v.s.desk, p.v.s.round.Code
	rows, err := d.Rank(code, p.kind)
	if err != nil {
		p.v.s.fail(err)
		return
	}
	p.v.find = nil
	var o fyne.CanvasObject
	switch p.how {
	case 1:
		h, err := d.Heat(context.Background(), code, p.kind)
		if err != nil {
			p.v.s.fail(err)
			return
		}
		o = p.v.heatView(h)
	case 2:
		o = barsView(model.Bars(rows))
	default:
		o = p.table(rows)
	}
	p.body.Objects = []fyne.CanvasObject{o}
	p.body.Refresh()
}

func (p *rankPage) table(rows []desk.RankRow) fyne.CanvasObject {
	t := &dataTable{s: p.v.s, t: model.RankTable(rows)}
	t.chips = func(column int, l model.Line) []fyne.CanvasObject {
		if column != model.RankLists {
			return nil
		}
		if l.Cells == nil {
			return []fyne.CanvasObject{}
		}
		return listChips(rows[l.Place].Lists)
	}
	t.open = func(l model.Line) { p.v.showTrend(rows[l.Place], p.kind) }
	tools := t.tools(i18n.T("全部榜单"), model.RankGroup)
	p.v.find = t.find
	return container.NewBorder(look.InsetXY(0, look.Gap2, tools), nil, nil, nil, t.view())
}

// barsView is the totals as bars, the best first, each with its figure.
func barsView(rows []model.BarRow) fyne.CanvasObject {
	columns := []float32{230, 0, 90, 70}
	list := widget.NewList(func() int { return len(rows) }, func() fyne.CanvasObject {
		return look.InsetXY(look.Gap1, 2, look.Grid(columns, look.NewText("").Elided(), look.NewBar(0, look.Act), look.Number(""), look.Small("")))
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		cell := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
		cell[0].(*look.Text).Set(rows[i].Name)
		cell[1].(*look.Bar).Set(rows[i].Share)
		cell[2].(*look.Text).Set(rows[i].Value)
		cell[3].(*look.Text).Set(rows[i].Band)
	})
	return look.Card(list)
}

// showTrend is one unit over the rounds.
func (v *bureauView) showTrend(r desk.RankRow, kind string) {
	points, err := v.s.desk.Trend(context.Background(), r.Unit.Code, kind)
	if err != nil {
		v.s.fail(err)
		return
	}
	c, err := v.s.desk.Compiled(v.s.round.RubricHash)
	if err != nil {
		v.s.fail(err)
		return
	}
	dots, marks := model.TrendPlot(points, c)
	var p []look.PlotPoint
	for _, x := range dots {
		p = append(p, look.PlotPoint(x))
	}
	var m []look.Mark
	for _, x := range marks {
		m = append(m, look.Mark(x))
	}
	box := look.Column(look.Gap2, look.NewText(i18n.T("%s　总分 %s　%s　%s", model.KindWord(r.Unit.Kind), r.Value, r.Band, r.Moved)),
		look.Note(i18n.T("历轮总分（名次／有名次的单位），横线是榜单的界限")), container.NewHScroll(look.Fixed(760, 260, look.NewPlot(p, m))))
	if r.Reason != "" {
		box.Add(look.NewPara(r.Reason).In(look.Waiting))
	}
	v.s.sheetWith(r.Unit.Name, look.Fixed(780, 0, box), look.NewButton(i18n.T("全过程…"), func() { v.s.showTimeline(r.Unit.Code) }))
}

// heatView is what each unit lost under each indicator: figures in cells, a
// deeper ground for more. Head row and head column stay while it scrolls.
func (v *bureauView) heatView(h *desk.Heat) fyne.CanvasObject {
	last := len(h.Rows)
	t := widget.NewTableWithHeaders(func() (int, int) { return last + 1, len(h.Columns) }, func() fyne.CanvasObject { return look.NewHeatCell() },
		func(at widget.TableCellID, o fyne.CanvasObject) {
			cell := o.(*look.HeatCell)
			if at.Row == last {
				cell.Set(model.HeatFoot(h.Columns[at.Col]), 0, true)
				return
			}
			x := h.Rows[at.Row].Cells[at.Col]
			cell.Set(model.HeatWords(x), x.Level, false)
		})
	t.CreateHeader = func() fyne.CanvasObject { return look.InsetXY(look.Gap1, 2, look.NewText("").Elided()) }
	t.UpdateHeader = func(at widget.TableCellID, o fyne.CanvasObject) {
		text := o.(*fyne.Container).Objects[0].(*look.Text)
		text.Align = fyne.TextAlignLeading
		switch {
		case at.Row < 0 && at.Col < 0:
			text.Set("")
		case at.Row < 0:
			text.Align = fyne.TextAlignTrailing
			text.Set(model.HeatHead(h.Columns[at.Col]))
		case at.Row == last:
			text.Set(i18n.T("合计失分"))
		default:
			r := h.Rows[at.Row]
			text.Set(i18n.T("%d　%s　%s", r.Rank, r.Unit.Name, r.Value))
		}
	}
	t.SetColumnWidth(-1, 300)
	for i := range h.Columns {
		t.SetColumnWidth(i, 72)
	}
	copyAll := look.NewIconButton(i18n.T("复制表格"), theme.ContentCopyIcon(), func() {
		v.s.app.Clipboard().SetContent(model.HeatTSV(h))
		v.s.toast(i18n.T("已复制 %d 行，可粘贴到 Excel", len(h.Rows)))
	})
	top := look.Across(look.Gap2, look.Middle(look.Small(i18n.T("各单位在扣分指标上失的分；底色越深失分占分值越多，数字在格里。"))), look.Stretch(), copyAll)
	return container.NewBorder(look.InsetXY(0, look.Gap2, top), nil, nil, nil, look.Card(t))
}

// askExport offers what can be written of the round.
func (v *bureauView) askExport() {
	if v.s.round.Code == "" {
		v.s.newRound()
		return
	}
	var d *look.Dialog
	box := look.Column(look.Gap2)
	for _, x := range []struct {
		word, says string
		do         func(dir string)
	}{
		{i18n.T("Excel 台账"), i18n.T("一个文件：排名、矩阵、明细、行文、佐证、行为、批次、日志和图表。"), func(dir string) {
			v.writeLedger(filepath.Join(dir, v.s.round.Code+i18n.T("台账")+".xlsx"), nil)
		}},
		{i18n.T("CSV 各表"), i18n.T("同样的内容，每张表一个文件；以 = + - @ 开头的文字前加 '，不会被当成公式。"), v.writeCSV},
		{i18n.T("评分表文件夹"), i18n.T("本轮有效的评分表，一个单位一个 PDF，按单位命名。"), v.writeCards},
	} {
		row := look.NewRow(look.Column(0, look.Bold(x.word), look.Note(x.says)), func() { d.Hide(); v.s.openFolder(x.word, x.do) })
		box.Add(row)
	}
	d = look.NewDialog(v.s.win, i18n.T("导出 %s", v.s.round.Title), look.Fixed(520, 0, box)).Cancel(i18n.T("关闭"), nil)
	d.Show()
}

func (v *bureauView) writeLedger(path string, then func()) {
	v.s.run(job{title: i18n.T("导出台账"),
		work: func(ctx context.Context, p desk.Progress) error {
			return v.s.desk.WriteLedger(ctx, v.s.round.Code, path, p)
		},
		done: v.written(func() string { return i18n.T("台账已写到 %s", path) }, then)})
}

func (v *bureauView) writeCSV(dir string) {
	n := 0
	v.s.run(job{title: i18n.T("导出台账"),
		work: func(ctx context.Context, p desk.Progress) error {
			names, err := v.s.desk.WriteLedgerCSV(ctx, v.s.round.Code, filepath.Join(dir, v.s.round.Code+"-csv"), p)
			n = len(names)
			return err
		},
		done: v.written(func() string { return i18n.T("%d 个 CSV 文件已写到 %s", n, dir) }, nil)})
}

func (v *bureauView) writeCards(dir string) {
	var r desk.CardsReport
	v.s.run(job{title: i18n.T("导出评分表"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			r, err = v.s.desk.WriteScorecards(ctx, v.s.round.Code, filepath.Join(dir, v.s.round.Code+i18n.T("评分表")), p)
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			box := look.Column(look.Gap2, look.NewPara(i18n.T("%d 份评分表已写到 %s", len(r.Written), r.Dir)))
			for _, m := range r.Missing {
				box.Add(look.Note(m.Unit.Name + "　" + m.Why))
			}
			v.s.sheet(i18n.T("导出评分表"), look.Fixed(560, 0, box))
		}})
}

// written says that something was written, or why not.
func (v *bureauView) written(says func() string, then func()) func(error) {
	return func(err error) {
		if err != nil {
			v.s.fail(err)
			return
		}
		v.s.toast(says())
		if then != nil {
			then()
		}
	}
}
