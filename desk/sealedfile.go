package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
	"xunping/store"
)

// sealRecord draws and signs a complete record.
func sealRecord(rec *inspection.Record, c *inspection.Compiled, evidence map[string][]byte, s seal.Signer, now time.Time) ([]byte, *report.Layout, error) {
	return sealCard(report.Scorecard{Record: rec, Rubric: c, Evidence: evidence}, s, now)
}

func sealCard(card report.Scorecard, s seal.Signer, now time.Time) ([]byte, *report.Layout, error) {
	if err := card.Record.CheckSealed(card.Rubric); err != nil {
		return nil, nil, err
	}
	draft, layout, err := drawnCard(card)
	if err != nil {
		return nil, nil, err
	}
	pdf, err := seal.SealPDF(draft, s, now)
	return pdf, layout, err
}

// drawn is everything that is sealed of a record.
func drawn(rec *inspection.Record, c *inspection.Compiled, evidence map[string][]byte) (seal.Draft, *report.Layout, error) {
	return drawnCard(report.Scorecard{Record: rec, Rubric: c, Evidence: evidence})
}

func drawnCard(card report.Scorecard) (seal.Draft, *report.Layout, error) {
	rec, c := card.Record, card.Rubric
	raw, hash, err := rec.Canonical()
	if err != nil {
		return seal.Draft{}, nil, err
	}
	card.Hash, card.Result = hash, rec.Score(c)
	layout, err := report.DrawScorecard(card)
	if err != nil {
		return seal.Draft{}, nil, err
	}
	draft := seal.Draft{Pages: layout.PDF, Record: raw, Rubric: c.JSON, Title: layout.Title, Drawing: report.Drawing}
	for _, f := range layout.Fields {
		draft.Fields = append(draft.Fields, seal.Field(f))
	}
	for _, h := range layout.Heads {
		draft.Outline = append(draft.Outline, seal.Heading(h))
	}
	for _, e := range rec.Evidence {
		if data, ok := card.Evidence[e.SHA256]; ok {
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
	card, err := in.d.cardOf(context.Background(), in.rec, in.c)
	if err != nil {
		return nil, err
	}
	card.Result = in.Result()
	l, err := report.DrawScorecard(card)
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

func cosigned(file []byte, role string, id seal.Signer, now time.Time) ([]byte, error) {
	return seal.Cosign(file, role, id, now.Truncate(time.Second))
}
