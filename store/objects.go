package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// Record is the canonical JSON of a record or an act; ErrNotFound when it is
// not here.
func (w *Workbook) Record(ctx context.Context, hash string) ([]byte, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	b, found, err := w.payload(ctx, `SELECT 1, payload FROM object WHERE hash = ?`, h)
	if err == nil && !found {
		err = i18n.E("工作簿里没有 %s", hash, ErrNotFound)
	}
	return b, err
}

// Object is one record or act of the set with its place and standing.
type Object struct {
	Hash     string
	Act      bool
	Node     inspection.Node    // of a record
	ActNode  inspection.ActNode // of an act
	Standing inspection.Reason  // "" counts
	Batch    int64              // that first brought it, 0: made here
	FileHash string             // that first brought it, "" for none
}

const objectColumns = `SELECT o.hash, o.kind, o.node, s.reason, o.batch_id, f.hash FROM object o
	LEFT JOIN standing s ON s.object_id = o.id LEFT JOIN file f ON f.id = o.file_id `

func (w *Workbook) objects(ctx context.Context, query string, args ...any) ([]Object, error) {
	var out []Object
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var o Object
		var h, node, file []byte
		var kind int
		var reason sql.NullString
		var batch sql.NullInt64
		if err := r.Scan(&h, &kind, &node, &reason, &batch, &file); err != nil {
			return err
		}
		o.Hash, o.Act, o.Standing, o.Batch = hexed(h), kind == kindAct, inspection.Reason(reason.String), batch.Int64
		if file != nil {
			o.FileHash = hexed(file)
		}
		out = append(out, o)
		last := &out[len(out)-1]
		if o.Act {
			return decodeNode(node, &last.ActNode)
		}
		return decodeNode(node, &last.Node)
	}, query, args...)
	return out, err
}

// Object finds a record or act by hash; ErrNotFound when it is not here.
func (w *Workbook) Object(ctx context.Context, hash string) (Object, error) {
	h, err := unhex(hash)
	if err != nil {
		return Object{}, err
	}
	list, err := w.objects(ctx, objectColumns+`WHERE o.hash = ?`, h)
	if err == nil && len(list) == 0 {
		err = i18n.E("工作簿里没有 %s", hash, ErrNotFound)
	}
	if err != nil {
		return Object{}, err
	}
	return list[0], nil
}

// Find lists the objects whose hash begins with prefix (hex, at least 4
// digits), at most ten: a short code from a printed page names a record.
func (w *Workbook) Find(ctx context.Context, prefix string) ([]Object, error) {
	if len(prefix) < 4 || len(prefix) > 64 || strings.Trim(prefix, "0123456789abcdef") != "" {
		return nil, i18n.E("短码不合格式：%s", prefix)
	}
	if len(prefix) == 64 {
		h, err := unhex(prefix)
		if err != nil {
			return nil, err
		}
		return w.objects(ctx, objectColumns+`WHERE o.hash = ?`, h)
	}
	from, to := prefix+strings.Repeat("0", 64-len(prefix)), prefix+strings.Repeat("f", 64-len(prefix))
	lo, err := unhex(from)
	if err != nil {
		return nil, err
	}
	hi, err := unhex(to)
	if err != nil {
		return nil, err
	}
	return w.objects(ctx, objectColumns+`WHERE o.hash BETWEEN ? AND ? ORDER BY o.hash LIMIT 10`, lo, hi)
}

// Revisions are all records of a unit in a round, of all its cases, by
// revision and hash. With unit "" they are those of the whole round.
func (w *Workbook) Revisions(ctx context.Context, round, unit string) ([]Object, error) {
	return w.objects(ctx, objectColumns+`JOIN case_key k ON k.id = o.case_id
		WHERE k.round = ?1 AND (?2 = '' OR k.unit = ?2) AND o.kind = 1 ORDER BY k.unit, o.revision, o.hash`, round, unit)
}

// MadeHere are the records that were sealed on this machine, in all rounds, by
// round, unit and revision.
func (w *Workbook) MadeHere(ctx context.Context) ([]Object, error) {
	return w.objects(ctx, objectColumns+`JOIN case_key k ON k.id = o.case_id
		WHERE o.kind = 1 AND o.batch_id IS NULL ORDER BY k.round, k.unit, o.revision, o.hash`)
}

// ActFilter chooses acts; empty members choose all.
type ActFilter struct {
	Round, Unit string
	Kind        inspection.ActKind
}

// Acts are the acts that fit the filter, by round, unit, kind and hash.
func (w *Workbook) Acts(ctx context.Context, f ActFilter) ([]Object, error) {
	return w.objects(ctx, objectColumns+`JOIN case_key k ON k.id = o.case_id
		WHERE o.kind = 2 AND (?1 = '' OR k.round = ?1) AND (?2 = '' OR k.unit = ?2) AND (?3 = '' OR o.act_kind = ?3)
		ORDER BY k.round, k.unit, o.act_kind, o.hash`, f.Round, f.Unit, string(f.Kind))
}

// Quarantine 隔离区 are the objects that do not count, each with its reason in
// Standing. They count by themselves when a later roster names their signer.
func (w *Workbook) Quarantine(ctx context.Context) ([]Object, error) {
	return w.objects(ctx, `SELECT o.hash, o.kind, o.node, s.reason, o.batch_id, f.hash FROM standing s
		JOIN object o ON o.id = s.object_id LEFT JOIN file f ON f.id = o.file_id ORDER BY o.hash`)
}

// Signatures are the kept signatures on a record or act, by field and key. The
// field of one that came beside a record follows from the roster in force.
func (w *Workbook) Signatures(ctx context.Context, hash string) ([]Sig, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	var out []Sig
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var s Sig
		var spki []byte
		if err := r.Scan(&s.Field, &spki, &s.Time, &s.Cert, &s.P7S); err != nil {
			return err
		}
		s.SPKI = hexed(spki)
		out = append(out, s)
		return nil
	}, `SELECT s.field, s.spki, s.claimed, s.cert, s.p7s FROM signature s JOIN object o ON o.id = s.object_id
		WHERE o.hash = ? ORDER BY s.field, s.spki`, h)
	if err != nil || !slices.ContainsFunc(out, func(s Sig) bool { return s.Field == inspection.FieldBeside }) {
		return out, err
	}
	row, err := w.Roster(ctx)
	if err != nil {
		return nil, err
	}
	var roster *inspection.Roster
	if row != nil {
		roster = row.Roster
	}
	return byField(out, roster), nil
}

// byField gives every signature its field. One that is in a PDF and came beside
// its record as well is one signature, which has a p7s.
func byField(list []Sig, roster *inspection.Roster) []Sig {
	for i := range list {
		list[i].Field = roster.Field(inspection.Signature{Field: list[i].Field, SPKI: list[i].SPKI})
	}
	slices.SortStableFunc(list, func(a, b Sig) int {
		return cmp.Or(strings.Compare(a.Field, b.Field), strings.Compare(a.SPKI, b.SPKI), len(b.P7S)-len(a.P7S))
	})
	return slices.CompactFunc(list, func(a, b Sig) bool { return a.Field == b.Field && a.SPKI == b.SPKI })
}

// Chain is the last object made by a key, as far as this workbook knows, and
// its counter; "" and 0 for a fresh key.
func (w *Workbook) Chain(ctx context.Context, spki string) (last string, counter int, err error) {
	s, err := unhex(spki)
	if err != nil {
		return "", 0, err
	}
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var h []byte
		if err := r.Scan(&h, &counter); err != nil {
			return err
		}
		last = hexed(h)
		return nil
	}, chainQuery, s)
	return last, counter, err
}

// KnownFile tells whether these very bytes were taken in before and everything
// they brought is still here, so they need not be proven again.
func (w *Workbook) KnownFile(ctx context.Context, hash string) (bool, error) {
	h, err := unhex(hash)
	if err != nil {
		return false, err
	}
	found := false
	err = each(ctx, w.rdb, func(*sql.Rows) error { found = true; return nil }, `SELECT 1 FROM file WHERE hash = ?`, h)
	return found, err
}

// File is the bytes of a kept file, as they came, and its name; ErrNotFound
// when it is not here.
func (w *Workbook) File(ctx context.Context, hash string) (data []byte, name string, err error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, "", err
	}
	data, found, err := w.payload(ctx, `SELECT coding, payload FROM file WHERE hash = ?`, h)
	if err != nil {
		return nil, "", err
	}
	if !found {
		return nil, "", i18n.E("工作簿里没有文件 %s", hash, ErrNotFound)
	}
	err = each(ctx, w.rdb, func(r *sql.Rows) error { return r.Scan(&name) }, `SELECT name FROM file WHERE hash = ?`, h)
	return data, name, err
}

// FilesOf are the hashes of the kept files that carry a record or an act, the
// largest first: a copy with later signatures only grows.
func (w *Workbook) FilesOf(ctx context.Context, hash string) ([]string, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	return w.hashList(ctx, `SELECT f.hash FROM carried_object c JOIN object o ON o.id = c.object_id JOIN file f ON f.id = c.file_id
		WHERE o.hash = ? ORDER BY f.size DESC, f.hash`, h)
}

// FileObjects are the records and acts that a kept file first brought.
func (w *Workbook) FileObjects(ctx context.Context, hash string) ([]Object, error) {
	h, err := unhex(hash)
	if err != nil {
		return nil, err
	}
	return w.objects(ctx, objectColumns+`WHERE f.hash = ? ORDER BY o.hash`, h)
}

// BatchRow is one import that brought something new.
type BatchRow struct {
	ID                int64
	Kind, Title       string
	Started, Finished time.Time // Finished is zero after an interruption
	Undone            bool
	Summary           string // canonical JSON of the totals
}

// Batches are the imports, newest first.
func (w *Workbook) Batches(ctx context.Context) ([]BatchRow, error) {
	var out []BatchRow
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var b BatchRow
		var started int64
		var finished sql.NullInt64
		if err := r.Scan(&b.ID, &b.Kind, &b.Title, &started, &finished, &b.Undone, &b.Summary); err != nil {
			return err
		}
		b.Started = time.UnixMilli(started)
		if finished.Valid {
			b.Finished = time.UnixMilli(finished.Int64)
		}
		out = append(out, b)
		return nil
	}, `SELECT id, kind, title, started, finished, undone, summary FROM batch ORDER BY id DESC`)
	return out, err
}

// Refused are the refused files of a batch, or of all with 0, by name.
func (w *Workbook) Refused(ctx context.Context, batch int64) ([]RefusedFile, error) {
	var out []RefusedFile
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var f RefusedFile
		var h []byte
		if err := r.Scan(&f.Name, &h, &f.Size, &f.Rule, &f.Reason, &f.Genuine, &f.Batch); err != nil {
			return err
		}
		f.Hash = hexed(h)
		out = append(out, f)
		return nil
	}, `SELECT name, hash, size, rule, reason, genuine, batch_id FROM refusal WHERE ?1 = 0 OR batch_id = ?1 ORDER BY name, hash`, batch)
	return out, err
}
