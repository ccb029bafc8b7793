package model

import (
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// A form whose answers stay as they are takes none of several findings of a rule
// away; a new count is that of the first, and 0 takes all.
func TestFormKeepsFurtherFindings(t *testing.T) {
	per := 2 * scoring.One
	ind := &scoring.Indicator{Code: "A2", Rules: []scoring.Rule{{Code: "A2-2", Kind: scoring.Each, Per: &per}}}
	e := inspection.Entry{State: scoring.Checked, Findings: []inspection.Finding{{ID: "f1", Rule: "A2-2", Count: scoring.One, Points: per},
		{ID: "f2", Rule: "A2-2", Count: 3 * scoring.One, Points: 3 * per, Responsible: "450200"}}}
	f := NewEntryForm(ind, "city", &e)
	for answer, want := range map[string]int{"1": 2, "4": 2, "0": 0} {
		got, err := f.Read([]string{answer, ""})
		if err != nil || len(got.Findings) != want {
			t.Fatalf("%s gives %+v, %v", answer, got, err)
		}
		if want == 2 && (got.Findings[0].Count.String() != answer || got.Findings[1].Responsible != "450200") {
			t.Errorf("%s gives %+v", answer, got.Findings)
		}
	}
}
