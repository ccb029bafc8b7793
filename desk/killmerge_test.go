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
	"strings"
	"testing"
	"time"
)

// TestKilledWhileMerging kills a program that merges: what it left is whole, and
// the same files merged again end in the state of an undisturbed merge. Kills
// fall into a run of small merges, after some of them and before the last; between
// two commits of one large merge, and of its resumption, which is killed as well;
// and at random moments of a merge with one commit. 10 times each; 30 with
// XUNPING_LONG=1.
func TestKilledWhileMerging(t *testing.T) {
	if path := os.Getenv("XUNPING_MERGE_INTO"); path != "" {
		mergeInto(t, path, os.Getenv("XUNPING_MERGE_FROM"), os.Getenv("XUNPING_MERGE_GROUP"))
		return
	}
	times := 10
	if os.Getenv("XUNPING_LONG") != "" {
		times = 30
	}
	k := &mergeKiller{T: t, x: newHandIn(t, 40)}
	whole := k.x.empty(t)
	_, err := whole.Merge(t.Context(), []string{filepath.Join(k.x.dir, "sealed")}, false, nil)
	must(t, err)
	k.want = digestOf(t, whole)
	begin := time.Now()
	must(t, k.child(prepared(t, k.x), all).Run())
	undisturbed := time.Since(begin)

	partly, between, killed := 0, 0, 0
	for range times {
		path := prepared(t, k.x)
		signalled := k.kill(path, few, after(1+rand.IntN(5), 20))
		if n := k.left(path, 0); !signalled || n == 0 || n >= killFiles {
			t.Errorf("killed %v with %d of %d files in: not in the middle", signalled, n, killFiles)
		}
		partly++
		k.resume(path)

		path = prepared(t, k.x)
		first := 6 + rand.IntN(10)
		signalled = k.kill(path, each5, after(first, 8))
		n := k.left(path, 5)
		again := k.kill(path, each5, after(n+6, 8)) // those that are in go by first
		if m := k.left(path, 5); !signalled || !again || n == 0 || m < n || m >= killFiles {
			t.Errorf("killed %v and %v with %d and then %d of %d files in: not between two commits", signalled, again, n, m, killFiles)
		}
		between++
		k.resume(path)

		path = prepared(t, k.x)
		if k.kill(path, all, func(*bufio.Scanner) { time.Sleep(time.Duration(rand.Int64N(int64(undisturbed)))) }) {
			killed++ // one that had just ended is no kill
		}
		k.resume(path)
	}
	t.Logf("killed %d times between small merges, %d times between the commits of one merge and again of its resumption, %d of %d times in a merge with one commit; all resumed to one digest",
		partly, between, killed, times)
}

// How a child merges: how many files at once, or in one merge that commits every
// five files.
const (
	few   = "5"
	all   = "1000"
	each5 = "commit 5"

	killFiles = 41 // a file for each of 40 units, and one of a second team
)

// after waits for so many lines, and then a little.
func after(lines, milliseconds int) func(*bufio.Scanner) {
	return func(out *bufio.Scanner) {
		for ; lines > 0 && out.Scan(); lines-- {
		}
		time.Sleep(time.Duration(rand.IntN(milliseconds)) * time.Millisecond)
	}
}

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

// kill starts a merge and kills it when wait returns. It tells whether the
// program died by that.
func (k *mergeKiller) kill(path, group string, wait func(*bufio.Scanner)) (signalled bool) {
	k.Helper()
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
	return signalled
}

// left is how many files are in. They came in groups of this size, 0 for any.
func (k *mergeKiller) left(path string, group int) int {
	k.Helper()
	d, err := Open(path)
	must(k.T, err)
	defer d.Close()
	files, err := d.wb.FilesOfRound(k.Context(), "2019-08")
	must(k.T, err)
	if group > 0 && len(files)%group != 0 {
		k.Errorf("%d files are in, which are not whole groups of %d", len(files), group)
	}
	return len(files)
}

// resume merges everything once more, and wants the state of an undisturbed
// merge and a whole workbook.
func (k *mergeKiller) resume(path string) {
	k.Helper()
	d, err := Open(path)
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
// says so after each time, or all in one merge of several commits and says so
// before each file.
func mergeInto(t *testing.T, path, from, group string) {
	commit, commits := strings.CutPrefix(group, "commit ")
	n, err := strconv.Atoi(commit)
	must(t, err)
	d, err := Open(path)
	must(t, err)
	files, err := filepath.Glob(filepath.Join(from, "*", "*.pdf"))
	must(t, err)
	if commits {
		d.group = n
		_, err = d.Merge(context.Background(), files, false, func(done, _ int, what string) {
			if strings.HasSuffix(what, ".pdf") && !strings.Contains(what, " ") { // not while they are looked at
				fmt.Println("taking", done)
				time.Sleep(10 * time.Millisecond) // or a busy machine kills it too late
			}
		})
		must(t, err)
	} else {
		for some := range slices.Chunk(files, n) {
			_, err = d.Merge(context.Background(), some, false, nil)
			must(t, err)
			fmt.Println("merged")
		}
	}
	must(t, d.Close())
}
