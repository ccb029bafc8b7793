package desk

import (
	"cmp"
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Signer is an opened key, for those who call desk and know nothing of seal.
type Signer = seal.Signer

// OpenWork is one thing that is not settled yet: an objection, a return, an item
// to be put right, a change of lists that waits for its approval.
type OpenWork struct {
	Kind             inspection.ActKind // of the act that began it
	State, StateWord string
	Unit             inspection.Unit
	Act              string // hash
	Item             string // of a notice: which finding, by FindingKey
	Detail           string
	Until            string // day, "" for none
	Over             bool   // that day has passed
}

// After is all that followed the results of a round, with what of it is not
// settled.
type After struct {
	Objections []Objection
	Returns    []Return
	Items      []RectifyItem
	Changes    []ListChange
	Open       []OpenWork // by its day, then by unit
}

// After reads all that followed the results of a round.
func (d *Desk) After(round string) (After, error) {
	var a After
	var err error
	if a.Objections, err = d.Objections(round); err != nil {
		return a, err
	}
	if a.Returns, err = d.Returns(round); err != nil {
		return a, err
	}
	if a.Items, err = d.RectifyLedger(round); err != nil {
		return a, err
	}
	if a.Changes, err = d.ListChanges(round); err != nil {
		return a, err
	}
	a.Open = a.open(d.Today())
	return a, nil
}

// OpenWork lists what is not settled in a round, by its day, then by unit.
func (d *Desk) OpenWork(round string) ([]OpenWork, error) {
	a, err := d.After(round)
	return a.Open, err
}

func (a *After) open(today string) []OpenWork {
	var out []OpenWork
	for _, o := range a.Objections {
		if o.State != ObjectionDone {
			out = append(out, OpenWork{Kind: inspection.ActObjection, State: string(o.State), StateWord: ObjectionWord(o.State), Unit: o.Unit, Act: o.Hash,
				Detail: claimWords(o.Claims)})
		}
	}
	for _, r := range a.Returns {
		if r.Again == "" {
			out = append(out, OpenWork{Kind: inspection.ActReturn, State: "out", StateWord: i18n.T("待重交"), Unit: r.Unit, Act: r.Hash,
				Detail: joined(sortedKeys(r.Act.Items)), Until: lastUntil(r.Act)})
		}
	}
	for i := range a.Items {
		if x := &a.Items[i]; x.Open() {
			out = append(out, OpenWork{Kind: inspection.ActRectify, State: string(x.State), StateWord: RectifyWord(x.State), Unit: x.Unit, Act: x.Notice,
				Item: FindingKey(x.Indicator, x.Finding.ID), Detail: x.Indicator + " " + x.Words(), Until: x.Due})
		}
	}
	for _, c := range a.Changes {
		if c.Pending() {
			out = append(out, OpenWork{Kind: inspection.ActListChange, State: "pending", StateWord: i18n.T("待审批"), Unit: c.Unit, Act: c.Hash, Detail: c.Words()})
		}
	}
	for i := range out {
		out[i].Over = out[i].Until != "" && out[i].Until < today
	}
	slices.SortStableFunc(out, func(a, b OpenWork) int {
		return cmp.Or(cmp.Compare(dayOrLast(a.Until), dayOrLast(b.Until)), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	return out
}

// dayOrLast puts what has no day after what has one.
func dayOrLast(day string) string { return cmp.Or(day, "9") }

func lastUntil(a *inspection.Act) string {
	last := ""
	for _, x := range a.Items {
		last = max(last, x.Until)
	}
	return last
}

func claimWords(claims []Claim) string {
	var out []string
	for _, c := range claims {
		words := c.Indicator
		if c.Claim != "" {
			words += i18n.T("（主张 %s 分）", c.Claim)
		}
		out = append(out, words)
	}
	return joined(out)
}

// Words say what was found, by the record.
func (i *RectifyItem) Words() string { return findingWords(i) }

// Words say what a change of lists changes.
func (c *ListChange) Words() string {
	var out []string
	for _, m := range c.Changes {
		word := ListRemove
		if m.Add {
			word = ListAdd
		}
		out = append(out, word+m.List+"："+m.Why)
	}
	return joined(out)
}

// FindObject finds the one record or act whose hash begins with prefix.
func (d *Desk) FindObject(prefix string) (string, error) {
	objects, err := d.wb.Find(context.Background(), prefix)
	if err != nil {
		return "", err
	}
	if len(objects) != 1 {
		return "", i18n.E("“%s”不是唯一的一份评分表或行为记录", prefix)
	}
	return objects[0].Hash, nil
}

// FindAct finds the one act of a kind whose hash begins with prefix.
func (d *Desk) FindAct(kind inspection.ActKind, prefix string) (string, error) {
	objects, err := d.wb.Find(context.Background(), prefix)
	if err != nil {
		return "", err
	}
	objects = slices.DeleteFunc(objects, func(o store.Object) bool { return !o.Act || o.ActNode.Kind != kind })
	if len(objects) != 1 {
		return "", i18n.E("“%s”不是唯一的一份%s", prefix, KindWord(kind))
	}
	return objects[0].Hash, nil
}
