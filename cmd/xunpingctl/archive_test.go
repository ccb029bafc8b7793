package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A round is archived by command and proven without its workbook; a retention is
// demanded, and a changed file ends in 1 with its name.
func TestArchiveByCommand(t *testing.T) {
	dir, root := demoIn(t, "--units", "2", "--seed", "6")
	wb, out := filepath.Join(dir, "bureau.xpb"), filepath.Join(t.TempDir(), "archive")
	for _, args := range [][]string{
		{"archive", "--round", "2019-08", "-o", out, "--workbook", wb},
		{"archive", "--round", "2019-08", "-o", out, "--retention", "5年", "--workbook", wb},
	} {
		if code, _, errOut := ctl(args...); code != 2 || errOut == "" {
			t.Errorf("%v: %d %s", args, code, errOut)
		}
	}
	if code, _, _ := ctl("archive", "--round", "2030-01", "-o", out, "--retention", "永久", "--workbook", wb); code != 1 {
		t.Errorf("a round that is not there: %d", code)
	}
	var done struct{ Items, Files int }
	bare := filepath.Join(t.TempDir(), "bare")
	must(t, nil, "archive", "--round", "2019-08", "-o", bare, "--retention", "永久", "--workbook", wb)
	if code, text, _ := ctl("check", bare, "--root", root); code != 1 || !strings.Contains(text, "没有签名") {
		t.Errorf("an archive that nobody signed: %d %s", code, text)
	}
	if code, text, _ := ctl("check", bare); code != 0 || !strings.Contains(text, "没有签名") {
		t.Errorf("it is whole, and that nobody signed it is said: %d %s", code, text)
	}
	must(t, &done, "archive", "--round", "2019-08", "-o", out, "--retention", "永久", "--workbook", wb,
		"--key", filepath.Join(dir, "keys", "bureau.p12"), "--passphrase-file", filepath.Join(dir, "keys", "passphrase.txt"))
	if code, text, _ := ctl("check", out); code != 0 || !strings.Contains(text, root) || !strings.Contains(text, "汇总员") {
		t.Errorf("who signed, and under which root: %d %s", code, text)
	}
	var r struct {
		Files, Cards   int
		Pinned, Signed bool
		Problems       []string
	}
	must(t, &r, "check", out, "--root", root)
	if r.Files != done.Files-1 || r.Cards != 2 || !r.Pinned || !r.Signed || len(r.Problems) != 0 {
		t.Fatalf("%+v %+v", done, r)
	}
	cards, err := filepath.Glob(filepath.Join(out, "01-*", "*.pdf"))
	if err != nil || len(cards) != 2 {
		t.Fatal(cards, err)
	}
	if err := os.WriteFile(cards[0], []byte("%PDF-1.7 gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, text, _ := ctl("check", out, "--root", root); code != 1 || !strings.Contains(text, filepath.Base(cards[0])) {
		t.Errorf("%d %s", code, text)
	}
	if code, _, _ := ctl("check", t.TempDir()); code != 1 {
		t.Error("an empty folder is an archive")
	}
}
