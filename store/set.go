package store

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// Received is one proven file with what it carries. Its bytes are kept as they
// came.
type Received struct {
	FileName string // for people; "" when there is no file
	FileHash string // SHA-256 of File; "" when there is no file
	File     []byte
	Records  []ReceivedRecord
	Acts     []ReceivedAct
}

// ReceivedRecord is a proven sealed record.
type ReceivedRecord struct {
	Hash       string
	JSON       []byte // canonical; hashes to Hash
	Node       inspection.Node
	Rubric     []byte // canonical; may be nil when the workbook has it
	Signatures []Sig
	Evidence   map[string]Evidence // the bytes at hand, by hash
	Names      []string            // all evidence hashes the record names, also missing ones
	Cells      []byte              // the caller's packed figures for statistics; may be nil
}

// ReceivedAct is a proven act.
type ReceivedAct struct {
	Hash       string
	JSON       []byte
	Node       inspection.ActNode
	Signatures []Sig               // one, under its signer
	Evidence   map[string]Evidence // its files
	Names      []string
}

// Sig is a proven signature on a record or an act: which field it fills, whose
// key, and the DER of certificate and CMS. P7S may be empty for a signature
// that lives in the PDF. Time is a claim.
type Sig struct {
	Field, SPKI, Time string
	Cert, P7S         []byte
}

// Evidence is an evidence file with its media type.
type Evidence struct {
	Media string
	Data  []byte
}

// FieldAct is the field name under which an act's own signature is kept.
const FieldAct = "act"

// Kinds of objects in the tables.
const (
	kindRecord = 1
	kindAct    = 2
)

// incoming is a record or an act on its way into the tables.
type incoming struct {
	hash, signer, previous, actKind string
	kind, counter, revision         int
	key                             inspection.CaseKey
	json, node, cells               []byte
	sigs                            []Sig
	evidence                        map[string]Evidence
	names                           []string
	rubric                          []byte
}

func (r *ReceivedRecord) incoming() (incoming, error) {
	node, err := encodeNode(&r.Node)
	n := &r.Node
	if n.Hash != r.Hash {
		return incoming{}, errors.New("record and node disagree on the hash")
	}
	return incoming{
		hash: r.Hash, signer: n.Signer, previous: n.Previous, kind: kindRecord, counter: n.Counter,
		revision: n.Revision, key: n.Case, json: r.JSON, node: node, cells: r.Cells, sigs: r.Signatures,
		evidence: r.Evidence, names: r.Names, rubric: r.Rubric,
	}, err
}

func (a *ReceivedAct) incoming() (incoming, error) {
	node, err := encodeNode(&a.Node)
	n := &a.Node
	if n.Hash != a.Hash {
		return incoming{}, errors.New("act and node disagree on the hash")
	}
	return incoming{
		hash: a.Hash, signer: n.Signer, previous: n.Previous, actKind: string(n.Kind), kind: kindAct,
		counter: n.Counter, key: n.Case, json: a.JSON, node: node, sigs: a.Signatures, evidence: a.Evidence, names: a.Names,
	}, err
}

// all are the objects of a file, records first.
func (r *Received) all() ([]incoming, error) {
	out := make([]incoming, 0, len(r.Records)+len(r.Acts))
	for i := range r.Records {
		in, err := r.Records[i].incoming()
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	for i := range r.Acts {
		in, err := r.Acts[i].incoming()
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, nil
}

// ItemOutcome says what of one record or act was new to the workbook.
type ItemOutcome struct {
	Hash                             string
	Act                              bool
	NewObject, NewSignature, NewFile bool // NewFile: evidence bytes that were missing

	object     int64   // row
	signatures []int64 // rows of those the file carries
}

// New tells whether the item brought anything.
func (o ItemOutcome) New() bool { return o.NewObject || o.NewSignature || o.NewFile }

// origin is where objects come from: a batch and a file, or nil for both when
// they were made here.
type origin struct {
	batch func() (any, error) // makes the batch row when something new needs it
	file  func() (any, error)
}

// put adds one object with all that hangs on it. Everything is ON CONFLICT DO
// NOTHING: what is here stays as it is.
func (t *tx) put(in incoming, o origin, touched *touch) (ItemOutcome, error) {
	out := ItemOutcome{Hash: in.hash, Act: in.kind == kindAct}
	h, err := unhex(in.hash)
	if err != nil {
		return out, err
	}
	if in.rubric != nil {
		if err := t.takeRubric(in.key.Rubric, in.rubric); err != nil {
			return out, err
		}
	}
	var id, caseID int64
	found, err := t.one([]any{&id, &caseID}, `SELECT id, case_id FROM object WHERE hash = ?`, h)
	if err != nil {
		return out, err
	}
	if !found {
		if id, caseID, err = t.putObject(in, h, o); err != nil {
			return out, err
		}
		out.NewObject = true
	}
	out.object = id
	if err := t.putSignatures(id, in.sigs, o, &out); err != nil {
		return out, err
	}
	if err := t.putEvidence(id, in, o, &out); err != nil {
		return out, err
	}
	if out.NewObject || out.NewSignature {
		touched.add(caseID, in)
	}
	return out, nil
}

func (t *tx) putObject(in incoming, h []byte, o origin) (id, caseID int64, err error) {
	if canon.Hash(in.json) != in.hash {
		return 0, 0, errors.New("object does not hash to its name")
	}
	signer, err := unhex(in.signer)
	if err != nil {
		return 0, 0, err
	}
	previous, err := maybeUnhex(in.previous)
	if err != nil {
		return 0, 0, err
	}
	if caseID, err = t.caseID(in.key); err != nil {
		return 0, 0, err
	}
	batch, err := o.batch()
	if err != nil {
		return 0, 0, err
	}
	file, err := o.file()
	if err != nil {
		return 0, 0, err
	}
	id, _, err = t.insert(`INSERT INTO object(hash, kind, case_id, act_kind, signer, counter, previous, revision,
		batch_id, file_id, node, cells, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		h, in.kind, caseID, in.actKind, signer, in.counter, previous, in.revision, batch, file, in.node, notNil(in.cells), deflate(in.json))
	return id, caseID, err
}

func (t *tx) caseID(k inspection.CaseKey) (int64, error) {
	rubric, err := maybeUnhex(k.Rubric)
	if err != nil {
		return 0, err
	}
	var id int64
	found, err := t.one([]any{&id}, `SELECT id FROM case_key WHERE round = ? AND rubric = ? AND trial = ? AND unit = ?`,
		k.Round, rubric, k.Trial, k.Unit)
	if err != nil || found {
		return id, err
	}
	id, _, err = t.insert(`INSERT INTO case_key(round, rubric, trial, unit) VALUES (?, ?, ?, ?)`, k.Round, rubric, k.Trial, k.Unit)
	return id, err
}

func (t *tx) putSignatures(object int64, sigs []Sig, o origin, out *ItemOutcome) error {
	for _, s := range sigs {
		spki, err := unhex(s.SPKI)
		if err != nil {
			return err
		}
		var id int64
		found, err := t.one([]any{&id}, `SELECT id FROM signature WHERE object_id = ? AND field = ? AND spki = ?`, object, s.Field, spki)
		if err != nil {
			return err
		}
		if found {
			out.signatures = append(out.signatures, id)
			continue
		}
		batch, err := o.batch()
		if err != nil {
			return err
		}
		id, _, err = t.insert(`INSERT INTO signature(object_id, field, spki, batch_id, claimed, cert, p7s) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			object, s.Field, spki, batch, s.Time, notNil(s.Cert), notNil(s.P7S))
		if err != nil {
			return err
		}
		out.signatures = append(out.signatures, id)
		out.NewSignature = true
	}
	return nil
}

// carry notes that a kept file carries the objects and signatures of items.
func (t *tx) carry(file any, items []ItemOutcome) error {
	if file == nil {
		return nil
	}
	for _, it := range items {
		if err := t.exec(`INSERT INTO carried_object(object_id, file_id) VALUES (?, ?) ON CONFLICT DO NOTHING`, it.object, file); err != nil {
			return err
		}
		for _, s := range it.signatures {
			if err := t.exec(`INSERT INTO carried_signature(signature_id, file_id) VALUES (?, ?) ON CONFLICT DO NOTHING`, s, file); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) putEvidence(object int64, in incoming, o origin, out *ItemOutcome) error {
	names := slices.Clone(in.names)
	for name := range in.evidence {
		names = append(names, name)
	}
	slices.SortFunc(names, strings.Compare)
	for _, name := range slices.Compact(names) {
		h, err := unhex(name)
		if err != nil {
			return err
		}
		if out.NewObject {
			if err := t.exec(`INSERT INTO evidence_use(object_id, hash) VALUES (?, ?)`, object, h); err != nil {
				return err
			}
		}
		e, here := in.evidence[name]
		if !here {
			continue
		}
		var there int
		found, err := t.one([]any{&there}, `SELECT 1 FROM evidence WHERE hash = ?`, h)
		if err != nil {
			return err
		}
		if found {
			continue
		}
		if sum := sha256.Sum256(e.Data); hexed(sum[:]) != name {
			return errors.New("evidence does not hash to its name")
		}
		batch, err := o.batch()
		if err != nil {
			return err
		}
		err = t.exec(`INSERT INTO evidence(hash, media, size, batch_id, payload) VALUES (?, ?, ?, ?, ?)`,
			h, e.Media, len(e.Data), batch, notNil(e.Data))
		if err != nil {
			return err
		}
		out.NewFile = true
	}
	return nil
}
