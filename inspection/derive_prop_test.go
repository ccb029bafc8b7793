package inspection

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var allKeys = []string{wang, li, zhao, wangNew, bureau, boss, nobody}

// drawSet draws a world that has seen everything: teams, corrections, forks,
// settlements, parent links that do not count or lead to another case, chains
// with wrong links, letters, approvals, and a roster with revoked keys.
func drawSet(t *rapid.T) Set {
	var s Set
	last := map[string]string{}
	chain := func(signer, hash string) string {
		before := last[signer]
		if rapid.IntRange(0, 9).Draw(t, "broken chain") == 0 {
			before = named("lost %s", hash)
		}
		last[signer] = hash
		return before
	}
	for i := range rapid.IntRange(1, 14).Draw(t, "records") {
		n := drawRecord(t, named("record %d", i), s.Records)
		n.Previous = chain(n.Signer, n.Hash)
		s.Records = append(s.Records, n)
		s.Signatures = append(s.Signatures, Signature{n.Hash, FieldInspector, n.Signer})
		for range rapid.IntRange(0, 2).Draw(t, "later signatures") {
			s.Signatures = append(s.Signatures, Signature{n.Hash, rapid.SampledFrom([]string{FieldCoinspector, FieldBureau}).Draw(t, "field"),
				rapid.SampledFrom(allKeys).Draw(t, "co-signer")})
		}
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "acts") {
		signer := rapid.SampledFrom([]string{bureau, bureau, boss, wang, nobody}).Draw(t, "who acts")
		hash := named("act %d", i)
		a := letterAct(hash, signer)
		if rapid.Bool().Draw(t, "approval") {
			a = approvalAct(hash, signer, rapid.SampledFrom(s.Records).Draw(t, "about").Hash)
		}
		a.Previous = chain(signer, hash)
		s.Acts = append(s.Acts, a)
	}
	s.Evidence = []string{named("photo"), named("scan")}
	s.Roster, s.RosterHash = drawRoster(t, s), named("roster")
	return s
}

func drawRecord(t *rapid.T, hash string, earlier []Node) Node {
	n := rec(hash, rapid.SampledFrom(allKeys).Draw(t, "signer"))
	n.Case.Unit = rapid.SampledFrom([]string{"450100", "450100", "450100", "450200"}).Draw(t, "unit")
	n.ID = rapid.SampledFrom([]string{"one", "one", "one", "two"}).Draw(t, "id")
	n.Numbers = rapid.SampledFrom([][]string{{"1", "2"}, {"1", "2"}, {"3"}, {"1", "3"}}).Draw(t, "team")
	n.Signers = rapid.IntRange(1, 2).Draw(t, "signers")
	n.Exact = rapid.SampledFrom([]string{"80", "85", "170/2", ""}).Draw(t, "exact")
	n.Free, n.ByBureau = rapid.IntRange(0, 4).Draw(t, "free") == 0, rapid.IntRange(0, 4).Draw(t, "by bureau") == 0
	if rapid.IntRange(0, 3).Draw(t, "letter") == 0 {
		n.Letters = []Letter{{"A1", "12号", "2019-07-01"}}
	}
	parents := map[string]bool{}
	for range rapid.SampledFrom([]int{0, 1, 1, 1, 2, 3}).Draw(t, "parents") {
		if len(earlier) > 0 {
			parents[rapid.SampledFrom(earlier).Draw(t, "parent").Hash] = true
		}
	}
	n.Parents = sortedKeys(parents)
	n.Revision = len(n.Parents) + 1
	return n
}

func drawRoster(t *rapid.T, s Set) *Roster {
	r := roster()
	for _, key := range []string{wang, bureau, li} {
		if rapid.IntRange(0, 2).Draw(t, "revoked "+key) != 0 {
			continue
		}
		var believed []string
		for _, n := range s.Records {
			if rapid.IntRange(0, 4).Draw(t, "last") == 0 {
				believed = append(believed, n.Hash)
			}
		}
		r = r.revoke(key, believed...)
	}
	if rapid.IntRange(0, 4).Draw(t, "zhao is not there yet") == 0 {
		r.Entries = slices.DeleteFunc(r.Entries, func(e RosterEntry) bool { return e.SPKI == zhao })
	}
	return r
}

func digest(t *rapid.T, s Set) string {
	d, err := Derive(s).Digest(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// jumbled is the same set in another order, with some of it twice.
func jumbled(t *rapid.T, s Set) Set {
	s.Records = rapid.Permutation(append(slices.Clone(s.Records), s.Records[:len(s.Records)/2]...)).Draw(t, "records in order")
	s.Acts = rapid.Permutation(append(slices.Clone(s.Acts), s.Acts[:len(s.Acts)/2]...)).Draw(t, "acts in order")
	s.Signatures = rapid.Permutation(append(slices.Clone(s.Signatures), s.Signatures[:len(s.Signatures)/2]...)).Draw(t, "signatures in order")
	s.Evidence = append(rapid.Permutation(s.Evidence).Draw(t, "evidence in order"), s.Evidence...)
	r := *s.Roster
	r.Entries = rapid.Permutation(r.Entries).Draw(t, "roster in order")
	s.Roster = &r
	return s
}

// worlds runs a check on 5,000 drawn worlds, 100,000 with XUNPING_LONG=1, and says
// what was in them.
func worlds(t *testing.T, check func(*rapid.T, Set)) {
	t.Helper()
	n := "5000"
	if os.Getenv("XUNPING_LONG") != "" {
		n = "100000"
	}
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = flag.Set("rapid.checks", "100") }() // as the other tests expect
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		s := drawSet(t)
		countWorld(s, seen)
		check(t, s)
	})
	for _, k := range []string{"conflicts", "settlements", "quarantined", "revoked keys", "later signatures", "acts"} {
		if seen[k] == 0 {
			t.Errorf("no world had %s", k)
		}
	}
	t.Logf("%v", seen)
}

// countWorld counts what is in a world.
func countWorld(s Set, seen map[string]int) {
	st := Derive(s)
	seen["worlds"]++
	seen["records"] += len(s.Records)
	seen["acts"] += len(s.Acts)
	seen["later signatures"] += len(s.Signatures) - len(s.Records)
	for _, why := range st.Standings {
		if why != "" {
			seen["quarantined"]++
		}
	}
	for _, c := range st.Cases {
		if len(c.Heads) > 1 {
			seen["conflicts"]++
		}
	}
	for i := range s.Records {
		if len(s.Records[i].Parents) > 1 {
			seen["settlements"]++
		}
	}
	for _, e := range s.Roster.Entries {
		if e.Revoked != nil {
			seen["revoked keys"]++
		}
	}
}

func TestOrderAndRepetitionChangeNothing(t *testing.T) {
	worlds(t, func(t *rapid.T, s Set) {
		before := slices.Clone(s.Records)
		other := jumbled(t, s)
		if a, b := Derive(s), Derive(other); !reflect.DeepEqual(a, b) {
			t.Fatalf("states differ:\n%+v\n%+v", a, b)
		}
		if digest(t, s) != digest(t, other) {
			t.Fatal("digests differ")
		}
		if !reflect.DeepEqual(before, s.Records) {
			t.Fatal("Derive changed what it was given")
		}
	})
}

// A store derives only the cases that a file touched, with the chains of
// revoked keys only. Taking the files one after another that way must end in
// the state of the whole set, whatever their order.
func TestCaseByCaseIsTheWhole(t *testing.T) {
	worlds(t, func(t *rapid.T, s Set) {
		want := Derive(s)
		trust := NewTrust(s.Roster, revokedLinks(s))
		got := map[CaseKey]CaseState{}
		seen := map[CaseKey]*CaseSet{}
		for _, n := range rapid.Permutation(s.Records).Draw(t, "arrival") {
			c := seen[n.Case].with(n)
			seen[n.Case] = c
			// More than the case's own does no harm.
			c.Signatures, c.Acts = s.Signatures, s.Acts
			got[n.Case] = DeriveCase(*c, trust)
		}
		if len(got) != len(want.Cases) {
			t.Fatalf("%d cases, want %d", len(got), len(want.Cases))
		}
		for _, c := range want.Cases {
			if !reflect.DeepEqual(got[c.Key], c) {
				t.Fatalf("case by case %+v\nat once %+v", got[c.Key], c)
			}
		}
	})
}

func revokedLinks(s Set) []Link {
	var links []Link
	revoked := func(spki string) bool { e := s.Roster.Entry(spki); return e != nil && e.Revoked != nil }
	for _, n := range s.Records {
		if revoked(n.Signer) {
			links = append(links, Link{n.Hash, n.Signer, n.Previous})
		}
	}
	for _, a := range s.Acts {
		if revoked(a.Signer) {
			links = append(links, Link{a.Hash, a.Signer, a.Previous})
		}
	}
	return links
}

// Heads against the definition, spelled out: a trusted record from which no
// other trusted one is reached by going to children along counting links.
func TestHeadsByDefinition(t *testing.T) {
	worlds(t, func(t *rapid.T, s Set) {
		st := Derive(s)
		trust := NewTrust(s.Roster, revokedLinks(s))
		heads := map[string]bool{}
		for _, c := range st.Cases {
			for _, h := range c.Heads {
				heads[h] = true
			}
		}
		for i := range s.Records {
			n := &s.Records[i]
			want := st.Standings[n.Hash] == "" && !supersededByTrusted(s, n, st, trust)
			if heads[n.Hash] != want {
				t.Fatalf("%s: head %v, want %v", n.Hash, heads[n.Hash], want)
			}
		}
	})
}

func supersededByTrusted(s Set, n *Node, st *State, trust *Trust) bool {
	for i := range s.Records {
		child := &s.Records[i]
		if child.Case != n.Case || !contains(child.Parents, n.Hash) || !linkCounts(child, n, trust) {
			continue
		}
		if st.Standings[child.Hash] == "" || supersededByTrusted(s, child, st, trust) {
			return true
		}
	}
	return false
}

// What nobody on the roster signed changes no outcome, and every new object
// changes the digest.
func TestAStrangerChangesNoOutcome(t *testing.T) {
	worlds(t, func(t *rapid.T, s Set) {
		before := Derive(s)
		more := s
		n := drawRecord(t, named("stranger"), s.Records)
		n.Case, n.Signer = rapid.SampledFrom(s.Records).Draw(t, "beside").Case, nobody
		more.Records = append(slices.Clone(s.Records), n)
		a := approvalAct(named("strange act"), nobody, rapid.SampledFrom(s.Records).Draw(t, "approves").Hash)
		a.Case = n.Case
		more.Acts = append(slices.Clone(s.Acts), a)
		after := Derive(more)
		for i, c := range after.Cases {
			if fmt.Sprint(c.Heads, c.Provisional, c.Ancestor) != fmt.Sprint(before.Cases[i].Heads, before.Cases[i].Provisional, before.Cases[i].Ancestor) {
				t.Fatalf("before %+v\nafter %+v", before.Cases[i], c)
			}
		}
		if digest(t, s) == digest(t, more) {
			t.Fatal("a new object does not show in the digest")
		}
	})
}

// A settlement of all heads by a bureau that is believed leaves one head, and
// none of what it settled comes back when it arrives again.
func TestASettlementSettles(t *testing.T) {
	worlds(t, func(t *rapid.T, s Set) {
		s.Roster = roster()
		c := Derive(s).Cases[0]
		if len(c.Heads) < 2 {
			t.Skip("no conflict")
		}
		n := rec(named("settlement"), boss, c.Heads...)
		n.Case = c.Key
		s.Records = append(slices.Clone(s.Records), n)
		again := jumbled(t, s)
		for _, x := range Derive(again).Cases {
			if x.Key == c.Key && (len(x.Heads) != 1 || x.Heads[0] != n.Hash) {
				t.Fatalf("heads %v after the settlement %s", x.Heads, n.Hash)
			}
		}
	})
}

func TestDigestTellsApart(t *testing.T) {
	base := Set{Records: []Node{rec("a", wang)}, Signatures: []Signature{{"a", FieldInspector, wang}}, Roster: roster(), RosterHash: "r", Evidence: []string{"e"}}
	digestOf := func(s Set) string {
		d, err := Derive(s).Digest(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	want := digestOf(base)
	for name, change := range map[string]func(*Set){
		"roster":    func(s *Set) { s.RosterHash = "q" },
		"standing":  func(s *Set) { s.Roster = nil },
		"evidence":  func(s *Set) { s.Evidence = nil },
		"signature": func(s *Set) { s.Signatures = append(slices.Clone(s.Signatures), Signature{"a", FieldBureau, bureau}) },
		"act":       func(s *Set) { s.Acts = []ActNode{letterAct("l", bureau)} },
		"score":     func(s *Set) { s.Records = []Node{rec("a", wang).with(func(n *Node) { n.Exact = "99" })} },
	} {
		s := base
		change(&s)
		if digestOf(s) == want {
			t.Errorf("another %s has the same digest", name)
		}
	}
}
