package desk

import (
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// Cases of one rule can be split: each finding has its own count, responsible unit
// and reason; those of another unit count nothing here, and the cap of the rule
// holds over all.
func TestSecondFindingOfARule(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	rule := "A2-2"
	r, err := in.rule("A2", rule)
	must(t, err)
	must(t, in.SetCount("A2", rule, scoring.One))
	id, err := in.AddAnother("A2", rule)
	must(t, err)
	must(t, in.SetCountOf("A2", id, 2*scoring.One))
	must(t, in.EditFinding("A2", id, func(f *inspection.Finding) { f.Note = "区里的两台" }))
	e := in.Record().Entries["A2"]
	if len(e.Findings) != 2 || e.Findings[0].Count != scoring.One || e.Findings[1].Points != 2**r.Per {
		t.Fatalf("findings %+v", e.Findings)
	}
	lost := func() string { return in.Result().Indicator("A2").Raw.Plain() }
	if want := (3 * *r.Per).String(); lost() != want {
		t.Errorf("both count %s, want %s", lost(), want)
	}
	must(t, in.SetCountOf("A2", id, 60*scoring.One))
	must(t, in.SetCount("A2", rule, 60*scoring.One))
	if r.Cap == nil || lost() != r.Cap.String() {
		t.Errorf("above the cap they count %s", lost())
	}
	must(t, in.SetCount("A2", rule, scoring.One))
	must(t, in.EditFinding("A2", id, func(f *inspection.Finding) { f.Responsible = "450200" }))
	if lost() != r.Per.String() {
		t.Errorf("with the second a lead, %s", lost())
	}
	must(t, in.SetCountOf("A2", id, 0))
	if f := in.Record().Entries["A2"].Findings; len(f) != 1 || f[0].ID == id {
		t.Errorf("0 did not take away the second: %+v", f)
	}
	if _, err := in.AddAnother("A2", "A2-1"); err == nil || !strings.Contains(err.Error(), "A2-1") {
		t.Errorf("a rule that is found once was found twice: %v", err)
	}
}

// A free finding can be corrected.
func TestFreeFindingIsEdited(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	id, err := in.AddFree("A2", scoring.One, "第一条", "事实")
	must(t, err)
	must(t, in.EditFree("A2", id, 2*scoring.One, "第二条", "改过的事实"))
	f := in.Record().Entries["A2"].Findings
	if len(f) != 1 || f[0].Points != 2*scoring.One || f[0].Clause != "第二条" || f[0].Note != "改过的事实" {
		t.Errorf("edited to %+v", f)
	}
	if in.EditFree("A2", id, scoring.One, "", "x") == nil {
		t.Error("a free finding without a clause was taken")
	}
}
