package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Event is one line of a unit's timeline: a record or an act.
type Event struct {
	At       string            `json:"at"` // as claimed, RFC 3339
	Round    string            `json:"round"`
	Kind     string            `json:"kind"` // "record", or the kind of the act
	Word     string            `json:"word"` // what people call it
	Who      string            `json:"who"`
	What     string            `json:"what"`
	Hash     string            `json:"sha256"`
	Short    string            `json:"short"`
	File     string            `json:"file"`            // of a record: where it was written on this machine, "" if not here
	Files    []string          `json:"files,omitempty"` // hashes of scans
	Standing inspection.Reason `json:"standing"`        // "" counts
	Replaced bool              `json:"replaced"`        // another act has taken its place
	Amends   bool              `json:"-"`               // it can be entered again
}

// Timeline is everything that is known of a unit in a round ("" is all rounds):
// every record and every act, also those that do not count, by their claimed
// times. The publications of the round that name it are among them.
func (d *Desk) Timeline(round, unit string) ([]Event, error) {
	ctx := context.Background()
	var out []Event
	objects, err := d.unitRecords(ctx, round, unit)
	if err != nil {
		return nil, err
	}
	for _, o := range objects {
		e, err := d.recordEvent(ctx, o)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	acts, err := d.actSet(ctx, store.ActFilter{Round: round, Unit: unit})
	if err != nil {
		return nil, err
	}
	for _, x := range acts.all {
		e := actEvent(x)
		e.Replaced = acts.gone[x.Hash]
		e.Amends = !e.Replaced && x.Standing == "" && Amendable(x.Act)
		out = append(out, e)
	}
	published, err := d.actSet(ctx, store.ActFilter{Round: round, Kind: inspection.ActPublication})
	if err != nil {
		return nil, err
	}
	for _, x := range published.all {
		for _, r := range x.Act.Rows {
			if r.Unit == unit {
				e := actEvent(x)
				e.What, e.Replaced = d.publishedWords(x.Act, r), published.gone[x.Hash]
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b Event) int {
		return cmp.Or(cmp.Compare(instant(a.At), instant(b.At)), cmp.Compare(a.Hash, b.Hash))
	})
	return out, nil
}

func (d *Desk) unitRecords(ctx context.Context, round, unit string) ([]store.Object, error) {
	if round != "" {
		return d.wb.Revisions(ctx, round, unit)
	}
	known, err := d.wb.KnownRounds(ctx)
	if err != nil {
		return nil, err
	}
	var out []store.Object
	for _, k := range known {
		list, err := d.wb.Revisions(ctx, k.Round, unit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func (d *Desk) recordEvent(ctx context.Context, o store.Object) (Event, error) {
	rec, err := d.record(ctx, o.Hash)
	if err != nil {
		return Event{}, err
	}
	e := Event{At: rec.Sealed, Round: rec.Round.Code, Kind: "record", Word: i18n.T("评分表"), Hash: o.Hash, Short: seal.Short(o.Hash), Standing: o.Standing,
		File: d.Setting(settingSealed+o.Hash, ""), Who: strings.Join(o.Node.Inspectors, i18n.T("、"))}
	e.What = i18n.T("第 %d 版，总分 %s", rec.Revision, o.Node.Value)
	if o.Node.Band != "" {
		e.What += " " + o.Node.Band
	}
	roster, err := d.Roster()
	if err != nil {
		return e, err
	}
	if s := roster.Entry(rec.Signer); s.Has(inspection.RoleBureau) {
		e.Who = s.Name
	}
	if why := reasonsOf(rec); why != "" {
		e.What += i18n.T("；") + why
	}
	return e, nil
}

func reasonsOf(rec *inspection.Record) string {
	var out []string
	for _, code := range sortedKeys(rec.Reasons) {
		out = append(out, code+" "+rec.Reasons[code])
	}
	return strings.Join(out, i18n.T("；"))
}

func actEvent(x ActInfo) Event {
	return Event{At: x.Act.Made, Round: x.Act.Case.Round, Kind: string(x.Act.Kind), Word: ActWord(x.Act), Who: x.Act.By.Name, What: ActSays(x.Act), Hash: x.Hash,
		Short: seal.Short(x.Hash), Files: x.Act.Files, Standing: x.Standing}
}

func (d *Desk) publishedWords(a *inspection.Act, r inspection.PublishedRow) string {
	value := r.Exact
	if c, err := d.Compiled(a.Case.Rubric); err == nil {
		value = exactValue(c, r.Exact)
	}
	words := i18n.T("%s 发布：第 %d 名，总分 %s", a.Items[itemScope].Text, r.Rank, value)
	if r.Rank == 0 {
		words = i18n.T("%s 发布：没有名次", a.Items[itemScope].Text)
	}
	if len(r.Lists) > 0 {
		words += " " + joined(r.Lists)
	}
	if a.Replaces != "" {
		words += i18n.T("（更正）")
	}
	return words
}
