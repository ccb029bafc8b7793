package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync"

	"modernc.org/sqlite"

	"xunping/assets/i18n"
)

// writer is the one connection that writes. A batch may keep a transaction
// open between two files (pending); whoever else wants to write commits it
// first, so nobody waits for a batch to end.
type writer struct {
	mu      sync.Mutex
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	pending func() error // commits the open group of a batch; nil without one
}

// tx is the transaction that holds the writer.
type tx struct {
	w   *writer
	ctx context.Context // never cancelled: a statement is short, and half of one is none
}

func (w *writer) open(c *sql.Conn) {
	w.conn, w.stmts = c, map[string]*sql.Stmt{}
}

func (w *writer) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn == nil {
		return nil
	}
	err := w.settle()
	for _, s := range w.stmts {
		_ = s.Close()
	}
	_, _ = w.conn.ExecContext(context.Background(), `PRAGMA optimize`)
	err = errors.Join(err, w.conn.Close())
	w.conn = nil
	return err
}

// settle commits the open group of a batch, if there is one.
func (w *writer) settle() error {
	if w.pending == nil {
		return nil
	}
	commit := w.pending
	w.pending = nil
	return commit()
}

// write runs fn in one transaction: all of it or nothing.
func (w *Workbook) write(ctx context.Context, fn func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.w.mu.Lock()
	defer w.w.mu.Unlock()
	if w.w.conn == nil {
		return errors.New("workbook is closed")
	}
	if err := w.w.settle(); err != nil {
		return w.failed(err)
	}
	if err := w.inPlace(); err != nil {
		return err
	}
	t := &tx{w: &w.w, ctx: context.Background()}
	if err := t.exec(`BEGIN IMMEDIATE`); err != nil {
		return w.failed(err)
	}
	if err := fn(t); err != nil {
		_ = t.exec(`ROLLBACK`)
		w.trust.drop()
		return w.failed(err)
	}
	if err := t.exec(`COMMIT`); err != nil {
		_ = t.exec(`ROLLBACK`)
		w.trust.drop()
		return w.failed(err)
	}
	return nil
}

// inPlace tells whether the workbook is still the file that was opened. One that
// was moved or deleted, or whose disk went away, would on some systems go on
// taking writes that nobody ever finds again.
func (w *Workbook) inPlace() error {
	if st, err := os.Stat(w.path); err != nil || !os.SameFile(st, w.file) {
		return i18n.E("工作簿不在原处了（被移走、删除，或磁盘断开），这一次改动没有存盘：%s。放回原处后再试。", w.path, err)
	}
	return nil
}

// stmt prepares a statement once for the life of the connection.
func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if s := t.w.stmts[query]; s != nil {
		return s, nil
	}
	s, err := t.w.conn.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60q: %w", query, err)
	}
	t.w.stmts[query] = s
	return s, nil
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.run(query, args...)
	return err
}

func (t *tx) run(query string, args ...any) (sql.Result, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	r, err := s.ExecContext(t.ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("%.60q: %w", query, err)
	}
	return r, nil
}

// insert runs an INSERT … ON CONFLICT DO NOTHING and tells whether a row came
// to be, and under which id.
func (t *tx) insert(query string, args ...any) (id int64, added bool, err error) {
	r, err := t.run(query, args...)
	if err != nil {
		return 0, false, err
	}
	n, err := r.RowsAffected()
	if err != nil || n == 0 {
		return 0, false, err
	}
	id, err = r.LastInsertId()
	return id, true, err
}

// one scans a single row; found is false when there is none.
func (t *tx) one(dest []any, query string, args ...any) (found bool, err error) {
	s, err := t.stmt(query)
	if err != nil {
		return false, err
	}
	switch err := s.QueryRowContext(t.ctx, args...).Scan(dest...); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%.60q: %w", query, err)
	}
	return true, nil
}

func (t *tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// querier reads: the pool that cannot write, or the writer in its transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each calls fn for every row.
func each(ctx context.Context, q querier, fn func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%.60q: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%.60q: %w", query, err)
	}
	return nil
}

// SQLite's primary result codes that a person can do something about.
const (
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeNotADB   = 26
)

// failed turns what the disk said into a sentence. Errors that are sentences
// already stay as they are.
func (w *Workbook) failed(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case codeFull:
		return i18n.E("磁盘已满，这一次改动没有存盘：%s。请腾出空间后再试。", w.path, err)
	case codeReadOnly:
		return i18n.E("工作簿不能写入，这一次改动没有存盘：%s。请检查文件的权限。", w.path, err)
	case codeIO:
		return i18n.E("磁盘读写出错，这一次改动没有存盘：%s。请检查磁盘后再试。", w.path, err)
	case codeCorrupt, codeNotADB:
		return damaged(w.path, err)
	}
	return fmt.Errorf("workbook: %w", err)
}
