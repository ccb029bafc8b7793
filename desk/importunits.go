package desk

import (
	"context"

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

// unitKinds are the kinds and how people call them.
var unitKinds = map[string]string{"": "department", "city": "city", "department": "department", "central": "central",
	"设区市": "city", "市": "city", "部门": "department", "自治区部门": "department", "中直": "central", "中直驻桂单位": "central"}

func unitsOf(rows [][]string) ([]UnitInfo, error) {
	t := headed(rows)
	code, name, kind := t.col("代码", "code"), t.col("名称", "name"), t.col("类别", "kind")
	liaison, phone := t.col("联络员", "liaison"), t.col("电话", "phone")
	if code < 0 || name < 0 {
		return nil, i18n.E("表格第一行要有“代码”和“名称”；没有改动")
	}
	var out []UnitInfo
	seen := map[string]bool{}
	for n := range t.rows {
		c, title := t.at(n, code), t.at(n, name)
		if c == "" && title == "" {
			continue
		}
		k, ok := unitKinds[t.at(n, kind)]
		if !ok || c == "" || title == "" || len(c) > 64 || seen[c] {
			return nil, i18n.E("表格第 %d 行不对：代码、名称要写，代码不能重复，类别是 city、department 或 central；没有改动", n+t.first)
		}
		seen[c] = true
		out = append(out, UnitInfo{Unit: inspection.Unit{Code: c, Name: title, Kind: k}, Liaison: t.at(n, liaison), Phone: t.at(n, phone), Initials: Initials(title)})
	}
	return out, nil
}
