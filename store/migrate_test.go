package store

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// laidBefore is a database as the program laid it before a version of the workbook.
func laidBefore(t *testing.T, version int) *sql.DB {
	t.Helper()
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	old := fstest.MapFS{}
	for _, name := range names[:version-1] {
		b, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		old[name] = &fstest.MapFile{Data: b}
	}
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "m.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if err := migrate(t.Context(), db, old); err != nil {
		t.Fatal(err)
	}
	return db
}

// A workbook of before does not know which letter was taken back: once it is opened
// it says the same as one that has just received the same files.
func TestWhatWasReplacedBeforeIsDerivedAgain(t *testing.T) {
	w, x := fresh(t), newWorld(1)
	putRoster(t, w, x.roster(1, ""))
	r := x.record(1, "2019-08", "450100")
	r.Node.Letters = []inspection.Letter{{Indicator: "A1", Number: "12号", Date: "2019-07-01"}}
	accepted, back := x.letter("450100"), x.letter("450100")
	back.Node.Decision, back.Node.Replaces = inspection.Refused, accepted.Hash
	back.JSON = []byte(`{"replaces":"` + accepted.Hash + `"}`)
	back.Hash = canon.Hash(back.JSON)
	back.Node.Hash = back.Hash
	merge(t, w, file([]ReceivedRecord{r}, []ReceivedAct{accepted, back}))
	waits := func(w *Workbook) bool {
		t.Helper()
		c, found, err := w.Case(ctx, r.Node.Case)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		return len(c.Provisional) == 1 && c.Provisional[0] == inspection.AwaitsLetter
	}
	if !waits(w) {
		t.Fatal("a letter that was taken back still counts")
	}
	path := w.Path()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{ // as version 5 left it
		`UPDATE object SET node = CAST(json_remove(CAST(node AS TEXT), '$.replaces') AS BLOB) WHERE kind = 2`,
		`UPDATE case_view SET provisional = ''`,
		`DELETE FROM goose_db_version WHERE version_id = 6`,
		`PRAGMA user_version = 5`,
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	w, err = Open(path, Options{AnyPlace: true, Clock: fixedClock})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if !waits(w) {
		t.Error("after the new version the letter that was taken back counts again")
	}
	if v, err := w.Setting(ctx, settingDerive); err != nil || v != "" {
		t.Errorf("it would be derived at every start: %q %v", v, err)
	}
}
