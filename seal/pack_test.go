package seal

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
)

func TestPackRoundTrip(t *testing.T) {
	tm := newTeam(t)
	files := map[string][]byte{"a.bin": []byte("甲"), "b.bin": {}}
	b, err := WritePack(PackInspections, files, tm.one, noon)
	must(t, err)
	p, err := OpenPack(b)
	must(t, err)
	if p.Kind != PackInspections || len(p.Names()) != 2 || SPKI(p.Signer) != tm.one.SPKI() || string(p.File("a.bin")) != "甲" {
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
		if p.Kind != whole.Kind || !bytes.Equal(p.File("a.bin"), whole.File("a.bin")) {
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
		if err == nil && p.Manifest != nil && string(p.File("a.bin")) != "x" { // each worker has a key of its own
			t.Error("a member changed under the signature")
		}
	})
}

// A pack of a few megabytes that inflates to more than a gigabyte, signed and
// sound, is read without holding more than keepPack of it; its members are there
// all the same when they are asked for. So is a folder without a manifest.
func TestPackThatInflates(t *testing.T) {
	const members, size = 20, 60 << 20
	tm := newTeam(t)
	big := bytes.Repeat([]byte("0123456789abcdef"), size/16)
	files := map[string][]byte{"small.bin": []byte("甲")}
	for i := range members {
		files[fmt.Sprintf("%02d.bin", i)] = big
	}
	b, err := WritePack(PackInspections, files, tm.one, noon)
	must(t, err)
	folder := withoutManifest(t, b)
	clear(files)
	big = nil
	for name, zip := range map[string][]byte{"pack": b, "folder": folder} {
		var p *Pack
		peak := peakHeap(func() { p, err = OpenPack(zip) })
		must(t, err)
		if peak > keepPack+32<<20 {
			t.Errorf("%s: opening took %d MB of memory", name, peak>>20)
		}
		read := 0
		peak = peakHeap(func() {
			for _, n := range p.Names() {
				read += len(p.File(n))
				runtime.GC() // what was read is garbage; how much of it waits is not ours
			}
		})
		if read != members*size+len("甲") || string(p.File("small.bin")) != "甲" {
			t.Errorf("%s: read %d bytes", name, read)
		}
		if peak > keepPack+2*size {
			t.Errorf("%s: reading took %d MB of memory", name, peak>>20)
		}
		t.Logf("%s: %d KB inflate to %d MB, at most %d MB held", name, len(zip)>>10, read>>20, peak>>20)
	}
}

// peakHeap is the most memory in use while something is done, beyond what was
// in use before.
func peakHeap(do func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak := m.HeapInuse, uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	do()
	close(stop)
	<-done
	return peak - min(before, peak)
}

// withoutManifest is the same zip as a folder.
func withoutManifest(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if !strings.HasPrefix(f.Name, manifestName) {
			must(t, w.Copy(f))
		}
	}
	must(t, w.Close())
	return out.Bytes()
}

// A zip that inflates beyond the limits, or a member that does, is refused
// however its sizes are written down.
func TestPackBeyondTheLimits(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.Create("big.bin")
	must(t, err)
	_, err = f.Write(make([]byte, maxFile+1))
	must(t, err)
	must(t, w.Close())
	if _, err := OpenPack(out.Bytes()); err == nil {
		t.Error("a member above the limit is taken")
	}
	lie := bytes.Clone(out.Bytes())
	dir := bytes.LastIndex(lie, []byte("PK\x01\x02"))
	copy(lie[dir+24:], []byte{1, 0, 0, 0}) // says it has one byte
	if _, err := OpenPack(lie); err == nil {
		t.Error("a member that lies about its size is taken")
	}
}

// A manifest that names one member twice and another never is refused.
func TestManifestNamesEachOnce(t *testing.T) {
	tm := newTeam(t)
	sum := canon.Hash([]byte("x"))
	m, err := canon.Encode(Manifest{Format: PackFormat, Kind: PackActs, Made: noon.Format(time.RFC3339), Members: []Member{{"a.bin", sum, 1}, {"a.bin", sum, 1}}})
	must(t, err)
	p7s, err := tm.one.SignCMS(m)
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for n, data := range map[string][]byte{manifestName: m, manifestName + ".p7s": p7s, "a.bin": []byte("x"), "b.bin": []byte("y")} {
		f, err := w.Create(n)
		must(t, err)
		_, err = f.Write(data)
		must(t, err)
	}
	must(t, w.Close())
	if _, err := OpenPack(out.Bytes()); err == nil {
		t.Error("a member that the manifest does not name is taken")
	}
}
