package ui

import (
	"testing"

	"xunping/desk"
	"xunping/ui/model"
)

// What was typed is on disk when the screen is left, and undo takes the whole
// typing back.
func TestRubricTypingIsKept(t *testing.T) {
	s := newWindow(t, "zh")
	v := writing(t, s)
	l, _ := v.m.Line()
	was, f := l.Cells["分值"], model.RubricField{Head: "分值"}
	v.set(f, "1")
	v.set(f, "12")
	if !v.m.E.Unsaved() || v.undo.Disabled() {
		t.Error("typing is not seen")
	}
	id := v.m.E.ID()
	s.goTo(placeSettings)
	e, err := s.desk.EditRubric(id)
	must(t, err)
	if e.Lines()[l.At].Cells["分值"] != "12" || len(e.Problems()) == 0 {
		t.Fatal("not on disk:", e.Lines()[l.At].Cells)
	}
	must(t, e.Undo())
	if e.Lines()[l.At].Cells["分值"] != was {
		t.Error("undo leaves", e.Lines()[l.At].Cells["分值"])
	}
}

// Every line of the built-in rubric opens with its fields, and what is added,
// moved and removed leaves the screen whole.
func TestRubricLinesOpen(t *testing.T) {
	s := newWindow(t, "zh")
	v := writing(t, s)
	for _, n := range v.nodes {
		v.open(n.Setting, n.At)
		if l, ok := v.m.Line(); !ok || l.Type != n.Type {
			t.Fatal("opened", l.Type, "for", n.Type)
		}
	}
	for _, kind := range desk.Adds("指标") {
		v.step(func() error {
			at, err := v.m.E.Add(v.m.At, kind)
			v.m.Open(false, at)
			return err
		})
		if l, _ := v.m.Line(); l.Type != kind {
			t.Error("added", kind, "opened", l.Type)
		}
	}
	v.m.OnlyWrong(true)
	v.rebuild()
	s.goTo(placeRubric)
	s.screen.(*rubricListView).archive(true)
	if !s.screen.(*rubricListView).info().Archived {
		t.Error("not archived")
	}
}

// A kept case opens with its name and the total of its maker, and one that was
// thrown away comes back.
func TestKeptCasesAreOpenedAndBroughtBack(t *testing.T) {
	s := newWindow(t, "zh")
	v := writing(t, s)
	c, err := v.m.E.Compiled()
	must(t, err)
	b := newCaseBench(s, v.m.E.ID(), c)
	b.name.SetText("一")
	b.text.SetText("A2-1")
	b.total.SetText("98")
	b.keep()
	b.name.SetText("二")
	b.total.SetText("")
	b.keep()
	runs, err := s.desk.RunCases(v.m.E.ID(), c)
	must(t, err)
	if len(runs) != 2 {
		t.Fatal(runs)
	}
	for _, x := range runs {
		b.name.SetText("")
		b.open(x)
		if want := map[string]string{"一": "98"}[x.Name]; b.name.Text != x.Name || b.total.Text != want {
			t.Errorf("%s opens as %q with %q", x.Name, b.name.Text, b.total.Text)
		}
	}
	b.drop("一")
	if runs, _ = s.desk.RunCases(v.m.E.ID(), c); len(runs) != 1 {
		t.Error("still there", runs)
	}
	b.restore()
	if runs, _ = s.desk.RunCases(v.m.E.ID(), c); len(runs) != 2 || runs[0].Want.Total == "" {
		t.Error("not brought back", runs)
	}
}

// A clerk's path by the forms: what is typed, pressed and chosen makes a rubric
// that a round is opened on and a unit inspected by.
func TestClerksPathByForms(t *testing.T) {
	s := newWindow(t, "zh")
	walk := &tourist{s: s, unit: "450100"}
	for i, step := range walk.rubricSteps() {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	if s.round.Code == "2020-01" {
		t.Error("the walk ends in another round than it began in")
	}
}
