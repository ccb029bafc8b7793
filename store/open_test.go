package store

import (
	"bytes"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"xunping/assets/i18n"
)

// closed is a closed workbook with a little of everything in it.
func closed(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "轮次 #1?a%20b", "w.xpb")
	w, err := Create(path, CreateOptions{Options: Options{AnyPlace: true, Clock: fixedClock}})
	if err != nil {
		t.Fatal(err)
	}
	wd := newWorld(11)
	putRoster(t, w, wd.roster(1, ""))
	merge(t, w, wd.history(20)...)
	if err := w.PutUnits(ctx, []UnitRow{{Code: "450100", Name: "南宁市", Kind: "city"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCreateOpen(t *testing.T) {
	path := closed(t)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Fatalf("closing leaves %v", left)
	}
	if _, err := Create(path, CreateOptions{}); !errors.Is(err, ErrExists) {
		t.Fatalf("create over a workbook: %v", err)
	}
	w, err := Open(path, Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if us, err := w.Units(ctx); err != nil || len(us) != 1 || us[0].Name != "南宁市" {
		t.Fatalf("%v %v", us, err)
	}
	if w.ID() == "" || w.Path() != path {
		t.Fatal("id or path lost")
	}
	compareViews(t, w)
	if rep, err := w.Check(ctx); err != nil || len(rep.Problems) > 0 || rep.Objects == 0 || rep.Files == 0 {
		t.Fatalf("%+v %v", rep, err)
	}
	// The readers cannot write, whatever they are asked.
	if _, err := w.rdb.ExecContext(ctx, `DELETE FROM setting`); err == nil {
		t.Fatal("the reading pool wrote")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal("second close:", err)
	}
}

func TestSecondProgramRefused(t *testing.T) {
	w := fresh(t)
	_, err := Open(w.Path(), Options{AnyPlace: true})
	if !errors.Is(err, ErrInUse) || !strings.Contains(i18n.Person(err), "另一个程序") {
		t.Fatalf("%v", err)
	}
	if err := w.SetSetting(ctx, "still", "works"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	again, err := Open(w.Path(), Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

func TestOpenRefusals(t *testing.T) {
	good, err := os.ReadFile(closed(t))
	if err != nil {
		t.Fatal(err)
	}
	patch := func(at int, b ...byte) []byte {
		c := bytes.Clone(good)
		copy(c[at:], b)
		return c
	}
	for _, c := range []struct {
		name string
		body []byte
		want error
	}{
		{"empty", nil, ErrNotWorkbook},
		{"text", []byte(strings.Repeat("这不是数据库\n", 100)), ErrNotWorkbook},
		{"other application", patch(68, 0, 0, 0, 1), ErrNotWorkbook},
		{"newer schema", patch(60, 0, 0, 0, SchemaVersion+6), ErrNewer},
		{"version 0", patch(60, 0, 0, 0, 0), ErrNotWorkbook},
		{"truncated", good[:len(good)/2], ErrDamaged},
		{"truncated to one page", good[:4096], ErrDamaged},
		{"a page of noise", patch(4096, bytes.Repeat([]byte{0xa5}, 4096)...), ErrDamaged},
		{"schema page of noise", patch(100, bytes.Repeat([]byte{0xa5}, 3000)...), ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "w.xpb")
			if err := os.WriteFile(path, c.body, 0o600); err != nil {
				t.Fatal(err)
			}
			w, err := Open(path, Options{AnyPlace: true})
			if err == nil {
				w.Close()
				t.Fatal("opened")
			}
			if !errors.Is(err, c.want) {
				t.Fatalf("%v, want %v", err, c.want)
			}
			if !strings.Contains(i18n.Person(err), "没有改动") {
				t.Fatalf("no sentence: %v", err)
			}
			if now, _ := os.ReadFile(path); !bytes.Equal(now, c.body) {
				t.Fatal("the file was changed")
			}
			if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
				t.Fatalf("files left behind: %v", left)
			}
		})
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.xpb"), Options{AnyPlace: true}); err == nil || !strings.Contains(err.Error(), "找不到") {
		t.Fatal(err)
	}
}

// TestBitFlips: damaged copies are refused or behave; nothing panics, a refused
// file is untouched, and Check finds what changed a kept document.
func TestBitFlips(t *testing.T) {
	good, err := os.ReadFile(closed(t))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	rnd := rand.New(rand.NewPCG(1, 1))
	refused := 0
	for i := range 60 {
		bad := bytes.Clone(good)
		at := rnd.IntN(len(bad)-100) + 100
		bad[at] ^= 1 << rnd.IntN(8)
		path := filepath.Join(dir, "w.xpb")
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := Open(path, Options{AnyPlace: true})
		if err != nil {
			refused++
			if now, _ := os.ReadFile(path); !bytes.Equal(now, bad) {
				t.Fatalf("%d: a refused file was changed", i)
			}
			continue
		}
		if _, err := w.Check(ctx); err != nil {
			t.Logf("%d: check: %v", i, err)
		}
		_, _ = w.Cases(ctx, "")
		_, _ = w.Digest(ctx, "")
		w.Close()
	}
	if refused == 0 {
		t.Fatal("not one damaged copy was noticed")
	}
}

// TestCheckFindsChangedDocument: SQLite sees nothing wrong with other bytes in
// a blob; the hashes do.
func TestCheckFindsChangedDocument(t *testing.T) {
	path := closed(t)
	w, err := Open(path, Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	err = w.write(ctx, func(t *tx) error {
		return t.exec(`UPDATE evidence SET payload = X'00' WHERE id = (SELECT min(id) FROM evidence)`)
	})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := w.Check(ctx)
	if err != nil || len(rep.Problems) != 1 {
		t.Fatalf("%+v %v", rep, err)
	}
}

// TestDirtyOpen: a workbook left open by a killed program comes back with
// everything that was acknowledged.
func TestDirtyOpen(t *testing.T) {
	w := fresh(t)
	if err := w.SetSetting(ctx, "k", "v"); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, tail := range []string{"", "-wal"} { // what a crash leaves
		b, err := os.ReadFile(w.Path() + tail)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "w.xpb"+tail), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(filepath.Join(dir, "w.xpb"), Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if v, err := c.Setting(ctx, "k"); v != "v" {
		t.Fatalf("lost: %q %v", v, err)
	}
}

func TestUnsafePlaceNames(t *testing.T) {
	if err := SafePlace(filepath.Join(t.TempDir(), "w.xpb")); err != nil && !errors.Is(err, ErrPlace) {
		t.Fatal(err)
	}
}

// TestFailingMigration: a migration that breaks half-way leaves the workbook at
// the version before it, and the next try goes on from there.
func TestFailingMigration(t *testing.T) {
	w := fresh(t)
	first, err := migrationFiles.ReadFile("migrations/00001_workbook.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "m.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	second := "-- +goose Up\nPRAGMA user_version = 2;\nCREATE TABLE extra (x INTEGER) STRICT;\n"
	files := func(s string) fstest.MapFS {
		return fstest.MapFS{"00001_workbook.sql": {Data: first}, "00002_extra.sql": {Data: []byte(s)}}
	}
	if err := migrate(ctx, db, files(second+"CREATE NONSENSE;\n")); err == nil {
		t.Fatal("nonsense was run")
	}
	state := func() (version, app, tables int) {
		for q, v := range map[string]*int{
			`PRAGMA user_version`: &version, `PRAGMA application_id`: &app,
			`SELECT count(*) FROM sqlite_schema WHERE name = 'extra'`: &tables,
		} {
			if err := db.QueryRow(q).Scan(v); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	if v, app, n := state(); v != 1 || app != applicationID || n != 0 {
		t.Fatalf("after a failed migration: version %d, application %x, %d tables", v, app, n)
	}
	if err := migrate(ctx, db, files(second)); err != nil {
		t.Fatal(err)
	}
	if v, _, n := state(); v != 2 || n != 1 {
		t.Fatalf("version %d, %d tables", v, n)
	}
	want, err := schemaOf(ctx, w.rdb)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := expectedSchema(); err != nil || got != want {
		t.Fatal("a new workbook has not the expected tables", err)
	}
}
