package store

import (
	"context"
	"database/sql"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// UndoBatch takes out again what an import first brought, as if it had never
// come; the log keeps the fact. What a kept file of another batch carries as
// well stays and belongs to that one; a file that brought nothing new was not
// kept and does not hold it. It refuses, changing nothing, when something made
// here, or a publication, builds on it. Rosters and rubrics stay.
func (w *Workbook) UndoBatch(ctx context.Context, id int64) error {
	return w.write(ctx, func(t *tx) error {
		var title string
		var undone bool
		found, err := t.one([]any{&title, &undone}, `SELECT title, undone FROM batch WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if !found || undone {
			return i18n.E("没有可以撤回的批次 %d", id, ErrNotFound)
		}
		if err := t.nothingBuildsOn(id); err != nil {
			return err
		}
		c := newTouch()
		if err := t.touchBatch(c, id); err != nil {
			return err
		}
		if err := t.handOver(id); err != nil {
			return err
		}
		if err := t.takeOut(id); err != nil {
			return err
		}
		if err := w.logTx(t, "undo", map[string]any{"batch": id, "title": title}); err != nil {
			return err
		}
		w.trust.drop()
		return w.derive(t, c)
	})
}

// nothingBuildsOn refuses an undo that would pull the ground from under
// something that stays.
func (t *tx) nothingBuildsOn(batch int64) error {
	own := map[string]bool{}
	err := each(t.ctx, t, func(r *sql.Rows) error {
		var h []byte
		err := r.Scan(&h)
		own[hexed(h)] = true
		return err
	}, `SELECT hash FROM object WHERE batch_id = ?`, batch)
	if err != nil {
		return err
	}
	var here int
	found, err := t.one([]any{&here}, `SELECT 1 FROM signature s JOIN object o ON o.id = s.object_id
		WHERE o.batch_id = ?1 AND s.batch_id IS NULL LIMIT 1`, batch)
	if err != nil {
		return err
	}
	if found {
		return i18n.E("这一批里的记录已在本机补签，不能撤回。没有改动任何内容。", ErrExists)
	}
	if err := t.notPublished(batch, own); err != nil {
		return err
	}
	return each(t.ctx, t, func(r *sql.Rows) error {
		var kind int
		var node []byte
		if err := r.Scan(&kind, &node); err != nil {
			return err
		}
		on, rests, err := restsOn(kind, node)
		if err != nil {
			return err
		}
		for _, h := range rests {
			if own[h] {
				return on
			}
		}
		return nil
	}, `SELECT kind, node FROM object WHERE batch_id IS NULL`)
}

// notPublished refuses to take out a record that a publication counts.
func (t *tx) notPublished(batch int64, own map[string]bool) error {
	return each(t.ctx, t, func(r *sql.Rows) error {
		var packed []byte
		if err := r.Scan(&packed); err != nil {
			return err
		}
		body, err := inflate(packed)
		if err != nil {
			return err
		}
		var act inspection.Act
		if err := decodeNode(body, &act); err != nil {
			return err
		}
		for _, row := range act.Rows {
			if own[row.Record] {
				return i18n.E("轮次 %s 的发布结果用到了这一批，不能撤回。没有改动任何内容。", act.Case.Round, ErrExists)
			}
		}
		return nil
	}, `SELECT payload FROM object WHERE act_kind = 'publication' AND batch_id IS NOT ?`, batch)
}

// BuiltOn is why a batch cannot be undone: a record or an act made here builds on
// it. It is an ErrExists.
type BuiltOn struct {
	Hash string
	Act  inspection.ActKind // "" for a record
	Case inspection.CaseKey
	Unit string // its name, where the record says it
}

func (b *BuiltOn) Error() string {
	return i18n.T("本机签发的 %s 建立在这一批之上，不能撤回。没有改动任何内容。", b.Hash[:16])
}

func (b *BuiltOn) Unwrap() error { return ErrExists }

// restsOn are the hashes an object builds on, what an act replaces among them: what
// takes the place of nothing would count as if it had been said by itself.
func restsOn(kind int, node []byte) (x *BuiltOn, on []string, err error) {
	if kind == kindAct {
		var n inspection.ActNode
		err := decodeNode(node, &n)
		return &BuiltOn{Hash: n.Hash, Act: n.Kind, Case: n.Case}, append(n.About, n.Previous, n.Replaces), err
	}
	var n inspection.Node
	err = decodeNode(node, &n)
	return &BuiltOn{Hash: n.Hash, Case: n.Case, Unit: n.UnitName}, append(n.Parents, n.Previous), err
}

// touchBatch notes all cases whose outcome can change when the batch goes.
func (t *tx) touchBatch(c *touch, batch int64) error {
	for _, query := range []string{
		`SELECT DISTINCT case_id FROM object WHERE batch_id = ?`,
		`SELECT DISTINCT o.case_id FROM signature s JOIN object o ON o.id = s.object_id WHERE s.batch_id = ?`,
		`SELECT DISTINCT k.id FROM object o JOIN case_key a ON a.id = o.case_id JOIN case_key k ON k.unit = a.unit
			WHERE o.batch_id = ? AND o.kind = 2`,
	} {
		if err := t.eachID(query, func(id int64) { c.cases[id] = true }, batch); err != nil {
			return err
		}
	}
	return each(t.ctx, t, func(r *sql.Rows) error { // their links may have carried a revoked key's chain
		var s []byte
		err := r.Scan(&s)
		c.signers[hexed(s)] = true
		return err
	}, `SELECT DISTINCT signer FROM object WHERE batch_id = ?`, batch)
}

// handOver gives what files of other batches, or of this machine, carry too to
// the first of those files.
func (t *tx) handOver(batch int64) error {
	for _, query := range []string{
		`UPDATE object SET (file_id, batch_id) = (SELECT f.id, f.batch_id FROM carried_object c JOIN file f ON f.id = c.file_id
			WHERE c.object_id = object.id AND f.batch_id IS NOT ?1 ORDER BY f.id LIMIT 1)
			WHERE batch_id = ?1 AND EXISTS (SELECT 1 FROM carried_object c JOIN file f ON f.id = c.file_id
			WHERE c.object_id = object.id AND f.batch_id IS NOT ?1)`,
		`UPDATE signature SET batch_id = (SELECT f.batch_id FROM carried_signature c JOIN file f ON f.id = c.file_id
			WHERE c.signature_id = signature.id AND f.batch_id IS NOT ?1 ORDER BY f.id LIMIT 1)
			WHERE batch_id = ?1 AND EXISTS (SELECT 1 FROM carried_signature c JOIN file f ON f.id = c.file_id
			WHERE c.signature_id = signature.id AND f.batch_id IS NOT ?1)`,
	} {
		if err := t.exec(query, batch); err != nil {
			return err
		}
	}
	return nil
}

// takeOut removes what the batch first brought. Evidence that another object
// uses stays.
func (t *tx) takeOut(batch int64) error {
	for _, query := range []string{
		`DELETE FROM standing WHERE object_id IN (SELECT id FROM object WHERE batch_id = ?)`,
		`DELETE FROM signature WHERE batch_id = ?`,
		`DELETE FROM object WHERE batch_id = ?`,
		`DELETE FROM evidence WHERE batch_id = ? AND NOT EXISTS (SELECT 1 FROM evidence_use u WHERE u.hash = evidence.hash)`,
		`UPDATE evidence SET batch_id = NULL WHERE batch_id = ?`,
		`UPDATE object SET file_id = NULL WHERE file_id IN (SELECT id FROM file WHERE batch_id = ?)`,
		`DELETE FROM file WHERE batch_id = ?`,
		`DELETE FROM refusal WHERE batch_id = ?`,
		`UPDATE batch SET undone = 1 WHERE id = ?`,
	} {
		if err := t.exec(query, batch); err != nil {
			return err
		}
	}
	return nil
}
