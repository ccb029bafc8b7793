package desk

import (
	"context"
	"encoding/json"
	"time"
)

// BatchInfo is one import 导入批次 of this workbook.
type BatchInfo struct {
	ID                int64
	Title             string
	Started, Finished time.Time // Finished is zero after an interruption
	Undone            bool
	Totals            MergeReport // the five counts; Results are not kept
	Refused           []RefusedInfo
}

// RefusedInfo is a file that a batch did not let in, with the reason in words.
type RefusedInfo struct{ Name, Reason string }

// Batches are the imports, newest first.
func (d *Desk) Batches() ([]BatchInfo, error) {
	ctx := context.Background()
	rows, err := d.wb.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var out []BatchInfo
	for _, r := range rows {
		b := BatchInfo{ID: r.ID, Title: r.Title, Started: r.Started, Finished: r.Finished, Undone: r.Undone}
		if r.Summary != "" {
			if err := json.Unmarshal([]byte(r.Summary), &b.Totals); err != nil {
				return nil, err
			}
		}
		refused, err := d.wb.Refused(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range refused {
			b.Refused = append(b.Refused, RefusedInfo{f.Name, f.Reason})
		}
		out = append(out, b)
	}
	return out, nil
}
