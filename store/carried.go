package store

import (
	"context"
	"database/sql"

	"xunping/inspection"
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

// RoundFile is a kept file with what it carries of one round; Hash is "" where a
// record is here and no file with it. Batch is 0 when it was made here.
type RoundFile struct {
	Hash, Name string
	Batch      int64
	Objects    []RoundObject
}

// RoundObject is a record or an act in a RoundFile.
type RoundObject struct {
	Hash, Unit string
	Act        bool
	Kind       inspection.ActKind
	Standing   inspection.Reason
}

// FilesOfRound are the kept files that carry something of a round, by batch, name and
// hash, also those that brought only a signature on what was here.
func (w *Workbook) FilesOfRound(ctx context.Context, round string) ([]RoundFile, error) {
	var out []RoundFile
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var f RoundFile
		var o RoundObject
		var file, object []byte
		var batch sql.NullInt64
		var reason sql.NullString
		if err := r.Scan(&file, &f.Name, &batch, &object, &o.Act, &o.Kind, &o.Unit, &reason); err != nil {
			return err
		}
		f.Batch, o.Hash, o.Standing = batch.Int64, hexed(object), inspection.Reason(reason.String)
		if file != nil {
			f.Hash = hexed(file)
		}
		if n := len(out); n == 0 || f.Hash == "" || out[n-1].Hash != f.Hash {
			out = append(out, f)
		}
		last := &out[len(out)-1]
		last.Objects = append(last.Objects, o)
		return nil
	}, `SELECT f.hash, coalesce(f.name, ''), CASE WHEN f.id IS NULL THEN o.batch_id ELSE f.batch_id END, o.hash, o.kind = 2, o.act_kind, k.unit, s.reason
		FROM case_key k JOIN object o ON o.case_id = k.id LEFT JOIN carried_object c ON c.object_id = o.id
		LEFT JOIN file f ON f.id = c.file_id LEFT JOIN standing s ON s.object_id = o.id
		WHERE k.round = ? AND (f.id IS NOT NULL OR o.kind = 1)
		ORDER BY 3, 2, f.hash, o.kind, k.unit, o.hash`, round)
	return out, err
}
