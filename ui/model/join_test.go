package model

import (
	"slices"
	"strings"
	"testing"

	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// Where two drafts differ a person reads all that differs, and nothing is chosen
// for him.
func TestJoinFormAsks(t *testing.T) {
	mine := inspection.Entry{State: scoring.Checked, Findings: []inspection.Finding{{ID: "f1", Rule: "A2-2", Count: scoring.One, Points: 2 * scoring.One}}, Note: "甲"}
	theirs := inspection.Entry{State: scoring.Checked, Findings: []inspection.Finding{{ID: "f1", Rule: "A2-2", Count: scoring.One, Points: 2 * scoring.One,
		Responsible: "450200", Evidence: []string{"h"}}}, Note: "乙", Evidence: []string{"k"}, Materials: map[string]string{"迁移计划": "partial"}}
	j := &desk.Joining{Drafts: []desk.DraftJoin{{Unit: inspection.Unit{Code: "450100", Name: "南宁市"},
		Clash: []desk.Clash{{Code: "A2", Mine: mine, Theirs: theirs, Values: true, Notes: true}}}}}
	f := NewJoinForm(j, Telling{Name: func(string) string { return "柳州市" }})
	asks := f.Asks(&j.Drafts[0])
	if len(asks) != 1 || len(asks[0].Questions) != 2 || len(asks[0].Questions[0].Words) != 2 || len(asks[0].Questions[1].Words) != 3 {
		t.Fatalf("asks %+v", asks)
	}
	words := strings.Join(asks[0].Theirs, "|")
	for _, w := range []string{"柳州市", "佐证 1 件", "迁移计划", "不全", "乙"} {
		if !strings.Contains(words, w) {
			t.Errorf("%q does not say %q", words, w)
		}
	}
	if len(f.Choices) != 0 || !slices.Equal(f.Open(), []string{"南宁市 A2"}) {
		t.Fatalf("before: %v, open %v", f.Choices, f.Open())
	}
	asks[0].Questions[0].Choose(0)
	if len(f.Open()) != 1 {
		t.Error("the note was not asked any more")
	}
	asks[0].Questions[1].Choose(2)
	if len(f.Open()) != 0 || f.Choices["450100"]["A2"] != (desk.JoinChoice{Values: desk.SideMine, Notes: desk.SideBoth}) {
		t.Errorf("chosen %v", f.Choices)
	}
	hidden := strings.Join(Telling{Hidden: true}.Lines(mine), "")
	if strings.Contains(hidden, "分") {
		t.Errorf("hidden points stand in %q", hidden)
	}
}

// An absence is told with its letter, reason and conditions.
func TestLinesOfAnAbsence(t *testing.T) {
	got := Telling{}.Lines(inspection.Entry{State: scoring.Absent, Absence: &inspection.Absence{Letter: "〔2019〕12号", Date: "2019-07-01", Reason: "无此系统", Conditions: []string{"没有自建"}}})
	for _, w := range []string{"〔2019〕12号 2019-07-01", "无此系统", "没有自建"} {
		if !slices.Contains(got, w) {
			t.Errorf("%q lacks %q", got, w)
		}
	}
}

// A material that is not there asks for a conclusion until there is one.
func TestMaterialWarning(t *testing.T) {
	ind := &scoring.Indicator{Code: "A1", Materials: []scoring.Material{{Title: "迁移计划"}, {Title: "台账"}}}
	e := inspection.Entry{State: scoring.Checked, Materials: map[string]string{"迁移计划": "none", "台账": "have"}}
	if w := MaterialWarning(ind, e); !strings.Contains(w, "迁移计划") || strings.Contains(w, "台账") {
		t.Errorf("warned %q", w)
	}
	e.Note = "限期补交"
	if w := MaterialWarning(ind, e); w != "" {
		t.Errorf("still warned %q", w)
	}
}
