package scoring

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func dec(t testing.TB, s string) Decimal {
	t.Helper()
	d, err := ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ptr(d Decimal) *Decimal { return &d }

// policy is the structure of the 2019 rubric with points of our own: 12
// deduct indicators of 100 points, 10 bonus indicators of 50.
func policy(t testing.TB) *Rubric {
	x := []string{"A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "C1", "C2", "C3"}
	xp := []string{"8", "10", "9", "8", "8", "10", "8", "7", "8", "8", "8", "8"}
	r := &Rubric{Format: RubricFormat, Code: "p", Version: "1", Title: "t", PointsStatus: Illustrative, RulesStatus: Illustrative,
		FreeFindings: "allowed", Places: 2,
		Bands: []Band{{"非常高", dec(t, "90")}, {"高", dec(t, "80")}, {"中", dec(t, "70")}, {"低", 0}},
		Lists: []List{{Name: "红榜", AtLeast: ptr(dec(t, "80"))}, {Name: "黑榜", Below: ptr(dec(t, "60"))}}}
	px := Part{Code: "X", Title: "扣分", Kind: Deduct, Full: dec(t, "100"), Absence: Absence{Policy: Rescale, Allowed: map[string]AbsenceRule{}}}
	g := Group{Code: "ABC", Title: "通聚用"}
	for i, c := range x {
		g.Indicators = append(g.Indicators, Indicator{Code: c, Title: c, Points: dec(t, xp[i]), Rules: []Rule{
			{Code: c + "-1", Text: "每个", Kind: Each, Per: ptr(dec(t, "2")), Cap: ptr(dec(t, "6"))},
			{Code: c + "-2", Text: "酌情", Kind: Range, Min: ptr(dec(t, "0.5")), Max: ptr(dec(t, "20"))}}})
	}
	for _, c := range []string{"A1", "A2", "A3", "A4", "B3"} {
		px.Absence.Allowed[c] = AbsenceRule{}
	}
	px.Groups = []Group{g}
	py := Part{Code: "Y", Title: "加分", Kind: Bonus, Full: dec(t, "50"), Gate: &Gate{Part: "X", AtLeast: ptr(dec(t, "70"))}, Absence: Absence{Policy: NoAbsence}}
	h := Group{Code: "DE", Title: "加分"}
	for i := range 10 {
		c := fmt.Sprintf("D%d", i+1)
		h.Indicators = append(h.Indicators, Indicator{Code: c, Title: c, Points: dec(t, "5"), Rules: []Rule{
			{Code: c + "-1", Text: "酌情", Kind: Range, Min: ptr(1), Max: ptr(dec(t, "9"))}}})
	}
	py.Groups = []Group{h}
	r.Parts = []Part{px, py}
	return r
}

func engine(t testing.TB, r *Rubric) *Engine {
	t.Helper()
	e, err := NewEngine(r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Inspected is what tests change until they put it on a sheet.
type Inspected struct {
	Circumstances
	Entries []Entry
}

func (x *Inspected) On(e *Engine) *Sheet {
	s := e.NewSheet(x.Circumstances)
	for i := range x.Entries {
		s.Put(i, &x.Entries[i])
	}
	return s
}

// clean is an inspection with everything checked and nothing found.
func clean(e *Engine) *Inspected {
	s := &Inspected{Circumstances{Unit: "450100", Kind: "city"}, make([]Entry, e.Len())}
	for i := range s.Entries {
		s.Entries[i].State = Checked
	}
	return s
}

func (e *Engine) mustIndex(code string) int { i, _ := e.Index(code); return i }

// lose puts one discretionary finding of the given points on an indicator.
func lose(e *Engine, s *Inspected, code, points string, t testing.TB) {
	i := e.mustIndex(code)
	s.Entries[i].Findings = []Finding{{ID: "f1", Rule: code + "-2", Points: dec(t, points)}}
	if e.Part(i).Kind == Bonus {
		s.Entries[i].Findings[0].Rule = code + "-1"
	}
}

func TestWorkedExample(t *testing.T) {
	e := engine(t, policy(t))
	s := clean(e)
	s.Entries[e.mustIndex("A1")] = Entry{State: Absent, Reason: "无"}
	lose(e, s, "A2", "12", t) // capped at 10
	lose(e, s, "A3", "2", t)
	lose(e, s, "D1", "5", t)
	lose(e, s, "D2", "9", t) // capped at 5
	r := e.Explain(s.On(e))
	// M = 100 − 8 = 92, D = 10 + 2 = 12, X = 80 · 100/92 = 2000/23 = 86.9565…
	x := r.Part("X")
	if x.Score.Exact.String() != "2000/23" || x.Score.Value() != "86.96" || x.Factor.String() != "25/23" || x.Moved.Plain() != "12" {
		t.Errorf("X = %s %s N %s D %s", x.Score.Exact, x.Score.Value(), x.Factor, x.Moved.Plain())
	}
	if r.Total.Exact.String() != "2230/23" || r.Band != "非常高" || fmt.Sprint(r.Lists) != "[红榜]" {
		t.Errorf("total %s band %s lists %v", r.Total.Exact, r.Band, r.Lists)
	}
	if a := r.Indicator("A2"); a.Raw.Plain() != "12" || a.Counted.Plain() != "10" {
		t.Errorf("A2 raw %s counted %s", a.Raw.Plain(), a.Counted.Plain())
	}
	if len(r.Derivation) == 0 || r.Derivation[len(r.Derivation)-1].Value != "红榜" {
		t.Errorf("derivation %v", r.Derivation)
	}
}

func TestCleanIsFullForEachOfThe32AbsentSubsets(t *testing.T) {
	e := engine(t, policy(t))
	codes := []string{"A1", "A2", "A3", "A4", "B3"}
	for set := range 32 {
		s := clean(e)
		for k, c := range codes {
			if set>>k&1 == 1 {
				s.Entries[e.mustIndex(c)] = Entry{State: Absent}
			}
		}
		if x := e.Evaluate(s.On(e)).Part("X"); x.Score.Exact.String() != "100" {
			t.Errorf("absent set %05b: X = %s", set, x.Score.Exact)
		}
	}
}

func TestPropertiesOfTheScore(t *testing.T) {
	e := engine(t, policy(t))
	rapid.Check(t, func(rt *rapid.T) {
		s := clean(e)
		for i := range s.Entries {
			code := e.Indicator(i).Code
			if e.AbsenceRule(i) != nil && rapid.Bool().Draw(rt, "absent") {
				s.Entries[i] = Entry{State: Absent}
				continue
			}
			if p := rapid.Int64Range(0, 200000).Draw(rt, "points"); p > 0 {
				lose(e, s, code, Decimal(p).String(), t)
			}
		}
		r := e.Evaluate(s.On(e))
		x, total := r.Part("X").Score.Exact, r.Total.Exact
		if total.Cmp(whole(150)) > 0 || x.Cmp(whole(100)) > 0 {
			rt.Fatalf("total %s, X %s", total, x)
		}
		if x.Cmp(whole(70)) < 0 && total.Cmp(x) != 0 {
			rt.Fatalf("X %s is below the gate but total is %s", x, total)
		}
		// More deduction never raises X; beyond the cap nothing changes.
		i := rapid.IntRange(0, 11).Draw(rt, "more")
		if s.Entries[i].State != Checked {
			return
		}
		before := r.At(i).Counted
		s.Entries[i].Findings = append(s.Entries[i].Findings, Finding{ID: "g", Clause: "c", Points: Decimal(rapid.Int64Range(1, 90000).Draw(rt, "extra"))})
		again := e.Evaluate(s.On(e))
		if again.Part("X").Score.Exact.Cmp(x) > 0 {
			rt.Fatalf("a deduction raised X from %s to %s", x, again.Part("X").Score.Exact)
		}
		if before.Cmp(exact(e.Indicator(i).Points)) == 0 && again.Total.Exact.Cmp(total) != 0 {
			rt.Fatalf("a deduction beyond the cap moved the total")
		}
	})
}

func TestPrintedFiguresClaimNoThreshold(t *testing.T) {
	th := []Exact{whole(60), whole(70), whole(80), whole(90)}
	cases := []struct{ n, d int64 }{{70, 1}, {699999, 10000}, {69996, 1000}, {70004, 1000}, {599999999, 10000000}, {60, 1}, {80, 1}, {899951, 10000}, {2000, 23}, {6999999999, 100000000}}
	want := []string{"70.00", "69.9999", "69.996", "70.004", "59.9999999", "60.00", "80.00", "90.00", "86.96", "69.99999999"}
	want[7] = "89.9951" // rounds to 90.00 with two, 89.995 is below 90 with three
	for i, c := range cases {
		got := reduced(c.n, c.d).Format(2, th)
		if i == 7 {
			got2, _ := reduced(c.n, c.d).round(3)
			if got != got2 {
				t.Errorf("%d/%d printed %s", c.n, c.d, got)
			}
			continue
		}
		if got != want[i] {
			t.Errorf("%d/%d printed %s, want %s", c.n, c.d, got, want[i])
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.Int64Range(1, 1000000).Draw(rt, "m")
		a := reduced(rapid.Int64Range(0, 100*m).Draw(rt, "n"), m)
		printed := a.Format(2, th)
		v, ok := ParseExact(printed)
		_ = ok
		if !ok { // has a point: compare as decimals
			r, _ := a.round(len(printed) - 1 - indexPoint(printed))
			if r != printed {
				rt.Fatalf("printed %s, rounded %s", printed, r)
			}
			_, val := a.round(len(printed) - 1 - indexPoint(printed))
			v = fromRat(val)
		}
		for _, t := range th {
			if v.Cmp(t) != a.Cmp(t) {
				rt.Fatalf("%s printed as %s claims %s", a, printed, t)
			}
		}
	})
}

func indexPoint(s string) int {
	for i := range s {
		if s[i] == '.' {
			return i
		}
	}
	return len(s) - 1
}
