package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A code that no record can carry, a formula and a merged cell are refused by
// sheet and cell, all at once, and no row is taken.
func TestUnitsAreRefusedByCell(t *testing.T) {
	d, _, _ := editorOf(t)
	before, err := d.Units()
	must(t, err)
	f := excelize.NewFile()
	must(t, f.SetSheetName("Sheet1", "名单"))
	for i, row := range [][]any{{"代码", "名称", "类别"}, {"A 1", "甲", "市"}, {"B/2", "乙", "市"}, {"-C", "丙", "市"}, {"D4", "丁", "市"}, {"E5", "", "区"}} {
		must(t, f.SetSheetRow("名单", cellName(rubricSheet, "类型", i+1), &row))
	}
	must(t, f.SetCellFormula("名单", "B5", `"丁"&"市"`))
	must(t, f.MergeCell("名单", "C2", "C3"))
	path := filepath.Join(t.TempDir(), "u.xlsx")
	must(t, f.SaveAs(path))
	_, err = d.ImportUnits(path)
	if err == nil {
		t.Fatal("taken")
	}
	for _, cell := range []string{"A2", "A3", "A4", "B5", "C2:C3", "B6", "C6"} {
		if !strings.Contains(err.Error(), "名单 "+cell+" ") {
			t.Errorf("%s is not named: %v", cell, err)
		}
	}
	csv := filepath.Join(t.TempDir(), "u.csv")
	must(t, os.WriteFile(csv, []byte("代码,名称\nA 1,甲\nB2,乙\n"), 0o600))
	if _, err := d.ImportUnits(csv); err == nil || !strings.Contains(err.Error(), "A2 ") {
		t.Error(err)
	}
	if after, err := d.Units(); err != nil || len(after) != len(before) {
		t.Error("rows were taken", err)
	}
}
