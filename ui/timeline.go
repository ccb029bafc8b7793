package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// timelineView is 全过程 of a unit: each sheet and each act, who, what, which file;
// of this round or of all.
type timelineView struct {
	s    *shell
	unit string
	name string
	all  bool // rounds
	back screen
	find *ime.Entry
	body *fyne.Container
}

// showTimeline shows all that is known of a unit; going back leads to where it was
// asked for.
func (s *shell) showTimeline(unit string) {
	s.show(&timelineView{s: s, unit: unit, name: s.unitName(unit), back: s.screen})
}

func (v *timelineView) title() string { return i18n.T("全过程 · %s", v.name) }
func (v *timelineView) leave()        {}

func (v *timelineView) view() fyne.CanvasObject {
	v.body = container.NewStack()
	v.show()
	return look.Inset(look.Gap4, v.body)
}

func (v *timelineView) show() {
	round := v.s.round.Code
	if v.all {
		round = ""
	}
	events, err := v.s.desk.Timeline(round, v.unit)
	if err != nil {
		v.body.Objects = []fyne.CanvasObject{look.NewPara(i18n.Person(err)).In(look.Lost)}
		v.body.Refresh()
		return
	}
	m := model.NewTimeline(events)
	t := &dataTable{s: v.s, t: m.Table(), empty: i18n.T("这个单位在这里还没有评分表，也没有行为记录。")}
	t.open = func(l model.Line) { v.s.showEvent(m, v.amendable(m.Event(l)), v.acts().amend) }
	tools := t.tools(i18n.T("全部事项"), model.HandleWord)
	v.find = t.find
	at := 0
	if v.all {
		at = 1
	}
	which := oneOf([]string{i18n.T("本轮"), i18n.T("全部轮次")}, at, func(i int) { v.all = i == 1; v.show() })
	back := look.NewButton(i18n.T("返回"), func() { v.s.show(v.back) })
	tools.Objects = append([]fyne.CanvasObject{back, look.Across(look.Gap2, which.Objects...)}, tools.Objects...)
	v.body.Objects = []fyne.CanvasObject{container.NewBorder(look.InsetXY(0, look.Gap2, tools), nil, nil, nil, t.view())}
	v.body.Refresh()
}

// amendable leaves a team only what it may enter again.
func (v *timelineView) amendable(e desk.Event) desk.Event {
	e.Amends = e.Amends && (v.s.desk.IsBureau() || inspection.ActKind(e.Kind).ForInspectors())
	return e
}

// acts are those of the timeline: what it came from is read anew, too.
func (v *timelineView) acts() acts {
	return acts{s: v.s, team: !v.s.desk.IsBureau(), changed: func(said string) {
		if b, ok := v.back.(*bureauView); ok {
			if err := b.load(); err != nil {
				v.s.fail(err)
			}
		}
		v.show()
		v.s.toast(said)
	}}
}

// showEvent shows one event whole, with its files; again enters a wrong one anew.
func (s *shell) showEvent(m *model.Timeline, e desk.Event, again func(hash string)) {
	box := look.Column(look.Gap2)
	for _, f := range m.Facts(e) {
		words := look.NewPara(f.Text)
		if f.Accent != "" {
			words.In(look.Role(f.Accent))
		}
		box.Add(pair(f.Word, words))
	}
	d := look.NewDialog(s.win, e.Word, look.Fixed(640, 0, box)).Reading(i18n.T("关闭"))
	if e.File != "" {
		d.Aside(look.NewButton(i18n.T("打开 PDF"), func() { s.openPath(e.File) }))
	}
	if e.Amends {
		d.Aside(look.NewButton(model.DeedWord(model.DeedAmend), func() { d.Hide(); again(e.Hash) }))
	}
	if len(e.Files) > 0 {
		d.Aside(look.NewButton(i18n.T("附件另存…"), func() { d.Hide(); s.saveScans(e.Files) }))
	}
	d.Show()
}
