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
	rows, err := d.ranked(round, "")
	if err != nil {
		return nil, err
	}
	c, err := d.roundRubric(ctx, round)
	if err != nil {
		return nil, err
	}
	out := map[string][]Lead{}
	err = d.eachHead(ctx, rows, nil, func(h headRecord) error {
		for i := range c.Engine.Len() {
			ind := c.Engine.Indicator(i)
			for _, f := range h.rec.Entries[ind.Code].Findings {
				if f.Responsible == "" || f.Responsible == h.rec.Unit.Code {
					continue
				}
				out[f.Responsible] = append(out[f.Responsible], Lead{Round: round, From: h.row.Unit, For: d.unitNamed(f.Responsible), Record: h.row.Hash,
					Short: seal.Short(h.row.Hash), Indicator: ind.Code, Title: ind.Title, Finding: f})
			}
		}
		return nil
	})
	return out, err
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
