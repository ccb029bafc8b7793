package inspection_test

import (
	"reflect"
	"strings"
	"testing"

	"xunping/assets/rubrics"
	"xunping/inspection"
)

func TestCompareRubrics(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	text := string(builtin.JSON)
	swap := func(pairs ...string) *inspection.Compiled {
		t.Helper()
		changed := text
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(changed, pairs[i]) {
				t.Fatalf("the rubric lacks %s", pairs[i])
			}
			changed = strings.Replace(changed, pairs[i], pairs[i+1], 1)
		}
		c, err := inspection.Compile([]byte(changed))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	a := swap()
	at, _ := a.Engine.Index("A2")
	title := a.Engine.Indicator(at).Title
	b := swap(`"`+title+`"`, `"`+title+`（改）"`, `"code": "C3"`, `"code": "C9"`)
	list, err := inspection.CompareRubrics(a, b)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]inspection.IndicatorChange{}
	for _, c := range list {
		got[c.Indicator] = c
	}
	if c := got["A2"]; c.Change != inspection.ChangeChanged || c.Carries || !reflect.DeepEqual(c.Members, []string{"title"}) {
		t.Errorf("A2: %+v", c)
	}
	if c := got["A1"]; c.Change != inspection.ChangeSame || !c.Carries || len(c.Members) != 0 || c.From != c.To {
		t.Errorf("A1: %+v", c)
	}
	if c := got["C9"]; c.Change != inspection.ChangeAdded || c.From != "" || c.Carries {
		t.Errorf("C9: %+v", c)
	}
	if c := got["C3"]; c.Change != inspection.ChangeRemoved || c.To != "" {
		t.Errorf("C3: %+v", c)
	}
	if len(list) != 23 {
		t.Errorf("%d changes", len(list))
	}
}
