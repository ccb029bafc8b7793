package inspection

import (
	"maps"
	"slices"
)

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
	e := t.keys[child.Signer]
	return child.Signer == parent.Signer || e.Has(RoleInspector) && contains(parent.Numbers, e.Number)
}

// supersededBy collects what the given records supersede along counting links,
// through quarantined ones too; the given ones only if another of them
// supersedes them.
func (g *graph) supersededBy(hashes []string) map[string]bool {
	seen := map[string]bool{}
	todo := slices.Clone(hashes)
	for len(todo) > 0 {
		h := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, p := range g.parents[h] {
			if !seen[p] {
				seen[p] = true
				todo = append(todo, p)
			}
		}
	}
	return seen
}

// heads are the trusted records that no other trusted record supersedes.
func (g *graph) heads() []string {
	var trusted, heads []string
	for _, h := range g.order {
		if g.trusted[h] {
			trusted = append(trusted, h)
		}
	}
	superseded := g.supersededBy(trusted)
	for _, h := range trusted {
		if !superseded[h] {
			heads = append(heads, h)
		}
	}
	return heads
}

// ancestor is the nearest record that all heads descend from, or "" when there
// is none or more than one.
func (g *graph) ancestor(heads []string) string {
	common := g.supersededBy(heads[:1])
	for _, h := range heads[1:] {
		more := g.supersededBy([]string{h})
		maps.DeleteFunc(common, func(a string, _ bool) bool { return !more[a] })
	}
	farther := g.supersededBy(slices.Collect(maps.Keys(common)))
	maps.DeleteFunc(common, func(a string, _ bool) bool { return farther[a] })
	if len(common) != 1 {
		return ""
	}
	for a := range common {
		return a
	}
	return ""
}
