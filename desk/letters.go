package desk

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// LetterRow is a line of the register of letters 行文登记: one that is registered
// (Act is set), or one that a result rests on and nobody has registered yet.
type LetterRow struct {
	Hash       string
	Unit       inspection.Unit
	Indicators []string
	Number     string
	Date       string
	Reason     string // of the first indicator
	Decision   string // "" awaits one
	Valid      inspection.Period
	Round      string
	Scan       string            // hash of the file, "" for none
	Standing   inspection.Reason // "" counts
	Act        *inspection.Act
	Record     string // that rests on it, of one that is awaited
	Against    string // what speaks against it where a result of the round rests on it (LettersIn)
}

// Letters are the registered letters of all rounds, by unit, date and number.
func (d *Desk) Letters() ([]LetterRow, error) {
	s, err := d.actSet(context.Background(), store.ActFilter{Kind: inspection.ActLetter})
	if err != nil {
		return nil, err
	}
	var out []LetterRow
	for _, x := range s.all {
		if s.gone[x.Hash] {
			continue
		}
		a := x.Act
		r := LetterRow{Hash: x.Hash, Unit: inspection.Unit{Code: a.Case.Unit, Name: a.Case.Unit}, Indicators: sortedKeys(a.Items), Number: a.Number, Date: a.Date,
			Decision: a.Decision, Valid: a.Valid, Round: a.Case.Round, Standing: x.Standing, Act: a}
		if u, err := d.unit(a.Case.Unit); err == nil {
			r.Unit = u
		}
		if len(r.Indicators) > 0 {
			r.Reason = a.Items[r.Indicators[0]].Text
		}
		if len(a.Files) > 0 {
			r.Scan = a.Files[0]
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b LetterRow) int {
		return cmp.Or(cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number))
	})
	return out, nil
}

// AwaitedLetters are the letters on which results of a round rest and that nobody
// registered yet, each with all its indicators.
func (d *Desk) AwaitedLetters(round string) ([]LetterRow, error) {
	ctx := context.Background()
	rows, err := d.ranked(round, "")
	if err != nil {
		return nil, err
	}
	letters, err := d.Letters()
	if err != nil {
		return nil, err
	}
	var out []LetterRow
	for _, r := range rows {
		if r.Hash == "" || !slices.Contains(r.Provisional, inspection.AwaitsLetter) {
			continue
		}
		rec, err := d.record(ctx, r.Hash)
		if err != nil {
			return nil, err
		}
		byLetter := map[inspection.Letter]*LetterRow{}
		for _, code := range sortedKeys(rec.Entries) {
			a := rec.Entries[code].Absence
			if a == nil || a.Letter == "" || decided(letters, r.Unit.Code, a.Letter, a.Date, code) {
				continue
			}
			key := inspection.Letter{Number: a.Letter, Date: a.Date}
			if byLetter[key] == nil {
				byLetter[key] = &LetterRow{Unit: r.Unit, Number: a.Letter, Date: a.Date, Reason: a.Reason, Round: round, Record: r.Hash}
			}
			byLetter[key].Indicators = append(byLetter[key].Indicators, code)
		}
		for _, x := range byLetter {
			out = append(out, *x)
		}
	}
	slices.SortFunc(out, func(a, b LetterRow) int {
		return cmp.Or(cmp.Compare(a.Unit.Code, b.Unit.Code), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Date, b.Date))
	})
	return out, nil
}

// LetterEntry is a letter to be registered.
type LetterEntry struct {
	Round, Unit  string
	Indicators   []string
	Number, Date string
	Decision     string // inspection.Accepted, Refused, Partly
	Valid        inspection.Period
	Reason, Text string // what the letter says; remark of the bureau
	Scan         string // path, "" for none
	Record       string // that rests on it, "" for none
}

// EnterLetter registers a letter as a signed act, keeps it, and writes it as a
// pack to out ("" for none).
func (d *Desk) EnterLetter(ctx context.Context, e LetterEntry, keyPath, passphrase, out string) (string, error) {
	c, err := d.roundRubric(ctx, e.Round)
	if err != nil {
		return "", err
	}
	if _, err := d.unit(e.Unit); err != nil {
		return "", err
	}
	r, err := d.Round(e.Round)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActLetter, Case: inspection.CaseKey{Round: e.Round, Rubric: c.Hash, Trial: r.Trial, Unit: e.Unit},
		Number: strings.TrimSpace(e.Number), Date: strings.TrimSpace(e.Date), Decision: e.Decision, Valid: e.Valid, Text: e.Text, Items: map[string]inspection.ActItem{}}
	if e.Record != "" {
		a.About = []string{e.Record}
	}
	for _, code := range e.Indicators {
		i, ok := c.Engine.Index(code)
		if !ok {
			return "", i18n.E("指标体系没有指标“%s”", code)
		}
		if c.Engine.AbsenceRule(i) == nil {
			return "", i18n.E("指标 %s 不适用“没有该项”，不登记行文", code)
		}
		a.Items[code] = inspection.ActItem{Text: e.Reason}
	}
	if a.Number == "" || a.Date == "" || len(a.Items) == 0 || a.Decision == "" {
		return "", i18n.E("行文要写文号、日期、指标和结论；没有登记")
	}
	if a.Valid.From != "" && a.Valid.To != "" && a.Valid.To < a.Valid.From {
		return "", i18n.E("有效期的终止早于起始；没有登记")
	}
	var scans [][]byte
	if e.Scan != "" {
		b, err := readFile(e.Scan, maxEvidence)
		if err != nil {
			return "", err
		}
		scans = append(scans, b)
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return "", err
	}
	hash, pack, err := d.NewAct(ctx, a, id, scans...)
	if err != nil || out == "" {
		return hash, err
	}
	return hash, writeFile(out, pack)
}

// ScanFile writes the scan of an act to path.
func (d *Desk) ScanFile(hash, path string) error {
	b, _, err := d.wb.Evidence(context.Background(), hash)
	if err != nil {
		return err
	}
	return writeFile(path, b)
}

// SaveScans writes files that acts name into a folder, each under the beginning of
// its hash with the ending of its kind.
func (d *Desk) SaveScans(hashes []string, dir string) error {
	for _, h := range hashes {
		b, media, err := d.ActScan(h)
		if err != nil {
			return err
		}
		if err := writeFile(filepath.Join(dir, short8(h)+scanEnding(media)), b); err != nil {
			return err
		}
	}
	return nil
}

// scanEnding is the ending of a file of a kind.
func scanEnding(media string) string {
	switch media {
	case "application/pdf":
		return ".pdf"
	case "image/jpeg":
		return ".jpg"
	case "image/png":
		return ".png"
	case "application/zip": // Excel and Word are zips, too; what acts keep is the form
		return ".xlsx"
	}
	return ".bin"
}
