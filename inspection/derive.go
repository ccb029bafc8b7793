package inspection

import (
	"cmp"
	"slices"
)

// Set is everything known: a growing set of proven records and acts with their
// signatures, and the highest roster. Duplicates and order do not matter.
type Set struct {
	Records    []Node
	Acts       []ActNode
	Signatures []Signature
	Roster     *Roster
	RosterHash string
	Evidence   []string // hashes
}

// State is what the set means.
type State struct {
	Cases     []CaseState       // sorted by key
	Standings map[string]Reason // of each record and act by hash; "" counts
}

// States of a case.
const (
	CaseNone     = "none"     // no record counts
	CaseResult   = "result"   // one head
	CaseConflict = "conflict" // several heads
)

// CaseState is the outcome of one case.
type CaseState struct {
	Key         CaseKey
	State       string
	Heads       []string // sorted
	Provisional []Reason // of a single head
	Ancestor    string   // nearest common ancestor of the heads of a conflict, "" for the empty record
	Idle        []Edge   // parent links that do not count and supersede nothing
}

// Edge is a parent link.
type Edge struct{ Child, Parent string }

// Derive folds a set into its state. It is a pure function of records, acts,
// signatures and roster: any order, repetition or partition of them gives the
// same state.
func Derive(s Set) *State {
	var links []Link
	for _, n := range s.Records {
		links = append(links, Link{n.Hash, n.Signer, n.Previous})
	}
	for _, a := range s.Acts {
		links = append(links, Link{a.Hash, a.Signer, a.Previous})
	}
	t := NewTrust(s.Roster, links)
	st := &State{Standings: map[string]Reason{}}
	groups := map[CaseKey]*CaseSet{}
	for _, n := range s.Records {
		st.Standings[n.Hash] = t.Record(&n)
		groups[n.Case] = groups[n.Case].with(n)
	}
	signed := map[string][]Signature{}
	for _, sig := range s.Signatures {
		signed[sig.Object] = append(signed[sig.Object], sig)
	}
	acts := map[string][]ActNode{} // by unit
	for _, a := range s.Acts {
		st.Standings[a.Hash] = t.Act(&a)
		acts[a.Case.Unit] = append(acts[a.Case.Unit], a)
	}
	for key, g := range groups {
		g.Acts = acts[key.Unit]
		for _, n := range g.Records {
			g.Signatures = append(g.Signatures, signed[n.Hash]...)
		}
		st.Cases = append(st.Cases, DeriveCase(*g, t))
	}
	slices.SortFunc(st.Cases, func(a, b CaseState) int { return a.Key.Compare(b.Key) })
	return st
}

// Compare orders cases by round, rubric, trial, unit.
func (k CaseKey) Compare(o CaseKey) int {
	trial := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(k.Round, o.Round), cmp.Compare(k.Rubric, o.Rubric),
		cmp.Compare(trial(k.Trial), trial(o.Trial)), cmp.Compare(k.Unit, o.Unit))
}

// CaseSet is what one case's outcome depends on: its records with their
// signatures, and the acts about its unit.
type CaseSet struct {
	Records    []Node
	Signatures []Signature
	Acts       []ActNode
}

func (c *CaseSet) with(n Node) *CaseSet {
	if c == nil {
		c = &CaseSet{}
	}
	c.Records = append(c.Records, n)
	return c
}

// DeriveCase folds one case. A store calls it for the cases that a batch
// touched; Derive is a loop over it. records must not be empty.
func DeriveCase(c CaseSet, t *Trust) CaseState {
	g := newGraph(c.Records, t)
	out := CaseState{Key: c.Records[0].Case, State: CaseNone, Idle: g.idle}
	out.Heads = g.heads()
	switch len(out.Heads) {
	case 0:
	case 1:
		out.State = CaseResult
		out.Provisional = provisional(g.nodes[out.Heads[0]], g, c, t)
	default:
		out.State = CaseConflict
		out.Ancestor = g.ancestor(out.Heads)
	}
	return out
}
