package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"xunping/ui/model"
)

// A phone's picture that cannot be rewritten is said at once and can be taken away;
// what stays is named below the evidence.
func TestPlacedPictureIsSaid(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	heic := filepath.Join(t.TempDir(), "a.bin")
	must(t, os.WriteFile(heic, []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00GPS"), 0o600))
	v.takeFiles("A2", "", []string{heic})
	still(s)
	if s.win.Canvas().Overlays().Top() == nil {
		t.Fatal("it was kept without a word")
	}
	press(s, fyne.KeyEscape)
	if w := model.PlacedWords(v.in.Record(), v.in.Record().Entries["A2"]); len(v.in.Record().Evidence) != 1 || w == "" {
		t.Errorf("kept %+v, said %q", v.in.Record().Evidence, w)
	}
}
