package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// HandIn says what goes into the pack that a team hands in for a round: all
// sealed records of the round in this workbook, or those of some units, with
// the acts about them.
type HandIn struct {
	Round               string
	Units               []string // none: all
	KeyPath, Passphrase string   // who signs the list of contents
	Encrypt             bool     // to the bureau's keys of the roster
	Out                 string
}

// HandedIn is what was written. There is more than one file when one would be
// larger than the formats allow.
type HandedIn struct {
	Files   []string `json:"files"`
	Records int      `json:"records"`
	Acts    int      `json:"acts"`
}

// Limits of one pack, with room for what the zip itself needs.
const (
	maxPart    = 56 << 20
	maxMembers = 18000
)

// HandIn writes the pack. A record travels as JSON with one p7s for each signer;
// one that has a signature which lives in a PDF only travels as that PDF.
// Handing in twice is harmless: what the bureau has already is found identical.
func (d *Desk) HandIn(ctx context.Context, h HandIn, p Progress) (HandedIn, error) {
	id, err := OpenKey(h.KeyPath, h.Passphrase)
	if err != nil {
		return HandedIn{}, err
	}
	list, err := d.handInList(ctx, h)
	if err != nil {
		return HandedIn{}, err
	}
	w := &packWriter{d: d, h: h, id: id, files: map[string][]byte{}}
	for i, o := range list {
		if err := ctx.Err(); err != nil {
			return w.out, err
		}
		p.report(i, len(list), i18n.T("打包 %s", seal.Short(o.Hash)))
		members, err := d.members(ctx, o)
		if err == nil {
			err = w.add(members)
		}
		if err != nil {
			return w.out, err
		}
		if o.Act {
			w.out.Acts++
		} else {
			w.out.Records++
		}
	}
	err = w.flush()
	p.report(len(list), len(list), filepath.Base(h.Out))
	return w.out, err
}

func (d *Desk) handInList(ctx context.Context, h HandIn) ([]store.Object, error) {
	records, err := d.wb.Revisions(ctx, h.Round, "")
	if err != nil {
		return nil, err
	}
	acts, err := d.wb.Acts(ctx, store.ActFilter{Round: h.Round})
	if err != nil {
		return nil, err
	}
	wanted := func(unit string) bool { return len(h.Units) == 0 || slices.Contains(h.Units, unit) }
	var out []store.Object
	for _, o := range records {
		if wanted(o.Node.Case.Unit) {
			out = append(out, o)
		}
	}
	if len(out) == 0 {
		return nil, i18n.E("这一轮还没有签发的评分表可以上交")
	}
	for _, o := range acts {
		if wanted(o.ActNode.Case.Unit) {
			out = append(out, o)
		}
	}
	return out, nil
}

// members are the files of a pack that hold an object and what belongs to it.
func (d *Desk) members(ctx context.Context, o store.Object) (map[string][]byte, error) {
	if o.Act {
		return d.actMembers(ctx, o.Hash)
	}
	out, err := d.carriers(ctx, o.Hash)
	if err != nil {
		return nil, err
	}
	sigs, err := d.wb.Signatures(ctx, o.Hash)
	if err != nil {
		return nil, err
	}
	loose := len(out) == 0
	for _, s := range sigs {
		loose = loose || len(s.P7S) > 0 && s.SPKI != o.Node.Signer // the PDF does not hold it
	}
	if !loose {
		return out, nil
	}
	for _, s := range sigs {
		if len(s.P7S) > 0 {
			out[o.Hash+"."+s.SPKI+".p7s"] = s.P7S
		}
	}
	return out, d.recordMembers(ctx, o.Hash, out)
}

// recordMembers adds a record, its rubric and its evidence.
func (d *Desk) recordMembers(ctx context.Context, hash string, out map[string][]byte) error {
	raw, err := d.wb.Record(ctx, hash)
	if err != nil {
		return err
	}
	rec, err := inspection.ReadRecord(raw)
	if err != nil {
		return err
	}
	out[hash+".inspection.json"] = raw
	if out[rec.Rubric.SHA256+".rubric.json"], err = d.wb.Rubric(ctx, rec.Rubric.SHA256); err != nil {
		return err
	}
	for _, e := range rec.Evidence {
		b, _, err := d.wb.Evidence(ctx, e.SHA256)
		if err != nil && !isNotFound(err) { // missing evidence is named by who reads the pack
			return err
		}
		if err == nil {
			out[e.SHA256+".bin"] = b
		}
	}
	return nil
}

func (d *Desk) actMembers(ctx context.Context, hash string) (map[string][]byte, error) {
	raw, err := d.wb.Record(ctx, hash)
	if err != nil {
		return nil, err
	}
	a, err := inspection.ReadAct(raw)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{hash + ".act.json": raw}
	sigs, err := d.wb.Signatures(ctx, hash)
	if err != nil {
		return nil, err
	}
	for _, s := range sigs {
		out[hash+".act.json.p7s"] = s.P7S
	}
	for _, f := range a.Files {
		b, _, err := d.wb.Evidence(ctx, f)
		if err != nil && !isNotFound(err) {
			return nil, err
		}
		if err == nil {
			out[f+".bin"] = b
		}
	}
	return out, nil
}

// carriers are the PDFs that hold the signatures on a record which no p7s
// holds: as few as carry them all.
func (d *Desk) carriers(ctx context.Context, hash string) (map[string][]byte, error) {
	list, err := d.wb.FileSignatures(ctx, hash)
	if err != nil {
		return nil, err
	}
	carries, missing := map[string][]string{}, map[string]bool{}
	for _, c := range list {
		key := c.Field + " " + c.SPKI
		carries[c.File], missing[key] = append(carries[c.File], key), true
	}
	files := sortedKeys(carries)
	slices.SortStableFunc(files, func(a, b string) int { return len(carries[b]) - len(carries[a]) })
	out, cards := map[string][]byte{}, shelf{d: d}
	for _, f := range files {
		brings := false
		for _, key := range carries[f] {
			brings = brings || missing[key]
		}
		if !brings {
			continue
		}
		pdf, err := cards.pdf(ctx, f, hash)
		if err != nil {
			return nil, err
		}
		if pdf == nil { // a pack that brought a p7s for a signature known from a PDF
			continue
		}
		out[canon.Hash(pdf)+".pdf"] = pdf
		for _, key := range carries[f] {
			delete(missing, key)
		}
	}
	return out, nil
}

// packWriter fills one pack after the other.
type packWriter struct {
	d     *Desk
	h     HandIn
	id    seal.Signer
	files map[string][]byte
	size  int
	out   HandedIn
}

// add puts members in, after beginning a new pack if they would not fit. What
// is there already, as a rubric, is counted once.
func (w *packWriter) add(members map[string][]byte) error {
	size := 0
	for n, b := range members {
		if w.files[n] == nil {
			size += len(b)
		}
	}
	if len(w.files) > 0 && (w.size+size > maxPart || len(w.files)+len(members) > maxMembers) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	for n, b := range members {
		if w.files[n] == nil {
			w.size += len(b)
		}
		w.files[n] = b
	}
	return nil
}

func (w *packWriter) flush() error {
	if len(w.files) == 0 {
		return nil
	}
	pack, err := seal.WritePack(seal.PackInspections, w.files, w.id, w.d.clock().Truncate(time.Second))
	if err == nil && w.h.Encrypt {
		pack, err = w.d.encrypted(pack)
	}
	if err != nil {
		return err
	}
	path := w.name(len(w.out.Files) + 1)
	if err := writeFile(path, pack); err != nil {
		return err
	}
	w.files, w.size, w.out.Files = map[string][]byte{}, 0, append(w.out.Files, path)
	return nil
}

// name is the name of a part: the second is “…-2”. An encrypted one says so.
func (w *packWriter) name(part int) string {
	path := strings.TrimSuffix(w.h.Out, EnvelopeSuffix)
	if ext := filepath.Ext(path); part > 1 {
		path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), part, ext)
	}
	if w.h.Encrypt {
		path += EnvelopeSuffix
	}
	return path
}
