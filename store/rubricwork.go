package store

import (
	"context"
	"database/sql"
	"time"

	"xunping/assets/i18n"
)

// RubricDraft is a rubric that is being written. JSON is the caller's whole
// document as of the present step.
type RubricDraft struct {
	ID         string
	JSON       []byte
	Undo, Redo string // what can be taken back and brought again; "" for nothing
	Updated    time.Time
}

// SaveRubricDraft makes a document the present of a draft, which begins with
// its first. What had been undone before can no longer be brought back.
func (w *Workbook) SaveRubricDraft(ctx context.Context, id, change string, doc []byte) error {
	packed, at := deflate(doc), w.now().UnixMilli()
	return w.write(ctx, func(tx *tx) error {
		if err := tx.exec(`INSERT INTO rubric_draft(uuid, cursor, updated) VALUES (?, 0, ?) ON CONFLICT DO NOTHING`, id, at); err != nil {
			return err
		}
		n, cursor, err := tx.rubricDraft(id)
		if err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM rubric_step WHERE draft_id = ? AND (seq > ? OR seq <= ?)`, n, cursor, cursor-keptSteps); err != nil {
			return err
		}
		if err := tx.exec(`INSERT INTO rubric_step(draft_id, seq, change, payload) VALUES (?, ?, ?, ?)`, n, cursor+1, change, packed); err != nil {
			return err
		}
		return tx.exec(`UPDATE rubric_draft SET cursor = ?, updated = ? WHERE id = ?`, cursor+1, at, n)
	})
}

func (t *tx) rubricDraft(id string) (n, cursor int64, err error) {
	found, err := t.one([]any{&n, &cursor}, `SELECT id, cursor FROM rubric_draft WHERE uuid = ?`, id)
	if err == nil && !found {
		err = i18n.E("没有指标体系草稿 %s", id, ErrNotFound)
	}
	return n, cursor, err
}

// MoveRubricDraft goes back (by −1) or forward again (by 1) by one change.
// ErrNotFound when there is none.
func (w *Workbook) MoveRubricDraft(ctx context.Context, id string, by int64) error {
	return w.write(ctx, func(tx *tx) error {
		n, cursor, err := tx.rubricDraft(id)
		if err != nil {
			return err
		}
		var there int
		found, err := tx.one([]any{&there}, `SELECT 1 FROM rubric_step WHERE draft_id = ? AND seq = ?`, n, cursor+by)
		if err != nil {
			return err
		}
		if !found && by < 0 {
			return i18n.E("没有可以撤销的改动", ErrNotFound)
		}
		if !found {
			return i18n.E("没有可以重做的改动", ErrNotFound)
		}
		return tx.exec(`UPDATE rubric_draft SET cursor = ?, updated = ? WHERE id = ?`, cursor+by, w.now().UnixMilli(), n)
	})
}

// RubricDrafts are all drafts of rubrics in their present state, the one
// changed last first; with an id only that one.
func (w *Workbook) RubricDrafts(ctx context.Context, id string) ([]RubricDraft, error) {
	var out []RubricDraft
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var d RubricDraft
		var updated int64
		var packed []byte
		var undo, redo sql.NullString
		if err := r.Scan(&d.ID, &updated, &packed, &undo, &redo); err != nil {
			return err
		}
		d.Updated, d.Undo, d.Redo = time.UnixMilli(updated), undo.String, redo.String
		var err error
		if d.JSON, err = inflate(packed); err != nil {
			return damaged(w.path, err)
		}
		out = append(out, d)
		return nil
	}, `SELECT d.uuid, d.updated, s.payload,
		CASE WHEN EXISTS (SELECT 1 FROM rubric_step p WHERE p.draft_id = d.id AND p.seq = d.cursor - 1) THEN s.change END,
		(SELECT n.change FROM rubric_step n WHERE n.draft_id = d.id AND n.seq = d.cursor + 1)
		FROM rubric_draft d JOIN rubric_step s ON s.draft_id = d.id AND s.seq = d.cursor
		WHERE ?1 = '' OR d.uuid = ?1 ORDER BY d.updated DESC, d.id DESC`, id)
	return out, err
}

// DropRubricDraft throws a draft away, with its history and its cases.
func (w *Workbook) DropRubricDraft(ctx context.Context, id string) error {
	return w.write(ctx, func(tx *tx) error { return tx.dropRubricDraft(id) })
}

func (t *tx) dropRubricDraft(id string) error {
	if err := t.dropRubricCases(id); err != nil {
		return err
	}
	return t.exec(`DELETE FROM rubric_draft WHERE uuid = ?`, id)
}

// PublishRubric keeps the canonical bytes of a rubric with the cases of an owner,
// drops the draft they come from ("" for none) and writes the fact into the log,
// all or nothing.
func (w *Workbook) PublishRubric(ctx context.Context, hash string, canonical []byte, owner, draft string, fields map[string]any) error {
	return w.write(ctx, func(tx *tx) error {
		if err := tx.ownRubric(hash, canonical); err != nil {
			return err
		}
		if err := tx.copyRubricCases(owner, hash); err != nil {
			return err
		}
		if draft != "" {
			if err := tx.dropRubricDraft(draft); err != nil {
				return err
			}
		}
		return w.logTx(tx, "rubric", fields)
	})
}

// RubricCase is a worked case with what it must give. Its owner is the version
// that it tries: the id of a draft, or the hash of what was published.
type RubricCase struct{ Owner, Name, Body, Want string }

// PutRubricCase keeps a case or replaces the one of its name.
func (w *Workbook) PutRubricCase(ctx context.Context, c RubricCase) error {
	return w.write(ctx, func(tx *tx) error {
		return tx.exec(`INSERT INTO rubric_case(owner, name, body, want) VALUES (?, ?, ?, ?)
			ON CONFLICT(owner, name) DO UPDATE SET body = excluded.body, want = excluded.want`, c.Owner, c.Name, c.Body, c.Want)
	})
}

// CopyRubricCases gives a version the cases of another. Those that it has stay.
func (w *Workbook) CopyRubricCases(ctx context.Context, from, to string) error {
	return w.write(ctx, func(tx *tx) error { return tx.copyRubricCases(from, to) })
}

func (t *tx) copyRubricCases(from, to string) error {
	return t.exec(`INSERT INTO rubric_case(owner, name, body, want) SELECT ?2, name, body, want FROM rubric_case WHERE owner = ?1 ON CONFLICT DO NOTHING`, from, to)
}

// RubricCases are the cases of a version by name.
func (w *Workbook) RubricCases(ctx context.Context, owner string) ([]RubricCase, error) {
	var out []RubricCase
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		c := RubricCase{Owner: owner}
		err := r.Scan(&c.Name, &c.Body, &c.Want)
		out = append(out, c)
		return err
	}, `SELECT name, body, want FROM rubric_case WHERE owner = ? ORDER BY name`, owner)
	return out, err
}

// DropRubricCase throws a case away and gives it, for whoever wants it back;
// ErrNotFound when there is none.
func (w *Workbook) DropRubricCase(ctx context.Context, owner, name string) (RubricCase, error) {
	c := RubricCase{Owner: owner, Name: name}
	err := w.write(ctx, func(tx *tx) error {
		found, err := tx.one([]any{&c.Body, &c.Want}, `SELECT body, want FROM rubric_case WHERE owner = ? AND name = ?`, owner, name)
		if err == nil && !found {
			err = i18n.E("没有用例“%s”", name, ErrNotFound)
		}
		if err != nil {
			return err
		}
		return tx.exec(`DELETE FROM rubric_case WHERE owner = ? AND name = ?`, owner, name)
	})
	return c, err
}

// DropRubricCases throws all cases of an owner away.
func (w *Workbook) DropRubricCases(ctx context.Context, owner string) error {
	return w.write(ctx, func(tx *tx) error { return tx.dropRubricCases(owner) })
}

func (t *tx) dropRubricCases(owner string) error {
	return t.exec(`DELETE FROM rubric_case WHERE owner = ?`, owner)
}

// EachRecord hands the node of each record of the set with its canonical bytes
// to do, in order of arrival. An error of do ends it.
func (w *Workbook) EachRecord(ctx context.Context, do func(o Object, canonical []byte) error) error {
	list, err := w.objects(ctx, objectColumns+`WHERE o.kind <> ? ORDER BY o.id`, kindAct)
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		b, err := w.Record(ctx, o.Hash)
		if err == nil {
			err = do(o, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CountRecords is how many records the set holds.
func (w *Workbook) CountRecords(ctx context.Context) (n int, err error) {
	err = each(ctx, w.rdb, func(r *sql.Rows) error { return r.Scan(&n) }, `SELECT count(*) FROM object WHERE kind <> ?`, kindAct)
	return n, err
}

// RubricRounds are the rounds of the records of the set by the hash of the rubric
// they are judged by.
func (w *Workbook) RubricRounds(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var h []byte
		var round string
		err := r.Scan(&h, &round)
		out[hexed(h)] = append(out[hexed(h)], round)
		return err
	}, `SELECT DISTINCT rubric, round FROM case_view ORDER BY round`)
	return out, err
}
