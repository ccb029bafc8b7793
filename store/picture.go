package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
)

// Picture is an evidence file made smaller for the pages, and what made it.
type Picture struct {
	Maker string
	JPEG  []byte
}

// PutPicture keeps the picture of an evidence file, so that it is not made again
// each time pages are drawn. It follows from the evidence, belongs to no set and
// no digest, and replaces what another maker left.
func (w *Workbook) PutPicture(ctx context.Context, evidence string, p Picture) error {
	h, err := unhex(evidence)
	if err != nil {
		return err
	}
	return w.write(ctx, func(t *tx) error { return t.putPicture(h, p) })
}

func (t *tx) putPicture(evidence []byte, p Picture) error {
	sum := sha256.Sum256(p.JPEG)
	return t.exec(`INSERT INTO picture(hash, maker, sum, payload) SELECT hash, ?, ?, ? FROM evidence WHERE hash = ?
		ON CONFLICT(hash) DO UPDATE SET maker = excluded.maker, sum = excluded.sum, payload = excluded.payload`, p.Maker, sum[:], notNil(p.JPEG), evidence)
}

// Picture is what maker made of an evidence file; nil when it is not here, was
// made by another, or is damaged: then it must be made again.
func (w *Workbook) Picture(ctx context.Context, evidence, maker string) ([]byte, error) {
	h, err := unhex(evidence)
	if err != nil {
		return nil, err
	}
	var jpg []byte
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var sum, payload []byte
		if err := r.Scan(&sum, &payload); err != nil {
			return err
		}
		if matches(sum, payload, false) {
			jpg = payload
		}
		return nil
	}, `SELECT sum, payload FROM picture WHERE hash = ? AND maker = ?`, h, maker)
	return jpg, err
}
