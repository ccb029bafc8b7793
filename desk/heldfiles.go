package desk

import (
	"context"

	"xunping/store"
)

// Files that the disk refused are kept in memory, as the changes of a draft are, and
// offered again with them: a photo that was pasted is nowhere else.

// keepFile puts a file into the workbook, or holds it until Retry when the disk
// refuses it.
func (d *Desk) keepFile(ctx context.Context, f gatheredFile) (hash string) {
	hash, err := d.wb.PutEvidence(ctx, f.data, f.media, f.picture)
	if err != nil {
		hash = hashOf(f.data)
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.held == nil {
			d.held = map[string]gatheredFile{}
		}
		d.held[hash] = f
	}
	return hash
}

// putHeld offers the held files again. A draft that names one is saved after it only.
func (d *Desk) putHeld(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for hash, f := range d.held {
		if _, err := d.wb.PutEvidence(ctx, f.data, f.media, f.picture); err != nil {
			return err
		}
		delete(d.held, hash)
	}
	return nil
}

// file is the bytes of a piece of evidence, wherever it is kept.
func (d *Desk) file(ctx context.Context, sha string) ([]byte, error) {
	b, _, err := d.wb.Evidence(ctx, sha)
	if !store.IsNotFound(err) {
		return b, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if f, ok := d.held[sha]; ok {
		return f.data, nil
	}
	return nil, err
}
