package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	l.Files = []LedgerFile{{"a.pdf", strings.Repeat("ab", 32), "refused", "签名不成立"}}
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
