package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ctl calls the program in this process.
func ctl(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

// demoIn makes a small demonstration.
func demoIn(t *testing.T, args ...string) (dir, root string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "demo")
	if code, _, errOut := ctl(append([]string{"demo", "-o", dir, "--units", "6", "--seed", "3"}, args...)...); code != 0 {
		t.Fatalf("demo: %d %s", code, errOut)
	}
	b, err := os.ReadFile(filepath.Join(dir, "root.sha256"))
	if err != nil {
		t.Fatal(err)
	}
	return dir, strings.TrimSpace(string(b))
}

func TestTheWholeLine(t *testing.T) {
	dir, root := demoIn(t)
	wb, roster, sealed := filepath.Join(dir, "bureau.xpb"), filepath.Join(dir, "roster.zip"), filepath.Join(dir, "sealed")
	cards, _ := filepath.Glob(filepath.Join(sealed, "2019-08", "*.pdf"))
	if len(cards) != 6 {
		t.Fatalf("%d scorecards", len(cards))
	}
	if code, out, _ := ctl("verify", cards[0], "--roster", roster, "--root", root, "--json"); code != 0 || !strings.Contains(out, `"outcome":"valid"`) {
		t.Errorf("verify: %d %s", code, out)
	}
	if code, out, _ := ctl("verify", cards[0], "--json"); code != 1 || !strings.Contains(out, "unknown_signer") {
		t.Errorf("verify without a roster: %d %s", code, out)
	}
	_, before, _ := ctl("digest", "--workbook", wb)
	_, log1, _ := ctl("log", "--workbook", wb)
	var report struct{ Files, Merged, Identical int }
	code, out, _ := ctl("merge", sealed, "--workbook", wb, "--json")
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 || report.Identical != 6 || report.Files != 6 {
		t.Errorf("merging again: %d %s", code, out)
	}
	_, after, _ := ctl("digest", "--workbook", wb)
	_, log2, _ := ctl("log", "--workbook", wb)
	if before != after || strings.Count(log2, "\n") != strings.Count(log1, "\n")+1 {
		t.Errorf("merging again changed the digest or wrote other than one log line")
	}
	var rows []struct {
		Rank *int
		Unit struct{ Name string }
	}
	_, out, _ = ctl("rank", "--round", "2019-08", "--workbook", wb, "--json")
	if err := json.Unmarshal([]byte(out), &rows); err != nil || len(rows) != 6 || rows[0].Rank == nil || *rows[0].Rank != 1 {
		t.Errorf("rank: %s", out)
	}
	x := filepath.Join(t.TempDir(), "x")
	if code, _, e := ctl("extract", cards[0], "-o", x); code != 0 {
		t.Fatalf("extract: %s", e)
	}
	code, out, _ = ctl("score", filepath.Join(x, "inspection.json"), "--json")
	if code != 0 || !strings.Contains(out, `"derivation"`) {
		t.Errorf("score: %d %s", code, out)
	}
}

// A fresh workbook that takes the roster and the files ends in the same state,
// whatever comes first.
func TestAnyOrderGivesOneDigest(t *testing.T) {
	dir, root := demoIn(t, "--conflicts", "1")
	var digests []string
	for i := range 2 {
		wb := filepath.Join(t.TempDir(), "wb.xpb")
		ctl("init", wb)
		steps := [][]string{{"roster", "import", filepath.Join(dir, "roster.zip"), "--root", root}, {"merge", filepath.Join(dir, "sealed")}}
		if i == 1 {
			steps[0], steps[1] = steps[1], steps[0]
		}
		for _, s := range steps {
			ctl(append(s, "--workbook", wb)...)
		}
		_, d, _ := ctl("digest", "--workbook", wb)
		digests = append(digests, d)
	}
	if digests[0] != digests[1] || len(digests[0]) < 60 {
		t.Errorf("digests %v", digests)
	}
}

// Each bad input gets one sentence, its exit code, and leaves nothing behind.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	pass := file("pass.txt", "wrong passphrase\n")
	cases := []struct {
		name string
		code int
		args []string
	}{
		{"no command", 2, []string{"fly"}},
		{"not yet", 2, []string{"publish"}},
		{"missing word", 2, []string{"score"}},
		{"missing flag", 2, []string{"extract", "x"}},
		{"rubric", 1, []string{"rubric", "check", file("r.json", `{"format":"x"}`)}},
		{"record", 1, []string{"score", file("rec.json", `{"format":"xunping.inspection/1","format":"x"}`)}},
		{"pdf", 1, []string{"verify", file("x.pdf", "%PDF-1.7\n")}},
		{"workbook", 3, []string{"digest", "--workbook", file("w.xpb", "no workbook")}},
		{"no file", 1, []string{"rubric", "hash", filepath.Join(dir, "none")}},
		{"key", 3, []string{"cosign", file("c.pdf", "%PDF-1.7\n"), "--role", "coinspector", "--key", file("k.p12", "x"), "--passphrase-file", pass, "-o", filepath.Join(dir, "out.pdf")}},
	}
	for _, c := range cases {
		for _, lang := range []string{"zh", "en"} {
			code, out, e := ctl(append(c.args, "--lang", lang)...)
			sentence := strings.TrimSpace(e)
			if c.name == "pdf" {
				sentence = strings.TrimSpace(out)
			}
			if code != c.code || sentence == "" || strings.Contains(sentence, "\n") || strings.Contains(sentence, "panic") {
				t.Errorf("%s (%s): exit %d, want %d; said %q", c.name, lang, code, c.code, sentence)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "out.pdf")); err == nil {
		t.Error("a refused command left a file")
	}
}
