package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// RosterRow is one key of the roster as a line.
type RosterRow struct {
	Name, Number, Org, Roles, Key, To, State string
	Lost                                     bool // revoked
	Entry                                    inspection.RosterEntry
}

// RosterRows are the keys of the roster that fit a text, in its order. nil is no
// roster yet.
func RosterRows(r *inspection.Roster, text string) []RosterRow {
	if r == nil {
		return nil
	}
	text = strings.ToLower(strings.TrimSpace(text))
	var out []RosterRow
	for _, e := range r.Entries {
		row := RosterRow{Name: e.Name, Number: e.Number, Org: e.Org, Roles: Roles(e.Roles), Key: e.SPKI[:min(16, len(e.SPKI))], To: e.To, State: i18n.T("有效"), Entry: e}
		switch {
		case e.Revoked != nil:
			row.State, row.Lost = i18n.T("已吊销：%s", e.Revoked.Reason), true
		case len(e.Roles) == 0:
			row.Roles, row.State = i18n.T("根"), i18n.T("只作引见")
		}
		if text == "" || strings.Contains(strings.ToLower(row.Name+" "+row.Number+" "+row.Org+" "+e.SPKI), text) {
			out = append(out, row)
		}
	}
	return out
}

// Revocation is the choice of what is still believed of a key that is revoked.
type Revocation struct {
	list []desk.SignedObject
	last map[string]bool
}

// NewRevocation begins with the choice that an earlier revocation made, or with
// nothing believed.
func NewRevocation(list []desk.SignedObject, earlier *inspection.Revoked) *Revocation {
	r := &Revocation{list: list, last: map[string]bool{}}
	if earlier != nil {
		for _, h := range earlier.Last {
			r.last[h] = true
		}
	}
	return r
}

// Toggle names an object as one of the last believed ones, or takes that back.
func (r *Revocation) Toggle(i int) {
	h := r.list[i].Hash
	if r.last[h] = !r.last[h]; !r.last[h] {
		delete(r.last, h)
	}
}

// Last are the hashes that the revocation will name.
func (r *Revocation) Last() []string {
	var out []string
	for _, o := range r.list {
		if r.last[o.Hash] {
			out = append(out, o.Hash)
		}
	}
	for h := range r.last {
		if !r.here(h) { // named earlier and not in this workbook
			out = append(out, h)
		}
	}
	return out
}

func (r *Revocation) here(hash string) bool {
	for _, o := range r.list {
		if o.Hash == hash {
			return true
		}
	}
	return false
}

// RevocationRow is one object of the key with what the choice makes of it.
type RevocationRow struct {
	Chosen, Counts                         bool
	Short, Kind, Round, Unit, Claimed, Odd string
	Verdict                                string
}

// Rows are the objects, newest first.
func (r *Revocation) Rows() []RevocationRow {
	counts := desk.Believed(r.list, r.Last())
	out := make([]RevocationRow, len(r.list))
	for i, o := range r.list {
		row := RevocationRow{Chosen: r.last[o.Hash], Counts: counts[o.Hash], Short: o.Short, Kind: i18n.T("评分表"), Round: o.Round, Unit: o.Unit,
			Claimed: Clock(o.Claimed), Odd: desk.ChainWords(o), Verdict: i18n.T("进隔离区")}
		if o.Act {
			row.Kind = i18n.T("行为记录")
		}
		if row.Counts {
			row.Verdict = i18n.T("认可")
		}
		out[i] = row
	}
	return out
}

// Summary says how many stay and how many go.
func (r *Revocation) Summary() string {
	n := len(desk.Believed(r.list, r.Last()))
	return i18n.T("共 %d 份：认可 %d 份，进隔离区 %d 份", len(r.list), n, len(r.list)-n)
}
