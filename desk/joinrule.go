package desk

import (
	"slices"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
)

// Side is whose of two entries is taken.
type Side string

// The sides of a choice; "" is none yet.
const (
	SideMine   Side = "mine"
	SideTheirs Side = "theirs"
	SideBoth   Side = "both"
)

// Clash is an indicator that two drafts checked and that a person must decide:
// what was found differs, or what was written about it, or both.
type Clash struct {
	Code          string
	Mine, Theirs  inspection.Entry
	Values, Notes bool
	Both          bool // both sides' values can stand beside each other
}

// JoinChoice is what a person decided about a clash. Files are never a matter of
// choice: those of both sides are kept.
type JoinChoice struct{ Values, Notes Side }

// Open tells whether the clash asks more than was chosen.
func (c *Clash) Open(ch JoinChoice) bool {
	return c.Values && ch.Values == "" || c.Notes && ch.Notes == ""
}

// JoinChoices are the choices by unit and indicator.
type JoinChoices map[string]map[string]JoinChoice

// Open names the clashes of a joining that still ask for a choice.
func (by JoinChoices) Open(j *Joining) []string {
	var out []string
	for i := range j.Drafts {
		x := &j.Drafts[i]
		for k := range x.Clash {
			if c := &x.Clash[k]; c.Open(by[x.Unit.Code][c.Code]) {
				out = append(out, x.Unit.Name+" "+c.Code)
			}
		}
	}
	return out
}

// compare sorts the indicators: only they began it, both began it, both checked it
// alike, or both checked it and differ. Nothing that either side noted is lost.
func (x *DraftJoin) compare(c *inspection.Compiled, mine *inspection.Record) error {
	diffs, err := inspection.Compare(nil, mine, x.Theirs)
	if err != nil {
		return err
	}
	for _, d := range diffs {
		a, b := mine.Entries[d.Indicator], x.Theirs.Entries[d.Indicator]
		switch {
		case done(a) && done(b):
			x.both(c, d.Indicator, a, b)
		case done(b), !done(a) && blankEntry(a):
			x.Take = append(x.Take, d.Indicator)
		case addsTo(a, b):
			x.Add = append(x.Add, d.Indicator)
		}
	}
	x.Head = headDiffers(mine, x.Theirs)
	return nil
}

func (x *DraftJoin) both(c *inspection.Compiled, code string, a, b inspection.Entry) {
	clash := Clash{Code: code, Mine: a, Theirs: b, Values: valuesDiffer(a, b), Notes: notesDiffer(a, b)}
	if !clash.Values && !clash.Notes {
		x.Same = append(x.Same, code)
		return
	}
	if clash.Values && a.State == b.State && a.State == scoring.Checked && !ticksDiffer(a.Materials, b.Materials) {
		united := cloneEntry(a)
		clash.Both = joinEntry(c, code, &united, b) == nil
	}
	x.Clash = append(x.Clash, clash)
}

func done(e inspection.Entry) bool { return e.State != "" && e.State != scoring.Unchecked }

func blankEntry(e inspection.Entry) bool {
	return e.Note == "" && len(e.Evidence) == 0 && len(e.Materials) == 0 && len(e.Aspects) == 0
}

// valuesDiffer tells whether two checked entries say different things. What only
// one of them fills in (a measure, a material, aspects) is no difference.
func valuesDiffer(a, b inspection.Entry) bool {
	if a.State != b.State || !sameJSON(a.Absence, b.Absence) || len(a.Findings) != len(b.Findings) || ticksDiffer(a.Materials, b.Materials) {
		return true
	}
	if slices.Contains(pairFindings(a.Findings, b.Findings, sameSaid), -1) {
		return true
	}
	for code, m := range a.Measures {
		if o, ok := b.Measures[code]; ok && !sameJSON(m, o) {
			return true
		}
	}
	return len(a.Aspects) > 0 && len(b.Aspects) > 0 && !sameSet(a.Aspects, b.Aspects)
}

// sameSaid is sameFact with the aspects and the link to last round.
func sameSaid(a, b *inspection.Finding) bool {
	return sameFact(a, b) && sameSet(a.Aspects, b.Aspects) && (a.Continues == nil || b.Continues == nil || *a.Continues == *b.Continues)
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func sameJSON(a, b any) bool {
	x, err := canon.Encode(a)
	y, err2 := canon.Encode(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

func ticksDiffer(a, b map[string]string) bool {
	for title, v := range a {
		if o, ok := b[title]; ok && o != v {
			return true
		}
	}
	return false
}

// notesDiffer tells whether both sides wrote about the same thing, and neither text
// holds the other.
func notesDiffer(a, b inspection.Entry) bool {
	if clashing(a.Note, b.Note) {
		return true
	}
	for i, k := range pairFindings(a.Findings, b.Findings, sameSubject(a, b)) {
		if k >= 0 && clashing(a.Findings[i].Note, b.Findings[k].Note) {
			return true
		}
	}
	return false
}

func clashing(a, b string) bool {
	both := joinNotes(a, b)
	return both != a && both != b
}

// sameSubject pairs findings: the same fact, else another figure for the same rule
// or clause where no fact of its own stands for it.
func sameSubject(a, b inspection.Entry) func(x, y *inspection.Finding) bool {
	has := func(list []inspection.Finding, f *inspection.Finding) bool {
		return slices.ContainsFunc(list, func(x inspection.Finding) bool { return sameFact(&x, f) })
	}
	return func(x, y *inspection.Finding) bool {
		return sameFact(x, y) || x.Rule == y.Rule && x.Clause == y.Clause && !has(b.Findings, x) && !has(a.Findings, y)
	}
}

// joinedEntry is one entry of two, as chosen: the values of a side or of both, what
// only one side filled in, the notes, and the files of both.
func joinedEntry(c *inspection.Compiled, code string, mine, theirs inspection.Entry, ch JoinChoice) inspection.Entry {
	e, other := cloneEntry(mine), cloneEntry(theirs)
	chooseNotes(&e, &other, ch.Notes)
	switch ch.Values {
	case SideTheirs:
		e, other = other, e
	case SideBoth:
		if united := cloneEntry(e); joinEntry(c, code, &united, other) == nil {
			return united
		}
	}
	pairs := pairFindings(e.Findings, other.Findings, sameSubject(e, other))
	for i, k := range pairs {
		if f := &e.Findings[i]; k >= 0 {
			o := &other.Findings[k]
			f.Evidence, f.Note = union(f.Evidence, o.Evidence), joinNotes(f.Note, o.Note)
			if f.Continues == nil {
				f.Continues = o.Continues
			}
		}
	}
	for k, f := range other.Findings { // of a finding that lost, the files stay with the indicator
		if !slices.Contains(pairs, k) {
			e.Evidence = union(e.Evidence, f.Evidence)
		}
	}
	e.Note, e.Evidence = joinNotes(e.Note, other.Note), union(e.Evidence, other.Evidence)
	if e.State == other.State {
		fillEntry(&e, other)
	}
	return e
}

// chooseNotes empties the notes of the side that was not chosen, where both wrote
// something else about the same thing.
func chooseNotes(mine, theirs *inspection.Entry, side Side) {
	drop := func(a, b *string) {
		switch {
		case !clashing(*a, *b):
		case side == SideMine:
			*b = ""
		case side == SideTheirs:
			*a = ""
		}
	}
	drop(&mine.Note, &theirs.Note)
	for i, k := range pairFindings(mine.Findings, theirs.Findings, sameSubject(*mine, *theirs)) {
		if k >= 0 {
			drop(&mine.Findings[i].Note, &theirs.Findings[k].Note)
		}
	}
}

// fillEntry fills in what only the other says.
func fillEntry(e *inspection.Entry, other inspection.Entry) {
	for code, m := range other.Measures {
		if _, ok := e.Measures[code]; !ok {
			if e.Measures == nil {
				e.Measures = map[string]inspection.Measure{}
			}
			e.Measures[code] = m
		}
	}
	for title, v := range other.Materials {
		if _, ok := e.Materials[title]; !ok {
			if e.Materials == nil {
				e.Materials = map[string]string{}
			}
			e.Materials[title] = v
		}
	}
	if len(e.Aspects) == 0 {
		e.Aspects = other.Aspects
	}
}

// headDiffers tells whether visit or people are written differently where both
// sides wrote something.
func headDiffers(mine, theirs *inspection.Record) bool {
	differ := func(a, b string) bool { return a != "" && b != "" && a != b }
	v, o := mine.Visit, theirs.Visit
	return differ(v.From, o.From) || differ(v.To, o.To) || differ(v.Place, o.Place) || differ(v.Basis, o.Basis) ||
		differ(mine.People.UnitHead.Name, theirs.People.UnitHead.Name) || differ(mine.People.Liaison.Name, theirs.People.Liaison.Name)
}
