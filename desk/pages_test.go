package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/seal"
)

// Pages that are not those of the record are found, though every signature
// holds: the signer himself printed something else.
func TestPagesAgainstRecord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	r, err := Demo(t.Context(), DemoOptions{Dir: dir, Units: 3, Rounds: 1, Seed: 5}, nil)
	must(t, err)
	d, err := Open(r.Workbook)
	must(t, err)
	defer d.Close()
	roster, err := d.Roster()
	must(t, err)
	cards, _ := filepath.Glob(filepath.Join(dir, "sealed", "*", "*.pdf"))
	if len(cards) != 3 {
		t.Fatalf("%d scorecards", len(cards))
	}
	compare := func(name string, b []byte, want seal.Pages) {
		t.Helper()
		v := VerifyBytes(name, b, roster)
		if v.Outcome == Refused {
			t.Fatalf("%s: %s", name, v.Reason)
		}
		must(t, v.ComparePages())
		if v.Pages != want {
			t.Errorf("%s: pages are %s, want %s", name, v.Pages, want)
		}
	}
	var seen []VerifyResult
	for _, c := range cards {
		b, err := os.ReadFile(c)
		must(t, err)
		compare(filepath.Base(c), b, seal.PagesSame)
		seen = append(seen, VerifyBytes(c, b, roster))
	}

	own, other := seen[0].Card, seen[1].Card
	draft, _, err := drawn(own.Inspection, own.Rubric, own.Evidence)
	must(t, err)
	false1, _, err := drawn(other.Inspection, other.Rubric, other.Evidence)
	must(t, err)
	pass, err := os.ReadFile(filepath.Join(dir, "keys", "passphrase.txt"))
	must(t, err)
	keys, _ := filepath.Glob(filepath.Join(dir, "keys", "*.p12"))
	var signer *seal.Identity
	for _, k := range keys {
		if id, err := OpenKey(k, string(pass[:len(pass)-1])); err == nil && id.SPKI() == own.Inspection.Signer {
			signer = id
		}
	}
	if signer == nil {
		t.Fatal("the signer's key is not among the demonstration's")
	}
	seal1 := func(d seal.Draft) []byte {
		b, err := seal.SealPDF(d, signer, time.Date(2019, 8, 6, 17, 40, 0, 0, time.UTC))
		must(t, err)
		return b
	}
	compare("honest", seal1(draft), seal.PagesSame)
	draft.Pages = false1.Pages
	compare("pages of another unit", seal1(draft), seal.PagesDifferent)
	draft.Drawing = "scorecard/0"
	compare("drawn by an older program", seal1(draft), seal.PagesOther)
}

// What readers are told beside the pages, as other programs see it: the language,
// the title to show, an outline of the parts, and that there is XMP.
func TestWhatReadersAreTold(t *testing.T) {
	y := newYard(t)
	pdf, _, err := sealRecord(y.record(1), y.card.Rubric, nil, y.key, time.Now())
	must(t, err)
	path := filepath.Join(t.TempDir(), "card.pdf")
	must(t, os.WriteFile(path, pdf, 0o600))
	for _, look := range []struct {
		args []string
		want []string
	}{
		{[]string{"mutool", "show", path, "trailer/Root/Lang"}, []string{"zh-CN"}},
		{[]string{"mutool", "show", path, "trailer/Root/ViewerPreferences/DisplayDocTitle"}, []string{"true"}},
		{[]string{"mutool", "show", path, "outline"}, []string{"X　扣分指标", "如何核验", "#page=1"}},
		{[]string{"pdfinfo", path}, []string{"Title:", "单位00001", "Metadata Stream: yes", "JavaScript:      no", "Encrypted:       no"}},
	} {
		out := runTool(t, look.args[0], look.args[1:]...)
		for _, want := range look.want {
			if !strings.Contains(out, want) {
				t.Errorf("%q does not say %q but\n%s", look.args, want, out)
			}
		}
	}
}
