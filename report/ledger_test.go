package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func sampleLedger(units int) Ledger {
	l := Ledger{Title: "2019年8月检查台账", Round: "2019年8月检查", Rubric: "jutongyong-2019", Version: "1", Made: "2019-08-31", Trial: true, Illustrative: true}
	for i := range 28 {
		l.Indicators = append(l.Indicators, LedgerIndicator{Code: fmt.Sprint("A", i), Points: "8"})
	}
	for u := range units {
		name := fmt.Sprintf("单位%05d", u)
		l.Ranking = append(l.Ranking, LedgerRank{Rank: u + 1, Code: fmt.Sprint(u), Unit: name, X: "86.96", Y: "0.00", Total: "86.96", Exact: "2000/23", Band: "高", List: "红榜"})
		cells := make([]string, 28)
		for i := range cells {
			cells[i] = fmt.Sprintf("%d.50", i)
		}
		l.Matrix = append(l.Matrix, LedgerUnit{fmt.Sprint(u), name, cells})
	}
	l.Findings = []LedgerFinding{{Code: "1", Unit: "单位", Indicator: "A2", Rule: "A2-1", Count: "3", Points: "6", Note: "=HYPERLINK(\"x\")"}}
	l.Files = []LedgerFile{{File: "a.pdf", Hash: strings.Repeat("ab", 32), Outcome: "refused", Reason: "签名不成立"}}
	return l
}

// What is written is what another library reads: numbers as numbers, user
// text never a formula.
func TestLedgerReadBack(t *testing.T) {
	var b bytes.Buffer
	must(t, WriteLedger(&b, sampleLedger(3)))
	file := filepath.Join(t.TempDir(), "ledger.xlsx")
	must(t, os.WriteFile(file, b.Bytes(), 0o600))
	out := tool(t, "/usr/bin/python3", "-c", `
import openpyxl, sys
w = openpyxl.load_workbook(sys.argv[1])
print(w.sheetnames)
r = w["排名"]
print(type(r["G2"].value).__name__, r["G2"].value, r["A4"].value, r["H2"].value, r.freeze_panes, r.auto_filter.ref, r.print_title_rows)
m = w["指标矩阵"]
print(m.max_row, m.max_column, type(m["C2"].value).__name__)
f = w["扣分加分明细"]["G2"]
print(f.data_type, f.value)
print(len(w["图表"]._charts), "charts")
`, file)
	for _, want := range []string{"'说明', '排名', '指标矩阵', '扣分加分明细', '没有该项', '行文', '完成情况', '清单', '佐证', '冲突', '处理与修订', '行为', '线索', '指标失分', '等级与榜单', '历轮', '批次', '文件', '日志', '图表'",
		"float 86.96 3 2000/23 A2 $A$1:$N$4 $1:$1", "4 30 float", `s =HYPERLINK("x")`, "1 charts"} {
		if !strings.Contains(out, want) {
			t.Errorf("openpyxl does not see %q in\n%s", want, out)
		}
	}
}

// A sheet ends where a program can read no further row; the rest goes on in the next,
// and no row is lost or written twice.
func TestLedgerGoesOnInAnotherSheet(t *testing.T) {
	defer func(n int) { mostRows = n }(mostRows)
	mostRows = 3
	l := sampleLedger(8)
	l.Log = nil
	for i := range 7 {
		l.Log = append(l.Log, []any{i + 1, fmt.Sprint("第", i+1, "行"), "x"})
	}
	var b bytes.Buffer
	if err := WriteLedger(&b, l); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var units, lines []string
	for i, name := range []string{"指标矩阵", "指标矩阵（2）", "指标矩阵（3）"} {
		rows, err := f.GetRows(name)
		if err != nil || len(rows) != []int{4, 4, 3}[i] || rows[0][0] != "单位代码" {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		for _, r := range rows[1:] {
			units = append(units, r[0])
		}
	}
	for _, name := range []string{"日志", "日志（2）", "日志（3）"} {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			lines = append(lines, r[0])
		}
	}
	for i, u := range l.Matrix {
		if len(units) != len(l.Matrix) || units[i] != u.Code {
			t.Fatalf("units %v", units)
		}
	}
	if strings.Join(lines, "") != "1234567" {
		t.Errorf("lines of the log %v", lines)
	}
	csv, err := LedgerCSV(l)
	if err != nil || len(csv) != len(f.GetSheetList())-1 {
		t.Errorf("%d CSV files for %d sheets and the charts, %v", len(csv), len(f.GetSheetList()), err)
	}
}

func BenchmarkLedger20000x30(b *testing.B) {
	l := sampleLedger(20000)
	l.Ranking = l.Ranking[:100]
	for b.Loop() {
		var buf bytes.Buffer
		if err := WriteLedger(&buf, l); err != nil {
			b.Fatal(err)
		}
	}
}
