package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"xunping/inspection"
)

// touch collects what a transaction may have changed the outcome of.
type touch struct {
	cases   map[int64]bool
	units   map[string]bool // whose letters or approvals changed
	signers map[string]bool // keys that made something
	objects map[string]bool // acts by hash, whose standing must be noted
}

func newTouch() *touch {
	return &touch{map[int64]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
}

func (c *touch) add(caseID int64, in incoming) {
	c.cases[caseID] = true
	c.signers[in.signer] = true
	if in.kind == kindAct {
		c.objects[in.hash] = true
		switch inspection.ActKind(in.actKind) {
		case inspection.ActLetter, inspection.ActApproval:
			c.units[in.key.Unit] = true
		}
	}
}

const sep = "\x1f"

// derive brings case_view and standing up to date with what was touched, in
// the same transaction.
func (w *Workbook) derive(t *tx, c *touch) error {
	if len(c.cases)+len(c.units)+len(c.signers) == 0 {
		return nil
	}
	trust, err := w.trustTx(t)
	if err != nil {
		return err
	}
	// A new object of a revoked key may be the link that was missing: all of
	// that key is looked at again.
	for spki := range c.signers {
		if trust.IsRevoked(spki) {
			w.trust.drop()
			if err := t.touchSigner(c, spki); err != nil {
				return err
			}
		}
	}
	if trust, err = w.trustTx(t); err != nil {
		return err
	}
	for unit := range c.units {
		err := t.eachID(`SELECT id FROM case_key WHERE unit = ?`, func(id int64) { c.cases[id] = true }, unit)
		if err != nil {
			return err
		}
	}
	ids := make([]int64, 0, len(c.cases))
	for id := range c.cases {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for chunk := range slices.Chunk(ids, chunkSize) {
		if err := t.deriveCases(chunk, trust); err != nil {
			return err
		}
	}
	return nil
}

// touchSigner adds every case that an object or a signature of the key bears
// on.
func (t *tx) touchSigner(c *touch, spki string) error {
	s, err := unhex(spki)
	if err != nil {
		return err
	}
	for _, query := range []string{
		`SELECT DISTINCT case_id FROM object WHERE signer = ?`,
		`SELECT DISTINCT o.case_id FROM signature s JOIN object o ON o.id = s.object_id WHERE s.spki = ?`,
		`SELECT DISTINCT k.id FROM object o JOIN case_key a ON a.id = o.case_id JOIN case_key k ON k.unit = a.unit
			WHERE o.signer = ? AND o.kind = 2`,
	} {
		if err := t.eachID(query, func(id int64) { c.cases[id] = true }, s); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) eachID(query string, fn func(int64), args ...any) error {
	return each(t.ctx, t, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		fn(id)
		return err
	}, query, args...)
}

// chunkSize is how many cases are read in one query.
const chunkSize = 100

// marks is chunkSize placeholders; shorter chunks are filled with NULL, so the
// statement stays the same.
var marks = strings.TrimSuffix(strings.Repeat("?,", chunkSize), ",")

func filled[T any](list []T) []any {
	out := make([]any, chunkSize)
	for i, v := range list {
		out[i] = v
	}
	return out
}

// caseData is what one case's outcome depends on, with row ids.
type caseData struct {
	id  int64
	key inspection.CaseKey
	set inspection.CaseSet
	ids map[string]int64 // of its own objects, by hash
	own []inspection.ActNode
}

func (t *tx) deriveCases(ids []int64, trust *inspection.Trust) error {
	data, err := loadCases(t.ctx, t, ids)
	if err != nil {
		return err
	}
	for _, d := range data {
		if err := t.saveStanding(d, trust); err != nil {
			return err
		}
		if len(d.set.Records) == 0 {
			if err := t.dropView(d.key); err != nil {
				return err
			}
			continue
		}
		if err := t.saveView(d, inspection.DeriveCase(d.set, trust), trust); err != nil {
			return err
		}
	}
	return nil
}

// loadCases reads up to chunkSize cases with records, signatures and the acts
// about their units.
func loadCases(ctx context.Context, q querier, ids []int64) ([]*caseData, error) {
	var list []*caseData
	byID := map[int64]*caseData{}
	byUnit := map[string][]*caseData{}
	args := filled(ids)
	err := each(ctx, q, func(r *sql.Rows) error {
		d := &caseData{ids: map[string]int64{}}
		var rubric []byte
		if err := r.Scan(&d.id, &d.key.Round, &rubric, &d.key.Trial, &d.key.Unit); err != nil {
			return err
		}
		d.key.Rubric = hexed(rubric)
		list, byID[d.id] = append(list, d), d
		byUnit[d.key.Unit] = append(byUnit[d.key.Unit], d)
		return nil
	}, `SELECT id, round, rubric, trial, unit FROM case_key WHERE id IN (`+marks+`) ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	objects := map[int64]*caseData{}
	err = each(ctx, q, func(r *sql.Rows) error {
		var id, caseID int64
		var node sql.RawBytes
		if err := r.Scan(&id, &caseID, &node); err != nil {
			return err
		}
		var n inspection.Node
		if err := decodeNode(node, &n); err != nil {
			return err
		}
		d := byID[caseID]
		d.set.Records, d.ids[n.Hash], objects[id] = append(d.set.Records, n), id, d
		return nil
	}, `SELECT id, case_id, node FROM object WHERE kind = 1 AND case_id IN (`+marks+`)`, args...)
	if err != nil {
		return nil, err
	}
	err = each(ctx, q, func(r *sql.Rows) error {
		var caseID int64
		var hash, spki []byte
		var s inspection.Signature
		if err := r.Scan(&caseID, &hash, &s.Field, &spki); err != nil {
			return err
		}
		s.Object, s.SPKI = hexed(hash), hexed(spki)
		d := byID[caseID]
		d.set.Signatures = append(d.set.Signatures, s)
		return nil
	}, `SELECT o.case_id, o.hash, s.field, s.spki FROM object o JOIN signature s ON s.object_id = o.id
		WHERE o.kind = 1 AND o.case_id IN (`+marks+`)`, args...)
	if err != nil {
		return nil, err
	}
	return list, loadActs(ctx, q, byUnit)
}

// loadActs gives every case the acts about its unit.
func loadActs(ctx context.Context, q querier, byUnit map[string][]*caseData) error {
	units := make([]string, 0, len(byUnit))
	for u := range byUnit {
		units = append(units, u)
	}
	for chunk := range slices.Chunk(units, chunkSize) {
		err := each(ctx, q, func(r *sql.Rows) error {
			var id, caseID int64
			var unit string
			var node sql.RawBytes
			if err := r.Scan(&id, &caseID, &unit, &node); err != nil {
				return err
			}
			var n inspection.ActNode
			if err := decodeNode(node, &n); err != nil {
				return err
			}
			for _, d := range byUnit[unit] {
				d.set.Acts = append(d.set.Acts, n)
				if d.id == caseID {
					d.own, d.ids[n.Hash] = append(d.own, n), id
				}
			}
			return nil
		}, `SELECT o.id, o.case_id, k.unit, o.node FROM case_key k JOIN object o ON o.case_id = k.id AND o.kind = 2
			WHERE k.unit IN (`+marks+`)`, filled(chunk)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// saveStanding notes which objects of the case do not count.
func (t *tx) saveStanding(d *caseData, trust *inspection.Trust) error {
	note := func(hash string, reason inspection.Reason) error {
		if reason == "" {
			return t.exec(`DELETE FROM standing WHERE object_id = ?`, d.ids[hash])
		}
		return t.exec(`INSERT INTO standing(object_id, reason) VALUES (?, ?)
			ON CONFLICT(object_id) DO UPDATE SET reason = excluded.reason`, d.ids[hash], string(reason))
	}
	for i := range d.set.Records {
		if err := note(d.set.Records[i].Hash, trust.Record(&d.set.Records[i])); err != nil {
			return err
		}
	}
	for i := range d.own {
		if err := note(d.own[i].Hash, trust.Act(&d.own[i])); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) dropView(k inspection.CaseKey) error {
	rubric, err := maybeUnhex(k.Rubric)
	if err != nil {
		return err
	}
	return t.exec(`DELETE FROM case_view WHERE round = ? AND rubric = ? AND trial = ? AND unit = ?`, k.Round, rubric, k.Trial, k.Unit)
}

// saveView writes the outcome of a case.
func (t *tx) saveView(d *caseData, s inspection.CaseState, trust *inspection.Trust) error {
	rubric, err := maybeUnhex(d.key.Rubric)
	if err != nil {
		return err
	}
	shown := shownNode(d.set.Records, s)
	quarantined := 0
	for i := range d.set.Records {
		if trust.Record(&d.set.Records[i]) != "" {
			quarantined++
		}
	}
	var heads, idle []byte
	for _, h := range s.Heads {
		heads = appendHash(heads, h)
	}
	for _, e := range s.Idle {
		idle = appendHash(appendHash(idle, e.Child), e.Parent)
	}
	var why []string
	for _, p := range s.Provisional {
		why = append(why, string(p))
	}
	// Only a result has figures: a conflict has several, quarantine none.
	var f inspection.Node
	if s.State == inspection.CaseResult {
		f = *shown
	}
	return t.exec(`INSERT OR REPLACE INTO case_view(round, rubric, trial, unit, state, revision, exact, value, band, failed,
		unit_name, unit_kind, lists, provisional, records, quarantined, ancestor, heads, idle)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.key.Round, rubric, d.key.Trial, d.key.Unit, s.State, shown.Revision, f.Exact, f.Value, f.Band, f.Failed,
		shown.UnitName, shown.UnitKind, strings.Join(f.Lists, sep), strings.Join(why, sep), len(d.set.Records), quarantined,
		appendHash([]byte{}, s.Ancestor), notNil(heads), notNil(idle))
}

// shownNode is the record whose names stand for the case: the first head, else
// the first record by hash.
func shownNode(records []inspection.Node, s inspection.CaseState) *inspection.Node {
	var best *inspection.Node
	for i := range records {
		n := &records[i]
		if len(s.Heads) > 0 && n.Hash == s.Heads[0] {
			return n
		}
		if best == nil || n.Hash < best.Hash {
			best = n
		}
	}
	return best
}

func appendHash(b []byte, hash string) []byte {
	h, err := unhex(hash)
	if err != nil {
		return b
	}
	return append(b, h...)
}
