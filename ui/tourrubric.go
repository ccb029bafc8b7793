package ui

import (
	"fmt"

	"xunping/desk"
	"xunping/ui/model"
)

// rubricSteps is a clerk's path: the built-in rubric is copied, other points and
// cases are written, the sums turn wrong and right, it is published, a round is
// opened on it and a unit inspected.
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
		func() error { return t.write("指标", "A1", "分值", "10") }, t.shot("rubric-sum-wrong"),
		func() error { return t.write("指标", "A2", "分值", "8") }, t.shot("rubric-sum-right"),
		func() error {
			return t.write("规则", "A2-2", "名称", "应迁移而没有提出迁移上云申请的信息系统")
		}, t.shot("rubric-rule"),
		func() error {
			return t.s.desk.SetSetting("case", "单位 设区市\nA1 缺项 南数函〔2019〕12号 2019-07-01\nA2-1\nA2-2 3")
		},
		func() error { t.editing().try(); return nil }, t.shot("rubric-try"), t.closeDialog,
		func() error { t.editing().compare(); return nil }, t.shot("rubric-compare"), t.closeDialog,
		func() error { t.editing().publish(); return nil }, t.shot("rubric-publish"), t.closeDialog,
		t.publishRubric, t.shot("rubric-published"),
		func() error { t.rubrics().recheck(); return nil }, t.wait, t.shot("rubric-recheck"), t.closeDialog,
		t.roundOnIt, t.shot("rubric-round"),
		func() error { t.s.inspect(t.unit); return nil }, t.shot("rubric-inspected"),
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
			v.set(model.RubricField{Head: head}, value)
			v.flush()
			v.rebuild()
			return nil
		}
	}
	return fmt.Errorf("no line %s %s", kind, code)
}

func (t *tourist) publishRubric() error {
	c, err := t.editing().m.E.Publish(desk.RubricRelease{Version: "2", From: "2020-01-01", To: "2020-12-31", Document: "桂数发〔2020〕1号", Points: true, Rules: true})
	if err != nil {
		return err
	}
	if err := t.s.desk.SetSetting("rubric", c.Hash); err != nil {
		return err
	}
	t.s.goTo(placeRubric)
	return nil
}

func (t *tourist) roundOnIt() error {
	trial := false
	r, err := t.s.desk.NewRound(desk.RoundPlan{Code: "2020-01", Title: "2020年1月检查", Rubric: t.rubrics().shown.Hash, Trial: &trial})
	if err != nil {
		return err
	}
	if r.Trial {
		return fmt.Errorf("the round on an official rubric is a trial")
	}
	return t.s.chooseRound(r.Code)
}
