package store

import (
	"context"
	"database/sql"
)

// CarriedSignature is a signature that lives in the bytes of a kept file only.
type CarriedSignature struct{ File, Field, SPKI string }

// FileSignatures are the signatures on an object that have no p7s of their own,
// with each kept file that carries them: they can be handed on only as that
// file. By file, field and key.
func (w *Workbook) FileSignatures(ctx context.Context, hash string) ([]CarriedSignature, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	var out []CarriedSignature
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var c CarriedSignature
		var file, spki []byte
		if err := r.Scan(&file, &c.Field, &spki); err != nil {
			return err
		}
		c.File, c.SPKI = hexed(file), hexed(spki)
		out = append(out, c)
		return nil
	}, `SELECT f.hash, s.field, s.spki FROM signature s JOIN object o ON o.id = s.object_id
		JOIN carried_signature c ON c.signature_id = s.id JOIN file f ON f.id = c.file_id
		WHERE o.hash = ? AND length(s.p7s) = 0 ORDER BY f.hash, s.field, s.spki`, h)
	return out, err
}

// SignersIn are the keys whose signatures on an object a kept file carries.
func (w *Workbook) SignersIn(ctx context.Context, file, object string) ([]string, error) {
	f, err := unhex(file)
	if err != nil {
		return nil, err
	}
	o, err := unhex(object)
	if err != nil {
		return nil, err
	}
	var out []string
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var spki []byte
		err := r.Scan(&spki)
		out = append(out, hexed(spki))
		return err
	}, `SELECT s.spki FROM file f JOIN carried_signature c ON c.file_id = f.id JOIN signature s ON s.id = c.signature_id
		JOIN object o ON o.id = s.object_id WHERE f.hash = ? AND o.hash = ?`, f, o)
	return out, err
}

// ChainLink is one object in the chain of a key.
type ChainLink struct {
	Hash, Previous string
	Counter        int
	Act            bool
}

// ChainOf are all objects that a key made, as far as this workbook knows, by
// counter and hash.
func (w *Workbook) ChainOf(ctx context.Context, spki string) ([]ChainLink, error) {
	s, err := unhex(spki)
	if err != nil {
		return nil, err
	}
	var out []ChainLink
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var l ChainLink
		var h, previous []byte
		var kind int
		if err := r.Scan(&h, &previous, &l.Counter, &kind); err != nil {
			return err
		}
		l.Hash, l.Previous, l.Act = hexed(h), hexed(previous), kind == kindAct
		out = append(out, l)
		return nil
	}, `SELECT hash, previous, counter, kind FROM object WHERE signer = ? ORDER BY counter, hash`, s)
	return out, err
}
