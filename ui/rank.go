package ui

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	ways *fyne.Container // a button each
	body *fyne.Container
}

func (v *bureauView) rankView() fyne.CanvasObject {
	if v.ranking.Empty() {
		return container.NewCenter(look.NewText(i18n.T("还没有可排名的结果。请先接收评分表。")))
	}
	p := &rankPage{v: v, body: container.NewStack()}
	if v.rank != nil {
		p.kind, p.how = v.rank.kind, v.rank.how // as a person left it
	}
	v.rank = p
	kinds := v.ranking.Kinds()
	if !slices.Contains(kinds, p.kind) {
		p.kind = "" // of another round
	}
	words := []string{i18n.T("全部类别")}
	for _, k := range kinds {
		words = append(words, model.KindWord(k))
	}
	sel := look.NewSelect(words, nil)
	sel.SetSelectedIndex(slices.Index(kinds, p.kind) + 1)
	sel.OnChanged = func(string) {
		p.kind = ""
		if i := sel.SelectedIndex(); i > 0 {
			p.kind = kinds[i-1]
		}
		p.show()
	}
	ways := []string{i18n.T("名次表"), i18n.T("失分热力图"), i18n.T("总分图")}
	p.ways = oneOf(ways, p.how, func(i int) { p.how = i; p.show() })
	how := look.Across(look.Gap2, p.ways.Objects...) // beside the choice, not below one another
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
		o = p.bars(rows)
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

// bars is the totals as bars, the best first, each with its figure.
func (p *rankPage) bars(rows []desk.RankRow) fyne.CanvasObject {
	table, shares := model.BarTable(rows)
	t := &dataTable{s: p.v.s, t: table}
	t.chips = func(column int, l model.Line) []fyne.CanvasObject {
		if column != model.RankBar {
			return nil
		}
		if l.Cells == nil {
			return []fyne.CanvasObject{}
		}
		return []fyne.CanvasObject{look.NewBar(shares[l.Place], look.Act)}
	}
	tools := t.tools(i18n.T("全部等级"), func(band string) string { return band })
	p.v.find = t.find
	return container.NewBorder(look.InsetXY(0, look.Gap2, tools), nil, nil, nil, t.view())
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
