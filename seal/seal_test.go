package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
)

func TestSealAndOpen(t *testing.T) {
	tm := newTeam(t)
	for n := 1; n <= 3; n++ {
		b := sealed(t, tm, n)
		s, err := OpenPDF(b)
		if err != nil {
			t.Fatalf("%d signatures: %v", n, err)
		}
		if len(s.Signatures) != n || s.Signatures[0].SPKI != tm.one.SPKI() || s.Inspection.Unit.Name != "南宁市" {
			t.Errorf("%d signatures: got %d, %s", n, len(s.Signatures), s.Inspection.Unit.Name)
		}
		if s.Hash != canon.Hash(s.Record) || len(s.Evidence) != 1 || len(s.Missing) != 0 {
			t.Errorf("hash %s, evidence %d, missing %v", s.Hash, len(s.Evidence), s.Missing)
		}
		if s.Signatures[n-1].Time == "" {
			t.Error("claimed time is lost")
		}
	}
}

func TestSealIsDeterministic(t *testing.T) {
	tm := newTeam(t)
	d, _ := draftOf(t, tm)
	a, err := SealPDF(d, tm.one, noon)
	must(t, err)
	b, err := SealPDF(d, tm.one, noon)
	must(t, err)
	if !bytes.Equal(a, b) {
		t.Error("the same draft gave two different files")
	}
}

// Each changed byte of a doubly signed scorecard is refused. The ordinary run
// takes a sample, XUNPING_LONG=1 all.
func TestEveryChangedByteIsRefused(t *testing.T) {
	tm := newTeam(t)
	b := sealed(t, tm, 2)
	step := 37
	if os.Getenv("XUNPING_LONG") == "1" {
		step = 1
	}
	tried := 0
	for i := 0; i < len(b); i += step {
		for _, flip := range []byte{0x01, 0x20} {
			x := bytes.Clone(b)
			x[i] ^= flip
			if _, err := OpenPDF(x); err == nil {
				t.Fatalf("byte %d changed from %q to %q and the file is accepted", i, b[i], x[i])
			} else if r := (*Refusal)(nil); !errors.As(err, &r) || r.Rule < 1 || r.Rule > 7 {
				t.Fatalf("byte %d: error without a rule: %v", i, err)
			}
			tried++
		}
	}
	t.Logf("%d single-byte changes of %d bytes, all refused", tried, len(b))
}

func TestCutFilesAreRefused(t *testing.T) {
	b := sealed(t, newTeam(t), 2)
	for i := 0; i < len(b); i += 301 {
		if _, err := OpenPDF(b[:i]); err == nil {
			t.Fatalf("file cut at %d is accepted", i)
		}
	}
	for _, extra := range []string{"\n", "x", "%%EOF\n", string(b)} {
		if _, err := OpenPDF(append(bytes.Clone(b), extra...)); err == nil {
			t.Errorf("file with %d bytes behind its end is accepted", len(extra))
		}
	}
}

func TestWrongPassphrase(t *testing.T) {
	id, err := NewIdentity(Person{"检查员甲", "J001", "局"}, noon)
	must(t, err)
	b, err := id.Encode("correct horse", 2048)
	must(t, err)
	if _, err := OpenIdentity(b, "wrong"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	again, err := OpenIdentity(b, "correct horse")
	must(t, err)
	if again.SPKI() != id.SPKI() || again.Person() != id.Person() {
		t.Error("the identity came back changed")
	}
	if _, err := OpenIdentity([]byte("no key"), "x"); err == nil {
		t.Error("garbage is a key")
	}
}

// judgeAttachments takes the record out with pdfdetach and proves its own
// signature with openssl.
func judgeAttachments(t *testing.T, dir, file, ca string) {
	t.Helper()
	if out, err := tool(t, "pdfdetach", "-saveall", "-o", dir, file); err != nil {
		t.Fatalf("pdfdetach: %v %s", err, out)
	}
	b, err := os.ReadFile(file)
	must(t, err)
	s, err := OpenPDF(b)
	must(t, err)
	rec, err := os.ReadFile(filepath.Join(dir, RecordName))
	must(t, err)
	if canon.Hash(rec) != s.Hash {
		t.Error("pdfdetach gives another record")
	}
	if out, err := tool(t, "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", filepath.Join(dir, P7SName),
		"-content", filepath.Join(dir, RecordName), "-CAfile", ca, "-purpose", "any", "-out", os.DevNull); err != nil {
		t.Errorf("openssl: %v %s", err, out)
	}
}

func BenchmarkSealPDF(b *testing.B) {
	tm := newTeam(b)
	d, _ := draftOf(b, tm)
	for b.Loop() {
		if _, err := SealPDF(d, tm.one, noon); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenPDF(b *testing.B) {
	tm := newTeam(b)
	d, _ := draftOf(b, tm)
	file, err := SealPDF(d, tm.one, noon)
	must(b, err)
	for b.Loop() {
		if _, err := OpenPDF(file); err != nil {
			b.Fatal(err)
		}
	}
}

// doubleFile is an honest file with two signatures. It stays as it is: what was
// sealed once is read for ever, and all processes that fuzz have the same one.
const doubleFile = "testdata/double.pdf"

// An honest file of an earlier day is accepted.
func TestAFileOfBefore(t *testing.T) {
	b, err := os.ReadFile(doubleFile)
	must(t, err)
	if card, err := OpenPDF(b); err != nil || len(card.Signatures) != 2 || len(card.Evidence) != 1 {
		t.Errorf("%v", err)
	}
}

// Whatever is accepted holds the honest record.
func FuzzOpenPDF(f *testing.F) {
	honest, err := os.ReadFile(doubleFile)
	must(f, err)
	want, err := OpenPDF(honest)
	must(f, err)
	f.Add(honest)
	f.Add([]byte(header + "1 0 obj\n<</Type /Catalog>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000015 00000 n \ntrailer\n<</Root 1 0 R /Size 2>>\nstartxref\n51\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if card, err := OpenPDF(b); err == nil && (card.Hash != want.Hash || !bytes.HasPrefix(honest, b)) {
			t.Error("accepted")
		}
	})
}

func FuzzVerifyDetached(f *testing.F) {
	f.Add([]byte{0x30, 0x03, 0x02, 0x01, 0x01}, []byte("x"))
	id, err := NewIdentity(Person{"甲", "J1", ""}, noon)
	must(f, err)
	der, err := id.SignCMS([]byte("x"))
	must(f, err)
	f.Add(der, []byte("x"))
	f.Fuzz(func(t *testing.T, b, content []byte) {
		if _, err := VerifyDetached(b, content); err == nil && string(content) != "x" {
			t.Error("accepted")
		}
	})
}

// Two keys of one person are not two people.
func TestCosignByTheSamePerson(t *testing.T) {
	f := newForger(t)
	file := f.honest(1)
	again, err := NewIdentity(Holder(f.tm.one.Certificate()), time.Now())
	must(t, err)
	if _, err := Cosign(file, inspection.FieldCoinspector, again, time.Now()); err == nil {
		t.Error("the second key of who sealed it signs as the second inspector")
	}
	if _, err := Cosign(file, inspection.FieldCoinspector, f.tm.two, time.Now()); err != nil {
		t.Error(err)
	}
}
