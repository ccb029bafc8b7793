package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
)

var ctx = context.Background()

func hashOf(s string) string { return canon.Hash([]byte(s)) }

// fresh is an empty workbook with a fixed clock.
func fresh(t testing.TB) *Workbook {
	t.Helper()
	w, err := Create(filepath.Join(t.TempDir(), "w.xpb"), CreateOptions{Org: "示例单位", Options: Options{AnyPlace: true, Clock: fixedClock}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func fixedClock() time.Time { return time.Date(2019, 8, 6, 9, 0, 0, 0, time.UTC) }

// world makes proven files as seal would hand them over. The JSON is only
// bytes with a hash: store does not read it.
type world struct {
	rnd      *rand.Rand
	keys     []string // SPKI hashes; the first is the bureau
	last     map[string]string
	counter  map[string]int
	records  []ReceivedRecord
	serial   int
	rubric   string
	evidence map[string]Evidence
}

func newWorld(seed uint64) *world {
	w := &world{
		rnd: rand.New(rand.NewPCG(seed, 7)), last: map[string]string{}, counter: map[string]int{},
		rubric: hashOf("rubric"), evidence: map[string]Evidence{},
	}
	for i := range 5 {
		w.keys = append(w.keys, hashOf(fmt.Sprint("key ", i)))
	}
	return w
}

// roster names the bureau and three inspectors; the last key stays unknown.
// revoked is a key to revoke with the objects still believed.
func (w *world) roster(version int, revoked string, last ...string) *inspection.Roster {
	r := &inspection.Roster{Format: inspection.RosterFormat, Version: version, Issued: "2019-07-01T00:00:00Z"}
	r.Chain = []inspection.OldRoster{}
	for i, k := range w.keys[:4] {
		e := inspection.RosterEntry{Name: fmt.Sprint("检查员", i), Number: fmt.Sprint(i), SPKI: k, Roles: []inspection.Role{inspection.RoleInspector}}
		if i == 0 {
			e.Roles = []inspection.Role{inspection.RoleBureau}
		}
		if k == revoked {
			e.Revoked = &inspection.Revoked{Last: last, Reason: "丢失"}
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}

func putRoster(t testing.TB, w *Workbook, r *inspection.Roster) {
	t.Helper()
	b, _, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.PutRoster(ctx, b, []byte("p7s"), strings.Repeat("0", 64)); err != nil {
		t.Fatal(err)
	}
}

// record makes one record by a key of the world. parents may be empty.
func (w *world) record(key int, round, unit string, parents ...string) ReceivedRecord {
	w.serial++
	spki := w.keys[key]
	n := inspection.Node{
		Case: inspection.CaseKey{Round: round, Rubric: w.rubric, Trial: true, Unit: unit},
		ID:   fmt.Sprint("id-", unit, "-", w.serial), Revision: len(parents) + 1, Parents: parents,
		Signer: spki, Previous: w.last[spki], Numbers: []string{fmt.Sprint(key)}, Signers: 1,
		Exact: fmt.Sprintf("%d/7", 400+w.rnd.IntN(600)), Value: "70.00", Band: "中", Lists: []string{"红榜"}, UnitName: unit, UnitKind: "city",
	}
	for _, r := range w.records {
		if len(parents) == 1 && r.Hash == parents[0] {
			n.ID = r.Node.ID
		}
	}
	w.counter[spki]++
	n.Counter = w.counter[spki]
	body := []byte(fmt.Sprintf(`{"n":%d,"padding":"%x"}`, w.serial, w.rnd.Uint64()))
	n.Hash = canon.Hash(body)
	w.last[spki] = n.Hash
	r := ReceivedRecord{Hash: n.Hash, JSON: body, Node: n, Signatures: []Sig{{Field: inspection.FieldInspector, SPKI: spki, P7S: []byte("p7s")}}}
	w.records = append(w.records, r)
	return r
}

// letter is an act of the bureau that accepts a letter of the unit.
func (w *world) letter(unit string) ReceivedAct {
	w.serial++
	spki := w.keys[0]
	w.counter[spki]++
	body := []byte(fmt.Sprintf(`{"act":%d}`, w.serial))
	n := inspection.ActNode{
		Hash: canon.Hash(body), Kind: inspection.ActLetter,
		Case:   inspection.CaseKey{Round: "2019-07", Rubric: w.rubric, Trial: true, Unit: unit},
		Number: "12号", Date: "2019-07-01", Decision: inspection.Accepted, Indicators: []string{"A1"},
		Signer: spki, Previous: w.last[spki], Counter: w.counter[spki],
	}
	w.last[spki] = n.Hash
	return ReceivedAct{Hash: n.Hash, JSON: body, Node: n, Signatures: []Sig{{Field: FieldAct, SPKI: spki, P7S: []byte("p7s")}}}
}

// file wraps objects as a file with bytes of its own.
func file(records []ReceivedRecord, acts []ReceivedAct) Received {
	body := "%PDF-"
	for _, r := range records {
		body += r.Hash
		for _, s := range r.Signatures {
			body += s.SPKI
		}
	}
	for _, a := range acts {
		body += a.Hash
	}
	return Received{FileName: "f.pdf", FileHash: hashOf(body), File: []byte(body), Records: records, Acts: acts}
}

// history is a random set of files: teams, corrections, forks, settlements,
// wrong links, co-signatures, letters, evidence.
func (w *world) history(n int) []Received {
	var files []Received
	rounds, units := []string{"2019-08", "2019-09"}, []string{"450100", "450200"}
	for range n {
		round, unit := rounds[w.rnd.IntN(2)], units[w.rnd.IntN(2)]
		var here []ReceivedRecord
		for _, r := range w.records {
			if r.Node.Case.Round == round && r.Node.Case.Unit == unit {
				here = append(here, r)
			}
		}
		pick := func() ReceivedRecord { return here[w.rnd.IntN(len(here))] }
		switch k := w.rnd.IntN(8); {
		case k == 0:
			files = append(files, file(nil, []ReceivedAct{w.letter(unit)}))
		case k <= 2 && len(here) > 0:
			files = append(files, file([]ReceivedRecord{w.record(w.rnd.IntN(5), round, unit, pick().Hash)}, nil))
		case k == 3 && len(here) > 1:
			files = append(files, file([]ReceivedRecord{w.record(0, round, unit, here[0].Hash, here[len(here)-1].Hash)}, nil))
		case k == 4 && len(here) > 0: // a copy with one signature more
			r := pick()
			r.Signatures = append(r.Signatures[:1:1], Sig{Field: inspection.FieldCoinspector, SPKI: w.keys[1+w.rnd.IntN(4)], P7S: []byte("co")})
			files = append(files, file([]ReceivedRecord{r}, nil))
		default:
			r := w.record(w.rnd.IntN(5), round, unit)
			r.Node.Signers = 1 + w.rnd.IntN(2)
			if w.rnd.IntN(3) == 0 {
				r.Node.Letters = []inspection.Letter{{Indicator: "A1", Number: "12号", Date: "2019-07-01"}}
			}
			if w.rnd.IntN(3) == 0 {
				photo := []byte(fmt.Sprint("photo ", w.rnd.IntN(3)))
				r.Evidence = map[string]Evidence{canon.Hash(photo): {Media: "image/jpeg", Data: photo}}
				r.Names = []string{canon.Hash(photo), hashOf("missing")}
			}
			w.records[len(w.records)-1] = r
			files = append(files, file([]ReceivedRecord{r}, nil))
		}
	}
	return files
}

// merge adds files as one batch.
func merge(t testing.TB, w *Workbook, files ...Received) *Batch {
	t.Helper()
	b := w.BeginBatch("merge", "测试")
	for _, f := range files {
		if _, err := b.Add(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Finish(ctx, []byte(`{"files":1}`)); err != nil {
		t.Fatal(err)
	}
	return b
}

func digest(t testing.TB, w *Workbook) string {
	t.Helper()
	d, err := w.Digest(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	return d
}
