package inspection

import (
	"slices"
	"strings"

	"xunping/inspection/canon"
)

type digestObject struct {
	Hash     string `json:"hash"`
	Standing string `json:"standing"`
}

type digestCase struct {
	Key   CaseKey  `json:"key"`
	State string   `json:"state"`
	Heads []string `json:"heads"`
	Exact string   `json:"exact"`
}

type digestDoc struct {
	Roster     string         `json:"roster"`
	Records    []digestObject `json:"records"`
	Acts       []digestObject `json:"acts"`
	Signatures []Signature    `json:"signatures"`
	Evidence   []string       `json:"evidence"`
	Cases      []digestCase   `json:"cases"`
}

// Digest is one hash over everything that counts (FORMATS §5): roster, records
// and acts with their standing, signatures, evidence, cases. Equal sets of
// files and rosters give equal digests, whatever came first or twice.
func (s *State) Digest(set Set) (string, error) {
	d := digestDoc{Roster: set.RosterHash, Records: []digestObject{}, Acts: []digestObject{}, Cases: []digestCase{}}
	exact := map[string]string{}
	for _, n := range set.Records {
		d.Records = append(d.Records, digestObject{n.Hash, string(s.Standings[n.Hash])})
		exact[n.Hash] = n.Exact
	}
	for _, a := range set.Acts {
		d.Acts = append(d.Acts, digestObject{a.Hash, string(s.Standings[a.Hash])})
	}
	d.Signatures = []Signature{}
	for _, x := range set.Signatures {
		x.Field = set.Roster.Field(x)
		d.Signatures = append(d.Signatures, x)
	}
	d.Evidence = append([]string{}, set.Evidence...)
	for _, c := range s.Cases {
		x := digestCase{Key: c.Key, State: c.State, Heads: append([]string{}, c.Heads...)}
		if c.State == CaseResult {
			x.Exact = exact[c.Heads[0]]
		}
		d.Cases = append(d.Cases, x)
	}
	byHash := func(a, b digestObject) int { return strings.Compare(a.Hash, b.Hash) }
	d.Records = sortedOnce(d.Records, byHash)
	d.Acts = sortedOnce(d.Acts, byHash)
	d.Signatures = sortedOnce(d.Signatures, func(a, b Signature) int {
		return strings.Compare(a.Object+" "+a.Field+" "+a.SPKI, b.Object+" "+b.Field+" "+b.SPKI)
	})
	d.Evidence = sortedOnce(d.Evidence, strings.Compare)
	b, err := canon.Encode(d)
	if err != nil {
		return "", err
	}
	return canon.Hash(b), nil
}

func sortedOnce[T comparable](list []T, less func(a, b T) int) []T {
	slices.SortFunc(list, less)
	return slices.Compact(list)
}
