package desk

import (
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// A settlement may say that the unit has no such thing, whatever the teams say:
// what the rubric wants of an absence is asked for at once, the result waits for
// the letter, and is final when the bureau registers it.
func TestSettledAsAbsent(t *testing.T) {
	x := newHandIn(t, 2)
	unit := "450100"
	code := "A3"
	choices := Choices{By: map[string]Choice{}}
	s, err := x.d.Settle("2019-08", unit, choices)
	must(t, err)
	for _, open := range s.Open {
		choices.By[open] = Choice{Take: s.Heads[0].Hash, Reason: "以第一组为准"}
	}
	i, _ := s.Compiled().Engine.Index(code)
	conditions := s.Compiled().Engine.AbsenceRule(i).Conditions
	try := func(a *inspection.Absence) error {
		choices.By[code] = Choice{Entry: &inspection.Entry{State: scoring.Absent, Absence: a}, Reason: "来文证明没有自建系统"}
		s, err = x.d.Settle("2019-08", unit, choices)
		return err
	}
	for words, a := range map[string]*inspection.Absence{
		"文号和日期":       {Reason: "没有", Conditions: conditions},
		conditions[1]: {Letter: "桂数函〔2019〕88号", Date: "2019-07-01", Conditions: conditions[:1]},
		"不是日期":        {Letter: "桂数函〔2019〕88号", Date: "七月一日", Conditions: conditions},
	} {
		if err := try(a); err == nil || !strings.Contains(err.Error(), code) || !strings.Contains(err.Error(), words) {
			t.Errorf("an absence that lacks “%s”: %v", words, err)
		}
	}
	must(t, try(&inspection.Absence{Letter: "桂数函〔2019〕88号", Date: "2019-07-01", Reason: "没有自建系统", Conditions: conditions}))
	done, err := x.d.SignSettlement(t.Context(), s, x.bureau, x.pass, filepath.Join(t.TempDir(), "s.pdf"))
	must(t, err)
	rec, err := x.d.record(t.Context(), done.Hash)
	must(t, err)
	if e := rec.Entries[code]; e.State != scoring.Absent || e.Absence.Letter != "桂数函〔2019〕88号" || rec.Reasons[code] == "" {
		t.Errorf("signed %+v, because %q", e, rec.Reasons[code])
	}
	waits := func() bool {
		c, err := x.d.caseOf(t.Context(), "2019-08", unit)
		must(t, err)
		if c.State != inspection.CaseResult || c.Head() != done.Hash {
			t.Fatalf("the case is %+v", c)
		}
		return strings.Contains(provisionalWords(c.Provisional), "待核实")
	}
	if !waits() {
		t.Error("the letter is accepted before anybody saw it")
	}
	awaited, err := x.d.AwaitedLetters("2019-08")
	must(t, err)
	if len(awaited) != 1 || awaited[0].Number != "桂数函〔2019〕88号" {
		t.Fatalf("awaited %+v", awaited)
	}
	id, err := OpenKey(x.bureau, x.pass)
	must(t, err)
	_, err = x.d.RegisterLetter(t.Context(), done.Hash, id)
	must(t, err)
	if waits() {
		t.Error("the letter is registered, and the result still waits for it")
	}
}

// A conflict of a case that the round does not rank, because the round was given
// another rubric meanwhile, is listed as such.
func TestConflictApart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	_, err := Demo(t.Context(), DemoOptions{Dir: dir, Units: 3, Rounds: 1, Conflicts: 1, Seed: 4}, nil)
	must(t, err)
	d, err := Open(filepath.Join(dir, "bureau.xpb"))
	must(t, err)
	defer d.Close()
	_, err = d.Merge(t.Context(), []string{filepath.Join(dir, "sealed")}, false, nil)
	must(t, err)
	list, err := d.Conflicts("2019-08")
	must(t, err)
	if len(list) != 1 || list[0].Apart {
		t.Fatalf("conflicts %+v", list)
	}
	r, err := d.Round("2019-08")
	must(t, err)
	other, err := FindRubric(d, "zfwz-2019", "")
	must(t, err)
	r.RubricHash, r.Deadlines = other.Hash, nil
	must(t, d.PutRound(r))
	if list, err = d.Conflicts("2019-08"); err != nil || len(list) != 1 || !list[0].Apart {
		t.Errorf("after the round was given another rubric: %+v, %v", list, err)
	}
	if _, err := d.Conflicts("2019-99"); err == nil {
		t.Error("a round that nobody knows has no conflicts, and no word about it")
	}
}
