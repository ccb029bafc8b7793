package desk

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// TestKilledWhileMerging kills a program that merges: what it left is whole, and
// the same files merged again end in the state of an undisturbed merge. Kills
// fall into a run of small merges, after some of them and before the last, and at
// random moments of one merge of all files. 3 times each; 15 with XUNPING_LONG=1.
func TestKilledWhileMerging(t *testing.T) {
	if path := os.Getenv("XUNPING_MERGE_INTO"); path != "" {
		mergeInto(t, path, os.Getenv("XUNPING_MERGE_FROM"), os.Getenv("XUNPING_MERGE_GROUP"))
		return
	}
	times := 3
	if os.Getenv("XUNPING_LONG") != "" {
		times = 15
	}
	k := &mergeKiller{T: t, x: newHandIn(t, 40)}
	whole := k.x.empty(t)
	_, err := whole.Merge(t.Context(), []string{filepath.Join(k.x.dir, "sealed")}, false, nil)
	must(t, err)
	k.want = digestOf(t, whole)
	begin := time.Now()
	must(t, k.child(prepared(t, k.x), all).Run())
	undisturbed := time.Since(begin)

	partly, killed := 0, 0
	for range times {
		signalled, cases := k.kill(few, func(lines *bufio.Scanner) {
			for n := 1 + rand.IntN(5); n > 0 && lines.Scan(); n-- { // after n of the groups
			}
			time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
		})
		if !signalled || cases == 0 || cases >= 40 {
			t.Errorf("killed %v with %d of 40 units in: not in the middle", signalled, cases)
		}
		partly++
		if signalled, _ = k.kill(all, func(*bufio.Scanner) { time.Sleep(time.Duration(rand.Int64N(int64(undisturbed)))) }); signalled {
			killed++ // one that had just ended is no kill
		}
	}
	t.Logf("killed %d times between small merges with a part in, %d of %d times in one merge of all; all resumed to one digest", partly, killed, times)
}

// How many files a child merges at once.
const (
	few = "5"
	all = "1000"
)

// mergeKiller kills programs that merge the same files.
type mergeKiller struct {
	*testing.T
	x    *team
	want string // digest of an undisturbed merge
}

func (k *mergeKiller) child(path, group string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileMerging$")
	cmd.Env = append(os.Environ(), "XUNPING_MERGE_INTO="+path, "XUNPING_MERGE_FROM="+filepath.Join(k.x.dir, "sealed"), "XUNPING_MERGE_GROUP="+group)
	return cmd
}

// kill starts a merge, kills it when wait returns, and resumes it. It tells
// whether the program died by that, and how many units it had left in.
func (k *mergeKiller) kill(group string, wait func(*bufio.Scanner)) (signalled bool, cases int) {
	k.Helper()
	path := prepared(k.T, k.x)
	cmd := k.child(path, group)
	out, err := cmd.StdoutPipe()
	must(k.T, err)
	must(k.T, cmd.Start())
	lines := bufio.NewScanner(out)
	wait(lines)
	_ = cmd.Process.Kill()
	for lines.Scan() { // what it said before
	}
	err = cmd.Wait()
	signalled = err != nil && cmd.ProcessState.ExitCode() == -1
	if err != nil && !signalled {
		k.Errorf("the merge failed by itself: %v", err)
	}
	d, err := Open(path)
	must(k.T, err)
	left, err := d.wb.Cases(k.Context(), "2019-08")
	must(k.T, err)
	_, err = d.Merge(k.Context(), []string{filepath.Join(k.x.dir, "sealed")}, false, nil)
	must(k.T, err)
	if got := digestOf(k.T, d); got != k.want {
		k.Errorf("killed and resumed, the digest is %s, want %s", got, k.want)
	}
	if r, err := d.Check(); err != nil || len(r.Problems) > 0 {
		k.Errorf("%+v %v", r, err)
	}
	must(k.T, d.Close())
	return signalled, len(left)
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

// mergeInto is what the killed program does: it merges some files at a time and
// says so after each time.
func mergeInto(t *testing.T, path, from, group string) {
	n, err := strconv.Atoi(group)
	must(t, err)
	d, err := Open(path)
	must(t, err)
	files, err := filepath.Glob(filepath.Join(from, "*", "*.pdf"))
	must(t, err)
	for some := range slices.Chunk(files, n) {
		_, err = d.Merge(context.Background(), some, false, nil)
		must(t, err)
		fmt.Println("merged")
	}
	must(t, d.Close())
}
