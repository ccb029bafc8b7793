package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// rulesView lists the rules 扣分情形 of the indicator with what is found under
// each, and the free findings below.
func (e *entryView) rulesView() fyne.CanvasObject {
	p := e.part()
	title := i18n.T("扣分情形")
	if p.Kind == "bonus" {
		title = i18n.T("加分情形")
	}
	box := look.Column(look.Gap2, look.Bold(title))
	for i := range e.ind.Rules {
		box.Add(e.ruleView(&e.ind.Rules[i]))
	}
	for _, f := range e.entry().Findings {
		if f.Rule == "" {
			box.Add(e.freeView(f))
		}
	}
	if len(e.ind.Aspects) > 0 {
		box.Add(e.aspectsView())
	}
	if e.v.in.Compiled().Rubric.FreeFindings != "never" {
		add := i18n.T("＋ 其他扣分（Ctrl+D）")
		if p.Kind == "bonus" {
			add = i18n.T("＋ 其他加分（Ctrl+D）")
		}
		b := look.NewButton(add, e.v.addFree)
		b.Importance = widget.LowImportance
		box.Add(look.Across(0, b))
	}
	return box
}

// aspectsView ticks the aspects 方面 in which the indicator was met (C3, E2).
func (e *entryView) aspectsView() fyne.CanvasObject {
	box := look.Column(0, look.Small(i18n.T("涉及的方面")))
	for _, a := range e.ind.Aspects {
		check := look.NewCheck(a, nil)
		e.at("aspect."+a, check)
		check.Checked = model.Contains(e.entry().Aspects, a)
		check.OnChanged = func(on bool) {
			e.v.change(func() error { return e.v.in.SetAspects(e.code, model.With(e.entry().Aspects, a, on)) })
		}
		box.Add(check)
	}
	return box
}

// ruleView is one rule: its text, the control that fits its kind, and the
// points. A rule that does not bind this kind of unit is shown and cannot be
// used.
func (e *entryView) ruleView(r *scoring.Rule) fyne.CanvasObject {
	text := look.NewPara(r.Code + "　" + r.Text + model.RuleHint(r))
	if !model.Binds(r, e.record().Unit.Kind) {
		text.Role = look.Secondary
		return look.Column(0, text, look.Note(i18n.T("本条只适用于%s，对本单位不适用。", model.WhoWords(r.Who))))
	}
	row := func(f *inspection.Finding, text fyne.CanvasObject, control fyne.CanvasObject) fyne.CanvasObject {
		points := look.Number("")
		points.Bold = true
		points.SetIn(e.ruleValue(r, f))
		return container.NewBorder(nil, nil, nil, look.Across(look.Gap2, control, look.Fixed(68, 0, look.Middle(points))), look.Middle(text))
	}
	found := model.FindingsOf(e.entry(), r.Code)
	if len(found) == 0 {
		return row(nil, text, e.controlOf(r, nil))
	}
	box := look.Column(look.Gap1, row(&found[0], text, e.controlOf(r, &found[0])), e.findingView(found[0]))
	for i := range found[1:] {
		f := &found[i+1]
		box.Add(row(f, look.Small(i18n.T("%s　第 %d 条", r.Code, i+2)), e.eachControl(r, f, r.Code+"/"+f.ID)))
		box.Add(e.findingView(*f))
	}
	if r.Kind == scoring.Each {
		box.Add(e.anotherButton(r))
	}
	return box
}

// anotherButton adds a further finding of a rule and goes to its reason.
func (e *entryView) anotherButton(r *scoring.Rule) fyne.CanvasObject {
	b := look.NewButton(i18n.T("＋ 另记一条（另一责任单位或原因）"), func() {
		id := ""
		e.apply(func() (err error) { id, err = e.v.in.AddAnother(e.code, r.Code); return err })
		e.v.focusOn(e.v.entry.fields["finding."+id])
	})
	b.Importance = widget.LowImportance
	e.at("another."+r.Code, b)
	return look.Across(0, look.Fixed(16, 0, look.NewText("")), b)
}

// ruleValue is what the rule takes or gives now.
func (e *entryView) ruleValue(r *scoring.Rule, f *inspection.Finding) (string, look.Role) {
	if e.v.score.hidden || f == nil {
		return "", look.Secondary
	}
	if f.Responsible != "" && f.Responsible != e.record().Unit.Code {
		return i18n.T("线索 0"), look.Waiting
	}
	if e.part().Kind == "bonus" {
		return "+" + f.Points.String(), look.Gained
	}
	return model.Minus(f.Points.String()), look.Lost
}

// focusRules goes to the control of the first rule; Tab goes on from there.
func (v *walkView) focusRules() {
	v.focusOn(v.entry.control)
}

// reach notes the control of a rule, so that the focus finds it again after the
// indicator was shown anew.
func (e *entryView) reach(rule string, f fyne.Focusable) {
	if len(e.controls) == 0 {
		e.control = f
	}
	if e.controls == nil {
		e.controls = map[string]fyne.Focusable{}
	}
	e.controls[rule] = f
}

// controlOf is how a rule of this kind is used.
func (e *entryView) controlOf(r *scoring.Rule, f *inspection.Finding) fyne.CanvasObject {
	switch r.Kind {
	case "each":
		return e.eachControl(r, f, r.Code)
	case "range":
		return e.rangeControl(r, f)
	case "fixed", "veto":
		box := look.NewCheck(i18n.T("存在"), nil)
		e.reach(r.Code, box)
		box.Checked = f != nil
		box.OnChanged = func(on bool) {
			if !on {
				e.sayGone(f)
			}
			e.apply(func() error { return e.v.in.Toggle(e.code, r.Code, on) })
		}
		return box
	}
	return look.Small(i18n.T("由完成情况计算"))
}

// eachControl counts the cases of a finding; place is what its control is called.
func (e *entryView) eachControl(r *scoring.Rule, f *inspection.Finding, place string) fyne.CanvasObject {
	count := scoring.Decimal(0)
	if f != nil {
		count = f.Count
	}
	set := func(n scoring.Decimal) {
		if n == 0 {
			e.sayGone(f)
		}
		e.apply(func() error {
			if f != nil {
				return e.v.in.SetCountOf(e.code, f.ID, n)
			}
			return e.v.in.SetCount(e.code, r.Code, n)
		})
	}
	shows := int(count / scoring.One)
	s := look.NewStepper(count.String(), func(by int) { set(max(count+scoring.Decimal(by)*scoring.One, 0)) })
	s.OnDigit = func(d int) { set(scoring.Decimal(e.v.digits.Type(place, shows, d)) * scoring.One) }
	s.OnErase = func() { set(scoring.Decimal(e.v.digits.Erase(place, shows)) * scoring.One) }
	e.reach(place, s)
	return s
}

// sayGone says what goes with a finding that is taken away.
func (e *entryView) sayGone(f *inspection.Finding) {
	if f == nil {
		return
	}
	e.flush() // its reason may be typed and not saved yet
	for _, x := range e.entry().Findings {
		if x.ID != f.ID || x.Note == "" && len(x.Evidence) == 0 {
			continue
		}
		name := x.Rule
		if name == "" {
			name = e.code
		}
		e.v.s.toast(i18n.T("%s 的记录连同原因、佐证去掉了，Ctrl+Z 可以恢复", name))
	}
}

// rangeControl is a checked number field: what lies outside the range is said
// at once and not taken.
func (e *entryView) rangeControl(r *scoring.Rule, f *inspection.Finding) fyne.CanvasObject {
	field := e.v.s.pointsField()
	e.reach(r.Code, field)
	field.SetPlaceHolder(r.Min.String() + "–" + r.Max.String())
	if f != nil {
		field.SetText(f.Points.String())
	}
	take := func(t string) {
		d, err := model.InRange(t, *r.Min, *r.Max)
		if err = e.v.s.pointsError(err); err != nil {
			field.SetValidationError(err)
			e.v.s.toast(i18n.Person(err))
			return
		}
		if d == 0 {
			e.sayGone(model.FindingOf(e.entry(), r.Code))
		}
		e.apply(func() error { return e.v.in.SetPoints(e.code, r.Code, d) })
	}
	field.OnSubmitted = take
	field.OnChanged = e.typed(field, func(t string) error { // who goes on without Enter loses nothing
		d, err := model.InRange(t, *r.Min, *r.Max)
		switch there := model.FindingOf(e.entry(), r.Code) != nil; {
		case err != nil:
			return e.v.s.pointsError(err)
		case d == 0 && there: // on the way to another number; the reason and the photos stay
			return i18n.E("%s 的分数是空的，还按原来的算；要去掉这一条请按 Enter", r.Code)
		case d == 0:
			return nil
		}
		return e.v.in.SetPoints(e.code, r.Code, d)
	})
	use := look.NewIconButton("", theme.ConfirmIcon(), func() { take(field.Text) })
	return look.Across(look.Gap1, look.Fixed(72, 0, field), use)
}

// apply does a change that alters which findings there are, and shows the
// indicator anew.
func (e *entryView) apply(do func() error) {
	e.flush()
	if e.v.change(do) {
		e.v.rebuild()
	}
}

// findingView is what is written about one finding: note, clause, responsible
// unit, evidence.
func (e *entryView) findingView(f inspection.Finding) fyne.CanvasObject {
	note := ime.NewEntry()
	note.SetPlaceHolder(i18n.T("原因与情况（写明事实）"))
	note.SetText(f.Note)
	note.OnChanged = e.typed(note, func(t string) error {
		return e.v.in.EditFinding(e.code, f.ID, func(x *inspection.Finding) { x.Note = t })
	})
	e.at("finding."+f.ID, note)
	for i, x := range e.entry().Findings {
		if x.ID == f.ID {
			e.at(fmt.Sprintf("findings[%d].note", i), note)
		}
	}
	who := look.NewButton(e.whoWord(f), func() { e.v.chooseResponsible(e.code, f) })
	who.Importance = widget.LowImportance
	e.at("finding."+f.ID+".who", who)
	photo := look.NewIconButton(i18n.T("%d 件", len(f.Evidence)), theme.FileImageIcon(), func() { e.v.addEvidence(f.ID) })
	photo.Importance = widget.LowImportance
	e.at("finding."+f.ID+".photo", photo)
	drop := look.NewIconButton("", theme.DeleteIcon(), func() {
		e.sayGone(&f)
		e.apply(func() error { return e.v.in.RemoveFinding(e.code, f.ID) })
	})
	drop.Importance = widget.LowImportance
	e.at("finding."+f.ID+".drop", drop)
	return container.NewBorder(nil, nil, look.Fixed(16, 0, look.NewText("")), look.Across(0, who, photo, drop), note)
}

func (e *entryView) whoWord(f inspection.Finding) string {
	if f.Responsible == "" || f.Responsible == e.record().Unit.Code {
		return i18n.T("责任：本单位")
	}
	return i18n.T("责任：%s", e.v.s.unitName(f.Responsible))
}

func (e *entryView) freeView(f inspection.Finding) fyne.CanvasObject {
	points := look.Number("")
	points.Bold = true
	points.SetIn(e.ruleValue(nil, &f))
	edit := look.NewButton(i18n.T("改…"), func() { e.v.editFree(&f, "", "") })
	edit.Importance = widget.LowImportance
	e.at("finding."+f.ID+".edit", edit)
	head := container.NewBorder(nil, nil, nil, look.Across(look.Gap2, edit, look.Fixed(68, 0, look.Middle(points))),
		look.NewPara(i18n.T("其他（依据：%s）", f.Clause)))
	return look.Column(look.Gap1, head, e.findingView(f))
}
