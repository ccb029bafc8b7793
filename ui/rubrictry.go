package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// caseBench is the test bench: a case is written or pasted at the left, its score
// with every step stands at the right, and the kept cases below.
type caseBench struct {
	s     *shell
	c     *inspection.Compiled
	owner string // of the cases: the draft, or what was published
	text  *ime.Entry
	name  *ime.Entry
	total *ime.Entry
	right *fyne.Container
	kept  *fyne.Container
	gone  string       // the case that was thrown away last
	back  func() error // brings it again
}

func (s *shell) tryRubric(owner string, c *inspection.Compiled) { newCaseBench(s, owner, c).show() }

func newCaseBench(s *shell, owner string, c *inspection.Compiled) *caseBench {
	b := &caseBench{s: s, c: c, owner: owner, text: ime.NewMultiLine(), name: ime.NewEntry(), total: ime.NewEntry(), right: container.NewStack(), kept: container.NewStack()}
	b.text.SetMinRowsVisible(5)
	b.text.SetText(s.desk.Setting("case", "A1 已检查"))
	b.name.SetPlaceHolder(i18n.T("用例名称"))
	b.total.SetPlaceHolder(i18n.T("手工算的总分（可不写）"))
	b.text.OnChanged = func(string) { b.score() }
	b.score()
	b.list()
	return b
}

func (b *caseBench) score() {
	b.right.Objects = []fyne.CanvasObject{caseScore(b.c, b.text.Text)}
	b.right.Refresh()
}

func (b *caseBench) list() {
	b.kept.Objects = []fyne.CanvasObject{b.keptCases()}
	b.kept.Refresh()
}

// keep keeps the case under its name.
func (b *caseBench) keep() {
	if _, err := b.s.desk.KeepCase(b.owner, b.c, b.name.Text, b.text.Text, b.total.Text); err != nil {
		b.s.fail(err)
		return
	}
	b.list()
}

// open takes a kept case with its name and the total that somebody computed, so
// that keeping it again changes this one.
func (b *caseBench) open(x desk.CaseRun) {
	b.name.SetText(x.Name)
	b.total.SetText("")
	if x.Want.Parts == nil {
		b.total.SetText(x.Want.Total)
	}
	b.text.SetText(x.Text)
}

// ask throws a case away after a question.
func (b *caseBench) ask(name string) {
	d := look.NewDialog(b.s.win, i18n.T("删去用例"), look.Fixed(420, 0, look.NewPara(i18n.T("用例“%s”不再在发布前跑。关闭试算以前可以恢复。", name))))
	d.Cancel(i18n.T("不删"), nil)
	d.Main(i18n.T("删去"), func() bool { b.drop(name); return true })
	d.Show()
}

func (b *caseBench) drop(name string) {
	back, err := b.s.desk.DropCase(b.owner, name)
	if err != nil {
		b.s.fail(err)
		return
	}
	b.gone, b.back = name, back
	b.list()
}

func (b *caseBench) restore() {
	if err := b.back(); err != nil {
		b.s.fail(err)
		return
	}
	b.back = nil
	b.list()
}

func (b *caseBench) show() {
	keep := look.NewButton(i18n.T("留作用例"), b.keep)
	how := look.Note(i18n.T("一行写一件事，或粘贴一份记录的 JSON：\n单位 设区市\nA1 缺项 文号 2019-07-01\nA2-1（一次的规则）　A2-2 3（每次的次数、幅度的分值）\nA2-m1 10/15 2019-07-20（完成／总数 日期）\nA5 另扣 2　A4 未检查　其余 未检查\n期限 D5-m2 2019-09-30"))
	left := container.NewBorder(look.Column(look.Gap1, how), look.Column(look.Gap2, container.NewBorder(nil, nil, nil, keep, container.NewGridWithColumns(2, b.name, b.total)), look.HLine(), look.Fixed(0, 150, container.NewVScroll(b.kept))), nil, nil, b.text)
	body := container.NewGridWithColumns(2, look.Inset(look.Gap1, left), look.Inset(look.Gap1, container.NewVScroll(b.right)))
	d := look.NewDialog(b.s.win, i18n.T("试算：%s　第 %s 版", b.c.Rubric.Title, b.c.Rubric.Version), body).Size(1100, 640).Focus(b.text)
	b.text.OnEscape, b.name.OnEscape, b.total.OnEscape = d.Escape, d.Escape, d.Escape
	d.Cancel(i18n.T("关闭"), nil).Closed(func() {
		if err := b.s.desk.SetSetting("case", b.text.Text); err != nil {
			b.s.fail(err)
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
func (b *caseBench) keptCases() fyne.CanvasObject {
	runs, err := b.s.desk.RunCases(b.owner, b.c)
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	box := look.Column(look.Gap1)
	if b.back != nil {
		box.Add(container.NewBorder(nil, nil, nil, look.NewButton(i18n.T("恢复"), b.restore), look.NewText(i18n.T("已删去“%s”", b.gone)).In(look.Waiting).Elided()))
	}
	if len(runs) == 0 {
		box.Add(look.Small(i18n.T("还没有用例。留下的用例在每次发布前都要跑一遍。")))
	}
	for _, x := range runs {
		say, role := "✓ "+x.Name+"　"+x.Got.String(), look.Gained
		if x.Differs != "" {
			say, role = "× "+x.Name+"　"+x.Differs, look.Lost
		}
		drop := look.NewButton(i18n.T("删去…"), func() { b.ask(x.Name) })
		box.Add(container.NewBorder(nil, nil, nil, drop, look.NewRow(look.NewText(say).In(role).Elided(), func() { b.open(x) })))
	}
	return box
}
