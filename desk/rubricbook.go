package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/report"
	"xunping/scoring"
)

// Sheets of a rubric in Excel.
const (
	rubricSheet  = "指标"
	settingSheet = "设置"
)

// originalPart is how much of the original one cell of the hidden sheet takes.
const originalPart = 30000

// rubricExplains is the first sheet: what a clerk has to know.
var rubricExplains = []string{
	"本工作簿是一套指标体系。“指标”表一行写一样东西，先看“类型”列；“设置”表写名称、版本、等级、榜单和术语。",
	"改分值、情形、时限和文字，直接在格子里改；有下拉的格子请从下拉里选。改完在“指标”里用“从 Excel 读入”（或“从 Excel 或文件起草”）读回，程序逐格检查，有错就指出表名和格子。",
	"灰色的格子是已有的代码，已签的记录靠它认得指标和规则，不能改成别的；要换，就删去这一行，另加一行。工作表没有保护，行可以插入、删去、移动。",
	"加一条规则：在它的指标下面插入一行，类型选“规则”，写代码、名称、方式和分值。加一个指标：插入一行，类型选“指标”，分值写满分。",
	"各指标的分值之和要等于所在“部分”的分值，不等时导入会说差多少。",
	"一格写几样东西的（适用、分档、条件、材料内容），一行写一样，换行用 Alt+Enter。分档写“完成率 空格 分”，如“0.9 1”；上限组写“代码 空格 上限”。",
	"方式：每次 = 每发现一次扣（加）“分值”，到“上限”为止；一次 = 发现就扣“分值”；幅度 = 在“最少”和“最多”之间由检查员定；按差距 = 离目标每差一个“步长”扣“分值”；分档 = 按完成率取分；按期完成 = “完成情况”所列各项按期做完得“分值”；否决 = 见“效果”。",
	"“部分”行的“对应”“最少”“最多”是门槛：所指部分达到“最少”、或超过“最多”时，本部分才计分。",
	"不要合并单元格，不要写公式。“分值”“扣分情形”两项设置在这里改没有用：只在发布时凭文号成为“正式”。",
}

// WriteRubricBook writes a rubric as an Excel workbook that ReadRubricBook
// reads back to the same bytes. An error of the writer, or a text that no cell
// takes.
func WriteRubricBook(w io.Writer, c *inspection.Compiled) error {
	settings, lines := rubricLines(c.Rubric)
	return writeBook(w, settings, lines, string(c.JSON))
}

// writeBook writes lines, which may have faults, and the original of which they are the
// lines, if they are a rubric.
func writeBook(w io.Writer, settings, lines []rubricRow, original string) error {
	doc := rubricDoc{Settings: settings}
	form := report.Form{Explains: []string{doc.setting("title") + "（" + doc.setting("code") + "，版本 " + doc.setting("version") + "）"}}
	form.Explains = append(form.Explains, rubricExplains...)
	form.Sheets = []report.FormSheet{
		{Name: rubricSheet, Heads: rubricHeads, Rows: formRows(rubricHeads, lines), Choices: rubricChoices,
			Kept: "已有的代码不改：记录靠它认得这一行。要换，就删去这一行，另加一行。",
			Locked: func(row int, head string) bool {
				return head == "代码" && slices.Contains([]string{linePart, lineGroup, lineIndicator, lineRule, lineMeasure}, lines[row]["类型"])
			},
			Strong: func(row int) bool {
				return slices.Contains([]string{linePart, lineGroup, lineIndicator}, lines[row]["类型"])
			},
			Wide: map[string]float64{"代码": 14, "名称": 60, "内容": 60, "分档": 14, "适用": 14, "依据": 22, "责任单位": 22, "期限": 12}, Spare: 20},
		{Name: settingSheet, Heads: settingHeads, Rows: formRows(settingHeads, settings),
			Choices: map[string][]string{"类型": {lineSetting, lineBand, lineList, lineTerm, lineNote}},
			Only: func(row int, head string) []string {
				if head != "值" || settings[row]["类型"] != lineSetting {
					return nil
				}
				return settingChoices[settings[row]["代码"]]
			},
			Locked: func(row int, head string) bool { return head == "代码" }, Kept: "设置的代码不改。",
			Wide: map[string]float64{"代码": 16, "名称": 34, "值": 44, "内容": 80}, Spare: 20},
	}
	for rest := original; rest != ""; {
		n := min(originalPart, len(rest))
		for n < len(rest) && rest[n]&0xC0 == 0x80 {
			n--
		}
		form.Original = append(form.Original, rest[:n])
		rest = rest[n:]
	}
	err := report.WriteForm(w, form)
	if errors.Is(err, report.ErrLongCell) {
		return i18n.E("指标体系写不成 Excel：有一段文字超过一格能写的 32767 个字，请分成几段", err)
	}
	if err != nil {
		return i18n.E("指标体系写不成 Excel：%s", err, err)
	}
	return nil
}

// SaveRubricBook writes a rubric as an Excel file, which is whole or not there.
func SaveRubricBook(path string, c *inspection.Compiled) error {
	var b bytes.Buffer
	if err := WriteRubricBook(&b, c); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// SaveBook writes the draft as an Excel file, also one with faults: so that nothing is
// lost when it is discarded, and somebody else can go on with it.
func (e *RubricEditor) SaveBook(path string) error {
	if err := e.Flush(); err != nil {
		return err
	}
	if c, err := e.Compiled(); err == nil {
		return SaveRubricBook(path, c)
	}
	var b bytes.Buffer
	if err := writeBook(&b, e.doc.Settings, e.doc.Lines, ""); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// OpenRubricBook reads a rubric from an Excel file, ready for use, or gives what
// is wrong in it by cell.
func OpenRubricBook(path string) (*inspection.Compiled, []CellProblem, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	out, problems, err := ReadRubricBook(path, b)
	if err != nil || len(problems) > 0 {
		return nil, problems, err
	}
	c, err := inspection.Compile(out)
	return c, []CellProblem{}, err
}

// rubricChoices are the drop-downs. A column means several things; it offers
// what any of them takes.
var rubricChoices = map[string][]string{
	"类型":   {linePart, lineAbsent, lineGroup, lineIndicator, lineRule, lineMeasure, lineAspect, lineMaterial, lineGuide},
	"方式":   {"扣分", "加分", "每次", "一次", "幅度", "按差距", "分档", "按期完成", "否决", "必须行文", "可以行文", "问题", "目标", "标准", "注", "流程", "步骤"},
	"缺项时":  {"按比例折算", "计满分", "摊到其余", "不允许", "不得分", "得满分"},
	"谁评":   {"检查组", "主管部门"},
	"效果":   {"总评不合格", "本项归零", "总分封顶"},
	"不足一步": {"计"},
}

// settingChoices are the values of the settings that have a fixed set of them.
var settingChoices = map[string][]string{"points_status": {"示例", "正式"}, "rules_status": {"示例", "正式"}, "free_findings": {"可以", "要审批", "不可以"},
	"places": {"0", "1", "2", "3", "4"}}

func formRows(heads []string, lines []rubricRow) [][]string {
	out := make([][]string, len(lines))
	for i, line := range lines {
		out[i] = make([]string, len(heads))
		for c, h := range heads {
			out[i][c] = line[h]
		}
	}
	return out
}

// cellName is where a head stands in a line, as Excel writes it: "C14".
func cellName(sheet, head string, line int) string {
	heads := rubricHeads
	if sheet == settingSheet {
		heads = settingHeads
	}
	name, err := excelize.CoordinatesToCellName(max(slices.Index(heads, head), 0)+1, line)
	if err != nil {
		return fmt.Sprint(line)
	}
	return name
}

// ReadRubricBook reads a rubric from an Excel workbook: its JSON, or everything
// that is wrong with it, each with its cell. A workbook that nobody changed
// gives the very bytes it was made of, so its hash stays. The error is that of
// a file that is no such workbook.
func ReadRubricBook(name string, b []byte) ([]byte, []CellProblem, error) {
	f, err := openBook(name, b)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	settings, lines, problems, err := formOf(f)
	if err != nil {
		return nil, nil, err
	}
	if original := originalRubric(f); original != nil && len(problems) == 0 {
		s, l := rubricLines(original.Rubric)
		if reflect.DeepEqual(trimmed(s), trimmed(settings)) && reflect.DeepEqual(trimmed(l), trimmed(lines)) {
			return original.JSON, nil, nil
		}
	}
	k := readRubricLines(settings, lines)
	if problems = append(problems, k.all()...); len(problems) > 0 {
		if more := len(problems) - mostProblems; more > 0 {
			problems = append(problems[:mostProblems], CellProblem{Sheet: rubricSheet, Text: i18n.T("还有 %d 处", more)})
		}
		return nil, problems, nil
	}
	out, err := rubricBytes(&k.r)
	return out, nil, err
}

// readForm reads the lines of both sheets of a form, and the cells that a form
// must not have.
func readForm(name string, b []byte) (settings, lines []rubricRow, foreign []CellProblem, err error) {
	f, err := openBook(name, b)
	if err != nil {
		return nil, nil, nil, err
	}
	defer f.Close()
	return formOf(f)
}

func formOf(f *excelize.File) (settings, lines []rubricRow, foreign []CellProblem, err error) {
	if settings, err = formLines(f, settingSheet, settingHeads); err != nil {
		return nil, nil, nil, err
	}
	if lines, err = formLines(f, rubricSheet, rubricHeads); err != nil {
		return nil, nil, nil, err
	}
	foreign, err = foreignCells(f, map[string]int{settingSheet: len(settingHeads), rubricSheet: len(rubricHeads)})
	return settings, lines, foreign, err
}

// all is everything that is wrong in the lines.
func (k *rubricReader) all() []CellProblem {
	out := k.problems
	for _, p := range k.r.Check() {
		out = append(out, k.problemAt(p))
	}
	return out
}

// doubts are what nobody can mean in the lines.
func (k *rubricReader) doubts() (out []CellProblem) {
	for _, p := range k.r.Doubts() {
		out = append(out, k.problemAt(p))
	}
	return out
}

// rubricBytes are the canonical bytes of a rubric. As the format leaves members
// out: also those that are false or 0, which keeps the digest of every
// indicator that nobody touched.
func rubricBytes(r *scoring.Rubric) ([]byte, error) {
	out, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return canon.Canonical(out)
}

// trimmed leaves out empty cells and empty lines, which say nothing.
func trimmed(lines []rubricRow) []rubricRow {
	var out []rubricRow
	for _, line := range lines {
		line = maps.Clone(line)
		maps.DeleteFunc(line, func(_, v string) bool { return v == "" })
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	return out
}

// originalRubric is the rubric of the hidden sheet, nil where there is none
// that can be used.
func originalRubric(f *excelize.File) *inspection.Compiled {
	rows, err := sheetRows(f, report.FormOriginal)
	if err != nil {
		return nil
	}
	var b strings.Builder
	for _, r := range rows {
		if len(r) > 0 {
			b.WriteString(r[0])
		}
	}
	if !json.Valid([]byte(b.String())) {
		return nil
	}
	c, err := inspection.Compile([]byte(b.String()))
	if err != nil {
		return nil
	}
	return c
}

// problemAt gives a problem of the rubric its cell: that of the longest path
// that has a line of its own.
func (k *rubricReader) problemAt(p scoring.Problem) CellProblem {
	path := p.Place
	for path != "" {
		if at, ok := k.rows[path]; ok {
			return cellProblem(at.sheet, memberHead(at.sheet, path, p.Place), at.line, i18n.Person(p.Err))
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return CellProblem{Sheet: rubricSheet, Text: p.Error(), line: -1}
}

// memberHead is the column of what a place names below the line at path.
func memberHead(sheet, path, place string) string {
	if sheet == settingSheet {
		if strings.HasSuffix(place, ".name") || strings.HasSuffix(place, ".term") {
			return "名称"
		}
		return "值"
	}
	for _, member := range strings.Split(strings.TrimPrefix(place, path), ".") {
		member, _, _ = strings.Cut(member, "[")
		if h, ok := scoring.Heads[member]; ok {
			return h
		}
	}
	return "类型"
}
