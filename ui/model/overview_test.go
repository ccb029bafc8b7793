package model

import (
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

// What waits for an approval and what was found elsewhere are handled on 办理, the
// line itself chosen there; what is in quarantine in other rounds is counted apart.
func TestOverviewLeadsToWhereThingsAreHandled(t *testing.T) {
	unit := func(code string) inspection.Unit { return inspection.Unit{Code: code, Name: "单位" + code} }
	o := desk.RoundOverview{QuarantinedElsewhere: 2, Waiting: []desk.RankRow{
		{Unit: unit("1"), Hash: "aa", Provisional: []inspection.Reason{inspection.AwaitsApproval}},
		{Unit: unit("2"), Hash: "bb", Provisional: []inspection.Reason{inspection.AwaitsLetter}}}}
	leads := map[string][]desk.Lead{"3": {{For: unit("3")}}, "4": {{For: unit("4")}, {For: unit("4")}}}
	v := NewOverview(o, leads, func(string) string { return "" })
	lines := v.Table().Shown()
	want := []OpenPlace{{"handle", "单位1", HandleOpen, Matter{MatterApproval, "aa", "1"}}, {"letters", "单位2", "", Matter{}},
		{"handle", "单位3", HandleLeads, Matter{MatterLead, "0", "3"}}, {"handle", "单位4", HandleLeads, Matter{MatterLead, "1", "4"}},
		{"handle", "单位4", HandleLeads, Matter{MatterLead, "2", "4"}}}
	if len(lines) != len(want) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, l := range lines {
		if got := v.Goes(l); got != want[i] {
			t.Errorf("line %d leads to %+v, want %+v", i, got, want[i])
		}
	}
	h := &Handling{Leads: []desk.Lead{leads["3"][0], leads["4"][0], leads["4"][1]}}
	h.Table(HandleLeads)
	if h.Line(want[4].Matter) != 2 {
		t.Error("a lead is another one on the page where it is handled")
	}
	if v.Elsewhere() == "" || NewOverview(desk.RoundOverview{}, nil, nil).Elsewhere() != "" {
		t.Error("what is in quarantine elsewhere")
	}
}
