package desk

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"xunping/seal"
)

// A scorecard that other programs have written anew is refused by a merge and taken
// by an acceptance: by itself, in a zip, and encrypted. What it brings is the same
// wherever the pack is merged, and the mark stays.
func TestAcceptWhatOtherToolsWrite(t *testing.T) {
	o := newOffice(t, 3)
	ctx, key := t.Context(), filepath.Join(o.dir, "keys", "bureau.p12")
	rewrite := map[string]func(in, out string){
		"qpdf":   func(in, out string) { runTool(t, "qpdf", "--object-streams=generate", in, out) },
		"mutool": func(in, out string) { runTool(t, "mutool", "clean", "-gggg", "-z", in, out) },
		"pdfcpu": func(in, out string) {
			api.DisableConfigDir()
			conf := model.NewDefaultConfiguration()
			conf.Offline = true
			must(t, api.OptimizeFile(in, out, conf))
		},
	}
	one, two := o.emptyBook("one.xpb"), o.emptyBook("two.xpb")
	must(t, one.UseKey(key, DemoPassphrase))
	for i, name := range []string{"qpdf", "mutool", "pdfcpu"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			honest, path := filepath.Join(dir, "honest.pdf"), filepath.Join(dir, "damaged.pdf")
			list, err := o.bureau.History("2019-08", o.units[i])
			must(t, err)
			must(t, o.bureau.SavePDF(list[0], honest))
			rewrite[name](honest, path)
			b, err := os.ReadFile(path)
			must(t, err)
			switch name { // it may come in a zip or encrypted
			case "mutool":
				pack, err := seal.WritePack(seal.PackInspections, map[string][]byte{"damaged.pdf": b}, o.inspects, time.Now())
				must(t, err)
				path = filepath.Join(dir, "damaged.zip")
				must(t, os.WriteFile(path, pack, 0o600))
			case "pdfcpu":
				roster, err := one.Roster()
				must(t, err)
				must(t, EncryptFor(roster, path, path+EnvelopeSuffix))
				path += EnvelopeSuffix
			}
			report, err := one.Merge(ctx, []string{path}, false, nil)
			must(t, err)
			if report.Refused != 1 {
				t.Errorf("the merge takes it: %+v", report)
			}
			results, err := one.Verify(ctx, path)
			must(t, err)
			if len(results) != 1 || results[0].Outcome != Refused || !results[0].DataSignature {
				t.Fatalf("verified as %+v", results)
			}
			out := filepath.Join(dir, "accepted.zip")
			if _, err := one.AcceptVerified(ctx, &results[0], "", key, DemoPassphrase, out); err == nil {
				t.Error("accepted without a reason")
			}
			done, err := one.AcceptVerified(ctx, &results[0], "示例：另存时版面签名失效", key, DemoPassphrase, out)
			must(t, err)
			if done.Record != list[0].Hash || done.Unit.Code != o.units[i] {
				t.Errorf("accepted %+v", done)
			}
			if _, err := two.Merge(ctx, []string{out}, false, nil); err != nil {
				t.Error(err)
			}
		})
	}
	for _, d := range []*Desk{one, two} {
		rows, err := d.Rank("2019-08", "")
		must(t, err)
		for _, r := range rows {
			if r.Reason != AcceptedWords() {
				t.Errorf("%s: %q", r.Unit, r.Reason)
			}
		}
		if len(rows) != 3 {
			t.Errorf("%d in the ranking", len(rows))
		}
	}
	a, err := one.Digest("")
	must(t, err)
	b, err := two.Digest("")
	must(t, err)
	if a != b {
		t.Error("the two workbooks differ")
	}
}

// emptyBook is a workbook that knows the roster only.
func (o *office) emptyBook(name string) *Desk {
	o.Helper()
	d, err := Create(filepath.Join(o.TempDir(), name), CreateOptions{})
	must(o.T, err)
	o.Cleanup(func() { must(o.T, d.Close()) })
	pack, err := o.bureau.RosterPack()
	must(o.T, err)
	root, err := o.bureau.RootPin()
	must(o.T, err)
	_, err = d.ImportRoster(pack, root)
	must(o.T, err)
	return d
}

func runTool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("XUNPING_TOOLS") == "must" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %s", name, out)
	}
	return string(out)
}
