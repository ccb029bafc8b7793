package inspection

import (
	"slices"

	"xunping/scoring"
)

// provisional tells why the result of a head does not stand yet (FORMATS §3).
func provisional(n *Node, g *graph, c CaseSet, t *Trust) []Reason {
	var out []Reason
	acts := standing(c.Acts, t)
	if !t.IsBureau(n.Signer) && signed(n, c.Signatures, t) < n.Signers {
		out = append(out, AwaitsSignature)
	}
	if !lettersAccepted(n, acts) {
		out = append(out, AwaitsLetter)
	}
	if n.Unscored {
		out = append(out, AwaitsScoring)
	}
	if needsApproval(n, g, t) && !approved(n, acts) {
		out = append(out, AwaitsApproval)
	}
	return out
}

// standing are the acts that count and that no other has taken the place of.
func standing(acts []ActNode, t *Trust) []ActNode {
	var out []ActNode
	for i := range acts {
		if t.Act(&acts[i]) == "" {
			out = append(out, acts[i])
		}
	}
	gone := Replaced(out, t.IsBureau)
	if len(gone) == 0 {
		return out
	}
	return slices.DeleteFunc(out, func(a ActNode) bool { return gone[a.Hash] })
}

// signed counts the different inspectors' numbers among the valid signatures.
func signed(n *Node, sigs []Signature, t *Trust) int {
	numbers := map[string]bool{}
	for _, s := range sigs {
		if s.Object != n.Hash || t.roster.Field(s) == FieldBureau {
			continue
		}
		if t.Signature(s, n.Signer) == SignatureValid {
			numbers[t.number(s.SPKI)] = true
		}
	}
	return len(numbers)
}

// lettersAccepted tells whether every absence that names a letter has that
// letter registered and accepted for this indicator.
func lettersAccepted(n *Node, acts []ActNode) bool {
	for _, l := range n.Letters {
		found := false
		for i := range acts {
			a := &acts[i]
			found = found || a.Kind == ActLetter && a.Case.Unit == n.Case.Unit && a.Number == l.Number && a.Date == l.Date &&
				a.Decision == Accepted && contains(a.Indicators, l.Indicator)
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

func approved(n *Node, acts []ActNode) bool {
	for i := range acts {
		a := &acts[i]
		if a.Kind == ActApproval && a.Case == n.Case && a.Decision == Accepted && contains(a.About, n.Hash) {
			return true
		}
	}
	return false
}
