package seal

import (
	"bytes"
	"testing"

	"xunping/inspection"
)

func TestPackRoundTrip(t *testing.T) {
	tm := newTeam(t)
	files := map[string][]byte{"a.bin": []byte("甲"), "b.bin": {}}
	b, err := WritePack(PackInspections, files, tm.one, noon)
	must(t, err)
	p, err := OpenPack(b)
	must(t, err)
	if p.Kind != PackInspections || len(p.Files) != 2 || SPKI(p.Signer) != tm.one.SPKI() || string(p.Files["a.bin"]) != "甲" {
		t.Errorf("pack came back as %+v", p)
	}
	if Detect(b) != KindZip || Detect([]byte("%PDF-1.7")) != KindPDF || Detect(nil) != KindOther {
		t.Error("kinds are wrong")
	}
}

func TestChangedPackIsRefused(t *testing.T) {
	b, err := WritePack(PackActs, map[string][]byte{"a.bin": bytes.Repeat([]byte("甲乙"), 300)}, newTeam(t).one, noon)
	must(t, err)
	whole, err := OpenPack(b)
	must(t, err)
	for i := range b {
		x := bytes.Clone(b)
		x[i] ^= 0x10
		p, err := OpenPack(x)
		if err != nil || p.Manifest == nil {
			continue // refused, or no longer claims to be a pack
		}
		if p.Kind != whole.Kind || !bytes.Equal(p.Files["a.bin"], whole.Files["a.bin"]) {
			t.Fatalf("byte %d changed the content and the pack is accepted", i)
		}
	}
}

func TestRosterPack(t *testing.T) {
	tm := newTeam(t)
	r := &inspection.Roster{Format: inspection.RosterFormat, Version: 1, Issued: "2019-08-01T00:00:00+08:00", Chain: []inspection.OldRoster{},
		Entries: []inspection.RosterEntry{NewEntry(tm.one.Certificate(), []inspection.Role{inspection.RoleInspector})}}
	b, err := tm.root.SignRoster(r, noon)
	must(t, err)
	got, err := OpenRoster(b, Fingerprint(tm.root.Certificate()))
	must(t, err)
	if got.Roster.Entries[0].SPKI != tm.one.SPKI() {
		t.Error("entry is lost")
	}
	other := newTeam(t)
	if _, err := OpenRoster(b, Fingerprint(other.root.Certificate())); err == nil {
		t.Error("roster of another root is accepted")
	}
	// A certificate of another root in an entry.
	r.Entries = append(r.Entries, NewEntry(other.two.Certificate(), []inspection.Role{inspection.RoleInspector}))
	b, err = tm.root.SignRoster(r, noon)
	must(t, err)
	if _, err := OpenRoster(b, ""); err == nil {
		t.Error("foreign certificate is accepted")
	}
}

func TestUnsafeNames(t *testing.T) {
	for _, n := range []string{"", "../x", "a/../b", "/x", "a\\b", "a/b/c/d", "c:x", "a//b"} {
		if safeName(n) {
			t.Errorf("%q is taken", n)
		}
	}
	if !safeName("2019-08/450100.pdf") {
		t.Error("a plain name is refused")
	}
}

func FuzzOpenPack(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	id, err := NewIdentity(Person{"甲", "J1", ""}, noon)
	must(f, err)
	honest, err := WritePack(PackActs, map[string][]byte{"a.bin": []byte("x")}, id, noon)
	must(f, err)
	f.Add(honest)
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := OpenPack(b)
		if err == nil && p.Manifest != nil && string(p.Files["a.bin"]) != "x" { // each worker has a key of its own
			t.Error("a member changed under the signature")
		}
	})
}
