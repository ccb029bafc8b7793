package desk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xunping/inspection/canon"
	"xunping/seal"
)

// Sheet 文件 has a line for each file that came, with what it brought and when; what
// was signed here is told apart, and a file that was accepted is not left as refused.
func TestLedgerFiles(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d, tmp := t.Context(), o.emptyBook("one.xpb"), t.TempDir()
	pdf := func(i int, damage string) string {
		t.Helper()
		hash, _ := o.head(o.units[i])
		path := filepath.Join(tmp, o.units[i]+".pdf")
		must(t, o.bureau.SavePDF(Revision{Hash: hash}, path))
		b, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(path, append(b, damage...), 0o600))
		return path
	}
	whole, damaged, bad := pdf(0, ""), pdf(1, "\n% printed\n"), filepath.Join(tmp, "bad.pdf")
	must(t, os.WriteFile(bad, []byte("%PDF-1.7 nothing"), 0o600))
	acts := filepath.Join(tmp, "acts.zip")
	_, err := o.bureau.ExportActs(ctx, "2019-08", o.key, acts)
	must(t, err)
	pack := filepath.Join(tmp, "damaged.zip") // the refused file lies in a pack
	b, err := os.ReadFile(damaged)
	must(t, err)
	z, err := seal.WritePack(seal.PackInspections, map[string][]byte{"damaged.pdf": b}, o.inspects, o.now)
	must(t, err)
	must(t, os.WriteFile(pack, z, 0o600))
	signed := filepath.Join(tmp, "signed.pdf")
	must(t, Cosign(whole, signed, "bureau", filepath.Join(o.dir, "keys", "bureau.p12"), DemoPassphrase, o.now))
	for _, paths := range [][]string{{whole, pack, bad, acts}, {signed}} {
		_, err = d.Merge(ctx, paths, false, nil)
		must(t, err)
	}
	accepted, err := d.Accept(ctx, damaged, "转存时版面签名失效", filepath.Join(o.dir, "keys", "bureau.p12"), DemoPassphrase, filepath.Join(tmp, "accepted.zip"))
	must(t, err)

	path := filepath.Join(tmp, "l.xlsx")
	must(t, d.WriteLedger(ctx, "2019-08", path, nil))
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	rows := func(sheet string) [][]string {
		t.Helper()
		list, err := f.GetRows(sheet)
		must(t, err)
		return list
	}
	files := rows("文件")
	if !slices.Equal(files[0], []string{"文件", "SHA-256", "结果", "说明", "批次", "收到时间", "单位", "记录短码"}) {
		t.Errorf("heads %v", files[0])
	}
	line := func(path string) []string {
		t.Helper()
		b, err := os.ReadFile(path)
		must(t, err)
		var found [][]string
		for _, l := range files[1:] {
			if l[1] == canon.Hash(b) {
				found = append(found, append(l, "", "", ""))
			}
		}
		if len(found) != 1 {
			t.Fatalf("%s has %d lines in %v", filepath.Base(path), len(found), files)
		}
		return found[0]
	}
	hash, rec := o.head(o.units[0])
	for path, want := range map[string][]string{whole: {"收下", "1"}, signed: {"收下", "2"}} {
		if l := line(path); l[2] != want[0] || l[4] != want[1] || l[5] == "" || l[6] != rec.Unit.Name || l[7] != seal.Short(hash) {
			t.Errorf("%s: %v", filepath.Base(path), l)
		}
	}
	if l := line(acts); l[2] != "收下" || !strings.Contains(l[3], "行文登记") || l[7] != "" {
		t.Errorf("a pack of acts: %v", l)
	}
	if l := line(damaged); l[2] != "已认可" || !strings.HasPrefix(l[3], "已认可（行为 "+seal.Short(accepted.Act)+"）") || l[7] != seal.Short(accepted.Record) {
		t.Errorf("the accepted file: %v", l)
	}
	if l := line(filepath.Join(tmp, "accepted.zip")); l[2] != "本机签发" {
		t.Errorf("the pack of the acceptance: %v", l)
	}
	if l := line(bad); l[2] != "拒收" || l[4] != "1" {
		t.Errorf("the refused file: %v", l)
	}
	for _, l := range rows("说明") {
		if l[0] == "收到的文件" && l[1] != "4" || l[0] == "拒收的文件" && !strings.HasPrefix(l[1], "1（") {
			t.Errorf("the first sheet says %v", l)
		}
	}
	for _, r := range rows("排名")[1:] {
		if len(r) > 13 && !slices.ContainsFunc(files, func(l []string) bool { return len(l) > 7 && strings.Contains(l[7], r[13]) }) {
			t.Errorf("no file brought %v", r)
		}
	}
	again, err := d.Merge(ctx, []string{pack}, false, nil)
	must(t, err)
	if x := again.Results[0]; x.Outcome != Refused || x.AcceptedBy != accepted.Act || !strings.HasPrefix(x.Reason, "已认可（行为 "+seal.Short(accepted.Act)+"）") || x.AcceptHint("x") != "" {
		t.Errorf("the accepted file once more: %+v", x)
	}
	for _, p := range []string{pack, damaged} {
		v, err := d.Verify(ctx, p)
		must(t, err)
		if v[0].Outcome != Refused || v[0].AcceptedBy != accepted.Act || !strings.HasPrefix(v[0].Reason, "已认可（行为 ") {
			t.Errorf("verified: %+v", v[0])
		}
	}
}
