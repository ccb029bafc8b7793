package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
	"xunping/ui/model"
)

// screens are the screens in their states.
var screens = map[string]func(*testing.T, *shell){
	"units":       func(t *testing.T, s *shell) {},
	"units-none":  func(t *testing.T, s *shell) { s.screen.(*unitsView).find.SetText("没有这个单位") },
	"units-found": func(t *testing.T, s *shell) { s.screen.(*unitsView).find.SetText("lz") },
	"walk":        func(t *testing.T, s *shell) { at(t, s, "450100") },
	"walk-some":   func(t *testing.T, s *shell) { some(t, at(t, s, "450100")) },
	"walk-absent": func(t *testing.T, s *shell) { v := at(t, s, "450100"); some(t, v); v.open("A1") },
	"walk-hidden": func(t *testing.T, s *shell) { v := at(t, s, "450100"); some(t, v); s.toggleHidden() },
	"walk-bonus":  func(t *testing.T, s *shell) { at(t, s, "450100").open("D1") },
	"walk-trying": func(t *testing.T, s *shell) { v := at(t, s, "450100"); some(t, v); v.try() },
	"walk-large": func(t *testing.T, s *shell) {
		s.theme = &look.Theme{Mode: look.Light, Scale: 1.3}
		s.app.Settings().SetTheme(s.theme)
		some(t, at(t, s, "450100"))
	},
	"gate":        func(t *testing.T, s *shell) { v := at(t, s, "450100"); some(t, v); v.seal() },
	"items":       items,
	"days":        func(t *testing.T, s *shell) { v := at(t, s, "450100"); v.open("A2"); v.entry.countDays(limited(v)) },
	"explain":     func(t *testing.T, s *shell) { v := at(t, s, "450100"); some(t, v); v.explain() },
	"bureau":      func(t *testing.T, s *shell) { s.goTo(placeBureau) },
	"prepare":     func(t *testing.T, s *shell) { s.goTo(placeBureau); s.screen.(*bureauView).choose("prepare") },
	"letters":     func(t *testing.T, s *shell) { s.goTo(placeBureau); s.screen.(*bureauView).choose("letters") },
	"rubric":      func(t *testing.T, s *shell) { s.goTo(placeRubric) },
	"rubric-edit": func(t *testing.T, s *shell) { writing(t, s) },
	"rubric-wrong": func(t *testing.T, s *shell) {
		v := writing(t, s)
		v.set(model.RubricField{Head: "分值"}, "12")
		v.flush()
	},
	"rubric-publish": func(t *testing.T, s *shell) { writing(t, s).publish() },
	"rubric-try":     func(t *testing.T, s *shell) { writing(t, s).try() },
	"round-new":      func(t *testing.T, s *shell) { s.newRound() },
	"keys":           func(t *testing.T, s *shell) { s.showKeys() },
	"error":          func(t *testing.T, s *shell) { s.fail(inspectionError()) },
}

// Every screen and its states as markup: a change of any word, place or role
// shows as a small difference. `go test -tags ci ./ui -run Golden` writes what it
// got into testdata/failed, to be looked at and moved.
func TestGolden(t *testing.T) {
	for name, show := range screens {
		t.Run(name, func(t *testing.T) {
			s := newWindow(t, "zh")
			show(t, s)
			still(s)
			golden(t, s, name)
		})
	}
}

// The smallest window that DESIGN promises, less the menu.
var smallest = fyne.NewSize(1366, 768-28)

// In the largest text and in English, which is longer, every screen and dialog fits into
// the smallest window: one that needs more makes the window grow over the edge. In plain
// text the English goldens are tried.
func TestEveryScreenFits(t *testing.T) {
	textSize = "1.5"
	t.Cleanup(func() { textSize = "1" })
	try := func(name string, open func(testing.TB, string) *shell, at place, show func(*testing.T, *shell)) {
		t.Run(name, func(t *testing.T) {
			s := open(t, "en")
			s.goTo(at)
			show(t, s)
			fits(t, s)
		})
	}
	for _, pages := range []map[string]func(*testing.T, *shell){screens, dialogs} {
		for name, show := range pages {
			try(name, newWindow, placeInspect, show)
		}
	}
	for name, show := range bureauScreens {
		try(name, newBureauIn, placeBureau, show)
	}
	for _, pages := range []map[string]func(*testing.T, *shell){handleScreens(), publishScreens()} {
		for name, show := range pages {
			try(name, withBureauKeyIn, placeBureau, show)
		}
	}
	try("timeline", newBureauIn, placeBureau, func(t *testing.T, s *shell) { s.showTimeline("450100") })
	try("conflict", newBureauIn, placeBureau, func(t *testing.T, s *shell) {
		conflicts, err := s.desk.Conflicts(s.round.Code)
		must(t, err)
		s.openConflict(conflicts[0].Unit.Code)
	})
}

func fits(t *testing.T, s *shell) {
	t.Helper()
	if m := s.win.Content().MinSize(); m.Width > smallest.Width || m.Height > smallest.Height {
		t.Errorf("the screen needs %v", m)
	}
	if top := s.win.Canvas().Overlays().Top(); top != nil {
		if m := top.MinSize(); m.Width > smallest.Width || m.Height > smallest.Height {
			t.Errorf("the dialog needs %v", m)
		}
	}
}

// writing is a fresh draft of the round's rubric.
func writing(t *testing.T, s *shell) *rubricEditView {
	t.Helper()
	s.goTo(placeRubric)
	v := s.screen.(*rubricListView)
	v.draft(v.shown)
	return s.screen.(*rubricEditView)
}

// golden compares the dialog on top, or the whole window if there is none.
func golden(t *testing.T, s *shell, name string) {
	t.Helper()
	if top := s.win.Canvas().Overlays().Top(); top != nil {
		test.AssertObjectRendersToMarkup(t, "golden/"+name+".xml", top)
	} else {
		test.AssertRendersToMarkup(t, "golden/"+name+".xml", s.win.Canvas())
	}
}

func items(t *testing.T, s *shell) {
	v := at(t, s, "450100")
	must(t, v.in.SetItems("A2", "A2-m1", []inspection.Item{{Code: "s1", Name: "人事系统", Level: "市级", State: inspection.ItemDone}, {Code: "s2", Name: "财务系统", State: inspection.ItemOpen}}))
	v.open("A2")
	v.entry.editItems(&v.entry.ind.Measures[0])
}

func limited(v *walkView) scoring.Step {
	for _, f := range v.entry.ind.Guide.Flows {
		for _, s := range f.Steps {
			if s.Days != nil {
				return s
			}
		}
	}
	return scoring.Step{}
}

func inspectionError() error {
	_, err := inspection.ReadRecord([]byte("{"))
	return err
}

// The same screens speak English, too: no Chinese is left but what is data.
func TestGoldenEnglish(t *testing.T) {
	for name, show := range map[string]func(*shell){
		"en-units":       func(*shell) {},
		"en-walk":        func(s *shell) { v := at(t, s, "450100"); some(t, v) },
		"en-gate":        func(s *shell) { v := at(t, s, "450100"); some(t, v); v.seal() },
		"en-rubric":      func(s *shell) { s.goTo(placeRubric) },
		"en-rubric-edit": func(s *shell) { writing(t, s) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newWindow(t, "en")
			show(s)
			still(s)
			golden(t, s, name)
			fits(t, s)
		})
	}
}
