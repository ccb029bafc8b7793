package seal

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// long tells whether the whole suites run (make test-long) or a sample.
func long() bool { return os.Getenv("XUNPING_LONG") == "1" }

// Files cut off at every structural place are refused.
func TestCutAtEveryStructure(t *testing.T) {
	b := newForger(t).honest(2)
	cuts := 0
	for _, word := range []string{"endobj\n", "stream\n", "xref\n", "trailer\n", "startxref\n", "%%EOF\n", ">>", "0 obj\n"} {
		for at := 0; ; {
			i := bytes.Index(b[at:], []byte(word))
			if i < 0 {
				break
			}
			at += i + len(word)
			for _, cut := range []int{at - len(word), at - 1, at} {
				if _, err := OpenPDF(b[:cut]); err == nil && cut != len(b) && !endOfRevision(b, cut) {
					t.Fatalf("the file cut at %d behind %q is accepted", cut, word)
				}
				cuts++
			}
		}
	}
	t.Logf("%d cuts", cuts)
}

// endOfRevision: the file as it was before the second signature is honest.
func endOfRevision(b []byte, cut int) bool {
	return bytes.HasSuffix(b[:cut], []byte("\n%%EOF\n"))
}

// edit overwrites, deletes, inserts, swaps or repeats a block.
func edit(r *rand.Rand, b []byte) []byte {
	n := 1 + r.IntN(1<<r.IntN(12))
	at := r.IntN(len(b))
	end := min(at+n, len(b))
	block := b[at:end]
	out := make([]byte, 0, len(b)+n)
	switch r.IntN(5) {
	case 0: // overwrite
		out = append(out, b...)
		for i := at; i < end; i++ {
			out[i] = byte(r.UintN(256))
		}
	case 1: // delete
		out = append(append(out, b[:at]...), b[end:]...)
	case 2: // repeat
		out = append(append(append(out, b[:end]...), block...), b[end:]...)
	case 3: // move
		to := r.IntN(len(b) - len(block) + 1)
		rest := append(append([]byte{}, b[:at]...), b[end:]...)
		out = append(append(append(out, rest[:to]...), block...), rest[to:]...)
	default: // overwrite with another block of the file
		from := r.IntN(len(b) - len(block) + 1)
		out = append(out, b...)
		copy(out[at:end], b[from:from+len(block)])
	}
	return out
}

// Random block edits of a doubly signed scorecard: never a panic, never an
// accepted change.
func TestBlockEditsOfAScorecard(t *testing.T) {
	f := newForger(t)
	b := f.honest(2)
	want, err := OpenPDF(b)
	must(t, err)
	tries := 3000
	if long() {
		tries = 1_000_000
	}
	r := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range tries {
		x := edit(r, b)
		card, err := OpenPDF(x)
		if err != nil {
			continue
		}
		accepted++ // an edit that changed nothing, or cut the second signature off
		if card.Hash != want.Hash || card.Rubric.Hash != want.Rubric.Hash || len(card.Evidence) != len(want.Evidence) || len(card.Missing) != 0 {
			t.Fatal("an edit changed what the file says and is accepted")
		}
		if !bytes.Equal(x, b) && !bytes.HasPrefix(b, x) {
			t.Fatal("a changed file is accepted")
		}
	}
	t.Logf("%d block edits of %d bytes, %d left the file as it was", tries, len(b), accepted)
}

// pack with a record, its signatures and rubric.
func recordPack(t testing.TB) []byte {
	f := newForger(t)
	h := canon.Hash(f.d.Record)
	one, err := f.tm.one.SignCMS(f.d.Record)
	must(t, err)
	two, err := f.tm.two.SignCMS(f.d.Record)
	must(t, err)
	b, err := WritePack(PackInspections, map[string][]byte{h + ".inspection.json": f.d.Record, h + "." + f.tm.one.SPKI() + ".p7s": one,
		h + "." + f.tm.two.SPKI() + ".p7s": two, f.c.Hash + ".rubric.json": f.d.Rubric, hexHash([]byte("照片")) + ".bin": []byte("照片")}, f.tm.one, noon)
	must(t, err)
	return b
}

// samePack tells whether a pack says what the honest one says: a zip that is
// still a pack must hold the same members, byte for byte. Of one that lost its
// list each record stands by itself and must be the honest one.
func samePack(x []byte, want *Pack) (accepted, same bool) {
	p, err := OpenPack(x)
	if err != nil {
		return false, true
	}
	if p.Manifest == nil {
		return false, onlyHonest(p, want)
	}
	if p.Kind != want.Kind || len(p.Names()) != len(want.Names()) || SPKI(p.Signer) != SPKI(want.Signer) {
		return true, false
	}
	for _, n := range want.Names() {
		if !p.Has(n) || !bytes.Equal(p.File(n), want.File(n)) {
			return true, false
		}
	}
	return true, true
}

// onlyHonest proves the records of a folder, with what lies beside them, and wants
// none but those of the honest pack.
func onlyHonest(p, want *Pack) bool {
	for _, n := range p.Names() {
		stem, is := strings.CutSuffix(n, ".inspection.json")
		if !is {
			continue
		}
		_, err := ProveRecord(p.File(n), func(r *inspection.Record) (p7s, rubric []byte) {
			return p.File(stem + "." + r.Signer + ".p7s"), p.File(r.Rubric.SHA256 + ".rubric.json")
		})
		if err == nil && !bytes.Equal(p.File(n), want.File(canon.Hash(p.File(n))+".inspection.json")) {
			return false
		}
	}
	return true
}

// Every change of a record, of its signature or of its rubric, as they lie in a
// folder without a list, is refused by the record's own proof.
func TestChangesOfAFolder(t *testing.T) {
	z, err := OpenPack(recordPack(t))
	must(t, err)
	var record []byte
	for _, n := range z.Names() {
		if strings.HasSuffix(n, ".inspection.json") {
			record = z.File(n)
		}
	}
	r, err := inspection.ReadRecord(record)
	must(t, err)
	honest := [3][]byte{record, z.File(canon.Hash(record) + "." + r.Signer + ".p7s"), z.File(r.Rubric.SHA256 + ".rubric.json")}
	prove := func(x [3][]byte) error {
		_, err := ProveRecord(x[0], func(*inspection.Record) (p7s, rubric []byte) { return x[1], x[2] })
		return err
	}
	must(t, prove(honest))
	step, edits := 5, 500
	if long() {
		step, edits = 1, 100_000
	}
	tried := 0
	rng := rand.New(rand.NewPCG(6, 7))
	for part := range honest {
		try := func(b []byte) {
			x := honest
			x[part] = b
			if tried++; prove(x) == nil && !bytes.Equal(b, honest[part]) {
				t.Fatalf("a changed part %d is proven", part)
			}
		}
		for i := 0; i < len(honest[part]); i += step {
			x := bytes.Clone(honest[part])
			x[i] ^= 0x01
			try(x)
		}
		for range edits {
			try(edit(rng, honest[part]))
		}
	}
	t.Logf("%d changes of a record, its signature and its rubric", tried)
}

// Every single byte of a pack, and random block edits. What zip keeps beside
// the members (times, attributes) may change; members may not.
func TestChangesOfAPack(t *testing.T) {
	b := recordPack(t)
	want, err := OpenPack(b)
	must(t, err)
	lost := bytes.ReplaceAll(b, []byte(manifestName), []byte("manifesto.jso"))
	if folder, err := OpenPack(lost); err != nil || folder.Manifest != nil || !onlyHonest(folder, want) {
		t.Fatalf("a pack without its list is not a folder of the honest record: %v", err)
	}
	step, edits := 11, 2000
	if long() {
		step, edits = 1, 1_000_000
	}
	tried, accepted := 0, 0
	try := func(x []byte) {
		tried++
		ok, same := samePack(x, want)
		if !same {
			t.Fatal("a changed pack is accepted")
		}
		if ok {
			accepted++
		}
	}
	for i := 0; i < len(b); i += step {
		for _, flip := range []byte{0x01, 0x20, 0xFF} {
			x := bytes.Clone(b)
			x[i] ^= flip
			try(x)
		}
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range edits {
		try(edit(r, b))
		try(edit(r, lost))
	}
	t.Logf("%d changes of a pack of %d bytes; %d touched only what the zip keeps beside its members", tried, len(b), accepted)
}
