package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// A rubric as a clerk sees it in Excel: one line for each thing, the lines of an
// indicator below the indicator, those of a group below the group. The first
// column says what a line is; what a column means follows from its head.

// rubricHeads are the columns of the sheet of indicators, in their order.
var rubricHeads = []string{"类型", "代码", "名称", "方式", "分值", "单位", "上限", "上限组", "最少", "最多", "完成情况", "步长", "不足一步", "分档", "效果",
	"适用", "期限", "对应", "缺项时", "谁评", "责任单位", "时限", "依据", "内容"}

// settingHeads are the columns of the sheet of settings.
var settingHeads = []string{"类型", "代码", "名称", "值", "另一值", "内容"}

// Types of lines.
const (
	linePart, lineAbsent, lineGroup, lineIndicator      = "部分", "可以没有", "分组", "指标"
	lineRule, lineMeasure, lineAspect, lineMaterial     = "规则", "完成情况", "方面", "材料"
	lineGuide                                           = "指引"
	lineSetting, lineBand, lineList, lineTerm, lineNote = "设置", "等级", "榜单", "术语", "说明"
)

// codeOf is what stands in the format for a clerk's word.
var codeOf = func() map[string]string {
	m := map[string]string{}
	for c, w := range scoring.Words {
		m[w] = c
	}
	return m
}()

// word is the clerk's word for a code; the code itself where there is none.
func word(code string) string {
	if w, ok := scoring.Words[code]; ok {
		return w
	}
	return code
}

func code(word string) string {
	if c, ok := codeOf[word]; ok {
		return c
	}
	return word
}

// rubricRow is a line by the heads of its columns.
type rubricRow map[string]string

// rubricLines are the lines of both sheets.
func rubricLines(r *scoring.Rubric) (settings, lines []rubricRow) {
	set := func(name, value string) {
		settings = append(settings, rubricRow{"类型": lineSetting, "代码": name, "名称": settingNames[name], "值": word(value)})
	}
	for _, s := range []struct{ name, value string }{{"code", r.Code}, {"version", r.Version}, {"title", r.Title}, {"issuer", r.Issuer}, {"basis", r.Basis},
		{"from", r.Effective.From}, {"to", r.Effective.To}, {"points_status", r.PointsStatus}, {"rules_status", r.RulesStatus}, {"free_findings", r.FreeFindings},
		{"places", strconv.Itoa(r.Places)}} {
		set(s.name, s.value)
	}
	for _, b := range r.Bands {
		settings = append(settings, rubricRow{"类型": lineBand, "名称": b.Name, "值": b.From.String()})
	}
	for _, l := range r.Lists {
		settings = append(settings, rubricRow{"类型": lineList, "名称": l.Name, "值": figure(l.AtLeast), "另一值": figure(l.Below)})
	}
	for _, g := range r.Glossary {
		settings = append(settings, rubricRow{"类型": lineTerm, "名称": g.Term, "内容": g.Text})
	}
	for _, n := range r.Notes {
		settings = append(settings, rubricRow{"类型": lineNote, "内容": n})
	}
	for i := range r.Parts {
		lines = append(lines, partLines(&r.Parts[i])...)
	}
	return settings, lines
}

// settingNames are what a clerk reads beside a setting.
var settingNames = map[string]string{"code": "指标体系代码", "version": "版本", "title": "名称", "issuer": "发布单位", "basis": "文号", "from": "适用自", "to": "适用至",
	"points_status": "分值（示例、正式）", "rules_status": "扣分情形（示例、正式）", "free_findings": "另加扣分（可以、要审批、不可以）", "places": "至少印几位小数"}

// SettingWord is the name of a setting in the language in use. The form itself keeps
// the Chinese name.
func SettingWord(name string) string {
	words := map[string]string{"指标体系代码": i18n.T("指标体系代码"), "版本": i18n.T("版本"), "名称": i18n.T("名称"), "发布单位": i18n.T("发布单位"),
		"文号": i18n.T("文号"), "适用自": i18n.T("适用自"), "适用至": i18n.T("适用至"), "分值（示例、正式）": i18n.T("分值（示例、正式）"),
		"扣分情形（示例、正式）": i18n.T("扣分情形（示例、正式）"), "另加扣分（可以、要审批、不可以）": i18n.T("另加扣分（可以、要审批、不可以）"), "至少印几位小数": i18n.T("至少印几位小数")}
	if w, ok := words[name]; ok {
		return w
	}
	return name
}

// SettingValue is the value of a setting in the language in use, where it is chosen.
func SettingValue(name, value string) string {
	for code, choices := range settingChoices {
		if settingNames[code] == name && slices.Contains(choices, value) {
			return scoring.Word(value)
		}
	}
	return value
}

func partLines(p *scoring.Part) []rubricRow {
	row := rubricRow{"类型": linePart, "代码": p.Code, "名称": p.Title, "方式": word(p.Kind), "分值": p.Full.String(), "缺项时": word(p.Absence.Policy), "依据": p.Clause}
	if g := p.Gate; g != nil {
		row["对应"] = g.Part
		row["最少"], row["最多"] = figure(g.AtLeast), figure(g.Above)
	}
	out := []rubricRow{row}
	for _, c := range sortedKeys(p.Absence.Allowed) {
		a := p.Absence.Allowed[c]
		out = append(out, rubricRow{"类型": lineAbsent, "对应": c, "方式": word(a.Letter), "内容": listCell(a.Conditions)})
	}
	for gi := range p.Groups {
		g := &p.Groups[gi]
		out = append(out, rubricRow{"类型": lineGroup, "代码": g.Code, "名称": g.Title})
		for i := range g.Indicators {
			out = append(out, indicatorLines(&g.Indicators[i])...)
		}
	}
	return out
}

func indicatorLines(x *scoring.Indicator) []rubricRow {
	out := []rubricRow{{"类型": lineIndicator, "代码": x.Code, "名称": x.Title, "分值": x.Points.String(), "期限": x.Due, "依据": x.Clause, "对应": x.Mirror,
		"缺项时": word(x.WhenAbsent), "谁评": word(x.DecidedBy)}}
	for i := range x.Rules {
		out = append(out, ruleLine(&x.Rules[i]))
	}
	for _, m := range x.Measures {
		out = append(out, rubricRow{"类型": lineMeasure, "代码": m.Code, "名称": m.Label, "分值": figure(m.Target), "期限": word(m.Deadline)})
	}
	for _, a := range x.Aspects {
		out = append(out, rubricRow{"类型": lineAspect, "名称": a})
	}
	for _, m := range x.Materials {
		out = append(out, rubricRow{"类型": lineMaterial, "名称": m.Title, "内容": listCell(m.Contents)})
	}
	return append(out, guideLines(x.Guide)...)
}

func ruleLine(r *scoring.Rule) rubricRow {
	row := rubricRow{"类型": lineRule, "代码": r.Code, "名称": r.Text, "方式": word(r.Kind), "分值": figure(r.Points), "单位": r.Unit, "上限": figure(r.Cap),
		"最少": figure(r.Min), "最多": figure(r.Max), "完成情况": r.Measure, "步长": figure(r.Step), "效果": word(r.Effect), "依据": r.Clause}
	if r.Per != nil {
		row["分值"] = r.Per.String()
	}
	if r.Value != nil {
		row["分值"] = r.Value.String()
	}
	if r.Partial {
		row["不足一步"] = word("yes")
	}
	if len(r.Needs) > 0 {
		row["完成情况"] = listCell(r.Needs)
	}
	if r.CapGroup != nil {
		row["上限组"] = r.CapGroup.Code + " " + r.CapGroup.Cap.String()
	}
	var tiers, who []string
	for _, t := range r.Tiers {
		tiers = append(tiers, t.From.String()+" "+t.Points.String())
	}
	for _, w := range r.Who {
		who = append(who, word(w))
	}
	row["分档"], row["适用"] = listCell(tiers), listCell(who)
	return row
}

func guideLines(g *scoring.Guide) []rubricRow {
	if g == nil {
		return nil
	}
	var out []rubricRow
	add := func(kind, text string) {
		out = append(out, rubricRow{"类型": lineGuide, "方式": word(kind), "内容": text})
	}
	if g.Problem != "" {
		add("problem", g.Problem)
	}
	if g.Goal != "" {
		add("goal", g.Goal)
	}
	for _, f := range g.Flows {
		out = append(out, rubricRow{"类型": lineGuide, "方式": word("flow"), "名称": f.Title})
		for _, s := range f.Steps {
			row := rubricRow{"类型": lineGuide, "方式": word("step"), "名称": s.Title, "内容": s.Text, "责任单位": s.Who}
			if s.Days != nil {
				row["时限"] = strconv.Itoa(*s.Days)
			}
			out = append(out, row)
		}
	}
	for _, s := range g.Standards {
		add("standard", s)
	}
	for _, n := range g.Notes {
		add("note", n)
	}
	return out
}

func figure(d *scoring.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// listCell writes a list into one cell, one item a line; as JSON where an item
// could be misread.
func listCell(items []string) string {
	plain := true
	for _, x := range items {
		plain = plain && x != "" && !strings.ContainsAny(x, "\n\r") && !strings.HasPrefix(x, "[") && strings.TrimSpace(x) == x
	}
	if plain {
		return strings.Join(items, "\n")
	}
	b, err := json.Marshal(items)
	if err != nil {
		return fmt.Sprint(items)
	}
	return string(b)
}

func readList(cell string) ([]string, error) {
	if cell == "" {
		return nil, nil
	}
	if strings.HasPrefix(cell, "[") {
		var out []string
		if err := json.Unmarshal([]byte(cell), &out); err != nil {
			return nil, i18n.E("“%s”不是清单", cell)
		}
		return out, nil
	}
	var out []string
	for line := range strings.SplitSeq(cell, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out, nil
}
