package desk

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"xunping/assets/i18n"
	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
)

// DemoOptions say how large a demonstration is. Seed fixes everything but the
// keys. Photos is how many units get photos, the first of the list: 0 for the
// usual 300, less for none. Drawing, shrinking and printing them is most of the
// work of a demonstration, and most of its size.
type DemoOptions struct {
	Dir                      string
	Units, Rounds, Conflicts int
	Photos                   int
	Seed                     int64
}

const usualPhotos = 300

// DemoResult says what a demonstration made.
type DemoResult struct {
	Dir       string `json:"dir"`
	Workbook  string `json:"workbook"`
	Root      string `json:"root"` // fingerprint
	Units     int    `json:"units"`
	Rounds    int    `json:"rounds"`
	Files     int    `json:"files"` // sealed scorecards
	Merged    int    `json:"merged"`
	Conflicts int    `json:"conflicts"` // of the last round
	Digest    string `json:"digest"`
}

// demoRubric is the rubric that comes with the program.
const demoRubric = "jutongyong-2019"

// DemoPassphrase opens the keys of a demonstration; it also lies beside them.
const DemoPassphrase = "xunping-demo-2019"

// demo is a demonstration being made: a bureau, three inspectors who sign in
// pairs, and their files. Everything goes through the same code as real work.
type demo struct {
	o      DemoOptions
	p      Progress
	c      *inspection.Compiled
	clock  *demoClock
	bureau *Desk
	keys   []*seal.Identity // three inspectors, then the bureau
	desks  []*Desk          // of the inspectors
	clocks []*demoClock
	units  []inspection.Unit
	rounds []RoundInfo
	r      DemoResult

	mu   sync.Mutex
	done int
}

// demoClock is a clock that is set by hand. Each belongs to one goroutine.
type demoClock struct{ now time.Time }

func (c *demoClock) time() time.Time { return c.now }

var beijing = time.FixedZone("CST", 8*3600)

// Demo makes a bureau with its inspectors, lets them check every unit, seals,
// merges and writes the ledger into a new folder.
func Demo(ctx context.Context, o DemoOptions, p Progress) (DemoResult, error) {
	if o.Units < 1 || o.Units > 100000 || o.Rounds < 1 || o.Rounds > 120 || o.Conflicts < 0 || o.Conflicts > o.Units {
		return DemoResult{}, i18n.E("示例的规模不对：单位 1 到 100000 个，轮次 1 到 120 个，冲突不多于单位")
	}
	_, err := os.Lstat(o.Dir)
	fresh := os.IsNotExist(err)
	if _, err := os.Lstat(filepath.Join(o.Dir, "bureau.xpb")); err == nil {
		return DemoResult{}, i18n.E("文件夹 %s 里已经有示例，没有覆盖", o.Dir)
	}
	if o.Photos == 0 {
		o.Photos = usualPhotos
	}
	d := &demo{o: o, p: p, clock: &demoClock{time.Date(2019, 8, 1, 8, 0, 0, 0, beijing)}}
	err = d.make(ctx)
	d.close()
	if err != nil && fresh {
		_ = os.RemoveAll(o.Dir) // nothing half made stays
	}
	return d.r, err
}

func (d *demo) close() {
	for _, x := range append(d.desks, d.bureau) {
		if x != nil {
			_ = x.Close()
		}
	}
}

func (d *demo) make(ctx context.Context) error {
	if err := d.office(); err != nil {
		return err
	}
	for i := range d.rounds {
		if err := d.round(ctx, &d.rounds[i]); err != nil {
			return err
		}
	}
	last := d.rounds[len(d.rounds)-1].Code
	if err := d.bureau.WriteLedger(ctx, last, filepath.Join(d.o.Dir, "ledger.xlsx"), nil); err != nil {
		return err
	}
	conflicts, err := d.bureau.Conflicts(last)
	if err != nil {
		return err
	}
	digest, err := d.bureau.Digest("")
	d.r.Dir, d.r.Workbook, d.r.Units, d.r.Rounds = d.o.Dir, d.bureau.Path(), len(d.units), len(d.rounds)
	d.r.Conflicts, d.r.Digest = len(conflicts), digest
	return err
}

// office makes workbooks, keys, roster, units and rounds.
func (d *demo) office() error {
	b, ok := rubrics.Get(demoRubric)
	if !ok {
		return fmt.Errorf("no rubric %s", demoRubric)
	}
	var err error
	if d.c, err = inspection.Compile(b.JSON); err != nil {
		return err
	}
	for _, sub := range []string{"keys", "inspectors", "sealed"} {
		if err := os.MkdirAll(filepath.Join(d.o.Dir, sub), 0o755); err != nil {
			return cannotWrite(d.o.Dir, err)
		}
	}
	if d.bureau, err = d.open("bureau.xpb", "bureau", d.clock, 0); err != nil {
		return err
	}
	pack, root, err := d.people()
	if err != nil {
		return err
	}
	d.r.Root = root
	for i := range demoTeam[:3] {
		clock := &demoClock{d.clock.now}
		x, err := d.open(filepath.Join("inspectors", demoTeam[i].file+".xpb"), "inspector", clock, i+1)
		if err != nil {
			return err
		}
		d.desks, d.clocks = append(d.desks, x), append(d.clocks, clock)
		if _, err := x.ImportRoster(pack, root); err != nil {
			return err
		}
	}
	if err := d.lendKeys(); err != nil {
		return err
	}
	return d.enter()
}

// lendKeys makes the inspectors' keys known on each of their machines, so that
// two of them can sign on one.
func (d *demo) lendKeys() error {
	for _, x := range d.desks {
		for i, p := range demoTeam {
			if p.role != inspection.RoleInspector {
				continue
			}
			if _, err := x.remember(filepath.Join(d.o.Dir, "keys", p.file+".p12"), d.keys[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// open makes a workbook whose ids follow from the seed.
func (d *demo) open(name, kind string, clock *demoClock, who int) (*Desk, error) {
	x, err := create(filepath.Join(d.o.Dir, name), CreateOptions{Org: demoOrg, Kind: kind}, clock.time)
	if err != nil {
		return nil, err
	}
	rng := d.random("ids", who)
	x.newID = func() string { return demoID(clock.now, rng) }
	return x, nil
}

// random is a source of chance that depends on the seed and on what it is for.
func (d *demo) random(what string, n int) *rand.Rand {
	h := canon.Hash(fmt.Appendf(nil, "%d/%s/%d", d.o.Seed, what, n))
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64([]byte(h[:8])), binary.BigEndian.Uint64([]byte(h[8:16]))))
}

// demoID is a UUIDv7 of the given time and chance.
func demoID(at time.Time, rng *rand.Rand) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16|rng.Uint64()&0x0FFF|0x7000)
	binary.BigEndian.PutUint64(b[8:], rng.Uint64()&0x3FFFFFFFFFFFFFFF|0x8000000000000000)
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// enter writes units and rounds into all workbooks.
func (d *demo) enter() error {
	d.units = builtinUnits()
	for i := len(d.units); i < d.o.Units; i++ {
		d.units = append(d.units, inspection.Unit{Code: fmt.Sprintf("S%05d", i+1), Name: fmt.Sprintf("示例单位%05d", i+1), Kind: "department"})
	}
	d.units = d.units[:d.o.Units]
	codes := make([]string, len(d.units))
	for i, u := range d.units {
		codes[i] = u.Code
	}
	for i := range d.o.Rounds {
		d.rounds = append(d.rounds, demoRound(d.c, i, codes))
	}
	for _, x := range append(d.desks, d.bureau) {
		if d.o.Units > len(builtinUnits()) {
			if err := x.putUnits(d.units); err != nil {
				return err
			}
		}
		for _, r := range d.rounds {
			if err := x.PutRound(r); err != nil {
				return err
			}
		}
	}
	return nil
}

func demoRound(c *inspection.Compiled, i int, units []string) RoundInfo {
	month := time.Date(2019, time.Month(8+i), 1, 0, 0, 0, 0, beijing)
	r := RoundInfo{RubricHash: c.Hash, Units: units}
	r.Code, r.Title, r.Trial, r.Signers = month.Format("2006-01"), month.Format("2006年1月检查"), true, 2
	r.Cutoff = month.AddDate(0, 0, -1).Format(time.DateOnly)
	for i := range c.Engine.Len() {
		for _, m := range c.Engine.Indicator(i).Measures {
			if m.Deadline == scoring.RoundDeadline {
				if r.Deadlines == nil {
					r.Deadlines = map[string]string{}
				}
				r.Deadlines[m.Code] = month.AddDate(0, 3, -1).Format(time.DateOnly)
			}
		}
	}
	return r
}

// round lets the inspectors check and seal all units, each on their own
// machine, then merges the files at the bureau and registers the letters.
func (d *demo) round(ctx context.Context, r *RoundInfo) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for who := range d.desks {
		wg.Go(func() {
			if err := d.tour(ctx, r, who); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	d.clock.now = d.roundDay(r, 25)
	report, err := d.bureau.Merge(ctx, []string{filepath.Join(d.o.Dir, "sealed", r.Code)}, false, nil)
	if err != nil {
		return err
	}
	d.r.Files, d.r.Merged = d.r.Files+report.Files, d.r.Merged+report.Merged
	for _, o := range report.Results {
		if o.Outcome == Refused || o.Outcome == Quarantined {
			return i18n.E("示例文件 %s 没有收下：%s", o.File, o.Reason)
		}
		if _, err := d.bureau.RegisterLetter(ctx, o.SHA256, d.keys[3]); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) roundDay(r *RoundInfo, day int) time.Time {
	month, err := time.ParseInLocation("2006-01", r.Code, beijing)
	if err != nil {
		return d.clock.now // cannot happen: the code was made from a month
	}
	return month.AddDate(0, 0, day-1).Add(9 * time.Hour)
}

// tour is one inspector's month: the units they lead, and for some units a
// second check that competes with a colleague's.
func (d *demo) tour(ctx context.Context, r *RoundInfo, who int) error {
	for i := range d.units {
		if i%3 == who {
			if err := d.visit(ctx, r, i, who, 1); err != nil {
				return err
			}
		}
		if i < d.o.Conflicts && (i+1)%3 == who {
			if err := d.visit(ctx, r, i, who, 2); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *demo) visit(ctx context.Context, r *RoundInfo, i, who, team int) error {
	u, clock := d.units[i], d.clocks[who]
	clock.now = d.roundDay(r, 6+i/3%14)
	in, err := d.desks[who].Inspect(r.Code, u.Code)
	if err != nil {
		return err
	}
	mate := (who + 1) % 3
	w := &demoWork{demo: d, in: in, rng: d.random(r.Code+"/"+u.Code, team), unit: u, n: i, people: []int{who, mate}, start: clock.now}
	if err := w.check(); err != nil {
		return err
	}
	clock.now = clock.now.Add(8*time.Hour + 40*time.Minute)
	name := u.Code + ".pdf"
	if team == 2 {
		name = u.Code + "-2.pdf"
	}
	out := filepath.Join(d.o.Dir, "sealed", r.Code, name)
	if _, err := in.sealWith(ctx, d.keys[who], d.keys[mate], out); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done++
	d.p.report(d.done, d.o.Rounds*(len(d.units)+d.o.Conflicts), u.Name)
	return nil
}
