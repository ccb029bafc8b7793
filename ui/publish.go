package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// publishPage is 发布: in words how far the round is and what stands against it, and
// the steps 拟稿, 审核, 签发, 发布 of a frozen snapshot.
type publishPage struct {
	v          *bureauView
	m          *model.Publishing
	body, side *fyne.Container
}

func (v *bureauView) publishView() fyne.CanvasObject {
	return v.afterFiles(i18n.T("一轮的结果在这里报批、发布、更正。先接收评分表。"), func(place *fyne.Container) {
		v.withPublishing(func() {
			p := &publishPage{v: v, m: v.publishing, body: container.NewStack(), side: container.NewStack()}
			place.Objects = []fyne.CanvasObject{p.view()}
			place.Refresh()
		})
	})
}

// withPublishing reads how far the publication is.
func (v *bureauView) withPublishing(then func()) {
	if v.publishing != nil {
		then()
		return
	}
	code := v.s.round.Code
	v.read(i18n.T("查看发布情况"), func(context.Context, desk.Progress) (err error) {
		v.publishing, err = model.LoadPublishing(v.s.desk, code)
		return err
	}, then)
}

func (p *publishPage) view() fyne.CanvasObject {
	names, words := p.m.Views()
	if p.v.publishAt.view == "" {
		p.v.publishAt.view = names[0]
	}
	pick := oneOf(words, model.Place(names, p.v.publishAt.view), func(i int) {
		p.v.publishAt = handlePlace{view: names[i]}
		p.show()
	})
	state := look.Column(look.Gap1)
	for _, f := range p.m.State() {
		state.Add(factRow(f))
	}
	p.show()
	side := look.Fixed(sideWide, 0, look.Card(container.NewVScroll(p.side)))
	beside := container.NewBorder(nil, nil, look.Fixed(look.Gap2, 0, look.NewFill("")), nil, side)
	return container.NewBorder(look.Column(look.Gap1, look.Card(state), pick), nil, nil, beside, p.body)
}

// show lays out the view with its table, and beside it the chosen line, or what the
// round waits for.
func (p *publishPage) show() {
	view := p.v.publishAt.view
	t := &dataTable{s: p.v.s, t: p.m.Table(view), chosen: view != model.PublishBlockers, empty: emptyPublish(view)}
	t.open = func(l model.Line) { p.open(view, l) }
	tools := t.tools(i18n.T("全部"), model.HandleWord)
	p.v.find = t.find
	switch view {
	case model.PublishChanges:
		tools.Add(look.NewIconButton(i18n.T("调整榜单…"), theme.ContentAddIcon(), p.v.askListUnit))
	case model.PublishBlockers:
		if p.m.Outlook.NoLimit {
			tools.Add(look.NewButton(i18n.T("设定异议期限…"), p.v.askLimit))
		}
	}
	table := t.view()
	p.body.Objects = []fyne.CanvasObject{container.NewBorder(look.InsetXY(0, look.Gap1, tools), nil, nil, nil, table)}
	p.body.Refresh()
	if at := p.m.Line(p.v.publishAt.matter); at >= 0 && t.chosen {
		t.choose(at, table)
	}
	p.details()
}

// open goes to where a blocker is dealt with, or shows a line beside the table.
func (p *publishPage) open(view string, l model.Line) {
	if view == model.PublishBlockers {
		page, to := model.BlockerPage(p.m.Blocker(l).Kind)
		p.v.goView(page, to)
		return
	}
	m := p.m.Matter(l)
	if m.Kind == model.MatterSheet {
		p.v.s.showTimeline(m.Unit)
		return
	}
	p.v.publishAt.matter = m
	p.details()
}

// goView shows a page at one of its views.
func (v *bureauView) goView(page, view string) {
	switch page {
	case "handle":
		v.handleAt = handlePlace{view: view}
	case "publish":
		v.publishAt = handlePlace{view: view}
	}
	v.choose(page)
	v.refresh()
}

// emptyPublish says what a view is for when it has no line.
func emptyPublish(view string) string {
	switch view {
	case model.PublishChanges:
		return i18n.T("没有人工调整过榜单。调整要写理由，有审批才算数。")
	case model.PublishDrafts:
		return i18n.T("还没有拟过稿。")
	case model.PublishDone:
		return i18n.T("还没有发布过。")
	case model.PublishCorrected:
		return i18n.T("现在的结果与发布的相同，没有要更正的。")
	}
	return i18n.T("没有挡着发布的。")
}

func (p *publishPage) details() {
	m := p.v.publishAt.matter
	if m == (model.Matter{}) {
		m = p.m.Now()
	}
	a := p.m.About(m)
	p.side.Objects = []fyne.CanvasObject{aboutView(a, nil, func(d model.Deed) { p.do(d, m, a) })}
	p.side.Refresh()
}

// do does one deed about a matter.
func (p *publishPage) do(d model.Deed, m model.Matter, a model.About) {
	do := map[model.Deed]func(){
		model.DeedDraft:    func() { p.v.askDraft(p.m, "") },
		model.DeedCorrect:  func() { p.v.askDraft(p.m, p.m.Current.Hash) },
		model.DeedReview:   func() { p.v.askReview(p.m.Draft(m.ID)) },
		model.DeedIssue:    func() { p.v.askIssue(p.m.Draft(m.ID)) },
		model.DeedPublish:  func() { p.v.askPublish(p.m.Draft(m.ID)) },
		model.DeedPaper:    func() { p.v.askApprovalSheet(p.m.Draft(m.ID)) },
		model.DeedSnapshot: func() { p.v.saveSnapshot(p.m.Draft(m.ID)) },
		model.DeedApprove:  func() { p.v.askApproval(a.Title, m.ID) },
		model.DeedBulletin: func() { p.v.askBulletin(p.m) },
		model.DeedArchive:  p.v.s.askArchive,
		model.DeedPack:     func() { p.v.askPack(a) },
		model.DeedScans:    func() { p.v.s.saveScans(a.Files) },
		model.DeedTimeline: func() { p.v.s.showTimeline(m.Unit) },
	}[d]
	do()
}
