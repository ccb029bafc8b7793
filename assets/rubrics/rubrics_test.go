package rubrics_test

import (
	"slices"
	"testing"

	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/scoring"
)

func load(t *testing.T) *inspection.Compiled {
	t.Helper()
	b, ok := rubrics.Get("jutongyong-2019")
	if !ok {
		t.Fatal("built-in rubric is gone")
	}
	c, err := inspection.Compile(b.JSON)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBuiltinsCompile(t *testing.T) {
	for _, b := range rubrics.List() {
		c, err := inspection.Compile(b.JSON)
		if err != nil {
			t.Fatalf("%s: %v", b.Code, err)
		}
		if c.Rubric.Code != b.Code {
			t.Errorf("file %s holds rubric %s", b.Code, c.Rubric.Code)
		}
		if c.Rubric.Title != b.Title {
			t.Errorf("%s is listed as %q, its title is %q", b.Code, b.Title, c.Rubric.Title)
		}
	}
}

// Every flow and step of the policy text is there, with its day limits.
func TestPolicyIsWhole(t *testing.T) {
	c := load(t)
	steps := map[string][]int{"A1": {3}, "A2": {3, 4}, "A3": {7}, "A4": {5}, "B1": {3, 6}, "B2": {4}, "B3": {3}, "B4": {3}, "C1": {2}, "C2": {2}, "C3": {2}}
	days := map[string][]int{"A2": {1, 1, 1}, "B1": {2, 5, 2, 2, 3}}
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		var got []int
		if c.Engine.Part(i).Kind == scoring.Bonus {
			continue
		}
		if ind.Guide == nil || ind.Guide.Problem == "" || ind.Guide.Goal == "" {
			t.Fatalf("%s has no problem or goal", ind.Code)
		}
		for k, f := range ind.Guide.Flows {
			if k >= len(steps[ind.Code]) || len(f.Steps) != steps[ind.Code][k] {
				t.Errorf("%s %s has %d steps", ind.Code, f.Title, len(f.Steps))
			}
			for _, s := range f.Steps {
				if s.Days != nil {
					got = append(got, *s.Days)
				}
			}
		}
		for k, d := range days[ind.Code] {
			if k >= len(got) || got[k] != d {
				t.Errorf("%s day limits are %v, want %v", ind.Code, got, days[ind.Code])
				break
			}
		}
	}
	if c.Engine.Len() != 22 {
		t.Errorf("%d indicators", c.Engine.Len())
	}
	if i, _ := c.Engine.Index("A5"); len(c.Engine.Indicator(i).Guide.Standards) != 4 {
		t.Error("A5 has four standards")
	}
	if len(c.Rubric.Glossary) != 2 || c.Rubric.PointsStatus != scoring.Illustrative || c.Rubric.RulesStatus != scoring.Illustrative {
		t.Error("glossary or statuses are wrong")
	}
}

// The dates of the bonus part, 月底 being the last day, and what mirrors what.
func TestBonusDatesAndMirrors(t *testing.T) {
	c := load(t)
	for _, want := range []struct {
		code, mirror string
		deadlines    []string
	}{
		{"D1", "A1", []string{"2019-11-30"}},
		{"D2", "A2", []string{"2019-11-30"}},
		{"D3", "A3", []string{"2019-07-31"}},
		{"D4", "A4", []string{"2019-08-31"}},
		{"D5", "", []string{"2019-08-31", "round"}},
		{"D6", "", []string{"2019-11-30", "2019-06-30"}},
		{"D7", "", []string{"2019-07-31"}},
		{"D8", "B3", []string{"round"}},
	} {
		i, ok := c.Engine.Index(want.code)
		if !ok {
			t.Errorf("no indicator %s", want.code)
			continue
		}
		ind := c.Engine.Indicator(i)
		var dates []string
		for _, m := range ind.Measures {
			dates = append(dates, m.Deadline)
		}
		if !slices.Equal(dates, want.deadlines) || ind.Mirror != want.mirror {
			t.Errorf("%s: deadlines %v, mirror %q", want.code, dates, ind.Mirror)
		}
		if len(ind.Rules) != 1 || ind.Rules[0].Kind != scoring.Complete || len(ind.Rules[0].Needs) != len(dates) {
			t.Errorf("%s is not one rule that needs all its measures: %+v", want.code, ind.Rules)
		}
	}
}

// Absence is allowed for exactly the five indicators that the policy names,
// and only where it names one is a letter required.
func TestAbsences(t *testing.T) {
	c := load(t)
	want := map[string]string{"A1": "required", "A2": "required", "A3": "required", "A4": "optional", "B3": "optional"}
	allowed := c.Rubric.Parts[0].Absence.Allowed
	if len(allowed) != len(want) {
		t.Errorf("absence of %d indicators is allowed", len(allowed))
	}
	for code, letter := range want {
		if string(allowed[code].Letter) != letter {
			t.Errorf("absence of %s: letter %q, want %q", code, allowed[code].Letter, letter)
		}
	}
	if len(allowed["A3"].Conditions) != 2 {
		t.Errorf("A3 has the conditions %v", allowed["A3"].Conditions)
	}
}
