package desk

import (
	"context"
	"runtime"
	"sync"

	"xunping/inspection"
)

// headRecord is the record that counts for a unit of a round.
type headRecord struct {
	at  int // in the ranking
	row *RankRow
	rec *inspection.Record
}

// eachHead opens the records that count in a round, on all cores, and hands them
// on in the order of the ranking. c is the round's rubric.
func (d *Desk) eachHead(ctx context.Context, rows []RankRow, p Progress, do func(headRecord) error) error {
	const chunk = 256
	heads := make([]headRecord, 0, chunk)
	errs := make([]error, chunk)
	for at := 0; at < len(rows); {
		heads = heads[:0]
		for ; at < len(rows) && len(heads) < chunk; at++ {
			if rows[at].Hash != "" {
				heads = append(heads, headRecord{at: at, row: &rows[at]})
			}
		}
		d.openHeads(ctx, heads, errs)
		for i, h := range heads {
			if errs[i] != nil {
				return errs[i]
			}
			if err := do(h); err != nil {
				return err
			}
		}
		p.report(at, len(rows), "")
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) openHeads(ctx context.Context, heads []headRecord, errs []error) {
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(heads))
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(heads); i += workers {
				heads[i].rec, errs[i] = d.record(ctx, heads[i].row.Hash)
			}
		})
	}
	wg.Wait()
}

// roundRubric is the rubric that a round ranks.
func (d *Desk) roundRubric(ctx context.Context, round string) (*inspection.Compiled, error) {
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	hash, _, _, err := d.frame(ctx, round, cases)
	if err != nil {
		return nil, err
	}
	return d.Compiled(hash)
}

// Sheet is a sealed record of the workbook with the rubric it is judged by.
func (d *Desk) Sheet(hash string) (*inspection.Record, *inspection.Compiled, error) {
	rec, err := d.record(context.Background(), hash)
	if err != nil {
		return nil, nil, err
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	return rec, c, err
}
