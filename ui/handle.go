package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// handlePlace is where a person is on 办理; it stays while acts are signed.
type handlePlace struct {
	view   string
	matter model.Matter
}

// handlePage is 办理: what follows the results until it is settled. A table at the
// left, and beside it all that is known of the chosen line and what can be done.
type handlePage struct {
	v          *bureauView
	m          *model.Handling
	body, side *fyne.Container
}

func (v *bureauView) handleView() fyne.CanvasObject {
	return v.afterFiles(i18n.T("评分以后的事在这里办：送达、异议、复核裁定、退回、整改、线索。先接收评分表。"), func(place *fyne.Container) {
		v.withHandling(func() {
			p := &handlePage{v: v, m: v.handling, body: container.NewStack(), side: container.NewStack()}
			place.Objects = []fyne.CanvasObject{p.view()}
			place.Refresh()
		})
	})
}

// withHandling reads what followed the results.
func (v *bureauView) withHandling(then func()) {
	if v.handling != nil {
		then()
		return
	}
	v.withLeads(func(leads map[string][]desk.Lead) {
		code := v.s.round.Code
		v.read(i18n.T("查看办理情况"), func(context.Context, desk.Progress) (err error) {
			v.handling, err = model.LoadHandling(v.s.desk, code, leads)
			return err
		}, then)
	})
}

func (p *handlePage) view() fyne.CanvasObject {
	names, words := p.m.HandleViews()
	if p.v.handleAt.view == "" {
		p.v.handleAt.view = names[0]
	}
	pick := oneOf(words, model.Place(names, p.v.handleAt.view), func(i int) {
		p.v.handleAt = handlePlace{view: names[i]}
		p.show()
	})
	p.show()
	side := look.Fixed(sideWide, 0, look.Card(container.NewVScroll(p.side)))
	beside := container.NewBorder(nil, nil, look.Fixed(look.Gap2, 0, look.NewFill("")), nil, side)
	return container.NewBorder(look.InsetXY(0, look.Gap1, pick), nil, nil, beside, p.body)
}

// show lays out the view with its table, and the details of the line that was
// chosen in it.
func (p *handlePage) show() {
	view := p.v.handleAt.view
	t := &dataTable{s: p.v.s, t: p.m.Table(view), chosen: true, empty: emptyHandle(view)}
	t.open = func(l model.Line) { p.choose(p.m.Matter(l)) }
	word := map[string]func(string) string{model.HandleServed: model.ServedWord, model.HandleReturns: model.ReturnWord}[view]
	if word == nil {
		word = model.HandleWord
	}
	tools := t.tools(i18n.T("全部"), word)
	p.v.find = t.find
	for _, b := range p.buttons(view) {
		tools.Add(b)
	}
	table := t.view()
	top := look.Column(look.Gap1, tools)
	if view == model.HandleServed {
		limit := look.Small(p.m.LimitWords())
		if p.m.Limit.Days == 0 {
			limit.Role = look.Waiting
		}
		set := look.NewButton(i18n.T("设定异议期限…"), p.v.askLimit)
		set.Importance = widget.LowImportance
		top.Add(look.Across(look.Gap2, look.Middle(limit), set))
	}
	p.body.Objects = []fyne.CanvasObject{container.NewBorder(look.InsetXY(0, look.Gap1, top), nil, nil, nil, table)}
	p.body.Refresh()
	if at := p.m.Line(p.v.handleAt.matter); at >= 0 {
		t.choose(at, table)
	}
	p.details()
}

// emptyHandle says what a view is for when it has no line.
func emptyHandle(view string) string {
	switch view {
	case model.HandleServed:
		return i18n.T("还没有能送达的结果。")
	case model.HandleReturns:
		return i18n.T("没有退回过评分表。要退回，在“送达与异议”里选一个单位。")
	case model.HandleRectify:
		return i18n.T("没有发过整改通知。要发，在“送达与异议”里选一个单位。")
	case model.HandleLeads:
		return i18n.T("没有线索。检查时发现由其他单位负责的问题，会列在这里，并随下一轮任务包带过去。")
	}
	return i18n.T("没有未办结的事。")
}

// buttons are what a whole view offers.
func (p *handlePage) buttons(view string) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	switch view {
	case model.HandleServed:
		if n := len(p.m.Unserved()); n > 1 {
			out = append(out, look.NewButton(i18n.T("登记送达 %d 个单位…", n), p.serveAll))
		}
		out = append(out, look.NewButton(i18n.T("签回执…"), p.v.askReceipts))
	case model.HandleRectify:
		out = append(out, look.NewIconButton(i18n.T("销号台账…"), theme.DocumentSaveIcon(), p.v.askClearance))
	case model.HandleOpen:
		out = append(out, look.NewIconButton(i18n.T("导出行为记录…"), theme.DocumentSaveIcon(), p.v.askExportActs))
	}
	return out
}

func (p *handlePage) choose(m model.Matter) {
	p.v.handleAt.matter = m
	p.details()
}

// details is all that is known of the chosen line, under it what can be done.
func (p *handlePage) details() {
	m := p.v.handleAt.matter
	a, ok := p.m.About(m)
	var o fyne.CanvasObject = look.Note(i18n.T("选一行，看它的经过和能办的事。"))
	if ok && p.m.Line(m) >= 0 {
		o = aboutView(a, p.opinions(m), func(d model.Deed) { p.do(d, m, a) })
	}
	p.side.Objects = []fyne.CanvasObject{o}
	p.side.Refresh()
}

// opinions are what the unit said of its sheets.
func (p *handlePage) opinions(m model.Matter) []model.Fact {
	if m.Kind != model.MatterSheet {
		return nil
	}
	list, err := p.v.s.desk.Opinions(p.v.s.round.Code, m.Unit)
	if err != nil {
		return []model.Fact{{Word: i18n.T("单位意见"), Text: i18n.Person(err), Accent: string(look.Lost)}}
	}
	return model.OpinionFacts(list)
}

// do does one deed about a matter.
func (p *handlePage) do(d model.Deed, m model.Matter, a model.About) {
	do := map[model.Deed]func(){
		model.DeedServe:    func() { p.v.acts().askServe(m, nil) },
		model.DeedObject:   func() { p.v.acts().askObjection(p.m.ServedOn(m.Unit), m, nil) },
		model.DeedRule:     func() { p.v.askRuling(p.m.Objection(m.ID)) },
		model.DeedRevise:   func() { p.v.revise(p.m.Objection(m.ID)) },
		model.DeedReturn:   func() { p.v.acts().askReturn(m, nil) },
		model.DeedPack:     func() { p.v.askPack(a) },
		model.DeedNotice:   p.notice(m),
		model.DeedExtend:   func() { p.v.acts().askExtend(p.m.Item(m.ID), nil) },
		model.DeedForm:     func() { p.v.saveAnswerForm(p.m.Item(m.ID)) },
		model.DeedRead:     func() { p.v.readAnswer(p.m.Item(m.ID)) },
		model.DeedAnswer:   func() { p.v.acts().askAnswer(p.m.Item(m.ID), nil) },
		model.DeedRecheck:  func() { p.v.acts().askRecheck(p.m.Item(m.ID), nil) },
		model.DeedAmend:    func() { p.v.acts().askAmend(a.Amends) },
		model.DeedApprove:  func() { p.v.askApproval(a.Title, m.ID) },
		model.DeedPaper:    func() { p.v.askPaper(p.m, m) },
		model.DeedScans:    func() { p.v.s.saveScans(a.Files) },
		model.DeedTimeline: func() { p.v.s.showTimeline(m.Unit) },
	}[d]
	do()
}

// notice demands of a unit to put findings right; the ledger of items is shown then.
func (p *handlePage) notice(m model.Matter) func() {
	return func() {
		p.v.acts().askNotice(m, nil, func() { p.v.handleAt = handlePlace{view: model.HandleRectify}; p.v.refresh() })
	}
}
