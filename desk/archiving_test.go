package desk

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
)

// A round in the archive is proven without its workbook; every byte of every
// kind of file counts, and what is missing or too much is named.
func TestArchiveIsProven(t *testing.T) {
	o := newOffice(t, 3)
	dir := filepath.Join(t.TempDir(), "archive")
	a := Archiving{Round: "2019-08", Dir: dir, Fonds: "X001", Level: ""}
	if _, err := o.bureau.Archive(t.Context(), a, nil); err == nil {
		t.Fatal("a retention was chosen by the program")
	}
	a.Retention, a.Signer = "30年", o.inspects
	_, err := o.bureau.Archive(t.Context(), a, nil)
	o.refused(err, "没有汇总单位的角色")
	a.Signer = o.key
	o.afterwards()
	letter := o.earlierLetter()
	done, err := o.bureau.Archive(t.Context(), a, nil)
	must(t, err)
	if _, err := o.bureau.Archive(t.Context(), a, nil); err == nil {
		t.Error("an archive was written over another")
	}
	r, err := CheckArchive(t.Context(), dir, done.Root, nil)
	must(t, err)
	if len(r.Problems) > 0 || r.Cards != 3 || r.Acts == 0 || r.Files != done.Files-1 || !r.Pinned || !r.Signed || r.By.Number != "B001" {
		t.Fatalf("%+v after %+v", r, done)
	}
	o.reported(dir)
	if r, _ := CheckArchive(t.Context(), dir, strings.Repeat("0", 64), nil); len(r.Problems) == 0 {
		t.Error("the archive holds under a root that is not its own")
	}
	catalogued(t, dir, done)
	o.papersIn(dir)
	if tool, err := exec.LookPath("pdftotext"); err == nil { // the document that went out, not another
		sent, _ := filepath.Glob(filepath.Join(dir, "02-行为记录", "*", "通报.pdf"))
		text, err := exec.Command(tool, sent[0], "-").Output()
		must(t, err)
		for _, words := range []string{"各市示例部门", "示例依据文件", "请按期完成示例整改"} {
			if !strings.Contains(strings.ReplaceAll(string(text), "\n", ""), words) {
				t.Errorf("the archived bulletin does not say %s", words)
			}
		}
	}
	if early, _ := filepath.Glob(filepath.Join(dir, "02-行为记录", "*"+letter[:16])); len(early) != 1 {
		t.Errorf("the letter of the month before, on which an absence rests, is not in the archive: %v", early)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	must(t, err)
	inner, err := filepath.Glob(filepath.Join(dir, "*", "*", "*"))
	must(t, err)
	top, err := filepath.Glob(filepath.Join(dir, "0*.*"))
	must(t, err)
	changed, kinds := 0, map[string]bool{}
	for _, f := range append(append(files, inner...), top...) {
		if info, err := os.Stat(f); err != nil || info.IsDir() {
			continue
		}
		changed++
		kinds[kindOf(f)] = true
		oneByteChanged(t, dir, f, done.Root)
	}
	for _, k := range []string{"card.pdf", "act.json", "act.json.p7s", "bin", "通报.pdf", "rubric.json", "roster.zip", "root.pem", "root.sha256", "目录.xlsx", "目录.xml", "核验报告.txt", "台账.xlsx"} {
		if !kinds[k] {
			t.Errorf("no %s was changed, only %v", k, sortedKeys(kinds))
		}
	}
	for _, f := range []string{archiveHashes, archiveSigned} {
		oneByteChanged(t, dir, filepath.Join(dir, f), done.Root)
	}
	listRewritten(t, dir, done.Root, o.inspects)
	if changed != done.Files-1 {
		t.Errorf("%d of %d files were changed", changed, done.Files-1)
	}
	list, err := os.ReadFile(filepath.Join(dir, archiveHashes))
	must(t, err)
	for _, at := range []int{0, 40, len(list) / 2, len(list) - 1} {
		bad := append([]byte{}, list...)
		bad[at] ^= 1
		must(t, os.WriteFile(filepath.Join(dir, archiveHashes), bad, 0o600))
		if r, err := CheckArchive(t.Context(), dir, done.Root, nil); err == nil && len(r.Problems) == 0 {
			t.Errorf("byte %d of the list of hashes was changed and is not seen", at)
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, archiveHashes), list, 0o600))
	if sum, err := exec.LookPath("sha256sum"); err == nil { // an independent program agrees with the list
		cmd := exec.Command(sum, "-c", "--quiet", archiveHashes)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("sha256sum: %v: %s", err, out)
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "more.txt"), []byte("x"), 0o600))
	must(t, os.Remove(filepath.Join(dir, filepath.FromSlash(archiveReport))))
	r, err = CheckArchive(t.Context(), dir, done.Root, nil)
	must(t, err)
	if text := strings.Join(r.Problems, "\n"); !strings.Contains(text, "more.txt") || !strings.Contains(text, archiveReport) || len(r.Problems) != 2 {
		t.Errorf("%q", r.Problems)
	}
}

// kindOf is what kind of file a file of an archive is.
func kindOf(file string) string {
	name := filepath.Base(file)
	if filepath.Base(filepath.Dir(file)) == archiveCards {
		return "card.pdf"
	}
	for _, k := range []string{"act.json.p7s", "act.json", "bin", "rubric.json", "目录.xlsx", "目录.xml", "核验报告.txt", "台账.xlsx"} {
		if strings.HasSuffix(name, k) {
			return k
		}
	}
	return name
}

// listRewritten: a file is changed and the list made to fit it. Without the bureau's
// key that is seen, whether the signature is the old one, another's, or gone.
func listRewritten(t *testing.T, dir, root string, other *seal.Identity) {
	t.Helper()
	report, list := filepath.Join(dir, archiveReport), filepath.Join(dir, archiveHashes)
	was, err := os.ReadFile(report)
	must(t, err)
	sums, err := os.ReadFile(list)
	must(t, err)
	p7s, err := os.ReadFile(filepath.Join(dir, archiveSigned))
	must(t, err)
	forged := []byte(strings.ReplaceAll(string(was), "valid", "VALID"))
	rewritten := []byte(strings.Replace(string(sums), hashOf(was), hashOf(forged), 1))
	must(t, os.WriteFile(report, forged, 0o600))
	must(t, os.WriteFile(list, rewritten, 0o600))
	wants := func(words string) {
		t.Helper()
		r, err := CheckArchive(t.Context(), dir, root, nil)
		must(t, err)
		if text := strings.Join(r.Problems, "\n"); r.Signed || len(r.Problems) != 1 || !strings.Contains(text, words) {
			t.Errorf("want “%s”: %q", words, r.Problems)
		}
	}
	wants(archiveSigned)
	bad, err := other.SignCMS(rewritten)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, archiveSigned), bad, 0o600))
	wants("没有汇总单位的角色")
	must(t, os.Remove(filepath.Join(dir, archiveSigned)))
	wants("归档没有签名")
	must(t, os.WriteFile(report, was, 0o600))
	must(t, os.WriteFile(list, sums, 0o600))
	wants("归档没有签名")
	must(t, os.WriteFile(filepath.Join(dir, archiveSigned), p7s, 0o600))
}

// reported reads the report of an archive: each act and card with its standing, then
// what was open.
func (o *office) reported(dir string) {
	o.Helper()
	b, err := os.ReadFile(filepath.Join(dir, archiveReport))
	must(o.T, err)
	proof, open, found := strings.Cut(string(b), "归档时未办结的事项\n")
	if !found || !strings.Contains(proof, "名册第 1 版") {
		o.Fatalf("the report says\n%s", b)
	}
	acts := 0
	for line := range strings.Lines(proof) {
		if strings.HasPrefix(line, archiveActs) {
			acts++
			if !strings.Contains(line, "\tvalid\tact 汇总员 ") {
				o.Errorf("an act is reported as %s", line)
			}
		}
	}
	if acts == 0 || !strings.Contains(open, "整改通知\t待整改") || !strings.Contains(open, "没有登记送达") {
		o.Errorf("%d acts; open is\n%s", acts, open)
	}
}

func oneByteChanged(t *testing.T, dir, file, root string) {
	t.Helper()
	b, err := os.ReadFile(file)
	must(t, err)
	b[len(b)/2] ^= 1
	must(t, os.WriteFile(file, b, 0o600))
	r, err := CheckArchive(t.Context(), dir, root, nil)
	must(t, err)
	rel, _ := filepath.Rel(dir, file)
	if !strings.Contains(strings.Join(r.Problems, "\n"), filepath.ToSlash(rel)) {
		t.Errorf("a changed byte of %s is not named: %q", rel, r.Problems)
	}
	b[len(b)/2] ^= 1
	must(t, os.WriteFile(file, b, 0o600))
}

// afterwards gives the round what follows a score: a ruling, a notice, a
// publication.
func (o *office) afterwards() {
	o.Helper()
	ctx, d := o.Context(), o.bureau
	_, hash, code, f := o.faulty()
	objection := o.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-08-20", Received: "2019-08-21",
		Claims: map[string]inspection.ActItem{code: {Text: "x", Claim: "0"}}, Scans: [][]byte{[]byte("%PDF scan")}}, o.key, ""))
	o.did(d.Rule(ctx, RulingEntry{Objection: objection, Decision: inspection.Refused, Number: "桂数复〔2019〕1号", Text: "不成立",
		By: inspection.Person{Name: "复核员", Number: "F001"}}, o.key, ""))
	o.did(d.DemandRectify(ctx, RectifyEntry{Record: hash, Number: "桂数改〔2019〕1号", Date: "2019-08-26",
		Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Text: "完成迁移", Until: "2019-09-30"}}}, o.key, ""))
	s := o.freeze(FreezeRequest{Scope: ScopeInternal})
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	o.did(d.Publish(ctx, s, o.key, ""))
	must(o.T, d.Bulletin(ctx, BulletinRequest{Round: "2019-08", To: "各市示例部门", Basis: "示例依据文件", Asks: []string{"请按期完成示例整改。"}}, filepath.Join(o.dir, "sent.pdf"), nil))
	given := o.freeze(FreezeRequest{Scope: ScopePublic}) // reviewed, and never issued
	o.did(d.ApproveSnapshot(ctx, given, ApprovalEntry{Step: StepReview, Decision: inspection.Refused, By: reviewer}, o.key, ""))
}

// earlierLetter registers a letter that an absence of the round names, a month
// before.
func (o *office) earlierLetter() string {
	o.Helper()
	for _, unit := range o.units {
		hash, rec := o.head(unit)
		x, err := o.bureau.wb.Object(o.Context(), hash)
		must(o.T, err)
		for _, l := range x.Node.Letters {
			key := rec.Case()
			key.Round = "2019-07"
			return o.did(o.bureau.issue(o.Context(), inspection.Act{Kind: inspection.ActLetter, Case: key, Number: l.Number, Date: l.Date, Decision: inspection.Accepted,
				Items: map[string]inspection.ActItem{l.Indicator: {Text: "没有该项"}}}, o.key, nil, ""))
		}
	}
	o.Fatal("the demonstration has no absence")
	return ""
}

// papersIn finds each document of the round with the act that it belongs to, and in
// the list.
func (o *office) papersIn(dir string) {
	o.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "00-归档文件目录.xml"))
	must(o.T, err)
	for name, want := range map[string][]string{"复核意见.pdf": {"桂数复〔2019〕1号", "关于"}, "整改通知单.pdf": {"桂数改〔2019〕1号"}, "通报.pdf": {"桂数通〔2019〕1号", "关于2019年8月检查结果的通报"}, "呈批单.pdf": {"呈批单"}} {
		found, err := filepath.Glob(filepath.Join(dir, "02-行为记录", "*", name))
		must(o.T, err)
		if n := map[bool]int{true: 2, false: 1}[name == "呈批单.pdf"]; len(found) != n {
			o.Errorf("%d of %s", len(found), name)
			continue
		}
		if beside, _ := filepath.Glob(filepath.Join(filepath.Dir(found[0]), "*.act.json")); len(beside) != 1 {
			o.Errorf("%s lies without its act", name)
		}
		for _, w := range append(want, strings.TrimSuffix(name, ".pdf")) {
			if !strings.Contains(string(b), w) {
				o.Errorf("the list does not say %s", w)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, archiveOpen)); err != nil || !strings.Contains(string(b), archiveOpen) {
		o.Errorf("%s: %v", archiveOpen, err)
	}
}

// catalogued reads the XML list back: numbers run on, every place exists.
func catalogued(t *testing.T, dir string, done Archived) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "00-归档文件目录.xml"))
	must(t, err)
	var c report.Catalogue
	must(t, xml.Unmarshal(b, &c))
	if len(c.Items) != done.Items || c.Retention != "30年" {
		t.Fatalf("%d items of %d, retention %q", len(c.Items), done.Items, c.Retention)
	}
	for i, x := range c.Items {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(x.Place))); err != nil {
			t.Errorf("%s is not there: %v", x.Place, err)
		}
		if x.Number != i+1 || !strings.HasPrefix(x.Code, "X001-2019-D30-") || x.Title == "" || x.Date == "" {
			t.Errorf("item %+v", x)
		}
		if strings.HasSuffix(x.Place, ".pdf") && x.Pages < 2 {
			t.Errorf("%s has %d pages", x.Place, x.Pages)
		}
	}
}

// A list of hashes that points out of the folder is refused before anything is
// read.
func TestHashListStaysInside(t *testing.T) {
	sum := strings.Repeat("a", 64)
	for _, bad := range []string{"", sum + " one space", sum + "  ../x", sum + "  /etc/passwd", sum + "  a/../../b", sum + "  a\n" + sum + "  a", "xyz  a"} {
		if _, err := readSums([]byte(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
