package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// The unit's opinion is entered by an inspector, is about one record, and merges
// at the bureau like anything else.
func TestOpinionTravels(t *testing.T) {
	y := newYard(t)
	keys := filepath.Join(y.dir, "keys")
	inspector, err := Open(filepath.Join(y.dir, "inspectors", "inspector-1.xpb"))
	must(t, err)
	defer inspector.Close()
	if _, err := inspector.record(t.Context(), y.card.Hash); err != nil { // another laptop sealed it
		_, err = inspector.Merge(t.Context(), []string{filepath.Join(y.dir, "sealed")}, false, nil)
		must(t, err)
	}
	scan, page, out := filepath.Join(t.TempDir(), "scan.pdf"), filepath.Join(t.TempDir(), "2.jpg"), filepath.Join(t.TempDir(), "opinion.zip")
	must(t, os.WriteFile(scan, []byte("%PDF-1.4 a scan"), 0o600))
	must(t, os.WriteFile(page, []byte("the second page"), 0o600))
	o := Opinion{Record: y.card.Hash, Decision: inspection.Partly, Text: "基本同意", Items: "A2：两个系统已在七月迁移\n\nB1　数字有误\nB1 请再核对\n", Scans: []string{scan, page}}
	must(t, inspector.EnterOpinion(t.Context(), o, filepath.Join(keys, "inspector-1.p12"), DemoPassphrase, out))
	bureau, err := Open(filepath.Join(y.dir, "bureau.xpb"))
	must(t, err)
	defer bureau.Close()
	r, err := bureau.Merge(t.Context(), []string{out}, false, nil)
	must(t, err)
	if r.Merged != 1 {
		t.Fatalf("the bureau says %+v", r.Results)
	}
	acts, err := bureau.Acts("2019-08")
	must(t, err)
	found := false
	for _, a := range acts {
		if a.Act.Kind == inspection.ActOpinion {
			found = a.Standing == "" && a.Act.About[0] == y.card.Hash && a.Act.Items["A2"].Text == "两个系统已在七月迁移" && a.Act.Items["B1"].Text == "数字有误\n请再核对" && len(a.Act.Files) == 2 &&
				a.Act.Files[0] == canon.Hash([]byte("%PDF-1.4 a scan"))
		}
	}
	if !found {
		t.Error("the opinion is not among the acts as it was entered")
	}
	none := o
	none.Scans = nil
	if inspector.EnterOpinion(t.Context(), none, filepath.Join(keys, "inspector-1.p12"), DemoPassphrase, out) == nil {
		t.Error("an opinion without a scan was entered")
	}
	o.Items = "A2"
	if inspector.CheckOpinion(t.Context(), o) == nil {
		t.Error("an indicator without words is an opinion")
	}
	o.Items = "Q9 x"
	if err := inspector.EnterOpinion(t.Context(), o, filepath.Join(keys, "inspector-1.p12"), DemoPassphrase, out); err == nil || !strings.Contains(err.Error(), "Q9") {
		t.Errorf("an indicator that is not there: %v", err)
	}
}
