package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestBackupRestore(t *testing.T) {
	path := closed(t)
	w, err := Open(path, Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	want := digest(t, w)
	to := filepath.Join(t.TempDir(), "备份", "b.xpb")
	for range 2 { // the second replaces the first
		if err := w.Backup(ctx, to); err != nil {
			t.Fatal(err)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(to)); len(left) != 1 {
		t.Fatalf("left behind: %v", left)
	}
	if err := Examine(to); err != nil {
		t.Fatal(err)
	}
	if err := w.Backup(ctx, path); err == nil {
		t.Fatal("a backup over the workbook itself")
	}
	if _, err := Restore(to, path, Options{}); !errors.Is(err, ErrInUse) {
		t.Fatalf("restore over an open workbook: %v", err)
	}
	if err := w.SetSetting(ctx, "after", "backup"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	kept, err := Restore(to, path, Options{Clock: fixedClock})
	if err != nil || kept == "" {
		t.Fatal(kept, err)
	}
	back, err := Open(path, Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	if digest(t, back) != want {
		t.Fatal("the restored set differs")
	}
	if v, _ := back.Setting(ctx, "after"); v != "" {
		t.Fatal("not the state of the backup")
	}
	old, err := Open(kept, Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if v, _ := old.Setting(ctx, "after"); v != "backup" {
		t.Fatal("what was there before was not kept")
	}
}

// TestRestoreDamaged: a damaged backup changes nothing.
func TestRestoreDamaged(t *testing.T) {
	path, backup := closed(t), closed(t)
	b, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	// Change a kept photo: only its hash can tell.
	at := bytes.Index(b, []byte("photo "))
	if at < 0 {
		t.Fatal("no photo in the file")
	}
	b[at] = 'x'
	if err := os.WriteFile(backup, b, 0o600); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	if _, err := Restore(backup, path, Options{}); !errors.Is(err, ErrDamaged) {
		t.Fatalf("%v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Fatal("the workbook was changed")
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Fatalf("left behind: %v", left)
	}
}

// TestLogTamper: the tables forbid changing the log; whoever goes round them is
// found.
func TestLogTamper(t *testing.T) {
	w := fresh(t)
	for range 5 {
		if err := w.AddLog(ctx, "test", map[string]any{"x": 1}); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []string{`UPDATE log SET line = '{}' WHERE seq = 3`, `DELETE FROM log WHERE seq = 3`} {
		if err := w.write(ctx, func(t *tx) error { return t.exec(q) }); err == nil {
			t.Fatalf("%s went through", q)
		}
	}
	lines, err := w.Log(ctx, -2, 10)
	if err != nil || len(lines) != 2 || lines[1].Seq != 6 {
		t.Fatalf("%+v %v", lines, err)
	}
	for _, q := range []string{`UPDATE log SET line = '{"kind":"other"}' WHERE seq = 3`, `DELETE FROM log WHERE seq = 3`} {
		c := fresh(t)
		for range 5 {
			if err := c.AddLog(ctx, "test", nil); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := c.VerifyLog(ctx); err != nil || n != 6 {
			t.Fatal(n, err)
		}
		err := c.write(ctx, func(t *tx) error {
			for _, s := range []string{`DROP TRIGGER log_update`, `DROP TRIGGER log_delete`, q} {
				if err := t.exec(s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.VerifyLog(ctx); !errors.Is(err, ErrDamaged) || n != 2 {
			t.Fatalf("%s: %d %v", q, n, err)
		}
	}
}

// TestBackupBeforeMerge: the copy holds the state before the merge; a merge
// that brings nothing makes none; a copy that fails stops the merge.
func TestBackupBeforeMerge(t *testing.T) {
	w := fresh(t)
	wd := newWorld(12)
	putRoster(t, w, wd.roster(1, ""))
	want := digest(t, w)
	dir := filepath.Join(t.TempDir(), "备份")
	f := file([]ReceivedRecord{wd.record(1, "2019-08", "450100")}, nil)
	for range 2 {
		b := w.BeginBatch("merge", "测试")
		b.BackupInto(dir)
		if _, err := b.Add(ctx, f); err != nil {
			t.Fatal(err)
		}
		if err := b.Finish(ctx, nil); err != nil {
			t.Fatal(err)
		}
	}
	made, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(made) != 1 {
		t.Fatalf("copies: %v", made)
	}
	c, err := Open(made[0], Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if digest(t, c) != want {
		t.Fatal("the copy is not the state before")
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before := dump(t, w)
	b := w.BeginBatch("merge", "测试")
	b.BackupInto(filepath.Join(blocked, "below"))
	if _, err := b.Add(ctx, file([]ReceivedRecord{wd.record(1, "2019-08", "450200")}, nil)); err == nil {
		t.Fatal("merged without its backup")
	}
	if err := w.SetSetting(ctx, "x", ""); err != nil {
		t.Fatal(err)
	}
	after := dump(t, w)
	delete(before, "setting")
	delete(after, "setting")
	if !reflect.DeepEqual(before, after) {
		t.Fatal("something was merged")
	}
}

// TestBackupBeforeRoster: a roster that takes the place of another is put in after
// a copy, one for the whole batch; the first roster, and one that is here, make none.
func TestBackupBeforeRoster(t *testing.T) {
	w, wd, dir := fresh(t), newWorld(12), t.TempDir()
	put := func(b *Batch, version int) {
		t.Helper()
		b.BackupInto(dir)
		body, _, err := wd.roster(version, "").Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.PutRoster(ctx, body, []byte("p7s"), strings.Repeat("0", 64)); err != nil {
			t.Fatal(err)
		}
	}
	copies := func() []string { made, _ := filepath.Glob(filepath.Join(dir, "*.xpb")); return made }
	put(w.BeginBatch("roster", ""), 1)
	put(w.BeginBatch("roster", ""), 1)
	if n := copies(); len(n) != 0 {
		t.Fatalf("copies: %v", n)
	}
	b := w.BeginBatch("merge", "测试")
	put(b, 2)
	if _, err := b.Add(ctx, file([]ReceivedRecord{wd.record(1, "2019-08", "450100")}, nil)); err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	made := copies()
	if len(made) != 1 {
		t.Fatalf("copies: %v", made)
	}
	c, err := Open(made[0], Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if row, err := c.Roster(ctx); err != nil || row.Version != 1 {
		t.Fatalf("the copy has %+v, %v", row, err)
	}
}

func TestOldCopiesGo(t *testing.T) {
	w := fresh(t)
	dir := t.TempDir()
	mine := filepath.Join(dir, "w-mine.xpb")
	if err := os.WriteFile(mine, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range 15 {
		w.clock = func() time.Time { return fixedClock().Add(time.Duration(i) * time.Hour) }
		if err := w.write(ctx, func(t *tx) error { return w.backupBefore(t, dir) }); err != nil {
			t.Fatal(err)
		}
	}
	if made, _ := filepath.Glob(filepath.Join(dir, "w-2019*")); len(made) != keptCopies {
		t.Fatalf("%d copies", len(made))
	}
	if _, err := os.Stat(mine); err != nil {
		t.Fatal("a file of somebody else went")
	}
}
