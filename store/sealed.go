package store

import (
	"context"

	"xunping/assets/i18n"
)

// AddSealed takes what was sealed or decided here into the set and, in the same
// transaction, drops the draft it came from ("" for none). The objects must
// continue the chain of their key: ErrExists when another came between.
func (w *Workbook) AddSealed(ctx context.Context, r Received, draft string) error {
	all, err := r.all()
	if err != nil {
		return err
	}
	return w.write(ctx, func(t *tx) error {
		touched := newTouch()
		var file any
		var items []ItemOutcome
		none := func() (any, error) { return nil, nil }
		o := origin{batch: none, file: func() (any, error) {
			if file != nil || r.FileHash == "" {
				return file, nil
			}
			f, err := t.putFile(&r, nil)
			file = f
			return f, err
		}}
		for _, in := range all {
			if err := t.continues(in); err != nil {
				return err
			}
			item, err := t.put(in, o, touched)
			if err != nil {
				return err
			}
			items = append(items, item)
			if err := w.logTx(t, "sealed", map[string]any{"object": in.hash, "round": in.key.Round, "unit": in.key.Unit, "file": r.FileHash}); err != nil {
				return err
			}
		}
		kept, err := o.file() // a co-signed copy brings a file without an object
		if err != nil {
			return err
		}
		if err := t.carry(kept, items); err != nil {
			return err
		}
		if draft != "" {
			if err := t.exec(`DELETE FROM draft WHERE uuid = ?`, draft); err != nil {
				return err
			}
		}
		return w.derive(t, touched)
	})
}

// continues refuses a new object of a key that does not follow the last one.
func (t *tx) continues(in incoming) error {
	h, err := unhex(in.hash)
	if err != nil {
		return err
	}
	var there int
	if found, err := t.one([]any{&there}, `SELECT 1 FROM object WHERE hash = ?`, h); err != nil || found {
		return err // a co-signature on what is here
	}
	last, counter, err := t.chain(in.signer)
	if err != nil {
		return err
	}
	if in.previous != last || in.counter != counter+1 {
		return i18n.E("同一把密钥在此期间又签了别的内容，请重新签发。没有改动任何内容。", ErrExists)
	}
	return nil
}

func (t *tx) chain(spki string) (last string, counter int, err error) {
	s, err := unhex(spki)
	if err != nil {
		return "", 0, err
	}
	var h []byte
	_, err = t.one([]any{&h, &counter}, chainQuery, s)
	return hexed(h), counter, err
}

const chainQuery = `SELECT hash, counter FROM object WHERE signer = ? ORDER BY counter DESC, hash LIMIT 1`
