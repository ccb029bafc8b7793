package store

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// size is how many objects a benchmark works on; the environment may raise it
// to what DESIGN §9 speaks of.
func size(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// BenchmarkSaveDraft is one autosave of a usual document (about 12 KB).
func BenchmarkSaveDraft(b *testing.B) {
	w := fresh(b)
	doc := strings.Repeat(`{"A1":{"state":"checked","note":"机房现场查看"}},`, 220)
	if err := w.NewDraft(ctx, "d", "2019-08", "450100", hashOf("r"), Step{JSON: []byte(doc), Change: "开始"}); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if err := w.SaveDraft(ctx, "d", Step{JSON: []byte(fmt.Sprint(i, doc)), Change: "改", Summary: "3/22"}); err != nil {
			b.Fatal(err)
		}
	}
}

// synthetic are n files, each with one record of a unit of its own and two
// signatures.
func synthetic(n int, round string) []Received {
	wd := newWorld(21)
	files := make([]Received, n)
	note := strings.Repeat("现场查看机房，核对迁移清单。", 100)
	for i := range files {
		r := wd.record(1+i%3, round, fmt.Sprintf("U%05d", i))
		r.JSON = []byte(fmt.Sprintf(`{"n":%d,"round":"%s","note":"%s%x"}`, i, round, note, wd.rnd.Uint64()))
		r.Hash = hashOf(string(r.JSON))
		r.Node.Hash, r.Node.Previous = r.Hash, ""
		r.Signatures = append(r.Signatures, Sig{Field: "coinspector", SPKI: wd.keys[1+(i+1)%3], P7S: make([]byte, 1500)})
		wd.records = wd.records[:0]
		files[i] = file([]ReceivedRecord{r}, nil)
	}
	return files
}

// BenchmarkMerge10k takes 10,000 records into an empty workbook.
func BenchmarkMerge10k(b *testing.B) {
	files := synthetic(size("XUNPING_BENCH_MERGE", 10_000), "2019-08")
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		w := fresh(b)
		putRoster(b, w, newWorld(21).roster(1, ""))
		b.StartTimer()
		merge(b, w, files...)
		b.StopTimer()
		w.Close()
		b.StartTimer()
	}
}

// BenchmarkMergeAgain takes the same files again.
func BenchmarkMergeAgain(b *testing.B) {
	files := synthetic(size("XUNPING_BENCH_MERGE", 10_000), "2019-08")
	w := fresh(b)
	putRoster(b, w, newWorld(21).roster(1, ""))
	merge(b, w, files...)
	b.ResetTimer()
	for b.Loop() {
		merge(b, w, files...)
	}
}

// rounds is a workbook with n records, 10,000 in each round; the derived rows
// are multiplied from one merged round.
func rounds(b *testing.B, n int) *Workbook {
	b.Helper()
	w := fresh(b)
	putRoster(b, w, newWorld(21).roster(1, ""))
	merge(b, w, synthetic(min(n, 10_000), "2019-08")...)
	err := w.write(ctx, func(t *tx) error {
		for have, k := min(n, 10_000), 1; have < n; have, k = have+10_000, k+1 {
			r := fmt.Sprintf("20%02d-%02d", 20+k/12, 1+k%12)
			if err := t.exec(`INSERT INTO case_key(round, rubric, trial, unit) SELECT ?, rubric, trial, unit FROM case_key WHERE round = '2019-08'`, r); err != nil {
				return err
			}
			err := t.exec(`INSERT INTO object(hash, kind, case_id, act_kind, signer, counter, previous, revision, batch_id, file_id, node, cells, payload)
				SELECT randomblob(32), kind, (SELECT id FROM case_key x WHERE x.round = ?1 AND x.rubric = k.rubric AND x.trial = k.trial AND x.unit = k.unit),
				act_kind, signer, counter, previous, revision, batch_id, NULL, node, cells, payload
				FROM object o JOIN case_key k ON k.id = o.case_id WHERE k.round = '2019-08'`, r)
			if err != nil {
				return err
			}
			err = t.exec(`INSERT INTO case_view SELECT ?, rubric, trial, unit, state, revision, exact, value, band, failed, unit_name,
				unit_kind, lists, provisional, records, quarantined, ancestor, heads, idle FROM case_view WHERE round = '2019-08'`, r)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// BenchmarkRank10k reads the outcomes of one round of 10,000 units from a
// workbook with 12 rounds.
func BenchmarkRank10k(b *testing.B) {
	w := rounds(b, size("XUNPING_BENCH_ROUNDS", 12)*10_000)
	b.ResetTimer()
	for b.Loop() {
		list, err := w.Cases(ctx, "2019-08")
		if err != nil || len(list) != 10_000 {
			b.Fatal(len(list), err)
		}
	}
}

// BenchmarkOpenAndList opens a workbook of many inspections and lists a round
// of 100 units; XUNPING_BENCH_OPEN=1000000 is the size DESIGN §9 speaks of.
func BenchmarkOpenAndList(b *testing.B) {
	w := rounds(b, size("XUNPING_BENCH_OPEN", 50_000))
	merge(b, w, synthetic(100, "2031-01")...)
	w.Close()
	b.ResetTimer()
	for b.Loop() {
		w, err := Open(w.Path(), Options{AnyPlace: true})
		if err != nil {
			b.Fatal(err)
		}
		list, err := w.Cases(ctx, "2031-01")
		if err != nil || len(list) != 100 {
			b.Fatal(len(list), err)
		}
		b.StopTimer()
		w.Close()
		b.StartTimer()
	}
}
