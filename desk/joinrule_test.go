package desk

import (
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// pair is two laptops on which work on one unit began from the same draft.
func pair(t *testing.T) (a, b *Desk, ina, inb *Inspector) {
	t.Helper()
	a, b = newBench(t, "2019-08"), newBench(t, "2019-08")
	ina = inspected(t, a, "450100")
	pack := filepath.Join(t.TempDir(), "begin.zip")
	must(t, a.HandOver(t.Context(), "2019-08", []string{"450100"}, "", "", pack))
	j, err := b.PlanJoin(pack)
	must(t, err)
	must(t, b.Join(t.Context(), j, nil))
	return a, b, ina, inspected(t, b, "450100")
}

func planned(t *testing.T, from, to *Desk) *Joining {
	t.Helper()
	pack := filepath.Join(t.TempDir(), "over.zip")
	must(t, from.HandOver(t.Context(), "2019-08", []string{"450100"}, "", "", pack))
	j, err := to.PlanJoin(pack)
	must(t, err)
	return j
}

// What both found alike is joined without a question, whatever the findings are
// called; photos of both sides and notes of one side are there afterwards.
func TestAlikeJoinsWithoutAsking(t *testing.T) {
	a, b, ina, inb := pair(t)
	must(t, ina.SetCount("A2", "A2-2", scoring.One))
	must(t, inb.Toggle("A2", "A2-1", true))
	must(t, inb.SetCount("A2", "A2-2", scoring.One)) // f2 there, f1 here
	must(t, inb.Toggle("A2", "A2-1", false))
	must(t, inb.EditFinding("A2", "f2", func(f *inspection.Finding) { f.Note = "两台服务器" }))
	_, err := ina.AddEvidence("A2", "f1", EvidenceFile{"我的.txt", []byte("mine")})
	must(t, err)
	_, err = inb.AddEvidence("A2", "f2", EvidenceFile{"对方的.txt", []byte("theirs")})
	must(t, err)
	_, err = inb.AddEvidence("A2", "", EvidenceFile{"全景.txt", []byte("wide")})
	must(t, err)
	j := planned(t, b, a)
	if x := j.Drafts[0]; len(x.Clash) != 0 || strings.Join(x.Same, "") != "A2" {
		t.Fatalf("asked about %+v, alike %v", x.Clash, x.Same)
	}
	must(t, a.Join(t.Context(), j, nil))
	r := inspected(t, a, "450100").Record()
	e := r.Entries["A2"]
	if len(e.Findings) != 1 || e.Findings[0].Note != "两台服务器" || len(e.Findings[0].Evidence) != 2 || len(e.Evidence) != 1 || len(r.Evidence) != 3 {
		t.Errorf("joined to %+v with %d files", e, len(r.Evidence))
	}
}

// Where the values differ nothing is joined before somebody chose; the files of the
// side that lost stay, and its note unless that was chosen, too.
func TestClashWaitsForAChoice(t *testing.T) {
	a, b, ina, inb := pair(t)
	must(t, ina.SetCount("A2", "A2-2", scoring.One))
	must(t, ina.SetNote("A2", "我的说明"))
	must(t, inb.SetCount("A2", "A2-2", 2*scoring.One))
	must(t, inb.SetNote("A2", "对方的说明"))
	must(t, inb.EditFinding("A2", "f1", func(f *inspection.Finding) { f.Responsible = "450200" }))
	_, err := inb.AddEvidence("A2", "f1", EvidenceFile{"x.txt", []byte("theirs")})
	must(t, err)
	before := inspected(t, a, "450100").Record()
	j := planned(t, b, a)
	c := j.Drafts[0].Clash
	if len(c) != 1 || !c[0].Values || !c[0].Notes || !c[0].Both {
		t.Fatalf("clash %+v", c)
	}
	for _, ch := range []JoinChoices{nil, {"450100": {"A2": {Values: SideMine}}}, {"450100": {"A2": {Notes: SideBoth}}}} {
		if err := a.Join(t.Context(), j, ch); err == nil || !strings.Contains(err.Error(), "A2") {
			t.Fatalf("joined with %v: %v", ch, err)
		}
	}
	if !sameJSON(before, inspected(t, a, "450100").Record()) {
		t.Fatal("a refused joining changed the draft")
	}
	comp := ina.Compiled()
	mine := joinedEntry(comp, "A2", c[0].Mine, c[0].Theirs, JoinChoice{SideMine, SideBoth})
	if f := mine.Findings; len(f) != 1 || f[0].Count != scoring.One || len(evidenceIn(mine)) != 1 || mine.Note != "我的说明\n对方的说明" {
		t.Errorf("mine: %+v", mine)
	}
	theirs := joinedEntry(comp, "A2", c[0].Mine, c[0].Theirs, JoinChoice{SideTheirs, SideMine})
	if f := theirs.Findings; len(f) != 1 || f[0].Responsible != "450200" || theirs.Note != "我的说明" {
		t.Errorf("theirs: %+v", theirs)
	}
	must(t, a.Join(t.Context(), j, JoinChoices{"450100": {"A2": {SideBoth, SideTheirs}}}))
	e := inspected(t, a, "450100").Record().Entries["A2"]
	if len(e.Findings) != 2 || e.Findings[0].ID == e.Findings[1].ID || e.Note != "对方的说明" {
		t.Errorf("both: %+v", e)
	}
}

// evidenceIn are the hashes of an entry and its findings.
func evidenceIn(e inspection.Entry) []string {
	out := append([]string{}, e.Evidence...)
	for _, f := range e.Findings {
		out = append(out, f.Evidence...)
	}
	return out
}
