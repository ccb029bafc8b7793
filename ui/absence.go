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

// markAbsent marks the open indicator as 没有该项 where the rubric allows it.
func (v *walkView) markAbsent() {
	e := v.entry
	if e == nil || !e.absenceAllowed() {
		v.s.toast(i18n.T("本项不适用“没有该项”"))
		return
	}
	e.flush()
	if e.state() == scoring.Absent { // what was entered stays
		v.focusOn(e.fields["absence.letter"])
		return
	}
	had := len(e.entry().Findings) + len(e.entry().Measures)
	if v.change(func() error { return v.in.SetAbsence(e.code, inspection.Absence{}) }) {
		v.rebuild()
		e.sayEmptied(had)
		v.focusOn(v.entry.fields["absence.letter"])
	}
}

// absenceView asks for the letter, the date, the reason and the conditions
// that the rubric wants for this indicator.
func (e *entryView) absenceView() fyne.CanvasObject {
	rule := e.part().Absence.Allowed[e.code]
	now := inspection.Absence{}
	if a := e.entry().Absence; a != nil {
		now = *a
	}
	edit := func(set func(*inspection.Absence)) error {
		x := now
		if a := e.entry().Absence; a != nil {
			x = *a
		}
		set(&x)
		return e.v.in.SetAbsence(e.code, x)
	}
	field := func(place, text, hint string, put func(*inspection.Absence, string)) *ime.Entry {
		f := ime.NewEntry()
		f.SetText(text)
		f.SetPlaceHolder(hint)
		f.OnChanged = e.typed(f, func(t string) error { return edit(func(x *inspection.Absence) { put(x, t) }) })
		e.at(place, f)
		return f
	}
	date := ime.NewEntry()
	date.SetPlaceHolder("2019-07-01")
	date.SetText(now.Date)
	e.at("absence.date", date)
	date.OnChanged = e.typed(date, func(t string) error {
		if err := model.Date(t); err != nil {
			return err
		}
		return edit(func(x *inspection.Absence) { x.Date = t })
	})
	box := look.Column(look.Gap2, look.Bold(i18n.T("没有该项，不检查")), look.Note(model.AbsenceNeed(&rule)),
		pair(i18n.T("文号"), field("absence.letter", now.Letter, i18n.T("如 桂数函〔2019〕12号"), func(x *inspection.Absence, t string) { x.Letter = t })),
		pair(i18n.T("行文日期"), date),
		pair(i18n.T("理由"), field("absence.reason", now.Reason, i18n.T("为什么没有该项"), func(x *inspection.Absence, t string) { x.Reason = t })))
	for _, c := range rule.Conditions {
		box.Add(e.conditionView(c, now, edit))
	}
	e.addLetters(box)
	return box
}

// addLetters offers the letters that the bureau has registered for this unit and
// indicator.
func (e *entryView) addLetters(box *fyne.Container) {
	letters, err := e.v.in.Letters(e.code)
	if err != nil {
		box.Add(look.NewPara(i18n.Person(err)).In(look.Lost))
		return
	}
	if why, err := e.v.in.LetterWarning(e.code); err == nil && why != "" {
		box.Add(look.NewPara(why + i18n.T("；可以继续，签发前会再提醒")).In(look.Waiting))
	}
	day := e.v.in.VisitDay()
	for _, l := range letters {
		use := look.NewButton(i18n.T("用这份行文"), func() {
			e.apply(func() error {
				a := inspection.Absence{Letter: l.Number, Date: l.Date, Reason: l.Reason}
				if old := e.entry().Absence; old != nil {
					a.Conditions = old.Conditions
					if old.Reason != "" {
						a.Reason = old.Reason
					}
				}
				return e.v.in.SetAbsence(e.code, a)
			})
		})
		box.Add(container.NewBorder(nil, nil, look.Small(i18n.T("已登记")), use, look.NewText(l.Number+"　"+l.Date+"　"+model.DecisionWord(l.Decision)).Elided()))
		if why := l.Against(day); why != "" {
			box.Add(look.Note(why).In(look.Waiting))
		}
	}
}

func (e *entryView) conditionView(c string, now inspection.Absence, edit func(func(*inspection.Absence)) error) fyne.CanvasObject {
	check := look.NewCheck(c, nil)
	e.at("condition."+c, check)
	check.Checked = model.Contains(now.Conditions, c)
	check.OnChanged = func(on bool) {
		e.v.change(func() error {
			return edit(func(x *inspection.Absence) { x.Conditions = model.With(x.Conditions, c, on) })
		})
	}
	return check
}

// pair is a field with its name before it.
func pair(name string, o fyne.CanvasObject) fyne.CanvasObject { return pairs(labelWidth, name, o) }

// labelWidth is the room for the names of fields; longer ones make their own.
const labelWidth = 88

func pairs(width float32, name string, o fyne.CanvasObject) fyne.CanvasObject {
	label := look.Small(name)
	return container.NewBorder(nil, nil, look.Fixed(max(width, label.MinSize().Width+look.Gap2), 0, look.Middle(label)), nil, o)
}

// addFree asks for a finding without a rule: points, the clause it rests on,
// and what was found.
func (v *walkView) addFree() { v.addFreeWith("", "") }

// addFreeWith is addFree with clause and fact filled in.
func (v *walkView) addFreeWith(rests, fact string) { v.editFree(nil, rests, fact) }

// editFree asks for a finding without a rule, or changes one that is there.
func (v *walkView) editFree(old *inspection.Finding, rests, fact string) {
	e := v.entry
	if e == nil || e.state() == scoring.Absent || v.in.Compiled().Rubric.FreeFindings == "never" {
		v.s.toast(i18n.T("本项现在不能另加扣分"))
		return
	}
	e.flush()
	points, clause, note := v.s.pointsField(), ime.NewEntry(), ime.NewMultiLine()
	clause.SetText(e.ind.Clause)
	if rests != "" {
		clause.SetText(rests)
	}
	note.SetText(fact)
	if old != nil {
		points.SetText(old.Points.String())
		clause.SetText(old.Clause)
		note.SetText(v.noteOf(old))
	}
	note.SetMinRowsVisible(3)
	wrong := look.Small("").In(look.Lost)
	form := look.Column(look.Gap2, pair(i18n.T("分数"), points), pair(i18n.T("依据条款"), clause),
		pair(i18n.T("事实"), note), look.Across(0, look.Fixed(labelWidth, 0, look.NewText("")), look.NewButton(i18n.T("常用语（Ctrl+J）"), v.stockPhrases)), wrong)
	d := look.NewDialog(v.s.win, i18n.T("%s 其他扣（加）分", e.code), look.Fixed(460, 0, form)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("记入"), func() bool {
		p, err := model.Points(points.Text)
		switch err = v.s.pointsError(err); {
		case err != nil:
		case old != nil:
			err = v.in.EditFree(e.code, old.ID, p, clause.Text, note.Text)
		default:
			_, err = v.in.AddFree(e.code, p, clause.Text, note.Text)
		}
		if err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		v.rebuild()
		return true
	})
	for _, f := range []*ime.Entry{points, clause} {
		f.OnSubmitted = func(string) { d.Enter() }
		f.OnEscape = d.Escape
	}
	note.OnEscape = d.Escape
	v.fact = note
	d.Closed(func() { v.fact = nil })
	d.Focus(points).Show()
}

// noteOf is what is written of a finding now: its field may have been typed in since
// it was shown.
func (v *walkView) noteOf(f *inspection.Finding) string {
	for _, x := range v.entry.entry().Findings {
		if x.ID == f.ID {
			return x.Note
		}
	}
	return f.Note
}

// chooseResponsible says which unit answers for a finding. Another unit makes
// it a lead 线索 there, and 0 points here.
func (v *walkView) chooseResponsible(code string, f inspection.Finding) {
	note := i18n.T("责任单位是其他单位时，本单位计 0 分，作为线索转给该单位。")
	own := desk.UnitInfo{Unit: inspection.Unit{Name: i18n.T("本单位")}}
	v.s.chooseUnit(i18n.T("责任单位"), note, own, v.in.Record().Unit.Code, func(unit string) {
		v.entry.apply(func() error {
			return v.in.EditFinding(code, f.ID, func(x *inspection.Finding) { x.Responsible = unit })
		})
	})
}
