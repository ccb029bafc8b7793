package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/store"
)

// Inspector is one draft being worked on. Each change is validated, saved by
// one commit before the method returns nil, and can be undone, also after a
// restart. On an error nothing changed. It is not for concurrent use.
type Inspector struct {
	d        *Desk
	c        *inspection.Compiled
	round    RoundInfo
	rec      *inspection.Record
	last     *inspection.Record // last round's
	lastHash string
	figures  []inspection.Figure // of platforms
	before   *inspection.Record  // the revision this one corrects
	sheet    *scoring.Sheet      // of rec, kept while one entry after the other changes; nil to make it anew
	result   *scoring.Result
	undo     string
	redo     string
	saved    time.Time
	trying   bool  // what-if: nothing is saved
	unsaved  error // why the last change is in memory only
}

// Inspect opens the draft of a unit, or begins one. A unit that is sealed here
// gives ErrSealed; Correct begins a correction of it.
func (d *Desk) Inspect(round, unit string) (*Inspector, error) {
	in, err := d.prepare(round, unit)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	rows, err := d.wb.Drafts(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Unit == unit {
			return in, in.load(ctx, row.ID)
		}
	}
	revisions, err := d.wb.Revisions(ctx, round, unit)
	if err != nil {
		return nil, err
	}
	if len(revisions) > 0 {
		return nil, i18n.E("%s 已经签发。要更正请选择“更正”，会产生新的版次", in.rec.Unit.Name, ErrSealed)
	}
	return in, in.begin(ctx)
}

// ErrSealed says that a unit has a sealed record and no open draft.
var ErrSealed = errors.New("unit is sealed")

// Correct begins the next revision of a sealed record: a draft with the same
// entries and the old record as its parent.
func (d *Desk) Correct(round, unit string) (*Inspector, error) {
	in, err := d.Inspect(round, unit)
	if !errors.Is(err, ErrSealed) {
		return in, err
	}
	if in, err = d.prepare(round, unit); err != nil {
		return nil, err
	}
	ctx := context.Background()
	c, found, err := d.wb.Case(ctx, inspection.CaseKey{Round: round, Rubric: in.c.Hash, Trial: in.round.Trial, Unit: unit})
	if err != nil {
		return nil, err
	}
	if !found || len(c.Heads) != 1 {
		return nil, i18n.E("这个单位没有唯一的有效结果，不能在这里更正")
	}
	old, err := d.record(ctx, c.Heads[0])
	if err != nil {
		return nil, err
	}
	rec := clone(old)
	rec.Revision, rec.Parents = old.Revision+1, []string{c.Heads[0]}
	rec.Signer, rec.Sealed, rec.Claimed, rec.Previous, rec.Counter, rec.Follows, rec.Reasons = "", "", nil, nil, 0, "", nil
	in.rec, in.before = rec, old
	return in, in.begin(ctx)
}

// prepare makes an empty draft of the unit, not saved yet.
func (d *Desk) prepare(round, unit string) (*Inspector, error) {
	r, err := d.roundHead(round)
	if err != nil {
		return nil, err
	}
	c, err := d.Compiled(r.RubricHash)
	if err != nil {
		return nil, err
	}
	u, err := d.unit(unit)
	if err != nil {
		return nil, err
	}
	in := &Inspector{d: d, c: c, round: r}
	in.rec = &inspection.Record{Format: inspection.RecordFormat, ID: d.newID(), Revision: 1, Parents: []string{},
		Rubric: inspection.RubricRef{Code: c.Rubric.Code, SHA256: c.Hash}, Round: r.Round, Unit: u, Entries: map[string]inspection.Entry{}}
	if before := d.previousRound(round); before != "" {
		if in.last, in.lastHash, err = d.lastOf(before, unit, c, r.Trial); err != nil {
			return nil, err
		}
	}
	in.figures, err = d.figuresOf(round, unit)
	return in, err
}

// lastOf is the result of a unit in the round before, as far as it speaks of the same
// indicators: codes are used again for other things when a rubric is renamed, and
// their findings must neither be offered nor compared.
func (d *Desk) lastOf(round, unit string, c *inspection.Compiled, trial bool) (*inspection.Record, string, error) {
	ctx := context.Background()
	x, found, err := d.wb.Case(ctx, inspection.CaseKey{Round: round, Rubric: c.Hash, Trial: trial, Unit: unit})
	if err != nil {
		return nil, "", err
	}
	if found && x.Head() != "" {
		if rec, err := d.record(ctx, x.Head()); err == nil {
			return rec, x.Head(), nil
		}
	}
	rec, hash := d.lastRecord(round, unit)
	if rec == nil || rec.Rubric.SHA256 == c.Hash {
		return rec, hash, nil
	}
	old, err := d.Compiled(rec.Rubric.SHA256)
	if err != nil {
		return nil, "", nil // its rubric is not here: nobody can say what the codes meant
	}
	rec, err = carried(clone(rec), old, c)
	return rec, hash, err
}

// carried keeps of a record on another rubric what means the same on this one:
// findings of indicators that did not change at all, measures of the same words under
// an indicator of the same title.
func carried(rec *inspection.Record, old, c *inspection.Compiled) (*inspection.Record, error) {
	was, err := old.Digests()
	if err != nil {
		return nil, err
	}
	is, err := c.Digests()
	if err != nil {
		return nil, err
	}
	for code, e := range rec.Entries {
		i, here := c.Engine.Index(code)
		j, there := old.Engine.Index(code)
		if !here || !there || c.Engine.Indicator(i).Title != old.Engine.Indicator(j).Title {
			delete(rec.Entries, code)
			continue
		}
		if was[code] != is[code] {
			e.Findings = nil
		}
		labels := map[string]string{}
		for _, m := range c.Engine.Indicator(i).Measures {
			labels[m.Code] = m.Label
		}
		for _, m := range old.Engine.Indicator(j).Measures {
			if labels[m.Code] != m.Label {
				delete(e.Measures, m.Code)
			}
		}
		rec.Entries[code] = e
	}
	return rec, nil
}

// lastRecord is the one record that counts for a unit in a round with its
// hash, or nil.
func (d *Desk) lastRecord(round, unit string) (*inspection.Record, string) {
	ctx := context.Background()
	cases, err := d.wb.CasesOf(ctx, round, unit)
	if err != nil {
		return nil, ""
	}
	for _, c := range cases {
		if h := c.Head(); h != "" {
			if r, err := d.record(ctx, h); err == nil {
				return r, h
			}
		}
	}
	return nil, ""
}

func (d *Desk) record(ctx context.Context, hash string) (*inspection.Record, error) {
	b, err := d.wb.Record(ctx, hash)
	if err != nil {
		return nil, err
	}
	return inspection.ReadRecord(b)
}

// begin saves the first state of a draft.
func (in *Inspector) begin(ctx context.Context) error {
	step, err := in.step(in.rec, "")
	if err != nil {
		return err
	}
	if err := in.d.wb.NewDraft(ctx, in.rec.ID, in.round.Code, in.rec.Unit.Code, in.c.Hash, step); err != nil {
		return err
	}
	return in.load(ctx, in.rec.ID)
}

// load takes the draft as it is in the workbook.
func (in *Inspector) load(ctx context.Context, id string) error {
	draft, err := in.d.wb.Draft(ctx, id)
	if err != nil {
		return err
	}
	return in.take(ctx, draft)
}

func (in *Inspector) take(ctx context.Context, draft store.Draft) error {
	rec, err := inspection.ReadRecord(draft.JSON)
	if err != nil {
		return fmt.Errorf("draft %s: %w", draft.ID, err)
	}
	if rec.Entries == nil {
		rec.Entries = map[string]inspection.Entry{}
	}
	// What the bureau sets for the round may have changed since the draft began:
	// a deadline entered later must count, or the draft could never be sealed.
	rec.Round = in.round.Round
	if len(rec.Parents) > 0 && in.before == nil {
		if in.before, err = in.d.record(ctx, rec.Parents[0]); err != nil {
			in.before = nil
		}
	}
	in.rec, in.undo, in.redo, in.saved = rec, draft.Undo, draft.Redo, draft.Updated
	in.sheet, in.result = nil, nil
	return nil
}

// clone is a deep copy by way of the canonical form.
func clone(r *inspection.Record) *inspection.Record {
	b, err := canon.Encode(r)
	if err != nil {
		return r // cannot happen: it was encoded before
	}
	out := &inspection.Record{}
	if err := canon.Decode(b, out); err != nil {
		return r
	}
	if out.Entries == nil {
		out.Entries = map[string]inspection.Entry{}
	}
	return out
}

// Record is the draft; read only.
func (in *Inspector) Record() *inspection.Record { return in.rec }

// Compiled is the round's rubric.
func (in *Inspector) Compiled() *inspection.Compiled { return in.c }

// Round is the round the draft belongs to.
func (in *Inspector) Round() RoundInfo { return in.round }

// Last is the unit's record of the round before, or nil.
func (in *Inspector) Last() *inspection.Record { return in.last }

// Corrects is the revision that this draft corrects, or nil.
func (in *Inspector) Corrects() *inspection.Record { return in.before }

// Result is the live score with its derivation.
func (in *Inspector) Result() *scoring.Result {
	if in.result == nil {
		if in.sheet == nil {
			in.sheet = in.rec.Sheet(in.c)
		}
		in.result = in.c.Engine.Explain(in.sheet)
	}
	return in.result
}

// Gaps is what is still missing before sealing.
func (in *Inspector) Gaps() []inspection.Gap {
	return append(append(in.reasonGaps(), in.shrunkGaps()...), in.rec.Gaps(in.c)...)
}
