package rubrics_test

import (
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
