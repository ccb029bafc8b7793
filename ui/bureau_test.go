package ui

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fyne.io/fyne/v2/test"

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

func newBureau(t *testing.T) *shell {
	t.Helper()
	dir, err := demoDir()
	must(t, err)
	path := filepath.Join(t.TempDir(), "b.xpb")
	b, err := os.ReadFile(filepath.Join(dir, "bureau.xpb"))
	must(t, err)
	must(t, os.WriteFile(path, b, 0o600))
	a := test.NewApp()
	t.Cleanup(func() { i18n.Use("zh"); a.Quit() })
	i18n.Use("zh")
	s := newShell(a, Options{Look: string(look.Light), Text: "1"})
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

// The pages of 汇总 on a round with results, as markup.
func TestGoldenBureau(t *testing.T) {
	for name, show := range map[string]func(*testing.T, *shell){
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
	} {
		t.Run(name, func(t *testing.T) {
			s := newBureau(t)
			show(t, s)
			still(s)
			golden(t, s, name)
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
