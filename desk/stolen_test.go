package desk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
)

// theft is the story of a key: its holder seals two records, a thief copies the
// key after the first and seals two more, dated before the holder's second and
// pointing at the same first one. The bureau revokes the key and names the
// holder's last record.
type theft struct {
	*yard
	pass           string
	root           *seal.Root
	files          map[string]string // name → path
	hashes         map[string]string
	enrolled, gone []byte // rosters: with the key, with the key revoked
	kept           []byte // the same, but both forks are believed
}

func newTheft(t *testing.T) *theft {
	x := &theft{yard: newYard(t), files: map[string]string{}, hashes: map[string]string{}}
	pass, err := os.ReadFile(filepath.Join(x.dir, "keys", "passphrase.txt"))
	must(t, err)
	x.pass = strings.TrimSpace(string(pass))
	x.root, err = OpenRoot(filepath.Join(x.dir, "keys", "root.p12"), x.pass)
	must(t, err)
	x.enrolled = x.roster
	dir := t.TempDir()
	seal1 := func(name, previous string, counter, unit int, when time.Time) {
		r := x.record(unit)
		r.Previous, r.Counter, r.Sealed = &previous, counter, when.Format(time.RFC3339)
		pdf, _, err := sealRecord(r, x.card.Rubric, nil, x.key, when)
		must(t, err)
		x.files[name] = filepath.Join(dir, name+".pdf")
		must(t, os.WriteFile(x.files[name], pdf, 0o600))
		b, _, err := r.Canonical()
		must(t, err)
		x.hashes[name] = canon.Hash(b)
	}
	day := time.Date(2019, 8, 6, 9, 0, 0, 0, beijing)
	seal1("first", "", 1, 1, day)
	seal1("second", x.hashes["first"], 2, 2, day.Add(48*time.Hour))
	seal1("stolen", x.hashes["first"], 2, 3, day.Add(time.Hour)) // back-dated
	seal1("forged", x.hashes["stolen"], 3, 4, day.Add(2*time.Hour))

	number := x.card.Inspection.People.Inspectors[0].Number
	revoke := func(last ...string) []byte {
		d := x.empty(t)
		_, err := d.ImportRoster(x.enrolled, x.yard.root)
		must(t, err)
		pack, err := d.Revoke(x.root, number, last, "示例：遗失")
		must(t, err)
		return pack
	}
	x.gone = revoke(x.hashes["second"])
	x.kept = revoke(x.hashes["second"], x.hashes["forged"])
	return x
}

// One file alone does not tell whether a record of a revoked signer counts; the
// workbook that has the records after it does.
func TestVerifyByTheChainOfARevokedSigner(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	_, err := d.ImportRoster(x.gone, x.yard.root)
	must(t, err)
	for _, f := range x.files {
		_, err := d.Merge(t.Context(), []string{f}, false, nil)
		must(t, err)
	}
	for name, want := range map[string]string{"first": Valid, "second": Valid, "stolen": RevokedSigner, "forged": RevokedSigner} {
		list, err := d.Verify(t.Context(), x.files[name])
		must(t, err)
		v := list[0]
		if v.Outcome != want || (want == Valid) != (v.Reason == "") || want == Valid && v.Signatures[0].Standing != inspection.SignatureValid {
			t.Errorf("%s: %s %q %+v", name, v.Outcome, v.Reason, v.Signatures)
		}
	}
	alone := VerifyFile(x.files["first"], mustRoster(t, d))[0]
	if alone.Outcome != RevokedSigner || !strings.Contains(alone.Reason, "判断不了") {
		t.Errorf("alone: %s %q", alone.Outcome, alone.Reason)
	}
}

func (x *theft) empty(t *testing.T) *Desk {
	d, err := Create(filepath.Join(t.TempDir(), "wb.xpb"), CreateOptions{})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// standings tells which records count and why the others do not.
func (x *theft) standings(t *testing.T, d *Desk) string {
	var out []string
	for _, name := range []string{"first", "second", "stolen", "forged"} {
		o, err := d.wb.Object(t.Context(), x.hashes[name])
		must(t, err)
		out = append(out, fmt.Sprintf("%s:%s", name, o.Standing))
	}
	return strings.Join(out, " ")
}

// The files and the rosters arrive in any order; neither the dates nor the order
// change what is believed.
func TestAStolenKey(t *testing.T) {
	x := newTheft(t)
	r := rand.New(rand.NewPCG(7, 7))
	for name, c := range map[string]struct {
		revoked []byte
		want    string
	}{
		"a thief":          {x.gone, fmt.Sprintf("first: second: stolen:%[1]s forged:%[1]s", inspection.ReasonRevoked)},
		"a second laptop":  {x.kept, "first: second: stolen: forged:"},
		"not yet revoked":  {nil, "first: second: stolen: forged:"},
		"revoked, unknown": {x.gone, fmt.Sprintf("first: second: stolen:%[1]s forged:%[1]s", inspection.ReasonRevoked)},
	} {
		t.Run(name, func(t *testing.T) {
			digests := map[string]bool{}
			for range 8 {
				d := x.empty(t)
				var steps []func()
				for _, f := range x.files {
					steps = append(steps, func() { _, err := d.Merge(t.Context(), []string{f}, false, nil); must(t, err) })
				}
				rosters := [][]byte{x.enrolled}
				if c.revoked != nil {
					rosters = append(rosters, c.revoked)
				}
				if name == "revoked, unknown" {
					rosters = rosters[1:] // the first roster never arrives
				}
				for _, p := range rosters {
					steps = append(steps, func() { _, err := d.ImportRoster(p, x.yard.root); must(t, err) })
				}
				r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
				for _, s := range steps {
					s()
				}
				if got := x.standings(t, d); got != c.want {
					t.Fatalf("got %s, want %s", got, c.want)
				}
				digest, err := d.Digest("")
				must(t, err)
				digests[digest] = true
			}
			if len(digests) != 1 {
				t.Errorf("%d digests", len(digests))
			}
		})
	}
}

// Before any roster names the signer a file waits; it counts by itself later.
func TestUnknownThenKnown(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	r, err := d.Merge(t.Context(), []string{x.files["first"]}, false, nil)
	must(t, err)
	if r.Quarantined != 1 {
		t.Errorf("%+v", r)
	}
	_, err = d.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	rows, err := d.Rank("2019-08", "")
	must(t, err)
	if len(rows) != 1 || rows[0].Rank != 1 {
		t.Errorf("ranking %+v", rows)
	}
}

// The root changes. A laptop that pinned the old one takes the new roster, and
// what both signed counts; a root that nobody announced is refused, and so is a
// chain with a changed or missing link.
func TestARotatedRoot(t *testing.T) {
	x := newTheft(t)
	office := x.empty(t)
	_, err := office.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	next, _, err := NewRootFile(filepath.Join(t.TempDir(), "next.p12"), demoOrg, "long enough", time.Now())
	must(t, err)
	pack, err := office.RotateRoot(x.root, next)
	must(t, err)
	renewed, err := office.Renew(next, "J002")
	must(t, err)
	for name, p := range map[string][]byte{"rotated": pack, "renewed later": renewed} {
		laptop := x.empty(t)
		_, err = laptop.ImportRoster(x.enrolled, x.yard.root)
		must(t, err)
		got, err := laptop.ImportRoster(p, "")
		must(t, err)
		if len(got.Chain) != 1 || got.Version < 3 {
			t.Errorf("%s: version %d, chain of %d", name, got.Version, len(got.Chain))
		}
		_, err = laptop.Merge(t.Context(), []string{x.files["first"]}, false, nil)
		must(t, err)
		o, err := laptop.wb.Object(t.Context(), x.hashes["first"])
		must(t, err)
		if o.Standing != "" {
			t.Errorf("%s: the record of a key from the old root is %s", name, o.Standing)
		}
		if _, err := laptop.ImportRoster(p, strings.Repeat("0", 64)); err == nil {
			t.Errorf("%s: taken under a root that was never confirmed", name)
		}
	}
	// A new laptop may pin either root.
	for _, root := range []string{x.yard.root, seal.Fingerprint(next.Certificate())} {
		if _, err := x.empty(t).ImportRoster(pack, root); err != nil {
			t.Errorf("pinned %s: %v", root[:8], err)
		}
	}
	// The old root has no say where the new one is known, however high it counts;
	// nor where a person, who compared the fingerprint, trusts another root anew.
	theft := inspection.Roster{Format: inspection.RosterFormat, Version: 99, Org: demoOrg, Issued: "2019-09-01T08:00:00+08:00", Chain: []inspection.OldRoster{}, Entries: []inspection.RosterEntry{}}
	stolen, err := x.root.SignRoster(&theft, time.Now())
	must(t, err)
	for _, give := range []string{"", x.yard.root} {
		if _, err := office.ImportRoster(stolen, give); err == nil {
			t.Errorf("a roster of the root that was changed is taken (%q)", give)
		}
	}
	if pin, err := office.RootPin(); err != nil || pin != seal.Fingerprint(next.Certificate()) {
		t.Errorf("pinned is %s, %v", pin, err)
	}
	cheated := x.empty(t) // took the thief's roster before the bureau's
	_, err = cheated.ImportRoster(stolen, x.yard.root)
	must(t, err)
	if _, err := cheated.TrustAnew(renewed, x.yard.root[:10]); err == nil {
		t.Error("another root is trusted without its fingerprint")
	}
	_, err = cheated.TrustAnew(renewed, seal.Fingerprint(next.Certificate()))
	must(t, err)
	if now, err := cheated.Roster(); err != nil || now.Version >= 99 || now.Entry(x.root.SPKI()) != nil {
		t.Errorf("after trusting anew: %+v, %v", now, err)
	}
	_, err = cheated.Merge(t.Context(), []string{x.files["first"]}, false, nil)
	must(t, err)
	if o, err := cheated.wb.Object(t.Context(), x.hashes["first"]); err != nil || o.Standing != "" {
		t.Errorf("after trusting anew the record is %+v, %v", o, err)
	}
	usurper, err := seal.NewRoot(demoOrg, time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, 0))
	must(t, err)
	for name, edit := range map[string]func(*inspection.Roster){
		"a root that nobody announced": func(*inspection.Roster) {},
		"a chain left out":             func(r *inspection.Roster) { r.Chain = nil },
		"a changed link": func(r *inspection.Roster) {
			r.Chain[0].Roster = r.Chain[0].Roster[:40] + "AAAA" + r.Chain[0].Roster[44:]
		},
	} {
		signer := usurper
		if name != "a root that nobody announced" {
			signer = next
		}
		r, err := office.Roster()
		must(t, err)
		forged := *r
		forged.Chain = append([]inspection.OldRoster{}, r.Chain...)
		forged.Version++
		edit(&forged)
		if forged.Chain == nil {
			forged.Chain = []inspection.OldRoster{}
		}
		p, err := signer.SignRoster(&forged, time.Now())
		must(t, err)
		laptop := x.empty(t)
		_, err = laptop.ImportRoster(x.enrolled, x.yard.root)
		must(t, err)
		if _, err := laptop.ImportRoster(p, ""); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// A key is renewed for its holder and the old signatures stay believed; the
// holder's file takes the reply.
func TestRenewAndCopies(t *testing.T) {
	x := newTheft(t)
	office := x.empty(t)
	_, err := office.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	reply, err := office.Renew(x.root, "J001")
	must(t, err)
	dir := t.TempDir()
	keys, _ := filepath.Glob(filepath.Join(x.dir, "keys", "inspector-1.p12"))
	if len(keys) != 1 {
		t.Fatal("the demonstration lacks the key")
	}
	before, err := ShowKey(keys[0], x.pass)
	must(t, err)
	file := filepath.Join(dir, "reply.zip")
	must(t, os.WriteFile(file, reply, 0o600))
	_, err = AcceptReply(keys[0], x.pass, file, x.yard.root)
	must(t, err)
	after, err := ShowKey(keys[0], x.pass)
	must(t, err)
	if after.SPKI != before.SPKI || after.Fingerprint == before.Fingerprint || after.To < before.From {
		t.Errorf("before %+v, after %+v", before, after)
	}
	a, b := filepath.Join(dir, "a.p12"), filepath.Join(dir, "b.p12")
	must(t, CopyKey(keys[0], x.pass, a, b))
	if err := CopyKey(keys[0], x.pass, a); err == nil {
		t.Error("a copy was overwritten")
	}
	must(t, ChangePassphrase(a, x.pass, "another one"))
	if _, err := OpenKey(a, x.pass); err == nil {
		t.Error("the old passphrase still opens the key")
	}
	if v, err := ShowKey(a, "another one"); err != nil || v.SPKI != before.SPKI {
		t.Errorf("%+v %v", v, err)
	}
	if err := ChangePassphrase(a, "another one", "short"); err == nil {
		t.Error("a short passphrase is taken")
	}
}

// An old roster warns, and decides nothing.
func TestAnOldRosterWarns(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	_, err := d.ImportRoster(x.enrolled, x.yard.root)
	must(t, err)
	for day, want := range map[string]bool{"2019-08-02": false, "2020-09-01": false, "2020-09-02": true} {
		at, err := time.Parse(time.DateOnly, day)
		must(t, err)
		d.clock = func() time.Time { return at }
		if words, err := d.RosterWarning(); err != nil || (words != "") != want {
			t.Errorf("on %s it says %q, %v", day, words, err)
		}
	}
	if r, err := d.Merge(t.Context(), []string{x.files["first"]}, false, nil); err != nil || r.Merged != 1 {
		t.Errorf("under an old roster: %+v %v", r, err)
	}
}
