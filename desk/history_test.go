package desk

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// An inspector's own workbook after a sealed unit: the history names file and
// signers, a second signature is added, a correction needs a reason for each
// changed indicator and becomes the result.
func TestHistoryCosignAndCorrect(t *testing.T) {
	y := newYard(t)
	books, _ := filepath.Glob(filepath.Join(y.dir, "inspectors", "*.xpb"))
	var d *Desk
	var unit string
	for _, b := range books {
		x, err := Open(b)
		must(t, err)
		t.Cleanup(func() { _ = x.Close() })
		if list, err := x.History("2019-08", y.card.Inspection.Unit.Code); err == nil && len(list) > 0 {
			d, unit = x, y.card.Inspection.Unit.Code
		}
	}
	if d == nil {
		t.Fatal("no inspector has the record")
	}
	list, err := d.History("2019-08", unit)
	must(t, err)
	if len(list) != 1 || list[0].Number != 1 || len(list[0].Signers) == 0 || !list[0].Here || list[0].Path == "" {
		t.Fatalf("history %+v", list)
	}
	copyPath := filepath.Join(t.TempDir(), "copy.pdf")
	must(t, d.SavePDF(list[0], copyPath))
	if v := VerifyFile(copyPath, nil)[0]; v.Inspection == nil || v.Inspection.SHA256 != list[0].Hash {
		t.Errorf("the saved file is %+v", v)
	}

	in, err := d.Correct("2019-08", unit)
	must(t, err)
	if !slices.ContainsFunc(in.Gaps(), func(g inspection.Gap) bool { return g.Blocking && g.Indicator == "" }) {
		t.Error("a correction that changes nothing may be sealed")
	}
	code := ""
	for c, e := range in.Record().Entries {
		if e.State == scoring.Checked && (code == "" || c < code) {
			code = c
		}
	}
	must(t, in.SetNote(code, "更正后的说明"))
	blocked := func(in *Inspector) bool {
		for _, g := range in.Gaps() {
			if g.Blocking && g.Place == "reasons."+code {
				return true
			}
		}
		return false
	}
	if !blocked(in) {
		t.Error("a change without a reason may be sealed")
	}
	again, err := d.Inspect("2019-08", unit) // as after a restart
	must(t, err)
	if again.Corrects() == nil || !blocked(again) {
		t.Error("the opened draft has forgotten that it corrects")
	}
	must(t, again.SetReason(code, "复核后更正"))
	if blocked(again) {
		t.Error("the reason is not seen")
	}
	sealed, err := again.sealWith(t.Context(), y.key, nil, t.TempDir())
	must(t, err)
	list, err = d.History("2019-08", unit)
	must(t, err)
	if len(list) != 2 || list[1].Number != 2 || list[1].Hash != sealed.Hash || !slices.Contains(list[1].Empty, inspection.FieldCoinspector) || !strings.HasSuffix(list[1].Path, "-v2.pdf") {
		t.Fatalf("history %+v", list)
	}
	key := filepath.Join(y.dir, "keys", "inspector-1.p12")
	if v, err := ShowKey(key, demoPassphrase(t, y)); err != nil || v.SPKI == y.key.SPKI() {
		key = filepath.Join(y.dir, "keys", "inspector-2.p12")
	}
	out := filepath.Join(t.TempDir(), "two.pdf")
	must(t, d.CosignRevision(t.Context(), list[1], inspection.FieldCoinspector, key, demoPassphrase(t, y), out))
	list, err = d.History("2019-08", unit)
	must(t, err)
	if len(list[1].Signers) != 2 || !slices.Equal(list[1].Empty, []string{inspection.FieldBureau}) || list[1].Path != out {
		t.Errorf("after the second signature %+v", list[1])
	}
	// What is handed out is the copy with both signatures; the bureau's adds to it.
	both := filepath.Join(t.TempDir(), "both.pdf")
	must(t, d.SavePDF(list[1], both))
	third := filepath.Join(t.TempDir(), "three.pdf")
	must(t, d.CosignRevision(t.Context(), list[1], inspection.FieldBureau, filepath.Join(y.dir, "keys", "bureau.p12"), demoPassphrase(t, y), third))
	for path, want := range map[string]int{both: 2, third: 3} {
		if v := VerifyFile(path, mustRoster(t, d))[0]; v.Outcome != Valid || len(v.Signatures) != want {
			t.Errorf("%s: %s with %d signatures, want %d", filepath.Base(path), v.Outcome, len(v.Signatures), want)
		}
	}
	// An earlier copy is valid, and called what it is.
	other := &theft{yard: y}
	bureau := other.empty(t)
	_, err = bureau.ImportRoster(y.roster, y.root)
	must(t, err)
	_, err = bureau.Merge(t.Context(), []string{third}, false, nil)
	must(t, err)
	report, err := bureau.Merge(t.Context(), []string{sealed.Path}, false, nil)
	must(t, err)
	if report.Identical != 1 || !strings.Contains(report.Results[0].Reason, "较早的副本") {
		t.Errorf("an earlier copy: %+v", report.Results)
	}
	early, err := d.Verify(t.Context(), sealed.Path)
	must(t, err)
	if early[0].Outcome != Valid || !strings.Contains(early[0].Reason, "（大数据局）") {
		t.Errorf("an earlier copy: %s %q", early[0].Outcome, early[0].Reason)
	}
	c, found, err := d.wb.Case(t.Context(), in.Record().Case())
	must(t, err)
	if !found || c.State != inspection.CaseResult || c.Head() != sealed.Hash {
		t.Errorf("the result is %+v", c)
	}
}

func demoPassphrase(t *testing.T, y *yard) string {
	t.Helper()
	b, err := ReadFile(filepath.Join(y.dir, "keys", "passphrase.txt"))
	must(t, err)
	return strings.TrimSpace(string(b))
}
