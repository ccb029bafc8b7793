package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// openRows are what the visit begins with: what the bureau sent back, items of
// earlier rounds that are still open, and leads from other units. Each opens its
// indicator.
func (v *walkView) openRows() fyne.CanvasObject {
	v.first = container.NewStack()
	v.showOpen()
	return v.first
}

// showOpen reads the rows. The leads of a large bureau's earlier rounds are long to
// read: they come when they are there.
func (v *walkView) showOpen() {
	d, round, unit := v.s.desk, v.in.Round().Code, v.in.Record().Unit.Code
	wanted, err := d.WantedAgain(round, unit)
	var items []desk.RectifyItem
	if err == nil {
		items, err = d.OpenItems(unit)
	}
	show := func(leads []desk.Lead, err error) {
		rows := []fyne.CanvasObject{look.Note(i18n.Person(err))}
		if err == nil {
			rows = v.openLines(model.OpenLines(wanted, items, leads, d.Today()))
		}
		v.first.Objects = []fyne.CanvasObject{look.Column(1, rows...)}
		v.first.Hidden = len(rows) == 0
		v.first.Refresh()
	}
	if units, _ := d.Units(); err != nil || !d.IsBureau() || len(units) <= quickHeads {
		var leads []desk.Lead
		if err == nil {
			leads, err = d.OpenLeads(round, unit)
		}
		show(leads, err)
		return
	}
	show(nil, nil)
	var leads []desk.Lead
	v.s.run(job{title: i18n.T("查看各单位的线索"), work: func(context.Context, desk.Progress) (err error) { leads, err = d.OpenLeads(round, unit); return err },
		done: func(err error) { show(leads, err) }})
}

func (v *walkView) openLines(lines []model.OpenLine) []fyne.CanvasObject {
	if len(lines) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{look.InsetXY(look.Gap1, look.Gap1, look.Bold(i18n.T("先看这些（%d）", len(lines))))}
	for _, l := range lines {
		role := look.Waiting
		if l.Over {
			role = look.Lost
		}
		var row fyne.CanvasObject = look.NewRow(look.Small(l.Words).In(role).Elided(), func() { v.open(l.Code) })
		if l.Item != nil {
			b := look.NewButton(i18n.T("办理…"), func() { v.handleItem(l.Item) })
			b.Importance = widget.LowImportance
			row = container.NewBorder(nil, nil, nil, b, row)
		}
		out = append(out, row)
	}
	return append(out, look.HLine())
}

// handleItem tells all of an item that is to be put right and enters what was found
// when looking again, or what the unit says it did: a team may sign both.
func (v *walkView) handleItem(i *desk.RectifyItem) {
	a := model.AboutItem(i, v.s.desk.Today())
	box := look.Column(look.Gap2)
	for _, f := range a.Facts {
		box.Add(factRow(f))
	}
	do := acts{s: v.s, team: !v.s.desk.IsBureau(), changed: func(said string) { v.showOpen(); v.s.toast(said) }}
	d := look.NewDialog(v.s.win, a.Title, v.s.fitting(formWidth, box)).Reading(i18n.T("关闭"))
	add := func(deed model.Deed, ask func()) {
		d.Aside(look.NewButton(model.DeedWord(deed), func() { d.Hide(); ask() }))
	}
	add(model.DeedRecheck, func() { do.askRecheck(i, nil) })
	add(model.DeedAnswer, func() { do.askAnswer(i, nil) })
	if mine := model.ForTeam(a.Amends, do.team); len(mine) > 0 {
		add(model.DeedAmend, func() { do.askAmend(mine) })
	}
	d.Show()
}
