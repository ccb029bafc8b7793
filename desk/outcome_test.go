package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/seal"
)

// A merge says of each file where it lies, whatever characters its path has, who
// signed it and what the roster says of them, what kind of act it is, and of a
// refused one whether it could be accepted.
func TestOutcomesSayWhatAFileIs(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.bureau
	dir := filepath.Join(t.TempDir(), "急!盘")
	must(t, os.MkdirAll(dir, 0o700))
	list, err := d.History("2019-08", o.units[0])
	must(t, err)
	whole, damaged, acts := filepath.Join(dir, "a!b.pdf"), filepath.Join(dir, "坏.pdf"), filepath.Join(dir, "acts.zip")
	must(t, d.SavePDF(list[0], whole))
	b, err := os.ReadFile(whole)
	must(t, err)
	must(t, os.WriteFile(damaged, append(b, "\n% printed\n"...), 0o600))
	alone, err := o.fresh(t).Merge(ctx, []string{damaged}, true, nil)
	must(t, err)
	if x := alone.Results[0]; x.AcceptedBy != "" || !strings.Contains(x.AcceptHint("用 x"), "用 x") {
		t.Errorf("before anybody accepted it: %+v", x)
	}
	_, err = d.Accept(ctx, damaged, "转存时版面签名失效", filepath.Join(o.dir, "keys", "bureau.p12"), DemoPassphrase, acts)
	must(t, err)

	r, err := o.fresh(t).Merge(ctx, []string{dir}, true, nil)
	must(t, err)
	seen := map[string]int{}
	for _, x := range r.Results {
		seen[x.Source]++
		switch {
		case x.Source == damaged:
			if x.Outcome != Refused || !x.Acceptable || x.AcceptHint("x") != "" || x.AcceptedBy == "" || !strings.Contains(x.Reason, "已认可（行为 "+seal.Short(x.AcceptedBy)+"）") || x.UnitName == "" || len(x.Signers) == 0 {
				t.Errorf("of the damaged file it says %+v", x)
			}
		case x.ActKind != "":
			if x.ActKind != inspection.ActAcceptance || x.Reason != "认可" || len(x.Signers) != 1 || x.Signers[0].Standing != inspection.SignatureValid {
				t.Errorf("of the act it says %+v", x)
			}
		case x.Source == whole:
			if len(x.Signers) != 2 || x.Signers[0].Name == "" || x.Signers[0].Number == "" || x.Signers[0].Standing != inspection.SignatureValid {
				t.Errorf("of the scorecard it says %+v", x)
			}
		}
	}
	if seen[whole] != 1 || seen[damaged] != 1 || seen[acts] != 2 || len(seen) != 3 {
		t.Errorf("sources %v", seen)
	}
}

// What is laid on a pile is added to it; the same file under another name is
// there once.
func TestAPileHoldsEachFileOnce(t *testing.T) {
	d, err := Create(filepath.Join(t.TempDir(), "wb.xpb"), CreateOptions{Empty: true})
	must(t, err)
	defer d.Close()
	dir, stick := t.TempDir(), t.TempDir()
	for path, text := range map[string]string{filepath.Join(dir, "a.pdf"): "%PDF-a", filepath.Join(stick, "copy of a.pdf"): "%PDF-a", filepath.Join(stick, "b.pdf"): "%PDF-b"} {
		must(t, os.WriteFile(path, []byte(text), 0o600))
	}
	first, err := d.Added(t.Context(), nil, []string{dir}, nil)
	must(t, err)
	if len(first) != 1 || first[0] != dir {
		t.Errorf("the first pile is %v", first)
	}
	both, err := d.Added(t.Context(), first, []string{stick, dir}, nil)
	must(t, err)
	if len(both) != 2 || both[0] != filepath.Join(dir, "a.pdf") || both[1] != filepath.Join(stick, "b.pdf") {
		t.Errorf("the pile is %v", both)
	}
}
