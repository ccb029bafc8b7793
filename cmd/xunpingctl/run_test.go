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
	grouped := strings.Join([]string{root[:8], root[8:32], strings.ToUpper(root[32:])}, " ") // as people copy it
	if code, out, _ := ctl("verify", cards[0], "--roster", roster, "--root", grouped, "--pages"); code != 0 {
		t.Errorf("verify with a fingerprint in groups: %d %s", code, out)
	} else {
		for _, word := range []string{"第 1 版", "检查员：", "第二检查员：", "有效", "重新计算的总分", "记录 ", "版面与记录重画的一致"} {
			if !strings.Contains(out, word) {
				t.Errorf("verify does not say %s: %s", word, out)
			}
		}
	}
	// A roster never vouches for itself.
	for _, call := range [][]string{{"verify", cards[0], "--roster", roster}, {"verify", cards[0], "--roster", roster, "--root", "12"}, {"encrypt", cards[0], "--roster", roster, "-o", filepath.Join(dir, "x.p7m")}} {
		if code, out, errs := ctl(call...); code != 2 || out != "" || errs == "" {
			t.Errorf("%v: %d %s %s", call, code, out, errs)
		}
	}
	if code, out, _ := ctl("verify", cards[0], "--roster", roster, "--workbook", wb); code != 0 {
		t.Errorf("verify with the root that the workbook pinned: %d %s", code, out)
	}
	cert := filepath.Join(dir, "root.cer")
	must(t, nil, "roster", "certificate", "-o", cert, "--workbook", wb)
	if b, err := os.ReadFile(cert); err != nil || !strings.HasPrefix(string(b), "-----BEGIN CERTIFICATE-----") {
		t.Errorf("root certificate: %v %s", err, b)
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

// Each bad input gets one sentence in either language, its exit code, and
// leaves nothing behind.
func TestBadInput(t *testing.T) {
	demo, root := demoIn(t)
	dir := t.TempDir()
	file := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	cut := func(name, from string) string {
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		return file(name, string(b[:len(b)*2/3]))
	}
	pass, right := file("pass.txt", "wrong passphrase\n"), filepath.Join(demo, "keys", "passphrase.txt")
	wb := filepath.Join(demo, "bureau.xpb")
	cards, _ := filepath.Glob(filepath.Join(demo, "sealed", "2019-08", "*.pdf"))
	keys, _ := filepath.Glob(filepath.Join(demo, "keys", "*.p12"))
	if len(cards) == 0 || len(keys) == 0 {
		t.Fatal("the demonstration has no cards or keys")
	}
	out := filepath.Join(dir, "out.pdf")
	cosign := []string{"cosign", cards[0], "--role", "coinspector", "-o", out}
	cases := []struct {
		name string
		code int
		args []string
	}{
		{"no command", 2, []string{"fly"}},
		{"not yet", 2, []string{"publish"}},
		{"missing word", 2, []string{"score"}},
		{"missing flag", 2, []string{"extract", "x"}},
		{"unknown flag", 2, []string{"score", "x", "--fast"}},
		{"flag without value", 2, []string{"score", "x", "--rubric"}},
		{"no workbook", 2, []string{"digest"}},
		{"rubric", 1, []string{"rubric", "check", file("r.json", `{"format":"x"}`)}},
		{"rubric no JSON", 1, []string{"rubric", "hash", file("r2.json", `points: 8`)}},
		{"record", 1, []string{"score", file("rec.json", `{"format":"xunping.inspection/1","format":"x"}`)}},
		{"record of unknown rubric", 1, []string{"score", file("rec2.json", wholeRecord(t, strings.Repeat("a", 64)))}},
		{"pdf", 1, []string{"verify", file("x.pdf", "%PDF-1.7\n")}},
		{"pdf cut off", 1, []string{"verify", cut("cut.pdf", cards[0])}},
		{"pdf to extract", 1, []string{"extract", file("y.pdf", "%PDF-1.7\n"), "-o", filepath.Join(dir, "parts")}},
		{"pack", 1, []string{"verify", file("p.zip", "PK\x03\x04 and then nothing")}},
		{"pack cut off", 1, []string{"verify", cut("cut.zip", filepath.Join(demo, "roster.zip"))}},
		{"roster", 3, []string{"roster", "import", cut("r.zip", filepath.Join(demo, "roster.zip")), "--root", root, "--workbook", wb}},
		{"roster of another root", 1, []string{"roster", "import", filepath.Join(demo, "roster.zip"), "--root", strings.Repeat("0", 64), "--workbook", wb}},
		{"workbook", 3, []string{"digest", "--workbook", file("w.xpb", "no workbook")}},
		{"workbook cut off", 3, []string{"digest", "--workbook", cut("w2.xpb", wb)}},
		{"workbook missing", 1, []string{"digest", "--workbook", filepath.Join(dir, "none.xpb")}},
		{"no file", 1, []string{"rubric", "hash", filepath.Join(dir, "none")}},
		{"key", 3, append(cosign, "--key", file("k.p12", "x"), "--passphrase-file", pass)},
		{"key cut off", 3, append(cosign, "--key", cut("k2.p12", keys[0]), "--passphrase-file", right)},
		{"passphrase", 1, append(cosign, "--key", keys[0], "--passphrase-file", pass)},
		{"units", 1, []string{"unit", "import", file("u.xlsx", "PK nothing"), "--workbook", wb}},
		{"units without a head", 1, []string{"unit", "import", file("u.csv", "一,二\n三,四\n"), "--workbook", wb}},
		{"request", 1, []string{"roster", "add", file("r.pem", "no request"), "--roles", "inspector", "--key", filepath.Join(demo, "keys", "root.p12"),
			"--passphrase-file", right, "-o", filepath.Join(dir, "reply.zip"), "--workbook", wb}},
		{"act", 1, []string{"act", "new", file("a.json", `{"kind":"dance"}`), "--key", keys[0], "--passphrase-file", right, "-o", filepath.Join(dir, "a.zip"), "--workbook", wb}},
		{"choices", 1, []string{"resolve", "--round", "2019-08", "--unit", "450100", "--choices", file("c.json", `[]`), "--key", keys[0], "--passphrase-file", right, "--workbook", wb}},
	}
	_, before, _ := ctl("digest", "--workbook", wb)
	for _, c := range cases {
		said := map[string]bool{}
		for _, lang := range []string{"zh", "en"} {
			code, out, e := ctl(append(c.args, "--lang", lang)...)
			sentence := strings.TrimSpace(e)
			if c.args[0] == "verify" {
				sentence = strings.TrimSpace(out)
			}
			if code != c.code || sentence == "" || strings.Contains(sentence, "\n") || strings.Contains(sentence, "panic") {
				t.Errorf("%s (%s): exit %d, want %d; said %q", c.name, lang, code, c.code, sentence)
			}
			said[sentence] = true
			if lang == "en" && strings.ContainsFunc(strings.ReplaceAll(sentence, "示例", ""), func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }) {
				t.Errorf("%s: the English sentence is %q", c.name, sentence)
			}
			t.Logf("%s: %s", c.name, sentence)
		}
		if len(said) != 2 {
			t.Errorf("%s: one sentence for both languages", c.name)
		}
	}
	if _, after, _ := ctl("digest", "--workbook", wb); after != before {
		t.Error("a refused command changed the workbook")
	}
	for _, left := range []string{out, filepath.Join(dir, "parts"), filepath.Join(dir, "reply.zip"), filepath.Join(dir, "a.zip")} {
		if _, err := os.Stat(left); err == nil {
			t.Errorf("a refused command left %s", left)
		}
	}
	if list, _ := filepath.Glob(filepath.Join(dir, "*tmp*")); len(list) > 0 {
		t.Errorf("half files: %v", list)
	}
}
