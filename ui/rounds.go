package ui

import (
	"cmp"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/look"
	"xunping/ui/model"
)

// newRound asks for the next round. What is not asked is copied from the last
// one; the first round takes the whole list of units.
func (s *shell) newRound() { s.newRoundOn("") }

// newRoundOn asks for a round on a rubric, "" for the one to propose. Where there
// are several another can be chosen, whose own days are asked then.
func (s *shell) newRoundOn(hash string) {
	list, err := desk.AllRubrics(s.desk)
	choices, at := model.RubricChoices(list, cmp.Or(s.round.RubricHash, s.desk.Setting("rubric", "")))
	if err != nil || len(choices) == 0 {
		s.fail(cmp.Or(err, i18n.E("没有可用的指标体系：都已归档。先在“指标”里取消归档或发布一套")))
		return
	}
	words := make([]string, len(choices))
	for i, c := range choices {
		if words[i] = c.Words; c.Hash == hash {
			at = i
		}
	}
	hash = choices[at].Hash
	plan := desk.RoundPlan{}
	if hash != s.round.RubricHash {
		plan.Rubric = hash
	}
	code, title, cutoff := s.nextRound()
	questions := append([]question{{label: i18n.T("代码"), hint: "2019-08", value: code}, {label: i18n.T("名称"), hint: i18n.T("2019年8月检查"), value: title}}, s.roundQuestions(hash)...)
	questions[2].value = cutoff
	box := look.Column(look.Gap2, look.Note(i18n.T("单位、签名人数、规定时间照抄上一轮。分值或扣分情形是示例的，只能建试评轮次。")))
	var d *look.Dialog
	if len(choices) > 1 {
		sel := look.NewSelect(words, nil)
		sel.SetSelectedIndex(at)
		sel.OnChanged = func(string) { d.Hide(); s.newRoundOn(choices[sel.SelectedIndex()].Hash) }
		box.Add(pair(i18n.T("所用指标体系"), sel))
	}
	d = s.askUnder(box, i18n.T("新建检查轮次"), i18n.T("新建"), questions, func(a []string) error {
		plan.Code, plan.Title = a[0], a[1]
		if err := s.answerRound(hash, a[2:], &plan.Cutoff, &plan.Signers, &plan.Deadlines); err != nil {
			return err
		}
		r, err := s.desk.NewRound(plan)
		if err != nil {
			return err
		}
		if err := s.chooseRound(plan.Code); err != nil {
			return err
		}
		if left, err := s.desk.NotInRound(r); err == nil && len(left) > 0 {
			s.toast(desk.NotInRoundWords(left))
		}
		return nil
	})
	d.Show()
}

// nextRound proposes the round after the last one there is.
func (s *shell) nextRound() (code, title, cutoff string) {
	last := ""
	if rounds, err := s.desk.Rounds(); err == nil {
		for _, r := range rounds {
			last = max(last, r.Code)
		}
	}
	return model.NextRound(last, time.Now())
}

// editRound changes what the bureau sets for the open round. What was sealed
// keeps what it says.
func (s *shell) editRound() {
	r := s.round
	if r.Code == "" {
		s.newRound()
		return
	}
	questions := append([]question{{label: i18n.T("名称"), value: r.Title}}, s.roundQuestions(r.RubricHash)...)
	s.ask(i18n.T("检查轮次 %s", r.Code), i18n.T("改动只影响以后签发的评分表；已签的不变。"), i18n.T("确定"), questions, func(a []string) error {
		r.Title = a[0]
		if err := s.answerRound(r.RubricHash, a[1:], &r.Cutoff, &r.Signers, &r.Deadlines); err != nil {
			return err
		}
		if err := s.desk.PutRound(r); err != nil {
			return err
		}
		return s.chooseRound(r.Code)
	})
}

// roundQuestions are cut-off, signers, and the 规定时间 that the rubric leaves to
// the round.
func (s *shell) roundQuestions(rubric string) []question {
	out := []question{{label: i18n.T("数据截止"), hint: "2019-07-31", value: s.round.Cutoff},
		{label: i18n.T("签名人数"), value: strconv.Itoa(max(s.round.Signers, 0))}}
	if s.round.Code == "" {
		out[1].value = "2"
	}
	for _, m := range s.roundMeasures(rubric) {
		out = append(out, question{label: i18n.T("%s 期限", m.Code), hint: i18n.T("规定时间：%s", model.Shorten(m.Label, 16)), value: s.round.Deadlines[m.Code]})
	}
	return out
}

func (s *shell) answerRound(rubric string, a []string, cutoff *string, signers *int, deadlines *map[string]string) error {
	n, err := strconv.Atoi(a[1])
	if err != nil || n < 1 || n > 9 {
		return i18n.E("签名人数应是 1 到 9")
	}
	*cutoff, *signers, *deadlines = a[0], n, map[string]string{}
	for i, m := range s.roundMeasures(rubric) {
		if a[2+i] != "" {
			(*deadlines)[m.Code] = a[2+i]
		}
	}
	return nil
}

// roundMeasures are the measures whose deadline the round sets.
func (s *shell) roundMeasures(rubric string) []scoring.Measure {
	c, err := desk.FindRubric(s.desk, "", rubric)
	if err != nil {
		return nil
	}
	var out []scoring.Measure
	for i := range c.Engine.Len() {
		for _, m := range c.Engine.Indicator(i).Measures {
			if m.Deadline == scoring.RoundDeadline {
				out = append(out, m)
			}
		}
	}
	return out
}

// askRound lets a person choose among the rounds.
func (s *shell) askRound() {
	rounds, err := s.desk.Rounds()
	if err != nil {
		s.fail(err)
		return
	}
	if len(rounds) == 0 {
		s.newRound()
		return
	}
	var d *look.Dialog
	box := look.Column(look.Gap1)
	for i := len(rounds) - 1; i >= 0; i-- {
		r := rounds[i]
		words := r.Code + "　" + r.Title
		if r.Closed {
			words += "　" + i18n.T("已关闭")
		}
		row := look.NewRow(look.NewText(words).Elided(), func() {
			d.Hide()
			if err := s.chooseRound(r.Code); err != nil {
				s.fail(err)
			}
		})
		row.Choose(r.Code == s.round.Code)
		box.Add(row)
	}
	var add fyne.CanvasObject = look.NewButton(i18n.T("新建检查轮次"), func() { d.Hide(); s.newRound() })
	d = look.NewDialog(s.win, i18n.T("切换检查轮次"), box).Size(480, 0).Aside(add).Cancel(i18n.T("关闭"), nil)
	d.Show()
}

// chooseRound shows a round, on the page that is open.
func (s *shell) chooseRound(code string) error {
	s.leaving(func() {
		if err := s.desk.SetSetting("round", code); err != nil {
			s.fail(err)
			return
		}
		from, _ := s.screen.(*bureauView)
		s.begin(s.place)
		if v, ok := s.screen.(*bureauView); ok && from != nil {
			v.paths, v.staging = from.paths, from.staging // files are of whichever round
			v.choose(from.page)
		}
	})
	return nil
}
