package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// conflictsView lists the conflicts 冲突 of the round: who competes with what
// total, and in which indicators they differ. A click opens one side by side.
func (v *bureauView) conflictsView() fyne.CanvasObject {
	list, err := v.s.desk.Conflicts(v.s.round.Code)
	if err != nil {
		return look.NewPara(i18n.Person(err))
	}
	if len(list) == 0 {
		return container.NewCenter(look.NewText(i18n.T("没有冲突。同一单位有两份互不替代的评分表时，会列在这里，逐项选择，由汇总单位签发结果。")))
	}
	t := &dataTable{s: v.s, t: model.ConflictTable(list)}
	t.open = func(l model.Line) { v.s.openConflict(list[l.Place].Unit.Code) }
	tools := t.tools(i18n.T("全部类别"), model.KindWord)
	v.find = t.find
	return container.NewBorder(look.InsetXY(0, look.Gap2, tools), nil, nil, nil, t.view())
}

// openConflict shows one conflict side by side.
func (s *shell) openConflict(unit string) {
	st, err := s.desk.Settle(s.round.Code, unit, desk.Choices{})
	if err != nil {
		s.fail(err)
		return
	}
	m, err := model.NewConflict(s.desk, st)
	if err != nil {
		s.fail(err)
		return
	}
	s.show(&conflictView{s: s, m: m})
}

// mostRows is how many indicators are laid out at once; more come on request.
const mostRows = 40

// conflictView is one conflict: 共同祖先 | 甲 | 乙 | 采用, a row for each
// indicator that differs, and the total under the choices at the foot.
type conflictView struct {
	s     *shell
	m     *model.Conflict
	shown int
	rows  *fyne.Container
	foot  *fyne.Container
	box   *container.Scroll
}

func (v *conflictView) title() string {
	return i18n.T("冲突 · %s", v.m.Settlement().Unit.Name)
}

func (v *conflictView) leave() {}

func (v *conflictView) view() fyne.CanvasObject {
	v.rows, v.foot, v.shown = look.Column(look.Gap2), container.NewStack(), mostRows
	v.box = container.NewVScroll(v.rows)
	back := look.NewButton(i18n.T("返回冲突列表"), v.back)
	var names []string
	for i := range v.m.Settlement().Heads {
		names = append(names, v.m.HeadName(i))
	}
	follows := look.NewSelect(names, nil)
	follows.SetSelectedIndex(v.m.Follows)
	follows.OnChanged = func(string) { v.try(func() error { return v.m.Follow(follows.SelectedIndex()) }) }
	top := container.NewBorder(nil, nil, back, look.Across(look.Gap2, look.Middle(look.Small(i18n.T("检查时间和人员取自"))), look.Fixed(260, 0, follows)),
		look.Middle(look.Note(i18n.T("相同的指标不列；只有一组改过的先按它填好；两组改得不同的要选，写明理由。选择随时保存。"))))
	v.refresh()
	return look.Inset(look.Gap4, container.NewBorder(look.InsetXY(0, look.Gap1, top), v.foot, nil, nil,
		look.Card(container.NewBorder(container.NewVBox(container.New(topColumns{v.widths()}, v.heads()...), look.HLine()), nil, nil, nil, v.box))))
}

// widths give the ancestor, each head and the choice the same room.
func (v *conflictView) widths() []float32 {
	n := len(v.m.Settlement().Heads)
	wide := float32(1130-210) / float32(n+1)
	w := []float32{}
	for range n + 1 {
		w = append(w, wide)
	}
	return append(w, 0)
}

func (v *conflictView) heads() []fyne.CanvasObject {
	out := []fyne.CanvasObject{look.Bold(i18n.T("共同祖先"))}
	for i := range v.m.Settlement().Heads {
		out = append(out, look.Bold(v.m.HeadName(i)).Elided())
	}
	return append(out, look.Bold(i18n.T("采用")))
}

func (v *conflictView) refresh() {
	rows := v.m.Rows()
	v.rows.RemoveAll()
	if len(rows) == 0 {
		v.rows.Add(look.NewPara(i18n.T("各份内容相同。确认一次，就由汇总单位签发为一份结果。")))
	}
	for i, r := range rows {
		if i == v.shown {
			more := look.NewButton(i18n.T("还有 %d 项…", len(rows)-i), func() { v.shown += mostRows; v.refresh() })
			v.rows.Add(container.NewCenter(more))
			break
		}
		v.rows.Add(v.row(r))
		v.rows.Add(look.HLine())
	}
	v.foot.Objects = []fyne.CanvasObject{v.footView()}
	v.foot.Refresh()
}

func (v *conflictView) row(r model.ConflictRow) fyne.CanvasObject {
	head := look.Across(look.Gap2, look.Bold(r.Code+"　"+r.Title))
	word := look.Small("● " + r.Word).In(look.Gained)
	if r.Open {
		word = look.Small("○ " + r.Word).In(look.Waiting)
	}
	head.Add(look.Middle(word))
	cells := []fyne.CanvasObject{v.cell(r.Before, false)}
	for i, c := range r.Heads {
		cells = append(cells, v.cell(c, r.Pick.Take == i || r.Pick.Take == model.TakeNone && r.Proposed == i))
	}
	cells = append(cells, v.choice(r))
	return look.Column(look.Gap1, head, container.New(topColumns{v.widths()}, cells...))
}

// cell is what one record says; the one that stands has a soft ground.
func (v *conflictView) cell(c model.ConflictCell, stands bool) fyne.CanvasObject {
	box := look.Column(2)
	for _, line := range c.Lines {
		box.Add(look.NewPara(line))
	}
	if len(c.Evidence) > 0 {
		strip := look.Across(look.Gap1)
		for _, sha := range c.Evidence[:min(len(c.Evidence), 3)] {
			strip.Add(v.thumb(sha))
		}
		if n := len(c.Evidence) - 3; n > 0 {
			strip.Add(look.Middle(look.Small(i18n.T("＋%d 件", n))))
		}
		box.Add(strip)
	}
	points := c.Points
	if points == "" {
		points = "—"
	}
	box.Add(look.Small(i18n.T("本项 %s　若采用，总分 %s", points, c.Total)))
	if !stands {
		return look.Inset(look.Gap1, box)
	}
	ground := look.NewFill(look.Chosen)
	ground.Radius = look.Radius
	return container.NewStack(ground, look.Inset(look.Gap1, box))
}

// try makes a choice; what cannot be chosen is said and changes nothing.
func (v *conflictView) try(do func() error) {
	if err := do(); err != nil {
		v.s.fail(err)
	}
	at := v.box.Offset
	v.refresh()
	v.box.ScrollToOffset(at)
}

func (v *conflictView) back() {
	v.s.goTo(placeBureau)
	if b, ok := v.s.screen.(*bureauView); ok {
		b.choose("conflicts")
	}
}
