package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// tryRubric is the test bench: a case is written or pasted at the left, its
// score with every step stands at the right, and the kept cases below.
func (s *shell) tryRubric(c *inspection.Compiled) {
	text := ime.NewMultiLine()
	text.SetMinRowsVisible(5)
	text.SetText(s.desk.Setting("case", "A1 已检查"))
	right, kept := container.NewStack(), container.NewStack()
	name, total := ime.NewEntry(), ime.NewEntry()
	name.SetPlaceHolder(i18n.T("用例名称"))
	total.SetPlaceHolder(i18n.T("手工算的总分（可不写）"))
	show := func(string) {
		right.Objects = []fyne.CanvasObject{caseScore(c, text.Text)}
		right.Refresh()
	}
	var list func()
	list = func() {
		kept.Objects = []fyne.CanvasObject{s.keptCases(c, func(t string) { text.SetText(t) }, func() { list() })}
		kept.Refresh()
	}
	text.OnChanged = show
	keep := widget.NewButton(i18n.T("留作用例"), func() {
		if _, err := s.desk.KeepCase(c, name.Text, text.Text, total.Text); err != nil {
			s.fail(err)
			return
		}
		list()
	})
	show("")
	list()
	how := look.Note(i18n.T("一行写一件事，或粘贴一份记录的 JSON：\n单位 设区市\nA1 缺项 文号 2019-07-01\nA2-1（一次的规则）　A2-2 3（每次的次数、幅度的分值）\nA2-m1 10/15 2019-07-20（完成／总数 日期）\nA5 另扣 2　A4 未检查　其余 未检查\n期限 D5-m2 2019-09-30"))
	left := container.NewBorder(look.Column(look.Gap1, how), look.Column(look.Gap2, container.NewBorder(nil, nil, nil, keep, container.NewGridWithColumns(2, name, total)), look.HLine(), look.Fixed(0, 150, container.NewVScroll(kept))), nil, nil, text)
	body := container.NewGridWithColumns(2, look.Inset(look.Gap1, left), look.Inset(look.Gap1, container.NewVScroll(right)))
	d := look.NewDialog(s.win, i18n.T("试算：%s　第 %s 版", c.Rubric.Title, c.Rubric.Version), body).Size(1100, 640).Focus(text)
	text.OnEscape, name.OnEscape, total.OnEscape = d.Escape, d.Escape, d.Escape
	d.Cancel(i18n.T("关闭"), nil).Closed(func() {
		if err := s.desk.SetSetting("case", text.Text); err != nil {
			s.fail(err)
		}
	})
	d.Show()
}

// caseScore is the score of a case with its derivation, or what is wrong in it.
func caseScore(c *inspection.Compiled, text string) fyne.CanvasObject {
	r, err := desk.ReadCase(c, text)
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	res := r.Score(c)
	return look.Column(look.Gap2, look.Page(desk.ResultOf(res).String()), derivation(res))
}

// derivation is the way to a score, step by step.
func derivation(res *scoring.Result) fyne.CanvasObject {
	widths := []float32{64, 0, 150, 110}
	box := look.Column(2, look.Grid(widths, look.Small(i18n.T("步骤")), look.Small(i18n.T("算式")), look.Number(i18n.T("结果")).In(look.Secondary).Sized(look.SizeSmall), look.Small(i18n.T("依据"))), look.HLine())
	for _, d := range res.Derivation {
		box.Add(look.Grid(widths, look.Bold(model.StepWord(d.Step)), look.NewPara(d.Formula), look.Number(d.Value), look.Small(d.Clause).Elided()))
	}
	return box
}

// keptCases are the cases beside the rubric with what they give now.
func (s *shell) keptCases(c *inspection.Compiled, open func(string), changed func()) fyne.CanvasObject {
	runs, err := s.desk.RunCases(c)
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	if len(runs) == 0 {
		return look.Small(i18n.T("还没有用例。留下的用例在每次发布前都要跑一遍。"))
	}
	box := look.Column(look.Gap1)
	for _, x := range runs {
		say, role := "✓ "+x.Name+"　"+x.Got.String(), look.Gained
		if x.Differs != "" {
			say, role = "× "+x.Name+"　"+x.Differs, look.Lost
		}
		drop := widget.NewButton(i18n.T("删"), func() {
			if err := s.desk.DropCase(c.Rubric.Code, x.Name); err != nil {
				s.fail(err)
			}
			changed()
		})
		box.Add(container.NewBorder(nil, nil, nil, drop, look.NewRow(look.NewText(say).In(role).Elided(), func() { open(x.Text) })))
	}
	return box
}
