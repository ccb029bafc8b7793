package inspection

import (
	"cmp"
	"slices"

	"xunping/scoring"
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

// graph is the records of a case with the parent links that count.
type graph struct {
	nodes   map[string]*Node
	order   []string // hashes, sorted
	parents map[string][]string
	trusted map[string]bool
	idle    []Edge
}

func newGraph(records []Node, t *Trust) *graph {
	g := &graph{nodes: map[string]*Node{}, parents: map[string][]string{}, trusted: map[string]bool{}}
	for i := range records {
		n := &records[i]
		if g.nodes[n.Hash] == nil {
			g.order = append(g.order, n.Hash)
		}
		g.nodes[n.Hash] = n
		g.trusted[n.Hash] = t.Record(n) == ""
	}
	slices.Sort(g.order)
	for _, h := range g.order {
		child := g.nodes[h]
		for _, p := range child.Parents {
			parent := g.nodes[p]
			if parent == nil {
				continue // not here yet, or of another case: supersedes nothing here
			}
			if linkCounts(child, parent, t) {
				g.parents[h] = append(g.parents[h], p)
			} else {
				g.idle = append(g.idle, Edge{h, p})
			}
		}
	}
	return g
}

// linkCounts tells whether a parent link counts (FORMATS §2), so that nobody
// erases another's result: the child is signed by the bureau, or it corrects
// the one record of the same inspection that its signer, or an inspector whom
// the parent names, made.
func linkCounts(child, parent *Node, t *Trust) bool {
	if t.IsBureau(child.Signer) {
		return true
	}
	if len(child.Parents) != 1 || t.IsBureau(parent.Signer) || child.ID != parent.ID {
		return false
	}
	e := t.roster.Entry(child.Signer)
	return child.Signer == parent.Signer || e.Has(RoleInspector) && contains(parent.Numbers, e.Number)
}

// ancestors are all records that a record supersedes, through quarantined ones
// too, itself not.
func (g *graph) ancestors(h string) map[string]bool {
	seen := map[string]bool{}
	todo := slices.Clone(g.parents[h])
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !seen[p] {
			seen[p] = true
			todo = append(todo, g.parents[p]...)
		}
	}
	return seen
}

// heads are the trusted records that no other trusted record supersedes.
func (g *graph) heads() []string {
	below := map[string]bool{}
	for _, h := range g.order {
		if g.trusted[h] {
			for a := range g.ancestors(h) {
				below[a] = true
			}
		}
	}
	var heads []string
	for _, h := range g.order {
		if g.trusted[h] && !below[h] {
			heads = append(heads, h)
		}
	}
	return heads
}

// ancestor is the nearest record that all heads descend from, or "" when there
// is none or more than one.
func (g *graph) ancestor(heads []string) string {
	common := g.ancestors(heads[0])
	for _, h := range heads[1:] {
		more := g.ancestors(h)
		for a := range common {
			if !more[a] {
				delete(common, a)
			}
		}
	}
	nearest := ""
	for a := range common {
		best := true
		for b := range common {
			if a != b && g.ancestors(b)[a] {
				best = false
			}
		}
		if !best {
			continue
		}
		if nearest != "" {
			return ""
		}
		nearest = a
	}
	return nearest
}

// provisional tells why the result of a head does not stand yet (FORMATS §3).
func provisional(n *Node, g *graph, c CaseSet, t *Trust) []Reason {
	var out []Reason
	if !t.IsBureau(n.Signer) && signed(n, c.Signatures, t) < n.Signers {
		out = append(out, AwaitsSignature)
	}
	if !lettersAccepted(n, c.Acts, t) {
		out = append(out, AwaitsLetter)
	}
	if n.Unscored {
		out = append(out, AwaitsScoring)
	}
	if needsApproval(n, g, t) && !approved(n, c.Acts, t) {
		out = append(out, AwaitsApproval)
	}
	return out
}

// signed counts the different inspectors' numbers among the valid signatures.
func signed(n *Node, sigs []Signature, t *Trust) int {
	numbers := map[string]bool{}
	for _, s := range sigs {
		if s.Object == n.Hash && (s.Field == FieldInspector || s.Field == FieldCoinspector) && t.Signature(s, n.Signer) == SignatureValid {
			numbers[t.number(s.SPKI)] = true
		}
	}
	return len(numbers)
}

// lettersAccepted tells whether every absence that names a letter has that
// letter registered and accepted for this indicator.
func lettersAccepted(n *Node, acts []ActNode, t *Trust) bool {
	for _, l := range n.Letters {
		found := false
		for i := range acts {
			a := &acts[i]
			found = found || a.Kind == ActLetter && a.Case.Unit == n.Case.Unit && a.Number == l.Number && a.Date == l.Date &&
				a.Decision == Accepted && contains(a.Indicators, l.Indicator) && t.Act(a) == ""
		}
		if !found {
			return false
		}
	}
	return true
}

// needsApproval: free findings where the rubric wants it, indicators that the
// bureau decides and has not, a settlement whose total is none of its parents'.
func needsApproval(n *Node, g *graph, t *Trust) bool {
	if n.Free || n.ByBureau && !t.IsBureau(n.Signer) {
		return true
	}
	if len(n.Parents) < 2 {
		return false
	}
	for _, p := range n.Parents {
		if parent := g.nodes[p]; parent != nil && sameTotal(parent.Exact, n.Exact) {
			return false
		}
	}
	return true
}

func sameTotal(a, b string) bool {
	x, ok1 := scoring.ParseExact(a)
	y, ok2 := scoring.ParseExact(b)
	return ok1 == ok2 && (!ok1 || x.Cmp(y) == 0)
}

func approved(n *Node, acts []ActNode, t *Trust) bool {
	for i := range acts {
		a := &acts[i]
		if a.Kind == ActApproval && a.Decision == Accepted && contains(a.About, n.Hash) && t.Act(a) == "" {
			return true
		}
	}
	return false
}
