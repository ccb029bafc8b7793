package desk

import (
	"fmt"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// CellProblem is something wrong in a workbook that a clerk filled in, with the
// place to look at.
type CellProblem struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Text  string `json:"text"`

	line int // index of the line in its sheet
	head string
}

// At is the line of the form, from 0, and the head of its column.
func (p CellProblem) At() (line int, head string) { return p.line, p.head }

// cellProblem names a cell of a line as a person counts.
func cellProblem(sheet, head string, line int, text string) CellProblem {
	return CellProblem{sheet, cellName(sheet, head, line), text, line - 2, head}
}

// rubricReader makes a rubric of lines, and notes every problem with its cell.
type rubricReader struct {
	r        scoring.Rubric
	problems []CellProblem
	rows     map[string]place // path in the rubric → line
	at       place
	row      rubricRow
	path     string          // of the present indicator
	settings map[string]bool // seen
}

type place struct {
	sheet string
	line  int // as a person counts
}

func readRubricLines(settings, lines []rubricRow) *rubricReader {
	k := &rubricReader{rows: map[string]place{}, settings: map[string]bool{}}
	k.r = scoring.Rubric{Format: scoring.RubricFormat, Parts: []scoring.Part{}, Bands: []scoring.Band{}, Lists: []scoring.List{}}
	for i, row := range settings {
		if len(row) == 0 {
			continue
		}
		k.at = place{settingSheet, i + 2}
		k.row = k.counting(row)
		k.setting()
	}
	for _, name := range []string{"code", "version", "title", "points_status", "rules_status", "free_findings", "places"} {
		if !k.settings[name] { // 0 places is a choice, no row is none
			k.problems = append(k.problems, CellProblem{Sheet: settingSheet, line: -1, Text: i18n.T("缺少设置“%s”（%s）这一行", SettingWord(settingNames[name]), name)})
		}
	}
	for i, row := range lines {
		if len(row) == 0 {
			continue
		}
		k.at = place{rubricSheet, i + 2}
		k.row = k.counting(row)
		k.line()
	}
	return k
}

// wrong notes a problem of the present line.
func (k *rubricReader) wrong(head string, err error) {
	k.problems = append(k.problems, cellProblem(k.at.sheet, head, k.at.line, i18n.Person(err)))
}

func (k *rubricReader) note(path string) { k.rows[path] = k.at }

// decimal reads an optional number.
func (k *rubricReader) decimal(head string) *scoring.Decimal {
	text := strings.TrimSpace(k.row[head])
	if text == "" {
		return nil
	}
	d, err := scoring.ParseDecimal(text)
	if err != nil {
		k.wrong(head, err)
		return nil
	}
	return &d
}

// number reads a number that must be there.
func (k *rubricReader) number(head string) scoring.Decimal {
	if d := k.decimal(head); d != nil {
		return *d
	}
	if strings.TrimSpace(k.row[head]) == "" {
		k.wrong(head, i18n.E("这里要写数"))
	}
	return 0
}

func (k *rubricReader) list(head string) []string {
	out, err := readList(k.row[head])
	if err != nil {
		k.wrong(head, err)
	}
	return out
}

func (k *rubricReader) setting() {
	r, row := &k.r, k.row
	switch row["类型"] {
	case lineSetting:
		k.scalar()
	case lineBand:
		k.note(fmt.Sprintf("bands[%d]", len(r.Bands)))
		r.Bands = append(r.Bands, scoring.Band{Name: row["名称"], From: k.number("值")})
	case lineList:
		k.note(fmt.Sprintf("lists[%d]", len(r.Lists)))
		r.Lists = append(r.Lists, scoring.List{Name: row["名称"], AtLeast: k.decimal("值"), Below: k.decimal("另一值")})
	case lineTerm:
		k.note(fmt.Sprintf("glossary[%d]", len(r.Glossary)))
		r.Glossary = append(r.Glossary, scoring.Term{Term: row["名称"], Text: row["内容"]})
	case lineNote:
		k.note(fmt.Sprintf("notes[%d]", len(r.Notes)))
		r.Notes = append(r.Notes, row["内容"])
	default:
		k.wrong("类型", i18n.E("没有“%s”这种行", row["类型"]))
	}
}

func (k *rubricReader) scalar() {
	r, value := &k.r, k.row["值"]
	texts := map[string]*string{"code": &r.Code, "version": &r.Version, "title": &r.Title, "issuer": &r.Issuer, "basis": &r.Basis, "from": &r.Effective.From, "to": &r.Effective.To}
	words := map[string]*string{"points_status": &r.PointsStatus, "rules_status": &r.RulesStatus, "free_findings": &r.FreeFindings}
	name := k.row["代码"]
	if k.settings[name] {
		k.wrong("代码", i18n.E("设置“%s”写了两次，只能写一次", name))
		return
	}
	k.settings[name] = true
	k.note(map[string]string{"from": "effective.from", "to": "effective.to"}[name] + map[bool]string{true: name}[name != "from" && name != "to"])
	switch {
	case texts[name] != nil:
		*texts[name] = value
	case words[name] != nil:
		*words[name] = code(value)
	case name == "places":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			k.wrong("值", i18n.E("这里要写数"))
		}
		r.Places = n
	default:
		k.wrong("代码", i18n.E("没有“%s”这个设置", name))
	}
}

func (k *rubricReader) line() {
	r, row := &k.r, k.row
	kind := row["类型"]
	var p *scoring.Part
	if len(r.Parts) > 0 {
		p = &r.Parts[len(r.Parts)-1]
	}
	switch {
	case kind == linePart:
		k.part()
	case p == nil:
		k.wrong("类型", i18n.E("“%s”要写在一个“部分”下面", kind))
	case kind == lineAbsent:
		k.absent(p)
	case kind == lineGroup:
		k.note(fmt.Sprintf("parts[%d].groups[%d]", len(r.Parts)-1, len(p.Groups)))
		p.Groups = append(p.Groups, scoring.Group{Code: row["代码"], Title: row["名称"], Indicators: []scoring.Indicator{}})
	case len(p.Groups) == 0:
		k.wrong("类型", i18n.E("“%s”要写在一个“分组”下面", kind))
	default:
		k.inGroup(p, &p.Groups[len(p.Groups)-1], kind)
	}
}

func (k *rubricReader) absent(p *scoring.Part) {
	if p.Absence.Allowed == nil {
		p.Absence.Allowed = map[string]scoring.AbsenceRule{}
	}
	name := k.row["对应"]
	if _, twice := p.Absence.Allowed[name]; twice {
		k.wrong("对应", i18n.E("指标“%s”在本部分已经写过一行“可以没有”，只能写一次", name))
		return
	}
	k.note(fmt.Sprintf("parts[%d].absence.allowed.%s", len(k.r.Parts)-1, name))
	p.Absence.Allowed[name] = scoring.AbsenceRule{Letter: code(k.row["方式"]), Conditions: k.list("内容")}
}

func (k *rubricReader) part() {
	row := k.row
	k.note(fmt.Sprintf("parts[%d]", len(k.r.Parts)))
	p := scoring.Part{Code: row["代码"], Title: row["名称"], Kind: code(row["方式"]), Full: k.number("分值"), Clause: row["依据"],
		Absence: scoring.Absence{Policy: code(row["缺项时"])}, Groups: []scoring.Group{}}
	if row["对应"] != "" {
		p.Gate = &scoring.Gate{Part: row["对应"], AtLeast: k.decimal("最少"), Above: k.decimal("最多")}
	} else if row["最少"] != "" || row["最多"] != "" {
		k.wrong("对应", i18n.E("写了门槛的分，也要写看哪个部分；没有门槛就把“最少”“最多”清空"))
	}
	k.r.Parts = append(k.r.Parts, p)
}

func (k *rubricReader) inGroup(p *scoring.Part, g *scoring.Group, kind string) {
	row := k.row
	if kind == lineIndicator {
		k.path = fmt.Sprintf("parts[%d].groups[%d].indicators[%d]", len(k.r.Parts)-1, len(p.Groups)-1, len(g.Indicators))
		k.note(k.path)
		g.Indicators = append(g.Indicators, scoring.Indicator{Code: row["代码"], Title: row["名称"], Points: k.number("分值"), Due: row["期限"], Clause: row["依据"],
			Mirror: row["对应"], WhenAbsent: code(row["缺项时"]), DecidedBy: code(row["谁评"]), Rules: []scoring.Rule{}})
		return
	}
	if len(g.Indicators) == 0 {
		k.wrong("类型", i18n.E("“%s”要写在一个“指标”下面", kind))
		return
	}
	x := &g.Indicators[len(g.Indicators)-1]
	switch kind {
	case lineRule:
		k.note(fmt.Sprintf("%s.rules[%d]", k.path, len(x.Rules)))
		x.Rules = append(x.Rules, k.rule())
	case lineMeasure:
		k.note(fmt.Sprintf("%s.measures[%d]", k.path, len(x.Measures)))
		x.Measures = append(x.Measures, scoring.Measure{Code: row["代码"], Label: row["名称"], Target: k.decimal("分值"), Deadline: code(row["期限"])})
	case lineAspect:
		k.note(fmt.Sprintf("%s.aspects[%d]", k.path, len(x.Aspects)))
		x.Aspects = append(x.Aspects, row["名称"])
	case lineMaterial:
		k.note(fmt.Sprintf("%s.materials[%d]", k.path, len(x.Materials)))
		x.Materials = append(x.Materials, scoring.Material{Title: row["名称"], Contents: k.list("内容")})
	case lineGuide:
		k.guide(x)
	default:
		k.wrong("类型", i18n.E("没有“%s”这种行", kind))
	}
}

func (k *rubricReader) rule() scoring.Rule {
	row := k.row
	r := scoring.Rule{Code: row["代码"], Text: row["名称"], Kind: code(row["方式"]), Unit: row["单位"], Cap: k.decimal("上限"), Min: k.decimal("最少"), Max: k.decimal("最多"),
		Step: k.decimal("步长"), Partial: code(row["不足一步"]) == "yes", Effect: code(row["效果"]), Clause: row["依据"]}
	if row["不足一步"] != "" && !r.Partial {
		k.wrong("不足一步", i18n.E("这里写“%s”，或者空着", scoring.Word("计")))
	}
	switch points := k.decimal("分值"); r.Kind {
	case scoring.Each, scoring.Share:
		r.Per = points
	case scoring.Veto:
		r.Value = points
	default:
		r.Points = points
	}
	if r.Kind == scoring.Complete {
		r.Needs = k.list("完成情况")
	} else {
		r.Measure = row["完成情况"]
	}
	if text := row["上限组"]; text != "" {
		name, limit, _ := strings.Cut(text, " ")
		d, err := scoring.ParseDecimal(strings.TrimSpace(limit))
		if err != nil {
			k.wrong("上限组", i18n.E("上限组要写“代码 空格 上限”"))
		}
		r.CapGroup = &scoring.CapGroup{Code: name, Cap: d}
	}
	for _, t := range k.list("分档") {
		from, points, _ := strings.Cut(t, " ")
		a, err := scoring.ParseDecimal(from)
		b, err2 := scoring.ParseDecimal(strings.TrimSpace(points))
		if err != nil || err2 != nil {
			k.wrong("分档", i18n.E("分档一行写一档：“完成率 空格 分”，如“0.9 1”"))
			continue
		}
		r.Tiers = append(r.Tiers, scoring.Tier{From: a, Points: b})
	}
	for _, w := range k.list("适用") {
		if c := code(w); c == "city" || c == "department" || c == "central" {
			r.Who = append(r.Who, c)
			continue
		}
		k.wrong("适用", i18n.E("没有“%s”这类单位：写 设区市、自治区部门 或 中直单位", w))
	}
	return r
}

func (k *rubricReader) guide(x *scoring.Indicator) {
	if x.Guide == nil {
		x.Guide = &scoring.Guide{}
	}
	g, row := x.Guide, k.row
	k.note(k.path + ".guide")
	switch code(row["方式"]) {
	case "problem":
		k.once(&g.Problem)
	case "goal":
		k.once(&g.Goal)
	case "standard":
		g.Standards = append(g.Standards, row["内容"])
	case "note":
		g.Notes = append(g.Notes, row["内容"])
	case "flow":
		g.Flows = append(g.Flows, scoring.Flow{Title: row["名称"], Steps: []scoring.Step{}})
	case "step":
		if len(g.Flows) == 0 {
			k.wrong("方式", i18n.E("“步骤”要写在一个“流程”下面"))
			return
		}
		f := &g.Flows[len(g.Flows)-1]
		s := scoring.Step{Title: row["名称"], Text: row["内容"], Who: row["责任单位"]}
		if days := strings.TrimSpace(row["时限"]); days != "" {
			n, err := strconv.Atoi(days)
			if err != nil {
				k.wrong("时限", i18n.E("这里要写数"))
			}
			s.Days = &n
		}
		f.Steps = append(f.Steps, s)
	default:
		k.wrong("方式", i18n.E("没有“%s”这种指引", row["方式"]))
	}
}

// once takes a text that an indicator has one of.
func (k *rubricReader) once(text *string) {
	if *text != "" {
		k.wrong("方式", i18n.E("这个指标已经有一行“%s”，只能写一次", scoring.Word(k.row["方式"])))
		return
	}
	*text = k.row["内容"]
}
