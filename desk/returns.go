package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Return 退回 is a record sent back to its team.
type Return struct {
	Hash, Short string
	Act         *inspection.Act // items: by indicator what is wrong and until when
	Unit        inspection.Unit
	Record      string // sent back
	Revision    int
	Again       string // the result that came back for it, "" while it is out
	Changed     []string
	Untouched   []string // asked for and not changed
	Beyond      []string // changed without being asked
	Changes     []ReturnChange
}

// ReturnChange is one indicator that is not as it was when the record was sent back.
type ReturnChange struct {
	Indicator, Title string
	Asked            bool
	Was, Is          *inspection.Entry // nil: it was not checked
	Lost, Loses      string            // what it counted and counts now
}

// Wanted is an indicator that a team is to hand in again.
type Wanted struct {
	Indicator, Text, Until, By string
}

// WantedAgain are the indicators of a unit that the bureau sent back and that have
// not come back, by the day they are wanted.
func (d *Desk) WantedAgain(round, unit string) ([]Wanted, error) {
	list, err := d.returnsOf(context.Background(), store.ActFilter{Round: round, Unit: unit, Kind: inspection.ActReturn})
	if err != nil {
		return nil, err
	}
	var out []Wanted
	for _, r := range list {
		if r.Again != "" {
			continue
		}
		for _, code := range sortedKeys(r.Act.Items) {
			x := r.Act.Items[code]
			out = append(out, Wanted{code, x.Text, x.Until, r.Act.By.Name})
		}
	}
	slices.SortStableFunc(out, func(a, b Wanted) int { return strings.Compare(dayOrLast(a.Until), dayOrLast(b.Until)) })
	return out, nil
}

// ReturnEntry sends a record back. Items say for each indicator what is wrong
// and until when it is wanted.
type ReturnEntry struct {
	Record   string
	Items    map[string]inspection.ActItem
	Text     string
	Replaces string // a return that was wrong
}

// SendBack signs the return of a record to its team; the pack written to out
// goes to the team.
func (d *Desk) SendBack(ctx context.Context, e ReturnEntry, id seal.Signer, out string) (string, error) {
	rec, err := d.record(ctx, e.Record)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActReturn, Case: rec.Case(), About: []string{e.Record}, Items: e.Items, Text: e.Text, Replaces: e.Replaces}
	return d.issue(ctx, a, id, nil, out)
}

// Returns are the returns of a round with what came back.
func (d *Desk) Returns(round string) ([]Return, error) {
	return d.returnsOf(context.Background(), store.ActFilter{Round: round, Kind: inspection.ActReturn})
}

func (d *Desk) returnsOf(ctx context.Context, f store.ActFilter) ([]Return, error) {
	s, err := d.actSet(ctx, f)
	if err != nil {
		return nil, err
	}
	var out []Return
	for _, x := range s.of(inspection.ActReturn) {
		r := Return{Hash: x.Hash, Short: seal.Short(x.Hash), Act: x.Act, Record: x.Act.About[0], Unit: d.unitNamed(x.Act.Case.Unit)}
		if err := d.cameBack(ctx, &r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// cameBack compares the record sent back with the result that builds on it.
func (d *Desk) cameBack(ctx context.Context, r *Return) error {
	old, err := d.record(ctx, r.Record)
	if err != nil {
		return notFoundIsFine(err)
	}
	r.Revision, r.Unit = old.Revision, old.Unit
	c, found, err := d.wb.Case(ctx, r.Act.Case)
	if err != nil || !found || c.Head() == "" || c.Head() == r.Record {
		return err
	}
	again, err := d.record(ctx, c.Head())
	if err != nil {
		return err
	}
	if builds, err := d.descends(ctx, again, r.Record); err != nil || !builds {
		return err
	}
	r.Again = c.Head()
	diff, err := inspection.Compare(nil, old, again)
	if err != nil {
		return err
	}
	k, err := d.Compiled(again.Rubric.SHA256)
	if err != nil {
		return err
	}
	was, is := old.Score(k), again.Score(k)
	for _, x := range diff {
		r.Changed = append(r.Changed, x.Indicator)
		_, asked := r.Act.Items[x.Indicator]
		if !asked {
			r.Beyond = append(r.Beyond, x.Indicator)
		}
		change := ReturnChange{Indicator: x.Indicator, Asked: asked, Was: x.Heads[0], Is: x.Heads[1], Lost: counted(was.Indicator(x.Indicator)), Loses: counted(is.Indicator(x.Indicator))}
		if n, ok := k.Engine.Index(x.Indicator); ok {
			change.Title = k.Engine.Indicator(n).Title
		}
		r.Changes = append(r.Changes, change)
	}
	for _, code := range sortedKeys(r.Act.Items) {
		if !slices.Contains(r.Changed, code) {
			r.Untouched = append(r.Untouched, code)
		}
	}
	return nil
}

// descends tells whether a record has another among its ancestors.
func (d *Desk) descends(ctx context.Context, rec *inspection.Record, hash string) (bool, error) {
	seen := map[string]bool{}
	for todo := slices.Clone(rec.Parents); len(todo) > 0; {
		h := todo[0]
		if todo = todo[1:]; h == hash {
			return true, nil
		}
		if seen[h] {
			continue
		}
		seen[h] = true
		p, err := d.record(ctx, h)
		if store.IsNotFound(err) {
			continue
		}
		if err != nil {
			return false, err
		}
		todo = append(todo, p.Parents...)
	}
	return false, nil
}

func notFoundIsFine(err error) error {
	if store.IsNotFound(err) {
		return nil
	}
	return err
}

// ReceiptResult is one file of receipts.
type ReceiptResult struct {
	Inspector string `json:"inspector"`
	Records   int    `json:"records"`
	File      string `json:"file"`
}

// Confirm signs a receipt 回执 for each record of a round that a team handed in
// and that has none yet, and writes one pack for each inspector into dir, to go
// back with the stick. On an error the receipts already signed stay; the next
// call goes on from there.
func (d *Desk) Confirm(ctx context.Context, round string, id seal.Signer, dir string, p Progress) ([]ReceiptResult, error) {
	have, err := d.receipts()
	if err != nil {
		return nil, err
	}
	objects, err := d.wb.Revisions(ctx, round, "")
	if err != nil {
		return nil, err
	}
	objects = slices.DeleteFunc(objects, func(o store.Object) bool { return o.Batch == 0 || have[o.Hash] != "" })
	slices.SortStableFunc(objects, func(a, b store.Object) int { return strings.Compare(a.Node.Signer, b.Node.Signer) })
	var out []ReceiptResult
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	for n := 0; n < len(objects); {
		end := n
		for end < len(objects) && objects[end].Node.Signer == objects[n].Node.Signer {
			end++
		}
		who := objects[n].Node.Signer[:8]
		if e := roster.Entry(objects[n].Node.Signer); e != nil {
			who = e.Name
		}
		var made []string
		for i, o := range objects[n:end] {
			if err := ctx.Err(); err != nil {
				return out, err
			}
			p.report(n+i+1, len(objects), o.Node.UnitName)
			a := inspection.Act{Kind: inspection.ActReceipt, Case: o.Node.Case, About: []string{o.Hash}, Text: "已收到"}
			h, err := d.issue(ctx, a, id, nil, "")
			if err != nil {
				return out, err
			}
			made = append(made, h)
		}
		r := ReceiptResult{Inspector: who, Records: end - n, File: receiptFile(dir, round, who, objects[n].Node.Signer)}
		if err := d.PackActs(ctx, made, id, r.File); err != nil {
			return out, err
		}
		out = append(out, r)
		n = end
	}
	return out, nil
}
