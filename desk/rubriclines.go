package desk

import (
	"maps"
	"slices"
	"strconv"

	"xunping/assets/i18n"
)

// lineRank orders what stands below an indicator, and says how deep each type
// of line lies.
var lineRank = map[string]struct{ depth, rank int }{linePart: {0, 0}, lineAbsent: {1, 0}, lineGroup: {1, 1}, lineIndicator: {2, 0},
	lineRule: {3, 0}, lineMeasure: {3, 1}, lineAspect: {3, 2}, lineMaterial: {3, 3}, lineGuide: {3, 4}}

// RubricLine is one thing of a draft: a part, an indicator, a rule, a setting.
type RubricLine struct {
	At    int    // index among the lines, or the settings
	Type  string // 部分, 指标, 规则 …; 设置, 等级 … for a setting
	Depth int
	Cells map[string]string // by head
	Wrong int               // problems of this very line
}

// Lines are the things of the draft in their order.
func (e *RubricEditor) Lines() []RubricLine { return e.lines(rubricSheet, e.doc.Lines) }

// Settings are the lines of the sheet of settings.
func (e *RubricEditor) Settings() []RubricLine { return e.lines(settingSheet, e.doc.Settings) }

func (e *RubricEditor) lines(sheet string, rows []rubricRow) []RubricLine {
	wrong := map[int]int{}
	for _, p := range e.problems {
		if p.Sheet == sheet {
			wrong[p.line]++
		}
	}
	out := make([]RubricLine, len(rows))
	for i, r := range rows {
		out[i] = RubricLine{At: i, Type: r["类型"], Depth: lineRank[r["类型"]].depth, Cells: r, Wrong: wrong[i]}
	}
	return out
}

// LineProblems are the problems of a line by the head of the column.
func (e *RubricEditor) LineProblems(setting bool, at int) map[string]string {
	out := map[string]string{}
	for _, p := range e.problems {
		if (p.Sheet == settingSheet) == setting && p.line == at {
			out[p.head] = p.Text
		}
	}
	return out
}

// Set changes a cell. Changes of the same cell are one step for undo until
// Flush or another change.
func (e *RubricEditor) Set(setting bool, at int, head, value string) error {
	rows := e.doc.Lines
	if setting {
		rows = e.doc.Settings
	}
	if at < 0 || at >= len(rows) || rows[at][head] == value {
		return nil
	}
	if setting && (rows[at]["代码"] == "points_status" || rows[at]["代码"] == "rules_status") {
		return i18n.E("分值和扣分情形只在发布时凭文号成为正式")
	}
	row, cell := rows[at], editedCell{setting, at, head}
	if e.unsaved != "" && e.cell != cell {
		if err := e.Flush(); err != nil {
			return err
		}
	}
	if e.unsaved == "" {
		name := row["代码"]
		if name == "" || setting && row["名称"] != "" {
			name = row["名称"]
		}
		e.unsaved, e.cell = i18n.T("改 %s %s", row["类型"]+" "+name, head), cell
	}
	row[head] = value
	if value == "" {
		delete(row, head)
	}
	e.cleared = nil
	if head == "方式" {
		e.cleared = idleColumns(row)
	}
	for _, h := range e.cleared {
		delete(row, h)
	}
	e.check()
	return nil
}

// Cleared are the columns that the last change of a kind emptied, because they
// do not count for the new kind. Undo brings them back.
func (e *RubricEditor) Cleared() []string { return e.cleared }

// Idle are the columns of a line that hold something and do not count for it.
func (l *RubricLine) Idle() []string { return idleColumns(l.Cells) }

// end is where the lines below a line end.
func (e *RubricEditor) end(at int) int {
	depth := lineRank[e.doc.Lines[at]["类型"]].depth
	n := at + 1
	for n < len(e.doc.Lines) && lineRank[e.doc.Lines[n]["类型"]].depth > depth {
		n++
	}
	return n
}

// Adds are the types of lines that can be added below a line of a type.
func Adds(kind string) []string {
	switch lineRank[kind].depth {
	case 0:
		return []string{lineGroup, lineAbsent, linePart}
	case 1:
		if kind == lineGroup {
			return []string{lineIndicator, lineGroup}
		}
		return []string{lineAbsent}
	}
	return []string{lineRule, lineMeasure, lineAspect, lineMaterial, lineGuide, lineIndicator}
}

// Add adds a line of a type for the line at: below it where it belongs there,
// else beside it. It gives the new line.
func (e *RubricEditor) Add(at int, kind string) (int, error) {
	want, ok := lineRank[kind]
	if !ok {
		return 0, i18n.E("没有“%s”这种行", kind)
	}
	if err := e.Flush(); err != nil {
		return 0, err
	}
	parent := at
	for parent >= 0 && (parent >= len(e.doc.Lines) || lineRank[e.doc.Lines[parent]["类型"]].depth >= want.depth) {
		parent--
	}
	if parent < 0 && want.depth > 0 {
		return 0, i18n.E("“%s”要写在一个“部分”下面", kind)
	}
	to := len(e.doc.Lines)
	if parent >= 0 {
		to = parent + 1
		for to < e.end(parent) {
			if r := lineRank[e.doc.Lines[to]["类型"]]; r.depth == want.depth && r.rank > want.rank {
				break
			}
			to++
		}
	}
	row := e.fresh(parent, kind)
	e.doc.Lines = slices.Insert(e.doc.Lines, to, row)
	e.check()
	return to, e.save(i18n.T("加%s %s", kind, row["代码"]))
}

// fresh is a new line with a code that nothing has yet.
func (e *RubricEditor) fresh(parent int, kind string) rubricRow {
	row, above := rubricRow{"类型": kind}, ""
	if parent >= 0 {
		above = e.doc.Lines[parent]["代码"]
	}
	begins, coded := map[string]string{linePart: "P", lineGroup: above + "G", lineIndicator: above, lineRule: above + "-", lineMeasure: above + "-m"}[kind]
	for n := 1; coded && row["代码"] == ""; n++ {
		name := begins + strconv.Itoa(n)
		if !slices.ContainsFunc(e.doc.Lines, func(r rubricRow) bool { return r["类型"] == kind && r["代码"] == name }) {
			row["代码"] = name
		}
	}
	maps.Copy(row, map[string]rubricRow{linePart: {"名称": i18n.T("新部分"), "方式": "扣分", "分值": "0", "缺项时": "不允许"}, lineGroup: {"名称": i18n.T("新分组")},
		lineIndicator: {"名称": i18n.T("新指标"), "分值": "0"}, lineRule: {"名称": i18n.T("新规则"), "方式": "一次", "分值": "1"}, lineGuide: {"方式": "注"}, lineAbsent: {"方式": "必须行文"}}[kind])
	return row
}

// Remove takes a line out, with all below it.
func (e *RubricEditor) Remove(at int) error {
	if at < 0 || at >= len(e.doc.Lines) {
		return nil
	}
	if err := e.Flush(); err != nil {
		return err
	}
	row := e.doc.Lines[at]
	e.doc.Lines = slices.Delete(e.doc.Lines, at, e.end(at))
	e.check()
	return e.save(i18n.T("删%s %s", row["类型"], row["代码"]))
}

// Move moves a line with all below it up (by −1) or down (by 1) among those of
// its type. It gives where the line is now.
func (e *RubricEditor) Move(at, by int) (int, error) {
	if at < 0 || at >= len(e.doc.Lines) {
		return at, nil
	}
	kind, first := e.doc.Lines[at]["类型"], at
	second := e.end(at)
	if by < 0 {
		first, second = at-1, at
		for first >= 0 && lineRank[e.doc.Lines[first]["类型"]].depth > lineRank[kind].depth {
			first--
		}
	}
	if first < 0 || second >= len(e.doc.Lines) || e.doc.Lines[first]["类型"] != kind || e.doc.Lines[second]["类型"] != kind {
		return at, nil
	}
	if err := e.Flush(); err != nil {
		return at, err
	}
	end, name := e.end(second), e.doc.Lines[at]["代码"]
	moved := slices.Concat(e.doc.Lines[:first], e.doc.Lines[second:end], e.doc.Lines[first:second], e.doc.Lines[end:])
	e.doc.Lines = moved
	e.check()
	if by < 0 {
		at = first
	} else {
		at = first + end - second
	}
	return at, e.save(i18n.T("移动%s %s", kind, name))
}
