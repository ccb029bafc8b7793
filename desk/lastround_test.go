package desk

import (
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
)

// A code that next year's rubric uses for another thing brings nothing of last round
// with it; one that only weighs otherwise keeps its figures and not its findings.
func TestLastRoundOnAnotherRubric(t *testing.T) {
	d, _, _ := bureauOf(t, 1)
	units, err := d.Units()
	must(t, err)
	unit := units[0].Code
	base, err := FindRubric(d, "jutongyong-2019", "")
	must(t, err)
	text := string(base.JSON)
	a2, _ := base.Engine.Index("A2")
	renamed := strings.Replace(text, base.Engine.Indicator(a2).Title, "完全另一件事", 1)
	if renamed == text {
		t.Fatal("the title was not replaced")
	}
	weighed := map[string]any{}
	must(t, canon.Decode([]byte(text), &weighed))
	swapPoints(weighed, "A2", "B1") // the sum stays
	b, err := canon.Encode(weighed)
	must(t, err)
	last, _ := d.lastRecord("2019-08", unit)
	e := last.Entries["A2"]
	if len(e.Measures) == 0 {
		t.Fatal("the demonstration has no figures of A2")
	}
	for name, x := range map[string]struct {
		rubric       string
		entry, figur bool
	}{"same": {text, true, true}, "renamed": {renamed, false, false}, "weighed": {string(b), true, true}} {
		c, err := inspection.Compile([]byte(x.rubric))
		must(t, err)
		rec, hash, err := d.lastOf("2019-08", unit, c, true)
		must(t, err)
		got, has := rec.Entries["A2"]
		if hash == "" || has != x.entry || (len(got.Measures) > 0) != x.figur {
			t.Errorf("%s: %v %+v", name, has, got)
		}
		if name == "weighed" && len(got.Findings) > 0 {
			t.Errorf("findings under other points are offered: %+v", got.Findings)
		}
		if name == "same" && len(got.Findings) != len(e.Findings) {
			t.Errorf("findings under the same rubric: %+v", got.Findings)
		}
	}
}

// swapPoints makes an indicator one point heavier and another one lighter.
func swapPoints(rubric map[string]any, up, down string) {
	for _, p := range rubric["parts"].([]any) {
		for _, g := range p.(map[string]any)["groups"].([]any) {
			for _, x := range g.(map[string]any)["indicators"].([]any) {
				ind := x.(map[string]any)
				by := map[string]scoring.Decimal{up: scoring.One, down: -scoring.One}[ind["code"].(string)]
				if by != 0 {
					points, _ := scoring.ParseDecimal(ind["points"].(string))
					ind["points"] = (points + by).String()
				}
			}
		}
	}
}

// A correction whose old sheet is not on this machine is not sealed: nobody could say
// what it changes.
func TestCorrectionWithoutItsParent(t *testing.T) {
	d, _, _ := bureauOf(t, 1)
	units, err := d.Units()
	must(t, err)
	in, err := d.Correct("2019-08", units[0].Code)
	must(t, err)
	must(t, in.SetNote("A2", "复核后补充"))
	blocked := func(word string) bool {
		for _, g := range in.Gate() {
			if g.Blocking && strings.Contains(g.Text, word) {
				return true
			}
		}
		return false
	}
	if !blocked("更正要写理由") || blocked("不在这台电脑上") {
		t.Fatalf("gate %+v", in.Gate())
	}
	if s := in.summary(in.rec); s.ready {
		t.Error("a correction without reasons stands as ready to be signed")
	}
	in.round.Closed = true
	if g := in.Gate(); !strings.Contains(g[len(g)-1].Text, "已经结束") || g[len(g)-1].Blocking {
		t.Errorf("in a closed round the gate says %+v", g)
	}
	in.before = nil // as on a laptop that has only the draft
	if !blocked("不在这台电脑上") {
		t.Errorf("without the old sheet the gate says %+v", in.Gate())
	}
}

// What was changed back is no change on paper, whatever reason it was given.
func TestChangedBackIsNoChange(t *testing.T) {
	d, _, _ := bureauOf(t, 1)
	units, err := d.Units()
	must(t, err)
	in, err := d.Correct("2019-08", units[0].Code)
	must(t, err)
	was := in.before.Entries["A2"].Note
	must(t, in.SetNote("A2", "另一种说法"))
	must(t, in.SetReason("A2", "改写"))
	must(t, in.SetNote("A2", was))
	must(t, in.SetNote("A3", "补充情况"))
	must(t, in.SetReason("A3", "补记"))
	rec := clone(in.rec)
	in.nameChanges(rec)
	if _, there := rec.Reasons["A2"]; there || !strings.Contains(rec.Reasons["A3"], "补记") {
		t.Errorf("reasons %v", rec.Reasons)
	}
}
