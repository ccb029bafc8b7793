package store

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xunping/inspection"
)

// dump is the whole content of the workbook, one text per table.
func dump(t testing.TB, w *Workbook) map[string]string {
	t.Helper()
	out := map[string]string{}
	var names []string
	if err := each(ctx, w.rdb, scanText(&names), `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`); err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if n == "sqlite_stat1" || n == "sqlite_stat4" {
			continue
		}
		out[n] = dumpTable(t, w, n)
	}
	return out
}

// compareViews checks case_view against one Derive of the whole set.
func compareViews(t testing.TB, w *Workbook) {
	t.Helper()
	set, err := w.Set(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	state := inspection.Derive(set)
	views, err := w.Cases(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(views) != len(state.Cases) {
		t.Fatalf("%d views, %d cases", len(views), len(state.Cases))
	}
	for i, c := range state.Cases {
		v := views[i]
		got := inspection.CaseState{Key: v.Key, State: v.State, Heads: v.Heads, Provisional: v.Provisional, Ancestor: v.Ancestor, Idle: v.Idle}
		if !reflect.DeepEqual(got, c) {
			t.Fatalf("case %v:\nstored  %+v\nderived %+v", c.Key, got, c)
		}
	}
	quarantine, err := w.Quarantine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]inspection.Reason{}
	for _, o := range quarantine {
		out[o.Hash] = o.Standing
	}
	for h, r := range state.Standings {
		if out[h] != r {
			t.Fatalf("standing of %s: stored %q, derived %q", h, out[h], r)
		}
	}
}

// TestMergeAnyOrder: the same files and rosters in any order, repetition and
// partition give one digest, and the stored outcome is always that of one
// derivation from scratch.
func TestMergeAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wd := newWorld(rapid.Uint64().Draw(rt, "seed"))
		files := wd.history(rapid.IntRange(1, 14).Draw(rt, "files"))
		revoked, last := "", ""
		if rapid.Bool().Draw(rt, "revoke") && len(wd.records) > 0 {
			r := wd.records[wd.rnd.IntN(len(wd.records))]
			revoked, last = r.Node.Signer, r.Hash
		}
		late := wd.roster(2, revoked, last)

		a := fresh(t)
		defer a.Close()
		putRoster(t, a, wd.roster(1, ""))
		merge(t, a, files...)
		putRoster(t, a, late)
		compareViews(t, a)

		b := fresh(t)
		defer b.Close()
		shuffled := rapid.Permutation(slices.Concat(files, files[:len(files)/2])).Draw(rt, "order")
		cut := rapid.IntRange(0, len(shuffled)).Draw(rt, "cut")
		when := rapid.IntRange(0, 2).Draw(rt, "roster when")
		for i, part := range [][]Received{nil, shuffled[:cut], shuffled[cut:]} {
			merge(t, b, part...)
			if i == when {
				putRoster(t, b, late)
			}
			compareViews(t, b)
		}
		if x, y := digest(t, a), digest(t, b); x != y {
			rt.Fatalf("digests differ: %s %s", x, y)
		}
		before := dump(t, b)
		if err := b.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
		if after := dump(t, b); !reflect.DeepEqual(before, after) {
			rt.Fatal("rebuild is not what was kept")
		}
	})
}

// TestMergeAgain: the second merge leaves one log line and no other trace.
func TestMergeAgain(t *testing.T) {
	w := fresh(t)
	wd := newWorld(1)
	putRoster(t, w, wd.roster(1, ""))
	files := wd.history(30)
	first := w.BeginBatch("merge", "测试")
	for _, f := range files {
		if _, err := first.Add(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	bad := RefusedFile{Name: "x.pdf", Hash: hashOf("x"), Size: 1, Rule: 4, Reason: "多了内容"}
	if err := first.Refuse(ctx, bad); err != nil {
		t.Fatal(err)
	}
	if err := first.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if first.ID() == 0 {
		t.Fatal("a batch that brought something has no row")
	}
	before, lines := dump(t, w), logLines(t, w)
	again := w.BeginBatch("merge", "测试")
	for _, f := range files {
		out, err := again.Add(ctx, f)
		if err != nil || out.New {
			t.Fatalf("again: %+v %v", out, err)
		}
	}
	if err := again.Refuse(ctx, bad); err != nil {
		t.Fatal(err)
	}
	if err := again.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	after := dump(t, w)
	if n := logLines(t, w); n != lines+1 {
		t.Fatalf("log went from %d to %d lines", lines, n)
	}
	delete(before, "log")
	delete(after, "log")
	if !reflect.DeepEqual(before, after) {
		t.Fatal("the second merge wrote something besides its log line")
	}
	bad.Batch = first.ID()
	if refused, _ := w.Refused(ctx, first.ID()); len(refused) != 1 || refused[0] != bad {
		t.Fatalf("journal: %+v", refused)
	}
}

// TestLateSigner: what an unknown key signed waits and counts when a roster
// names the key, without a second import.
func TestLateSigner(t *testing.T) {
	w := fresh(t)
	wd := newWorld(2)
	r := wd.record(1, "2019-08", "450100")
	merge(t, w, file([]ReceivedRecord{r}, nil))
	c, found, err := w.Case(ctx, r.Node.Case)
	if err != nil || !found || c.State != inspection.CaseNone || c.Quarantined != 1 || c.Value != "" {
		t.Fatalf("%+v %v %v", c, found, err)
	}
	if o, err := w.Object(ctx, r.Hash); err != nil || o.Standing != inspection.ReasonUnknown {
		t.Fatalf("%+v %v", o, err)
	}
	putRoster(t, w, wd.roster(1, ""))
	c, _, _ = w.Case(ctx, r.Node.Case)
	if c.State != inspection.CaseResult || c.Head() != r.Hash || c.Exact != r.Node.Exact || c.UnitName != "450100" {
		t.Fatalf("%+v", c)
	}
}

// TestRosterRefusals: same version with other content is refused and both
// hashes are named; a lower version changes nothing.
func TestRosterRefusals(t *testing.T) {
	w := fresh(t)
	wd := newWorld(3)
	putRoster(t, w, wd.roster(5, ""))
	before := digest(t, w)
	other := wd.roster(5, wd.keys[1])
	b, hash, _ := other.Canonical()
	_, err := w.PutRoster(ctx, b, nil, strings.Repeat("0", 64))
	row, _ := w.Roster(ctx)
	if !errors.Is(err, ErrExists) || !contains(err.Error(), hash) || !contains(err.Error(), row.Hash) {
		t.Fatalf("%v", err)
	}
	old, _, _ := wd.roster(4, wd.keys[1]).Canonical()
	isNew, err := w.PutRoster(ctx, old, nil, strings.Repeat("0", 64))
	if err != nil || isNew {
		t.Fatalf("older roster: %v %v", isNew, err)
	}
	if digest(t, w) != before {
		t.Fatal("an older roster changed the digest")
	}
}

// TestAddOneFileWhole: a file with something wrong brings nothing of itself.
func TestAddOneFileWhole(t *testing.T) {
	w := fresh(t)
	wd := newWorld(7)
	good, bad := wd.record(1, "2019-08", "450100"), wd.record(1, "2019-08", "450200")
	before := dump(t, w)
	bad.JSON = []byte("other")
	b := w.BeginBatch("merge", "测试")
	if _, err := b.Add(ctx, file([]ReceivedRecord{good, bad}, nil)); err == nil {
		t.Fatal("a record that does not hash to its name was taken")
	}
	third := wd.record(2, "2019-08", "450300")
	if _, err := b.Add(ctx, file([]ReceivedRecord{third}, nil)); err != nil {
		t.Fatalf("one bad file stopped the next: %v", err)
	}
	if err := b.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, w)["object"]; got == before["object"] {
		t.Fatal("the good file is not there")
	}
	if _, err := w.Record(ctx, good.Hash); !errors.Is(err, ErrNotFound) {
		t.Fatal("half a file is there")
	}
	if err := b.Finish(ctx, nil); err != nil {
		t.Fatal("finishing twice:", err)
	}
}

// TestBatchLetsOthersWrite: a draft is saved in the middle of an import, which
// commits what it has.
func TestBatchLetsOthersWrite(t *testing.T) {
	w := fresh(t)
	wd := newWorld(8)
	b := w.BeginBatch("merge", "测试")
	r := wd.record(1, "2019-08", "450100")
	if _, err := b.Add(ctx, file([]ReceivedRecord{r}, nil)); err != nil {
		t.Fatal(err)
	}
	if err := w.SetSetting(ctx, "between", "1"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Record(ctx, r.Hash); err != nil {
		t.Fatal("the open group was not committed:", err)
	}
	if _, err := b.Add(ctx, file([]ReceivedRecord{wd.record(1, "2019-08", "450200")}, nil)); err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	compareViews(t, w)
}

// TestAddSealed: one transaction adds the record, drops the draft and moves the
// chain; a record that does not follow the chain is refused.
func TestAddSealed(t *testing.T) {
	w := fresh(t)
	wd := newWorld(9)
	putRoster(t, w, wd.roster(1, ""))
	if err := w.NewDraft(ctx, "d1", "2019-08", "450100", wd.rubric, Step{JSON: []byte("{}"), Change: "开始"}); err != nil {
		t.Fatal(err)
	}
	r := wd.record(1, "2019-08", "450100")
	if err := w.AddSealed(ctx, file([]ReceivedRecord{r}, nil), "d1"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Draft(ctx, "d1"); !errors.Is(err, ErrNotFound) {
		t.Fatal("the draft is still there")
	}
	last, n, err := w.Chain(ctx, wd.keys[1])
	if err != nil || last != r.Hash || n != 1 {
		t.Fatalf("%s %d %v", last, n, err)
	}
	fork := wd.record(1, "2019-08", "450200")
	fork.Node.Previous, fork.Node.Counter = "", 1
	d := dump(t, w)
	if err := w.AddSealed(ctx, file([]ReceivedRecord{fork}, nil), ""); !errors.Is(err, ErrExists) {
		t.Fatalf("fork of a chain: %v", err)
	}
	if !reflect.DeepEqual(d, dump(t, w)) {
		t.Fatal("a refused record left something")
	}
	data, name, err := w.File(ctx, file([]ReceivedRecord{r}, nil).FileHash)
	if err != nil || name != "f.pdf" || hashOf(string(data)) != file([]ReceivedRecord{r}, nil).FileHash {
		t.Fatalf("the sealed file: %q %v", name, err)
	}
	if got := fmt.Sprint(len(mustObjects(t, w))); got != "1" {
		t.Fatal(got)
	}
}
