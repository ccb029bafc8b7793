package desk

import (
	"bytes"
	"context"
	"encoding/csv"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// ImportReport says what an import of units did.
type ImportReport struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}

// maxUnits is the longest list that is read.
const maxUnits = 200000

// ImportUnits adds units from a table, XLSX or CSV, with a head row: 代码 and
// 名称, and perhaps 类别 (city, department, central or their names), 联络员, 电话.
// Either all rows are taken or none.
func (d *Desk) ImportUnits(path string) (ImportReport, error) {
	var rep ImportReport
	b, err := ReadFile(path)
	if err != nil {
		return rep, err
	}
	rows, err := tableOf(path, b)
	if err != nil {
		return rep, err
	}
	list, err := unitsOf(rows)
	if err != nil {
		return rep, err
	}
	have, err := d.Units()
	if err != nil {
		return rep, err
	}
	known := map[string]UnitInfo{}
	for _, u := range have {
		known[u.Code] = u
	}
	out := make([]store.UnitRow, 0, len(list))
	for _, u := range list {
		old, has := known[u.Code]
		switch {
		case !has:
			rep.Added++
		case old == u:
			rep.Same++
			continue
		default:
			rep.Changed++
		}
		out = append(out, store.UnitRow{Code: u.Code, Name: u.Name, Kind: u.Kind, Liaison: u.Liaison, Phone: u.Phone, Pinyin: u.Initials})
	}
	if len(out) == 0 {
		return rep, nil
	}
	return rep, d.wb.PutUnits(context.Background(), out)
}

// tableOf reads the first sheet of a workbook, or a CSV.
func tableOf(path string, b []byte) ([][]string, error) {
	if strings.EqualFold(filepath.Ext(path), ".xlsx") || bytes.HasPrefix(b, []byte("PK")) {
		f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 64 << 20})
		if err != nil {
			return nil, i18n.E("表格 %s 读不出来，可能已损坏；没有改动", path, err)
		}
		defer f.Close()
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			return nil, i18n.E("表格 %s 读不出来，可能已损坏；没有改动", path, err)
		}
		return rows, nil
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, i18n.E("表格 %s 不是正确的 CSV：%s；没有改动", path, err.Error(), err)
	}
	return rows, nil
}

// unitKinds are the kinds and how people call them.
var unitKinds = map[string]string{"": "department", "city": "city", "department": "department", "central": "central",
	"设区市": "city", "市": "city", "部门": "department", "自治区部门": "department", "中直": "central", "中直驻桂单位": "central"}

func unitsOf(rows [][]string) ([]UnitInfo, error) {
	if len(rows) == 0 || len(rows) > maxUnits {
		return nil, i18n.E("表格是空的，或超过 %d 行；没有改动", maxUnits)
	}
	column := map[string]int{}
	for i, h := range rows[0] {
		column[strings.ToLower(strings.TrimSpace(h))] = i
	}
	col := func(names ...string) int {
		for _, n := range names {
			if i, ok := column[n]; ok {
				return i
			}
		}
		return -1
	}
	code, name, kind := col("代码", "code"), col("名称", "name"), col("类别", "kind")
	liaison, phone := col("联络员", "liaison"), col("电话", "phone")
	if code < 0 || name < 0 {
		return nil, i18n.E("表格第一行要有“代码”和“名称”；没有改动")
	}
	var out []UnitInfo
	seen := map[string]bool{}
	for n, row := range rows[1:] {
		cell := func(i int) string {
			if i < 0 || i >= len(row) {
				return ""
			}
			return strings.TrimSpace(row[i])
		}
		if cell(code) == "" && cell(name) == "" {
			continue
		}
		k, ok := unitKinds[cell(kind)]
		if !ok || cell(code) == "" || cell(name) == "" || len(cell(code)) > 64 || seen[cell(code)] {
			return nil, i18n.E("表格第 %d 行不对：代码、名称要写，代码不能重复，类别是 city、department 或 central；没有改动", n+2)
		}
		seen[cell(code)] = true
		out = append(out, UnitInfo{Unit: inspection.Unit{Code: cell(code), Name: cell(name), Kind: k}, Liaison: cell(liaison), Phone: cell(phone), Initials: Initials(cell(name))})
	}
	return out, nil
}
