package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

// ObjectionState is how far an objection 异议 is.
type ObjectionState string

// The states of an objection.
const (
	ObjectionOpen   ObjectionState = "open"   // 待裁定
	ObjectionChange ObjectionState = "change" // 已裁定，待改分: no record names the ruling yet
	ObjectionDone   ObjectionState = "done"   // 办结
)

// Claim is what a unit claims of one indicator, and what was ruled.
type Claim struct {
	Indicator, Title string
	Text, Claim      string // the unit's words and the points it claims
	Ruled            string // the points as ruled, "" leaves them
	Why              string // reason of the ruling
}

// Objection is an objection of a unit with its ruling.
type Objection struct {
	Hash, Short string
	Act         *inspection.Act
	Unit        inspection.Unit
	Record      string // objected to
	Revision    int    // of it
	Served      string // 送达
	Until       string // last day to object, "" when the round has set none
	Received    string
	Late        bool // received after Until
	Claims      []Claim
	State       ObjectionState
	Ruling      *Ruling // nil while open
}

// Ruling 复核裁定 is the decision on an objection.
type Ruling struct {
	Hash, Short string
	Act         *inspection.Act
	Changes     []string // indicators whose points it changes
	Record      string   // the bureau's revision that names it, "" while there is none
	Fault       string   // why it cannot stand, e.g. decided by an inspector of the unit; "" if it can
}

// ObjectionEntry is an objection to be registered. Claims are by indicator: Text
// the reason, Claim the points claimed.
type ObjectionEntry struct {
	Record           string
	Served, Received string // days
	Number, Text     string // 来文文号
	Claims           map[string]inspection.ActItem
	By               inspection.Person // who speaks for the unit; the signer if empty
	Replaces         string            // an objection that was entered wrongly
	Scans            [][]byte
}

// RegisterObjection signs the objection of a unit. The last day to object is
// reckoned from the day of service by the working days that the round sets; when
// it sets none, the act carries no last day.
func (d *Desk) RegisterObjection(ctx context.Context, e ObjectionEntry, id seal.Signer, out string) (string, error) {
	rec, err := d.record(ctx, e.Record)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActObjection, Case: rec.Case(), About: []string{e.Record}, By: e.By, Number: e.Number, Date: e.Received,
		Valid: inspection.Period{From: e.Served}, Items: e.Claims, Text: e.Text, Replaces: e.Replaces}
	if a.Valid.To, err = d.lastDay(ctx, rec.Round.Code, e.Served); err != nil {
		return "", err
	}
	return d.issue(ctx, a, id, e.Scans, out)
}

// RulingEntry decides an objection. Items are by indicator: Text the reason,
// Claim the points as ruled ("" leaves them as they are).
type RulingEntry struct {
	Objection          string
	Decision           string
	Items              map[string]inspection.ActItem
	Text, Number, Date string
	By                 inspection.Person // who decided; the signer if empty
	Replaces           string
	Scans              [][]byte
}

// Rule signs the decision on an objection. Nobody decides who inspected the unit.
func (d *Desk) Rule(ctx context.Context, e RulingEntry, id seal.Signer, out string) (string, error) {
	o, err := d.act(e.Objection)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActRuling, Case: o.Case, About: append([]string{e.Objection}, o.About...), By: e.By, Number: e.Number,
		Date: e.Date, Replaces: e.Replaces, Items: e.Items, Decision: e.Decision, Text: e.Text}
	return d.issue(ctx, a, id, e.Scans, out)
}

// Objections are the objections of a round with their rulings, by unit.
func (d *Desk) Objections(round string) ([]Objection, error) {
	ctx := context.Background()
	s, err := d.actSet(ctx, store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	var out []Objection
	for _, x := range s.of(inspection.ActObjection) {
		o, err := d.objection(ctx, s, x)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b Objection) int { return strings.Compare(a.Unit.Code, b.Unit.Code) })
	return out, nil
}

func (d *Desk) objection(ctx context.Context, s *actSet, x ActInfo) (Objection, error) {
	o := Objection{Hash: x.Hash, Short: seal.Short(x.Hash), Act: x.Act, Unit: d.unitNamed(x.Act.Case.Unit), Record: x.Act.About[0],
		Served: x.Act.Valid.From, Until: x.Act.Valid.To, Received: x.Act.Date, State: ObjectionOpen}
	o.Late = o.Until != "" && o.Received > o.Until
	if rec, err := d.record(ctx, o.Record); err == nil {
		o.Revision, o.Unit = rec.Revision, rec.Unit
	} else if !store.IsNotFound(err) {
		return o, err
	}
	c, err := d.Compiled(x.Act.Case.Rubric)
	for _, code := range sortedKeys(x.Act.Items) {
		claim := Claim{Indicator: code, Text: x.Act.Items[code].Text, Claim: x.Act.Items[code].Claim}
		if err == nil {
			if i, ok := c.Engine.Index(code); ok {
				claim.Title = c.Engine.Indicator(i).Title
			}
		}
		o.Claims = append(o.Claims, claim)
	}
	rulings := s.onAny(inspection.ActRuling, s.line(x.Hash))
	if len(rulings) == 0 {
		return o, nil
	}
	r, err := d.ruling(ctx, rulings[len(rulings)-1])
	if err != nil {
		return o, err
	}
	for i := range o.Claims {
		item := r.Act.Items[o.Claims[i].Indicator]
		o.Claims[i].Ruled, o.Claims[i].Why = item.Claim, item.Text
	}
	o.Ruling = &r
	switch {
	case r.Fault != "": // it decides nothing
	case len(r.Changes) > 0 && r.Record == "":
		o.State = ObjectionChange
	default:
		o.State = ObjectionDone
	}
	return o, nil
}

func (d *Desk) ruling(ctx context.Context, x ActInfo) (Ruling, error) {
	r := Ruling{Hash: x.Hash, Short: seal.Short(x.Hash), Act: x.Act}
	if x.Act.Decision != inspection.Refused {
		for _, code := range sortedKeys(x.Act.Items) {
			if x.Act.Items[code].Claim != "" {
				r.Changes = append(r.Changes, code)
			}
		}
	}
	records, err := d.recordsOf(ctx, x.Act.Case)
	if err != nil {
		return r, err
	}
	for _, o := range records {
		rec, err := d.record(ctx, o.Hash)
		if err != nil {
			return r, err
		}
		if o.Standing != "" || !namesRuling(rec, &r) {
			continue
		}
		c, err := d.Compiled(o.Node.Case.Rubric)
		if err != nil {
			return r, err
		}
		if countsAsRuled(c, rec, &r) {
			r.Record = o.Hash
		}
	}
	if err := impartial(x.Act.By, records); err != nil {
		r.Fault = i18n.Person(err)
	}
	return r, nil
}

// recordsOf are the records of one case, those that do not count too.
func (d *Desk) recordsOf(ctx context.Context, key inspection.CaseKey) ([]store.Object, error) {
	list, err := d.wb.Revisions(ctx, key.Round, key.Unit)
	return slices.DeleteFunc(list, func(o store.Object) bool { return o.Node.Case != key }), err
}

// namesRuling tells whether a revision gives the ruling as the reason of each
// change that it asks for.
func namesRuling(rec *inspection.Record, r *Ruling) bool {
	words := rulingWords(r.Hash)
	return len(r.Changes) > 0 && !slices.ContainsFunc(r.Changes, func(code string) bool { return !strings.Contains(rec.Reasons[code], words) })
}

// countsAsRuled tells whether each changed indicator counts what was ruled.
func countsAsRuled(c *inspection.Compiled, rec *inspection.Record, r *Ruling) bool {
	res := c.Engine.Evaluate(rec.Sheet(c))
	for _, code := range r.Changes {
		ruled, ok := pointsOf(r.Act.Items[code].Claim)
		now := res.Indicator(code)
		if !ok || now == nil || now.Counted.Cmp(ruled) != 0 {
			return false
		}
	}
	return true
}

// pointsOf reads points that a person wrote, as a decimal or a fraction.
func pointsOf(text string) (scoring.Exact, bool) {
	d, err := scoring.ParseDecimal(text)
	if err != nil {
		return scoring.ParseExact(text)
	}
	var s scoring.Sum
	s.AddPoints(d)
	return s.Exact(), true
}

// rulingWords name a ruling in a record and on paper, in Chinese like everything
// that is signed.
func rulingWords(hash string) string { return "复核裁定 " + seal.Short(hash) }

// CorrectByRuling begins the revision that a ruling asks for, in the one way in
// which corrections are made: a draft whose reasons name the ruling. The bureau
// signs it.
func (d *Desk) CorrectByRuling(ruling string) (*Inspector, error) {
	a, err := d.act(ruling)
	if err != nil {
		return nil, err
	}
	in, err := d.Correct(a.Case.Round, a.Case.Unit)
	if err != nil {
		return nil, err
	}
	r, err := d.ruling(context.Background(), ActInfo{Hash: ruling, Act: a})
	if err != nil {
		return nil, err
	}
	for _, code := range r.Changes {
		why := rulingWords(ruling)
		if a.Number != "" {
			why += "（" + a.Number + "）"
		}
		if err := in.SetReason(code, why+"："+a.Items[code].Text); err != nil {
			return nil, err
		}
	}
	return in, nil
}

// OpinionView is what a unit said of one printed record.
type OpinionView struct {
	Hash     string
	Act      *inspection.Act
	Revision int  // of the record it is about
	Current  bool // that record is still the result
}

// Opinions are the opinions of a unit in a round: one on revision 1 stays one on
// revision 1 when there is a revision 2.
func (d *Desk) Opinions(round, unit string) ([]OpinionView, error) {
	ctx := context.Background()
	s, err := d.actSet(ctx, store.ActFilter{Round: round, Unit: unit, Kind: inspection.ActOpinion})
	if err != nil {
		return nil, err
	}
	heads := map[string]bool{}
	cases, err := d.wb.CasesOf(ctx, round, unit)
	for _, c := range cases {
		for _, h := range c.Heads {
			heads[h] = true
		}
	}
	var out []OpinionView
	for _, x := range s.of(inspection.ActOpinion) {
		o := OpinionView{Hash: x.Hash, Act: x.Act, Current: heads[x.Act.About[0]]}
		if rec, err := d.record(ctx, x.Act.About[0]); err == nil {
			o.Revision = rec.Revision
		}
		out = append(out, o)
	}
	return out, err
}
