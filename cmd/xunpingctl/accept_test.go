package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A file that another tool has written anew is refused by merge and taken by
// accept; the mark stays, here and where the pack is merged, and the digests
// agree.
func TestAcceptADamagedFile(t *testing.T) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		if os.Getenv("XUNPING_TOOLS") == "must" {
			t.Fatal("qpdf is not installed")
		}
		t.Skip("qpdf is not installed")
	}
	dir, root := demoIn(t)
	pass, roster := filepath.Join(dir, "keys", "passphrase.txt"), filepath.Join(dir, "roster.zip")
	card := filepath.Join(dir, "sealed", "2019-08", "450100.pdf")
	damaged := filepath.Join(t.TempDir(), "damaged.pdf")
	if out, err := exec.Command("qpdf", "--object-streams=generate", card, damaged).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %s", out)
	}
	var v []struct {
		Outcome string
		Data    bool `json:"data_signature"`
	}
	code, out, _ := ctl("verify", damaged, "--json")
	if err := json.Unmarshal([]byte(out), &v); err != nil || code != 1 || v[0].Outcome != "refused" || !v[0].Data {
		t.Errorf("verify: %d %s", code, out)
	}
	wb := func(name string) string {
		p := filepath.Join(t.TempDir(), name)
		must(t, nil, "init", p)
		must(t, nil, "roster", "import", roster, "--root", root, "--workbook", p)
		return p
	}
	one, two := wb("one.xpb"), wb("two.xpb")
	if code, _, _ := ctl("merge", damaged, "--workbook", one); code != 1 {
		t.Errorf("merge took it: exit %d", code)
	}
	keys, _ := filepath.Glob(filepath.Join(dir, "keys", "*.p12"))
	bureau, inspector := "", ""
	for _, k := range keys {
		if strings.Contains(filepath.Base(k), "bureau") {
			bureau = k
		} else if !strings.Contains(filepath.Base(k), "root") {
			inspector = k
		}
	}
	pack := filepath.Join(t.TempDir(), "accepted.zip")
	call := func(file, key string) int {
		code, _, _ := ctl("accept", file, "--reason", "示例：转存时版面签名失效", "--key", key, "--passphrase-file", pass, "-o", pack, "--workbook", one)
		return code
	}
	if code := call(damaged, inspector); code != 1 {
		t.Errorf("an inspector accepts: exit %d", code)
	}
	if code := call(card, bureau); code != 1 {
		t.Errorf("a sound file is accepted: exit %d", code)
	}
	if code := call(damaged, bureau); code != 0 {
		t.Fatalf("accept: exit %d", code)
	}
	var merged struct{ Files, Merged int }
	must(t, &merged, "merge", pack, "--workbook", two)
	if merged.Files != 2 || merged.Merged != 2 {
		t.Errorf("the pack brings %+v", merged)
	}
	for _, w := range []string{one, two} {
		var rows []struct{ Reason string }
		must(t, &rows, "rank", "--round", "2019-08", "--workbook", w)
		if len(rows) != 1 || rows[0].Reason != "版面签名失效，数据签名有效" {
			t.Errorf("the ranking says %+v", rows)
		}
	}
	if a, b := must(t, nil, "digest", "--workbook", one), must(t, nil, "digest", "--workbook", two); a != b {
		t.Error("the two workbooks differ")
	}
}
