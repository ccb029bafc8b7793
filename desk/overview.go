package desk

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
)

// RoundOverview says how far a round is at the bureau: what is expected, what
// came, and what somebody has to do something about.
type RoundOverview struct {
	Expected, Received, Conflicts, Provisional, Quarantined int
	QuarantinedElsewhere                                    int // in other rounds

	Missing     []inspection.Unit // have not handed in, in the round's order
	Waiting     []RankRow         // provisional, with their reasons
	Conflicting []RankRow
	Quarantine  []QuarantinedObject // of this round
	Apart       []ApartCase         // of this round, under another rubric or nature
	Teams       []TeamProgress
}

// QuarantinedObject is a record or act that does not count yet.
type QuarantinedObject struct {
	Hash, Short string
	Act         bool
	Unit        inspection.Unit
	Who         string // inspectors, as the record says
	Reason      string
}

// ApartCase is a result that the round does not rank: of a unit that is not on its list,
// or other records of the round on another rubric, or trial beside official.
type ApartCase struct {
	Unit  inspection.Unit
	Value string
	Why   string
}

// TeamProgress is how much of a team's work came in.
type TeamProgress struct {
	Team          string
	Units, Handed int
	MissingUnits  []inspection.Unit
}

// Overview is how far a round is at the bureau.
func (d *Desk) Overview(round string) (RoundOverview, error) {
	var o RoundOverview
	rows, err := d.ranked(round, "")
	if err != nil {
		return o, err
	}
	plan, err := d.Plan(round)
	if err != nil {
		return o, err
	}
	handed := map[string]bool{}
	for _, r := range rows {
		if r.Stranger {
			o.Apart = append(o.Apart, ApartCase{Unit: r.Unit, Value: r.Value, Why: r.Reason})
			continue
		}
		o.Expected++
		switch {
		case r.State == "":
			o.Missing = append(o.Missing, r.Unit)
			continue
		case r.State == inspection.CaseConflict:
			o.Conflicts++
			o.Conflicting = append(o.Conflicting, r)
		case len(r.Provisional) > 0:
			o.Provisional++
			o.Waiting = append(o.Waiting, r)
		}
		o.Received++
		handed[r.Unit.Code] = true
	}
	for _, t := range plan.Teams {
		o.Teams = append(o.Teams, progressOf(t, handed, o.Missing))
	}
	if err := d.quarantineOf(round, &o); err != nil {
		return o, err
	}
	return o, d.apartOf(round, &o)
}

func progressOf(t Team, handed map[string]bool, missing []inspection.Unit) TeamProgress {
	p := TeamProgress{Team: t.Name, Units: len(t.Units)}
	for _, u := range t.Units {
		if handed[u] {
			p.Handed++
			continue
		}
		for _, m := range missing {
			if m.Code == u {
				p.MissingUnits = append(p.MissingUnits, m)
			}
		}
	}
	return p
}

// quarantineOf lists what of this round is in quarantine, and counts the rest.
func (d *Desk) quarantineOf(round string, o *RoundOverview) error {
	list, err := d.wb.Quarantine(context.Background())
	if err != nil {
		return err
	}
	for _, q := range list {
		x := QuarantinedObject{Hash: q.Hash, Short: seal.Short(q.Hash), Act: q.Act, Reason: ReasonWords(q.Standing)}
		key := q.Node.Case
		if q.Act {
			key = q.ActNode.Case
		}
		if key.Round != round {
			o.QuarantinedElsewhere++
			continue
		}
		o.Quarantined++
		x.Unit, x.Who = inspection.Unit{Code: key.Unit, Name: q.Node.UnitName, Kind: q.Node.UnitKind}, strings.Join(q.Node.Inspectors, "、")
		if u, err := d.unit(key.Unit); err == nil {
			x.Unit = u
		}
		o.Quarantine = append(o.Quarantine, x)
	}
	return nil
}

// apartOf lists the cases of the round that are not ranked in it.
func (d *Desk) apartOf(round string, o *RoundOverview) error {
	ctx := context.Background()
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return err
	}
	rubric, trial, _, err := d.frame(ctx, round, cases)
	if err != nil {
		return err
	}
	for i := range cases {
		c := &cases[i]
		if c.Key.Rubric == rubric && c.Key.Trial == trial {
			continue
		}
		x := ApartCase{Unit: inspection.Unit{Code: c.Key.Unit, Name: c.UnitName, Kind: c.UnitKind}, Value: c.Value, Why: i18n.T("另一版指标体系")}
		if c.Key.Rubric == rubric {
			x.Why = i18n.T("正式")
			if c.Key.Trial {
				x.Why = i18n.T("试评")
			}
		}
		o.Apart = append(o.Apart, x)
	}
	return nil
}
