package desk

import (
	"testing"

	"pgregory.net/rapid"

	"xunping/inspection"
	"xunping/scoring"
)

// The live score keeps what the entries that did not change came to. Whatever
// is done, and however often it is looked at between, it is the score of the
// draft.
func TestLiveScoreIsThatOfTheDraft(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	moves := 0
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "changes") {
			at := in
			if rapid.IntRange(0, 9).Draw(rt, "only tried") == 0 {
				at = in.Try()
			}
			before := in.Result().Total.Exact
			someChange(rt, at)
			for _, x := range []*Inspector{in, at} {
				if rapid.IntRange(0, 3).Draw(rt, "not looked at") == 0 {
					continue
				}
				if got, want := string(x.Result().JSON(true)), string(x.rec.Score(x.c).JSON(true)); got != want {
					rt.Fatalf("shown\n%s\nthe draft has\n%s", got, want)
				}
			}
			if in.Result().Total.Exact != before {
				moves++
			}
		}
	})
	if moves < 20 {
		t.Errorf("the score moved %d times only", moves)
	}
}

// someChange does one of the things that an inspector can do; what the rubric
// does not allow changes nothing.
func someChange(t *rapid.T, in *Inspector) {
	i := rapid.IntRange(0, in.c.Engine.Len()-1).Draw(t, "indicator")
	ind := in.c.Engine.Indicator(i)
	n := scoring.Decimal(rapid.Int64Range(0, 4).Draw(t, "n")) * scoring.One
	rule := func() string {
		if len(ind.Rules) == 0 {
			return ""
		}
		return rapid.SampledFrom(ind.Rules).Draw(t, "rule").Code
	}
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0:
		in.SetState(ind.Code, rapid.SampledFrom([]scoring.State{scoring.Unchecked, scoring.Checked, scoring.Absent, scoring.NotScored}).Draw(t, "state"))
	case 1:
		in.SetAbsence(ind.Code, inspection.Absence{Letter: "桂数函〔2019〕1号", Date: "2019-08-01", Reason: "无"})
	case 2, 3:
		in.SetCount(ind.Code, rule(), n)
	case 4:
		in.Toggle(ind.Code, rule(), n > 0)
	case 5:
		in.AddFree(ind.Code, n/2, "第一条", "事实")
	case 6:
		for _, m := range ind.Measures {
			total := 4 * scoring.One
			in.SetMeasure(ind.Code, m.Code, inspection.Measure{Done: &n, Total: &total, Completed: "2019-06-30", Source: "site"})
		}
	case 7:
		in.SetNote(ind.Code, rapid.StringOfN(rapid.RuneFrom([]rune("现场核对")), 0, 5, -1).Draw(t, "note"))
	case 8:
		if !in.trying {
			in.Undo()
		}
	case 9:
		if !in.trying {
			in.Redo()
		}
	}
}
