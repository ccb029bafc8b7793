package seal

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"xunping/assets/fonts"
	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
)

var noon = time.Date(2019, 8, 6, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))

// team is a root with two inspectors and a bureau key, made once: keys are
// slow only in PKCS#12, which is not used here.
type team struct {
	root                *Root
	one, two, bureau    *Identity
	stranger, otherHand *Identity
}

func newTeam(t testing.TB) *team {
	t.Helper()
	root, err := NewRoot("示例局", noon.AddDate(-1, 0, 0), noon.AddDate(30, 0, 0))
	must(t, err)
	person := func(name, number string) *Identity {
		id, err := NewIdentity(Person{name, number, "示例局"}, noon)
		must(t, err)
		req, err := id.Request()
		must(t, err)
		csr, who, err := ReadRequest(req)
		must(t, err)
		if who.Number != number {
			t.Fatalf("request names %v", who)
		}
		cert, err := root.Issue(csr, noon.AddDate(-1, 0, 0), noon.AddDate(30, 0, 0))
		must(t, err)
		id, err = id.Accept(cert, root.Certificate())
		must(t, err)
		return id
	}
	return &team{root: root, one: person("检查员甲", "J001"), two: person("检查员乙", "J002"), bureau: person("汇总员", "B001"),
		stranger: person("检查员甲", "J001"), otherHand: person("检查员丙", "J003")}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func builtin(t testing.TB) *inspection.Compiled {
	t.Helper()
	b, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(b.JSON)
	must(t, err)
	return c
}

// sealedRecord is a complete record without findings, signed by s.
func sealedRecord(t testing.TB, c *inspection.Compiled, s Signer, edit func(*inspection.Record)) []byte {
	t.Helper()
	none := ""
	ten := 10 * scoring.One
	r := &inspection.Record{Format: inspection.RecordFormat, ID: "01912f00-0000-7000-8000-000000000001", Revision: 1, Parents: []string{},
		Rubric: inspection.RubricRef{Code: c.Rubric.Code, SHA256: c.Hash},
		Round:  inspection.Round{Code: "2019-08", Title: "2019年8月检查", Trial: true, Signers: 2, Deadlines: map[string]string{}},
		Unit:   inspection.Unit{Code: "450100", Name: "南宁市", Kind: "city"}, Visit: inspection.Visit{From: "2019-08-06T09:00:00+08:00"},
		People:  inspection.People{Inspectors: []inspection.Person{{Name: "检查员甲", Number: "J001"}, {Name: "检查员乙", Number: "J002"}}},
		Entries: map[string]inspection.Entry{}, Signer: s.SPKI(), Sealed: noon.Format(time.RFC3339), Previous: &none, Counter: 1}
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		e := inspection.Entry{State: scoring.Checked, Measures: map[string]inspection.Measure{}}
		for _, m := range ind.Measures {
			e.Measures[m.Code] = inspection.Measure{Done: &ten, Total: &ten, Completed: "2019-06-01"}
			if m.Deadline == scoring.RoundDeadline {
				r.Round.Deadlines[m.Code] = "2019-10-31"
			}
		}
		r.Entries[ind.Code] = e
	}
	if edit != nil {
		edit(r)
	}
	score, err := r.ScoreJSON(c)
	must(t, err)
	r.Claimed = score
	b, _, err := r.Canonical()
	must(t, err)
	return b
}

// drawn is a two-page document as the drawing library makes it.
func drawn(t testing.TB) []byte {
	t.Helper()
	p := gofpdf.New("P", "mm", "A4", "")
	p.SetCreationDate(noon)
	p.SetModificationDate(noon)
	p.SetCatalogSort(true)
	p.AddUTF8FontFromBytes("n", "", bytes.Clone(fonts.Regular))
	for range 2 {
		p.AddPage()
		p.SetFont("n", "", 12)
		p.CellFormat(100, 10, "评分表 南宁市 100.00", "", 1, "", false, 0, "")
	}
	var b bytes.Buffer
	must(t, p.Output(&b))
	return b.Bytes()
}

var testFields = []Field{{"inspector", 2, 25, 200, 60, 22}, {"coinspector", 2, 90, 200, 60, 22}, {"bureau", 2, 25, 230, 60, 22}}

func draftOf(t testing.TB, tm *team, evidence ...File) (Draft, *inspection.Compiled) {
	t.Helper()
	c := builtin(t)
	rec := sealedRecord(t, c, tm.one, func(r *inspection.Record) {
		for _, e := range evidence {
			r.Evidence = append(r.Evidence, inspection.EvidenceRef{SHA256: canon.Hash(e.Data), Name: e.Name, Media: e.Media})
		}
	})
	return Draft{Pages: drawn(t), Record: rec, Rubric: c.JSON, Evidence: evidence, Fields: testFields, Title: "评分表"}, c
}

// sealed is a scorecard with the given number of signatures (1 to 3).
func sealed(t testing.TB, tm *team, signatures int) []byte {
	t.Helper()
	d, _ := draftOf(t, tm, File{Name: "机房.txt", Media: "text/plain", Data: []byte("照片")})
	b, err := SealPDF(d, tm.one, noon)
	must(t, err)
	if signatures > 1 {
		b, err = Cosign(b, "coinspector", tm.two, noon.Add(time.Minute))
		must(t, err)
	}
	if signatures > 2 {
		b, err = Cosign(b, "bureau", tm.bureau, noon.Add(time.Hour))
		must(t, err)
	}
	return b
}

// tool runs an independent program. Where tools must be there (make test), a
// missing one fails the test.
func tool(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("XUNPING_TOOLS") == "must" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	return string(out), err
}
