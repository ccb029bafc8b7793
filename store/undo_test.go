package store

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xunping/inspection"
)

// TestUndo: what a batch brought goes, as if it had never come; what builds on
// it keeps it.
func TestUndo(t *testing.T) {
	w := fresh(t)
	wd := newWorld(4)
	putRoster(t, w, wd.roster(1, ""))
	base := wd.record(1, "2019-08", "450100")
	merge(t, w, file([]ReceivedRecord{base}, nil))
	before := digest(t, w)

	second := wd.history(12)
	b := merge(t, w, second...)
	if digest(t, w) == before {
		t.Fatal("nothing new was merged")
	}
	if err := w.UndoBatch(ctx, b.ID()); err != nil {
		t.Fatal(err)
	}
	compareViews(t, w)
	if digest(t, w) != before {
		t.Fatal("undo left a trace in the set")
	}
	if known, _ := w.KnownFile(ctx, second[0].FileHash); known {
		t.Fatal("an undone file is still known")
	}
	if err := w.UndoBatch(ctx, b.ID()); !errors.Is(err, ErrNotFound) {
		t.Fatalf("second undo: %v", err)
	}
	merge(t, w, second...) // and it can come again
	compareViews(t, w)
}

// TestUndoAny: with any history and a revoked key, merging and undoing is as if
// the batch had never come.
func TestUndoAny(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wd := newWorld(rapid.Uint64().Draw(rt, "seed"))
		files := wd.history(rapid.IntRange(2, 14).Draw(rt, "files"))
		r := wd.records
		w := fresh(t)
		defer w.Close()
		if len(r) > 0 {
			gone := r[wd.rnd.IntN(len(r))]
			putRoster(t, w, wd.roster(1, gone.Node.Signer, gone.Hash))
		}
		files = rapid.Permutation(files).Draw(rt, "order")
		cut := rapid.IntRange(0, len(files)).Draw(rt, "cut")
		merge(t, w, files[:cut]...)
		before := dump(t, w)
		if b := merge(t, w, files[cut:]...); b.ID() > 0 {
			if err := w.UndoBatch(ctx, b.ID()); err != nil {
				rt.Fatal(err)
			}
		}
		compareViews(t, w)
		after := dump(t, w)
		for _, table := range []string{"log", "batch", "case_key"} { // the fact stays, and empty cases
			delete(before, table)
			delete(after, table)
		}
		if !reflect.DeepEqual(before, after) {
			rt.Fatal("undo is not as if it had never come")
		}
	})
}

func TestUndoRefused(t *testing.T) {
	wd := newWorld(5)
	w := fresh(t)
	putRoster(t, w, wd.roster(1, ""))
	base := wd.record(1, "2019-08", "450100")
	b := merge(t, w, file([]ReceivedRecord{base}, nil))

	co := base
	co.Signatures = append(base.Signatures[:1:1], Sig{Field: inspection.FieldCoinspector, SPKI: wd.keys[2]})
	later := merge(t, w, file([]ReceivedRecord{co}, nil))
	if err := w.UndoBatch(ctx, later.ID()); err != nil {
		t.Fatal(err)
	}
	mine := wd.record(0, "2019-08", "450100", base.Hash)
	if err := w.AddSealed(ctx, file([]ReceivedRecord{mine}, nil), ""); err != nil {
		t.Fatal(err)
	}
	d := dump(t, w)
	if err := w.UndoBatch(ctx, b.ID()); !errors.Is(err, ErrExists) {
		t.Fatalf("a record made here builds on it: %v", err)
	}
	if !reflect.DeepEqual(d, dump(t, w)) {
		t.Fatal("a refused undo changed something")
	}
}

// TestUndoRefusedForAReplacement: an act made here takes the place of one of the
// batch; without that one it would stand by itself.
func TestUndoRefusedForAReplacement(t *testing.T) {
	w, wd := fresh(t), newWorld(8)
	putRoster(t, w, wd.roster(1, ""))
	wrong := wd.letter("450100")
	b := merge(t, w, file(nil, []ReceivedAct{wrong}))
	other := wd.letter("450200") // so that the chain of the key does not lead to it
	merge(t, w, file(nil, []ReceivedAct{other}))
	right := wd.letter("450100")
	right.Node.Replaces = wrong.Hash
	if err := w.AddSealed(ctx, file(nil, []ReceivedAct{right}), ""); err != nil {
		t.Fatal(err)
	}
	var on *BuiltOn
	if err := w.UndoBatch(ctx, b.ID()); !errors.Is(err, ErrExists) || !errors.As(err, &on) {
		t.Fatalf("it was undone: %v", err)
	}
	if on.Hash != right.Hash || on.Act != inspection.ActLetter || on.Case.Unit != "450100" {
		t.Errorf("it rests on %+v", on)
	}
}

// TestUndoFirst: undoing the first of two batches leaves what the second alone
// would have brought, also where both brought the same record.
func TestUndoFirst(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wd := newWorld(rapid.Uint64().Draw(rt, "seed"))
		files := wd.history(rapid.IntRange(2, 14).Draw(rt, "files"))
		seen := map[string]bool{}
		files = slices.DeleteFunc(files, func(f Received) bool { was := seen[f.FileHash]; seen[f.FileHash] = true; return was })
		files = rapid.Permutation(files).Draw(rt, "order")
		cut := rapid.IntRange(1, len(files)).Draw(rt, "cut")
		w, only := fresh(t), fresh(t)
		defer w.Close()
		defer only.Close()
		putRoster(t, w, wd.roster(1, ""))
		putRoster(t, only, wd.roster(1, ""))
		first := merge(t, w, files[:cut]...)
		second := w.BeginBatch("merge", "第二批")
		for _, f := range files[cut:] {
			out, err := second.Add(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			if out.New { // one that brought nothing belongs to the first batch
				merge(t, only, f)
			}
		}
		if err := second.Finish(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if err := w.UndoBatch(ctx, first.ID()); err != nil {
			rt.Fatal(err)
		}
		compareViews(t, w)
		if digest(t, w) != digest(t, only) {
			rt.Fatal("not what the second batch alone brings")
		}
		for _, f := range files {
			if known, _ := w.KnownFile(ctx, f.FileHash); known {
				for _, r := range f.Records {
					if _, err := w.Record(ctx, r.Hash); err != nil {
						rt.Fatal("a known file lacks its record")
					}
				}
			}
		}
	})
}

// TestUndoKeepsPublished: what a published result counts stays.
func TestUndoKeepsPublished(t *testing.T) {
	w := fresh(t)
	wd := newWorld(13)
	putRoster(t, w, wd.roster(1, ""))
	r := wd.record(1, "2019-08", "450100")
	b := merge(t, w, file([]ReceivedRecord{r}, nil))
	act := inspection.Act{
		Format: inspection.ActFormat, ID: "x", Kind: inspection.ActPublication, Case: r.Node.Case, About: []string{},
		Rows: []inspection.PublishedRow{{Unit: "450100", Record: r.Hash, Exact: r.Node.Exact}}, Signer: wd.keys[0], Counter: 1,
	}
	body, hash, err := act.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	pub := ReceivedAct{Hash: hash, JSON: body, Node: inspection.NewActNode(&act, hash)}
	if err := w.AddSealed(ctx, Received{Acts: []ReceivedAct{pub}}, ""); err != nil {
		t.Fatal(err)
	}
	if err := w.UndoBatch(ctx, b.ID()); !errors.Is(err, ErrExists) {
		t.Fatalf("%v", err)
	}
	acts, err := w.Acts(ctx, ActFilter{Kind: inspection.ActPublication})
	if err != nil || len(acts) != 1 || acts[0].Hash != hash {
		t.Fatalf("%+v %v", acts, err)
	}
}

// TestUndoKeepsSharedEvidence: evidence that another batch's record uses stays.
func TestUndoKeepsSharedEvidence(t *testing.T) {
	w := fresh(t)
	wd := newWorld(6)
	putRoster(t, w, wd.roster(1, ""))
	photo := []byte("photo")
	hash := hashOf("photo")
	with := func(unit string) Received {
		r := wd.record(1, "2019-08", unit)
		r.Evidence, r.Names = map[string]Evidence{hash: {"image/png", photo}}, []string{hash}
		return file([]ReceivedRecord{r}, nil)
	}
	one := merge(t, w, with("450100"))
	merge(t, w, with("450200"))
	if err := w.UndoBatch(ctx, one.ID()); err != nil {
		t.Fatal(err)
	}
	data, media, err := w.Evidence(ctx, hash)
	if err != nil || string(data) != "photo" || media != "image/png" {
		t.Fatalf("%q %q %v", data, media, err)
	}
	if users, _ := w.EvidenceUsers(ctx, hash); len(users) != 1 {
		t.Fatalf("users %v", users)
	}
}
