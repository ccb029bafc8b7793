package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// breaking is a context that a person breaks off after so many questions.
type breaking struct {
	context.Context
	left atomic.Int64
}

func (b *breaking) Err() error {
	if b.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// A merge that is broken off says what was written and what to do, in the language
// of the call; what was written is in.
func TestMergeBrokenOff(t *testing.T) {
	dir, root := demoIn(t)
	roster, sealed := filepath.Join(dir, "roster.zip"), filepath.Join(dir, "sealed", "2019-08")
	for lang, want := range map[string][2]string{"zh": {"已中止，已写入的保留，再合并一次即可补齐", "第 1 批"}, "en": {"Stopped. What was written stays; merge the same files again to complete it.", "undo 1"}} {
		found := false
		for n := int64(1); n < 60 && !found; n++ {
			wb := filepath.Join(t.TempDir(), "w.xpb")
			must(t, nil, "init", wb)
			must(t, nil, "roster", "import", roster, "--root", root, "--workbook", wb)
			ctx := &breaking{Context: context.Background()}
			ctx.left.Store(n)
			var out, errOut bytes.Buffer
			code := run(ctx, []string{"merge", sealed, "--workbook", wb, "--lang", lang}, &out, &errOut)
			if code != exitRefused || strings.Contains(errOut.String(), "context") || errOut.Len() == 0 {
				t.Fatalf("broken off at %d: exit %d, %q", n, code, errOut.String())
			}
			if !strings.Contains(out.String(), want[1]) {
				continue // nothing was in yet
			}
			found = true
			if !strings.Contains(errOut.String(), want[0]) || !strings.Contains(out.String(), " = ") {
				t.Errorf("broken off at %d: %q, %q", n, out.String(), errOut.String())
			}
			var rest struct{ Files, Merged, Identical int }
			must(t, &rest, "merge", sealed, "--workbook", wb)
			if rest.Files != 6 || rest.Identical == 0 || rest.Merged+rest.Identical != 6 {
				t.Errorf("merged again: %+v", rest)
			}
		}
		if !found {
			t.Errorf("%s: no merge was broken off in the middle", lang)
		}
	}
}

// A dry run says in words who signed a file and how its unit moves.
func TestDryRunSaysWhoAndWhat(t *testing.T) {
	dir, root := demoIn(t)
	wb := filepath.Join(t.TempDir(), "w.xpb")
	must(t, nil, "init", wb)
	must(t, nil, "roster", "import", filepath.Join(dir, "roster.zip"), "--root", root, "--workbook", wb)
	code, out, errOut := ctl("merge", filepath.Join(dir, "sealed"), "--dry-run", "--workbook", wb)
	if code != 0 {
		t.Fatalf("exit %d, %s", code, errOut)
	}
	for _, want := range []string{"\t签名：检查员", "、检查员", "总分 — → ", "名次 — → 1\n", "6 = 6 + 0 + 0 + 0 + 0"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "undo") {
		t.Error("a dry run names a batch")
	}
}

// What does not exist is said, and not shown as an empty list.
func TestNotFoundIsSaid(t *testing.T) {
	dir, _ := demoIn(t)
	wb := filepath.Join(dir, "bureau.xpb")
	for _, args := range [][]string{
		{"conflicts", "--round", "2019-99"}, {"act", "list", "--round", "2019-99"}, {"act", "open", "--round", "2019-99"},
		{"act", "list", "--kind", "oppinion"}, {"act", "list", "--unit", "999999"}, {"act", "timeline", "--unit", "999999"},
		{"trend", "--unit", "999999"}, {"trend", "--unit", "450100", "--kind", "citty"}, {"rank", "--round", "2019-08", "--kind", "citty"},
	} {
		if code, out, errOut := ctl(append(args, "--workbook", wb)...); code != exitRefused || out != "" || !strings.Contains(errOut, "没有") && !strings.Contains(errOut, "里没有") {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errOut)
		}
	}
	for _, args := range [][]string{
		{"conflicts", "--round", "2019-08"}, {"act", "list", "--round", "2019-08", "--kind", "letter"}, {"act", "open", "--round", "2019-08"},
		{"trend", "--unit", "450100", "--kind", "city"}, {"rank", "--round", "2019-08", "--kind", "central"},
	} {
		if code, _, errOut := ctl(append(args, "--workbook", wb)...); code != 0 {
			t.Errorf("%v: exit %d, %q", args, code, errOut)
		}
	}
}
