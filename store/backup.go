package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xunping/assets/i18n"
)

// Backup writes a complete, verified copy of the workbook to path, replacing a
// file of that name only when the copy is whole. The copy may lie anywhere,
// also on a stick.
func (w *Workbook) Backup(ctx context.Context, path string) error {
	if same(path, w.path) {
		return i18n.E("备份不能写到工作簿自己身上：%s", path)
	}
	if err := w.copyTo(ctx, path); err != nil {
		return i18n.E("备份没有写成：%s（%v）。原来的文件没有改动。", path, err)
	}
	return w.AddLog(ctx, "backup", map[string]any{"file": filepath.Base(path)})
}

// copyTo copies through a connection of its own, so that neither the writer nor
// the readers wait for it. VACUUM INTO only reads the source, but a read-only
// connection refuses it.
func (w *Workbook) copyTo(ctx context.Context, path string) error {
	name, err := dsn(w.path, "rw")
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer db.Close()
	return vacuumInto(ctx, db, path)
}

func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// vacuumInto copies a database by SQLite's own means: to a temporary name,
// synced, checked whole, then renamed.
func vacuumInto(ctx context.Context, db execer, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	tmp := path + ".part"
	_ = os.Remove(tmp)
	defer os.Remove(tmp)
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, tmp); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	if err := syncFile(tmp); err != nil {
		return err
	}
	version, err := header(tmp)
	if err != nil {
		return err
	}
	if err := soundCopy(tmp, version); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	syncFolder(filepath.Dir(path))
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if err2 := f.Close(); err == nil {
		err = err2
	}
	return err
}

// syncFolder makes a rename durable where folders can be synced.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// Rules for the copies made by themselves before a merge.
const (
	largeWorkbook = 1 << 30 // bytes above which one copy a day must do
	keptCopies    = 10
)

// backupBefore copies the workbook as it is before the open transaction. It
// runs while the writer is held: what the copy holds is what was committed.
func (w *Workbook) backupBefore(t *tx, folder string) error {
	base := strings.TrimSuffix(filepath.Base(w.path), filepath.Ext(w.path))
	old, err := filepath.Glob(filepath.Join(folder, quoteGlob(base)+"-????????-??????*.xpb"))
	if err != nil {
		return err
	}
	now := w.now()
	if st, err := os.Stat(w.path); err == nil && st.Size() > largeWorkbook {
		today := base + now.Format("-20060102-")
		for _, o := range old {
			if strings.HasPrefix(filepath.Base(o), today) {
				return nil
			}
		}
	}
	name := filepath.Join(folder, base+now.Format("-20060102-150405.000")+".xpb")
	if err := w.copyTo(t.ctx, name); err != nil {
		return i18n.E("导入之前的备份没有写成，因此没有导入：%s（%v）", name, err)
	}
	if err := w.logTx(t, "backup", map[string]any{"file": filepath.Base(name)}); err != nil {
		return err
	}
	slices.Sort(old)
	for len(old) >= keptCopies {
		_ = os.Remove(old[0]) // one too many is no reason to fail
		old = old[1:]
	}
	return nil
}

// quoteGlob makes the special characters of a file name plain.
func quoteGlob(s string) string {
	return strings.NewReplacer("*", "?", "[", "?", "\\", "?").Replace(s)
}
