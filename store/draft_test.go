package store

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestDraftHistory compares undo and redo with a plain list, across restarts.
func TestDraftHistory(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := fresh(t)
		defer func() { w.Close() }()
		rubric := hashOf("rubric")
		if err := w.NewDraft(ctx, "d", "2019-08", "450100", rubric, Step{JSON: []byte("0"), Change: "开始", Summary: "s0"}); err != nil {
			t.Fatal(err)
		}
		model, at := []string{"0"}, 0
		for i := range rapid.IntRange(1, 20).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "do") {
			case 0:
				_, err := w.UndoDraft(ctx, "d")
				if (err == nil) != (at > 0) || err != nil && !IsNotFound(err) {
					rt.Fatalf("undo at %d: %v", at, err)
				}
				at = max(at-1, 0)
			case 1:
				_, err := w.RedoDraft(ctx, "d")
				if (err == nil) != (at < len(model)-1) {
					rt.Fatalf("redo at %d: %v", at, err)
				}
				at = min(at+1, len(model)-1)
			case 2:
				w.Close()
				var err error
				if w, err = Open(w.Path(), Options{AnyPlace: true}); err != nil {
					t.Fatal(err)
				}
			default:
				text := strconv.Itoa(i + 1)
				if err := w.SaveDraft(ctx, "d", Step{JSON: []byte(text), Change: "改" + text, Summary: "s" + text}); err != nil {
					t.Fatal(err)
				}
				model = append(model[:at+1], text)
				at++
			}
			d, err := w.Draft(ctx, "d")
			if err != nil || string(d.JSON) != model[at] || d.Summary != "s"+model[at] {
				rt.Fatalf("present is %q %q, want %q (%v)", d.JSON, d.Summary, model[at], err)
			}
			if (d.Undo != "") != (at > 0) || (d.Redo != "") != (at < len(model)-1) {
				rt.Fatalf("undo %q redo %q at %d of %d", d.Undo, d.Redo, at, len(model))
			}
		}
	})
}

func TestDrafts(t *testing.T) {
	w := fresh(t)
	rubric := hashOf("rubric")
	for _, id := range []string{"b", "a"} {
		if err := w.NewDraft(ctx, id, "2019-08", "45"+id, rubric, Step{JSON: []byte("{}"), Change: "开始", Summary: "0/22"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.NewDraft(ctx, "a", "x", "y", rubric, Step{}); !errors.Is(err, ErrExists) {
		t.Fatalf("twice the same id: %v", err)
	}
	if err := w.SaveDraft(ctx, "none", Step{}); !errors.Is(err, ErrNotFound) {
		t.Fatalf("save of nothing: %v", err)
	}
	list, err := w.Drafts(ctx, "2019-08")
	if err != nil || len(list) != 2 || list[0].ID != "a" || list[0].Summary != "0/22" || list[0].RubricHash != rubric {
		t.Fatalf("%+v %v", list, err)
	}
	if err := w.DropDraft(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if list, _ := w.Drafts(ctx, ""); len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	if s := dumpTable(t, w, "draft_step"); strings.Count(s, "\n") != 1 {
		t.Fatal("history of a dropped draft is still there")
	}
}

// TestKilledWhileSaving kills a program that saves drafts and says so, at
// random moments: every change that it called saved is there.
func TestKilledWhileSaving(t *testing.T) {
	if path := os.Getenv("XUNPING_SAVE_LOOP"); path != "" {
		saveLoop(t, path)
		return
	}
	for i := range 8 {
		path := filepath.Join(t.TempDir(), "w.xpb")
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileSaving$")
		cmd.Env = append(os.Environ(), "XUNPING_SAVE_LOOP="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		last := -1
		stop := 20 + rand.IntN(200)
		s := bufio.NewScanner(out)
		for s.Scan() {
			if n, err := strconv.Atoi(s.Text()); err == nil {
				last = n
			}
			if last == stop {
				time.Sleep(time.Duration(rand.IntN(1500)) * time.Microsecond)
				_ = cmd.Process.Kill()
			}
		}
		_ = cmd.Wait()
		if last < stop {
			t.Fatalf("%d: the program ended by itself after %d", i, last)
		}
		w, err := Open(path, Options{AnyPlace: true})
		if err != nil {
			t.Fatal(err)
		}
		d, err := w.Draft(ctx, "d")
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := strconv.Atoi(string(d.JSON)); n < last {
			t.Fatalf("said %d was saved, found %d", last, n)
		}
		if rep, err := w.Check(ctx); err != nil || len(rep.Problems) > 0 {
			t.Fatalf("%+v %v", rep, err)
		}
		w.Close()
	}
}

func saveLoop(t *testing.T, path string) {
	w, err := Create(path, CreateOptions{Options: Options{AnyPlace: true}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.NewDraft(ctx, "d", "r", "u", hashOf("rubric"), Step{JSON: []byte("0"), Change: "c"}); err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 100_000; i++ {
		if err := w.SaveDraft(ctx, "d", Step{JSON: []byte(strconv.Itoa(i)), Change: "c"}); err != nil {
			t.Fatal(err)
		}
		fmt.Println(i)
	}
}
