package store

import (
	"context"
	"database/sql"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

// RubricRow names a kept rubric 指标体系. Status is what its points claim to be
// (illustrative, official …).
type RubricRow struct {
	Hash, Code, Version, Title, Status string
}

// RubricCame begins the settings that mark rubrics which nobody put here: they came
// with a record or a draft that somebody else made, and what they say of themselves
// is a claim.
const RubricCame = "rubric.came."

// PutRubric keeps the canonical bytes of a rubric and returns its hash. Of one that
// only came with something before, the mark goes.
func (w *Workbook) PutRubric(ctx context.Context, canonical []byte) (string, error) {
	hash := canon.Hash(canonical)
	return hash, w.write(ctx, func(tx *tx) error { return tx.ownRubric(hash, canonical) })
}

func (t *tx) ownRubric(hash string, canonical []byte) error {
	if _, err := t.putRubric(hash, canonical); err != nil {
		return err
	}
	return t.exec(`DELETE FROM setting WHERE key = ?`, RubricCame+hash)
}

// TakeRubric keeps a rubric that came with something. One that is here is left as it is.
func (w *Workbook) TakeRubric(ctx context.Context, canonical []byte) error {
	return w.write(ctx, func(tx *tx) error { return tx.takeRubric(canon.Hash(canonical), canonical) })
}

func (t *tx) takeRubric(hash string, canonical []byte) error {
	added, err := t.putRubric(hash, canonical)
	if err != nil || !added {
		return err
	}
	return t.set(RubricCame+hash, "1")
}

// putRubric reads code and title from the bytes, which must hash to hash, and tells
// whether they were not here.
func (t *tx) putRubric(hash string, canonical []byte) (added bool, err error) {
	h, err := unhex(hash)
	if err != nil {
		return false, err
	}
	var n int
	if _, err := t.one([]any{&n}, `SELECT count(*) FROM rubric WHERE hash = ?`, h); err != nil || n > 0 {
		return false, err
	}
	if canon.Hash(canonical) != hash {
		return false, i18n.E("指标体系的内容与散列值不符：%s", hash)
	}
	r, _, err := inspection.ReadRubric(canonical)
	if err != nil {
		return false, err
	}
	return true, t.exec(`INSERT INTO rubric(hash, code, version, title, status, payload) VALUES (?, ?, ?, ?, ?, ?)`,
		h, r.Code, r.Version, r.Title, r.PointsStatus, deflate(canonical))
}

// Rubric is the canonical bytes of a kept rubric; ErrNotFound when it is not
// here.
func (w *Workbook) Rubric(ctx context.Context, hash string) ([]byte, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	b, found, err := w.payload(ctx, `SELECT 1, payload FROM rubric WHERE hash = ?`, h)
	if err == nil && !found {
		err = i18n.E("工作簿里没有指标体系 %s", hash, ErrNotFound)
	}
	return b, err
}

// Rubrics are all kept rubrics by code and arrival.
func (w *Workbook) Rubrics(ctx context.Context) ([]RubricRow, error) {
	var out []RubricRow
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var row RubricRow
		var h []byte
		if err := r.Scan(&h, &row.Code, &row.Version, &row.Title, &row.Status); err != nil {
			return err
		}
		row.Hash = hexed(h)
		out = append(out, row)
		return nil
	}, `SELECT hash, code, version, title, status FROM rubric ORDER BY code, id`)
	return out, err
}

// payload reads one stored document: coding (1 is zstd) and bytes.
func (w *Workbook) payload(ctx context.Context, query string, args ...any) (b []byte, found bool, err error) {
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var coding int
		var p []byte
		if err := r.Scan(&coding, &p); err != nil {
			return err
		}
		found, b = true, p
		if coding == 1 {
			b, err = inflate(p)
		}
		return err
	}, query, args...)
	return b, found, err
}
