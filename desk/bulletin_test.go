package desk

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunping/inspection"
)

// The bulletin's counts are those of the ranking, it names units with their
// problems, says on every page that it is a draft, and says the same in both
// formats.
func TestBulletin(t *testing.T) {
	o := newOffice(t, 6)
	dir := t.TempDir()
	q := BulletinRequest{Round: "2019-08", Number: "〔2019〕9号", To: "各单位", Asks: []string{"请<各单位>认真整改 & 按期报送。"}}
	doc, _, err := o.bureau.bulletin(t.Context(), q, nil)
	must(t, err)
	rows, err := o.bureau.Rank("2019-08", "")
	must(t, err)
	count := map[string]int{}
	for _, r := range rows {
		for _, l := range r.Lists {
			count[l]++
		}
	}
	if len(doc.Annexes) != 3 || len(doc.Annexes[0].Rows) != count["红榜"] || len(doc.Annexes[1].Rows) != count["黑榜"] || len(doc.Annexes[2].Rows) != len(rows) {
		t.Fatalf("annexes do not agree with the ranking: %v", count)
	}
	for i, r := range doc.Annexes[2].Rows {
		if r[1] != rows[i].Unit.Name || r[2] != rows[i].Value {
			t.Errorf("row %d is %v, the ranking says %s %s", i, r, rows[i].Unit.Name, rows[i].Value)
		}
	}
	if !strings.Contains(strings.Join(doc.Marks, " "), "草稿·未发布") {
		t.Errorf("marks %v", doc.Marks)
	}
	pdf, docx := filepath.Join(dir, "b.pdf"), filepath.Join(dir, "b.docx")
	must(t, o.bureau.Bulletin(t.Context(), q, pdf, nil))
	must(t, o.bureau.Bulletin(t.Context(), q, docx, nil))
	if err := o.bureau.Bulletin(t.Context(), q, filepath.Join(dir, "b.txt"), nil); err == nil {
		t.Error("a bulletin as text was written")
	}
	word := wordText(t, docx)
	for _, b := range doc.Blocks {
		if !strings.Contains(word, b.Text) {
			t.Errorf("the DOCX lacks %q", b.Text)
		}
	}
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		text, err := exec.Command(tool, "-raw", pdf, "-").Output()
		must(t, err)
		flat := strings.NewReplacer("\n", "", " ", "", "　", "").Replace(string(text))
		for _, b := range doc.Blocks {
			if want := strings.NewReplacer(" ", "", "　", "").Replace(b.Text); !strings.Contains(flat, want[:min(len(want), 60)/3*3]) {
				t.Errorf("the PDF lacks %q", b.Text)
			}
		}
		if n := strings.Count(string(text), "草稿·未发布"); n < 4 {
			t.Errorf("the draft is marked %d times", n)
		}
	}
}

// What went out by an override names each unit whose result was provisional, and each
// without a result, with the reason, in both formats; what was settled later changes
// nothing of it.
func TestBulletinNamesWhatIsOpen(t *testing.T) {
	o := newOffice(t, 6)
	ctx, d := t.Context(), o.bureau
	r, err := d.Round("2019-08")
	must(t, err)
	if r.Units = append(r.Units, o.units...); !slices.Contains(r.Units, "450900") {
		r.Units = append(r.Units, "450900")
	}
	must(t, d.PutRound(r))
	refused, back := o.letterRefused()
	_, err = d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: ScopeInternal, Drafter: drafter})
	o.refused(err, "理由会印在通报上")
	said := []string{"先行发布的理由：经局长同意先行发布", "结果暂定的单位 1 个：" + d.unitNamed(refused).Name, "结果暂定：待核实", "没有结果或没有名次的单位", d.unitNamed("450900").Name, "没有交评分表",
		"结果暂定的单位和没有结果的单位"}
	s := o.freeze(FreezeRequest{Scope: ScopeInternal, Override: "经局长同意先行发布"})
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	o.did(d.Publish(ctx, s, o.key, ""))
	write := func(path string) error {
		return d.Bulletin(ctx, BulletinRequest{Round: "2019-08", To: "各单位"}, path, nil)
	}
	o.bothSay("通报-有未办结", write, said...)
	back()
	if x, _ := d.caseOf(ctx, "2019-08", refused); len(x.Provisional) > 0 {
		t.Fatalf("the letter counts again, and the result is %v", x.Provisional)
	}
	o.bothSay("通报-有未办结-后来办结", write, said...)
}

// letterRefused takes back the acceptance of a letter on which a result rests, and
// gives the way to accept it again.
func (o *office) letterRefused() (unit string, back func()) {
	o.Helper()
	letters, err := o.bureau.Letters()
	must(o.T, err)
	for _, l := range letters {
		a := *l.Act
		a.Replaces, a.Decision, a.By = l.Hash, inspection.Refused, inspection.Person{}
		hash, _, err := o.bureau.NewAct(o.Context(), a, o.key)
		must(o.T, err)
		if x, _ := o.bureau.caseOf(o.Context(), "2019-08", l.Unit.Code); len(x.Provisional) > 0 {
			return l.Unit.Code, func() {
				a.Replaces, a.Decision, a.By = hash, inspection.Accepted, inspection.Person{}
				_, _, err := o.bureau.NewAct(o.Context(), a, o.key)
				must(o.T, err)
			}
		}
	}
	o.Fatal("no result rests on a letter")
	return "", nil
}

// wordText are the words of a DOCX; its parts must be whole XML.
func wordText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	var text strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		d := xml.NewDecoder(r)
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			must(t, err)
			if c, ok := tok.(xml.CharData); ok && strings.HasPrefix(f.Name, "word/") {
				text.Write(c)
			}
		}
		r.Close()
	}
	return text.String()
}
