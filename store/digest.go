package store

import (
	"context"
	"database/sql"
	"slices"

	"xunping/inspection"
)

// Set is what the workbook knows, for inspection.Derive: of one round or, with
// "", of all. Acts are always those of all rounds for the units concerned, and
// links of revoked keys need the whole set, so a round's set is meant for
// DeriveCase with Trust; only the set of all rounds gives a digest.
func (w *Workbook) Set(ctx context.Context, round string) (inspection.Set, error) {
	var keys []int64
	query, args := `SELECT id FROM case_key ORDER BY id`, []any(nil)
	if round != "" {
		query, args = `SELECT id FROM case_key WHERE round = ? ORDER BY id`, []any{round}
	}
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		keys = append(keys, id)
		return err
	}, query, args...)
	if err != nil {
		return inspection.Set{}, err
	}
	return w.setOf(ctx, keys)
}

// SetOf is what the workbook knows of some cases and the acts about their
// units: a dry run adds to it and derives again.
func (w *Workbook) SetOf(ctx context.Context, keys []inspection.CaseKey) (inspection.Set, error) {
	var ids []int64
	for _, k := range keys {
		rubric, err := maybeUnhex(k.Rubric)
		if err != nil {
			return inspection.Set{}, err
		}
		err = each(ctx, w.rdb, func(r *sql.Rows) error {
			var id int64
			err := r.Scan(&id)
			ids = append(ids, id)
			return err
		}, `SELECT id FROM case_key WHERE round = ? AND rubric = ? AND trial = ? AND unit = ?`, k.Round, rubric, k.Trial, k.Unit)
		if err != nil {
			return inspection.Set{}, err
		}
	}
	return w.setOf(ctx, ids)
}

func (w *Workbook) setOf(ctx context.Context, ids []int64) (inspection.Set, error) {
	var s inspection.Set
	row, err := w.Roster(ctx)
	if err != nil {
		return s, err
	}
	if row != nil {
		s.Roster, s.RosterHash = row.Roster, row.Hash
	}
	acts := map[string]bool{}
	for chunk := range slices.Chunk(ids, chunkSize) {
		data, err := loadCases(ctx, w.rdb, chunk)
		if err != nil {
			return s, err
		}
		for _, d := range data {
			s.Records = append(s.Records, d.set.Records...)
			s.Signatures = append(s.Signatures, d.set.Signatures...)
			for _, a := range d.set.Acts {
				if !acts[a.Hash] {
					acts[a.Hash] = true
					s.Acts = append(s.Acts, a)
				}
			}
		}
	}
	return s, nil
}

// Digest is one hash over everything that counts (FORMATS §5): of the whole
// set with "", else of the cases and acts of one round. Equal sets of files
// and rosters give equal digests.
func (w *Workbook) Digest(ctx context.Context, round string) (string, error) {
	set, err := w.Set(ctx, "")
	if err != nil {
		return "", err
	}
	if set.Evidence, err = w.setEvidence(ctx, round); err != nil {
		return "", err
	}
	if err := w.actSignatures(ctx, &set); err != nil {
		return "", err
	}
	state := inspection.Derive(set)
	if round != "" {
		onlyRound(&set, state, round)
	}
	return state.Digest(set)
}

// onlyRound keeps of a derived set what belongs to one round.
func onlyRound(set *inspection.Set, state *inspection.State, round string) {
	in := map[string]bool{}
	set.Records = slices.DeleteFunc(set.Records, func(n inspection.Node) bool { in[n.Hash] = n.Case.Round == round; return !in[n.Hash] })
	set.Acts = slices.DeleteFunc(set.Acts, func(a inspection.ActNode) bool { in[a.Hash] = a.Case.Round == round; return !in[a.Hash] })
	set.Signatures = slices.DeleteFunc(set.Signatures, func(s inspection.Signature) bool { return !in[s.Object] })
	state.Cases = slices.DeleteFunc(state.Cases, func(c inspection.CaseState) bool { return c.Key.Round != round })
}

// setEvidence are the hashes of the evidence at hand that the set uses: not
// that of drafts.
func (w *Workbook) setEvidence(ctx context.Context, round string) ([]string, error) {
	return w.hashList(ctx, `SELECT DISTINCT e.hash FROM evidence e JOIN evidence_use u ON u.hash = e.hash
		JOIN object o ON o.id = u.object_id JOIN case_key k ON k.id = o.case_id
		WHERE ?1 = '' OR k.round = ?1 ORDER BY e.hash`, round)
}

// actSignatures adds the signatures on acts, and those acts whose unit has no
// record (publications among them) are in the set already by their case.
func (w *Workbook) actSignatures(ctx context.Context, set *inspection.Set) error {
	return each(ctx, w.rdb, func(r *sql.Rows) error {
		var hash, spki []byte
		var s inspection.Signature
		if err := r.Scan(&hash, &s.Field, &spki); err != nil {
			return err
		}
		s.Object, s.SPKI = hexed(hash), hexed(spki)
		set.Signatures = append(set.Signatures, s)
		return nil
	}, `SELECT o.hash, s.field, s.spki FROM object o JOIN signature s ON s.object_id = o.id WHERE o.kind = 2`)
}

// Rebuild throws the derived tables away and makes them again from the set.
func (w *Workbook) Rebuild(ctx context.Context) error {
	return w.write(ctx, func(t *tx) error {
		for _, table := range []string{`DELETE FROM case_view`, `DELETE FROM standing`, `DELETE FROM picture`} {
			if err := t.exec(table); err != nil {
				return err
			}
		}
		w.trust.drop()
		c := newTouch()
		if err := t.eachID(`SELECT id FROM case_key`, func(id int64) { c.cases[id] = true }); err != nil {
			return err
		}
		return w.derive(t, c)
	})
}

// Nodes are the nodes of records by hash, those that are here.
func (w *Workbook) Nodes(ctx context.Context, hashes []string) (map[string]inspection.Node, error) {
	out := map[string]inspection.Node{}
	for chunk := range slices.Chunk(hashes, chunkSize) {
		args := make([]any, chunkSize)
		for i, h := range chunk {
			b, err := unhex(h)
			if err != nil {
				return nil, err
			}
			args[i] = b
		}
		err := each(ctx, w.rdb, func(r *sql.Rows) error {
			var node sql.RawBytes
			var n inspection.Node
			if err := r.Scan(&node); err != nil {
				return err
			}
			if err := decodeNode(node, &n); err != nil {
				return err
			}
			out[n.Hash] = n
			return nil
		}, `SELECT node FROM object WHERE kind = 1 AND hash IN (`+marks+`)`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
