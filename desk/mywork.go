package desk

import (
	"context"
	"os"

	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// WorkItem is one thing that lies on this machine: a draft, or a record sealed
// here with its file.
type WorkItem struct {
	Round, RoundTitle string
	Unit              inspection.Unit
	Draft             bool
	Done, Total       int    // of a draft
	Revision          int    // of a record
	Short             string // code of the record
	At                string // last change of the draft, or the claimed time of sealing
	Path              string // of the file, "" if unknown
	Gone              bool   // the file is no longer there
	Receipt           string // when the bureau confirmed it, "" if not yet
}

// MyWork answers “我的工作在哪”: every draft and every record sealed here, in all
// rounds, with the file it was written to and whether the bureau has confirmed
// receipt.
func (d *Desk) MyWork() ([]WorkItem, error) {
	ctx := context.Background()
	titles, names, err := d.titles()
	if err != nil {
		return nil, err
	}
	var out []WorkItem
	drafts, err := d.wb.Drafts(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, x := range drafts {
		s := readSummary(x.Summary)
		out = append(out, WorkItem{Round: x.Round, RoundTitle: titles[x.Round], Unit: names(x.Unit), Draft: true, Done: s.done, Total: s.total,
			At: x.Updated.Local().Format("2006-01-02 15:04")})
	}
	receipts, err := d.receipts()
	if err != nil {
		return nil, err
	}
	sealed, err := d.wb.MadeHere(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range sealed {
		rec, err := d.record(ctx, o.Hash)
		if err != nil {
			return nil, err
		}
		w := WorkItem{Round: rec.Round.Code, RoundTitle: rec.Round.Title, Unit: rec.Unit, Revision: rec.Revision, Short: seal.Short(o.Hash),
			At: rec.Sealed, Path: d.Setting(settingSealed+o.Hash, ""), Receipt: receipts[o.Hash]}
		if w.Path != "" {
			_, err := os.Stat(w.Path)
			w.Gone = err != nil
		}
		out = append(out, w)
	}
	return out, nil
}

// titles are the rounds' titles by code, and a lookup of units.
func (d *Desk) titles() (map[string]string, func(string) inspection.Unit, error) {
	rounds, err := d.Rounds()
	if err != nil {
		return nil, nil, err
	}
	titles := map[string]string{}
	for _, r := range rounds {
		titles[r.Code] = r.Title
	}
	units, err := d.Units()
	if err != nil {
		return nil, nil, err
	}
	byCode := map[string]inspection.Unit{}
	for _, u := range units {
		byCode[u.Code] = u.Unit
	}
	return titles, func(code string) inspection.Unit {
		if u, ok := byCode[code]; ok {
			return u
		}
		return inspection.Unit{Code: code, Name: code}
	}, nil
}

// RegisteredLetter is a letter 行文 that the bureau registered for a unit.
type RegisteredLetter struct {
	Number, Date, Decision string
	Reason                 string // what it says of the indicator
	Valid                  inspection.Period
}

// Letters are the registered letters of the unit that speak of an indicator.
func (in *Inspector) Letters(code string) ([]RegisteredLetter, error) {
	return in.d.LettersOf(in.rec.Unit.Code, code)
}

// LettersOf are the registered letters of a unit that speak of an indicator, of
// any round, so that nobody types a number twice.
func (d *Desk) LettersOf(unit, code string) ([]RegisteredLetter, error) {
	s, err := d.actSet(context.Background(), store.ActFilter{Unit: unit, Kind: inspection.ActLetter})
	if err != nil {
		return nil, err
	}
	var out []RegisteredLetter
	for _, x := range s.of(inspection.ActLetter) {
		a := x.Act
		if item, speaks := a.Items[code]; speaks {
			out = append(out, RegisteredLetter{a.Number, a.Date, a.Decision, item.Text, a.Valid})
		}
	}
	return out, nil
}

// receipts are the times of the bureau's receipts that count, by record.
func (d *Desk) receipts() (map[string]string, error) {
	acts, err := d.countedActs(context.Background(), store.ActFilter{Kind: inspection.ActReceipt})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, x := range acts {
		if isService(x.Act) { // to the unit, not to the team
			continue
		}
		for _, h := range x.Act.About {
			out[h] = x.Act.Made
		}
	}
	return out, nil
}
