package scoring

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"xunping/inspection/canon"
)

// Random legal rubrics that use all of FORMATS §1, and random sheets for them.

var unitKinds = []string{"city", "department", "central"}

func decimals(t *rapid.T, name string, least, most int) Decimal {
	return Decimal(rapid.IntRange(least, most).Draw(t, name))
}

// points are up to 12, mostly whole or halves, sometimes with four places.
func points(t *rapid.T, name string) Decimal {
	switch rapid.IntRange(0, 3).Draw(t, name+" form") {
	case 0:
		return decimals(t, name, 1, 120000)
	case 1:
		return decimals(t, name, 1, 24) * 5000
	}
	return decimals(t, name, 1, 12) * One
}

func randomRubric(t *rapid.T) *Rubric {
	r := &Rubric{Format: RubricFormat, Code: "r", Version: "1", Title: "t", PointsStatus: Official, RulesStatus: Official,
		FreeFindings: "allowed", Places: rapid.IntRange(0, 3).Draw(t, "places")}
	first := rapid.IntRange(50, 120).Draw(t, "highest band")
	r.Bands = []Band{{"甲", Decimal(first) * One}, {"乙", Decimal(first-20) * One}, {"丙", 0}}
	r.Lists = []List{{Name: "红榜", AtLeast: ptr(Decimal(first-10) * One)}, {Name: "黑榜", Below: ptr(decimals(t, "black", 1, 600000))}}
	for p := range rapid.IntRange(1, 3).Draw(t, "parts") {
		r.Parts = append(r.Parts, randomPart(t, r, p))
	}
	return r
}

func randomPart(t *rapid.T, r *Rubric, n int) Part {
	p := Part{Code: fmt.Sprintf("P%d", n), Title: "部分", Kind: Deduct, Absence: Absence{Policy: NoAbsence}}
	if n > 0 && rapid.Bool().Draw(t, "bonus") {
		p.Kind = Bonus
	} else {
		p.Absence.Policy = rapid.SampledFrom([]string{Rescale, FullMarks, Spread, NoAbsence}).Draw(t, "policy")
	}
	if n > 0 && rapid.Bool().Draw(t, "gated") {
		at := decimals(t, "gate", 1, int(r.Parts[0].Full))
		p.Gate = &Gate{Part: r.Parts[rapid.IntRange(0, n-1).Draw(t, "gate on")].Code, AtLeast: &at}
		if rapid.Bool().Draw(t, "above") {
			p.Gate.AtLeast, p.Gate.Above = nil, &at
		}
	}
	g := Group{Code: fmt.Sprintf("G%d", n), Title: "组"}
	for i := range rapid.IntRange(1, 5).Draw(t, "indicators") {
		ind := randomIndicator(t, r, &p, fmt.Sprintf("I%d%d", n, i))
		p.Full += ind.Points
		g.Indicators = append(g.Indicators, ind)
		if p.Absence.Policy != NoAbsence && rapid.Bool().Draw(t, "may be absent") {
			if p.Absence.Allowed == nil {
				p.Absence.Allowed = map[string]AbsenceRule{}
			}
			p.Absence.Allowed[ind.Code] = AbsenceRule{}
		}
	}
	p.Groups = []Group{g}
	return p
}

func randomIndicator(t *rapid.T, r *Rubric, p *Part, code string) Indicator {
	ind := Indicator{Code: code, Title: "指标", Points: points(t, "points")}
	for m := range rapid.IntRange(0, 2).Draw(t, "measures") {
		x := Measure{Code: fmt.Sprintf("%s-m%d", code, m)}
		if rapid.Bool().Draw(t, "has target") {
			x.Target = ptr(decimals(t, "target", 1, 10000))
		}
		x.Deadline = rapid.SampledFrom([]string{"", "2019-08-31", RoundDeadline}).Draw(t, "deadline")
		ind.Measures = append(ind.Measures, x)
	}
	group := CapGroup{Code: code + "-g", Cap: points(t, "group cap")}
	for k := range rapid.IntRange(0, 4).Draw(t, "rules") {
		rule := randomRule(t, p, &ind, fmt.Sprintf("%s-%d", code, k))
		if rule.Kind != Veto && rapid.IntRange(0, 3).Draw(t, "in a group") == 0 {
			rule.CapGroup = &CapGroup{Code: group.Code, Cap: group.Cap}
		}
		if rapid.IntRange(0, 3).Draw(t, "binds some") == 0 {
			rule.Who = []string{rapid.SampledFrom(unitKinds).Draw(t, "who")}
		}
		ind.Rules = append(ind.Rules, rule)
	}
	if p.Kind == Bonus && rapid.Bool().Draw(t, "mirrors") && r.Parts[0].Absence.Policy != NoAbsence {
		ind.Mirror = r.Parts[0].Groups[0].Indicators[0].Code
		ind.WhenAbsent = rapid.SampledFrom([]string{"", "zero", "full"}).Draw(t, "when absent")
	}
	return ind
}

func randomRule(t *rapid.T, p *Part, ind *Indicator, code string) Rule {
	kinds := []string{Fixed, Each, Range, Veto}
	if len(ind.Measures) > 0 {
		kinds = append(kinds, Tiers, Complete)
		if p.Kind == Deduct {
			kinds = append(kinds, Share)
		}
	}
	rule := Rule{Code: code, Text: "情形", Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	measure := func() string { return ind.Measures[rapid.IntRange(0, len(ind.Measures)-1).Draw(t, "measure")].Code }
	switch rule.Kind {
	case Fixed:
		rule.Points = ptr(points(t, "fixed"))
	case Each:
		rule.Per = ptr(decimals(t, "per", 1, 30) * 1000)
		rule.Unit = "个"
		if rapid.Bool().Draw(t, "capped") {
			rule.Cap = ptr(*rule.Per + points(t, "cap"))
		}
	case Range:
		low := points(t, "min")
		rule.Min, rule.Max = &low, ptr(low+points(t, "max"))
	case Veto:
		rule.Effect = rapid.SampledFrom([]string{VetoFail, VetoZero, VetoCapTotal}).Draw(t, "effect")
		if rule.Effect == VetoCapTotal {
			rule.Value = ptr(points(t, "most"))
		}
	case Share:
		rule.Measure, rule.Per, rule.Step = measure(), ptr(points(t, "per")), ptr(decimals(t, "step", 1, 5000))
		rule.Partial = rapid.Bool().Draw(t, "partial")
	case Tiers:
		rule.Measure = measure()
		from := decimals(t, "from", 5000, 10000)
		for range rapid.IntRange(1, 3).Draw(t, "tiers") {
			rule.Tiers = append(rule.Tiers, Tier{From: from, Points: points(t, "tier")})
			from -= decimals(t, "fall", 1, 1600)
		}
	case Complete:
		rule.Points = ptr(points(t, "complete"))
		for _, m := range ind.Measures {
			rule.Needs = append(rule.Needs, m.Code)
			if rapid.Bool().Draw(t, "one is enough") {
				break
			}
		}
	}
	return rule
}

func randomSheet(t *rapid.T, e *Engine) *Sheet {
	s := &Sheet{Unit: "U1", Kind: rapid.SampledFrom(unitKinds).Draw(t, "kind of unit"), Deadlines: map[string]string{}, Entries: make([]Entry, e.Len())}
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
			f.Points = decimals(t, "chosen", int(*rule.Min), int(*rule.Max))
		case Veto:
			if rapid.IntRange(0, 2).Draw(t, "vetoed") > 0 {
				continue
			}
		case Each:
			for range rapid.IntRange(1, 3).Draw(t, "times") {
				f.Count = decimals(t, "count", 1, 9) * One
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
		add(Finding{Clause: "一（一）", Points: points(t, "free points")})
	}
}

func randomMeasures(t *rapid.T, ind *Indicator, x *Entry) {
	for _, m := range ind.Measures {
		if rapid.IntRange(0, 9).Draw(t, "left out") == 0 {
			continue
		}
		total := decimals(t, "total", 0, 30) * One
		done := total
		if total > 0 && rapid.Bool().Draw(t, "not all") {
			done = decimals(t, "done", 0, int(total/One)) * One
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
		r := randomRubric(rt)
		e, err := NewEngine(r)
		if err != nil {
			rt.Fatalf("the rubric is not legal: %v", err)
		}
		s := randomSheet(rt, e)
		for _, p := range e.Check(s) {
			if !p.Missing {
				rt.Fatalf("the sheet is not legal: %v", p)
			}
		}
		want := (&second{r: r, s: s}).score()
		var got map[string]any
		if err := json.Unmarshal(e.Evaluate(s).JSON(false), &got); err != nil {
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
		explained := e.Explain(s)
		if b := explained.JSON(true); !canon.IsCanonical(b) {
			rt.Fatalf("not canonical: %s", b)
		}
		if string(explained.JSON(false)) != string(e.Evaluate(s).JSON(false)) {
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

func TestNamesInCanonicalOrder(t *testing.T) {
	r := Result{Parts: []PartResult{}, Lists: []string{"a\"b\\c\n\x01", "甲"}}
	for _, code := range []string{"B", "A10", "A2", "甲", "\uFFFD", "\U00020BB7", "\U00020BB8", "A", "\U0001F600"} {
		r.Indicators = append(r.Indicators, IndicatorResult{Code: code, State: Unchecked})
	}
	if b := r.JSON(true); !canon.IsCanonical(b) {
		t.Errorf("not canonical: %s", b)
	}
}
