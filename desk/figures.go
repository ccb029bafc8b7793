package desk

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
)

// The columns of the table of platform figures, in their order.
var figureHeads = []string{"单位代码", "单位", "指标", "完成情况", "内容", "完成", "总数", "截至", "完成日期"}

// FiguresReport says what an import of platform figures did.
type FiguresReport struct {
	Figures int `json:"figures"`
	Units   int `json:"units"`
	Removed int `json:"removed"` // taken away by a row that says so
}

// Words say what was taken, for a person.
func (r FiguresReport) Words() string {
	s := i18n.T("收下 %d 个单位的 %d 项平台数据", r.Units, r.Figures)
	if r.Removed > 0 {
		s += i18n.T("，删去 %d 项", r.Removed)
	}
	return s
}

// WriteFigures writes the table of platform figures of a round as XLSX: a row
// for each unit and measure, with the figures that are here, to be filled in and
// imported again.
func (d *Desk) WriteFigures(round, path string) error {
	r, err := d.Round(round)
	if err != nil {
		return err
	}
	c, err := d.Compiled(r.RubricHash)
	if err != nil {
		return err
	}
	units, err := d.roundUnits(r)
	if err != nil {
		return err
	}
	have, err := d.Figures(round)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, u := range units {
		for i := range c.Engine.Len() {
			ind := c.Engine.Indicator(i)
			for _, m := range ind.Measures {
				row := []any{u.Code, u.Name, ind.Code, m.Code, m.Label, "", "", r.Cutoff, ""}
				for _, f := range have[u.Code] {
					if f.Measure == m.Code {
						row[5], row[6], row[7], row[8] = report.Number(f.Done.String()), report.Number(f.Total.String()), f.AsOf, f.Completed
					}
				}
				rows = append(rows, row)
			}
		}
	}
	if len(rows) >= tableRows {
		return i18n.E("单位和完成情况合计 %d 行，超过表格上限 %d 行。请先把单位分成几轮", len(rows), tableRows)
	}
	var b bytes.Buffer
	if err := report.WriteTable(&b, i18n.T("平台数据"), figureHeads, rows); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// ImportFigures reads the table of platform figures, XLSX or CSV. Rows without
// figures are left out, as each office fills in its own; a figure for the same unit
// and measure is replaced, and 删除 in the column 完成 takes it away. Each
// error is named by its cell; all rows are taken or none.
func (d *Desk) ImportFigures(round, path string) (FiguresReport, error) {
	var rep FiguresReport
	r, err := d.Round(round)
	if err != nil {
		return rep, err
	}
	c, err := d.Compiled(r.RubricHash)
	if err != nil {
		return rep, err
	}
	units, err := d.roundUnits(r)
	if err != nil {
		return rep, err
	}
	b, err := ReadFile(path)
	if err != nil {
		return rep, err
	}
	rows, err := tableOf(path, b)
	if err != nil {
		return rep, err
	}
	t := newFigureTable(rows, units, c)
	list, gone, err := t.read()
	if err != nil {
		return rep, err
	}
	if len(list)+len(gone) == 0 {
		return rep, i18n.E("表格里没有填写任何数据；没有改动")
	}
	seen := map[string]bool{}
	for _, f := range list {
		seen[f.Unit] = true
	}
	rep.Figures, rep.Units, rep.Removed = len(list), len(seen), len(gone)
	return rep, d.putFigures(round, list, gone)
}

// figureTable is the table while it is read.
type figureTable struct {
	table
	units, measures                            map[string]bool
	unit, measure, done, total, asOf, complete int
	wrong                                      cellErrors
}

func newFigureTable(rows [][]string, units []UnitInfo, c *inspection.Compiled) *figureTable {
	t := &figureTable{table: headed(rows), units: map[string]bool{}, measures: map[string]bool{}, wrong: cellErrors{what: i18n.T("平台数据表")}}
	for _, u := range units {
		t.units[u.Code] = true
	}
	for i := range c.Engine.Len() {
		for _, m := range c.Engine.Indicator(i).Measures {
			t.measures[m.Code] = true
		}
	}
	t.unit, t.measure = t.col("单位代码", "代码", "code"), t.col("完成情况", "measure")
	t.done, t.total = t.col("完成", "done"), t.col("总数", "total")
	t.asOf, t.complete = t.col("截至", "as_of"), t.col("完成日期", "completed")
	return t
}

// read gives the figures, and those that are taken away.
func (t *figureTable) read() (list, gone []inspection.Figure, err error) {
	if t.unit < 0 || t.measure < 0 || t.done < 0 || t.total < 0 || t.asOf < 0 {
		return nil, nil, i18n.E("表格第一行要有“单位代码”“完成情况”“完成”“总数”“截至”；没有改动")
	}
	seen := map[[2]string]int{}
	for n := range t.rows {
		if t.at(n, t.done) == "" && t.at(n, t.total) == "" {
			continue
		}
		row := n + t.first
		f, ok := t.row(n)
		away := t.away(n)
		key := [2]string{f.Unit, f.Measure}
		if before := seen[key]; ok && before > 0 {
			t.wrong.add(t.measure, row, i18n.T("与第 %d 行重复", before))
			continue
		}
		seen[key] = row
		switch {
		case ok && away:
			gone = append(gone, f)
		case ok:
			list = append(list, f)
		}
	}
	return list, gone, t.wrong.err()
}

// away tells whether a row takes its figure away.
func (t *figureTable) away(n int) bool {
	return slices.Contains([]string{"删除", "delete", "—"}, t.at(n, t.done)) && t.at(n, t.total) == ""
}

// row reads one line; what is wrong is noted.
func (t *figureTable) row(n int) (inspection.Figure, bool) {
	row, before := n+t.first, len(t.wrong.lines)+t.wrong.more
	f := inspection.Figure{Unit: t.at(n, t.unit), Measure: t.at(n, t.measure)}
	if !t.units[f.Unit] {
		t.wrong.add(t.unit, row, i18n.T("本轮没有单位“%s”", f.Unit))
	}
	if !t.measures[f.Measure] {
		t.wrong.add(t.measure, row, i18n.T("指标体系没有完成情况“%s”", f.Measure))
	}
	if t.away(n) {
		return f, len(t.wrong.lines)+t.wrong.more == before
	}
	f.Done, f.Total = t.number(n, t.done), t.number(n, t.total)
	if len(t.wrong.lines)+t.wrong.more == before && f.Done > f.Total {
		t.wrong.add(t.done, row, i18n.T("完成 %s 多于总数 %s", f.Done.String(), f.Total.String()))
	}
	f.AsOf, f.Completed = t.day(n, t.asOf), t.day(n, t.complete)
	if t.at(n, t.asOf) == "" {
		t.wrong.add(t.asOf, row, i18n.T("没有写截至日期"))
	}
	return f, len(t.wrong.lines)+t.wrong.more == before
}

func (t *figureTable) number(n, col int) scoring.Decimal {
	text := strings.ReplaceAll(width.Narrow.String(t.at(n, col)), ",", "") // as typed with a Chinese keyboard, too
	d, err := scoring.ParseDecimal(text)
	if err != nil {
		t.wrong.add(col, n+t.first, i18n.T("“%s”不是数字", text))
	}
	return d
}

func (t *figureTable) day(n, col int) string {
	text := t.at(n, col)
	if text == "" {
		return ""
	}
	day, ok := dayOf(text)
	if !ok {
		t.wrong.add(col, n+t.first, i18n.T("“%s”不是日期，应写成 2019-08-31", text))
	}
	return day
}

// Day reads a day that a person wrote; nothing stays nothing.
func Day(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", nil
	}
	day, ok := dayOf(text)
	if !ok {
		return "", i18n.E("“%s”不是日期，应写成 2019-08-31", text)
	}
	return day, nil
}

// dayOf reads a day as people write it, or as Excel keeps it: days since 1900.
func dayOf(text string) (string, bool) {
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 1 && n < 200000 {
		at, err := excelize.ExcelDateToTime(n, false)
		return at.Format(time.DateOnly), err == nil
	}
	text = width.Narrow.String(text)
	text = strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(text)
	at, err := time.Parse("2006-1-2", text)
	return at.Format(time.DateOnly), err == nil
}
