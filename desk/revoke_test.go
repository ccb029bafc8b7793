package desk

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/seal"
)

// The chain of a key shows where it ends and splits; what a choice of last ones
// would leave standing is what the roster then leaves standing.
func TestTheChainOfAKey(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	_, err := d.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	_, err = d.Merge(t.Context(), slices.Sorted(maps.Values(x.files)), false, nil)
	must(t, err)
	list, err := d.SignedBy(x.key.SPKI())
	must(t, err)
	by := map[string]SignedObject{}
	for _, o := range list {
		by[o.Hash] = o
	}
	first, second, stolen, forged := by[x.hashes["first"]], by[x.hashes["second"]], by[x.hashes["stolen"]], by[x.hashes["forged"]]
	if len(list) != 4 || list[0].Hash != forged.Hash || first.End || first.Fork || !second.End || !second.Fork || stolen.End || !stolen.Fork || !forged.End || forged.Unit == "" {
		t.Errorf("chain %+v", list)
	}
	var numbers []string
	for _, p := range x.card.Inspection.People.Inspectors {
		numbers = append(numbers, p.Number)
	}
	for _, last := range [][]string{nil, {second.Hash}, {forged.Hash}, {first.Hash}, {second.Hash, forged.Hash}} {
		believed := Believed(list, last)
		roster := *mustRoster(t, d)
		roster.Entries = slices.Clone(roster.Entries)
		for i := range roster.Entries {
			if roster.Entries[i].SPKI == x.key.SPKI() {
				roster.Entries[i].Revoked = &inspection.Revoked{Last: last}
			}
		}
		var links []inspection.Link
		for _, o := range list {
			links = append(links, inspection.Link{Hash: o.Hash, Signer: x.key.SPKI(), Previous: o.Previous})
		}
		trust := inspection.NewTrust(&roster, links)
		for _, o := range list {
			n := inspection.Node{Hash: o.Hash, Signer: x.key.SPKI(), Numbers: numbers}
			if counts := trust.Record(&n) == ""; counts != believed[o.Hash] {
				t.Errorf("last %v: %s counts %t, shown %t", last, o.Short, counts, believed[o.Hash])
			}
		}
	}
}

func mustRoster(t *testing.T, d *Desk) *inspection.Roster {
	t.Helper()
	r, err := d.Roster()
	must(t, err)
	return r
}

// A key is revoked with short codes; an honest fork found later is kept by
// revoking again with both heads; a person who got a new key keeps the list of
// the old one when the new one is revoked, too; foreign objects are refused.
func TestRevokingAgain(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	_, err := d.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	_, err = d.Merge(t.Context(), slices.Sorted(maps.Values(x.files)), false, nil)
	must(t, err)
	number := x.card.Inspection.People.Inspectors[0].Number
	revoke := func(who string, last ...string) error {
		_, err := d.Revoke(x.root, who, last, "示例：遗失")
		return err
	}
	must(t, revoke(number, x.hashes["second"][:16]))
	if got := x.standings(t, d); !strings.HasPrefix(got, "first: second: stolen:revoked") {
		t.Errorf("revoked: %s", got)
	}
	must(t, revoke(number, x.hashes["second"][:16], x.hashes["forged"]))
	if got := x.standings(t, d); got != "first: second: stolen: forged:" {
		t.Errorf("with both heads: %s", got)
	}
	must(t, revoke(number, x.hashes["second"]))

	again, err := seal.NewIdentity(seal.Person{Name: "同一人", Number: number, Org: demoOrg}, d.clock())
	must(t, err)
	req, err := again.Request()
	must(t, err)
	_, _, err = d.Enrol(x.root, req, []inspection.Role{inspection.RoleInspector})
	must(t, err)
	must(t, revoke(number))
	r := mustRoster(t, d)
	if old := r.Entry(x.key.SPKI()).Revoked; old == nil || len(old.Last) != 1 || old.Last[0] != x.hashes["second"] {
		t.Errorf("the old key's list is %+v", old)
	}
	if now := r.Entry(again.SPKI()).Revoked; now == nil || len(now.Last) != 0 {
		t.Errorf("the new key's list is %+v", now)
	}
	version := r.Version
	for name, err := range map[string]error{
		"a number with two revoked keys": revoke(number),
		"an unknown number":              revoke("J999"),
		"an object of another key":       revoke(again.SPKI(), x.hashes["first"]),
		"an unknown short code":          revoke(again.SPKI(), "0123456789abcdef"),
		"too short a code":               revoke(again.SPKI(), "0123"),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if mustRoster(t, d).Version != version {
		t.Error("a refused revocation made a roster")
	}
	must(t, revoke(again.SPKI(), strings.Repeat("ab", 32))) // a hash that is not here yet
	if _, err := d.Revoke(&seal.Root{Identity: *again}, number, nil, "x"); err == nil {
		t.Error("an inspector's key revoked somebody")
	}
	if _, err := OpenRoot(filepath.Join(x.dir, "keys", "bureau.p12"), x.pass); err == nil {
		t.Error("the bureau's key is taken for the root")
	}
}
