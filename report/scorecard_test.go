package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
)

func TestScorecardSaysEverything(t *testing.T) {
	l, err := DrawScorecard(sample(t))
	must(t, err)
	file := filepath.Join(t.TempDir(), "card.pdf")
	must(t, os.WriteFile(file, l.PDF, 0o600))
	if keep := os.Getenv("XUNPING_KEEP"); keep != "" {
		must(t, os.WriteFile(keep, l.PDF, 0o600))
	}
	got := strings.Join(strings.Fields(tool(t, "pdftotext", "-layout", file, "-")), "")
	for _, want := range []string{"南宁市", "2019年8月检查", "试评", "示例扣分情形与示例分值", "南数函〔2019〕12号", "A2-2应迁移而未提出迁移上云申请的信息系统",
		"三个系统没有提出申请", "10／15=66.67%", "转为线索", "25/23", "盖章处", "第1页共", "8f14e45fceea167a", "检查员甲", "联络员甲", "不得录入涉密信息", "U+20BB7", "佐证清单"} {
		if !strings.Contains(got, strings.ReplaceAll(want, " ", "")) {
			t.Errorf("the pages do not say %q", want)
		}
	}
	if len(l.Fields) != 3 || l.Pages < 3 || string(l.Missing) != "𠮷" {
		t.Errorf("fields %d, pages %d, missing %q", len(l.Fields), l.Pages, string(l.Missing))
	}
}

func TestFindingsOfOneRuleAreLines(t *testing.T) {
	c := sample(t)
	e := c.Record.Entries["A2"]
	e.Findings = append(e.Findings, inspection.Finding{ID: "f3", Rule: "A2-2", Count: dec("2"), Points: dec("2"), Note: "县区的两个", Responsible: "D001"})
	c.Record.Entries["A2"] = e
	c.Result = c.Record.Score(c.Rubric)
	l, err := DrawScorecard(c)
	must(t, err)
	expectSaid(t, said(t, l), "三个系统没有提出申请", "县区的两个", "责任单位 D001，本单位计 0 分")
}

func TestScorecardIsDeterministic(t *testing.T) {
	a, err := DrawScorecard(sample(t))
	must(t, err)
	done := make(chan []byte)
	for range 2 {
		go func() {
			b, _ := DrawScorecard(sample(t))
			done <- b.PDF
		}()
	}
	for range 2 {
		if !bytes.Equal(a.PDF, <-done) {
			t.Error("the same record gave other bytes")
		}
	}
}

// Long texts, many findings and everything absent are drawn, too.
func TestScorecardExtremes(t *testing.T) {
	long := sample(t)
	e := long.Record.Entries["B1"]
	for i := range 40 {
		e.Findings = append(e.Findings, inspection.Finding{ID: fmt.Sprint("f", i), Clause: "一（一）", Points: dec("0.1"), Note: strings.Repeat("很长的说明，", 40)})
	}
	long.Record.Entries["B1"] = e
	long.Result = long.Record.Score(long.Rubric)
	empty := sample(t)
	for code := range empty.Record.Entries {
		empty.Record.Entries[code] = inspection.Entry{State: scoring.Absent}
	}
	empty.Result, empty.Hash, empty.Evidence = empty.Record.Score(empty.Rubric), "", nil
	for name, c := range map[string]Scorecard{"long": long, "empty": empty} {
		l, err := DrawScorecard(c)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		file := filepath.Join(t.TempDir(), "card.pdf")
		must(t, os.WriteFile(file, l.PDF, 0o600))
		text := tool(t, "pdftotext", file, "-")
		if n := strings.Count(text, "很"); name == "long" && n != 1600 {
			t.Errorf("%d of 1600 phrases are printed", n)
		}
		if name == "empty" && !strings.Contains(text, "未签发") {
			t.Error("an unsigned print does not say so")
		}
	}
}

// The QR code on the paper is read by an independent program and holds the
// record's hash.
func TestTheCodeOnThePaper(t *testing.T) {
	c := sample(t)
	l, err := DrawScorecard(c)
	must(t, err)
	dir := t.TempDir()
	file := filepath.Join(dir, "card.pdf")
	must(t, os.WriteFile(file, l.PDF, 0o600))
	found := false
	for page := 1; page <= l.Pages; page++ {
		n := fmt.Sprint(page)
		if !strings.Contains(tool(t, "pdftotext", "-f", n, "-l", n, file, "-"), "如何核验") {
			continue
		}
		found = true
		picture := filepath.Join(dir, "page")
		tool(t, "pdftoppm", "-r", "200", "-gray", "-singlefile", "-f", n, "-l", n, file, picture)
		if out := tool(t, "zbarimg", "-q", "--nodbus", picture+".pgm"); strings.TrimSpace(out) != "QR-Code:xunping:"+c.Hash {
			t.Errorf("the code says %q", out)
		}
	}
	if !found {
		t.Error("no page tells how to verify")
	}
	c.Hash = ""
	l, err = DrawScorecard(c)
	must(t, err)
	must(t, os.WriteFile(file, l.PDF, 0o600))
	if strings.Contains(tool(t, "pdftotext", file, "-"), "如何核验") {
		t.Error("an unsigned print tells how to verify it")
	}
}

func BenchmarkDrawScorecard(b *testing.B) {
	c := sample(b)
	c.Evidence = nil
	c.Record.Entries["A2"] = inspection.Entry{State: scoring.Checked, Measures: c.Record.Entries["A2"].Measures}
	for b.Loop() {
		if _, err := DrawScorecard(c); err != nil {
			b.Fatal(err)
		}
	}
}

// drawings are the hashes of the sample pages by the version of the drawing.
// Sheets signed with an older program are compared with the version they name.
var drawings = map[string]string{
	"scorecard/1": "cee0b31c7e5a59917381abe7e7faf481ac5ef1f8262128c07fa7bc148e7a1148",
	"scorecard/2": "d30884251208543da0182781ef7fa4f55c38de3e3af474b6cf859b395958d4a7", // how to verify, with a QR code
	"scorecard/3": "d30884251208543da0182781ef7fa4f55c38de3e3af474b6cf859b395958d4a7", // a correction names what it replaces and marks its rows; open items
	"scorecard/4": "d30884251208543da0182781ef7fa4f55c38de3e3af474b6cf859b395958d4a7", // an outline of the sections
	"scorecard/5": "cfa674750248324c7032c3eb5d37389ae04fa81e242cb09a485225537ebf1d6d", // pictures reduced in whole numbers; smaller streams, fonts and stamps
	"scorecard/6": "589ab98b57449427a98a54b1c03a9278b3cec3f993fa9441e7361acdd60d4e15", // every line of the derivation can be reckoned again
	"scorecard/7": "589ab98b57449427a98a54b1c03a9278b3cec3f993fa9441e7361acdd60d4e15", // a note, and the reason of a correction, in every state (the sample has none)
}

// Whoever changes the pages raises Drawing: otherwise an old, honest sheet
// would be called different. A new Go whose compressor writes other bytes counts
// as a change, too.
func TestDrawingIsNamed(t *testing.T) {
	l, err := DrawScorecard(sample(t))
	must(t, err)
	got := canon.Hash(l.PDF)
	if want := drawings[Drawing]; got != want {
		t.Errorf("the sample pages have hash %s, the drawing %s had %q: raise Drawing and add its hash", got, Drawing, want)
	}
}
