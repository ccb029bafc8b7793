package ui

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// demoBureau opens the program on the bureau of a demonstration: six units, two
// rounds, one conflict. It is made once and copied.
var demoMade bool

var demoDir = sync.OnceValues(func() (string, error) {
	demoMade = true
	top, err := os.MkdirTemp("", "xunping-ui-")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(top, "demo")
	_, err = desk.Demo(context.Background(), desk.DemoOptions{Dir: dir, Units: 6, Rounds: 2, Conflicts: 1, Seed: 5}, nil)
	return dir, err
})

func newBureau(t testing.TB) *shell { return newBureauIn(t, "zh") }

func newBureauIn(t testing.TB, language string) *shell {
	t.Helper()
	dir, err := demoDir()
	must(t, err)
	path := filepath.Join(t.TempDir(), "b.xpb")
	b, err := os.ReadFile(filepath.Join(dir, "bureau.xpb"))
	must(t, err)
	must(t, os.WriteFile(path, b, 0o600))
	a := newApp(t)
	i18n.Use(language)
	s := newShell(a, Options{Look: string(look.Light), Text: textSize})
	must(t, s.open(path))
	t.Cleanup(func() { _ = s.close() })
	s.showFirst()
	s.goTo(placeBureau)
	return s
}

func bureauAt(t *testing.T, s *shell, page string) *bureauView {
	t.Helper()
	v, ok := s.screen.(*bureauView)
	if !ok {
		t.Fatalf("the screen is %T", s.screen)
	}
	v.choose(page)
	return v
}

// bureauScreens are the pages of 汇总 on a round with results.
var bureauScreens = map[string]func(*testing.T, *shell){
	"bureau-overview": func(t *testing.T, s *shell) { bureauAt(t, s, "overview") },
	"bureau-prepare":  func(t *testing.T, s *shell) { bureauAt(t, s, "prepare") },
	"bureau-letters":  func(t *testing.T, s *shell) { bureauAt(t, s, "letters") },
	"bureau-ranking":  func(t *testing.T, s *shell) { bureauAt(t, s, "ranking") },
	"bureau-review":   func(t *testing.T, s *shell) { bureauAt(t, s, "review") },
	"bureau-team":     func(t *testing.T, s *shell) { bureauAt(t, s, "prepare").askTeam([]string{"450100"}) },
	"bureau-letter":   func(t *testing.T, s *shell) { bureauAt(t, s, "letters").askLetter(desk.LetterRow{}) },
	"bureau-export":   func(t *testing.T, s *shell) { bureauAt(t, s, "ranking").askExport() },
	"bureau-trend": func(t *testing.T, s *shell) {
		v := bureauAt(t, s, "ranking")
		rows, err := s.desk.Rank(s.round.Code, "")
		must(t, err)
		v.showTrend(rows[0], "")
	},
	"bureau-heat": func(t *testing.T, s *shell) {
		v := bureauAt(t, s, "ranking")
		h, err := s.desk.Heat(t.Context(), s.round.Code, "")
		must(t, err)
		v.s.sheet("heat", look.Fixed(700, 400, v.heatView(h)))
	},
}

func TestGoldenBureau(t *testing.T) {
	for name, show := range bureauScreens {
		t.Run(name, func(t *testing.T) {
			s := newBureau(t)
			show(t, s)
			still(s)
			golden(t, s, name)
		})
	}
	for _, page := range []string{"overview", "ranking", "review"} {
		t.Run("en-"+page, func(t *testing.T) {
			s := newBureauIn(t, "en")
			bureauAt(t, s, page)
			still(s)
			golden(t, s, "en-bureau-"+page)
			fits(t, s)
		})
	}
}

// A judgement is changed with a reason in the window and signed: the ranking
// follows, and what was not signed counts nowhere.
func TestReviewInTheWindow(t *testing.T) {
	s := newBureau(t)
	dir, err := demoDir()
	must(t, err)
	v := bureauAt(t, s, "review")
	if v.review == nil || v.review.Empty() {
		t.Fatal("nothing to compare")
	}
	line := v.review.Table("").Shown()[0]
	row := v.review.Row(line)
	note := "统一尺度"
	if err := v.review.Change(row, desk.ReviewEdit{Note: &note}); err == nil {
		t.Error("a change without a reason was noted")
	}
	must(t, v.review.Change(row, desk.ReviewEdit{Note: &note, Reason: "与其他组一致"}))
	if n, units := v.review.Pending(); n != 1 || units != 1 {
		t.Errorf("%d changes in %d units are pending", n, units)
	}
	before, err := s.desk.Digest(s.round.Code)
	must(t, err)
	edits := v.review.ByUnit()[row.Unit.Code]
	choices, err := s.desk.ReviewChoices(s.round.Code, row.Unit.Code, edits)
	must(t, err)
	a, err := s.desk.Amend(s.round.Code, row.Unit.Code, choices)
	must(t, err)
	if now, _ := s.desk.Digest(s.round.Code); now != before {
		t.Error("a change that is not signed counts")
	}
	_, err = s.desk.SignAmendment(t.Context(), a, filepath.Join(dir, "keys", "bureau.p12"), desk.DemoPassphrase, filepath.Join(t.TempDir(), "a.pdf"))
	must(t, err)
	must(t, v.load())
	v.refresh()
	again := v.review.Row(v.review.Table("").Shown()[0])
	if !again.Decided || again.Finding.Note != note {
		t.Errorf("after signing: %+v", again)
	}
	v.review.Forget(nil)
	if n, _ := v.review.Pending(); n != 0 {
		t.Error("a change was not forgotten")
	}
}

// A laptop takes its task in the window: the first pack asks for the root's
// fingerprint, then the round with its units, figures and hidden points is there.
func TestTaskInTheWindow(t *testing.T) {
	b := newBureau(t)
	dir, err := demoDir()
	must(t, err)
	round := b.round.Code
	plan, err := b.desk.Plan(round)
	must(t, err)
	plan.Told = false
	must(t, b.desk.PutPlan(round, plan.With("甲组", "450100", "450300")))
	pack := filepath.Join(t.TempDir(), "task.zip")
	_, err = b.desk.ExportTask(t.Context(), round, "甲组", filepath.Join(dir, "keys", "bureau.p12"), desk.DemoPassphrase, pack)
	must(t, err)
	root, err := desk.TaskRoot(pack)
	must(t, err)

	s := newWindow(t, "zh")
	s.addFiles([]string{pack})
	if s.win.Canvas().Overlays().Top() == nil {
		t.Fatal("nobody was asked for the fingerprint")
	}
	s.win.Canvas().Overlays().Remove(s.win.Canvas().Overlays().Top())
	if _, err := desk.Ungroup("1234"); err == nil {
		t.Error("a short fingerprint was taken")
	}
	typed, err := desk.Ungroup(" " + desk.Groups(root) + "\n")
	must(t, err)
	task, err := s.desk.PlanTask(pack, typed)
	must(t, err)
	s.showTask(task)
	golden(t, s, "task")
	s.win.Canvas().Overlays().Remove(s.win.Canvas().Overlays().Top())
	must(t, s.desk.TakeTask(t.Context(), task))
	must(t, s.chooseRound(round))
	v, ok := s.screen.(*unitsView)
	if !ok || len(v.shown) != 2 || v.shown[1].Previous == "" {
		t.Fatalf("the list is %+v", v.shown)
	}
	if !at(t, s, "450100").score.hidden {
		t.Error("points are shown though the round says they are not told")
	}
}

// Units leave and join a round in the window.
func TestUnitsOfARound(t *testing.T) {
	s := newBureau(t)
	v := bureauAt(t, s, "prepare")
	before, err := v.roundUnits()
	must(t, err)
	v.dropUnits(before[:2])
	after, err := v.roundUnits()
	must(t, err)
	if len(after) != len(before)-2 || after[0] != before[2] {
		t.Errorf("after leaving: %v of %v", after, before)
	}
	must(t, v.setUnits(append(after, before[0])))
	if again, _ := v.roundUnits(); len(again) != len(before)-1 {
		t.Errorf("after joining: %v", again)
	}
	if err := v.setUnits(nil); err == nil {
		t.Error("a round without units was made")
	}
}
