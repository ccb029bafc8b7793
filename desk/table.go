package desk

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xunping/assets/i18n"
)

// Limits of a table from outside. A zip of 300 kB can otherwise ask for
// gigabytes: cells in the last column, or inflated text.
const (
	tableRows    = 20000
	tableColumns = 64
	tableTime    = 10 * time.Second
)

// sheetOptions keep a workbook from outside small while it is unpacked; values
// come as they were typed, dates as numbers.
var sheetOptions = excelize.Options{UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true}

// openBook opens an Excel workbook from outside.
func openBook(path string, b []byte) (*excelize.File, error) {
	if err := guardBook(filepath.Base(path), b); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(b), sheetOptions)
	if err != nil {
		return nil, i18n.E("表格 %s 读不出来，可能已损坏或太大；没有改动", filepath.Base(path), err)
	}
	return f, nil
}

// sheetRows reads one sheet of a workbook from outside, within the limits.
// Empty rows keep their place, so that an error can name the row.
func sheetRows(f *excelize.File, name string) ([][]string, error) {
	if !slices.Contains(f.GetSheetList(), name) {
		return nil, i18n.E("表格里没有工作表“%s”，不是这个程序导出的；没有改动", name)
	}
	rows, err := f.Rows(name)
	if err != nil {
		return nil, i18n.E("工作表“%s”读不出来；没有改动", name, err)
	}
	defer rows.Close()
	var out [][]string
	end := time.Now().Add(tableTime)
	for rows.Next() {
		if len(out) >= tableRows {
			return nil, i18n.E("工作表“%s”超过 %d 行；没有改动", name, tableRows)
		}
		if time.Now().After(end) {
			return nil, i18n.E("工作表“%s”读得太久，可能是恶意文件；没有改动", name)
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, i18n.E("工作表“%s”第 %d 行读不出来；没有改动", name, len(out)+1, err)
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > tableColumns {
			return nil, i18n.E("工作表“%s”第 %d 行超过 %d 列；没有改动", name, len(out)+1, tableColumns)
		}
		out = append(out, cells)
	}
	if err := rows.Error(); err != nil {
		return nil, i18n.E("工作表“%s”读不出来；没有改动", name, err)
	}
	return out, nil
}

// isBook tells an Excel workbook from a CSV.
func isBook(path string, b []byte) bool {
	return strings.EqualFold(filepath.Ext(path), ".xlsx") || bytes.HasPrefix(b, []byte("PK"))
}

// tableOf reads the first sheet of an Excel workbook, or a CSV, from outside.
func tableOf(path string, b []byte) ([][]string, error) {
	if !isBook(path, b) {
		return csvRows(path, b)
	}
	f, err := openBook(path, b)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sheetRows(f, f.GetSheetName(0))
}

// strictTable is tableOf that takes the sheet of a name where there is one, and
// says which it took and what cells in it are formulas or merged.
func strictTable(path string, b []byte, want string) (rows [][]string, sheet string, foreign []CellProblem, err error) {
	if !isBook(path, b) {
		rows, err = csvRows(path, b)
		return rows, "", nil, err
	}
	f, err := openBook(path, b)
	if err != nil {
		return nil, "", nil, err
	}
	defer f.Close()
	if sheet = want; !slices.Contains(f.GetSheetList(), want) {
		sheet = f.GetSheetName(0)
	}
	if rows, err = sheetRows(f, sheet); err != nil {
		return nil, sheet, nil, err
	}
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r))
	}
	foreign, err = foreignCells(f, map[string]int{sheet: wide})
	return rows, sheet, foreign, err
}

// csvRows reads a CSV from outside.
func csvRows(path string, b []byte) ([][]string, error) {
	if !utf8.Valid(b) { // what Excel writes in China
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, i18n.E("表格 %s 不是 UTF-8 也不是 GB18030 文字，请在 Excel 里另存为“CSV UTF-8”或 XLSX 再试；没有改动", filepath.Base(path))
		}
		b = text
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))))
	r.FieldsPerRecord = -1
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, i18n.E("表格 %s 不是正确的 CSV：%s；没有改动", filepath.Base(path), err.Error(), err)
		}
		if len(rows) >= tableRows || len(row) > tableColumns {
			return nil, i18n.E("表格 %s 超过 %d 行或 %d 列；没有改动", filepath.Base(path), tableRows, tableColumns)
		}
		rows = append(rows, row)
	}
}

// table is rows under a head that names their columns.
type table struct {
	columns map[string]int
	rows    [][]string
	first   int // number of the first row of rows, as a person counts
}

// headed takes the first row as head. Names are compared without case and
// outer spaces.
func headed(rows [][]string) table {
	t := table{columns: map[string]int{}, first: 2}
	if len(rows) == 0 {
		return t
	}
	for i, h := range rows[0] {
		if h = strings.ToLower(strings.TrimSpace(h)); h != "" {
			t.columns[h] = i
		}
	}
	t.rows = rows[1:]
	return t
}

// col finds a column by one of its names, −1 if none is there.
func (t table) col(names ...string) int {
	for _, n := range names {
		if i, ok := t.columns[n]; ok {
			return i
		}
	}
	return -1
}

// at is a cell without outer spaces, "" where there is none.
func (t table) at(row, col int) string {
	if col < 0 || row >= len(t.rows) || col >= len(t.rows[row]) {
		return ""
	}
	return strings.TrimSpace(t.rows[row][col])
}
