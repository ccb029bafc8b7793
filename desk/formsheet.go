package desk

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// Limits of a form: lines of a sheet, columns beside its own, and how many
// problems are named.
const (
	formRowLimit = 6000
	formSpare    = 12
	mostProblems = 300
)

// formLines reads a sheet that a person filled in: one line per row under the
// heads it must have. A line keeps its place; empty ones give an empty row.
func formLines(f *excelize.File, name string, heads []string) ([]rubricRow, error) {
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, i18n.E("工作表“%s”读不出来；没有改动", name, err)
	}
	since1904 := props.Date1904 != nil && *props.Date1904
	rows, err := sheetRows(f, name)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, i18n.E("工作表“%s”是空的；没有改动", name)
	}
	if len(rows) > formRowLimit {
		return nil, i18n.E("工作表“%s”超过 %d 行；没有改动", name, formRowLimit)
	}
	at := make([]int, len(heads))
	for i, h := range heads {
		if at[i] = slices.Index(rows[0], h); at[i] < 0 {
			return nil, i18n.E("工作表“%s”缺少“%s”列，不是这个程序导出的；没有改动", name, h)
		}
		if again := slices.Index(rows[0][at[i]+1:], h); again >= 0 {
			return nil, i18n.E("工作表“%s”有两列“%s”（%s 和 %s），不知道以哪列为准；没有改动", name, h, columnName(at[i]), columnName(at[i]+1+again))
		}
	}
	out := make([]rubricRow, 0, len(rows)-1)
	for n, cells := range rows[1:] {
		if len(cells) > len(heads)+formSpare {
			return nil, i18n.E("工作表“%s”第 %d 行超过 %d 列；没有改动", name, n+2, len(heads)+formSpare)
		}
		line := rubricRow{}
		for i, h := range heads {
			if at[i] >= len(cells) || cells[at[i]] == "" {
				continue
			}
			value := cells[at[i]]
			if (value == "1" || value == "0") && isBool(f, name, at[i], n+2) {
				value = map[string]string{"1": "TRUE", "0": "FALSE"}[value]
			}
			day := h == "期限" || h == "值" && (line["代码"] == "from" || line["代码"] == "to")
			line[h] = typed(value, day, since1904)
		}
		out = append(out, line)
	}
	for len(out) > 0 && len(out[len(out)-1]) == 0 {
		out = out[:len(out)-1]
	}
	return out, nil
}

// columnName is the letter of a column, counted from 0.
func columnName(at int) string {
	name, err := excelize.ColumnNumberToName(at + 1)
	if err != nil {
		return strconv.Itoa(at + 1)
	}
	return name
}

// isBool tells a cell that is true or false from one with a number.
func isBool(f *excelize.File, sheet string, column, row int) bool {
	cell, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return false
	}
	kind, err := f.GetCellType(sheet, cell)
	return err == nil && kind == excelize.CellTypeBool
}

// typed takes back what Excel makes of an entry in a cell that is not text: where a day
// is meant it is the number of days since 1900, or since 1904 on some machines; a tenth
// is a number near a tenth.
func typed(value string, day, since1904 bool) string {
	if value[0] < '0' || value[0] > '9' {
		return value
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	if day && f > 35000 && f < 73050 && f == math.Trunc(f) { // days of this century
		if t, err := excelize.ExcelDateToTime(f, since1904); err == nil {
			return t.Format("2006-01-02")
		}
	}
	if _, err := scoring.ParseDecimal(value); err == nil {
		return value
	}
	if near := math.Round(f*1e4) / 1e4; math.Abs(near-f) < 1e-9 && f < 1e9 && strings.ContainsAny(value, "eE.") {
		return strconv.FormatFloat(near, 'f', -1, 64)
	}
	return value
}

// mostForeign is how many cells are named that a form must not have.
const mostForeign = 50

// foreignCells finds formulas and merged cells, whose values would be a guess,
// in the first columns of sheets.
func foreignCells(f *excelize.File, heads map[string]int) ([]CellProblem, error) {
	var out []CellProblem
	for _, name := range sortedKeys(heads) {
		merged, err := f.GetMergeCells(name)
		if err != nil {
			return nil, i18n.E("工作表“%s”读不出来；没有改动", name, err)
		}
		for _, m := range merged[:min(len(merged), mostForeign)] {
			out = append(out, CellProblem{Sheet: name, Cell: m.GetStartAxis() + ":" + m.GetEndAxis(), Text: i18n.T("不要合并单元格")})
		}
		rows, err := sheetRows(f, name)
		if err != nil {
			return nil, err
		}
		end := time.Now().Add(tableTime)
		for r := range rows {
			if time.Now().After(end) {
				return nil, i18n.E("工作表“%s”读得太久，可能是恶意文件；没有改动", name)
			}
			for c := range heads[name] { // also a formula without a value is found
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					return nil, err
				}
				if formula, err := f.GetCellFormula(name, cell); err == nil && formula != "" && len(out) < 2*mostForeign {
					out = append(out, CellProblem{Sheet: name, Cell: cell, Text: i18n.T("不要写公式，请写数")})
				}
			}
		}
	}
	return out, nil
}
