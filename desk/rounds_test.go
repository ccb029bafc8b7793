package desk

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
)

// books is a bureau over three rounds, and beside it, kept by the test alone,
// what everybody entered and what of it should count.
type books struct {
	*testing.T
	dir    string
	d      *Desk // the bureau
	team   *Desk // of inspector-2, who corrects
	keys   map[string]*seal.Identity
	c      *inspection.Compiled
	units  []string
	now    time.Time
	counts map[string]map[string]entered // by round and unit
	waits  map[string]map[string]string  // what a result waits for, in words
	files  map[string]int                // records that arrived, by round
	cut    map[string]int                // those of them that do not count
	here   map[string]int                // records signed at the bureau itself
	merges int
	items  int // of the list behind a measure
}

// entered is a record as it was entered, under the hash it travels by.
type entered struct {
	rec  *inspection.Record
	hash string
}

// Who leads a unit: inspector number n leads the units at n, n+3, n+6 …
const (
	unitSettled   = 0 // two results, settled
	unitOpen      = 1 // two results, left open
	unitNewcomer  = 4 // in the second round checked by somebody the roster does not know
	unitCorrected = 7
	unitUnsigned  = 8  // its letter is never registered
	unitLater     = 10 // the second signature comes later
	unitLast      = 6  // the last that is believed of the revoked inspector, in the third round
)

// Two teams and a bureau over three rounds: conflict, settlement, correction, a
// second signature that comes later, a signer who is unknown and then known, a
// revoked inspector. Every figure of the ledgers of all rounds is what an
// arithmetic of its own makes of what was entered. 80 units with XUNPING_LONG=1.
func TestThreeRounds(t *testing.T) {
	units := 14
	if os.Getenv("XUNPING_LONG") != "" {
		units = 80
	}
	b := newBooks(t, units)
	b.august()
	b.september()
	b.october()
	for _, round := range slices.Sorted(maps.Keys(b.counts)) {
		b.check(round)
	}
	b.again()
}

func newBooks(t *testing.T, units int) *books {
	t.Helper()
	b := &books{T: t, dir: filepath.Join(t.TempDir(), "demo"), keys: map[string]*seal.Identity{}, now: time.Date(2019, 11, 1, 9, 0, 0, 0, beijing),
		counts: map[string]map[string]entered{}, waits: map[string]map[string]string{}, files: map[string]int{}, cut: map[string]int{}, here: map[string]int{}}
	made, err := Demo(t.Context(), DemoOptions{Dir: b.dir, Units: units, Rounds: 3, Conflicts: 2, Photos: -1, Seed: 21}, nil)
	must(t, err)
	source, err := Open(made.Workbook)
	must(t, err)
	defer source.Close()
	for _, who := range []string{"inspector-2", "inspector-3", "bureau"} {
		b.keys[who], err = OpenKey(filepath.Join(b.dir, "keys", who+".p12"), DemoPassphrase)
		must(t, err)
	}
	b.d, err = create(filepath.Join(t.TempDir(), "bureau.xpb"), CreateOptions{}, b.tick)
	must(t, err)
	t.Cleanup(func() { _ = b.d.Close() })
	roster, err := os.ReadFile(filepath.Join(b.dir, "roster.zip"))
	must(t, err)
	_, err = b.d.ImportRoster(roster, made.Root)
	must(t, err)
	list, err := source.Units()
	must(t, err)
	for _, u := range list[:units] {
		b.units = append(b.units, u.Code)
	}
	must(t, b.d.putUnits(plainUnits(list)))
	rounds, err := source.Rounds()
	must(t, err)
	for _, r := range rounds {
		must(t, b.d.PutRound(r))
		b.counts[r.Code], b.waits[r.Code] = map[string]entered{}, map[string]string{}
		b.c, err = b.d.Compiled(r.RubricHash)
		must(t, err)
	}
	b.team, err = Open(filepath.Join(b.dir, "inspectors", "inspector-2.xpb"))
	must(t, err)
	b.team.clock = b.tick
	t.Cleanup(func() { _ = b.team.Close() })
	return b
}

func plainUnits(list []UnitInfo) []inspection.Unit {
	var out []inspection.Unit
	for _, u := range list {
		out = append(out, u.Unit)
	}
	return out
}

func (b *books) tick() time.Time { b.now = b.now.Add(time.Second); return b.now }

// sealed is the file of a unit, of the second team with again.
func (b *books) sealed(round string, i int, again bool) string {
	name := b.units[i] + ".pdf"
	if again {
		name = b.units[i] + "-2.pdf"
	}
	return filepath.Join(b.dir, "sealed", round, name)
}

// inside is the record that a file holds.
func (b *books) inside(path string) entered {
	b.Helper()
	file, err := os.ReadFile(path)
	must(b.T, err)
	card, err := seal.OpenPDF(file)
	must(b.T, err)
	return entered{card.Inspection, card.Hash}
}

// take merges files in one batch and wants this outcome of them.
func (b *books) take(want string, paths ...string) {
	b.Helper()
	b.merges++
	r, err := b.d.Merge(b.Context(), paths, false, nil)
	must(b.T, err)
	if got := fmt.Sprintf("%d merged, %d conflict, %d quarantined, %d refused", r.Merged, r.Conflict, r.Quarantined, r.Refused); got != want {
		b.Fatalf("merge %d gave %s, want %s", b.merges, got, want)
	}
}

// all takes what the first team sealed in a round, and what else is given.
func (b *books) all(round, want string, skip int, more ...string) {
	b.Helper()
	paths := more
	for i, u := range b.units {
		if i == skip {
			continue
		}
		path := b.sealed(round, i, false)
		b.counts[round][u] = b.inside(path)
		paths = append(paths, path)
	}
	b.files[round] += len(paths)
	b.take(want, paths...)
}

// register registers the letters of a round but those of one unit.
func (b *books) register(round string) {
	b.Helper()
	for _, u := range b.units {
		if x, ok := b.counts[round][u]; ok && u != b.units[unitUnsigned] {
			_, err := b.d.RegisterLetter(b.Context(), x.hash, b.keys["bureau"])
			must(b.T, err)
		}
	}
	b.waits[round][b.units[unitUnsigned]] = "待核实"
}

// waiting is what the results of a unit wait for now.
func (b *books) waiting(round string, i int) string {
	b.Helper()
	c, err := b.d.caseOf(b.Context(), round, b.units[i])
	must(b.T, err)
	return provisionalWords(c.Provisional)
}

// august: two conflicts, one of them settled with a value that no team had; a
// correction that makes a lead; a correction whose second signature comes later;
// a file that is none.
func (b *books) august() {
	b.Helper()
	round := "2019-08"
	bad := filepath.Join(b.T.TempDir(), "bad.pdf")
	whole, err := os.ReadFile(b.sealed(round, 2, false))
	must(b.T, err)
	must(b.T, os.WriteFile(bad, whole[:len(whole)/2], 0o600))
	n := len(b.units)
	b.all(round, fmt.Sprintf("%d merged, 4 conflict, 0 quarantined, 1 refused", n-2), -1, b.sealed(round, unitSettled, true), b.sealed(round, unitOpen, true), bad)
	b.files[round]--
	delete(b.counts[round], b.units[unitOpen])
	b.settle(round)
	b.register(round)
	b.correct(round)
	later := b.correctLater(round)
	if w := b.waiting(round, unitLater); !strings.Contains(w, "待补签") {
		b.Errorf("with one signature the result waits for %q", w)
	}
	signed := filepath.Join(b.T.TempDir(), "signed.pdf")
	file, err := os.ReadFile(later)
	must(b.T, err)
	file, err = seal.Cosign(file, inspection.FieldCoinspector, b.keys["inspector-3"], b.tick())
	must(b.T, err)
	must(b.T, os.WriteFile(signed, file, 0o600))
	b.files[round]++
	b.take("1 merged, 0 conflict, 0 quarantined, 0 refused", signed)
	if w := b.waiting(round, unitLater); w != "" {
		b.Errorf("with both signatures the result waits for %q", w)
	}
}

// settle takes every second indicator of each team, and a new value for one.
func (b *books) settle(round string) {
	b.Helper()
	unit := b.units[unitSettled]
	s, err := b.d.Settle(round, unit, Choices{})
	must(b.T, err)
	choices := Choices{Follows: s.Heads[0].Hash, By: map[string]Choice{}}
	want := clone(s.Heads[0].Record)
	fresh := inspection.Entry{State: scoring.Checked, Note: "重新核对", Findings: []inspection.Finding{{ID: "f1", Rule: "C1-2", Count: 5 * scoring.One, Points: 25 * scoring.One / 10, Note: "五项"}}}
	for i, code := range s.Open {
		h := s.Heads[i%2]
		choices.By[code], want.Entries[code] = Choice{Take: h.Hash, Reason: "以现场记录为准"}, h.Record.Entries[code]
		if code == "C1" {
			choices.By[code], want.Entries[code] = Choice{Entry: &fresh, Reason: "两组都不对"}, fresh
		}
	}
	if choices.By["C1"].Entry == nil || len(s.Open) < 4 {
		b.Fatalf("the teams differ only in %v", s.Open)
	}
	s, err = b.d.Settle(round, unit, choices)
	must(b.T, err)
	done, err := b.d.signSettlement(b.Context(), s, b.keys["bureau"], filepath.Join(b.T.TempDir(), "settled.pdf"))
	must(b.T, err)
	want.Revision = 2
	b.counts[round][unit] = entered{want, done.Hash}
	b.here[round]++
	if b.waiting(round, unitSettled) != "" {
		_, err = b.d.Approve(b.Context(), ApprovalEntry{About: done.Hash, Decision: inspection.Accepted, By: inspection.Person{Name: "审批人"}}, b.keys["bureau"], "")
		must(b.T, err)
	}
}

// correct takes one finding of a unit away and lays another at another unit's
// door.
func (b *books) correct(round string) {
	b.Helper()
	in, err := b.team.Correct(round, b.units[unitCorrected])
	must(b.T, err)
	want := clone(in.Record())
	n := 0
	for _, code := range sortedKeys(want.Entries) {
		e := want.Entries[code]
		if len(e.Findings) == 0 || n == 2 || b.c.Engine.Indicator(b.place(code)).Code > "C9" {
			continue
		}
		id := e.Findings[0].ID
		if n++; n == 1 {
			must(b.T, in.RemoveFinding(code, id))
			e.Findings = slices.Clone(e.Findings[1:])
		} else {
			must(b.T, in.EditFinding(code, id, func(f *inspection.Finding) { f.Responsible = b.units[3] }))
			e.Findings = slices.Clone(e.Findings)
			e.Findings[0].Responsible = b.units[3]
		}
		must(b.T, in.SetReason(code, "复核后更正"))
		want.Entries[code] = e
	}
	if n < 2 {
		b.Fatal("the unit to correct has not enough findings")
	}
	out := filepath.Join(b.T.TempDir(), "corrected.pdf")
	done, err := in.sealWith(b.Context(), b.keys["inspector-2"], b.keys["inspector-3"], out)
	must(b.T, err)
	b.counts[round][b.units[unitCorrected]] = entered{want, done.Hash}
	b.files[round]++
	b.take("1 merged, 0 conflict, 0 quarantined, 0 refused", out)
}

func (b *books) place(code string) int {
	i, ok := b.c.Engine.Index(code)
	if !ok {
		b.Fatalf("no indicator %s", code)
	}
	return i
}

// correctLater is a correction that only one inspector signs.
func (b *books) correctLater(round string) string {
	b.Helper()
	in, err := b.team.Correct(round, b.units[unitLater])
	must(b.T, err)
	want := clone(in.Record())
	e := want.Entries["C2"]
	e.Note = "补充说明"
	want.Entries["C2"] = e
	must(b.T, in.SetNote("C2", e.Note))
	must(b.T, in.SetReason("C2", "补充"))
	out := filepath.Join(b.T.TempDir(), "one.pdf")
	done, err := in.sealWith(b.Context(), b.keys["inspector-2"], nil, out)
	must(b.T, err)
	b.counts[round][b.units[unitLater]] = entered{want, done.Hash}
	b.files[round]++
	b.take("1 merged, 0 conflict, 0 quarantined, 0 refused", out)
	return out
}

// september: a unit is checked by somebody whom the roster does not know. The
// file waits; when the roster names them it counts without coming again.
func (b *books) september() {
	b.Helper()
	round, unit := "2019-09", b.units[unitNewcomer]
	b.all(round, fmt.Sprintf("%d merged, 0 conflict, 0 quarantined, 0 refused", len(b.units)-1), unitNewcomer)
	b.register(round)
	id, err := seal.NewIdentity(seal.Person{Name: "检查员丁", Number: "J009", Org: demoOrg}, b.tick())
	must(b.T, err)
	x, pdf := b.newcomer(round, id)
	out := filepath.Join(b.T.TempDir(), "newcomer.pdf")
	must(b.T, os.WriteFile(out, pdf, 0o600))
	b.files[round]++
	b.take("0 merged, 0 conflict, 1 quarantined, 0 refused", out)
	if c, err := b.d.caseOf(b.Context(), round, unit); err != nil || c.State != inspection.CaseNone {
		b.Fatalf("an unknown signer's record counts: %+v, %v", c, err)
	}
	root, err := OpenRoot(filepath.Join(b.dir, "keys", "root.p12"), DemoPassphrase)
	must(b.T, err)
	req, err := id.Request()
	must(b.T, err)
	_, _, err = b.d.Enrol(root, req, []inspection.Role{inspection.RoleInspector})
	must(b.T, err)
	if c, err := b.d.caseOf(b.Context(), round, unit); err != nil || c.Head() != x.hash {
		b.Fatalf("the roster names the signer, and the case is %+v, %v", c, err)
	}
	b.counts[round][unit] = x
}

// newcomer is a record with a list behind a measure and a piece of evidence.
func (b *books) newcomer(round string, id *seal.Identity) (entered, []byte) {
	b.Helper()
	rec := clone(b.inside(b.sealed(round, unitNewcomer, false)).rec)
	rec.ID, rec.People.Inspectors = newUUID(), []inspection.Person{{Name: "检查员丁", Number: "J009"}, {Name: "检查员丙", Number: "J003"}}
	e := rec.Entries["A2"]
	if e.State != scoring.Checked {
		b.Fatalf("A2 of the newcomer's unit is %s", e.State)
	}
	done, total := 3*scoring.One, 4*scoring.One
	m := e.Measures["A2-m1"]
	m.Done, m.Total, m.Completed, m.Items = &done, &total, "", nil
	for i, state := range []string{inspection.ItemDone, inspection.ItemDone, inspection.ItemDone, inspection.ItemOpen, inspection.ItemExempt} {
		m.Items = append(m.Items, inspection.Item{Code: fmt.Sprint("Z", i), Name: "专网", State: state})
	}
	e.Measures["A2-m1"] = m
	b.items = len(m.Items)
	text := []byte("现场记录")
	h := canon.Hash(text)
	e.Evidence = []string{h}
	rec.Entries["A2"] = e
	rec.Evidence = []inspection.EvidenceRef{{SHA256: h, Name: "记录.txt", Media: "text/plain", Bytes: int64(len(text))}}
	none, now := "", b.tick()
	rec.Signer, rec.Previous, rec.Counter, rec.Sealed = id.SPKI(), &none, 1, now.Format(time.RFC3339)
	var err error
	rec.Claimed, err = rec.ScoreJSON(b.c)
	must(b.T, err)
	pdf, _, err := sealRecord(rec, b.c, map[string][]byte{h: text}, id, now)
	must(b.T, err)
	pdf, err = seal.Cosign(pdf, inspection.FieldCoinspector, b.keys["inspector-3"], now)
	must(b.T, err)
	_, hash, err := rec.Canonical()
	must(b.T, err)
	return entered{rec, hash}, pdf
}

// october: everything arrives, then the first inspector is revoked from some
// record on: what they signed later does not count, and where they were the
// second signature, it is missing.
func (b *books) october() {
	b.Helper()
	round := "2019-10"
	b.all(round, fmt.Sprintf("%d merged, 0 conflict, 0 quarantined, 0 refused", len(b.units)), -1)
	b.register(round)
	root, err := OpenRoot(filepath.Join(b.dir, "keys", "root.p12"), DemoPassphrase)
	must(b.T, err)
	_, err = b.d.Revoke(root, "J001", []string{b.counts[round][b.units[unitLast]].hash}, "调离")
	must(b.T, err)
	for i, u := range b.units {
		switch {
		case i%3 == 0 && i > unitLast:
			delete(b.counts[round], u)
			b.cut[round]++
		case i%3 == 2:
			for r := range b.counts {
				b.waits[r][u] = strings.TrimSpace("待补签 " + b.waits[r][u])
			}
		}
	}
}

// again: what arrived before changes nothing when it arrives once more.
func (b *books) again() {
	b.Helper()
	before := digestOf(b.T, b.d)
	var paths []string
	for round := range b.counts {
		for i := range b.units {
			if i != unitNewcomer || round != "2019-09" {
				paths = append(paths, b.sealed(round, i, false))
			}
		}
	}
	r, err := b.d.Merge(b.Context(), paths, false, nil)
	must(b.T, err)
	if r.Identical != len(paths) || digestOf(b.T, b.d) != before {
		b.Errorf("the same files again: %d of %d are known", r.Identical, len(paths))
	}
}

// rubric is the rubric as the sum reads it.
func (b *books) rubric() *ownRubric {
	b.Helper()
	var u ownRubric
	must(b.T, json.Unmarshal(b.c.JSON, &u))
	return &u
}
