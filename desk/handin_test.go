package desk

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/seal"
)

// team is a demonstration whose workbook hands in, with an inspector's key and
// the bureau's.
type team struct {
	d                        *Desk
	dir, root, pass          string
	roster                   []byte
	inspector, bureau, root2 string // key files
}

func newHandIn(t *testing.T, units int) *team {
	t.Helper()
	x := &team{dir: filepath.Join(t.TempDir(), "demo")}
	r, err := Demo(t.Context(), DemoOptions{Dir: x.dir, Units: units, Rounds: 1, Conflicts: 1, Photos: 3, Seed: 11}, nil)
	must(t, err)
	x.d, err = Open(r.Workbook)
	must(t, err)
	t.Cleanup(func() { _ = x.d.Close() })
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(x.dir, name))
		must(t, err)
		return b
	}
	x.roster, x.root, x.pass = read("roster.zip"), strings.TrimSpace(string(read("root.sha256"))), strings.TrimSpace(string(read("keys/passphrase.txt")))
	x.inspector, x.bureau = filepath.Join(x.dir, "keys", "inspector-1.p12"), filepath.Join(x.dir, "keys", "bureau.p12")
	return x
}

func (x *team) empty(t *testing.T) *Desk {
	t.Helper()
	d, err := Create(filepath.Join(t.TempDir(), "wb.xpb"), CreateOptions{})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	_, err = d.ImportRoster(x.roster, x.root)
	must(t, err)
	return d
}

func digestOf(t *testing.T, d *Desk) string {
	t.Helper()
	s, err := d.Digest("")
	must(t, err)
	return s
}

// What a team hands in is everything it has: the bureau's state is the same
// afterwards, with co-signatures that live in PDFs, with p7s of a second signer,
// in one pack or in several, plain or encrypted; handed in again it is identical.
func TestHandIn(t *testing.T) {
	x := newHandIn(t, 3)
	x.secondP7S(t)
	want := digestOf(t, x.d)
	out := t.TempDir()
	whole, err := x.d.HandIn(t.Context(), HandIn{Round: "2019-08", KeyPath: x.inspector, Passphrase: x.pass, Out: filepath.Join(out, "a.zip")}, nil)
	must(t, err)
	if len(whole.Files) != 1 || whole.Records != 4 || whole.Acts == 0 {
		t.Errorf("handed in %+v", whole)
	}
	secret, err := x.d.HandIn(t.Context(), HandIn{Round: "2019-08", KeyPath: x.inspector, Passphrase: x.pass, Out: filepath.Join(out, "b.zip"), Encrypt: true}, nil)
	must(t, err)
	if len(secret.Files) != 1 || filepath.Base(secret.Files[0]) != "b.zip.p7m" || !IsEncrypted(secret.Files[0]) || IsEncrypted(whole.Files[0]) {
		t.Errorf("encrypted to %v", secret.Files)
	}
	plain := x.empty(t)
	r, err := plain.Merge(t.Context(), whole.Files, false, nil)
	must(t, err)
	if r.Refused+r.Quarantined != 0 || r.Merged == 0 || digestOf(t, plain) != want {
		t.Errorf("merged %+v, digest the same: %t", r, digestOf(t, plain) == want)
	}
	r, err = plain.Merge(t.Context(), whole.Files, false, nil)
	must(t, err)
	if r.Identical != r.Files {
		t.Errorf("again: %+v", r)
	}
	// The sheets come out of the pack again, with every signature that is on them.
	cards, err := plain.WriteScorecards(t.Context(), "2019-08", filepath.Join(out, "cards"), nil)
	must(t, err)
	if len(cards.Written) < 2 {
		t.Errorf("sheets out of a pack: %+v", cards)
	}
	for _, name := range cards.Written {
		if v := VerifyFile(filepath.Join(cards.Dir, name), mustRoster(t, plain))[0]; v.Outcome != Valid || len(v.Signatures) < 2 {
			t.Errorf("%s: %s with %d signatures", name, v.Outcome, len(v.Signatures))
		}
	}
	x.encrypted(t, secret.Files, want)
	one, err := x.d.HandIn(t.Context(), HandIn{Round: "2019-08", Units: []string{"450100"}, KeyPath: x.inspector, Passphrase: x.pass, Out: filepath.Join(out, "c.zip")}, nil)
	if err != nil || one.Records >= whole.Records || one.Records == 0 {
		t.Errorf("of one unit: %+v %v", one, err)
	}
	if _, err := x.d.HandIn(t.Context(), HandIn{Round: "2020-01", KeyPath: x.inspector, Passphrase: x.pass, Out: filepath.Join(out, "d.zip")}, nil); err == nil {
		t.Error("nothing was handed in without a word")
	}
}

// encrypted: without a key an envelope is skipped, with another key refused,
// with the bureau's read like the pack inside; a dry run does the same.
func (x *team) encrypted(t *testing.T, files []string, want string) {
	t.Helper()
	d := x.empty(t)
	r, err := d.Merge(t.Context(), files, false, nil)
	must(t, err)
	if r.Files != 0 || len(r.Skipped) != 1 {
		t.Errorf("without a key: %+v", r)
	}
	must(t, d.UseKey(x.inspector, x.pass))
	if r, err = d.Merge(t.Context(), files, false, nil); err != nil || r.Refused != 1 || !strings.Contains(r.Results[0].Reason, "不是加密给这把密钥的") {
		t.Errorf("with another key: %+v %v", r, err)
	}
	must(t, d.UseKey(x.bureau, x.pass))
	dry, err := d.Merge(t.Context(), files, true, nil)
	must(t, err)
	r, err = d.Merge(t.Context(), files, false, nil)
	must(t, err)
	if dry.Merged != r.Merged || r.Refused != 0 || digestOf(t, d) != want {
		t.Errorf("with the key: %+v, dry %+v", r, dry)
	}
	inner := filepath.Join(t.TempDir(), "inner.zip")
	must(t, Decrypt(files[0], x.bureau, x.pass, inner))
	if r, err = d.Merge(t.Context(), []string{inner}, false, nil); err != nil || r.Identical != r.Files {
		t.Errorf("what was inside, by itself: %+v %v", r, err)
	}
	if err := Decrypt(inner, x.bureau, x.pass, inner+"2"); err == nil {
		t.Error("a plain file was decrypted")
	}
}

// secondP7S brings the signature of the second inspector over the JSON of one
// record, as a pack.
func (x *team) secondP7S(t *testing.T) {
	t.Helper()
	list, err := x.d.wb.Revisions(t.Context(), "2019-08", "450100")
	must(t, err)
	hash := list[0].Hash
	members := map[string][]byte{}
	must(t, x.d.recordMembers(t.Context(), hash, members))
	sigs, err := x.d.wb.Signatures(t.Context(), hash)
	must(t, err)
	for _, s := range sigs {
		if len(s.P7S) > 0 {
			members[hash+"."+s.SPKI+".p7s"] = s.P7S
		}
	}
	keys, _ := filepath.Glob(filepath.Join(x.dir, "keys", "*.p12"))
	for _, k := range keys {
		id, err := OpenKey(k, x.pass)
		must(t, err)
		r, err := x.d.Roster()
		must(t, err)
		if e := r.Entry(id.SPKI()); e == nil || members[hash+"."+id.SPKI()+".p7s"] != nil {
			continue
		}
		members[hash+"."+id.SPKI()+".p7s"], err = id.SignCMS(members[hash+".inspection.json"])
		must(t, err)
	}
	id, err := OpenKey(x.inspector, x.pass)
	must(t, err)
	pack, err := seal.WritePack(seal.PackInspections, members, id, time.Now())
	must(t, err)
	file := filepath.Join(t.TempDir(), "second.zip")
	must(t, os.WriteFile(file, pack, 0o600))
	r, err := x.d.Merge(t.Context(), []string{file}, false, nil)
	must(t, err)
	if r.Merged+r.Conflict != 1 { // a new signature for a known record is not identical
		t.Fatalf("a new signature gave %+v", r)
	}
	fields := map[string]bool{}
	sigs, err = x.d.wb.Signatures(t.Context(), hash)
	must(t, err)
	for _, s := range sigs {
		fields[s.Field] = fields[s.Field] || len(s.P7S) > 0
	}
	if !fields[inspection.FieldInspector] || !fields[inspection.FieldBureau] {
		t.Errorf("p7s by field: %v", fields)
	}
}

// A pack never grows above what the formats allow: the rest goes into the next.
func TestHandInInParts(t *testing.T) {
	x := newHandIn(t, 2)
	id, err := OpenKey(x.inspector, x.pass)
	must(t, err)
	w := &packWriter{d: x.d, id: id, h: HandIn{Out: filepath.Join(t.TempDir(), "本轮.zip")}, files: map[string][]byte{}}
	big := bytes.Repeat([]byte{1}, maxPart/2+1)
	for _, n := range []string{"a.bin", "b.bin", "c.bin"} {
		must(t, w.add(map[string][]byte{n: big, "same.rubric.json": []byte("{}")}))
	}
	must(t, w.flush())
	if len(w.out.Files) != 3 || filepath.Base(w.out.Files[1]) != "本轮-2.zip" {
		t.Fatalf("parts %v", w.out.Files)
	}
	for _, f := range w.out.Files {
		b, err := os.ReadFile(f)
		must(t, err)
		if p, err := seal.OpenPack(b); err != nil || len(p.Names()) != 2 {
			t.Errorf("%s: %v", f, err)
		}
	}
}
