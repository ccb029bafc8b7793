package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

// UnitState is how far the work on a unit is.
type UnitState string

// The states of a unit in a round.
const (
	NotStarted UnitState = "not_started" // 未开始
	InProgress UnitState = "in_progress" // 检查中
	ToSign     UnitState = "to_sign"     // 待签: nothing is missing any more
	CoSign     UnitState = "co_sign"     // 待补签: a second inspector must sign
	Signed     UnitState = "signed"      // 已签 here
	Returned   UnitState = "returned"    // 退回: the bureau sent it back
	// Merged is 已交: received from a team.
)

// UnitRow is a unit of a round with its present figures.
type UnitRow struct {
	Unit        inspection.Unit
	Initials    string // pinyin
	State       UnitState
	Done, Total int    // indicators
	Value, Band string // of the draft or of the result
	Lists       []string
	Provisional []string // reasons, and 冲突
	Revision    int
	DraftID     string
	Updated     string // time of the last change of the draft
	Previous    string // last round's value
	Who         string // inspectors, as the draft or the record says; before, the team it is planned for
	Wanted      string // last day to hand in again what the bureau sent back, "" if nothing is
}

// summary is what a list shows of a draft; it is kept beside the draft so that
// a list need not open it.
type summary struct {
	done, total int
	value, band string
	ready       bool
	who         string
}

func (s summary) String() string {
	return fmt.Sprintf("%d/%d\t%s\t%s\t%t\t%s", s.done, s.total, s.value, s.band, s.ready, s.who)
}

func readSummary(text string) summary {
	var s summary
	f := strings.Split(text, "\t")
	if len(f) == 4 { // written before names were kept
		f = append(f, "")
	}
	if len(f) != 5 {
		return s
	}
	if _, err := fmt.Sscanf(f[0], "%d/%d", &s.done, &s.total); err != nil {
		return summary{}
	}
	s.value, s.band, s.ready, s.who = f[1], f[2], f[3] == "true", f[4]
	return s
}

func (in *Inspector) summary(rec *inspection.Record) summary {
	res := in.c.Engine.Evaluate(rec.Sheet(in.c))
	s := summary{total: in.c.Engine.Len(), value: res.Total.Value(), band: res.Band, ready: res.Complete}
	var names []string
	for _, p := range rec.People.Inspectors {
		names = append(names, p.Name)
	}
	s.who = strings.Join(strings.Fields(strings.Join(names, " ")), "、")
	for _, e := range rec.Entries {
		if e.State != scoring.Unchecked {
			s.done++
		}
	}
	if s.ready { // 待签 only where nothing stands in the way of signing
		x := *in
		x.rec, x.result = rec, nil
		s.ready = !slices.ContainsFunc(append(x.unreasonedGaps(), x.Gaps()...), func(g inspection.Gap) bool { return g.Blocking })
	}
	return s
}

// UnitList is the list of a round: its units, or all when the round names
// none, each with draft, result and last round's value.
func (d *Desk) UnitList(round string) ([]UnitRow, error) {
	ctx := context.Background()
	r, err := d.Round(round)
	if err != nil {
		return nil, err
	}
	units, err := d.roundUnits(r)
	if err != nil {
		return nil, err
	}
	drafts, err := d.wb.Drafts(ctx, round)
	if err != nil {
		return nil, err
	}
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	objects, err := d.wb.Revisions(ctx, round, "")
	if err != nil {
		return nil, err
	}
	draftOf := map[string]store.DraftRow{}
	for _, x := range drafts {
		draftOf[x.Unit] = x
	}
	caseOf := map[string]*store.CaseView{}
	for i, c := range cases {
		if c.Key.Rubric == r.RubricHash && c.Key.Trial == r.Trial {
			caseOf[c.Key.Unit] = &cases[i]
		}
	}
	known := map[string][]store.Object{}
	for _, o := range objects {
		known[o.Node.Case.Unit] = append(known[o.Node.Case.Unit], o)
	}
	returned, err := d.returned(round)
	if err != nil {
		return nil, err
	}
	previous := d.valuesOf(ctx, d.previousRound(round))
	c, err := d.Compiled(r.RubricHash)
	if err != nil {
		return nil, err
	}
	plan, err := d.Plan(round)
	if err != nil {
		return nil, err
	}
	rows := make([]UnitRow, 0, len(units))
	for _, u := range units {
		row := UnitRow{Unit: u.Unit, Initials: u.Initials, State: NotStarted, Total: c.Engine.Len(), Previous: previous[u.Code]}
		if objs := known[u.Code]; len(objs) > 0 {
			d.outcome(ctx, &row, objs, caseOf[u.Code], r)
			if c := caseOf[u.Code]; c != nil {
				if until, back := returned[c.Head()]; back {
					row.State, row.Wanted = Returned, until
				}
			}
		}
		if x, has := draftOf[u.Code]; has {
			row.draft(x)
		}
		if row.Who == "" { // nobody began yet: whose turn it is
			row.Who = plan.TeamOf(u.Code)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// roundUnits are the units a round visits, in its order.
func (d *Desk) roundUnits(r RoundInfo) ([]UnitInfo, error) {
	all, err := d.Units()
	if err != nil || len(r.Units) == 0 {
		return all, err
	}
	byCode := map[string]UnitInfo{}
	for _, u := range all {
		byCode[u.Code] = u
	}
	out := make([]UnitInfo, 0, len(r.Units))
	for _, code := range r.Units {
		u, has := byCode[code]
		if !has {
			u.Unit = inspection.Unit{Code: code, Name: code}
		}
		out = append(out, u)
	}
	return out, nil
}

func (row *UnitRow) draft(x store.DraftRow) {
	s := readSummary(x.Summary)
	row.DraftID, row.Updated = x.ID, x.Updated.Local().Format("2006-01-02 15:04")
	if s.who != "" {
		row.Who = s.who
	}
	row.Done, row.Total, row.Value, row.Band, row.State = s.done, max(s.total, row.Total), s.value, s.band, InProgress
	switch {
	case s.ready:
		row.State = ToSign
	case s.done == 0 && row.Revision == 0:
		row.State = NotStarted
	}
}

// outcome fills in what is sealed: here or received, counted or not.
func (d *Desk) outcome(ctx context.Context, row *UnitRow, objs []store.Object, c *store.CaseView, r RoundInfo) {
	last := objs[len(objs)-1]
	row.State, row.Done = Merged, row.Total
	for _, o := range objs {
		if o.Batch == 0 {
			row.State, last = Signed, o
		}
	}
	row.Who = strings.Join(last.Node.Inspectors, "、")
	row.Revision, row.Value, row.Band, row.Lists = last.Node.Revision, last.Node.Value, last.Node.Band, last.Node.Lists
	if c != nil && c.State == inspection.CaseConflict {
		row.Value, row.Band, row.Lists, row.Provisional = "—", "", nil, []string{"冲突"}
		return
	}
	if c != nil && c.State == inspection.CaseResult {
		row.Revision, row.Value, row.Band, row.Lists = c.Revision, c.Value, c.Band, c.Lists
		for _, p := range c.Provisional {
			row.Provisional = append(row.Provisional, string(p))
			if p == inspection.AwaitsSignature {
				row.State = CoSign
			}
		}
		return
	}
	// Without a roster nobody's signature counts yet; how many signed is still
	// a fact.
	if sigs, err := d.wb.Signatures(ctx, last.Hash); err == nil && row.State == Signed && len(sigs) < r.SignersNeeded() {
		row.State = CoSign
	}
}

// returned are the records that the bureau sent back (acts of kind return that
// count), with the last day they are wanted; a newer revision is another record and
// is not returned.
func (d *Desk) returned(round string) (map[string]string, error) {
	s, err := d.actSet(context.Background(), store.ActFilter{Round: round, Kind: inspection.ActReturn})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, x := range s.of(inspection.ActReturn) {
		for _, h := range x.Act.About {
			out[h] = max(out[h], lastUntil(x.Act))
		}
	}
	return out, nil
}

// valuesOf are the values of a round's results by unit.
func (d *Desk) valuesOf(ctx context.Context, round string) map[string]string {
	out := map[string]string{}
	if round == "" {
		return out
	}
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return out
	}
	for _, c := range cases {
		if c.State == inspection.CaseResult {
			out[c.Key.Unit] = c.Value
		}
	}
	return out
}
