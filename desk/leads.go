package desk

import (
	"context"

	"xunping/inspection"
	"xunping/seal"
)

// Lead 线索 is a finding made at one unit for which another answers: it counts
// nothing there and is looked at here.
type Lead struct {
	Round            string
	From, For        inspection.Unit
	Record, Short    string
	Indicator, Title string
	Finding          inspection.Finding
}

// Leads are the leads of a round by the unit that answers. Only results count,
// not records in conflict.
func (d *Desk) Leads(round string) (map[string][]Lead, error) {
	ctx := context.Background()
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	out := map[string][]Lead{}
	for _, c := range cases {
		if c.Head() == "" {
			continue
		}
		rec, err := d.record(ctx, c.Head())
		if err != nil {
			return nil, err
		}
		comp, err := d.Compiled(rec.Rubric.SHA256)
		if err != nil {
			return nil, err
		}
		for i := range comp.Engine.Len() {
			ind := comp.Engine.Indicator(i)
			for _, f := range rec.Entries[ind.Code].Findings {
				if f.Responsible == "" || f.Responsible == rec.Unit.Code {
					continue
				}
				out[f.Responsible] = append(out[f.Responsible], Lead{Round: round, From: rec.Unit, For: d.unitNamed(f.Responsible), Record: c.Head(),
					Short: seal.Short(c.Head()), Indicator: ind.Code, Title: ind.Title, Finding: f})
			}
		}
	}
	return out, nil
}

// LeadsBefore are the leads for a unit from the round before this one: they
// belong into its next task.
func (d *Desk) LeadsBefore(round, unit string) ([]Lead, error) {
	before := d.previousRound(round)
	if before == "" {
		return nil, nil
	}
	all, err := d.Leads(before)
	return all[unit], err
}
