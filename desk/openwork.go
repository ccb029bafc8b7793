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

// Identity is an opened key, for those who call desk and know nothing of seal.
type Identity = seal.Identity

// OpenWork is one thing that is not settled yet: an objection, a return, an item
// to be put right, a change of lists that waits for its approval.
type OpenWork struct {
	Kind             inspection.ActKind // of the act that began it
	State, StateWord string
	Unit             inspection.Unit
	Act              string // hash
	Detail           string
	Until            string // day, "" for none
	Over             bool   // that day has passed
}

// OpenWork lists what is not settled in a round, by its day, then by unit.
func (d *Desk) OpenWork(round string) ([]OpenWork, error) {
	var out []OpenWork
	objections, err := d.Objections(round)
	if err != nil {
		return nil, err
	}
	for _, o := range objections {
		if o.State != ObjectionDone {
			out = append(out, OpenWork{Kind: inspection.ActObjection, State: string(o.State), StateWord: ObjectionWord(o.State), Unit: o.Unit, Act: o.Hash,
				Detail: claimWords(o.Claims)})
		}
	}
	returns, err := d.Returns(round)
	if err != nil {
		return nil, err
	}
	for _, r := range returns {
		if r.Again == "" {
			out = append(out, OpenWork{Kind: inspection.ActReturn, State: "out", StateWord: i18n.T("待重交"), Unit: r.Unit, Act: r.Hash,
				Detail: joined(sortedKeys(r.Act.Items)), Until: lastUntil(r.Act)})
		}
	}
	items, err := d.RectifyLedger(round)
	if err != nil {
		return nil, err
	}
	for _, i := range items {
		if i.Open() {
			out = append(out, OpenWork{Kind: inspection.ActRectify, State: string(i.State), StateWord: RectifyWord(i.State), Unit: i.Unit, Act: i.Notice,
				Detail: i.Indicator + " " + findingWords(&i), Until: i.Due})
		}
	}
	changes, err := d.ListChanges(round)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		if c.Pending() {
			out = append(out, OpenWork{Kind: inspection.ActListChange, State: "pending", StateWord: i18n.T("待审批"), Unit: c.Unit, Act: c.Hash, Detail: c.Words()})
		}
	}
	today := d.Today()
	for i := range out {
		out[i].Over = out[i].Until != "" && out[i].Until < today
	}
	slices.SortStableFunc(out, func(a, b OpenWork) int {
		return cmp.Or(cmp.Compare(dayOrLast(a.Until), dayOrLast(b.Until)), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	return out, nil
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
