package scoring_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"

	"xunping/assets/rubrics"
	"xunping/scoring"
)

// builtIn is the rubric that comes with the program, n times over: 22
// indicators each time.
func builtIn(b *testing.B, n int) *scoring.Engine {
	b.Helper()
	text, ok := rubrics.Get("jutongyong-2019")
	if !ok {
		b.Fatal("the built-in rubric is missing")
	}
	var whole scoring.Rubric
	for i := range n {
		var r scoring.Rubric
		if err := json.Unmarshal(text.JSON, &r); err != nil {
			b.Fatal(err)
		}
		if i == 0 {
			whole = r
			continue
		}
		rename(&r, fmt.Sprint(".", i))
		for p := range r.Parts {
			whole.Parts[p].Groups = append(whole.Parts[p].Groups, r.Parts[p].Groups...)
			whole.Parts[p].Full += r.Parts[p].Full
			maps.Copy(whole.Parts[p].Absence.Allowed, r.Parts[p].Absence.Allowed)
		}
	}
	e, err := scoring.NewEngine(&whole)
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// rename gives the codes below the parts a suffix, so that copies of a rubric
// fit into one.
func rename(r *scoring.Rubric, suffix string) {
	for p := range r.Parts {
		part := &r.Parts[p]
		allowed := map[string]scoring.AbsenceRule{}
		for code, a := range part.Absence.Allowed {
			allowed[code+suffix] = a
		}
		part.Absence.Allowed = allowed
		for g := range part.Groups {
			part.Groups[g].Code += suffix
			for i := range part.Groups[g].Indicators {
				renameIndicator(&part.Groups[g].Indicators[i], suffix)
			}
		}
	}
}

func renameIndicator(ind *scoring.Indicator, suffix string) {
	ind.Code += suffix
	if ind.Mirror != "" {
		ind.Mirror += suffix
	}
	for m := range ind.Measures {
		ind.Measures[m].Code += suffix
	}
	for r := range ind.Rules {
		rule := &ind.Rules[r]
		rule.Code += suffix
		if rule.Measure != "" {
			rule.Measure += suffix
		}
		for n := range rule.Needs {
			rule.Needs[n] += suffix
		}
	}
}

// found is a sheet with an absence, all measures, and a finding under every
// rule of each nth indicator: each second is a bad unit, each eighth an
// ordinary one.
func found(e *scoring.Engine, nth int) *scoring.Sheet {
	s := e.NewSheet(scoring.Circumstances{Unit: "450100", Kind: "city"})
	for i := range e.Len() {
		ind := e.Indicator(i)
		if ind.Code == "A1" {
			s.Put(i, &scoring.Entry{State: scoring.Absent})
			continue
		}
		x := scoring.Entry{State: scoring.Checked}
		for _, m := range ind.Measures {
			x.Measures = append(x.Measures, scoring.MeasureValue{Code: m.Code, Done: 12 * scoring.One, Total: 15 * scoring.One, Completed: "2019-08-01"})
		}
		for k := range ind.Rules {
			if p, ok := ind.Rules[k].GivenBy(scoring.One); ok && i%nth == 0 {
				x.Findings = append(x.Findings, scoring.Finding{ID: fmt.Sprint("f", k), Rule: ind.Rules[k].Code, Count: scoring.One, Points: p})
			}
		}
		s.Put(i, &x)
	}
	return s
}

// eachSize runs a benchmark on a rubric of 22 and one of 308 indicators, with
// a bad and an ordinary unit.
func eachSize(b *testing.B, run func(b *testing.B, e *scoring.Engine, s *scoring.Sheet)) {
	for _, n := range []int{1, 14} {
		e := builtIn(b, n)
		for _, unit := range []struct {
			name string
			nth  int
		}{{"bad", 2}, {"ordinary", 8}} {
			s := found(e, unit.nth)
			b.Run(fmt.Sprintf("indicators=%d/unit=%s", e.Len(), unit.name), func(b *testing.B) {
				b.ReportAllocs()
				run(b, e, s)
			})
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	eachSize(b, func(b *testing.B, e *scoring.Engine, s *scoring.Sheet) {
		var r scoring.Result
		for b.Loop() {
			e.EvaluateInto(s, &r)
		}
	})
}

// BenchmarkChange is what a key costs: one entry is weighed and the sheet
// evaluated.
func BenchmarkChange(b *testing.B) {
	eachSize(b, func(b *testing.B, e *scoring.Engine, s *scoring.Sheet) {
		var r scoring.Result
		for i := 0; b.Loop(); i++ {
			at := i % e.Len()
			s.Put(at, s.Entry(at))
			e.EvaluateInto(s, &r)
		}
	})
}

// BenchmarkAnew puts all entries on a sheet and evaluates it.
func BenchmarkAnew(b *testing.B) {
	eachSize(b, func(b *testing.B, e *scoring.Engine, s *scoring.Sheet) {
		var r scoring.Result
		for b.Loop() {
			for i := range e.Len() {
				s.Put(i, s.Entry(i))
			}
			e.EvaluateInto(s, &r)
		}
	})
}

func BenchmarkExplain(b *testing.B) {
	eachSize(b, func(b *testing.B, e *scoring.Engine, s *scoring.Sheet) {
		for b.Loop() {
			e.Explain(s)
		}
	})
}

func BenchmarkJSON(b *testing.B) {
	e := builtIn(b, 1)
	r := e.Evaluate(found(e, 2))
	b.ReportAllocs()
	for b.Loop() {
		if len(r.JSON(false)) == 0 {
			b.Fatal("no bytes")
		}
	}
}
