package ui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// overviewView is 总览, the first page of 汇总: how far the round is, and all
// that somebody has to do something about, each line leading to its place.
func (v *bureauView) overviewView() fyne.CanvasObject {
	if v.s.round.Code == "" {
		b := look.NewButton(i18n.T("新建检查轮次"), v.s.newRound)
		b.Importance = widget.HighImportance
		return container.NewCenter(look.Column(look.Gap2, look.NewText(i18n.T("这里看一轮的进展和要处理的事。先建一个检查轮次。")), container.NewCenter(b)))
	}
	place := container.NewStack()
	v.withLeads(func(leads map[string][]desk.Lead) {
		plan, err := v.s.desk.Plan(v.s.round.Code)
		if err != nil {
			v.s.fail(err)
			return
		}
		place.Objects = []fyne.CanvasObject{v.overviewBody(model.NewOverview(v.overview, leads, plan.TeamOf))}
		place.Refresh()
	})
	return place
}

// withLeads gives the leads of the round; they stand in the records, so a large
// round takes a while.
func (v *bureauView) withLeads(then func(map[string][]desk.Lead)) {
	if v.leads != nil {
		then(v.leads)
		return
	}
	if v.overview.Received == 0 {
		then(nil)
		return
	}
	code := v.s.round.Code
	v.read(i18n.T("查看各单位的线索"), func(context.Context, desk.Progress) (err error) { v.leads, err = v.s.desk.Leads(code); return err },
		func() { then(v.leads) })
}

func (v *bureauView) overviewBody(o *model.Overview) fyne.CanvasObject {
	t := &dataTable{s: v.s, t: o.Table(), empty: i18n.T("没有要处理的事：都已交齐，没有冲突、暂定和线索。")}
	t.open = func(l model.Line) { v.handle(o.Goes(l)) }
	tools := t.tools(i18n.T("全部事项"), model.OpenWord)
	v.find = t.find
	top := look.Column(look.Gap2, v.overviewHead(o), tools)
	return container.NewBorder(look.InsetXY(0, look.Gap2, top), nil, nil, nil, t.view())
}

// overviewHead is the progress of the round with its figures and teams.
func (v *bureauView) overviewHead(o *model.Overview) fyne.CanvasObject {
	received, expected := o.Done()
	line := look.Across(look.Gap3, look.Middle(look.Head(i18n.T("已收 %d／%d", received, expected))), look.Middle(look.Fixed(200, 0, look.NewBar(share(received, expected), look.Act))))
	for _, f := range o.Figures() {
		number := look.Head(strconv.Itoa(f.Count))
		if f.Count > 0 && f.Group != model.OpenLead {
			number.Role = look.Waiting
		}
		line.Add(look.Middle(look.Across(look.Gap1, look.Middle(look.Small(model.OpenWord(f.Group))), number)))
	}
	box := look.Column(look.Gap1, line)
	if words := o.Elsewhere(); words != "" {
		box.Add(look.Small(words))
	}
	for _, t := range o.Teams() {
		box.Add(look.Small(t).Elided())
	}
	return look.Card(box)
}

// handle goes to where a line is handled, with its unit chosen or looked for.
func (v *bureauView) handle(p model.OpenPlace) {
	if p.Page == "" {
		v.s.toast(i18n.T("这一项在这里没有要做的"))
		return
	}
	if p.View != "" {
		v.handleAt = handlePlace{view: p.View, matter: p.Matter}
	}
	v.choose(p.Page)
	if p.View == "" && v.find != nil {
		v.find.SetText(p.Unit)
	}
}
