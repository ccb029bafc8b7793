package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/store"
)

// Join takes the drafts of a pack. What only the others checked is taken; what both
// checked alike is united; where they differ the choices decide, and without all of
// them nothing is joined. Every joined draft is one change, which undo takes back.
func (d *Desk) Join(ctx context.Context, j *Joining, choices JoinChoices) error {
	if open := choices.Open(j); len(open) > 0 {
		return i18n.E("还有 %d 处两边不同，没有选择：%s。没有合入", len(open), strings.Join(open, i18n.T("、")))
	}
	for _, name := range j.pack.Names() {
		if h, ok := strings.CutSuffix(name, ".bin"); ok {
			b := j.pack.File(name)
			if canon.Hash(b) != h {
				continue
			}
			if _, err := d.wb.PutEvidence(ctx, b, mediaType(b), nil); err != nil {
				return err
			}
		}
		if strings.HasSuffix(name, ".rubric.json") {
			if err := d.wb.TakeRubric(ctx, j.pack.File(name)); err != nil {
				return err
			}
		}
	}
	for i := range j.Drafts {
		x := &j.Drafts[i]
		if err := d.joinDraft(ctx, x, choices[x.Unit.Code]); err != nil {
			return i18n.E("%s 没有合进来：%s", x.Unit.Name, err)
		}
	}
	return nil
}

func (d *Desk) joinDraft(ctx context.Context, x *DraftJoin, choices map[string]JoinChoice) error {
	if err := d.knowPlace(x); err != nil {
		return err
	}
	in, err := d.Inspect(x.Round.Code, x.Unit.Code)
	if errors.Is(err, ErrSealed) && len(x.Theirs.Parents) > 0 {
		in, err = d.Correct(x.Round.Code, x.Unit.Code)
	}
	if err != nil {
		return err
	}
	if x.New && in.rec.ID != x.Theirs.ID { // nothing is here: the inspection keeps its id
		if err := d.wb.DropDraft(ctx, in.rec.ID); err != nil {
			return err
		}
		in.rec = clone(x.Theirs)
		return in.begin(ctx)
	}
	take := x.Take
	if x.New {
		take = sortedKeys(x.Theirs.Entries)
	}
	return in.change(i18n.T("合入交接的草稿"), func(r *inspection.Record) error {
		for _, code := range take {
			r.Entries[code] = withNoted(x.Theirs.Entries[code], undone(r.Entries[code]))
			takeReason(r, x.Theirs, code, SideTheirs)
		}
		for _, code := range x.Same {
			r.Entries[code] = joinedEntry(in.c, code, r.Entries[code], x.Theirs.Entries[code], JoinChoice{SideMine, SideBoth})
			takeReason(r, x.Theirs, code, SideBoth)
		}
		for _, c := range x.Clash {
			ch := choices[c.Code]
			r.Entries[c.Code] = joinedEntry(in.c, c.Code, c.Mine, c.Theirs, ch)
			takeReason(r, x.Theirs, c.Code, ch.Values)
		}
		for _, code := range x.Add {
			r.Entries[code] = withNoted(r.Entries[code], x.Theirs.Entries[code])
		}
		for _, e := range x.Theirs.Evidence {
			if !slices.ContainsFunc(r.Evidence, func(h inspection.EvidenceRef) bool { return h.SHA256 == e.SHA256 }) {
				r.Evidence = append(r.Evidence, e)
			}
		}
		joinHead(r, x.Theirs)
		return nil
	})
}

// takeReason takes why an indicator was corrected: theirs with their values, and
// both where both count or nothing is written here.
func takeReason(r, theirs *inspection.Record, code string, side Side) {
	why := theirs.Reasons[code]
	switch {
	case why == "" || side == SideMine && r.Reasons[code] != "":
		return
	case side != SideTheirs:
		why = joinNotes(r.Reasons[code], why)
	}
	if r.Reasons == nil {
		r.Reasons = map[string]string{}
	}
	r.Reasons[code] = why
}

// undone is an entry that was begun and not checked; one that was checked and
// lost the choice brings nothing.
func undone(e inspection.Entry) inspection.Entry {
	if done(e) {
		return inspection.Entry{}
	}
	return e
}

// addsTo tells whether notes, files or ticks of b are not in a.
func addsTo(a, b inspection.Entry) bool {
	x, err := canon.Encode(withNoted(a, b))
	y, err2 := canon.Encode(a)
	return err == nil && err2 == nil && string(x) != string(y)
}

// withNoted is an entry with what was noted elsewhere without checking: the note
// below its own, the files, and the ticks it has not.
func withNoted(e, begun inspection.Entry) inspection.Entry {
	if e.State == "" {
		e.State = scoring.Unchecked
	}
	e.Note = joinNotes(e.Note, begun.Note)
	e.Evidence = union(e.Evidence, begun.Evidence)
	e.Aspects = union(e.Aspects, begun.Aspects)
	materials := maps.Clone(begun.Materials)
	if materials == nil {
		return e
	}
	maps.Copy(materials, e.Materials)
	e.Materials = materials
	return e
}

// union is a list with what it lacks of another at its end.
func union(list, more []string) []string {
	out := slices.Clone(list)
	for _, x := range more {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// joinHead fills what is not known here: visit and people.
func joinHead(r, theirs *inspection.Record) {
	fill(&r.Visit, theirs.Visit)
	r.People.Inspectors = addPeople(r.People.Inspectors, theirs.People.Inspectors)
	r.People.Escorts = addPeople(r.People.Escorts, theirs.People.Escorts)
	if r.People.UnitHead == (inspection.Person{}) {
		r.People.UnitHead = theirs.People.UnitHead
	}
	if r.People.Liaison == (inspection.Person{}) {
		r.People.Liaison = theirs.People.Liaison
	}
}

// addPeople adds who is not among the people yet.
func addPeople(list, more []inspection.Person) []inspection.Person {
	for _, p := range more {
		if !slices.ContainsFunc(list, func(x inspection.Person) bool { return x.Number == p.Number && x.Name == p.Name }) {
			list = append(list, p)
		}
	}
	return list
}

// knowPlace makes round and unit known here, for a laptop that was not prepared.
func (d *Desk) knowPlace(x *DraftJoin) error {
	if _, err := d.Round(x.Round.Code); isNotFound(err) {
		if err := d.PutRound(RoundInfo{Round: x.Round, RubricHash: x.Theirs.Rubric.SHA256}); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if _, err := d.unit(x.Unit.Code); err == nil {
		return nil
	}
	return d.wb.PutUnits(context.Background(), []store.UnitRow{{Code: x.Unit.Code, Name: x.Unit.Name, Kind: x.Unit.Kind, Pinyin: Initials(x.Unit.Name)}})
}
