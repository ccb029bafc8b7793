package desk

import (
	"context"
	"slices"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// NewAct completes an act with id, time, signer and its place in the chain of
// the key, signs it, keeps it, and gives it as a pack to hand on. files are the
// bytes of the scans that it names.
func (d *Desk) NewAct(ctx context.Context, a inspection.Act, id seal.Signer, files ...[]byte) (hash string, pack []byte, err error) {
	act, pack, err := d.makeAct(ctx, a, id, files)
	if err != nil {
		return "", nil, err
	}
	return act.Hash, pack, d.wb.AddSealed(ctx, store.Received{Acts: []store.ReceivedAct{act}}, "")
}

// makeAct signs an act without keeping it, and packs it.
func (d *Desk) makeAct(ctx context.Context, a inspection.Act, id seal.Signer, files [][]byte) (act store.ReceivedAct, pack []byte, err error) {
	act, members, err := d.signAct(ctx, a, id, files)
	if err != nil {
		return act, nil, err
	}
	pack, err = seal.WritePack(seal.PackActs, members, id, d.clock().Truncate(time.Second))
	return act, pack, err
}

// signAct signs an act; members are what a pack of it holds.
func (d *Desk) signAct(ctx context.Context, a inspection.Act, id seal.Signer, files [][]byte) (act store.ReceivedAct, members map[string][]byte, err error) {
	if err := d.mayAct(a.Kind, id); err != nil {
		return act, nil, err
	}
	last, counter, err := d.wb.Chain(ctx, id.SPKI())
	if err != nil {
		return act, nil, err
	}
	now := d.clock().Truncate(time.Second)
	p := seal.Holder(id.Certificate())
	a.Format, a.ID, a.Made = inspection.ActFormat, d.newID(), now.Format(time.RFC3339)
	a.Signer, a.Previous, a.Counter = id.SPKI(), last, counter+1
	if a.By.Name == "" {
		a.By = inspection.Person{Name: p.Name, Number: p.Number, Org: p.Org}
	}
	if a.About == nil {
		a.About = []string{}
	}
	members = map[string][]byte{}
	evidence := map[string]store.Evidence{}
	for _, f := range files {
		h := canon.Hash(f)
		if !slices.Contains(a.Files, h) {
			a.Files = append(a.Files, h)
		}
		members[h+".bin"], evidence[h] = f, store.Evidence{Media: mediaType(f), Data: f}
	}
	if err := d.forbid(ctx, &a, evidence); err != nil {
		return act, nil, err
	}
	raw, hash, err := a.Canonical()
	if err != nil {
		return act, nil, err
	}
	if _, err := inspection.ReadAct(raw); err != nil {
		return act, nil, err
	}
	p7s, err := id.SignCMS(raw)
	if err != nil {
		return act, nil, err
	}
	members[hash+".act.json"], members[hash+".act.json.p7s"] = raw, p7s
	act = store.ReceivedAct{Hash: hash, JSON: raw, Node: inspection.NewActNode(&a, hash),
		Signatures: []store.Sig{{Field: store.FieldAct, SPKI: id.SPKI(), Time: a.Made, Cert: id.Certificate().Raw, P7S: p7s}},
		Evidence:   evidence, Names: a.Files}
	return act, members, nil
}

// mayAct refuses an act that would only lie in quarantine: the roster does not
// give its signer the role (FORMATS §3).
func (d *Desk) mayAct(kind inspection.ActKind, id seal.Signer) error {
	roster, err := d.Roster()
	if err != nil {
		return err
	}
	e := roster.Entry(id.SPKI())
	if e.Has(inspection.RoleBureau) || e.Has(inspection.RoleInspector) && kind.ForInspectors() {
		return nil
	}
	return i18n.E("%s 在名册里没有作出“%s”的角色，没有签发", seal.Holder(id.Certificate()).Name, KindWord(kind))
}

// ReadActDraft reads an act that is not signed yet. What NewAct completes may be
// missing; a member that acts do not have is an error.
func ReadActDraft(path string) (inspection.Act, error) {
	var a inspection.Act
	b, err := ReadFile(path)
	if err != nil {
		return a, err
	}
	if err := canon.Decode(b, &a); err != nil {
		return a, i18n.E("行为记录不合格：%s", err)
	}
	return a, nil
}

// ActFile signs an act and writes the pack to hand on; the workbook keeps the
// act only when the file could be written. The scans that it names lie in the
// folder files, whatever they are called there.
func (d *Desk) ActFile(ctx context.Context, a inspection.Act, keyPath, passphrase, files, out string) (string, error) {
	wanted := map[string]bool{}
	for _, h := range a.Files {
		wanted[h] = true
	}
	have, err := filesByHash(files, wanted)
	if err != nil {
		return "", err
	}
	var scans [][]byte
	for _, h := range a.Files {
		if have[h] == nil {
			return "", i18n.E("缺少附件 %s，请用 --evidence 给出它所在的文件夹；没有签发", h)
		}
		scans = append(scans, have[h])
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return "", err
	}
	act, pack, err := d.makeAct(ctx, a, id, scans)
	if err != nil {
		return "", err
	}
	return act.Hash, writeFileThen(out, pack, func([]byte) error {
		return d.wb.AddSealed(ctx, store.Received{Acts: []store.ReceivedAct{act}}, "")
	})
}

// RegisterLetter registers the letters 行文 on which a record's absences rest as
// accepted, one act for each letter.
func (d *Desk) RegisterLetter(ctx context.Context, record string, id seal.Signer) (int, error) {
	rec, err := d.record(ctx, record)
	if err != nil {
		return 0, err
	}
	letters := map[inspection.Letter]map[string]inspection.ActItem{}
	var order []inspection.Letter
	for _, code := range sortedKeys(rec.Entries) {
		e := rec.Entries[code]
		if e.Absence == nil || e.Absence.Letter == "" {
			continue
		}
		l := inspection.Letter{Number: e.Absence.Letter, Date: e.Absence.Date}
		if letters[l] == nil {
			letters[l] = map[string]inspection.ActItem{}
			order = append(order, l)
		}
		letters[l][code] = inspection.ActItem{Text: e.Absence.Reason}
	}
	for _, l := range order {
		a := inspection.Act{Kind: inspection.ActLetter, Case: rec.Case(), About: []string{record}, Number: l.Number, Date: l.Date,
			Items: letters[l], Decision: inspection.Accepted, Text: "来文已核实"}
		if _, _, err := d.NewAct(ctx, a, id); err != nil {
			return 0, err
		}
	}
	return len(order), nil
}

// ActInfo is an act of the workbook with its standing.
type ActInfo struct {
	Hash     string            `json:"sha256"`
	Act      *inspection.Act   `json:"act"`
	Standing inspection.Reason `json:"standing"` // "" counts
}

// Acts are the acts of the workbook, of one round or of all.
func (d *Desk) Acts(round string) ([]ActInfo, error) {
	ctx := context.Background()
	objects, err := d.wb.Acts(ctx, store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	out := []ActInfo{}
	for _, o := range objects {
		a, err := d.act(o.Hash)
		if err != nil {
			return nil, err
		}
		out = append(out, ActInfo{o.Hash, a, o.Standing})
	}
	return out, nil
}

// act is an act of the workbook.
func (d *Desk) act(hash string) (*inspection.Act, error) {
	b, err := d.wb.Record(context.Background(), hash)
	if err != nil {
		return nil, err
	}
	return inspection.ReadAct(b)
}
