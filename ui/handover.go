package ui

import (
	"context"

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
		s.saveFile(r.Unit.Code+i18n.T("-交接")+".zip", func(out string) error {
			if err := s.desk.HandOver(context.Background(), r.Round.Code, []string{r.Unit.Code}, path, pass.Text, out); err != nil {
				return err
			}
			s.toast(i18n.T("已写入 %s", out))
			return nil
		})
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
	say := look.NewPara("").In(look.Lost)
	box := look.Column(look.Gap3, look.NewText(from), say)
	sides := desk.Sides{}
	for i := range j.Drafts {
		x := &j.Drafts[i]
		sides[x.Unit.Code] = map[string]desk.Side{}
		box.Add(look.Card(s.joinCard(x, sides[x.Unit.Code])))
	}
	d := look.NewDialog(s.win, i18n.T("合入交接包"), container.NewVScroll(box)).Size(760, 560).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("合入"), func() bool {
		if n := model.Undecided(j, sides); n > 0 { // whose words count is never a matter of who presses Enter
			say.Set(i18n.T("还有 %d 项两边不同，请逐项选择", n))
			return false
		}
		s.join(j, sides)
		return true
	})
	d.Show()
}

func (s *shell) joinCard(x *desk.DraftJoin, sides map[string]desk.Side) fyne.CanvasObject {
	box := look.Column(look.Gap1, look.Bold(x.Unit.Name+"　"+x.Round.Title))
	if x.New {
		box.Add(look.NewText(i18n.T("这里还没有这个单位的检查，整份接过来。")))
		return box
	}
	if len(x.Take) > 0 {
		box.Add(look.NewPara(i18n.T("对方查过而这里没有查的 %d 项，直接并入：%s", len(x.Take), model.Join(x.Take))))
	}
	if len(x.Add) > 0 {
		box.Add(look.NewPara(i18n.T("对方写了说明或加了佐证的 %d 项，并到这里的后面：%s", len(x.Add), model.Join(x.Add))))
	}
	if len(x.Take)+len(x.Add)+len(x.Clash) == 0 {
		box.Add(look.NewPara(i18n.T("两边查过的都一样，没有要并入的。")))
	}
	for _, c := range x.Clash {
		words := []string{i18n.T("用我的"), i18n.T("用对方的")}
		if c.WordsOnly {
			words = append(words, i18n.T("两段都要"))
		}
		box.Add(look.Bold(i18n.T("%s 两边都查过，不同", c.Code)).In(look.Waiting))
		box.Add(look.NewPara(i18n.T("我的：%s", model.EntryWords(c.Mine, s.hidden()))))
		box.Add(look.NewPara(i18n.T("对方的：%s", model.EntryWords(c.Theirs, s.hidden()))))
		box.Add(oneOf(words, -1, func(i int) { sides[c.Code] = desk.Side(i) }))
	}
	return box
}

func (s *shell) join(j *desk.Joining, sides desk.Sides) {
	s.run(job{title: i18n.T("合入交接包"),
		work: func(ctx context.Context, _ desk.Progress) error { return s.desk.Join(ctx, j, sides) },
		done: func(err error) {
			s.goTo(placeInspect)
			if err != nil {
				s.fail(err)
				return
			}
			s.toast(i18n.T("已合入 %d 个单位的草稿；可以撤销", len(j.Drafts)))
		}})
}
