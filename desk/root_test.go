package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/seal"
)

// rotated is a workbook that knows the old root, the roster of the next one with
// its fingerprint, and what the holder of the old key can still make: a roster of
// a higher version, which is taken after the other when both lie in one folder.
func rotated(t *testing.T, x *theft) (laptop *Desk, root string, pack, thief []byte) {
	t.Helper()
	office := x.empty(t)
	_, err := office.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	next, root, err := NewRootFile(filepath.Join(t.TempDir(), "next.p12"), demoOrg, "long enough", time.Now())
	must(t, err)
	pack, err = office.RotateRoot(x.root, next)
	must(t, err)
	for thief == nil || hashOf(thief) < hashOf(pack) {
		thief, err = x.root.SignRoster(&inspection.Roster{Format: inspection.RosterFormat, Version: 99, Org: demoOrg, Issued: "2019-09-01T08:00:00+08:00",
			Chain: []inspection.OldRoster{}, Entries: []inspection.RosterEntry{}}, time.Now())
		must(t, err)
	}
	laptop = x.empty(t)
	_, err = laptop.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	return laptop, root, pack, thief
}

// Files of one merge are proven ahead, under the root of before: the old root has
// no say either in what is taken after the roster that replaced it.
func TestTheRootChangesInAMerge(t *testing.T) {
	x := newTheft(t)
	laptop, root, pack, thief := rotated(t, x)
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "1.zip"), pack, 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "2.zip"), thief, 0o600))
	r, err := laptop.Merge(t.Context(), []string{dir}, false, nil)
	must(t, err)
	if r.Merged != 1 || r.Refused != 1 || !strings.Contains(r.Results[1].Reason, "旧根") {
		t.Errorf("merged %+v", r)
	}
	if pin, _ := laptop.RootPin(); pin != root || mustRoster(t, laptop).Version != 3 {
		t.Errorf("pinned is %s, in force version %d", pin, mustRoster(t, laptop).Version)
	}
}

// Who compared the fingerprint of the next root may give it, where the old one
// leads to it; an empty one never passes for any.
func TestGivingTheNextRoot(t *testing.T) {
	x := newTheft(t)
	laptop, root, pack, _ := rotated(t, x)
	if _, err := laptop.ImportRoster(x.enrolled, root); err == nil {
		t.Error("the old roster is taken under the new root")
	}
	_, err := laptop.ImportRoster(pack, root)
	must(t, err)
	if pin, _ := laptop.RootPin(); pin != root {
		t.Errorf("pinned is %s", pin)
	}
	file := filepath.Join(t.TempDir(), "reply.zip")
	must(t, os.WriteFile(file, pack, 0o600))
	if _, err := AcceptReply(filepath.Join(x.dir, "keys", "inspector-1.p12"), x.pass, file, ""); err == nil {
		t.Error("a reply is taken although no root was compared")
	}
	if _, err := x.empty(t).TrustAnew(pack, ""); err == nil {
		t.Error("a root is trusted anew although none was compared")
	}
}

// A workbook that took the new roster before the pin moved with it is put right by
// the same roster.
func TestTheSameRosterMovesThePin(t *testing.T) {
	x := newTheft(t)
	laptop, root, pack, thief := rotated(t, x)
	_, err := laptop.ImportRoster(pack, "")
	must(t, err)
	must(t, laptop.wb.SetSetting(t.Context(), "root", x.yard.root))
	_, err = laptop.ImportRoster(pack, "")
	must(t, err)
	if pin, _ := laptop.RootPin(); pin != root {
		t.Errorf("pinned is %s", pin)
	}
	if s, err := seal.OpenRoster(thief, x.yard.root); err != nil || s.Under(root) == nil {
		t.Errorf("the thief's roster: %v", err)
	}
}

// Merging an older roster says which one stays in force.
func TestAnOlderRosterInAMerge(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	_, err := d.ImportRoster(x.gone, x.yard.root)
	must(t, err)
	file := filepath.Join(t.TempDir(), "old.zip")
	must(t, os.WriteFile(file, x.enrolled, 0o600))
	r, err := d.Merge(t.Context(), []string{file}, false, nil)
	must(t, err)
	if r.Identical != 1 || r.Results[0].Reason != OlderRoster(1, 2) {
		t.Errorf("merged %+v", r.Results)
	}
}

func TestUngroup(t *testing.T) {
	want := strings.Repeat("ab", 32)
	for _, typed := range []string{want, Groups(want), strings.ToUpper(Groups(want)), "AB" + strings.Repeat(":AB", 31), " " + want + "\n"} {
		if got, err := Ungroup(typed); err != nil || got != want {
			t.Errorf("%q gives %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "abab", strings.Repeat("x", 64)} {
		if _, err := Ungroup(typed); err == nil {
			t.Errorf("%q is taken", typed)
		}
	}
}
