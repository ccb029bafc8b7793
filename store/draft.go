package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"xunping/assets/i18n"
)

// keptSteps is how many changes of a draft can be undone.
const keptSteps = 2000

// Draft is unsealed work on one unit. JSON is the caller's whole document as
// of the present step; Summary is a short text of the caller's for lists.
type Draft struct {
	ID, Round, Unit, RubricHash string
	JSON                        []byte
	Summary                     string
	Undo, Redo                  string // what Undo would take back and Redo bring again; "" for nothing
	Updated                     time.Time
}

// DraftRow is a draft in a list, without its document.
type DraftRow struct {
	ID, Round, Unit, RubricHash, Summary string
	Updated                              time.Time
}

// Step is one change: the whole document after it, in words for undo, and the
// new summary.
type Step struct {
	JSON    []byte
	Change  string
	Summary string
}

// NewDraft begins a draft under the id of its inspection.
func (w *Workbook) NewDraft(ctx context.Context, id, round, unit, rubric string, first Step) error {
	h, err := unhex(rubric)
	if err != nil {
		return err
	}
	packed, at := deflate(first.JSON), w.now().UnixMilli()
	return w.write(ctx, func(tx *tx) error {
		n, added, err := tx.insert(`INSERT INTO draft(uuid, round, unit, rubric, cursor, updated) VALUES (?, ?, ?, ?, 1, ?)
			ON CONFLICT DO NOTHING`, id, round, unit, h, at)
		if err != nil {
			return err
		}
		if !added {
			return i18n.E("草稿 %s 已经有了，没有覆盖", id, ErrExists)
		}
		return tx.exec(`INSERT INTO draft_step(draft_id, seq, at, change, summary, payload) VALUES (?, 1, ?, ?, ?, ?)`,
			n, at, first.Change, first.Summary, packed)
	})
}

// SaveDraft makes step the present. What had been undone before it can no
// longer be brought back. It returns after the one commit: then the change is
// on disk.
func (w *Workbook) SaveDraft(ctx context.Context, id string, step Step) error {
	packed, at := deflate(step.JSON), w.now().UnixMilli()
	return w.write(ctx, func(tx *tx) error {
		n, cursor, err := tx.draft(id)
		if err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM draft_step WHERE draft_id = ? AND (seq > ? OR seq <= ?)`, n, cursor, cursor-keptSteps); err != nil {
			return err
		}
		err = tx.exec(`INSERT INTO draft_step(draft_id, seq, at, change, summary, payload) VALUES (?, ?, ?, ?, ?, ?)`,
			n, cursor+1, at, step.Change, step.Summary, packed)
		if err != nil {
			return err
		}
		return tx.exec(`UPDATE draft SET cursor = ?, updated = ? WHERE id = ?`, cursor+1, at, n)
	})
}

func (t *tx) draft(id string) (n int64, cursor int64, err error) {
	found, err := t.one([]any{&n, &cursor}, `SELECT id, cursor FROM draft WHERE uuid = ?`, id)
	if err == nil && !found {
		err = i18n.E("没有草稿 %s", id, ErrNotFound)
	}
	return n, cursor, err
}

// UndoDraft steps back by one change and returns the draft as it was before.
// ErrNotFound when there is nothing to undo.
func (w *Workbook) UndoDraft(ctx context.Context, id string) (Draft, error) {
	return w.move(ctx, id, -1)
}

// RedoDraft steps forward again. ErrNotFound when there is nothing to redo.
func (w *Workbook) RedoDraft(ctx context.Context, id string) (Draft, error) {
	return w.move(ctx, id, +1)
}

func (w *Workbook) move(ctx context.Context, id string, by int64) (Draft, error) {
	err := w.write(ctx, func(tx *tx) error {
		n, cursor, err := tx.draft(id)
		if err != nil {
			return err
		}
		var there int
		found, err := tx.one([]any{&there}, `SELECT 1 FROM draft_step WHERE draft_id = ? AND seq = ?`, n, cursor+by)
		if err != nil {
			return err
		}
		if !found && by < 0 {
			return i18n.E("没有可以撤销的改动", ErrNotFound)
		}
		if !found {
			return i18n.E("没有可以重做的改动", ErrNotFound)
		}
		return tx.exec(`UPDATE draft SET cursor = ?, updated = ? WHERE id = ?`, cursor+by, w.now().UnixMilli(), n)
	})
	if err != nil {
		return Draft{}, err
	}
	return w.Draft(ctx, id)
}

// Draft is the present state of a draft.
func (w *Workbook) Draft(ctx context.Context, id string) (Draft, error) {
	d := Draft{ID: id}
	found := false
	var packed []byte
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var rubric []byte
		var updated int64
		var undo, redo sql.NullString
		found = true
		err := r.Scan(&d.Round, &d.Unit, &rubric, &updated, &d.Summary, &packed, &undo, &redo)
		d.RubricHash, d.Updated = hexed(rubric), time.UnixMilli(updated)
		d.Undo, d.Redo = undo.String, redo.String
		return err
	}, `SELECT d.round, d.unit, d.rubric, d.updated, s.summary, s.payload,
		CASE WHEN EXISTS (SELECT 1 FROM draft_step p WHERE p.draft_id = d.id AND p.seq = d.cursor - 1) THEN s.change END,
		(SELECT n.change FROM draft_step n WHERE n.draft_id = d.id AND n.seq = d.cursor + 1)
		FROM draft d JOIN draft_step s ON s.draft_id = d.id AND s.seq = d.cursor WHERE d.uuid = ?`, id)
	if err == nil && !found {
		err = i18n.E("没有草稿 %s", id, ErrNotFound)
	}
	if err != nil {
		return Draft{}, err
	}
	if d.JSON, err = inflate(packed); err != nil {
		return Draft{}, damaged(w.path, err)
	}
	return d, nil
}

// Drafts are the drafts of a round, or of all with "", by unit.
func (w *Workbook) Drafts(ctx context.Context, round string) ([]DraftRow, error) {
	var out []DraftRow
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var d DraftRow
		var rubric []byte
		var updated int64
		if err := r.Scan(&d.ID, &d.Round, &d.Unit, &rubric, &d.Summary, &updated); err != nil {
			return err
		}
		d.RubricHash, d.Updated = hexed(rubric), time.UnixMilli(updated)
		out = append(out, d)
		return nil
	}, `SELECT d.uuid, d.round, d.unit, d.rubric, s.summary, d.updated
		FROM draft d JOIN draft_step s ON s.draft_id = d.id AND s.seq = d.cursor
		WHERE ?1 = '' OR d.round = ?1 ORDER BY d.round, d.unit, d.uuid`, round)
	return out, err
}

// DropDraft throws a draft and its history away. Nothing happens when it is
// not there.
func (w *Workbook) DropDraft(ctx context.Context, id string) error {
	return w.write(ctx, func(tx *tx) error { return tx.exec(`DELETE FROM draft WHERE uuid = ?`, id) })
}

// IsNotFound tells whether err means that the thing asked for is not here.
func IsNotFound(err error) bool { return errors.Is(err, ErrNotFound) }
