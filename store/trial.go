package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xunping/assets/i18n"
)

// trialPrefix begins the name of a folder with a trial copy.
const trialPrefix = "xunping-dry-"

// emptied are columns that a trial copy leaves empty: the bytes of files and
// evidence, which make up nearly all of a workbook and which no merge reads.
// Tables in left out stay empty altogether.
var (
	emptied = map[string]string{"file": "payload", "evidence": "payload"}
	leftOut = map[string]bool{"picture": true, "draft": true, "draft_step": true, "rubric_draft": true, "rubric_step": true, "rubric_case": true, "log": true}
)

// TrialCopy makes a workbook to try a merge on: what decides outcomes and
// results, without the bytes of files and evidence. Nothing is noted in this
// workbook. drop closes the copy and removes it; one that a crash left behind
// goes with the next trial.
func (w *Workbook) TrialCopy(ctx context.Context) (trial *Workbook, drop func(), err error) {
	removeTrials(os.TempDir())
	dir, err := os.MkdirTemp("", trialPrefix)
	if err != nil {
		return nil, nil, i18n.E("试合并的临时副本没有写成：%s（%v）。工作簿没有改动。", os.TempDir(), err)
	}
	path := filepath.Join(dir, "copy.xpb")
	if trial, err = w.trialAt(ctx, path); err != nil {
		_ = os.RemoveAll(dir)
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		return nil, nil, i18n.E("试合并的临时副本没有写成：%s（%v）。工作簿没有改动。", path, err)
	}
	return trial, func() {
		_ = trial.Close()
		_ = os.RemoveAll(dir)
	}, nil
}

func (w *Workbook) trialAt(ctx context.Context, path string) (*Workbook, error) {
	t, err := start(path, Options{AnyPlace: true, Clock: w.clock}, "rwc")
	if err != nil {
		return nil, err
	}
	err = migrate(ctx, t.wdb, migrations)
	if err == nil {
		err = w.copyTables(ctx, t.wdb)
	}
	if err == nil {
		err = t.attach(ctx)
	}
	if err != nil {
		t.Close()
		return nil, err
	}
	t.id = w.id
	return t, nil
}

// copyTables fills a database that was just laid, in one transaction, so that
// it holds one state of the workbook.
func (w *Workbook) copyTables(ctx context.Context, to *sql.DB) error {
	c, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	source, err := dsn(w.path, "ro")
	if err != nil {
		return err
	}
	if _, err := c.ExecContext(ctx, `ATTACH ? AS source`, source); err != nil {
		return fmt.Errorf("attach: %w", err)
	}
	defer c.ExecContext(context.WithoutCancel(ctx), `DETACH source`)
	// A thrown away copy need not survive a power cut; rows come in any order.
	for _, p := range []string{`PRAGMA synchronous = OFF`, `PRAGMA foreign_keys = OFF`, `BEGIN`} {
		if _, err := c.ExecContext(ctx, p); err != nil {
			return err
		}
	}
	err = copyRows(ctx, c)
	end := `COMMIT`
	if err != nil {
		end = `ROLLBACK`
	}
	for _, p := range []string{end, `PRAGMA synchronous = FULL`, `PRAGMA foreign_keys = ON`} {
		if _, err2 := c.ExecContext(context.WithoutCancel(ctx), p); err == nil {
			err = err2
		}
	}
	return err
}

func copyRows(ctx context.Context, c *sql.Conn) error {
	columns, order := map[string][]string{}, []string{}
	err := each(ctx, c, func(r *sql.Rows) error {
		var table, column string
		if err := r.Scan(&table, &column); err != nil {
			return err
		}
		if columns[table] == nil {
			order = append(order, table)
		}
		columns[table] = append(columns[table], column)
		return nil
	}, `SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid`)
	if err != nil {
		return err
	}
	for _, table := range order {
		if leftOut[table] || strings.HasPrefix(table, "goose") {
			continue
		}
		values := strings.Join(columns[table], ", ")
		if e := emptied[table]; e != "" {
			values = strings.Replace(values, e, "x''", 1)
		}
		_, err := c.ExecContext(ctx, fmt.Sprintf(`INSERT INTO main.%s(%s) SELECT %s FROM source.%s`, table, strings.Join(columns[table], ", "), values, table))
		if err != nil {
			return fmt.Errorf("copy %s: %w", table, err)
		}
	}
	return nil
}

// removeTrials removes trial copies that no program has open.
func removeTrials(in string) {
	old, err := filepath.Glob(filepath.Join(in, trialPrefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range old {
		if st, err := os.Stat(dir); err != nil || time.Since(st.ModTime()) < time.Minute {
			continue // one that is being made holds no lock yet
		}
		lock, err := lockFile(lockPath(filepath.Join(dir, "copy.xpb")))
		if err != nil {
			continue // in use, or somebody else's
		}
		lock.release()
		_ = os.RemoveAll(dir)
	}
}
