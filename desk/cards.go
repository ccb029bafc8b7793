package desk

import (
	"context"
	"path/filepath"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// CardsReport says which scorecards of a round were written as files, and which
// could not be and why.
type CardsReport struct {
	Dir     string        `json:"dir"`
	Written []string      `json:"written"` // names
	Missing []MissingCard `json:"missing"`
}

// MissingCard is a unit without a file.
type MissingCard struct {
	Unit inspection.Unit `json:"unit"`
	Why  string          `json:"why"`
}

// WriteScorecards writes the scorecards that count in a round into a folder, byte
// for byte as they came, named by unit. Of several copies the one with the most
// signatures is taken.
func (d *Desk) WriteScorecards(ctx context.Context, round, dir string, p Progress) (CardsReport, error) {
	out := CardsReport{Dir: dir, Written: []string{}, Missing: []MissingCard{}}
	rows, err := d.ranked(round, "")
	if err != nil {
		return out, err
	}
	cards := shelf{d: d}
	for i, r := range rows {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		p.report(i+1, len(rows), r.Unit.Name)
		if r.Hash == "" {
			out.Missing = append(out.Missing, MissingCard{r.Unit, r.Reason})
			continue
		}
		b, err := cards.card(ctx, r.Hash)
		if err != nil {
			return out, err
		}
		if b == nil {
			out.Missing = append(out.Missing, MissingCard{r.Unit, i18n.T("记录随包收到，没有 PDF 文件")})
			continue
		}
		name := fileName(strings.TrimSpace(r.Unit.Code+" "+r.Unit.Name)) + ".pdf"
		if err := writeFile(filepath.Join(dir, name), b); err != nil {
			return out, err
		}
		out.Written = append(out.Written, name)
	}
	return out, nil
}
