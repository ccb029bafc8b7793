package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/scoring"
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

// leadBook looks for open leads; what a round holds is collected once.
type leadBook struct {
	d       *Desk
	byRound map[string]map[string][]Lead // by unit
}

func (d *Desk) newLeadBook() *leadBook {
	return &leadBook{d: d, byRound: map[string]map[string][]Lead{}}
}

// OpenLeads are the leads of earlier rounds for a unit with which nobody has dealt
// yet, the oldest first: they belong into its next task and its next visit. A lead
// is open until the unit's result of a later round says something of its indicator.
func (d *Desk) OpenLeads(round, unit string) ([]Lead, error) {
	return d.newLeadBook().open(round, unit)
}

func (b *leadBook) open(round, unit string) ([]Lead, error) {
	var out []Lead
	dealt := map[string]bool{} // indicators, in a round later than the one looked at
	for code := round; code != ""; code = b.d.previousRound(code) {
		if code != round {
			leads, err := b.of(code)
			if err != nil {
				return nil, err
			}
			for _, l := range leads[unit] {
				if !dealt[l.Indicator] {
					out = append(out, l)
				}
			}
		}
		rec, _ := b.d.lastRecord(code, unit)
		if rec == nil {
			continue
		}
		whole := true
		for indicator, e := range rec.Entries {
			said := e.State == scoring.Checked || e.State == scoring.Absent
			dealt[indicator] = dealt[indicator] || said
			whole = whole && said
		}
		if whole {
			break // nothing older can be open, and older rounds are long to read
		}
	}
	slices.SortStableFunc(out, func(x, y Lead) int { return strings.Compare(x.Round, y.Round) })
	return out, nil
}

// of are the leads of a round; one of which nothing is known any more has none.
func (b *leadBook) of(round string) (map[string][]Lead, error) {
	if all, known := b.byRound[round]; known {
		return all, nil
	}
	all, err := b.d.Leads(round)
	if err != nil {
		return nil, err
	}
	b.byRound[round] = all
	return all, nil
}
