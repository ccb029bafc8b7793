package ui

import (
	"fmt"
	"slices"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/look"
)

// rubricSteps is a clerk's path, by the forms alone: the built-in rubric is
// copied, other points and cases are typed, the sums turn wrong and right, cases
// are kept, it is published, a round is opened on it and a unit inspected.
func (t *tourist) rubricSteps() []func() error {
	before := ""
	return []func() error{
		func() error { before = t.s.round.Code; t.s.goTo(placeRubric); return nil }, t.shot("rubric"),
		func() error {
			b, err := desk.FindRubric(t.s.desk, "zfwz-2019", "")
			if err == nil {
				t.rubrics().choose(b.Hash)
			}
			return err
		}, t.shot("rubric-second"),
		func() error { return t.draftRubric() }, t.shot("rubric-draft"),
		func() error { return t.write("指标", "A1", "分值", "10") },
		func() error { return t.sums(false) }, t.shot("rubric-sum-wrong"),
		func() error { return t.write("指标", "A2", "分值", "8") },
		func() error { return t.sums(true) }, t.shot("rubric-sum-right"),
		func() error {
			return t.write("规则", "A2-2", "名称", "应迁移而没有提出迁移上云申请的信息系统")
		}, t.shot("rubric-rule"),
		t.keepCases, t.shot("rubric-try"), t.closeDialog,
		func() error { t.editing().compare(); return nil }, t.shot("rubric-compare"), t.closeDialog,
		func() error { t.editing().publish(); return nil }, t.fillRelease, t.shot("rubric-publish"),
		t.publishRubric, t.shot("rubric-published"),
		func() error { t.rubrics().recheck(); return nil }, t.wait, t.shot("rubric-recheck"), t.closeDialog,
		func() error { t.s.newRoundOn(t.rubrics().shown.Hash); return nil }, t.fillRound, t.shot("rubric-round-new"),
		t.roundOnIt, t.shot("rubric-round"),
		func() error { t.s.inspect(t.unit); return nil }, t.inspectOnIt, t.shot("rubric-inspected"),
		func() error { return t.s.chooseRound(before) },
	}
}

func (t *tourist) rubrics() *rubricListView { v, _ := t.s.screen.(*rubricListView); return v }

func (t *tourist) editing() *rubricEditView { v, _ := t.s.screen.(*rubricEditView); return v }

func (t *tourist) draftRubric() error {
	c, err := desk.FindRubric(t.s.desk, "jutongyong-2019", "")
	if err == nil {
		t.rubrics().draft(c)
	}
	return err
}

// write opens a line and types into one of its fields.
func (t *tourist) write(kind, code, head, value string) error {
	v := t.editing()
	for _, n := range v.nodes {
		if n.Type == kind && n.Code == code {
			v.open(n.Setting, n.At)
			v.list.ScrollTo(v.place())
			if !typeInto(v.controls[head], value) {
				return fmt.Errorf("no field %s of %s %s", head, kind, code)
			}
			v.flush()
			return nil
		}
	}
	return fmt.Errorf("no line %s %s", kind, code)
}

// sums demands that the sums of all parts are right, or not.
func (t *tourist) sums(want bool) error {
	words, right := t.editing().m.SumWords()
	if slices.Contains(right, false) == want {
		return fmt.Errorf("the sums are %v", words)
	}
	return nil
}

// keepCases types two cases into the test bench and keeps them, one with a total
// that was computed by hand.
func (t *tourist) keepCases() error {
	v := t.editing()
	c, err := v.m.E.Compiled()
	if err != nil {
		return err
	}
	b := newCaseBench(t.s, v.m.E.ID(), c)
	b.show()
	for _, x := range []struct{ name, text, total string }{
		{"扣三项", "单位 设区市\nA2-1\nA2-2 3", "95"}, // 100 − 2 − 3·1
		{"缺 A1", "单位 设区市\nA1 缺项 南数函〔2019〕12号 2019-07-01\nA2-1\nA2-2 3", ""},
	} {
		b.name.SetText(x.name)
		b.text.SetText(x.text)
		b.total.SetText(x.total)
		b.keep()
	}
	runs, err := t.s.desk.RunCases(v.m.E.ID(), c)
	if err == nil && (len(runs) != 2 || runs[0].Differs+runs[1].Differs != "") {
		err = fmt.Errorf("the kept cases are %v", runs)
	}
	return err
}

// fillRelease fills in the form of a publication.
func (t *tourist) fillRelease() error {
	official := i18n.T("正式，凭上面的文号")
	return t.fill(map[string]string{i18n.T("版本"): "2", i18n.T("适用自"): "2020-01-01", i18n.T("适用至"): "2020-12-31", i18n.T("文号"): "桂数发〔2020〕1号", i18n.T("分值"): official, i18n.T("扣分情形"): official})
}

func (t *tourist) fill(answers map[string]string) error {
	for label, answer := range answers {
		if err := t.s.asked.fill(label, answer); err != nil {
			return err
		}
	}
	return nil
}

// publishRubric presses the button of that form.
func (t *tourist) publishRubric() error {
	if err := t.s.asked.enter(); err != nil {
		return err
	}
	v := t.rubrics()
	if v == nil || v.shown.Rubric.PointsStatus != scoring.Official || v.shown.Rubric.Version != "2" {
		return fmt.Errorf("the published rubric is not shown")
	}
	if runs, err := t.s.desk.RunCases(v.shown.Hash, v.shown); err != nil || len(runs) != 2 {
		return fmt.Errorf("published with %d cases: %w", len(runs), err)
	}
	return nil
}

// fillRound fills in the form of a round on it.
func (t *tourist) fillRound() error {
	return t.fill(map[string]string{i18n.T("代码"): "2020-01", i18n.T("名称"): "2020年1月检查"})
}

func (t *tourist) roundOnIt() error {
	if err := t.s.asked.enter(); err != nil {
		return err
	}
	if t.s.round.Code != "2020-01" || t.s.round.Trial {
		return fmt.Errorf("the open round is %+v", t.s.round)
	}
	return nil
}

// inspectOnIt checks one indicator of a unit by the new points.
func (t *tourist) inspectOnIt() error {
	v := t.walkView()
	v.open("A2")
	box, ok := v.entry.controls["A2-1"].(*look.Check)
	if !ok {
		return fmt.Errorf("A2-1 has no box")
	}
	box.SetChecked(true)
	if len(v.in.Record().Entries["A2"].Findings) != 1 {
		return fmt.Errorf("the box of A2-1 entered nothing")
	}
	if got := v.in.Compiled().Engine.Indicator(1).Points; got != 8*scoring.One {
		return fmt.Errorf("A2 has %s points", got)
	}
	return nil
}
