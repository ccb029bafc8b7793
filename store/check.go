package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"xunping/assets/i18n"
)

// smallFile is the size in bytes up to which a workbook is checked whole each
// time it is opened; larger ones after an unclean end and by Check.
const smallFile = 8 << 20

// checkTime bounds a check of a file from outside: a crafted one can be
// endless.
const checkTime = 2 * time.Minute

// inspectFile looks at a workbook before it is opened for writing and changes
// nothing.
func inspectFile(path string) error {
	version, err := header(path)
	if err != nil {
		return err
	}
	st, err := os.Stat(path)
	if err != nil {
		return i18n.E("工作簿打不开：%s（%v）", path, err)
	}
	if version < 1 {
		return i18n.E("这不是巡评工作簿：%s。没有改动任何内容。", path, ErrNotWorkbook)
	}
	if isDirty(path) || st.Size() > smallFile {
		return nil // the first after opening, with its write-ahead log; the other behind the first list
	}
	return soundCopy(path, version)
}

// soundCopy checks a closed workbook file without touching it: structure, and
// tables as this program would have laid them.
func soundCopy(path string, version int) error {
	name, err := dsn(path, "ro", "immutable=1")
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return damaged(path, err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	ctx, cancel := context.WithTimeout(context.Background(), checkTime)
	defer cancel()
	if err := sound(ctx, db, version); err != nil {
		return damaged(path, err)
	}
	return nil
}

// sound compares the schema with the expected text and asks SQLite for its
// quick check and its foreign keys. The schema comes first: a view in the
// place of a table could answer for ever.
func sound(ctx context.Context, db querier, version int) error {
	if version == SchemaVersion {
		want, err := expectedSchema()
		if err != nil {
			return err
		}
		got, err := schemaOf(ctx, db)
		if err != nil {
			return err
		}
		if got != want {
			return errors.New("tables are not those of a workbook")
		}
	}
	for _, check := range []string{`PRAGMA quick_check(1)`, `PRAGMA foreign_key_check`} {
		err := each(ctx, db, func(r *sql.Rows) error {
			var s sql.NullString
			cols, err := r.Columns()
			if err != nil {
				return err
			}
			dest := make([]any, len(cols))
			dest[0] = &s
			for i := 1; i < len(dest); i++ {
				dest[i] = new(any)
			}
			if err := r.Scan(dest...); err != nil {
				return err
			}
			if s.String != "ok" {
				return fmt.Errorf("%s: %.200s", check, s.String)
			}
			return nil
		}, check)
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckReport is the outcome of a full check. Problems are sentences; none
// means the workbook is whole.
type CheckReport struct {
	Objects, Evidence, Files, LogLines int
	Problems                           []string
}

// Check proves the whole workbook: structure, the chain of the log, and every
// kept document against its hash.
func (w *Workbook) Check(ctx context.Context) (CheckReport, error) {
	var rep CheckReport
	if err := sound(ctx, w.rdb, SchemaVersion); err != nil {
		if ctx.Err() != nil {
			return rep, ctx.Err()
		}
		rep.Problems = append(rep.Problems, i18n.T("文件结构有损坏：%s", err.Error()))
	}
	n, err := w.VerifyLog(ctx)
	rep.LogLines = n
	if err != nil {
		rep.Problems = append(rep.Problems, i18n.Person(err))
	}
	for _, part := range []struct {
		count *int
		query string
		name  string
	}{
		{&rep.Objects, `SELECT hash, 1, payload FROM object`, i18n.T("记录")},
		{&rep.Evidence, `SELECT hash, 0, payload FROM evidence`, i18n.T("佐证")},
		{&rep.Files, `SELECT hash, coding, payload FROM file`, i18n.T("文件")},
		{new(int), `SELECT hash, 1, payload FROM rubric`, i18n.T("指标体系")},
		{new(int), `SELECT hash, 1, payload FROM roster`, i18n.T("名册")},
	} {
		err := each(ctx, w.rdb, func(r *sql.Rows) error {
			var hash, payload sql.RawBytes
			var coding int
			if err := r.Scan(&hash, &coding, &payload); err != nil {
				return err
			}
			*part.count++
			if !matches(hash, payload, coding == 1) {
				rep.Problems = append(rep.Problems, i18n.T("%s %s 的内容与散列值不符", part.name, hexed(hash)))
			}
			return nil
		}, part.query)
		if ctx.Err() != nil {
			return rep, ctx.Err()
		}
		if err != nil {
			rep.Problems = append(rep.Problems, i18n.T("文件结构有损坏：%s", err.Error()))
		}
	}
	return rep, nil
}
