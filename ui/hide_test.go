package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// texts are all words that can be read in what is on top.
func (s *shell) texts() (out []string) {
	for _, o := range test.LaidOutObjects(s.top()) {
		if t, ok := o.(*canvas.Text); ok && t.Visible() {
			out = append(out, t.Text)
		}
	}
	return out
}

func (s *shell) reads(word string) bool {
	return slices.ContainsFunc(s.texts(), func(t string) bool { return strings.Contains(t, word) })
}

// Ctrl+H works in a dialog, too: nothing in it can be read or confirmed, Escape closes
// it, and the same key shows it again as it was.
func TestHidingInADialog(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	some(t, v)
	hide := s.command(t, "隐藏或显示分数")
	done, field := false, ime.NewEntry()
	d := look.NewDialog(s.win, "说明", look.Column(look.Gap2, look.NewText("扣 7.77 分"), field)).Cancel("取消", nil).Main("确定", func() bool { done = true; return true })
	d.Focus(field).Show()
	size := s.top().MinSize()
	hide()
	if s.reads("7.77") || !s.reads("分数已隐藏") {
		t.Errorf("hidden, and read: %v", s.texts())
	}
	press(s, fyne.KeyReturn)
	if done {
		t.Error("what cannot be seen was confirmed")
	}
	hide()
	if !s.reads("7.77") || s.win.Canvas().Focused() != fyne.Focusable(field) || s.top().MinSize() != size {
		t.Errorf("not as it was: %v, focus %T", s.texts(), s.win.Canvas().Focused())
	}
	hide()
	press(s, fyne.KeyEscape)
	if s.win.Canvas().Overlays().Top() != nil || !v.score.hidden {
		t.Error("Escape does not close it, or the walk-through shows points")
	}
	if s.command(t, "撤销")(); len(v.in.Record().Entries) == 0 {
		t.Error("other keys do not work after it")
	}
}

// command is a command by its word.
func (s *shell) command(t *testing.T, word string) func() {
	t.Helper()
	for _, c := range s.commands() {
		if c.word == word {
			return s.act(c)
		}
	}
	t.Fatalf("no command %q", word)
	return nil
}

// What shows points asks the one switch: the field of a range, what was sealed, the choice
// between two drafts, the verifier, and the pages of the bureau.
func TestPointsAreHiddenEverywhere(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	ranged, code := scoring.Rule{}, ""
	for _, p := range v.in.Compiled().Rubric.Parts {
		for _, g := range p.Groups {
			for _, ind := range g.Indicators {
				for _, r := range ind.Rules {
					if r.Kind == "range" && model.Binds(&r, v.in.Record().Unit.Kind) && code == "" {
						ranged, code = r, ind.Code
					}
				}
			}
		}
	}
	must(t, v.in.SetPoints(code, ranged.Code, *ranged.Max))
	v.open(code)
	s.toggleHidden()
	if f := v.entry.controls[ranged.Code].(*ime.Entry); !f.Password {
		t.Error("the field of a range shows its points")
	}
	field := v.entry.controls[ranged.Code].(*ime.Entry)
	field.SetText("77")
	v.entry.pause()
	field.OnSubmitted("77")
	if s.reads("77") || strings.Contains(s.status.Text, "77") {
		t.Errorf("points out of the range are read: %q %v", s.status.Text, s.texts())
	}
	field.SetText("")
	v.entry.pause()
	v.addFree()
	f := s.win.Canvas().Focused().(*ime.Entry)
	if !f.Password {
		t.Error("the field of a free finding shows its points")
	}
	f.SetText("88x")
	f.OnSubmitted("88x")
	if s.reads("88") {
		t.Errorf("wrong points of a free finding are read: %v", s.texts())
	}
	press(s, fyne.KeyEscape)
	asked := false
	s.sheet("页面", coverPages(func() { asked = true }))
	if s.tap(t, "显示页面"); !asked {
		t.Error("the pages cannot be shown")
	}
	press(s, fyne.KeyEscape)

	entry := v.in.Record().Entries[code]
	if words := strings.Join(model.Telling{Hidden: s.hidden()}.Lines(entry), ""); strings.Contains(words, ranged.Max.String()) && !strings.Contains(ranged.Code, ranged.Max.String()) {
		t.Errorf("the choice between drafts says %q", words)
	}
	show := func(o fyne.CanvasObject) { look.NewDialog(s.win, "x", o).Cancel("取消", nil).Show() }
	total := "92.77"
	verdict := names.verdict
	verdict.Total = &total
	for name, card := range map[string]func() fyne.CanvasObject{
		"history": func() fyne.CanvasObject {
			return s.revisionCard(desk.Revision{Number: 1, Value: total, Band: "非常高"}, nil)
		},
		"verifier": func() fyne.CanvasObject { return (&verifyView{s: s}).card(model.NewVerdict(verdict)) },
	} {
		show(card())
		if s.reads(total) || s.reads("非常高") {
			t.Errorf("%s: %v", name, s.texts())
		}
		press(s, fyne.KeyEscape)
		s.toggleHidden()
		show(card())
		if !s.reads(total) {
			t.Errorf("%s does not show points any more: %v", name, s.texts())
		}
		press(s, fyne.KeyEscape)
		s.toggleHidden()
	}
	s.goTo(placeBureau)
	if n := len(s.body.Objects); n != 2 {
		t.Error("the pages of the bureau show points")
	}
	s.toggleHidden()
	if n := len(s.body.Objects); n != 1 {
		t.Error("the pages of the bureau stay covered")
	}
}
