package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// ReadRecordFile reads a record, sealed or not, with its rubric and checks that
// the rubric allows all of it; what is missing is no error.
func ReadRecordFile(d *Desk, path, rubric string) (*inspection.Record, *inspection.Compiled, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	rec, err := inspection.ReadRecord(b)
	if err != nil {
		return nil, nil, err
	}
	c, err := FindRubric(d, rubric, rec.Rubric.SHA256)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range rec.Check(c) {
		if !p.Missing {
			return nil, nil, i18n.E("检查记录 %s：%s", p.Place, p.Err)
		}
	}
	return rec, c, nil
}

// FileSeal says how a record file is sealed.
type FileSeal struct {
	Record, Rubric, Evidence string // files and the folder of the evidence
	Key, Passphrase, Out     string
	CoKey, CoPassphrase      string
}

// SealFile seals a record that did not come from a draft. With a workbook (nil
// for none) it continues the chain of the key and is kept there; without one
// previous and counter are those of the record, or the first.
func SealFile(ctx context.Context, d *Desk, r FileSeal) (Sealed, error) {
	rec, c, err := ReadRecordFile(d, r.Record, r.Rubric)
	if err != nil {
		return Sealed{}, err
	}
	for _, g := range rec.Gaps(c) {
		if g.Blocking {
			return Sealed{}, i18n.E("还不能签发：%s（%s）", g.Text, g.Place)
		}
	}
	evidence, err := evidenceFrom(r.Evidence, rec)
	if err != nil {
		return Sealed{}, err
	}
	id, err := OpenKey(r.Key, r.Passphrase)
	if err != nil {
		return Sealed{}, err
	}
	now := time.Now()
	if d != nil {
		now = d.clock()
	}
	if err := d.chain(ctx, rec, c, id, now.Truncate(time.Second)); err != nil {
		return Sealed{}, err
	}
	pdf, layout, err := sealRecord(rec, c, evidence, id, now.Truncate(time.Second))
	if err != nil {
		return Sealed{}, err
	}
	if r.CoKey != "" {
		co, err := OpenKey(r.CoKey, r.CoPassphrase)
		if err == nil {
			pdf, err = seal.Cosign(pdf, inspection.FieldCoinspector, co, now.Truncate(time.Second))
		}
		if err != nil {
			return Sealed{}, err
		}
	}
	card, err := d.writeSealed(ctx, r.Out, pdf, "")
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{Path: r.Out, Hash: card.Hash, Short: seal.Short(card.Hash), Revision: rec.Revision, Result: rec.Score(c), Missing: layout.Missing, PDF: pdf}, nil
}

// chain completes a record with signer, time, chain and score.
func (d *Desk) chain(ctx context.Context, rec *inspection.Record, c *inspection.Compiled, id seal.Signer, now time.Time) (err error) {
	previous, counter := "", 1
	if rec.Signer == id.SPKI() && rec.Previous != nil && rec.Counter > 0 {
		previous, counter = *rec.Previous, rec.Counter
	}
	if d != nil {
		if err := d.maySign(rec, signerOf(id)); err != nil {
			return err
		}
		if previous, counter, err = d.wb.Chain(ctx, id.SPKI()); err != nil {
			return err
		}
		counter++
	}
	rec.Signer, rec.Sealed, rec.Previous, rec.Counter = id.SPKI(), now.Format(time.RFC3339), &previous, counter
	rec.Claimed, err = rec.ScoreJSON(c)
	return err
}

// evidenceFrom takes the files that a record lists from a folder; all must be
// there.
func evidenceFrom(dir string, rec *inspection.Record) (map[string][]byte, error) {
	listed := map[string]bool{}
	for _, e := range rec.Evidence {
		listed[e.SHA256] = true
	}
	out, err := filesByHash(dir, listed)
	if err != nil {
		return nil, err
	}
	for _, e := range rec.Evidence {
		if out[e.SHA256] == nil {
			return nil, i18n.E("缺少佐证“%s”（%s），请用 --evidence 给出它所在的文件夹；没有签发", e.Name, e.SHA256)
		}
	}
	return out, nil
}

// filesByHash finds files in a folder by their hashes, whatever they are called
// there. "" is no folder.
func filesByHash(dir string, wanted map[string]bool) (map[string][]byte, error) {
	out := map[string][]byte{}
	if dir == "" {
		return out, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, cannotRead(dir, err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		b, err := readFile(filepath.Join(dir, e.Name()), maxFile)
		if err != nil {
			return nil, err
		}
		if h := canon.Hash(b); wanted[h] {
			out[h] = b
		}
	}
	return out, nil
}

// ImportDraft takes an unsealed record as a draft. A draft of the same unit is
// not overwritten.
func (d *Desk) ImportDraft(path string) (*inspection.Record, error) {
	rec, c, err := ReadRecordFile(d, path, "")
	if err != nil {
		return nil, err
	}
	if rec.IsSealed() {
		return nil, i18n.E("%s 已经签发，请用 merge 接收签好的文件", path)
	}
	r, err := d.Round(rec.Round.Code)
	if err != nil {
		return nil, err
	}
	if r.RubricHash != rec.Rubric.SHA256 {
		return nil, i18n.E("记录用的指标体系不是轮次 %s 的那一份", r.Code)
	}
	if _, err := d.unit(rec.Unit.Code); err != nil {
		return nil, err
	}
	ctx := context.Background()
	rows, err := d.wb.Drafts(ctx, r.Code)
	if err != nil {
		return nil, err
	}
	for _, x := range rows {
		if x.Unit == rec.Unit.Code {
			return nil, i18n.E("%s 已有没签的记录，没有覆盖", rec.Unit.Name)
		}
	}
	in := &Inspector{d: d, c: c, round: r, rec: rec}
	if err := in.begin(ctx); err != nil {
		if errors.Is(err, store.ErrExists) {
			return nil, i18n.E("记录 %s 已经在工作簿里，没有改动", rec.ID, err)
		}
		return nil, err
	}
	return rec, nil
}

// ExportRecord is the draft of a unit, or its sealed record, as canonical JSON.
func (d *Desk) ExportRecord(round, unit string) ([]byte, error) {
	ctx := context.Background()
	rows, err := d.wb.Drafts(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, x := range rows {
		if x.Unit == unit {
			draft, err := d.wb.Draft(ctx, x.ID)
			return draft.JSON, err
		}
	}
	cases, err := d.wb.CasesOf(ctx, round, unit)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if h := c.Head(); h != "" {
			return d.wb.Record(ctx, h)
		}
	}
	return nil, i18n.E("轮次 %s 没有单位 %s 的记录，或者没有唯一的结果", round, unit)
}

// Extract writes what a sealed scorecard carries into a folder: record,
// signature, rubric, evidence under its hashes. The file is proven first.
func Extract(path, dir string) ([]string, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	card, err := seal.OpenPDF(b)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{seal.RecordName: card.Record, seal.P7SName: card.P7S, seal.RubricName: card.Rubric.JSON}
	for h, data := range card.Evidence {
		files[h] = data
	}
	var out []string
	for _, name := range sortedKeys(files) {
		p := filepath.Join(dir, name)
		if err := writeFile(p, files[name]); err != nil {
			return out, err
		}
		out = append(out, p)
	}
	return out, nil
}

// Restore puts a verified backup at path; what was there is kept under the
// name that is returned.
func Restore(backup, path string) (kept string, err error) {
	return store.Restore(backup, path, store.Options{})
}
