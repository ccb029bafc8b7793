package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
)

// LogLine is one line of the log 日志: who did what to this workbook. Each
// carries the hash of the one before it, and the tables forbid changing or
// deleting one, so a line cannot vanish from the middle unseen.
type LogLine struct {
	Seq  int64
	Line string // canonical JSON {"at","kind",…}
	Hash string
}

// logTx adds a line: a JSON object of at, kind and the fields.
func (w *Workbook) logTx(t *tx, kind string, fields map[string]any) error {
	doc := map[string]any{"at": w.now().Format(time.RFC3339), "kind": kind}
	for k, v := range fields {
		doc[k] = v
	}
	line, err := canon.Encode(doc)
	if err != nil {
		return err
	}
	prev := make([]byte, sha256.Size)
	if _, err := t.one([]any{&prev}, `SELECT hash FROM log ORDER BY seq DESC LIMIT 1`); err != nil {
		return err
	}
	return t.exec(`INSERT INTO log(line, prev, hash) VALUES (?, ?, ?)`, string(line), prev, chain(prev, line))
}

func chain(prev, line []byte) []byte {
	h := sha256.New()
	h.Write(prev)
	h.Write(line)
	return h.Sum(nil)
}

// AddLog writes a line of the caller's: what was published, exported, opened.
func (w *Workbook) AddLog(ctx context.Context, kind string, fields map[string]any) error {
	return w.write(ctx, func(tx *tx) error { return w.logTx(tx, kind, fields) })
}

// Log are up to n lines from sequence number from on; a negative from counts
// from the end, so Log(ctx, -20, 20) are the last twenty.
func (w *Workbook) Log(ctx context.Context, from int64, n int) ([]LogLine, error) {
	var out []LogLine
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var l LogLine
		var h []byte
		if err := r.Scan(&l.Seq, &l.Line, &h); err != nil {
			return err
		}
		l.Hash = hexed(h)
		out = append(out, l)
		return nil
	}, `SELECT seq, line, hash FROM log
		WHERE seq >= CASE WHEN ?1 < 0 THEN (SELECT coalesce(max(seq), 0) + 1 + ?1 FROM log) ELSE ?1 END
		ORDER BY seq LIMIT ?2`, from, n)
	return out, err
}

// VerifyLog walks the chain from the first line and returns how many lines
// hold. The error names the first that does not.
func (w *Workbook) VerifyLog(ctx context.Context) (int, error) {
	n := 0
	want := make([]byte, sha256.Size)
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var seq int64
		var line string
		var prev, hash []byte
		if err := r.Scan(&seq, &line, &prev, &hash); err != nil {
			return err
		}
		if seq != int64(n)+1 || !bytes.Equal(prev, want) || !bytes.Equal(hash, chain(prev, []byte(line))) {
			return i18n.E("日志从第 %d 条起对不上：有人改过或删过", n+1, ErrDamaged)
		}
		want = hash
		n++
		return nil
	}, `SELECT seq, line, prev, hash FROM log ORDER BY seq`)
	if err != nil {
		return n, fmt.Errorf("verify log: %w", err)
	}
	return n, nil
}
