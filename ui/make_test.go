package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newWindow opens the program on a fresh workbook with one round, without a
// screen. The round has three units, so that pictures of it stay small.
func newWindow(t testing.TB, language string) *shell {
	t.Helper()
	return newWindowAt(t, language, filepath.Join(t.TempDir(), "w.xpb"))
}

// newWindowHere is newWindow on a workbook whose path has no folder, for screens that
// show it. It is for looking only: what opens the file anew does not find it.
func newWindowHere(t testing.TB, language string) *shell {
	t.Helper()
	here, err := os.Getwd()
	must(t, err)
	must(t, os.Chdir(t.TempDir()))
	s := newWindowAt(t, language, "w.xpb")
	must(t, os.Chdir(here))
	return s
}

func newWindowAt(t testing.TB, language, path string) *shell {
	t.Helper()
	d, err := desk.Create(path, desk.CreateOptions{})
	must(t, err)
	list, err := d.Rubrics()
	must(t, err)
	for _, r := range list {
		if r.Code == "jutongyong-2019" {
			must(t, d.PutRound(desk.RoundInfo{Round: inspection.Round{Code: "2019-08", Title: "2019年8月检查", Trial: true, Signers: 2, Cutoff: "2019-07-31"},
				RubricHash: r.Hash, Units: []string{"450100", "450200", "450300"}}))
		}
	}
	must(t, d.Close())
	a := newApp(t)
	i18n.Use(language)
	s := newShell(a, Options{Look: string(look.Light), Text: textSize})
	must(t, s.open(path))
	t.Cleanup(func() { s.rest(); _ = s.close() })
	s.showFirst()
	return s
}

// at is the walk-through of a unit.
func at(t testing.TB, s *shell, unit string) *walkView {
	t.Helper()
	s.inspect(unit)
	v, ok := s.screen.(*walkView)
	if !ok {
		t.Fatalf("the screen is %T", s.screen)
	}
	return v
}

var clockWords = regexp.MustCompile(`\d{2}:\d{2}`)

// rest waits until nothing goes on beside the window any more.
func (s *shell) rest() {
	for s.beside.busy(true) {
		time.Sleep(time.Millisecond)
	}
}

// oneApp is the app of all tests: Fyne reads the fonts again for each app and each
// theme, and what shapes text never lets go of one (34 MB each).
var oneApp = sync.OnceValue(test.NewApp)

// textSize is that of the windows that tests make.
var textSize = "1"

// newApp is the app as if it had just been started.
func newApp(t testing.TB) fyne.App {
	t.Helper()
	a := oneApp()
	fyne.SetCurrentApp(a)
	for _, key := range []string{prefLang, prefWorkbook, prefMode, prefScale, settingFolder, "window.width", "window.height"} {
		a.Preferences().RemoveValue(key)
	}
	t.Cleanup(func() {
		i18n.Use("zh")
		for _, w := range slices.Clone(a.Driver().AllWindows()) {
			w.SetCloseIntercept(nil)
			w.Close()
		}
	})
	return a
}

// still takes what depends on the clock out of the window.
func still(s *shell) {
	s.rest()
	if s.status != nil {
		s.status.Text = clockWords.ReplaceAllString(s.status.Text, "00:00")
		s.status.Refresh()
	}
	s.note.Objects = nil
	s.note.Refresh()
}

// some enters a little of everything.
func some(t testing.TB, v *walkView) {
	t.Helper()
	ten, fifteen := 10*scoring.One, 15*scoring.One
	must(t, v.in.SetAbsence("A1", inspection.Absence{Letter: "南数函〔2019〕12号", Date: "2019-07-01", Reason: "没有业务专网"}))
	must(t, v.in.SetCount("A2", "A2-2", 3*scoring.One))
	must(t, v.in.SetMeasure("A2", "A2-m1", inspection.Measure{Done: &ten, Total: &fifteen, AsOf: "2019-07-31", Source: "site"}))
	must(t, v.in.SetNote("A2", "十五个系统中有五个没有迁移。"))
	must(t, v.in.SetState("B1", scoring.Unchecked))
	v.open("A2")
	v.rebuild()
}

// settled waits until nothing typed is pending.
func settled(v *walkView) { v.entry.flush(); time.Sleep(time.Millisecond) }

// press sends a key to what has the focus, or to the window.
func press(s *shell, k fyne.KeyName) {
	c := s.win.Canvas()
	if f := c.Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	} else if do := c.OnTypedKey(); do != nil {
		do(&fyne.KeyEvent{Name: k})
	}
}

// typing sends text to what has the focus, rune by rune.
func typing(t testing.TB, s *shell, text string) {
	t.Helper()
	for _, r := range text {
		f := s.win.Canvas().Focused()
		if f == nil {
			t.Fatalf("nothing has the focus for %q", text)
		}
		f.TypedRune(r)
	}
}
