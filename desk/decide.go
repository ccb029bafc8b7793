package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/scoring"
)

// Indicators whose points the bureau gives (decided_by in the rubric): teams record
// facts. The bureau has decided one when a record that it signed carries a reason for
// it; leaving it as it is is a decision, too, when it is said.

// undecided are the indicators of a record that the bureau has still to decide, in the
// rubric's order.
func (d *Desk) undecided(ctx context.Context, rec *inspection.Record, c *inspection.Compiled) []string {
	return deciding(rec, c, func(code string) bool { return d.signedByBureau(rec) && d.decided(ctx, rec, code) })
}

// toDecide is undecided for a revision of the bureau that is not signed yet.
func (d *Desk) toDecide(ctx context.Context, rec *inspection.Record, c *inspection.Compiled) []string {
	return deciding(rec, c, func(code string) bool { return d.decided(ctx, rec, code) })
}

// deciding asks only of the indicators that the bureau scores: most rubrics have none,
// and a whole round is gone through.
func deciding(rec *inspection.Record, c *inspection.Compiled, decided func(code string) bool) []string {
	var out []string
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		if ind.DecidedBy == "bureau" && rec.Entries[ind.Code].State == scoring.Checked && !decided(ind.Code) {
			out = append(out, ind.Code)
		}
	}
	return out
}

// decided looks for the reason in a revision of the bureau, and in those that it
// follows as long as the bureau signed them and the entry stayed as it is.
func (d *Desk) decided(ctx context.Context, rec *inspection.Record, code string) bool {
	if rec.Reasons[code] != "" {
		return true
	}
	for _, p := range rec.Parents {
		parent, err := d.record(ctx, p)
		if err != nil {
			continue // not here: then nobody can say that it was decided
		}
		if d.signedByBureau(parent) && inspection.SameEntry(parent, rec, code) && d.decided(ctx, parent, code) {
			return true
		}
	}
	return false
}

// signedByBureau goes by the roster in force; without one nobody is of the bureau.
func (d *Desk) signedByBureau(rec *inspection.Record) bool {
	roster, err := d.Roster()
	return err == nil && roster.Entry(rec.Signer).Has(inspection.RoleBureau)
}

// ask makes the indicators that the bureau has still to decide open ones of a
// settlement, also where all heads say alike or one of them is proposed.
func (s *Settlement) ask(ancestor *inspection.Record, codes []string) {
	for _, code := range codes {
		at := slices.IndexFunc(s.Differences, func(d inspection.Difference) bool { return d.Indicator == code })
		if at < 0 {
			d := inspection.Difference{Indicator: code, Before: ancestor.Entry(code)}
			for i := range s.Heads {
				d.Heads = append(d.Heads, s.Heads[i].Record.Entry(code))
			}
			s.Differences, at = append(s.Differences, d), len(s.Differences)
		}
		s.Differences[at].Take = -1
	}
	slices.SortStableFunc(s.Differences, func(a, b inspection.Difference) int { return strings.Compare(a.Indicator, b.Indicator) })
	s.ToDecide = codes
}
