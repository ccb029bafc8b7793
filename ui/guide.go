package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// guideView is what the rubric says about the indicator, folded. A step with a
// limit has a button that counts working days.
func (e *entryView) guideView() fyne.CanvasObject {
	sections := model.Guide(e.ind)
	switch {
	case len(sections) == 0 && len(e.ind.Materials) == 0:
		return nil
	case len(sections) == 0: // a bureau's own rubric need not quote the policy
		return look.Card(e.materialsView())
	}
	head := container.NewVBox(look.Bold(i18n.T("指引（政策原文）")))
	return look.Card(container.NewVBox(head, e.materialsView(), e.v.guideOf(e.code, sections)))
}

// guideOf is the policy's words about an indicator. It is made once for as long
// as the indicator is shown: what was opened stays open over every change.
func (v *walkView) guideOf(code string, sections []model.Section) fyne.CanvasObject {
	if v.guide != nil && v.guideCode == code {
		return v.guide
	}
	acc := widget.NewAccordion()
	for _, s := range sections {
		box := look.Column(look.Gap1)
		for i, line := range s.Lines {
			var o fyne.CanvasObject = look.Note(line)
			if step := s.Step(i); step != nil && step.Days != nil {
				count := look.NewButton(i18n.T("数工作日…"), func() { v.entry.countDays(*step) })
				count.Importance = widget.LowImportance
				o = container.NewBorder(nil, nil, nil, count, o)
			}
			box.Add(o)
		}
		acc.Append(widget.NewAccordionItem(s.Title, box))
	}
	v.guide, v.guideCode = acc, code
	return acc
}

// countDays counts the working days a step took. The result goes into the note;
// only where the limit binds the checked unit can it become a finding.
func (e *entryView) countDays(step scoring.Step) {
	e.flush()
	from, to := ime.NewEntry(), ime.NewEntry()
	from.SetPlaceHolder("2019-08-05")
	to.SetPlaceHolder("2019-08-12")
	words := look.NewPara("")
	binds := desk.StepBinds(step, e.record().Unit)
	say := i18n.T("第 1 个工作日是收到后的第一个工作日。时限约束：%s。", step.Who)
	if !binds {
		say = i18n.T("第 1 个工作日是收到后的第一个工作日。这一步的时限不约束被检查单位，只能写入说明，不能扣分。")
	}
	var counted desk.DayCount
	count := func() bool {
		var err error
		counted, err = e.v.s.desk.CountDays(from.Text, to.Text, *step.Days)
		if err != nil {
			words.In(look.Lost).Set(i18n.Person(err))
			return false
		}
		words.In(look.Ink).Set(counted.Words(step.Title, from.Text, to.Text))
		return true
	}
	ready := func(string) {
		if len(from.Text) == 10 && len(to.Text) == 10 {
			count()
		}
	}
	from.OnChanged, to.OnChanged = ready, ready
	box := look.Column(look.Gap2, look.Note(say), pair(i18n.T("收到日期"), from), pair(i18n.T("完成日期"), to), words)
	d := look.NewDialog(e.v.s.win, i18n.T("数工作日：%s（时限 %d）", step.Title, *step.Days), look.Fixed(520, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Aside(look.NewButton(i18n.T("节假日…"), e.v.s.editHolidays))
	if binds {
		d.Aside(look.NewButton(i18n.T("记为扣分…"), func() {
			switch {
			case !count():
			case counted.Over == 0:
				words.In(look.Waiting).Set(i18n.T("%s　在时限以内，没有可以扣的分。", counted.Words(step.Title, from.Text, to.Text)))
			default:
				d.Hide()
				e.v.addFreeWith(e.ind.Clause+" "+step.Title, counted.Words(step.Title, from.Text, to.Text))
			}
		}))
	}
	d.Main(i18n.T("写入说明"), func() bool {
		if !count() {
			return false
		}
		note := model.Append(e.entry().Note, counted.Words(step.Title, from.Text, to.Text))
		e.apply(func() error { return e.v.in.SetNote(e.code, note) })
		return true
	})
	for _, f := range []*ime.Entry{from, to} {
		f.OnSubmitted, f.OnEscape = func(string) { d.Enter() }, d.Escape
	}
	d.Focus(from).Show()
}

// editHolidays adds days to the built-in calendar: those of a new year, or what
// Guangxi announced for 三月三.
func (s *shell) editHolidays() {
	lines, wrong := ime.NewMultiLine(), look.NewPara("").In(look.Lost)
	lines.SetText(s.desk.Holidays())
	lines.SetMinRowsVisible(10)
	box := look.Column(look.Gap2, look.Note(i18n.T("程序带有 2018—2026 年全国放假调休，和查到公布日期的年份的广西“壮族三月三”。这里补充或更正，一行一天：日期，休或班。某年登记完整后写一行“年份 全”。")), lines, wrong)
	d := look.NewDialog(s.win, i18n.T("节假日"), look.Fixed(520, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("确定"), func() bool {
		if err := s.desk.SetHolidays(lines.Text); err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		return true
	})
	lines.OnEscape = d.Escape
	d.Focus(lines).Show()
}

// materialsView lists what the unit should have ready, each ticked 有／无／不全.
func (e *entryView) materialsView() fyne.CanvasObject {
	if len(e.ind.Materials) == 0 {
		return look.Column(0)
	}
	box := look.Column(look.Gap1, look.Small(i18n.T("材料")))
	warning := look.NewPara("").In(look.Waiting)
	warn := func() {
		warning.Set(model.MaterialWarning(e.ind, e.entry()))
		if hidden := warning.Text == ""; hidden != warning.Hidden {
			warning.Hidden = hidden
			box.Refresh()
			if e.v.guide != nil {
				e.v.guide.Refresh()
			}
			e.v.middle.Refresh()
		}
	}
	for i := range e.ind.Materials {
		box.Add(e.materialRow(e.ind.Materials[i], warn))
	}
	warn()
	box.Add(warning)
	return box
}

// materialRow is one material with its three ticks; a second press takes the tick
// away. Its contents stand below, for the inspector compares them.
func (e *entryView) materialRow(m scoring.Material, changed func()) fyne.CanvasObject {
	values := model.MaterialValues
	ticks := make([]*look.Button, len(values))
	show := func() {
		for i, b := range ticks {
			b.SetIcon(nil)
			b.SetText("○ " + model.MaterialWord(values[i]))
			if e.entry().Materials[m.Title] == values[i] {
				b.SetText("● " + model.MaterialWord(values[i]))
			}
		}
	}
	row := look.Across(look.Gap1)
	for i := range values {
		ticks[i] = look.NewButton("", func() {
			value := values[i]
			if e.entry().Materials[m.Title] == value {
				value = ""
			}
			e.v.change(func() error { return e.v.in.SetMaterial(e.code, m.Title, value) })
			show()
			changed()
		})
		ticks[i].Importance = widget.LowImportance
		row.Add(ticks[i])
	}
	show()
	name := fyne.CanvasObject(look.Middle(look.NewPara(m.Title)))
	if len(m.Contents) > 0 {
		name = look.Column(0, look.NewPara(m.Title), look.Note(strings.Join(m.Contents, i18n.T("、"))))
	}
	return container.NewBorder(nil, nil, nil, row, name)
}
