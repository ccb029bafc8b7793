package desk

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// sheetsOf reads a workbook with openpyxl: heads and rows as another library
// sees them.
func sheetsOf(t *testing.T, path string) map[string][][]any {
	t.Helper()
	python := "/usr/bin/python3"
	if exec.Command(python, "-c", "import openpyxl").Run() != nil {
		t.Skip("openpyxl is not here")
	}
	out, err := exec.Command(python, "-c", `
import openpyxl, sys, json
w = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({s.title: [[c.value for c in r] for r in s.iter_rows()] for s in w.worksheets}))
`, path).Output()
	must(t, err)
	sheets := map[string][][]any{}
	must(t, json.Unmarshal(out, &sheets))
	return sheets
}

func numbersOf(rows [][]any, col int) float64 {
	sum := 0.0
	for _, r := range rows[1:] {
		if n, ok := r[col].(float64); ok {
			sum += n
		}
	}
	return sum
}

// Every sheet of the ledger equals the workbook, read back by another library.
func TestLedgerEqualsWorkbook(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	made, err := Demo(t.Context(), DemoOptions{Dir: dir, Units: 14, Rounds: 2, Conflicts: 2, Seed: 11}, nil)
	must(t, err)
	d, err := Open(made.Workbook)
	must(t, err)
	defer d.Close()
	round := "2019-09"
	path := filepath.Join(dir, "l.xlsx")
	must(t, d.WriteLedger(t.Context(), round, path, nil))
	sheets := sheetsOf(t, path)
	rows, err := d.Rank(round, "")
	must(t, err)
	c, err := d.roundRubric(t.Context(), round)
	must(t, err)

	rank := sheets["排名"]
	if len(rank) != len(rows)+1 {
		t.Fatalf("%d lines of the ranking, want %d", len(rank)-1, len(rows))
	}
	var findings, measures, items, evidence, absences int
	points := 0.0
	for i, r := range rows {
		line := rank[i+1]
		if line[1] != r.Unit.Code || line[2] != r.Unit.Name {
			t.Errorf("line %d is %v, want %s", i, line, r.Unit.Name)
		}
		if r.Rank > 0 && (line[0] != float64(r.Rank) || fmt.Sprintf("%.2f", line[6]) != r.Value || line[7] != r.Exact) {
			t.Errorf("%s: %v, want %d %s %s", r.Unit.Name, line, r.Rank, r.Value, r.Exact)
		}
		if r.Hash == "" {
			continue
		}
		rec, err := d.record(t.Context(), r.Hash)
		must(t, err)
		evidence += len(rec.Evidence)
		for _, e := range rec.Entries {
			findings += len(e.Findings)
			for _, f := range e.Findings {
				points += float64(f.Points) / float64(scoring.One)
			}
			for _, m := range e.Measures {
				measures++
				items += len(m.Items)
			}
			if e.Absence != nil {
				absences++
			}
		}
		row := slices.IndexFunc(sheets["指标矩阵"], func(l []any) bool { return l[0] == r.Unit.Code })
		res := rec.Score(c)
		for k := range res.Len() {
			cell := sheets["指标矩阵"][row][k+2]
			if res.At(k).State == scoring.Checked && fmt.Sprintf("%g", cell) != res.At(k).Counted.Plain() {
				t.Errorf("%s %s: %v, want %s", r.Unit.Name, res.At(k).Code, cell, res.At(k).Counted.Plain())
			}
		}
	}
	acts, err := d.Acts(round)
	must(t, err)
	letters := 0
	all, err := d.Letters()
	must(t, err)
	for _, l := range all {
		if slices.ContainsFunc(rows, func(r RankRow) bool { return r.Unit.Code == l.Unit.Code }) {
			letters++
		}
	}
	batches, err := d.wb.Batches(t.Context())
	must(t, err)
	for name, want := range map[string]int{"扣分加分明细": findings, "完成情况": measures, "清单": items, "佐证": evidence, "没有该项": absences, "行为": len(acts),
		"行文": letters, "批次": len(batches), "冲突": 4, "历轮": 2} {
		if have := len(sheets[name]) - 1; have != want {
			t.Errorf("%s has %d lines, the workbook %d", name, have, want)
		}
	}
	if sum := numbersOf(sheets["扣分加分明细"], 5); fmt.Sprintf("%.4f", sum) != fmt.Sprintf("%.4f", points) {
		t.Errorf("the findings add up to %f, the records to %f", sum, points)
	}
	about := fmt.Sprint(sheets["说明"])
	for _, want := range []string{Program, c.Rubric.Code, "2019年9月检查", "试评"} {
		if !strings.Contains(about, want) {
			t.Errorf("the first sheet does not say %s", want)
		}
	}
	lostInLosses := numbersOf(sheets["指标失分"], 3)
	lostInMatrix := 0.0
	for k, head := range sheets["指标矩阵"][0] {
		for i := range c.Engine.Len() {
			if ind := c.Engine.Indicator(i); head == ind.Code+"（"+ind.Points.String()+"）" && c.Engine.Part(i).Kind == scoring.Deduct {
				lostInMatrix += numbersOf(sheets["指标矩阵"], k)
			}
		}
	}
	if fmt.Sprintf("%.4f", lostInLosses) != fmt.Sprintf("%.4f", lostInMatrix) {
		t.Errorf("losses are %f in one sheet and %f in the other", lostInLosses, lostInMatrix)
	}
}

// A text that a spreadsheet would run stays a text, in XLSX and in CSV.
func TestLedgerRunsNothing(t *testing.T) {
	d, dir, _ := bureauOf(t, 3)
	rows, err := d.Rank("2019-08", "")
	must(t, err)
	rec, _, _, err := d.oneHead("2019-08", rows[0].Unit.Code)
	must(t, err)
	evil := `=HYPERLINK("http://x","点我")`
	var code string
	entry := inspection.Entry{}
	for k, e := range rec.Entries {
		if len(e.Findings) > 0 {
			code, entry = k, clone(rec).Entries[k]
			entry.Findings[0].Note = evil
		}
	}
	a, err := d.Amend("2019-08", rows[0].Unit.Code, map[string]Choice{code: {Entry: &entry, Reason: "+1 试"}})
	must(t, err)
	_, err = d.SignAmendment(t.Context(), a, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "e.pdf"))
	must(t, err)
	names, err := d.WriteLedgerCSV(t.Context(), "2019-08", filepath.Join(dir, "csv"), nil)
	must(t, err)
	if len(names) != 19 {
		t.Errorf("%d files: %v", len(names), names)
	}
	found := 0
	for _, n := range names {
		b, err := os.ReadFile(n)
		must(t, err)
		for _, cell := range strings.FieldsFunc(string(b), func(r rune) bool { return r == ',' || r == '\n' }) {
			if strings.HasPrefix(strings.Trim(cell, `"`), "=") || strings.HasPrefix(cell, "+") {
				t.Errorf("%s has %q", filepath.Base(n), cell)
			}
			if strings.HasPrefix(strings.Trim(cell, `"`), "'=") || strings.HasPrefix(cell, "'+") {
				found++
			}
		}
	}
	if found < 2 {
		t.Errorf("the texts are not in the files (%d)", found)
	}
}

// The scorecards of a round lie in one folder, named by unit, and verify; of two
// copies the one with more signatures is taken.
func TestScorecardsOfARound(t *testing.T) {
	d, dir, _ := bureauOf(t, 5)
	r, err := d.WriteScorecards(t.Context(), "2019-08", filepath.Join(dir, "cards"), nil)
	must(t, err)
	if len(r.Written) != 5 || len(r.Missing) != 0 {
		t.Fatalf("%+v", r)
	}
	for _, n := range r.Written {
		path := filepath.Join(dir, "cards", n)
		code, _, _ := strings.Cut(n, " ")
		was, err := os.ReadFile(filepath.Join(dir, "sealed", "2019-08", code+".pdf"))
		must(t, err)
		is, err := os.ReadFile(path)
		must(t, err)
		if string(is) != string(was) {
			t.Errorf("%s is not the file that came", n)
		}
	}
	signed := filepath.Join(dir, "signed.pdf")
	code, _, _ := strings.Cut(r.Written[0], " ")
	must(t, Cosign(filepath.Join(dir, "sealed", "2019-08", code+".pdf"), signed, "bureau", bureauKey(dir), DemoPassphrase, d.Now()))
	_, err = d.Merge(t.Context(), []string{signed}, false, nil)
	must(t, err)
	again, err := d.WriteScorecards(t.Context(), "2019-08", filepath.Join(dir, "again"), nil)
	must(t, err)
	at := slices.IndexFunc(again.Written, func(n string) bool { return strings.HasPrefix(n, code+" ") })
	is, err := os.ReadFile(filepath.Join(dir, "again", again.Written[at]))
	must(t, err)
	was, err := os.ReadFile(signed)
	must(t, err)
	if string(is) != string(was) {
		t.Error("the copy with the later signature was not taken")
	}
}
