package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

var rankColumns = []float32{44, 0, 110, 84, 64, 56, 72, 220}

// rankView is the ranking of the round with red and black list and the
// movement since the last round.
func (v *bureauView) rankView() fyne.CanvasObject {
	if v.ranking.Empty() {
		return container.NewCenter(look.NewText(i18n.T("还没有可排名的结果。请先接收评分表。")))
	}
	body := container.NewStack()
	kinds := v.ranking.Kinds()
	words := []string{i18n.T("全部类别")}
	for _, k := range kinds {
		words = append(words, model.KindWord(k))
	}
	show := func(kind string) {
		body.Objects = []fyne.CanvasObject{rankList(v.ranking.Of(kind))}
		body.Refresh()
	}
	sel := widget.NewSelect(words, nil)
	sel.SetSelectedIndex(0)
	sel.OnChanged = func(string) {
		if i := sel.SelectedIndex(); i > 0 {
			show(kinds[i-1])
			return
		}
		show("")
	}
	show("")
	top := look.InsetXY(0, look.Gap2, look.Across(look.Gap3, sel, look.Middle(look.Small(v.ranking.Summary()))))
	return container.NewBorder(top, nil, nil, nil, body)
}

func rankList(rows []model.RankRow) fyne.CanvasObject {
	var heads []fyne.CanvasObject
	for i, w := range []string{i18n.T("名次"), i18n.T("单位"), i18n.T("类别"), i18n.T("总分"), i18n.T("等级"), i18n.T("榜单"), i18n.T("比上轮"), i18n.T("说明")} {
		t := look.Small(w)
		if i == 3 {
			t.Align = fyne.TextAlignTrailing
		}
		heads = append(heads, t)
	}
	list := widget.NewList(func() int { return len(rows) }, func() fyne.CanvasObject {
		return look.InsetXY(look.Gap1, look.Gap1, look.Grid(rankColumns, look.Bold(""), look.NewText("").Elided(), look.Small("").Elided(),
			boldNumber(), look.NewText(""), container.NewStack(), look.Small("").Elided(), look.Small("").In(look.Waiting).Elided()))
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		r := rows[i]
		cell := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
		for k, words := range []string{r.Rank, r.Unit, r.Kind, r.Value, r.Band, "", r.Moved, r.Reason} {
			if t, ok := cell[k].(*look.Text); ok {
				t.Set(words)
			}
		}
		chips := cell[5].(*fyne.Container)
		chips.Objects = listChips(r.Lists)
		chips.Refresh()
	})
	head := container.NewVBox(look.InsetXY(look.Gap1, look.Gap1, look.Grid(rankColumns, heads...)), look.HLine())
	return look.Card(container.NewBorder(head, nil, nil, nil, list))
}

func boldNumber() *look.Text {
	t := look.Number("")
	t.Bold = true
	return t
}

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

func (v *bureauView) askLedger() {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			v.writeLedger(filepath.Join(u.Path(), v.s.round.Code+i18n.T("台账")+".xlsx"), nil)
		}
	}, v.s.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

func (v *bureauView) writeLedger(path string, then func()) {
	v.s.run(job{title: i18n.T("导出台账"),
		work: func(ctx context.Context, p desk.Progress) error {
			return v.s.desk.WriteLedger(ctx, v.s.round.Code, path, p)
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			v.s.toast(i18n.T("台账已写到 %s", path))
			if then != nil {
				then()
			}
		}})
}
