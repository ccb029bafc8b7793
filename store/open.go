package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/google/uuid"
	"modernc.org/sqlite"

	"xunping/assets/i18n"
)

// Workbook 工作簿 is an open workbook. Its methods may be called from several
// goroutines; writes happen one after another.
type Workbook struct {
	path  string
	id    string
	lock  *fileLock
	clock func() time.Time
	wdb   *sql.DB // one connection, the writer
	rdb   *reader
	w     writer
	trust trustCache
	file  os.FileInfo // the workbook as it was opened
}

// Options change how a workbook is made or opened. The zero value is right for
// the program.
type Options struct {
	AnyPlace bool             // do not refuse network shares and sticks
	Clock    func() time.Time // for times shown and logged; nil is time.Now
}

// CreateOptions say what a new workbook is for.
type CreateOptions struct {
	Options
	Org string // 单位名称, kept as setting "org"
}

func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}

var lockingOnce sync.Once

// lockings asks for locks that belong to the open file, not to the process.
// Elsewhere than on Linux there are none and the default stays.
func lockings() {
	lockingOnce.Do(func() {
		if runtime.GOOS == "linux" {
			_, _ = sqlite.OFDLocking(true)
		}
	})
}

// Create makes a new, empty workbook at path. It refuses to overwrite: the
// error then wraps ErrExists.
func Create(path string, o CreateOptions) (*Workbook, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, i18n.E("文件已存在，没有覆盖：%s", path, ErrExists)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, i18n.E("不能建立文件夹：%s（%v）", filepath.Dir(path), err)
	}
	w, err := start(path, o.Options, "rwc")
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	if err := w.found(ctx, o); err != nil {
		w.Close()
		for _, tail := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(path + tail)
		}
		return nil, i18n.E("不能建立工作簿：%s（%v）", path, err)
	}
	return w, nil
}

// found lays the tables and writes the first lines.
func (w *Workbook) found(ctx context.Context, o CreateOptions) error {
	if err := migrate(ctx, w.wdb, migrations); err != nil {
		return err
	}
	if err := w.attach(ctx); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("workbook id: %w", err)
	}
	w.id = id.String()
	err = w.write(ctx, func(tx *tx) error {
		for _, kv := range [][2]string{{"id", w.id}, {"org", o.Org}} {
			if err := tx.exec(`INSERT INTO setting(key, value) VALUES (?, ?)`, kv[0], kv[1]); err != nil {
				return err
			}
		}
		return w.logTx(tx, "created", map[string]any{"id": w.id})
	})
	if err != nil {
		return err
	}
	// Into the main file at once, so that its header says what it is.
	_, err = w.w.conn.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// Open opens the workbook at path for one program. It refuses, with a sentence
// and nothing changed, what is not a workbook (ErrNotWorkbook), is of a newer
// program (ErrNewer), is damaged (ErrDamaged), is open elsewhere (ErrInUse) or
// lies on a share or a stick (ErrPlace). Older workbooks are migrated, after a
// verified backup beside them.
func Open(path string, opts ...Options) (*Workbook, error) {
	var o Options
	if len(opts) > 0 {
		o = opts[0]
	}
	if _, err := os.Stat(path); err != nil {
		_, err = header(path)
		return nil, err
	}
	ctx := context.Background()
	unclean := isDirty(path)
	w, err := start(path, o, "rw")
	if err != nil {
		return nil, err
	}
	if err := w.resume(ctx, unclean); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// start takes the lock, looks at the file without touching it and opens the
// writing connection.
func start(path string, o Options, mode string) (*Workbook, error) {
	if !o.AnyPlace {
		if err := SafePlace(path); err != nil {
			return nil, err
		}
	}
	lock, err := lockFile(lockPath(path))
	if errors.Is(err, errLocked) {
		return nil, i18n.E("工作簿正在另一个程序中使用：%s。请先关闭那一个。没有改动任何内容。", path, ErrInUse)
	}
	if err != nil {
		return nil, i18n.E("工作簿所在的文件夹不能写入：%s（%v）", filepath.Dir(path), err)
	}
	lockings()
	w := &Workbook{path: path, lock: lock, clock: o.Clock}
	if w.clock == nil {
		w.clock = time.Now
	}
	if mode == "rw" {
		if err := inspectFile(path); err != nil {
			lock.release()
			return nil, err
		}
	}
	name, err := dsn(path, mode)
	if err == nil {
		w.wdb, err = sql.Open("sqlite", name)
	}
	if err != nil {
		lock.release()
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	w.wdb.SetMaxOpenConns(1)
	return w, nil
}

func lockPath(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock")
}

// resume brings an existing workbook up to date and attaches to it. One that
// was not closed in order is checked whole first.
func (w *Workbook) resume(ctx context.Context, unclean bool) error {
	var version int
	if err := w.wdb.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return damaged(w.path, err)
	}
	if err := checkVersion(w.path, version); err != nil {
		return err
	}
	if unclean {
		if err := sound(ctx, w.wdb, version); err != nil {
			return damaged(w.path, err)
		}
	}
	if version < SchemaVersion {
		if err := w.migrateOld(ctx, version); err != nil {
			return err
		}
	}
	if err := w.attach(ctx); err != nil {
		return damaged(w.path, err)
	}
	id, err := w.Setting(ctx, "id")
	if err != nil || id == "" {
		return damaged(w.path, err)
	}
	w.id = id
	return w.deriveAgain(ctx)
}

// migrateOld makes a verified copy, then migrates.
func (w *Workbook) migrateOld(ctx context.Context, version int) error {
	copyTo := fmt.Sprintf("%s.v%d-%s.bak", w.path, version, w.clock().Format("20060102-150405"))
	if err := vacuumInto(ctx, w.wdb, copyTo); err != nil {
		return i18n.E("升级工作簿之前的备份没有写成，没有升级：%s（%v）", copyTo, err)
	}
	if err := migrate(ctx, w.wdb, migrations); err != nil {
		return i18n.E("工作簿升级没有完成，内容保持原样；备份在 %s（%v）", copyTo, err)
	}
	return nil
}

// attach takes the writer's connection, opens the reading pool and proves the
// pragmas of both.
func (w *Workbook) attach(ctx context.Context) error {
	conn, err := w.wdb.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open workbook: %w", err)
	}
	w.w.open(conn)
	if w.file, err = os.Stat(w.path); err != nil {
		return fmt.Errorf("open workbook: %w", err)
	}
	if err := checkPragmas(ctx, conn, true); err != nil {
		return err
	}
	name, err := dsn(w.path, "ro")
	if err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", name)
	if err != nil {
		return fmt.Errorf("open workbook for reading: %w", err)
	}
	pool.SetMaxOpenConns(3)
	pool.SetMaxIdleConns(3)
	w.rdb = newReader(pool)
	r, err := w.rdb.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open workbook for reading: %w", err)
	}
	defer r.Close()
	return checkPragmas(ctx, r, false)
}

// Close writes what is open, tidies up and lets the file go. Calling it again
// does nothing.
func (w *Workbook) Close() error {
	var err error
	if w.rdb != nil {
		err = w.rdb.Close()
		w.rdb = nil
	}
	err = errors.Join(err, w.w.close())
	if w.wdb != nil {
		err = errors.Join(err, w.wdb.Close())
		w.wdb = nil
	}
	w.lock.release()
	w.lock = nil
	return err
}

// Path is where the workbook lies, as it was given to Open.
func (w *Workbook) Path() string { return w.path }

// ID is the workbook's own id, a UUIDv7.
func (w *Workbook) ID() string { return w.id }

func (w *Workbook) now() time.Time { return w.clock() }
