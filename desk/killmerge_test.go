package desk

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledWhileMerging kills a program that merges, at random moments from its
// first step to its last: what it left is whole, and the same files merged again
// end in the state of an undisturbed merge. 3 times; 30 with XUNPING_LONG=1.
func TestKilledWhileMerging(t *testing.T) {
	if path := os.Getenv("XUNPING_MERGE_INTO"); path != "" {
		mergeInto(t, path, os.Getenv("XUNPING_MERGE_FROM"))
		return
	}
	times := 3
	if os.Getenv("XUNPING_LONG") != "" {
		times = 30
	}
	x := newHandIn(t, 40)
	sealed := filepath.Join(x.dir, "sealed")
	whole := x.empty(t)
	_, err := whole.Merge(t.Context(), []string{sealed}, false, nil)
	must(t, err)
	want := digestOf(t, whole)

	child := func(d string) *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileMerging$")
		cmd.Env = append(os.Environ(), "XUNPING_MERGE_INTO="+d, "XUNPING_MERGE_FROM="+sealed)
		return cmd
	}
	begin := time.Now()
	first := prepared(t, x)
	must(t, child(first).Run())
	undisturbed := time.Since(begin)

	killed, partly := 0, 0
	for range times {
		path := prepared(t, x)
		cmd := child(path)
		must(t, cmd.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(undisturbed))))
		if cmd.Process.Kill() == nil {
			killed++
		}
		_ = cmd.Wait()
		d, err := Open(path)
		must(t, err)
		before, err := d.wb.Cases(t.Context(), "2019-08")
		must(t, err)
		if len(before) > 0 && len(before) < 40 {
			partly++
		}
		_, err = d.Merge(t.Context(), []string{sealed}, false, nil)
		must(t, err)
		if got := digestOf(t, d); got != want {
			t.Errorf("killed and resumed, the digest is %s, want %s", got, want)
		}
		if r, err := d.Check(); err != nil || len(r.Problems) > 0 {
			t.Errorf("%+v %v", r, err)
		}
		must(t, d.Close())
	}
	t.Logf("%d merges killed, %d of them with a part of the files in; all resumed to the digest of an undisturbed one", killed, partly)
}

// prepared is an empty workbook with the roster, closed for another program.
func prepared(t *testing.T, x *team) string {
	t.Helper()
	d, err := Create(filepath.Join(t.TempDir(), "wb.xpb"), CreateOptions{})
	must(t, err)
	_, err = d.ImportRoster(x.roster, x.root)
	must(t, err)
	path := d.Path()
	must(t, d.Close())
	return path
}

// mergeInto is what the killed program does. It merges in batches of few files,
// so that a part is committed at most moments.
func mergeInto(t *testing.T, path, from string) {
	d, err := Open(path)
	must(t, err)
	files, err := filepath.Glob(filepath.Join(from, "*", "*.pdf"))
	must(t, err)
	for at := 0; at < len(files); at += 5 {
		_, err = d.Merge(context.Background(), files[at:min(at+5, len(files))], false, nil)
		must(t, err)
	}
	must(t, d.Close())
}
