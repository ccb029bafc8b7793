package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// heatView is what each unit lost under each indicator: figures in cells, a
// deeper ground for more. Head row and head column stay while it scrolls; a click
// on a head sorts by it. The last row is what all units lost together.
func (v *bureauView) heatView(h *desk.Heat) fyne.CanvasObject {
	d := &dataTable{s: v.s, t: model.HeatTable(h)}
	tools := d.tools("", nil)
	v.find = d.find
	t := widget.NewTableWithHeaders(func() (int, int) { return len(d.shown) + 1, len(h.Columns) }, func() fyne.CanvasObject { return look.NewHeatCell() },
		func(at widget.TableCellID, o fyne.CanvasObject) {
			cell := o.(*look.HeatCell)
			if at.Row >= len(d.shown) {
				cell.Set(model.HeatFoot(h.Columns[at.Col]), 0, true)
				return
			}
			x := h.Rows[d.shown[at.Row].Place].Cells[at.Col]
			cell.Set(model.HeatWords(x), x.Level, false)
		})
	d.drawn = t.Refresh
	sort := func(column int) func() { return func() { d.t.Sort(column); d.refresh() } }
	t.CreateHeader = func() fyne.CanvasObject {
		return look.InsetXY(look.Gap1, 2, container.NewStack(look.NewText("").Elided(), look.NewSortHead("", false, nil)))
	}
	t.UpdateHeader = func(at widget.TableCellID, o fyne.CanvasObject) {
		both := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
		text, head := both[0].(*look.Text), both[1].(*look.SortHead)
		if at.Row >= 0 {
			head.Hide()
			text.Show()
			text.Set(heatUnit(h, d.shown, at.Row))
			return
		}
		column := model.HeatUnit
		head.Align = fyne.TextAlignLeading
		if at.Col >= 0 {
			column, head.Align = model.HeatColumnAt(at.Col), fyne.TextAlignTrailing
		}
		text.Hide()
		head.Show()
		head.OnTapped = sort(column)
		head.Set(d.t.Head(column))
	}
	t.SetColumnWidth(-1, 300)
	for i := range h.Columns {
		t.SetColumnWidth(i, 72)
	}
	d.refresh()
	says := look.Small(i18n.T("各单位在扣分指标上失的分；底色越深失分占分值越多，数字在格里。")).Elided()
	return container.NewBorder(look.InsetXY(0, look.Gap2, look.Column(look.Gap1, tools, says)), nil, nil, nil, look.Card(t))
}

// heatUnit is the head of a row.
func heatUnit(h *desk.Heat, shown []model.Line, row int) string {
	if row >= len(shown) {
		return i18n.T("合计失分")
	}
	r := h.Rows[shown[row].Place]
	return i18n.T("%d　%s　%s", r.Rank, r.Unit.Name, r.Value)
}
