package desk

import (
	"bytes"
	"context"
	"strings"
	"unicode"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
	"xunping/store"
)

// ImportReport says what an import of units did.
type ImportReport struct {
	Added   int        `json:"added"`
	Changed int        `json:"changed"`
	Same    int        `json:"same"`
	Near    []NearName `json:"near"` // names that look alike and may be one unit

	// Renamed are the known units whose name or kind is another now: perhaps a new
	// unit was written under the code of an old one.
	Renamed []UnitChange `json:"renamed"`
}

// UnitChange is a unit as it was and as it is.
type UnitChange struct {
	Code    string `json:"code"`
	Was     string `json:"was"` // name
	Name    string `json:"name"`
	WasKind string `json:"was_kind"`
	Kind    string `json:"kind"`
}

// Words name the change for a person.
func (c UnitChange) Words() string {
	if c.Kind == c.WasKind {
		return i18n.T("%s　%s → %s", c.Code, c.Was, c.Name)
	}
	return i18n.T("%s　%s（%s）→ %s（%s）", c.Code, c.Was, scoring.Said(c.WasKind), c.Name, scoring.Said(c.Kind))
}

// NearName are two units whose names differ by no more than one character.
type NearName struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Other string `json:"other_code"`
	Title string `json:"other_name"`
}

// unitSheet is the sheet of units in a workbook that WriteUnits wrote.
const unitSheet = "单位"

var unitHeads = []string{"代码", "名称", "类别", "联络员", "电话"}

// unitKinds are the kinds and how people call them.
var unitKinds = map[string]string{"": "department", "city": "city", "department": "department", "central": "central",
	"设区市": "city", "市": "city", "部门": "department", "自治区部门": "department", "中直": "central", "中直驻桂单位": "central", "中直单位": "central"}

// WriteUnits writes the list of units as an Excel form that ImportUnits reads.
func (d *Desk) WriteUnits(path string) error {
	list, err := d.Units()
	if err != nil {
		return err
	}
	s := report.FormSheet{Name: unitSheet, Heads: unitHeads, Spare: 50, Choices: map[string][]string{"类别": {"设区市", "自治区部门", "中直单位"}},
		Locked: func(row int, head string) bool { return head == "代码" }, Kept: "已有的代码不改：名册、任务包和已签的记录靠它认得单位。新单位写在下面的空行里。", Wide: map[string]float64{"代码": 14, "名称": 44, "类别": 14, "联络员": 14, "电话": 18}}
	for _, u := range list {
		s.Rows = append(s.Rows, []string{u.Code, u.Name, word(u.Kind), u.Liaison, u.Phone})
	}
	var b bytes.Buffer
	err = report.WriteForm(&b, report.Form{Sheets: []report.FormSheet{s}, Explains: []string{
		"一行一个单位。改名称、类别、联络员、电话，直接在格子里改；改完用“从表格导入”读回，程序逐格检查，有错就指出格子，一行不收。",
		"灰色的代码是已有的：名册、任务包和已签的记录靠它认得单位，不要改。新单位在下面的空行里写，代码要和已有的不同。",
		"删去一行不会删掉单位。名称和别的单位只差一个字的，导入后会列出来，请核对是不是同一个单位。"}})
	if err != nil {
		return i18n.E("单位名单写不成 Excel：%s", err, err)
	}
	return writeFile(path, b.Bytes())
}

// ImportUnits adds units from a table, XLSX or CSV, with a head row: 代码 and
// 名称, and perhaps 类别 (city, department, central or their names), 联络员, 电话.
// A column that is not there leaves what is known. Either all rows are taken or
// none; every error is named by its cell.
func (d *Desk) ImportUnits(path string) (ImportReport, error) {
	rep := ImportReport{Near: []NearName{}, Renamed: []UnitChange{}}
	b, err := ReadFile(path)
	if err != nil {
		return rep, err
	}
	rows, sheet, foreign, err := strictTable(path, b, unitSheet)
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
	list, err := unitsOf(rows, known, sheet, foreign)
	if err != nil {
		return rep, err
	}
	out := make([]store.UnitRow, 0, len(list))
	fresh := map[string]bool{}
	for _, u := range list {
		old, has := known[u.Code]
		switch {
		case !has:
			rep.Added++
			have = append(have, u)
		case old == u:
			rep.Same++
			continue
		default:
			if old.Name != u.Name || old.Kind != u.Kind {
				rep.Renamed = append(rep.Renamed, UnitChange{Code: u.Code, Was: old.Name, Name: u.Name, WasKind: old.Kind, Kind: u.Kind})
			}
			rep.Changed++
			for i := range have {
				if have[i].Code == u.Code {
					have[i] = u
				}
			}
		}
		fresh[u.Code] = old.Name != u.Name
		out = append(out, store.UnitRow{Code: u.Code, Name: u.Name, Kind: u.Kind, Liaison: u.Liaison, Phone: u.Phone, Pinyin: u.Initials})
	}
	rep.Near = nearNames(have, fresh)
	if len(out) == 0 {
		return rep, nil
	}
	return rep, d.wb.ImportUnits(context.Background(), out, map[string]any{"added": rep.Added, "changed": rep.Changed, "renamed": rep.Renamed})
}

// unitsOf are the units of a table. A code must be one that records can carry.
func unitsOf(rows [][]string, known map[string]UnitInfo, sheet string, foreign []CellProblem) ([]UnitInfo, error) {
	t := headed(rows)
	code, name, kind := t.col("代码", "code"), t.col("名称", "name"), t.col("类别", "kind")
	liaison, phone := t.col("联络员", "liaison"), t.col("电话", "phone")
	if code < 0 || name < 0 {
		return nil, i18n.E("表格第一行要有“代码”和“名称”；没有改动")
	}
	var out []UnitInfo
	wrong := cellErrors{what: i18n.T("单位表格"), sheet: sheet}
	for _, p := range foreign {
		wrong.named(p.Cell, p.Text)
	}
	for i, h := range rows[0] {
		if h = strings.ToLower(strings.TrimSpace(h)); h != "" && t.columns[h] != i {
			wrong.add(i, 1, i18n.T("有两列“%s”，不知道以哪列为准", h))
		}
	}
	seen := map[string]bool{}
	for n := range t.rows {
		c, title := t.at(n, code), t.at(n, name)
		if c == "" && title == "" {
			continue
		}
		row := n + t.first
		k, ok := unitKinds[t.at(n, kind)]
		switch {
		case c == "":
			wrong.add(code, row, i18n.T("代码要写"))
		case !inspection.IsCode(c):
			wrong.add(code, row, i18n.T("代码“%s”不能用：字母或数字开头，可含字母、数字、点、横线、下划线，最多 64 个字", c))
		case seen[c]:
			wrong.add(code, row, i18n.T("代码 %s 重复", c))
		}
		switch {
		case title == "":
			wrong.add(name, row, i18n.T("名称要写"))
		case !strings.ContainsFunc(title, unicode.IsLetter):
			wrong.add(name, row, i18n.T("“%s”不是单位的名称", title))
		}
		if !ok {
			wrong.add(kind, row, i18n.T("类别是 设区市、自治区部门 或 中直单位"))
		}
		seen[c] = true
		u := known[c]
		u.Unit = inspection.Unit{Code: c, Name: title, Kind: k}
		if t.at(n, kind) == "" && known[c].Kind != "" {
			u.Kind = known[c].Kind
		}
		u.Initials = Initials(title)
		if liaison >= 0 {
			u.Liaison = t.at(n, liaison)
		}
		if phone >= 0 {
			u.Phone = t.at(n, phone)
		}
		out = append(out, u)
	}
	return out, wrong.err()
}

// nearNames finds names of units that came or changed (fresh) which another unit
// has but for one character: names that share what is left when one character
// is taken out, short ones the last.
func nearNames(list []UnitInfo, fresh map[string]bool) []NearName {
	by := map[string][]int{}
	out := []NearName{}
	seen := map[[2]string]bool{}
	for i, u := range list {
		name := []rune(plainName(u.Name))
		keys := []string{string(name), "/" + stem(name)}
		for k := range name {
			if len(name) > 3 && len(name) <= 60 {
				keys = append(keys, string(name[:k])+string(name[k+1:]))
			}
		}
		for _, key := range keys {
			for _, j := range by[key] {
				o := list[j]
				if o.Code != u.Code && (fresh[u.Code] || fresh[o.Code]) && !seen[[2]string{o.Code, u.Code}] {
					seen[[2]string{o.Code, u.Code}] = true
					out = append(out, NearName{Code: u.Code, Name: u.Name, Other: o.Code, Title: o.Name})
				}
			}
			if n := len(by[key]); n == 0 || by[key][n-1] != i {
				by[key] = append(by[key], i)
			}
		}
	}
	return out
}

// stem is a name without what it is called at the end: 林业厅 and 林业局, 南宁 and 南宁市.
func stem(name []rune) string {
	if n := len(name); n > 2 && strings.ContainsRune("厅局委办市县区", name[n-1]) {
		name = name[:n-1]
	}
	return string(name)
}

// plainName is a name without what people leave out or write in two ways.
func plainName(s string) string {
	for _, w := range []string{"广西壮族自治区", "自治区", " ", "　", "（", "）", "(", ")"} {
		s = strings.ReplaceAll(s, w, "")
	}
	return s
}
