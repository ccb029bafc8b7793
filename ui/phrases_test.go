package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xunping/scoring"
	"xunping/ui/ime"
)

// A stock phrase goes where one writes: into the reason of a finding, the fact of a
// free one that is being added, else the note.
func TestPhrasesFillTheFieldWithTheFocus(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	must(t, v.in.SetCount("A2", "A2-2", scoring.One))
	v.rebuild()
	v.focusOn(v.entry.fields["finding.f1"])
	typing(t, s, "现场：")
	jot := func() {
		for _, c := range s.commands() {
			if c.key == fyne.KeyJ && c.mod == ctrl {
				s.act(c)()
			}
		}
	}
	jot()
	press(s, fyne.Key1)
	settled(v)
	e := v.in.Record().Entries["A2"]
	if n := e.Findings[0].Note; !strings.HasPrefix(n, "现场：") || len(n) < len("现场：")+6 || e.Note != "" {
		t.Fatalf("the reason is %q, the note %q", n, e.Note)
	}
	v.addFree()
	fact := v.fact
	s.win.Canvas().Focus(fact)
	jot()
	jot() // not a second list
	press(s, fyne.Key1)
	if fact.Text == "" || s.win.Canvas().Focused() != fyne.Focusable(fact) || v.fact != fact {
		t.Errorf("the fact is %q", fact.Text)
	}
	press(s, fyne.KeyEscape)
	if v.fact != (*ime.Entry)(nil) || s.win.Canvas().Overlays().Top() != nil {
		t.Error("the form is not closed")
	}
	v.focusNote()
	jot()
	press(s, fyne.Key1)
	if v.in.Record().Entries["A2"].Note == "" {
		t.Error("the note got nothing")
	}
}
