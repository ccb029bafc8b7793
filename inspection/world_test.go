package inspection

import (
	"fmt"
	"slices"

	"xunping/inspection/canon"
)

// The keys of the tests: two inspectors of one team, one of another, one person
// with a second key, the bureau, and one whom no roster names.
const (
	wang    = "wang"    // inspector 1
	li      = "li"      // inspector 2
	zhao    = "zhao"    // inspector 3, of another team
	wangNew = "wangnew" // inspector 1, second key
	bureau  = "bureau"
	boss    = "boss" // bureau and inspector 5
	nobody  = "nobody"
)

var testCase = CaseKey{Round: "2019-08", Rubric: "r", Trial: true, Unit: "450100"}

func testEntry(spki, number string, roles ...Role) RosterEntry {
	return RosterEntry{Name: spki, Number: number, SPKI: spki, Roles: roles}
}

func roster() *Roster {
	return &Roster{Format: RosterFormat, Version: 1, Entries: []RosterEntry{
		testEntry(wang, "1", RoleInspector), testEntry(li, "2", RoleInspector), testEntry(zhao, "3", RoleInspector),
		testEntry(wangNew, "1", RoleInspector), testEntry(bureau, "4", RoleBureau), testEntry(boss, "5", RoleBureau, RoleInspector)}}
}

// revoke gives the roster in which a key is believed only up to last.
func (r *Roster) revoke(spki string, last ...string) *Roster {
	out := *r
	out.Version++
	out.Entries = slices.Clone(r.Entries)
	for i := range out.Entries {
		if out.Entries[i].SPKI == spki {
			out.Entries[i].Revoked = &Revoked{Last: last}
		}
	}
	return &out
}

// rec is a record of the first team. Its exact total is its name's length.
func rec(hash, signer string, parents ...string) Node {
	return Node{Hash: hash, Case: testCase, ID: "one", Revision: len(parents) + 1, Parents: parents, Signer: signer,
		Numbers: []string{"1", "2"}, Signers: 1, Exact: fmt.Sprint(len(hash)), Value: "v"}
}

func (n Node) with(change func(*Node)) Node {
	change(&n)
	return n
}

func otherID(n *Node) { n.ID = "two" }

func after(previous string) func(*Node) { return func(n *Node) { n.Previous = previous } }

func letterAct(hash, signer string) ActNode {
	return ActNode{Hash: hash, Kind: ActLetter, Case: testCase, Number: "12号", Date: "2019-07-01", Decision: Accepted,
		Indicators: []string{"A1", "A2"}, Signer: signer}
}

func approvalAct(hash, signer, about string) ActNode {
	return ActNode{Hash: hash, Kind: ActApproval, Case: testCase, About: []string{about}, Decision: Accepted, Signer: signer}
}

func named(format string, args ...any) string { return canon.Hash(fmt.Appendf(nil, format, args...)) }
