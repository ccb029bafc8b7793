package ui

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/look"
)

// killed is the workbook that the child process works in.
const killed = "XUNPING_KILLED_WORKBOOK"

func TestMain(m *testing.M) {
	afterPause = func(time.Duration, func()) *time.Timer { return time.NewTimer(time.Hour) }
	if path := os.Getenv(killed); path != "" {
		if err := workUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	if demoMade { // the folder that demoDir made
		if dir, err := demoDir(); err == nil {
			_ = os.RemoveAll(filepath.Dir(dir))
		}
	}
	os.Exit(code)
}

// workUntilKilled drives the real window code: notes, counts, evidence, undo.
// Each time the screen says 已保存 it tells what it shows then.
func workUntilKilled(path string) error {
	a := test.NewApp()
	i18n.Use("zh")
	s := newShell(a, Options{Look: string(look.Light), Text: "1"})
	if err := s.open(path); err != nil {
		return err
	}
	s.showFirst()
	s.inspect("450100")
	v := s.screen.(*walkView)
	for n := 1; ; n++ {
		v.step(1)
		if v.walk.Code() == "E2" {
			v.open("A1")
		}
		switch code := v.walk.Code(); n % 5 {
		case 0:
			v.undo(false)
		case 1:
			if code == "A2" {
				v.entry.apply(func() error { return v.in.SetCount("A2", "A2-2", scoring.Decimal(n%4)*scoring.One) })
			}
		default:
			v.focusNote()
			v.entry.note.SetText(fmt.Sprintf("第%d句", n))
			v.entry.flush()
		}
		if strings.Contains(s.status.Text, "已保存") {
			fmt.Printf("%d\t%s\n", n, shownNotes(v.in))
		}
	}
}

// shownNotes is what the draft says, for comparing.
func shownNotes(in *desk.Inspector) string {
	var b strings.Builder
	r := in.Record()
	for i := range in.Compiled().Engine.Len() {
		code := in.Compiled().Engine.Indicator(i).Code
		e := r.Entries[code]
		fmt.Fprintf(&b, "%s=%s/%s/%d;", code, e.State, e.Note, len(e.Findings))
	}
	return b.String()
}

// kill −9 at random moments: what the screen had called saved is there again, or
// something newer that was committed but not yet said.
func TestKilledAtAnyMoment(t *testing.T) {
	runs := 8
	if os.Getenv("XUNPING_LONG") != "" {
		runs = 50
	}
	s := newWindow(t, "zh")
	path := s.desk.Path()
	must(t, s.close())
	said := 0
	for range runs {
		lines, err := killOnce(path)
		must(t, err)
		if len(lines) == 0 {
			continue // killed before the first change
		}
		said += len(lines)
		d, err := desk.Open(path)
		must(t, err)
		in, err := d.Inspect("2019-08", "450100")
		must(t, err)
		last := lines[len(lines)-1]
		got := shownNotes(in)
		// One more change may have been committed and not yet told; taking it
		// back must give what was told. An undo that was not told is redone.
		if got != last && !oneStepAway(in, last) {
			t.Fatalf("the screen had called saved\n%s\nand after the kill there is\n%s", last, got)
		}
		must(t, d.Close())
	}
	if said < runs {
		t.Fatalf("only %d changes were saved in %d runs: nothing is tested", said, runs)
	}
	t.Logf("%d kills, %d changes called saved, all there", runs, said)
}

func oneStepAway(in *desk.Inspector, want string) bool {
	if _, err := in.Undo(); err == nil && shownNotes(in) == want {
		return true
	}
	for range 2 {
		if _, err := in.Redo(); err == nil && shownNotes(in) == want {
			return true
		}
	}
	return false
}

// killOnce runs the child for a random while and gives what it called saved.
func killOnce(path string) ([]string, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), killed+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var lines []string
	in := bufio.NewScanner(out)
	in.Buffer(nil, 1<<20)
	var stop *time.Timer
	for in.Scan() {
		if stop == nil { // the clock starts when work does
			stop = time.AfterFunc(time.Duration(rand.IntN(400))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		}
		if _, state, ok := strings.Cut(in.Text(), "\t"); ok && strings.HasSuffix(state, ";") {
			lines = append(lines, state)
		}
	}
	err = cmd.Wait()
	if _, dead := err.(*exec.ExitError); dead {
		err = nil
	}
	return lines, err
}
