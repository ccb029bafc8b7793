package desk

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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
