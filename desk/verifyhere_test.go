package desk

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
)

// A file that is not here yet may be the link that a chain lacks; where more links
// are missing nobody says that a record is none of the believed ones.
func TestVerifyingAMissingLink(t *testing.T) {
	x := newTheft(t)
	d := x.empty(t)
	_, err := d.ImportRoster(x.gone, x.yard.root)
	must(t, err)
	verify := func(name string) VerifyResult {
		list, err := d.Verify(t.Context(), x.files[name])
		must(t, err)
		return list[0]
	}
	if v := verify("first"); v.Outcome != RevokedSigner || !strings.Contains(v.Reason, "没有收齐") {
		t.Errorf("before the last believed one is here: %s %q", v.Outcome, v.Reason)
	}
	_, err = d.Merge(t.Context(), []string{x.files["second"]}, false, nil)
	must(t, err)
	if v := verify("first"); v.Outcome != Valid || v.Reason != "" {
		t.Errorf("the link before the last believed one: %s %q", v.Outcome, v.Reason)
	}
	_, err = d.Merge(t.Context(), []string{x.files["first"]}, false, nil)
	must(t, err)
	// The chain of the demonstration's key begins before "first".
	if v := verify("stolen"); v.Outcome != RevokedSigner || v.Reason == "" {
		t.Errorf("the thief's: %s %q", v.Outcome, v.Reason)
	}
	roster := *mustRoster(t, d)
	roster.Entries = append([]inspection.RosterEntry{}, roster.Entries...)
	for i := range roster.Entries {
		if roster.Entries[i].Revoked != nil {
			roster.Entries[i].Revoked = &inspection.Revoked{Last: []string{}}
		}
	}
	if v := VerifyFile(x.files["first"], &roster)[0]; v.Outcome != RevokedSigner || v.Reason != ReasonWords(inspection.ReasonRevoked) {
		t.Errorf("nothing is believed, which one file does tell: %s %q", v.Outcome, v.Reason)
	}
}

// An earlier copy is called one however it comes: again after it was the first, in
// the same merge, and not beside the copy that has what it lacks in one pack.
func TestEarlierCopies(t *testing.T) {
	x := newTheft(t)
	one, two := x.files["first"], filepath.Join(t.TempDir(), "two.pdf")
	second := ""
	for _, name := range []string{"inspector-1.p12", "inspector-2.p12"} {
		if v, err := ShowKey(filepath.Join(x.dir, "keys", name), x.pass); err == nil && v.SPKI != x.key.SPKI() {
			second = filepath.Join(x.dir, "keys", name)
		}
	}
	must(t, Cosign(one, two, inspection.FieldCoinspector, second, x.pass, time.Now()))
	office := func() *Desk {
		d := x.empty(t)
		_, err := d.ImportRoster(x.enrolled, x.yard.root)
		must(t, err)
		return d
	}
	older := func(d *Desk, file string) int {
		r, err := d.Merge(t.Context(), []string{file}, false, nil)
		must(t, err)
		n := 0
		for _, o := range r.Results {
			if strings.Contains(o.Reason, "较早的副本") {
				n++
			}
		}
		return n
	}
	d := office()
	for i, c := range []struct {
		file string
		want int
	}{{one, 0}, {two, 0}, {one, 1}, {two, 0}} {
		if n := older(d, c.file); n != c.want {
			t.Errorf("merge %d: %d are called earlier copies, want %d", i, n, c.want)
		}
	}
	dir := t.TempDir()
	for name, path := range map[string]string{"one.pdf": one, "two.pdf": two} {
		b, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
	}
	if n := older(office(), dir); n != 1 {
		t.Errorf("in one merge %d are called earlier copies", n)
	}
	pack := filepath.Join(t.TempDir(), "both.zip")
	must(t, zipOf(pack, one, two))
	if n := older(d, pack); n != 0 {
		t.Errorf("in one pack %d are called earlier copies", n)
	}
	list, err := d.Verify(t.Context(), pack)
	must(t, err)
	for _, v := range list {
		if v.Outcome != Valid || v.Reason != "" {
			t.Errorf("%s: %s %q", v.File, v.Outcome, v.Reason)
		}
	}
}

func zipOf(path string, files ...string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		w, err := z.Create(filepath.Base(name))
		if err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return z.Close()
}
