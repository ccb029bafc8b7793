package store

import (
	"context"
	"crypto/sha256"
	"database/sql"

	"xunping/assets/i18n"
)

// PutEvidence keeps the bytes of an evidence file 佐证 once, under their hash,
// which is returned. The name belongs to the record that uses it. With it goes
// its picture for the pages, if it has one (nil else).
func (w *Workbook) PutEvidence(ctx context.Context, data []byte, media string, p *Picture) (string, error) {
	h := sha256.Sum256(data)
	err := w.write(ctx, func(tx *tx) error {
		_, _, err := tx.insert(`INSERT INTO evidence(hash, media, size, payload) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			h[:], media, len(data), notNil(data))
		if err == nil && p != nil {
			err = tx.putPicture(h[:], *p)
		}
		return err
	})
	return hexed(h[:]), err
}

// Evidence is the bytes and media type of an evidence file; ErrNotFound when
// it is not here.
func (w *Workbook) Evidence(ctx context.Context, hash string) (data []byte, media string, err error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, "", err
	}
	found := false
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		found = true
		return r.Scan(&media, &data)
	}, `SELECT media, payload FROM evidence WHERE hash = ?`, h)
	if err == nil && !found {
		err = i18n.E("这台电脑上没有佐证文件 %s", hash, ErrNotFound)
	}
	return data, media, err
}

// HasEvidence tells whether the bytes are here.
func (w *Workbook) HasEvidence(ctx context.Context, hash string) (bool, error) {
	h, err := unhex(hash)
	if err != nil {
		return false, err
	}
	found := false
	err = each(ctx, w.rdb, func(*sql.Rows) error { found = true; return nil }, `SELECT 1 FROM evidence WHERE hash = ?`, h)
	return found, err
}

// EvidenceUsers are the hashes of the sealed records and acts that use an
// evidence file.
func (w *Workbook) EvidenceUsers(ctx context.Context, hash string) ([]string, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	return w.hashList(ctx, `SELECT o.hash FROM evidence_use u JOIN object o ON o.id = u.object_id WHERE u.hash = ? ORDER BY o.hash`, h)
}

func (w *Workbook) hashList(ctx context.Context, query string, args ...any) ([]string, error) {
	var out []string
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var h []byte
		if err := r.Scan(&h); err != nil {
			return err
		}
		out = append(out, hexed(h))
		return nil
	}, query, args...)
	return out, err
}
