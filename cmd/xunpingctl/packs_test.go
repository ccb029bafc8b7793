package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/desk"
)

// A team hands in encrypted; the bureau merges with its key, and what decrypt
// gives is merged without one.
func TestHandInFromATerminal(t *testing.T) {
	dir, root := demoIn(t)
	pass, roster := filepath.Join(dir, "keys", "passphrase.txt"), filepath.Join(dir, "roster.zip")
	key := func(name string) string { return filepath.Join(dir, "keys", name+".p12") }
	out := filepath.Join(t.TempDir(), "in.zip")
	var h struct {
		Files         []string
		Records, Acts int
	}
	must(t, &h, "handin", "--round", "2019-08", "--key", key("inspector-1"), "--passphrase-file", pass, "--encrypt", "-o", out, "--workbook", filepath.Join(dir, "bureau.xpb"))
	if len(h.Files) != 1 || h.Files[0] != out+".p7m" || h.Records == 0 {
		t.Fatalf("handed in %+v", h)
	}
	wb := func(name string) string {
		p := filepath.Join(t.TempDir(), name)
		must(t, nil, "init", p)
		must(t, nil, "roster", "import", roster, "--root", root, "--workbook", p)
		return p
	}
	one, two := wb("one.xpb"), wb("two.xpb")
	var r struct {
		Files, Merged int
		Skipped       []string
	}
	must(t, &r, "merge", h.Files[0], "--workbook", one)
	if r.Files != 0 || len(r.Skipped) != 1 {
		t.Errorf("without a key: %+v", r)
	}
	must(t, &r, "merge", h.Files[0], "--key", key("bureau"), "--passphrase-file", pass, "--workbook", one)
	if r.Merged != h.Records+h.Acts {
		t.Errorf("with the key: %+v of %+v", r, h)
	}
	plain := filepath.Join(t.TempDir(), "plain.zip")
	must(t, nil, "decrypt", h.Files[0], "--key", key("bureau"), "--passphrase-file", pass, "-o", plain)
	must(t, nil, "merge", plain, "--workbook", two)
	if a, b := must(t, nil, "digest", "--workbook", one), must(t, nil, "digest", "--workbook", two); a != b {
		t.Error("the two workbooks differ")
	}
	again := filepath.Join(t.TempDir(), "again.p7m")
	must(t, nil, "encrypt", plain, "--roster", roster, "--root", root, "-o", again)
	if code, _, _ := ctl("decrypt", again, "--key", key("inspector-1"), "--passphrase-file", pass, "-o", plain+"2"); code != 1 {
		t.Errorf("an inspector opens it: exit %d", code)
	}
	if code, _, _ := ctl("verify", again); code != 1 {
		t.Errorf("verify: exit %d", code)
	}
	if _, err := os.Stat(plain + "2"); err == nil {
		t.Error("a file was left behind")
	}
}

// The chain of a key is listed, its short codes name what a revocation leaves
// believed, and a passphrase is changed.
func TestChainRevokePassphrase(t *testing.T) {
	dir, _ := demoIn(t)
	wb, pass := filepath.Join(dir, "bureau.xpb"), filepath.Join(dir, "keys", "passphrase.txt")
	var chain []struct {
		Short, Unit string
		End         bool
	}
	must(t, &chain, "roster", "chain", "J001", "--workbook", wb)
	if len(chain) == 0 || !chain[0].End || chain[0].Unit == "" {
		t.Fatalf("chain %+v", chain)
	}
	root := filepath.Join(dir, "keys", "root.p12")
	must(t, nil, "roster", "revoke", "J001", "--last", chain[0].Short, "--reason", "示例：遗失", "--key", root, "--passphrase-file", pass, "--workbook", wb)
	if code, _, _ := ctl("roster", "revoke", "J001", "--last", "00000000", "--reason", "x", "--key", root, "--passphrase-file", pass, "--workbook", wb); code != 1 {
		t.Errorf("an unknown short code: exit %d", code)
	}
	if code, _, _ := ctl("roster", "chain", "nobody", "--workbook", wb); code != 1 {
		t.Errorf("nobody's chain: exit %d", code)
	}
	fresh := filepath.Join(t.TempDir(), "new.txt")
	if err := os.WriteFile(fresh, []byte("another phrase\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	id := filepath.Join(dir, "keys", "inspector-1.p12")
	must(t, nil, "identity", "passphrase", id, "--passphrase-file", pass, "--new-passphrase-file", fresh)
	must(t, nil, "identity", "show", id, "--passphrase-file", fresh)
	if code, _, _ := ctl("identity", "show", id, "--passphrase-file", pass); code == 0 {
		t.Error("the old passphrase still opens the key")
	}
}

// A roster file is believed only under a root that a person confirmed, in the call
// or before in the workbook; a root in groups is one; an old roster is said beside.
func TestARosterFileNeedsAConfirmedRoot(t *testing.T) {
	dir, root := demoIn(t)
	cards, _ := filepath.Glob(filepath.Join(dir, "sealed", "2019-08", "*.pdf"))
	roster, none, bureau := filepath.Join(dir, "roster.zip"), filepath.Join(t.TempDir(), "none.xpb"), filepath.Join(dir, "bureau.xpb")
	must(t, nil, "init", none)
	for name, args := range map[string][]string{
		"verify":  {"verify", cards[0], "--roster", roster},
		"encrypt": {"encrypt", cards[0], "--roster", roster},
	} {
		for _, c := range []struct {
			more []string
			want int
		}{
			{nil, 2}, {[]string{"--workbook", none}, 2}, {[]string{"--root", "6b8c"}, 2},
			{[]string{"--root", root}, 0}, {[]string{"--root", desk.Groups(root)}, 0}, {[]string{"--workbook", bureau}, 0},
			{[]string{"--root", root[1:] + "0", "--workbook", bureau}, 1},
		} {
			call := append(append([]string{}, args...), c.more...)
			if name == "encrypt" {
				call = append(call, "-o", filepath.Join(t.TempDir(), "out.p7m"))
			}
			code, _, errOut := ctl(call...)
			if code != c.want {
				t.Errorf("%s %v: exit %d, want %d: %s", name, c.more, code, c.want, errOut)
			}
			if name == "verify" && c.want == 0 && !strings.Contains(errOut, "请向汇总单位要新的名册") {
				t.Errorf("%v: nothing says that the roster is old: %q", c.more, errOut)
			}
		}
	}
}
