package model

import (
	"slices"
	"strings"
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

func TestRosterRows(t *testing.T) {
	r := &inspection.Roster{Entries: []inspection.RosterEntry{
		{Name: "甲", Number: "J1", SPKI: strings.Repeat("a", 64), Roles: []inspection.Role{inspection.RoleInspector}, To: "2030-01-01"},
		{Name: "乙", Number: "J2", SPKI: strings.Repeat("b", 64), Roles: []inspection.Role{inspection.RoleBureau}, Revoked: &inspection.Revoked{Reason: "遗失"}},
		{Name: "新根", Number: "root", SPKI: strings.Repeat("c", 64)},
	}}
	rows := RosterRows(r, "")
	if len(rows) != 3 || rows[0].State != "有效" || rows[0].Key != strings.Repeat("a", 16) || !rows[1].Lost || rows[1].State != "已吊销：遗失" || rows[2].State != "只作引见" {
		t.Errorf("%+v", rows)
	}
	if rows = RosterRows(r, " j2"); len(rows) != 1 || rows[0].Name != "乙" {
		t.Errorf("found %+v", rows)
	}
	if RosterRows(nil, "") != nil {
		t.Error("rows without a roster")
	}
}

func TestRevocationChoice(t *testing.T) {
	list := []desk.SignedObject{
		{Hash: "d", Previous: "c", Short: "d", Counter: 3, End: true},
		{Hash: "c", Previous: "a", Short: "c", Counter: 2, Fork: true},
		{Hash: "b", Previous: "a", Short: "b", Counter: 2, Fork: true, End: true, Act: true},
		{Hash: "a", Short: "a", Counter: 1},
	}
	r := NewRevocation(list, nil)
	verdicts := func() string {
		s := ""
		for _, row := range r.Rows() {
			if row.Counts {
				s += row.Short
			}
		}
		return s
	}
	if verdicts() != "" || r.Summary() != "共 4 份：认可 0 份，进隔离区 4 份" {
		t.Errorf("at first %q %s", verdicts(), r.Summary())
	}
	r.Toggle(2)
	if verdicts() != "ba" || !slices.Equal(r.Last(), []string{"b"}) {
		t.Errorf("with b: %q %v", verdicts(), r.Last())
	}
	r.Toggle(0)
	if verdicts() != "dcba" {
		t.Errorf("with both: %q", verdicts())
	}
	r.Toggle(2)
	if verdicts() != "dca" {
		t.Errorf("with d: %q", verdicts())
	}
	rows := r.Rows()
	if rows[2].Kind != "行为记录" || rows[0].Odd == "" || !rows[0].Chosen || rows[2].Verdict != "进隔离区" {
		t.Errorf("%+v", rows)
	}
	r = NewRevocation(list, &inspection.Revoked{Last: []string{"b", "elsewhere"}})
	if verdicts() != "ba" || !slices.Equal(r.Last(), []string{"b", "elsewhere"}) {
		t.Errorf("an earlier choice: %q %v", verdicts(), r.Last())
	}
}
