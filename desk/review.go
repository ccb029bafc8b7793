package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Why a finding is compared across units 横向复核: somebody judged.
const (
	ReviewRange  = "range"  // points within a range
	ReviewFree   = "free"   // no rule lists it
	ReviewBonus  = "bonus"  // earns points
	ReviewBureau = "bureau" // the bureau decides the indicator
)

// ReviewRow is one judgement of the round: a finding, or an indicator that the
// bureau decides and nobody has scored yet (Finding is nil then).
type ReviewRow struct {
	Unit             inspection.Unit
	Indicator, Title string
	Full             scoring.Decimal // points of the indicator
	Why              string
	Bonus            bool
	Team             string // by the plan, else the inspectors
	Record           string
	Revision         int
	Decided          bool // by the bureau: it signed the record that counts, or gave the points that it has to give
	Finding          *inspection.Finding
	Rule             *scoring.Rule // nil for a free finding
	Min, Max         scoring.Decimal
	Note             string // of the indicator
	Evidence         []inspection.EvidenceRef
	Reason           string // why the bureau changed it
	Facts            []string
}

// Review lists what was judged in a round, by indicator, unit and finding, so
// that teams can be compared side by side.
func (d *Desk) Review(ctx context.Context, round string, p Progress) ([]ReviewRow, error) {
	rows, err := d.ranked(round, "")
	if err != nil {
		return nil, err
	}
	c, err := d.roundRubric(ctx, round)
	if err != nil {
		return nil, err
	}
	plan, err := d.Plan(round)
	if err != nil {
		return nil, err
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	byIndicator := make([][]ReviewRow, c.Engine.Len())
	err = d.eachHead(ctx, rows, p, func(h headRecord) error {
		base := ReviewRow{Unit: h.row.Unit, Team: plan.TeamOf(h.row.Unit.Code), Record: h.row.Hash, Revision: h.rec.Revision,
			Decided: roster.Entry(h.rec.Signer).Has(inspection.RoleBureau)}
		if base.Team == "" {
			base.Team = inspectorNames(h.rec)
		}
		open := d.undecided(ctx, h.rec, c)
		for i := range c.Engine.Len() {
			x := base
			x.Decided = base.Decided && !slices.Contains(open, c.Engine.Indicator(i).Code)
			byIndicator[i] = append(byIndicator[i], judged(x, h.rec, c, i)...)
		}
		return nil
	})
	var out []ReviewRow
	for _, list := range byIndicator {
		slices.SortStableFunc(list, func(a, b ReviewRow) int { return strings.Compare(a.Unit.Code, b.Unit.Code) })
		out = append(out, list...)
	}
	return out, err
}

func inspectorNames(r *inspection.Record) string {
	var names []string
	for _, p := range r.People.Inspectors {
		names = append(names, p.Name)
	}
	return strings.Join(names, "、")
}

// judged are the judgements in one indicator of a record.
func judged(row ReviewRow, rec *inspection.Record, c *inspection.Compiled, i int) []ReviewRow {
	ind := c.Engine.Indicator(i)
	e, has := rec.Entries[ind.Code]
	if !has || e.State != scoring.Checked {
		return nil
	}
	row.Indicator, row.Title, row.Full, row.Note, row.Reason = ind.Code, ind.Title, ind.Points, e.Note, rec.Reasons[ind.Code]
	row.Bonus = c.Engine.Part(i).Kind == scoring.Bonus
	bureau := ind.DecidedBy == "bureau"
	for _, m := range ind.Measures {
		if done, total, ok := e.Measures[m.Code].Counts(); ok {
			row.Facts = append(row.Facts, m.Code+" "+done.String()+"／"+total.String())
		}
	}
	var out []ReviewRow
	for k := range e.Findings {
		x := row
		x.Finding = &e.Findings[k]
		x.Rule = c.Engine.Rule(i, x.Finding.Rule)
		x.Evidence = evidenceOf(rec, append(slices.Clone(x.Finding.Evidence), e.Evidence...))
		switch {
		case bureau:
			x.Why = ReviewBureau
		case x.Rule == nil:
			x.Why = ReviewFree
		case x.Rule.Kind == scoring.Range:
			x.Why = ReviewRange
		case row.Bonus:
			x.Why = ReviewBonus
		default:
			continue // counted, not judged
		}
		if x.Rule != nil && x.Rule.Kind == scoring.Range {
			x.Min, x.Max = *x.Rule.Min, *x.Rule.Max
		}
		out = append(out, x)
	}
	if len(out) == 0 && bureau {
		row.Why, row.Evidence = ReviewBureau, evidenceOf(rec, e.Evidence)
		out = append(out, row)
	}
	return out
}

func evidenceOf(rec *inspection.Record, hashes []string) []inspection.EvidenceRef {
	var out []inspection.EvidenceRef
	for _, ref := range rec.Evidence {
		if slices.Contains(hashes, ref.SHA256) {
			out = append(out, ref)
		}
	}
	return out
}

// ReviewEdit is a change that the bureau makes to one judgement: other points or
// another count, another note, a finding taken away (Remove) or added (Finding
// is "" then, with Rule or Clause). A reason is always needed.
type ReviewEdit struct {
	Unit, Indicator, Finding string
	Rule, Clause             string // of a finding to add
	Points, Count            *scoring.Decimal
	Note                     *string
	Remove                   bool
	Reason                   string
}

// ReviewChoices turns edits of one unit into new entries with their reasons, as
// Amend takes them.
func (d *Desk) ReviewChoices(round, unit string, edits []ReviewEdit) (map[string]Choice, error) {
	rec, _, c, err := d.oneHead(round, unit)
	if err != nil {
		return nil, err
	}
	out := map[string]Choice{}
	for _, x := range edits {
		i, ok := c.Engine.Index(x.Indicator)
		if !ok || strings.TrimSpace(x.Reason) == "" {
			return nil, i18n.E("%s 的改动要写理由", x.Indicator)
		}
		ch, has := out[x.Indicator]
		if !has {
			e := clone(rec).Entries[x.Indicator]
			ch.Entry = &e
		}
		if err := x.apply(ch.Entry, c.Engine, i); err != nil {
			return nil, err
		}
		if !strings.Contains(ch.Reason, x.Reason) {
			ch.Reason = strings.TrimPrefix(ch.Reason+"；"+x.Reason, "；")
		}
		out[x.Indicator] = ch
	}
	return out, nil
}

func (x *ReviewEdit) apply(e *inspection.Entry, engine *scoring.Engine, i int) error {
	at := slices.IndexFunc(e.Findings, func(f inspection.Finding) bool { return f.ID == x.Finding })
	switch {
	case x.Finding == "" && x.Remove: // decided: no points
		begun(e)
		return nil
	case x.Finding == "":
		begun(e)
		e.Findings = append(e.Findings, inspection.Finding{ID: freeID(e), Rule: x.Rule, Clause: x.Clause})
		at = len(e.Findings) - 1
	case at < 0:
		return i18n.E("指标 %s 没有记录“%s”", x.Indicator, x.Finding)
	case x.Remove:
		e.Findings = slices.Delete(e.Findings, at, at+1)
		return nil
	}
	f := &e.Findings[at]
	if x.Note != nil {
		f.Note = *x.Note
	}
	rule := engine.Rule(i, f.Rule)
	if x.Count != nil {
		f.Count = *x.Count
	}
	if rule != nil && rule.Kind != scoring.Range {
		points, ok := rule.GivenBy(f.Count)
		if !ok {
			return i18n.E("规则 %s 不能这样计数", f.Rule)
		}
		f.Points = points
		return nil
	}
	if x.Points != nil {
		f.Points = *x.Points
	}
	return nil
}
