package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

// SealRequest says who signs and where the file goes. Out may be a file or a
// folder; "" is the folder “sealed” beside the workbook.
type SealRequest struct {
	Key          KeyInfo
	Passphrase   string
	CoKey        *KeyInfo
	CoPassphrase string
	Out          string
}

// Sealed is what sealing gave.
type Sealed struct {
	Path, Hash, Short string
	Revision          int
	Result            *scoring.Result
	Missing           []rune // characters the pages could not show
	PDF               []byte
}

// Seal freezes the draft: completeness, pages, signatures; the file is written
// under a temporary name, read back and proven, then the workbook takes the
// record together with the file's bytes, and last the file gets its name. On an
// error nothing is sealed and the draft is as it was.
func (in *Inspector) Seal(ctx context.Context, r SealRequest) (Sealed, error) {
	for _, g := range in.Gaps() {
		if g.Blocking {
			return Sealed{}, i18n.E("还不能签发：%s", g.Text)
		}
	}
	id, err := OpenKey(r.Key.Path, r.Passphrase)
	if err != nil {
		return Sealed{}, err
	}
	var co *seal.Identity
	if r.CoKey != nil {
		if co, err = OpenKey(r.CoKey.Path, r.CoPassphrase); err != nil {
			return Sealed{}, err
		}
	}
	return in.sealWith(ctx, id, co, r.Out)
}

// sealWith is Seal with the keys at hand.
func (in *Inspector) sealWith(ctx context.Context, id, co *seal.Identity, out string) (Sealed, error) {
	if err := ctx.Err(); err != nil {
		return Sealed{}, err
	}
	if in.trying {
		return Sealed{}, i18n.E("试算不能签发，请先结束试算")
	}
	if err := in.Retry(); err != nil {
		return Sealed{}, err
	}
	now := in.d.clock().Truncate(time.Second)
	rec, err := in.frozen(ctx, id, now)
	if err != nil {
		return Sealed{}, err
	}
	ev, err := in.d.evidence(ctx, rec)
	if err != nil {
		return Sealed{}, err
	}
	pdf, layout, err := sealRecord(rec, in.c, ev, id, now)
	if err != nil {
		return Sealed{}, err
	}
	if co != nil {
		if pdf, err = seal.Cosign(pdf, inspection.FieldCoinspector, co, now); err != nil {
			return Sealed{}, err
		}
	}
	path := in.outPath(out)
	card, err := in.d.writeSealed(ctx, path, pdf, in.rec.ID)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{Path: path, Hash: card.Hash, Short: seal.Short(card.Hash), Revision: rec.Revision, Result: rec.Score(in.c),
		Missing: layout.Missing, PDF: pdf}, nil
}

// frozen is the record as it will be signed: signer, time, chain and score in
// it. What is signed was read back from the workbook, not from the screen.
func (in *Inspector) frozen(ctx context.Context, id *seal.Identity, now time.Time) (*inspection.Record, error) {
	draft, err := in.d.wb.Draft(ctx, in.rec.ID)
	if err != nil {
		return nil, err
	}
	rec, err := inspection.ReadRecord(draft.JSON)
	if err != nil {
		return nil, err
	}
	last, counter, err := in.d.wb.Chain(ctx, id.SPKI())
	if err != nil {
		return nil, err
	}
	rec.Round = in.round.Round
	in.nameChanges(rec)
	if err := in.d.maySign(rec, id); err != nil {
		return nil, err
	}
	rec.Signer, rec.Sealed, rec.Previous, rec.Counter = id.SPKI(), now.Format(time.RFC3339), &last, counter+1
	rec.Claimed, err = rec.ScoreJSON(in.c)
	return rec, err
}

// maySign refuses a signature that would only bring the record into quarantine:
// the signer is neither named among its inspectors nor of the bureau (FORMATS
// §4 rule 8).
func (d *Desk) maySign(rec *inspection.Record, id *seal.Identity) error {
	roster, err := d.Roster()
	if err != nil {
		return err
	}
	number := id.Person().Number
	if e := roster.Entry(id.SPKI()); e != nil {
		if e.Has(inspection.RoleBureau) {
			return nil
		}
		number = e.Number
	}
	for _, p := range rec.People.Inspectors {
		if p.Number == number {
			return nil
		}
	}
	return i18n.E("签名人 %s（%s）不在这份记录的检查员之中，没有签发。请先把他写进检查员，或换一把密钥", id.Person().Name, number)
}

// sealRecord draws and signs a complete record.
func sealRecord(rec *inspection.Record, c *inspection.Compiled, evidence map[string][]byte, s seal.Signer, now time.Time) ([]byte, *report.Layout, error) {
	if err := rec.CheckSealed(c); err != nil {
		return nil, nil, err
	}
	draft, layout, err := drawn(rec, c, evidence)
	if err != nil {
		return nil, nil, err
	}
	pdf, err := seal.SealPDF(draft, s, now)
	return pdf, layout, err
}

// drawn is everything that is sealed of a record.
func drawn(rec *inspection.Record, c *inspection.Compiled, evidence map[string][]byte) (seal.Draft, *report.Layout, error) {
	raw, hash, err := rec.Canonical()
	if err != nil {
		return seal.Draft{}, nil, err
	}
	layout, err := report.DrawScorecard(report.Scorecard{Record: rec, Hash: hash, Rubric: c, Result: rec.Score(c), Evidence: evidence})
	if err != nil {
		return seal.Draft{}, nil, err
	}
	draft := seal.Draft{Pages: layout.PDF, Record: raw, Rubric: c.JSON, Title: layout.Title, Drawing: report.Drawing}
	for _, f := range layout.Fields {
		draft.Fields = append(draft.Fields, seal.Field(f))
	}
	for _, e := range rec.Evidence {
		if data, ok := evidence[e.SHA256]; ok {
			draft.Evidence = append(draft.Evidence, seal.File{Name: e.Name, Media: e.Media, Data: data})
		}
	}
	return draft, layout, nil
}

// proveBack proves what lies on the disk before anybody is told that it is
// sealed.
func proveBack(file []byte) (*seal.Scorecard, error) {
	card, err := seal.OpenPDF(file)
	if err != nil {
		return nil, i18n.E("签好的文件没有通过核验：%s。没有签发", err)
	}
	return card, nil
}

// keep adds a sealed record to the workbook and drops its draft, in one
// transaction.
func (d *Desk) keep(ctx context.Context, card *seal.Scorecard, path string, pdf []byte, draft string) error {
	rec := received(card)
	return d.wb.AddSealed(ctx, store.Received{FileName: filepath.Base(path), FileHash: hashOf(pdf), File: pdf, Records: []store.ReceivedRecord{rec}}, draft)
}

// received is a proven scorecard as the store takes it.
func received(card *seal.Scorecard) store.ReceivedRecord {
	r := store.ReceivedRecord{Hash: card.Hash, JSON: card.Record, Node: inspection.NewNode(card.Inspection, card.Hash, card.Rubric),
		Rubric: card.Rubric.JSON, Evidence: map[string]store.Evidence{}, Cells: cells(card.Inspection, card.Rubric)}
	for _, s := range card.Signatures {
		sig := store.Sig{Field: s.Field, SPKI: s.SPKI, Time: s.Time, Cert: s.Cert.Raw}
		if s.Field == inspection.FieldInspector {
			sig.P7S = card.P7S
		}
		r.Signatures = append(r.Signatures, sig)
	}
	for _, e := range card.Inspection.Evidence {
		r.Names = append(r.Names, e.SHA256)
		if data, ok := card.Evidence[e.SHA256]; ok {
			r.Evidence[e.SHA256] = store.Evidence{Media: e.Media, Data: data}
		}
	}
	return r
}

// writeSealed writes a sealed file under a temporary name, reads it back and
// proves it, takes it into the workbook (a nil Desk has none), and only then
// gives it its name.
func (d *Desk) writeSealed(ctx context.Context, path string, pdf []byte, draft string) (card *seal.Scorecard, err error) {
	err = writeFileThen(path, pdf, func(back []byte) (err error) {
		if card, err = proveBack(back); err == nil && d != nil {
			err = d.keep(ctx, card, path, pdf, draft)
		}
		return err
	})
	if err == nil && d != nil {
		err = d.rememberPath(card.Hash, path)
	}
	return card, err
}

// outPath is where a sealed file goes.
func (in *Inspector) outPath(out string) string { return sealedPath(in.d.Path(), out, in.rec) }

// sealedPath is where the file of a record goes: out itself if it names a PDF,
// else a name in that folder, or in the folder “sealed” beside the workbook.
func sealedPath(workbook, out string, rec *inspection.Record) string {
	name := rec.Unit.Code
	if rec.Revision > 1 {
		name += fmt.Sprintf("-v%d", rec.Revision)
	}
	if out == "" {
		out = filepath.Join(filepath.Dir(workbook), "sealed", rec.Round.Code)
	}
	if filepath.Ext(out) == ".pdf" {
		return out
	}
	return filepath.Join(out, name+".pdf")
}

// Preview is the pages as they would be signed, marked 未签发.
func (in *Inspector) Preview() ([]byte, error) {
	ev, err := in.d.evidence(context.Background(), in.rec)
	if err != nil {
		return nil, err
	}
	l, err := report.DrawScorecard(report.Scorecard{Record: in.rec, Rubric: in.c, Result: in.Result(), Evidence: ev})
	if err != nil {
		return nil, err
	}
	return l.PDF, nil
}

// Cosign adds the signature of the second inspector or of the bureau to a
// sealed file, and writes the result to out.
func Cosign(in, out, role, keyPath, passphrase string, now time.Time) error {
	b, err := readFile(in, maxFile)
	if err != nil {
		return err
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return err
	}
	signed, err := cosigned(b, role, id, now)
	if err != nil {
		return err
	}
	return writeFileThen(out, signed, func(back []byte) error { _, err := proveBack(back); return err })
}

func cosigned(file []byte, role string, id *seal.Identity, now time.Time) ([]byte, error) {
	return seal.Cosign(file, role, id, now.Truncate(time.Second))
}
