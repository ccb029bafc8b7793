package scoring_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"xunping/inspection/canon"
	"xunping/internal/randomrubric"
	. "xunping/scoring"
)

// Random sheets for random rubrics.

func randomSheet(t *rapid.T, e *Engine) *Inspected {
	s := &Inspected{Circumstances{Unit: "U1", Kind: rapid.SampledFrom(UnitKinds).Draw(t, "kind of unit"), Deadlines: map[string]string{}}, make([]Entry, e.Len())}
	for i := range s.Entries {
		ind := e.Indicator(i)
		for _, m := range ind.Measures {
			if m.Deadline == RoundDeadline {
				s.Deadlines[m.Code] = rapid.SampledFrom([]string{"2019-08-31", "2019-10-31"}).Draw(t, "round deadline")
			}
		}
		states := []State{Checked, Checked, Checked, Checked, Checked, Unchecked}
		if e.AbsenceRule(i) != nil {
			states = append(states, Absent, Absent, Absent)
		}
		if e.Part(i).Gate != nil {
			states = append(states, NotScored)
		}
		x := &s.Entries[i]
		if x.State = rapid.SampledFrom(states).Draw(t, "state"); x.State == Checked {
			randomFindings(t, ind, s.Kind, x)
			randomMeasures(t, ind, x)
		}
	}
	return s
}

func randomFindings(t *rapid.T, ind *Indicator, kind string, x *Entry) {
	add := func(f Finding) {
		f.ID = fmt.Sprintf("f%d", len(x.Findings)+1)
		f.Responsible = rapid.SampledFrom([]string{"", "", "U1", "U2"}).Draw(t, "responsible")
		x.Findings = append(x.Findings, f)
	}
	for i := range ind.Rules {
		rule := &ind.Rules[i]
		if !rule.Binds(kind) || !rapid.Bool().Draw(t, "found") {
			continue
		}
		f := Finding{Rule: rule.Code}
		switch rule.Kind {
		case Fixed:
			f.Points = *rule.Points
		case Range:
			f.Points = randomrubric.Decimals(t, "chosen", int(*rule.Min), int(*rule.Max))
		case Veto:
			if rapid.IntRange(0, 2).Draw(t, "vetoed") > 0 {
				continue
			}
		case Each:
			for range rapid.IntRange(1, 3).Draw(t, "times") {
				f.Count = randomrubric.Decimals(t, "count", 1, 9) * One
				f.Points, _ = rule.GivenBy(f.Count)
				add(f)
			}
			continue
		default:
			continue
		}
		add(f)
	}
	if rapid.IntRange(0, 4).Draw(t, "free") == 0 {
		add(Finding{Clause: "一（一）", Points: randomrubric.Points(t, "free points")})
	}
}

func randomMeasures(t *rapid.T, ind *Indicator, x *Entry) {
	for _, m := range ind.Measures {
		if rapid.IntRange(0, 9).Draw(t, "left out") == 0 {
			continue
		}
		total := randomrubric.Decimals(t, "total", 0, 30) * One
		done := total
		if total > 0 && rapid.Bool().Draw(t, "not all") {
			done = randomrubric.Decimals(t, "done", 0, int(total/One)) * One
		}
		x.Measures = append(x.Measures, MeasureValue{Code: m.Code, Done: done, Total: total,
			Completed: rapid.SampledFrom([]string{"", "2019-08-30", "2019-08-31", "2019-09-01", "2019-11-01"}).Draw(t, "completed")})
	}
}

// For any rubric and any record the engine gives what an independent exact
// calculation gives, in every member that is printed.
func TestEqualToAnIndependentCalculation(t *testing.T) {
	seen := map[string]int{}
	one := func(rt *rapid.T) {
		r := randomrubric.Draw(rt)
		e, err := NewEngine(r)
		if err != nil {
			rt.Fatalf("the rubric is not legal: %v", err)
		}
		s := randomSheet(rt, e)
		for _, p := range e.Check(s.On(e)) {
			if !p.Missing {
				rt.Fatalf("the sheet is not legal: %v", p)
			}
		}
		want := (&second{r: r, s: s}).score()
		var got map[string]any
		if err := json.Unmarshal(e.Evaluate(s.On(e)).JSON(false), &got); err != nil {
			rt.Fatal(err)
		}
		for name, v := range want {
			if !reflect.DeepEqual(got[name], v) {
				a, _ := json.Marshal(got[name])
				b, _ := json.Marshal(v)
				rt.Fatalf("%s is\n%s, independently\n%s", name, a, b)
			}
		}
		if len(got) != len(want) {
			rt.Fatalf("members %v", got)
		}
		explained := e.Explain(s.On(e))
		if b := explained.JSON(true); !canon.IsCanonical(b) {
			rt.Fatalf("not canonical: %s", b)
		}
		if string(explained.JSON(false)) != string(e.Evaluate(s.On(e)).JSON(false)) {
			rt.Fatal("with the derivation the score is another")
		}
		count(seen, want)
	}
	for range 20 { // 100 cases each
		rapid.Check(t, one)
	}
	// The cases must have been there, or the property says nothing.
	for _, what := range []string{"no score", "failed", "closed", "open", "complete", "incomplete", "fraction"} {
		if seen[what] == 0 {
			t.Errorf("no case with %s among %v", what, seen)
		}
	}
	t.Logf("cases: %v", seen)
}

func count(seen map[string]int, score map[string]any) {
	total := score["total"].(map[string]any)
	switch {
	case score["failed"] != nil:
		seen["failed"]++
	case total["exact"] == nil:
		seen["no score"]++
	default:
		for _, c := range total["exact"].(string) {
			if c == '/' {
				seen["fraction"]++
			}
		}
	}
	if score["complete"].(bool) {
		seen["complete"]++
	} else {
		seen["incomplete"]++
	}
	for _, p := range score["parts"].(map[string]any) {
		if g, ok := p.(map[string]any)["gate"].(string); ok {
			seen[g]++
		}
	}
}
