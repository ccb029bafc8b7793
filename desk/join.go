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

// Join takes the drafts of a pack. What only the others checked is taken; where
// both did and differ, the choice decides. What either side photographed stays.
// Every joined draft is one change, which undo takes back.
func (d *Desk) Join(ctx context.Context, j *Joining, choices Sides) error {
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
			if _, err := d.wb.PutRubric(ctx, j.pack.File(name)); err != nil {
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

func (d *Desk) joinDraft(ctx context.Context, x *DraftJoin, choices map[string]Side) error {
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
			r.Entries[code] = withNoted(x.Theirs.Entries[code], r.Entries[code])
			x.takeReason(r, code)
		}
		for _, c := range x.Clash {
			r.Entries[c.Code] = settled(c, choices[c.Code])
			if choices[c.Code] == TakeTheirs {
				x.takeReason(r, c.Code)
			}
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

// takeReason takes why an indicator changed in a correction.
func (x *DraftJoin) takeReason(r *inspection.Record, code string) {
	why := x.Theirs.Reasons[code]
	if why == "" {
		return
	}
	if r.Reasons == nil {
		r.Reasons = map[string]string{}
	}
	r.Reasons[code] = why
}

// settled is the entry that a choice gives. The files of the side that is not taken
// are kept: what was photographed was there.
func settled(c Clash, choice Side) inspection.Entry {
	won, lost := c.Mine, c.Theirs
	if choice == TakeTheirs {
		won, lost = lost, won
	}
	kept := inspection.Entry{Evidence: filesOf(lost), Materials: lost.Materials}
	if choice == TakeBoth {
		kept.Note = lost.Note
	}
	return withNoted(won, kept)
}

// filesOf are the files of an entry, also those of its findings.
func filesOf(e inspection.Entry) []string {
	files := e.Evidence
	for _, f := range e.Findings {
		files = union(files, f.Evidence)
	}
	return files
}

// sameFacts tells whether two entries found the same: state, findings, measures and
// aspects, but for words, files and the names that a draft gives its findings.
func sameFacts(a, b inspection.Entry) bool {
	x, err := canon.Encode(facts(a))
	y, err2 := canon.Encode(facts(b))
	return err == nil && err2 == nil && string(x) == string(y)
}

func facts(e inspection.Entry) inspection.Entry {
	e.Note, e.Evidence, e.Materials = "", nil, nil
	e.Findings = slices.Clone(e.Findings)
	for i := range e.Findings {
		e.Findings[i].ID, e.Findings[i].Note, e.Findings[i].Evidence = "", "", nil
	}
	return e
}

// agree tells whether nothing has to be asked: the same facts, and words that one
// side has and the other lacks at most.
func agree(a, b inspection.Entry) bool {
	if !sameFacts(a, b) || !oneSays(a.Note, b.Note) {
		return false
	}
	for i := range a.Findings {
		if !oneSays(a.Findings[i].Note, b.Findings[i].Note) {
			return false
		}
	}
	return true
}

// oneSays tells whether one of two texts holds all of the other.
func oneSays(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

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
	e.Note = withWords(e.Note, begun.Note)
	if sameFacts(e, begun) {
		e.Findings = slices.Clone(e.Findings)
		for i := range e.Findings {
			f, more := &e.Findings[i], begun.Findings[i]
			f.Note, f.Evidence = withWords(f.Note, more.Note), union(f.Evidence, more.Evidence)
		}
	}
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

// withWords is a text with what it does not say yet below it.
func withWords(text, more string) string {
	switch {
	case strings.Contains(text, more):
		return text
	case strings.Contains(more, text):
		return more
	}
	return text + "\n" + more
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
	for _, p := range theirs.People.Inspectors {
		if !slices.ContainsFunc(r.People.Inspectors, func(x inspection.Person) bool { return x.Number == p.Number && x.Name == p.Name }) {
			r.People.Inspectors = append(r.People.Inspectors, p)
		}
	}
	if r.People.UnitHead == (inspection.Person{}) {
		r.People.UnitHead = theirs.People.UnitHead
	}
	if r.People.Liaison == (inspection.Person{}) {
		r.People.Liaison = theirs.People.Liaison
	}
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
