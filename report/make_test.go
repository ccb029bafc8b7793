package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"testing"
	"time"

	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func dec(s string) scoring.Decimal {
	d, err := scoring.ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// picture is a small generated photo.
func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 120, 255})
		}
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, img))
	return b.Bytes()
}

// sample is a scorecard with absences, findings of every kind, measures, a
// lead, a photo and a file that is no picture.
func sample(t testing.TB) Scorecard {
	t.Helper()
	b, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(b.JSON)
	must(t, err)
	photo, broken := picture(t, 1600, 900), []byte("not a picture")
	evidence := map[string][]byte{canon.Hash(photo): photo, canon.Hash(broken): broken}
	r := &inspection.Record{Format: inspection.RecordFormat, ID: "01912f00-0000-7000-8000-000000000001", Revision: 1, Parents: []string{},
		Rubric: inspection.RubricRef{Code: c.Rubric.Code, SHA256: c.Hash},
		Round:  inspection.Round{Code: "2019-08", Title: "2019年8月检查", Trial: true, Signers: 2, Cutoff: "2019-07-31", Deadlines: map[string]string{"D5-m2": "2019-10-31", "D8-m1": "2019-10-31"}},
		Unit:   inspection.Unit{Code: "450100", Name: "南宁市", Kind: "city"},
		Visit:  inspection.Visit{From: "2019-08-06T09:00:00+08:00", To: "2019-08-06T17:30:00+08:00", Place: "市大数据发展局会议室", Basis: "桂数函〔2019〕258号"},
		People: inspection.People{Inspectors: []inspection.Person{{Name: "检查员甲", Number: "J001"}, {Name: "检查员乙", Number: "J002"}},
			UnitHead: inspection.Person{Name: "负责人甲", Title: "副局长"}, Liaison: inspection.Person{Name: "联络员甲", Phone: "0771-0000000"}},
		Entries: map[string]inspection.Entry{}, Sealed: "2019-08-06T17:40:00+08:00",
		Evidence: []inspection.EvidenceRef{{SHA256: canon.Hash(photo), Name: "机房.jpg", Media: "image/png", Bytes: int64(len(photo)), Caption: "自建机房仍在运行"}, {SHA256: canon.Hash(broken), Name: "清单.xls", Bytes: 13}}}
	fifteen, ten := dec("15"), dec("10")
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		e := inspection.Entry{State: scoring.Checked, Measures: map[string]inspection.Measure{}}
		for _, m := range ind.Measures {
			e.Measures[m.Code] = inspection.Measure{Done: &ten, Total: &ten, Completed: "2019-07-20", AsOf: "2019-07-31", Source: "platform"}
		}
		r.Entries[ind.Code] = e
	}
	r.Entries["A1"] = inspection.Entry{State: scoring.Absent, Absence: &inspection.Absence{Letter: "南数函〔2019〕12号", Date: "2019-07-01", Reason: "没有非涉密业务专网"}}
	r.Entries["A2"] = inspection.Entry{State: scoring.Checked, Note: "现场查看自建机房，15 个系统中有 5 个没有迁移。𠮷",
		Findings: []inspection.Finding{{ID: "f1", Rule: "A2-2", Count: dec("3"), Points: dec("3"), Note: "三个系统没有提出申请", Evidence: []string{canon.Hash(photo)}},
			{ID: "f2", Rule: "A2-1", Points: dec("2"), Note: "没有制定计划"}},
		Measures: map[string]inspection.Measure{"A2-m1": {Done: &ten, Total: &fifteen, AsOf: "2019-07-31", Source: "site"}}, Evidence: []string{canon.Hash(broken)}}
	r.Entries["A3"] = inspection.Entry{State: scoring.Checked, Findings: []inspection.Finding{{ID: "f1", Rule: "A3-3", Count: dec("1"), Points: dec("2"), Responsible: "D001", Note: "由自治区部门牵头"}},
		Measures: r.Entries["A3"].Measures}
	return Scorecard{Record: r, Hash: "8f14e45fceea167a5a36dedd4bea2543f0a5b1c2d3e4f5061728394a5b6c7d8e", Rubric: c, Result: r.Score(c), Evidence: evidence}
}

// tool runs an independent program; where tools must be there a missing one
// fails the test.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("XUNPING_TOOLS") == "must" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

var day = time.Date(2019, 8, 31, 0, 0, 0, 0, time.UTC)
