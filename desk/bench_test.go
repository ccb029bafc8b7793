package desk

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"xunping/assets/photo"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
)

// benchFiles is how many sealed files the merge benchmarks take: 1,000, or what
// XUNPING_BENCH says. DESIGN §9 speaks of 10,000.
func benchFiles(testing.TB) int {
	n, err := strconv.Atoi(os.Getenv("XUNPING_BENCH"))
	if err != nil {
		return 1000
	}
	return n
}

// yard is a demonstration of one unit, from which files are made.
type yard struct {
	dir, root string
	roster    []byte
	key       *seal.Identity            // who signed the card
	keys      map[string]*seal.Identity // by file name, without the root
	card      *seal.Scorecard
}

func newYard(b testing.TB) *yard { b.Helper(); return yardOf(b, 1, 1) }

// yardOf is a yard with the card of the last of several units.
func yardOf(b testing.TB, units int, seed int64) *yard {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "demo")
	_, err := Demo(b.Context(), DemoOptions{Dir: dir, Units: units, Rounds: 1, Seed: seed}, nil)
	must(b, err)
	y := &yard{dir: dir, keys: map[string]*seal.Identity{}}
	y.roster, err = os.ReadFile(filepath.Join(dir, "roster.zip"))
	must(b, err)
	root, err := os.ReadFile(filepath.Join(dir, "root.sha256"))
	must(b, err)
	y.root = strings.TrimSpace(string(root))
	cards, _ := filepath.Glob(filepath.Join(dir, "sealed", "*", "*.pdf"))
	file, err := os.ReadFile(cards[len(cards)-1])
	must(b, err)
	y.card, err = seal.OpenPDF(file)
	must(b, err)
	pass, err := os.ReadFile(filepath.Join(dir, "keys", "passphrase.txt"))
	must(b, err)
	keys, _ := filepath.Glob(filepath.Join(dir, "keys", "*.p12"))
	for _, k := range keys {
		if strings.Contains(k, "root") {
			continue // opened by who needs it
		}
		id, err := OpenKey(k, strings.TrimSpace(string(pass)))
		must(b, err)
		if y.keys[strings.TrimSuffix(filepath.Base(k), ".p12")] = id; id.SPKI() == y.card.Inspection.Signer {
			y.key = id
		}
	}
	return y
}

// record is the demonstration's record for unit n, without photos.
func (y *yard) record(n int) *inspection.Record {
	r := withoutPhotos(y.card.Inspection)
	r.Unit = inspection.Unit{Code: fmt.Sprintf("U%05d", n), Name: fmt.Sprintf("单位%05d", n), Kind: "city"}
	r.ID = fmt.Sprintf("01912f00-0000-7000-8000-%012d", n)
	previous := canon.Hash([]byte(fmt.Sprint(n)))
	r.Previous, r.Counter = &previous, n+2
	return r
}

// fill writes n sealed PDFs with two signatures, and packs of 500 records each, into
// two folders. All share one drawing: merging does not look at pages.
func (y *yard) fill(b testing.TB, n int, pdfs, packs string) {
	b.Helper()
	draft, _, err := drawn(y.record(0), y.card.Rubric, nil)
	must(b, err)
	now := time.Date(2019, 8, 6, 17, 0, 0, 0, time.UTC)
	mate := y.keys["inspector-1"]
	if mate == y.key {
		mate = y.keys["inspector-2"]
	}
	records, sigs := make([][]byte, n), make([][]byte, n)
	var wg sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := w; i < n; i += runtime.GOMAXPROCS(0) {
				d := draft
				d.Record, _, _ = y.record(i).Canonical()
				pdf, err := seal.SealPDF(d, y.key, now)
				if err == nil {
					pdf, err = seal.Cosign(pdf, inspection.FieldCoinspector, mate, now)
				}
				if err == nil {
					err = os.WriteFile(filepath.Join(pdfs, fmt.Sprintf("%05d.pdf", i)), pdf, 0o600)
				}
				if err != nil {
					b.Error(err)
					return
				}
				records[i] = d.Record
				sigs[i], _ = y.key.SignCMS(d.Record)
			}
		})
	}
	wg.Wait()
	for from := 0; from < n; from += 500 {
		files := map[string][]byte{y.card.Rubric.Hash + ".rubric.json": y.card.Rubric.JSON}
		for i := from; i < min(from+500, n); i++ {
			h := canon.Hash(records[i])
			files[h+".inspection.json"], files[h+"."+y.key.SPKI()+".p7s"] = records[i], sigs[i]
		}
		pack, err := seal.WritePack(seal.PackInspections, files, y.key, now)
		must(b, err)
		must(b, os.WriteFile(filepath.Join(packs, fmt.Sprintf("%05d.zip", from)), pack, 0o600))
	}
}

// TestFilesToMeasure leaves files for scripts/measure-work: as many as XUNPING_BENCH
// says, in the folder of XUNPING_FILES.
func TestFilesToMeasure(t *testing.T) {
	folder := os.Getenv("XUNPING_FILES")
	if folder == "" {
		t.Skip("scripts/measure-work asks for it")
	}
	y := newYard(t)
	sealed := filepath.Join(folder, "sealed", y.card.Inspection.Round.Code)
	packs := filepath.Join(folder, "packs")
	must(t, os.MkdirAll(sealed, 0o700))
	must(t, os.MkdirAll(packs, 0o700))
	y.fill(t, benchFiles(t), sealed, packs)
	must(t, os.WriteFile(filepath.Join(folder, "roster.zip"), y.roster, 0o600))
	must(t, os.WriteFile(filepath.Join(folder, "root.sha256"), []byte(y.root), 0o600))
}

// bureau is an empty workbook with the roster.
func (y *yard) bureau(b *testing.B) *Desk {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bureau.xpb")
	d, err := Create(path, CreateOptions{})
	must(b, err)
	_, err = d.ImportRoster(y.roster, y.root)
	must(b, err)
	return d
}

// BenchmarkSeal draws, signs, and proves what it wrote: all a person waits for
// but the key derivation of the passphrase.
func BenchmarkSeal(b *testing.B) {
	y := newYard(b)
	usual, few := y.record(1), y.record(1)
	kept := 0
	for _, code := range sortedKeys(few.Entries) {
		if e := few.Entries[code]; len(e.Findings) > 0 {
			if kept++; kept > 3 {
				e.Findings = nil
				few.Entries[code] = e
			}
		}
	}
	score, err := few.ScoreJSON(y.card.Rubric)
	must(b, err)
	few.Claimed = score
	other := yardOf(b, 3, 11) // three pages: the bonus part stayed closed
	short := other.record(1)
	short.Signer = y.key.SPKI()
	failing(b, short, y.card.Rubric)
	now := time.Now()
	for name, r := range map[string]*inspection.Record{"usual": usual, "few": few, "short": short} {
		b.Run(name, func(b *testing.B) {
			var size, pages int
			for b.Loop() {
				pdf, layout, err := sealRecord(r, y.card.Rubric, nil, y.key, now)
				must(b, err)
				size, pages = len(pdf), layout.Pages
			}
			b.ReportMetric(float64(size), "bytes/file")
			b.ReportMetric(float64(pages), "pages")
		})
	}
}

// BenchmarkSealPhotos seals with three photos of 2,048 pixels each; 500 such files
// must take 30 s and 200 MB at most.
func BenchmarkSealPhotos(b *testing.B) {
	y := newYard(b)
	r := y.record(1)
	evidence := map[string][]byte{}
	code := "A2"
	e := r.Entries[code]
	for i := range 3 {
		jpg, err := photo.Reduce(demoPhoto(b, i), photoSide)
		must(b, err)
		h := canon.Hash(jpg)
		evidence[h] = jpg
		e.Evidence = append(e.Evidence, h)
		r.Evidence = append(r.Evidence, inspection.EvidenceRef{SHA256: h, Name: fmt.Sprint(i, ".jpg"), Media: "image/jpeg", Bytes: int64(len(jpg))})
	}
	r.Entries[code] = e
	var size int
	for b.Loop() {
		pdf, _, err := sealRecord(r, y.card.Rubric, evidence, y.key, time.Now())
		must(b, err)
		size = len(pdf)
	}
	b.ReportMetric(float64(size), "bytes/file")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*500, "s-for-500")
}

// demoPhoto is a picture with the detail of a real one, as a camera gives it.
func demoPhoto(b *testing.B, n int) []byte {
	b.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 2560, 1920))
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	for i := range img.Pix {
		x, y := i/4%2560, i/4/2560
		img.Pix[i] = uint8((x*(1+i%4)/13+y/7)%200) + uint8(rng.IntN(24))
	}
	var out bytes.Buffer
	must(b, jpeg.Encode(&out, img, nil))
	return out.Bytes()
}

func BenchmarkProve(b *testing.B) {
	y := newYard(b)
	pdf, _, err := sealRecord(y.record(1), y.card.Rubric, nil, y.key, time.Now())
	must(b, err)
	for b.Loop() {
		if _, err := seal.OpenPDF(pdf); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMerge takes sealed files into an empty workbook, then again, then
// ranks. Each is reported for itself, in seconds for all files.
func BenchmarkMerge(b *testing.B) {
	n := benchFiles(b)
	y := newYard(b)
	pdfs, packs := b.TempDir(), b.TempDir()
	y.fill(b, n, pdfs, packs)
	for name, folder := range map[string]string{"pdf": pdfs, "pack": packs} {
		b.Run(fmt.Sprintf("%s=%d", name, n), func(b *testing.B) {
			for b.Loop() {
				d := y.bureau(b)
				steps := map[string]func() error{}
				took := map[string]time.Duration{}
				merge := func(want func(*MergeReport) int) func() error {
					return func() error {
						r, err := d.Merge(b.Context(), []string{folder}, false, nil)
						if err == nil && want(r) != n {
							b.Errorf("%+v", r)
						}
						return err
					}
				}
				steps["first"] = merge(func(r *MergeReport) int { return r.Merged })
				steps["again"] = merge(func(r *MergeReport) int { return r.Identical })
				steps["rank"] = func() error { _, err := d.Rank("2019-08", ""); return err }
				steps["ledger"] = func() error { return d.WriteLedger(b.Context(), "2019-08", filepath.Join(b.TempDir(), "l.xlsx"), nil) }
				for _, step := range []string{"first", "again", "rank", "ledger"} {
					start := time.Now()
					must(b, steps[step]())
					took[step] = time.Since(start)
					b.ReportMetric(took[step].Seconds(), "s-"+step)
				}
				must(b, d.Close())
			}
		})
	}
}
