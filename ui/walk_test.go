package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/model"
)

// The keyboard alone: numbers as in a column of Excel, counts with + and −, and
// the focus stays where it was after the indicator was shown anew.
func TestKeysEnterAnIndicator(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	v.focusFigures()
	for _, text := range []string{"10", "15", "2019-07-31"} {
		typing(t, s, text)
		press(s, fyne.KeyReturn)
	}
	settled(v)
	if m := v.in.Record().Entries["A2"].Measures["A2-m1"]; m.Done == nil || m.Done.String() != "10" || m.Total.String() != "15" || m.AsOf != "2019-07-31" {
		t.Fatalf("the numbers came in as %+v", m)
	}
	v.entry.pause()
	if v.entry.shown != v.entry.shape() || v.entry.fields["state"] != nil {
		t.Error("the indicator counts as checked, and still asks to be marked so")
	}
	v.focusRules()
	press(s, fyne.KeyTab)
	s.win.Canvas().Focus(v.entry.controls["A2-2"])
	typing(t, s, "+++-")
	if f := v.in.Record().Entries["A2"].Findings; len(f) != 1 || f[0].Count != 2*scoring.One {
		t.Fatalf("three plus and a minus give %+v", f)
	}
	typing(t, s, "12")
	if f := v.in.Record().Entries["A2"].Findings; len(f) != 1 || f[0].Count != 12*scoring.One {
		t.Fatalf("1 and 2 give %+v", f)
	}
	press(s, fyne.KeyBackspace)
	typing(t, s, "5")
	if f := v.in.Record().Entries["A2"].Findings; f[0].Count != 15*scoring.One {
		t.Fatalf("12, Backspace and 5 give %+v", f)
	}
	press(s, fyne.KeyTab)
	s.win.Canvas().FocusNext()
	s.win.Canvas().Focus(v.entry.controls["A2-2"])
	typing(t, s, "2")
	if f := v.in.Record().Entries["A2"].Findings; f[0].Count != 2*scoring.One {
		t.Fatalf("after the count was left, 2 gives %+v", f)
	}
	if s.win.Canvas().Focused() != v.entry.controls["A2-2"] {
		t.Error("the focus is lost when the indicator is shown anew")
	}
}

// 已保存 is only said after the commit: what the note says while typing is
// another thing.
func TestStatusSaysTheTruth(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.focusNote()
	typing(t, s, "abc")
	if !strings.Contains(s.status.Text, "正在输入") || v.in.Record().Entries["A1"].Note != "" {
		t.Errorf("while typing the status says %q", s.status.Text)
	}
	settled(v)
	if !strings.Contains(s.status.Text, "已保存") || v.in.Record().Entries["A1"].Note != "abc" {
		t.Errorf("after saving the status says %q, the note is %q", s.status.Text, v.in.Record().Entries["A1"].Note)
	}
}

// Going away saves what was typed a moment ago.
func TestLeavingSaves(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.focusNote()
	typing(t, s, "last words")
	s.goTo(placeInspect)
	if got := at(t, s, "450100").in.Record().Entries["A1"].Note; got != "last words" {
		t.Errorf("the note came back as %q", got)
	}
}

func TestUndoRedoFromTheWindow(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.checkedAndNext()
	if v.walk.Code() != "A2" || v.in.Record().Entries["A1"].State != scoring.Checked {
		t.Fatal("checking does not go on")
	}
	v.undo(false)
	if v.in.Record().Entries["A1"].State == scoring.Checked {
		t.Error("undo did nothing")
	}
	v.undo(true)
	if v.in.Record().Entries["A1"].State != scoring.Checked {
		t.Error("redo did nothing")
	}
}

func TestTryingOutEndsWhereItBegan(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.try()
	must(t, v.in.SetCount("A2", "A2-2", 3*scoring.One))
	v.seal()
	if s.win.Canvas().Overlays().Top() != nil {
		t.Error("a trial can be sealed")
	}
	v.try()
	if len(v.in.Record().Entries["A2"].Findings) != 0 || v.in.Trying() {
		t.Error("the trial was kept")
	}
}

// Files dropped onto the window become evidence of the open indicator; elsewhere
// they are not swallowed without a word.
func TestDroppedFiles(t *testing.T) {
	s := newWindow(t, "zh")
	path := filepath.Join(t.TempDir(), "清单.txt")
	must(t, os.WriteFile(path, []byte("list"), 0o600))
	s.addFiles([]string{path})
	if len(s.note.Objects) == 0 {
		t.Error("nothing was said")
	}
	v := at(t, s, "450100")
	s.addFiles([]string{path})
	s.rest()
	if got := v.in.Record().Entries["A1"].Evidence; len(got) != 1 {
		t.Errorf("evidence %v", got)
	}
}

// A pasted picture is evidence; an empty clipboard says so.
func TestPastedPicture(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.pasteImage()
	if len(v.in.Record().Evidence) != 0 || len(s.note.Objects) == 0 {
		t.Error("an empty clipboard")
	}
	clipboardImage = func() ([]byte, error) { return []byte("\x89PNG\r\n\x1a\n not really"), nil }
	defer func() { clipboardImage = func() ([]byte, error) { return nil, nil } }()
	v.pasteImage()
	s.rest()
	if got := v.in.Record().Evidence; len(got) != 1 || !strings.HasPrefix(got[0].Name, "截图-") {
		t.Errorf("evidence %+v", got)
	}
}

// Escape closes what is open, Enter confirms: no dialog keeps a keyboard user.
func TestDialogsKnowEscape(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	for name, show := range map[string]func(){
		"visit": v.editVisit, "phrases": v.stockPhrases, "explain": v.explain, "free": v.addFree, "find": s.find, "round": s.askRound,
		"new round": s.newRound, "keys": s.showKeys, "gaps": v.seal, "work": s.showMyWork, "notice": v.askNotice, "hand over": v.askHandOver,
		"holidays": s.editHolidays, "new key": s.needKey,
	} {
		show()
		if s.win.Canvas().Overlays().Top() == nil {
			t.Errorf("%s shows nothing", name)
			continue
		}
		press(s, fyne.KeyEscape)
		if s.win.Canvas().Overlays().Top() != nil {
			t.Errorf("Escape does not close %s", name)
			for s.win.Canvas().Overlays().Top() != nil {
				s.win.Canvas().Overlays().Remove(s.win.Canvas().Overlays().Top())
			}
		}
	}
}

// ofInputMethods are keys that the common Chinese input methods take by default: to
// switch, for simplified and traditional, punctuation, clipboard, symbols, code points.
var ofInputMethods = []string{"Ctrl+Space", "Ctrl+;", "Ctrl+.", "Ctrl+,", "Ctrl+/", "Ctrl+Shift+F", "Ctrl+Shift+Space", "Ctrl+Shift+U", "Ctrl+Shift+B", "Ctrl+Shift+T",
	"Ctrl+Shift+J", "Ctrl+Shift+Z", "Ctrl+Shift+K", "Ctrl+Alt+P", "Ctrl+Shift+1", "Ctrl+Shift+2"}

// No key of the program is one that input methods take, and none is used twice.
func TestKeysAreFree(t *testing.T) {
	s := newWindow(t, "zh")
	seen := map[string]string{}
	for _, c := range s.commands() {
		if c.key == "" {
			continue
		}
		word := keyWord(c)
		if seen[word] != "" {
			t.Errorf("%s does both %s and %s", word, seen[word], c.word)
		}
		seen[word] = c.word
		if slices.Contains(ofInputMethods, word) || c.mod == 0 && c.key != fyne.KeyF1 {
			t.Errorf("%s belongs to input methods or to typing", word)
		}
	}
}

// Two thousand units: the list shows a window of rows, filtering is quick work
// of our own. (Time is measured by the benchmark; here only that it works.)
func TestManyUnits(t *testing.T) {
	s := newWindow(t, "zh")
	v := s.screen.(*unitsView)
	rows := make([]desk.UnitRow, 2000)
	for i := range rows {
		rows[i] = v.shown[0]
	}
	v.units = model.NewUnits(rows)
	v.find.SetText("nn")
	if len(v.shown) != 2000 {
		t.Errorf("%d shown", len(v.shown))
	}
	v.find.SetText("zz")
	if len(v.shown) != 0 {
		t.Errorf("%d shown", len(v.shown))
	}
}

// What was opened of the guidance stays open while the indicator is worked on.
func TestGuideStaysOpen(t *testing.T) {
	v := at(t, newWindow(t, "zh"), "450100")
	v.open("A2")
	v.guide.Open(1)
	v.entry.apply(func() error { return v.in.SetCount("A2", "A2-2", 2*scoring.One) })
	if !v.guide.Items[1].Open {
		t.Error("the guidance closed when a count was entered")
	}
	v.open("A3")
	if v.guide.Items[1].Open {
		t.Error("the guidance of another indicator is open")
	}
}
