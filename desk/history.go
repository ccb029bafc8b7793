package desk

import (
	"context"
	"crypto/x509"
	"path/filepath"
	"reflect"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Revision is one sealed record of a unit, as its history shows it.
type Revision struct {
	Hash, Short string
	Number      int
	Value, Band string
	Inspectors  []string
	Sealed      string // a claim
	Signers     []string
	SignerID    string            // number of who sealed it: the second inspector is another person
	Standing    inspection.Reason // "" counts
	Here        bool              // sealed on this machine
	Path        string            // where the file was written, "" if not here
	Empty       []string          // fields that may still be signed
	HasPDF      bool              // its scorecard is in this workbook
	Accepted    bool              // it came in a damaged file that the bureau accepted
	Receipt     string            // when the bureau confirmed it, "" if not yet
	Said        []Saying          // what was said of it afterwards
}

// History is what was sealed for a unit in a round, oldest first.
func (d *Desk) History(round, unit string) ([]Revision, error) {
	ctx := context.Background()
	objects, err := d.wb.Revisions(ctx, round, unit)
	if err != nil {
		return nil, err
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	receipts, err := d.receipts()
	if err != nil {
		return nil, err
	}
	said, err := d.sayings(ctx, round, unit)
	if err != nil {
		return nil, err
	}
	accepted, err := d.acceptedRecords(ctx, round)
	if err != nil {
		return nil, err
	}
	cards := shelf{d: d}
	var out []Revision
	for _, o := range objects {
		rec, err := d.record(ctx, o.Hash)
		if err != nil {
			return nil, err
		}
		sigs, err := d.wb.Signatures(ctx, o.Hash)
		if err != nil {
			return nil, err
		}
		r := Revision{Hash: o.Hash, Short: seal.Short(o.Hash), Number: rec.Revision, Value: o.Node.Value, Band: o.Node.Band, Sealed: rec.Sealed,
			Standing: o.Standing, Here: o.Batch == 0, Empty: []string{inspection.FieldCoinspector, inspection.FieldBureau},
			Receipt: receipts[o.Hash], Said: said[o.Hash], Accepted: accepted[o.Hash]}
		for _, p := range rec.People.Inspectors {
			r.Inspectors = append(r.Inspectors, p.Name)
		}
		for _, s := range sigs {
			r.Signers = append(r.Signers, signerName(roster, s.SPKI, s.Cert))
			if s.Field == inspection.FieldInspector {
				r.SignerID = signerNumber(roster, s.SPKI, s.Cert)
			}
			r.Empty = slices.DeleteFunc(r.Empty, func(field string) bool { return field == s.Field })
		}
		pdf, err := cards.card(ctx, o.Hash)
		if err != nil {
			return nil, err
		}
		r.HasPDF = pdf != nil
		r.Path = d.Setting(settingSealed+o.Hash, "")
		out = append(out, r)
	}
	return out, nil
}

// Saying is an act about a sealed record that the inspector should read: the
// unit's opinion, or why the bureau sent it back.
type Saying struct {
	Kind           inspection.ActKind
	Decision, Text string
	Items          map[string]inspection.ActItem // by indicator
	By, Made       string
}

// sayings are the opinions and returns of a unit that count, by record.
func (d *Desk) sayings(ctx context.Context, round, unit string) (map[string][]Saying, error) {
	out := map[string][]Saying{}
	set, err := d.actSet(ctx, store.ActFilter{Round: round, Unit: unit})
	if err != nil {
		return nil, err
	}
	for _, kind := range []inspection.ActKind{inspection.ActOpinion, inspection.ActReturn} {
		for _, x := range set.all {
			a := x.Act
			if a.Kind != kind || set.gone[x.Hash] || x.Standing != "" && kind == inspection.ActReturn {
				continue // a return that does not count is not the bureau's
			}
			s := Saying{Kind: kind, Decision: a.Decision, Text: a.Text, By: a.By.Name, Made: a.Made, Items: a.Items}
			for _, h := range a.About {
				out[h] = append(out[h], s)
			}
		}
	}
	return out, nil
}

// settingSealed remembers where the file of a record was written.
const settingSealed = "sealed."

// signerName is who the roster says a key is, else what its certificate says.
func signerName(roster *inspection.Roster, spki string, cert []byte) string {
	if e := roster.Entry(spki); e != nil {
		return e.Name
	}
	if c, err := x509.ParseCertificate(cert); err == nil {
		return seal.Holder(c).Name
	}
	return spki[:16]
}

// signerNumber is the number that the roster gives a key, else its certificate.
func signerNumber(roster *inspection.Roster, spki string, cert []byte) string {
	if e := roster.Entry(spki); e != nil {
		return e.Number
	}
	if c, err := x509.ParseCertificate(cert); err == nil {
		return seal.Holder(c).Number
	}
	return ""
}

// SavePDF writes the file of a sealed record again, byte for byte: the copy with
// the most signatures.
func (d *Desk) SavePDF(r Revision, path string) error {
	data, err := d.RevisionPDF(context.Background(), r)
	if err != nil {
		return err
	}
	return writeFile(path, data)
}

// RevisionPDF is the file of a sealed record of this workbook.
func (d *Desk) RevisionPDF(ctx context.Context, r Revision) ([]byte, error) {
	data, err := (&shelf{d: d}).card(ctx, r.Hash)
	if err == nil && data == nil {
		err = i18n.E("这份记录是随包收到的，没有 PDF 文件")
	}
	return data, err
}

// CosignRevision adds the signature of the second inspector or of the bureau to a
// sealed record of this workbook: the file with all signatures is written to out
// and taken in.
func (d *Desk) CosignRevision(ctx context.Context, r Revision, field, keyPath, passphrase, out string) error {
	data, err := d.RevisionPDF(ctx, r)
	if err != nil {
		return err
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return err
	}
	signed, err := cosigned(data, field, id, d.clock())
	if err != nil {
		return err
	}
	if err := writeFileThen(out, signed, func(back []byte) error { _, err := proveBack(back); return err }); err != nil {
		return err
	}
	if _, err := d.Merge(ctx, []string{out}, false, nil); err != nil {
		return err
	}
	return d.rememberPath(r.Hash, out)
}

func (d *Desk) rememberPath(hash, path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	return d.SetSetting(settingSealed+hash, abs)
}

// reasonGaps are the indicators that a correction changes without saying why.
func (in *Inspector) reasonGaps() []inspection.Gap {
	switch {
	case in.before == nil && len(in.rec.Parents) == 1:
		return []inspection.Gap{{Blocking: true, Text: i18n.T("这一版要更正的上一版（短码 %s）不在这台电脑上：请先在“汇总—接收文件”收入那一份评分表", seal.Short(in.rec.Parents[0]))}}
	case in.before == nil:
		return nil
	}
	changed, err := inspection.Compare(nil, in.before, in.rec)
	if err != nil {
		return nil // it was encoded before
	}
	if len(changed) == 0 && in.before.Visit == in.rec.Visit && reflect.DeepEqual(in.before.People, in.rec.People) {
		// it would end a return, and replace a sheet, with nothing said
		return []inspection.Gap{{Blocking: true, Text: i18n.T("这一版和上一版完全一样：改好再签发，或在“检查”菜单里放弃这份草稿")}}
	}
	var out []inspection.Gap
	for _, x := range changed {
		if in.rec.Reasons[x.Indicator] == "" {
			out = append(out, inspection.Gap{Indicator: x.Indicator, Place: "reasons." + x.Indicator, Blocking: true, Text: i18n.T("%s 的更正要写理由", x.Indicator)})
		}
	}
	return out
}
