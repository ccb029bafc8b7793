package model

import (
	"slices"
	"testing"

	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// The form of an absence begins with what somebody wrote already, and gives
// what the rubric asks for.
func TestAbsenceForm(t *testing.T) {
	rule := &scoring.AbsenceRule{Letter: "required", Conditions: []string{"没有自建系统", "使用通用系统"}}
	letters := []desk.RegisteredLetter{{Number: "桂数函〔2019〕12号", Date: "2019-07-01", Reason: "无此业务"}}
	written := &inspection.Entry{State: scoring.Absent, Note: "现场看过", Evidence: []string{"ab"},
		Absence: &inspection.Absence{Letter: "桂数函〔2019〕3号", Date: "2019-06-01", Reason: "撤并", Conditions: []string{"使用通用系统"}}}
	checked := &inspection.Entry{State: scoring.Checked, Note: "扣分"}
	values := func(f *AbsenceForm) []string {
		var out []string
		for _, x := range f.Fields {
			out = append(out, x.Value)
		}
		return out
	}
	for name, c := range map[string]struct {
		entries []*inspection.Entry
		letters []desk.RegisteredLetter
		want    []string
	}{
		"nothing":    {[]*inspection.Entry{checked, nil}, nil, []string{"", "", "", "", ""}},
		"a letter":   {[]*inspection.Entry{checked}, letters, []string{"桂数函〔2019〕12号", "2019-07-01", "无此业务", "", ""}},
		"an absence": {[]*inspection.Entry{checked, written}, letters, []string{"桂数函〔2019〕3号", "2019-06-01", "撤并", "", Ticked}},
	} {
		if got := values(NewAbsenceForm(rule, c.entries, c.letters)); !slices.Equal(got, c.want) {
			t.Errorf("%s: the form begins with %q", name, got)
		}
	}
	f := NewAbsenceForm(rule, []*inspection.Entry{written}, nil)
	if _, err := f.Read([]string{"号", "2019-13-01", "理由", "", ""}); err == nil {
		t.Error("a day that is none was taken")
	}
	e, err := f.Read([]string{"号", "2019-07-02", "理由", Ticked, ""})
	if err != nil {
		t.Fatal(err)
	}
	if e.State != scoring.Absent || e.Note != "现场看过" || len(e.Evidence) != 1 || len(e.Findings) != 0 {
		t.Errorf("the entry is %+v", e)
	}
	if a := e.Absence; a.Letter != "号" || a.Date != "2019-07-02" || a.Reason != "理由" || !slices.Equal(a.Conditions, []string{"没有自建系统"}) {
		t.Errorf("the absence is %+v", a)
	}
	if !slices.Equal(written.Absence.Conditions, []string{"使用通用系统"}) {
		t.Error("reading a form changed the record it began with")
	}
}
