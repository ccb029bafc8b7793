package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A trial copy gives the same results, carries no evidence, leaves no line in the
// log and nothing on the disk.
func TestTrialCopy(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w, x := fresh(t), newWorld(3)
	putRoster(t, w, x.roster(1, ""))
	for _, unit := range []string{"450100", "450200"} {
		r := Received{FileName: unit + ".pdf", File: []byte("%PDF-" + unit), Records: []ReceivedRecord{x.record(1, "2019-08", unit)}}
		r.FileHash = hashOf(string(r.File))
		b := w.BeginBatch("merge", "一批")
		if _, err := b.Add(ctx, r); err != nil {
			t.Fatal(err)
		}
		if err := b.Finish(ctx, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	photo, err := w.PutEvidence(ctx, make([]byte, 1<<20), "image/jpeg", nil)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(os.TempDir(), trialPrefix+"crashed")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "copy.xpb"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(left, old, old); err != nil {
		t.Fatal(err)
	}
	before, err := w.Log(ctx, 1, 100)
	if err != nil {
		t.Fatal(err)
	}

	trial, drop, err := w.TrialCopy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want, err1 := w.Digest(ctx, "")
	got, err2 := trial.Digest(ctx, "")
	if err1 != nil || err2 != nil || got != want {
		t.Errorf("digest of the copy %s (%v), want %s (%v)", got, err2, want, err1)
	}
	if has, err := trial.HasEvidence(ctx, photo); err != nil || !has {
		t.Errorf("the copy does not know the evidence: %v", err)
	}
	if st, err := os.Stat(trial.Path()); err != nil || st.Size() > 1<<19 {
		t.Errorf("the copy carries the evidence: %v %v", st, err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("the copy that a crash left is still there")
	}
	if after, err := w.Log(ctx, 1, 100); err != nil || len(after) != len(before) {
		t.Errorf("%d log lines after the trial, %d before (%v)", len(after), len(before), err)
	}
	second, drop2, err := w.TrialCopy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(trial.Path()); err != nil {
		t.Errorf("a second trial removed the first, which is open: %v", err)
	}
	_ = second
	drop2()
	drop()
	if rest, _ := filepath.Glob(filepath.Join(os.TempDir(), trialPrefix+"*")); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}
