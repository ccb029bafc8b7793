package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// askHandOver packs the unsealed work on the open unit for a colleague's laptop.
func (v *walkView) askHandOver() {
	if v.entry != nil {
		v.entry.flush()
	}
	if err := v.in.Retry(); err != nil { // the pack is made from the workbook
		v.s.fail(err)
		return
	}
	s, r := v.s, v.in.Record()
	keys, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return
	}
	names := []string{i18n.T("不署名（对方看到“未署名”）")}
	for _, k := range keys {
		names = append(names, model.KeyWords(k))
	}
	key, pass := look.NewSelect(names, nil), ime.NewPassword()
	key.SetSelectedIndex(0)
	box := look.Column(look.Gap2, look.Note(i18n.T("把 %s 还没有签发的检查连同佐证写成交接包。对方合入后，双方检查过的指标按项合并；两边都查过而不同的，当面选择。", r.Unit.Name)),
		pair(i18n.T("交接人"), key), pair(i18n.T("口令"), pass))
	d := look.NewDialog(s.win, i18n.T("交接草稿"), look.Fixed(520, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("存为交接包…"), func() bool {
		path := ""
		if i := key.SelectedIndex(); i > 0 {
			path = keys[i-1].Path
		}
		s.saveFileOr(r.Unit.Code+i18n.T("-交接")+".zip", func(out string) error {
			if err := s.desk.HandOver(context.Background(), r.Round.Code, []string{r.Unit.Code}, path, pass.Text, out); err != nil {
				return err
			}
			s.toast(i18n.T("已写入 %s", out))
			return nil
		}, d.Show)
		return true
	})
	pass.OnSubmitted, pass.OnEscape = func(string) { d.Enter() }, d.Escape
	d.Show()
}

// askJoin takes a colleague's drafts in.
func (s *shell) askJoin() {
	s.openFile(func(path string) {
		j, err := s.desk.PlanJoin(path)
		if err != nil {
			s.fail(err)
			return
		}
		s.showJoin(j)
	})
}

// showJoin says what the pack would bring and asks where both sides differ.
func (s *shell) showJoin(j *desk.Joining) {
	from := i18n.T("交接人：%s（名册未登记）", j.From)
	if j.Known {
		from = i18n.T("交接人：%s（名册已登记）", j.From)
	}
	box := look.Column(look.Gap3, look.NewText(from))
	form := model.NewJoinForm(j, model.Telling{Name: s.desk.UnitName, Hidden: s.hidden()})
	wrong := look.NewPara("").In(look.Lost)
	for i := range j.Drafts {
		box.Add(look.Card(s.joinCard(&j.Drafts[i], form)))
	}
	d := look.NewDialog(s.win, i18n.T("合入交接包"), container.NewBorder(nil, wrong, nil, nil, container.NewVScroll(box))).Size(760, 560).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("合入"), func() bool {
		if open := form.Open(); len(open) > 0 {
			wrong.Set(i18n.T("请先选择：%s", model.Join(open)))
			return false
		}
		s.join(j, form.Choices)
		return true
	})
	d.Show()
}

func (s *shell) joinCard(x *desk.DraftJoin, form *model.JoinForm) fyne.CanvasObject {
	box := look.Column(look.Gap1, look.Bold(x.Unit.Name+"　"+x.Round.Title))
	for _, l := range model.JoinLines(x) {
		box.Add(look.NewPara(l))
	}
	for _, a := range form.Asks(x) {
		box.Add(look.Bold(a.Title).In(look.Waiting))
		box.Add(container.NewGridWithColumns(2, sideOf(i18n.T("我的"), a.Mine), sideOf(i18n.T("对方的"), a.Theirs)))
		for _, q := range a.Questions {
			box.Add(pair(q.Title, oneOf(q.Words, -1, q.Choose)))
		}
	}
	return box
}

func sideOf(title string, lines []string) fyne.CanvasObject {
	return look.Column(look.Gap1, look.Small(title), look.NewPara(strings.Join(lines, "\n")))
}

func (s *shell) join(j *desk.Joining, choices desk.JoinChoices) {
	s.run(job{title: i18n.T("合入交接包"),
		work: func(ctx context.Context, _ desk.Progress) error { return s.desk.Join(ctx, j, choices) },
		done: func(err error) {
			s.goTo(placeInspect)
			if err != nil {
				s.fail(err)
				return
			}
			s.toast(joinedWords(j))
		}})
}

// joinedWords say what came of a hand-over; a draft that was not here before has
// nothing to go back to.
func joinedWords(j *desk.Joining) string {
	for i := range j.Drafts {
		if !j.Drafts[i].New {
			return i18n.T("已合入 %d 个单位的草稿；可以撤销", len(j.Drafts))
		}
	}
	return i18n.T("已收下 %d 个单位的草稿", len(j.Drafts))
}
