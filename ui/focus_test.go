package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"xunping/inspection"
)

// An indicator that is shown anew keeps the focus, the caret and every letter: a picture
// comes in, a phrase is chosen, a change is undone while somebody types.
func TestShownAnewWhileTyping(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	v.focusNote()
	typing(t, s, "ab")
	v.rebuild()
	if s.win.Canvas().Focused() != fyne.Focusable(v.entry.note) {
		t.Fatalf("the focus is on %T", s.win.Canvas().Focused())
	}
	typing(t, s, "c")
	settled(v)
	if got := v.in.Record().Entries["A2"].Note; got != "abc" {
		t.Errorf("the note is %q", got)
	}

	v.stockPhrases()
	press(s, fyne.Key1)
	if s.win.Canvas().Focused() != fyne.Focusable(v.entry.note) {
		t.Errorf("after a phrase the focus is on %T", s.win.Canvas().Focused())
	}
	v.undo(false)
	typing(t, s, "d")
	settled(v)
	if got := v.in.Record().Entries["A2"].Note; got != "abcd" {
		t.Errorf("after a phrase taken back the note is %q", got)
	}
}

// Half a date is no date yet, and not lost when the indicator is shown anew; not either
// in a field that was left, or after it was said in a dialog.
func TestUnfinishedTextStays(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	date := func() string { return v.entry.figures[2].Text }
	v.focusOn(v.entry.figures[2])
	typing(t, s, "2019-0")
	v.rebuild()
	if date() != "2019-0" {
		t.Fatalf("while it is typed: %q", date())
	}
	v.focusNote()
	v.rebuild()
	if date() != "2019-0" {
		t.Fatalf("in a field that was left: %q", date())
	}
	v.entry.flush()
	press(s, fyne.KeyEscape)
	v.rebuild()
	if date() != "2019-0" {
		t.Fatalf("said in a dialog: %q", date())
	}
	v.entry.figures[2].SetText("2019-07-31")
	settled(v)
	v.rebuild()
	if got := v.in.Record().Entries["A2"].Measures["A2-m1"].AsOf; got != "2019-07-31" || date() != got {
		t.Errorf("finished: %q, shown %q", got, date())
	}
}

// No key goes to a field that is not shown any more: of another indicator, or under a
// dialog that leads to one.
func TestNothingTypedIntoTheVoid(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.focusNote()
	old := v.entry.note
	v.step(1)
	if s.win.Canvas().Focused() == fyne.Focusable(old) {
		t.Error("the note of the indicator before has the focus")
	}
	v.focusNote()
	old = v.entry.note
	s.find() // a dialog that leads to another indicator
	typing(t, s, "B1")
	press(s, fyne.KeyReturn)
	if v.walk.Code() != "B1" || s.win.Canvas().Focused() == fyne.Focusable(old) {
		t.Errorf("at %s the focus is on a field of another indicator", v.walk.Code())
	}

	v.focusNote()
	v.addFree()
	must(t, v.in.EditFinding("B1", mustFree(t, v), func(f *inspection.Finding) { f.Note = "x" }))
	v.rebuild()
	press(s, fyne.KeyEscape)
	if s.win.Canvas().Focused() != fyne.Focusable(v.entry.note) {
		t.Errorf("after a dialog the focus is on %T", s.win.Canvas().Focused())
	}

	s.goTo(placeInspect)
	s.find()
	s.inspect("450200")
	if f := s.win.Canvas().Focused(); f != nil {
		t.Errorf("%T of the screen before has the focus", f)
	}
}

func mustFree(t *testing.T, v *walkView) string {
	t.Helper()
	id, err := v.in.AddFree("B1", 1, "依据", "事实")
	must(t, err)
	return id
}
