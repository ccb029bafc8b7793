package desk

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"xunping/assets/photo"
	"xunping/seal"
)

// BenchmarkSealRound seals a round of files with three photos of 2,048 pixels
// each: 40, or what XUNPING_BENCH says; 500 may take 30 s and 200 MB (DESIGN
// §9). Two inspectors who lead in turn seal on one machine at once; every file gets
// both signatures, is proven again on disk and kept in the workbook. Photos were
// taken in before: what that took is told apart. scripts/measure-seal runs it.
func BenchmarkSealRound(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("XUNPING_BENCH"))
	if err != nil {
		n = 40
	}
	for b.Loop() {
		d := &demo{o: DemoOptions{Dir: filepath.Join(b.TempDir(), "demo"), Units: n, Rounds: 1, Seed: 1}, clock: &demoClock{time.Date(2019, 8, 1, 8, 0, 0, 0, beijing)}}
		must(b, d.office())
		r := &d.rounds[0]
		shots := make([][]byte, 6)
		for i := range shots {
			shots[i], err = photo.Reduce(demoPhoto(b, i), photoSide)
			must(b, err)
		}
		taken := newMeter(b)
		d.each(b, func(i, who int) error { return d.photographed(r, i, who, shots) })
		taken.report("photos")
		must(b, d.desks[0].Close()) // as after a new start of the program
		d.desks[0], err = Open(d.desks[0].Path())
		must(b, err)
		meter := newMeter(b)
		d.each(b, func(i, who int) error {
			in, err := d.desks[0].Inspect(r.Code, d.units[i].Code)
			if err != nil {
				return err
			}
			_, err = in.sealWith(b.Context(), d.keys[who], d.keys[(who+1)%3], filepath.Join(d.o.Dir, "sealed", d.units[i].Code+".pdf"))
			return err
		})
		meter.report("seal")
		files, size := sealedFiles(b, d.o.Dir)
		if files != n {
			b.Fatalf("%d files of %d", files, n)
		}
		b.ReportMetric(float64(n), "files")
		b.ReportMetric(float64(size)/float64(n)/1024, "KB/file")
		d.close()
	}
}

// benchLeads is how many inspectors seal at once: one for each of two cores.
const benchLeads = 2

// each lets both inspectors do something with each of their units, all at once.
func (d *demo) each(b *testing.B, do func(i, who int) error) {
	var wg sync.WaitGroup
	for who := range benchLeads {
		wg.Go(func() {
			for i := who; i < len(d.units); i += benchLeads {
				if err := do(i, who); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// photographed fills a unit's draft and adds three photos that no other unit
// has.
func (d *demo) photographed(r *RoundInfo, i, who int, shots [][]byte) error {
	x := d.desks[0]
	if err := x.SetSetting(SettingOriginals, "1"); err != nil {
		return err
	}
	in, err := x.Inspect(r.Code, d.units[i].Code)
	if err != nil {
		return err
	}
	mate := (who + 1) % 3
	w := &demoWork{demo: d, in: in, rng: d.random(r.Code+"/"+d.units[i].Code, 1), unit: d.units[i], n: i, people: []int{who, mate}, start: d.clocks[who].now}
	if err := w.answer(); err != nil {
		return err
	}
	for k := range 3 {
		shot := fmt.Appendf(bytes.Clone(shots[(i+k)%len(shots)]), "%d/%d", i, k)
		if _, err := in.AddEvidence("A2", "", EvidenceFile{Name: fmt.Sprintf("照片%d.jpg", k+1), Data: shot}); err != nil {
			return err
		}
	}
	return nil
}

// sealedFiles proves what lies there and adds up its size.
func sealedFiles(b *testing.B, dir string) (n int, size int64) {
	b.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "sealed", "*.pdf"))
	for i, f := range files {
		file, err := os.ReadFile(f)
		must(b, err)
		size += int64(len(file))
		if i%50 > 0 {
			continue
		}
		card, err := seal.OpenPDF(file)
		must(b, err)
		if len(card.Evidence) != 3 || len(card.Signatures) != 2 {
			b.Fatalf("%s has %d photos and %d signatures", f, len(card.Evidence), len(card.Signatures))
		}
		v := VerifyBytes(f, file, nil)
		if must(b, v.ComparePages()); v.Pages != seal.PagesSame {
			b.Fatalf("%s: pages are %s", f, v.Pages)
		}
	}
	return len(files), size
}

// meter measures a stretch of work: seconds of the clock and of the processors,
// and the most memory the process held.
type meter struct {
	b     *testing.B
	begin time.Time
	cpu   float64
	held  float64 // memory at the beginning
}

func newMeter(b *testing.B) *meter {
	runtime.GC()
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak counts from here
	return &meter{b, time.Now(), cpuSeconds(), memory("VmRSS:")}
}

func (m *meter) report(what string) {
	m.b.ReportMetric(time.Since(m.begin).Seconds(), "s-"+what)
	m.b.ReportMetric(cpuSeconds()-m.cpu, "cpu-s-"+what)
	m.b.ReportMetric(m.held, "MB-before-"+what)
	m.b.ReportMetric(memory("VmHWM:"), "MB-peak-"+what)
}

// memory is a line of what the system says of the process, in MB.
func memory(name string) float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == name {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb / 1024
		}
	}
	return 0
}

func cpuSeconds() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}
