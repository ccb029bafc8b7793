package ui

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

// The disk refuses: no way out of a unit drops what is in memory only, unless a
// person says so; and when the disk takes it again, going away saves.
func TestNothingIsDroppedByGoingAway(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A1")
	must(t, v.in.SetNote("A1", "第一句"))
	disk, err := sql.Open("sqlite", "file:"+s.desk.Path())
	must(t, err)
	defer disk.Close()
	full := func(full bool) {
		does := "DROP TRIGGER full"
		if full {
			does = "CREATE TRIGGER full BEFORE INSERT ON draft_step BEGIN SELECT RAISE(FAIL, 'disk full'); END"
		}
		_, err := disk.Exec(does)
		must(t, err)
	}
	full(true)
	v.entry.note.SetText("第二句") // typed, and the fingers still rest on the keys
	closed := false
	s.win.SetOnClosed(func() { closed = true })
	for name, out := range map[string]func(){
		"place":    func() { s.goTo(placeSettings) },
		"unit":     func() { s.inspect("450200") },
		"round":    func() { must(t, s.chooseRound(s.round.Code)) },
		"workbook": func() { s.openShown(filepath.Join(t.TempDir(), "x.xpb"), nil) },
		"end":      s.askClose,
	} {
		out()
		if s.buttons()["再存一次"] == nil || s.screen != screen(v) || closed {
			t.Fatalf("%s: it goes away, offering %v", name, s.words())
		}
		s.tap(t, "再存一次") // the disk still refuses: the dialog stays
		s.tap(t, "留在这里")
		if got := v.in.Record().Entries["A1"].Note; got != "第二句" {
			t.Fatalf("%s: dropped from memory: %q", name, got)
		}
	}
	full(false)
	s.goTo(placeInspect)
	if slices.Contains(s.words(), "再存一次") {
		t.Error("it asks although the disk takes it")
	}
	if got := at(t, s, "450100").in.Record().Entries["A1"].Note; got != "第二句" {
		t.Errorf("not on the disk: %q", got)
	}

	v = s.screen.(*walkView)
	full(true)
	must(t, v.in.SetNote("A1", "第三句"))
	s.goTo(placeSettings)
	s.tap(t, "丢掉没存的，离开")
	if s.screen == screen(v) {
		t.Error("who gives the change up stays")
	}
	full(false)
	if got := at(t, s, "450100").in.Record().Entries["A1"].Note; got != "第二句" {
		t.Errorf("given up, and there: %q", got)
	}
}
