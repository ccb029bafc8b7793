package desk

import (
	"bytes"
	"context"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/store"
)

// Recheck is what computing all stored results again brought to light.
type Recheck struct {
	Records     int                 `json:"records"`
	Differences []RecheckDifference `json:"differences"`
}

// RecheckDifference is a record whose stored result is not what this program
// computes.
type RecheckDifference struct {
	Round    string `json:"round"`
	Unit     string `json:"unit"`
	Revision int    `json:"revision"`
	Record   string `json:"record"` // hash
	Stored   string `json:"stored"`
	Now      string `json:"now"`
}

// RecheckResults computes the result of every record of the workbook anew with
// the rubric it is judged by, and compares it with the score that was sealed and
// with what is kept for lists. Nothing is changed.
func (d *Desk) RecheckResults(ctx context.Context, p Progress) (Recheck, error) {
	out := Recheck{Differences: []RecheckDifference{}}
	total, err := d.wb.CountRecords(ctx)
	if err != nil {
		return out, err
	}
	err = d.wb.EachRecord(ctx, func(o store.Object, b []byte) error {
		out.Records++
		p.report(out.Records, total, o.Node.Case.Unit)
		x := RecheckDifference{Round: o.Node.Case.Round, Unit: o.Node.Case.Unit, Revision: o.Node.Revision, Record: o.Hash}
		if x.Stored, x.Now = d.recheck(o, b); x.Stored != x.Now {
			out.Differences = append(out.Differences, x)
		}
		return nil
	})
	return out, err
}

// recheck gives a stored result and what it is now, equal where nothing differs.
func (d *Desk) recheck(o store.Object, b []byte) (stored, now string) {
	r, err := inspection.ReadRecord(b)
	if err != nil {
		return o.Node.Value, i18n.Person(err)
	}
	c, err := d.Compiled(r.Rubric.SHA256)
	if err != nil {
		return o.Node.Value, i18n.Person(err)
	}
	score, err := r.ScoreJSON(c)
	if err != nil {
		return o.Node.Value, i18n.Person(err)
	}
	claimed, err := canon.Canonical(r.Claimed)
	if err != nil {
		return o.Node.Value, i18n.Person(err)
	}
	if !bytes.Equal(score, claimed) {
		return string(claimed), string(score)
	}
	return o.Node.Value, inspection.NewNode(r, o.Hash, c).Value
}
