package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
)

// RubricEdit is what the screen that writes a rubric knows: the lines of the
// draft, the one that is open, and what can be written in it.
type RubricEdit struct {
	E       *desk.RubricEditor
	Setting bool // the open line is one of the settings
	At      int  // the open line
	only    bool // show only lines with problems
}

// NewRubricEdit opens the first part of a draft.
func NewRubricEdit(e *desk.RubricEditor) *RubricEdit { return &RubricEdit{E: e} }

// RubricNode is a line of the tree.
type RubricNode struct {
	Setting bool
	At      int
	Depth   int
	Type    string
	Code    string
	Title   string
	Points  string
	Wrong   int
}

// limits are those of a list, as a rubric writes them.
func limits(atLeast, below string) string {
	var out []string
	if atLeast != "" {
		out = append(out, "≥ "+atLeast)
	}
	if below != "" {
		out = append(out, "< "+below)
	}
	return strings.Join(out, " ")
}

// Nodes are the lines of the tree: the settings, then parts and what is in them.
func (m *RubricEdit) Nodes() []RubricNode {
	var out []RubricNode
	add := func(l desk.RubricLine, setting bool) {
		n := RubricNode{Setting: setting, At: l.At, Depth: l.Depth, Type: l.Type, Code: l.Cells["代码"], Title: l.Cells["名称"], Wrong: l.Wrong}
		switch {
		case setting:
			n.Code, n.Points = "", firstLine(l.Cells["值"])
			if l.Type == "榜单" {
				n.Points = limits(l.Cells["值"], l.Cells["另一值"])
			}
			if l.Type == "设置" {
				n.Title, n.Points = desk.SettingWord(n.Title), desk.SettingValue(n.Title, n.Points)
			}
		case l.Type == "部分" || l.Type == "指标" || l.Type == "规则":
			n.Points = l.Cells["分值"]
		case l.Type == "可以没有":
			n.Title = l.Cells["对应"]
		}
		if n.Title == "" {
			n.Title = l.Cells["内容"]
		}
		n.Title = firstLine(n.Title)
		if !m.only || n.Wrong > 0 {
			out = append(out, n)
		}
	}
	for _, l := range m.E.Settings() {
		add(l, true)
	}
	for _, l := range m.E.Lines() {
		add(l, false)
	}
	return out
}

func firstLine(s string) string { s, _, _ = strings.Cut(s, "\n"); return s }

// OnlyWrong shows only the lines that have problems, or all.
func (m *RubricEdit) OnlyWrong(on bool) { m.only = on }

// Open opens a line; a place that is none opens the nearest.
func (m *RubricEdit) Open(setting bool, at int) {
	n := len(m.E.Lines())
	if setting {
		n = len(m.E.Settings())
	}
	m.Setting, m.At = setting, max(min(at, n-1), 0)
}

// Line is the open line; false while there is none.
func (m *RubricEdit) Line() (desk.RubricLine, bool) {
	rows := m.E.Lines()
	if m.Setting {
		rows = m.E.Settings()
	}
	if m.At >= len(rows) {
		return desk.RubricLine{}, false
	}
	return rows[m.At], true
}

// SumWords are the sums of the parts, and whether each is right.
func (m *RubricEdit) SumWords() (words []string, right []bool) {
	for _, s := range m.E.Sums() {
		ok := s.Sum == s.Full
		w := i18n.T("%s %s／%s ✓", s.Code, s.Sum.String(), s.Full.String())
		if !ok {
			w = i18n.T("%s %s／%s ×", s.Code, s.Sum.String(), s.Full.String())
		}
		words, right = append(words, w), append(right, ok)
	}
	return words, right
}

// RubricField is something to write in a line.
type RubricField struct {
	Head    string
	Word    string
	Hint    string
	Choices []string // what can be chosen; nil for text
	Lines   int      // more than 1: several lines
}

func field(head, word, hint string) RubricField {
	return RubricField{Head: head, Word: word, Hint: hint}
}
func choice(head, word string, of ...string) RubricField {
	return RubricField{Head: head, Word: word, Choices: of}
}
func area(head, word, hint string) RubricField {
	return RubricField{Head: head, Word: word, Hint: hint, Lines: 3}
}

// Fields are what the open line takes.
func (m *RubricEdit) Fields() []RubricField {
	l, ok := m.Line()
	if !ok {
		return nil
	}
	out := lineFields(l)
	if m.Setting {
		out = settingFields(l)
	}
	for _, head := range l.Idle() { // came by Excel; to be emptied
		out = append(out, field(head, i18n.T("%s（不用，请清空）", scoring.Word(head)), ""))
	}
	return out
}

func lineFields(l desk.RubricLine) []RubricField {
	code, title := field("代码", i18n.T("代码"), "A1"), area("名称", i18n.T("名称"), "")
	clause := field("依据", i18n.T("依据条款"), i18n.T("第一部分 一（一）"))
	switch l.Type {
	case "部分":
		return []RubricField{code, title, choice("方式", i18n.T("计分"), "扣分", "加分"), field("分值", i18n.T("满分"), "100"),
			choice("缺项时", i18n.T("缺项时"), "按比例折算", "计满分", "摊到其余", "不允许"), field("对应", i18n.T("门槛：看哪个部分"), i18n.T("没有门槛就不写")),
			field("最少", i18n.T("门槛：不低于"), "70"), field("最多", i18n.T("门槛：高于"), "80"), clause}
	case "可以没有":
		return []RubricField{field("对应", i18n.T("指标代码"), "A1"), choice("方式", i18n.T("行文"), "", "必须行文", "可以行文"), area("内容", i18n.T("条件（一行一条）"), "")}
	case "分组":
		return []RubricField{code, title}
	case "指标":
		return []RubricField{code, title, field("分值", i18n.T("分值"), "8"), field("期限", i18n.T("期限"), "2019-06-30"), field("对应", i18n.T("奖励哪个扣分指标"), "A1"),
			choice("缺项时", i18n.T("该扣分指标缺项时"), "", "不得分", "得满分"), choice("谁评", i18n.T("谁评"), "", "检查组", "主管部门"), clause}
	case "规则":
		return append(ruleFields(l.Cells["方式"]), field("上限组", i18n.T("上限组"), i18n.T("代码 空格 上限")), area("适用", i18n.T("适用单位（一行一类，空为全部）"), "设区市"), clause)
	case "完成情况":
		return []RubricField{code, title, field("分值", i18n.T("目标比例"), "1"), field("期限", i18n.T("期限"), i18n.T("日期，或 轮次规定"))}
	case "材料":
		return []RubricField{title, area("内容", i18n.T("要有的内容（一行一样）"), "")}
	case "指引":
		out := []RubricField{choice("方式", i18n.T("种类"), "问题", "目标", "标准", "注", "流程", "步骤")}
		switch text := area("内容", i18n.T("内容"), ""); l.Cells["方式"] {
		case "流程":
			return append(out, title)
		case "步骤":
			return append(out, title, text, field("责任单位", i18n.T("责任单位"), ""), field("时限", i18n.T("时限（工作日）"), ""))
		default:
			return append(out, text)
		}
	}
	return []RubricField{title}
}

func ruleFields(kind string) []RubricField {
	out := []RubricField{field("代码", i18n.T("代码"), "A1-1"), area("名称", i18n.T("情形"), ""),
		choice("方式", i18n.T("怎么计"), "一次", "每次", "幅度", "按差距", "分档", "按期完成", "否决")}
	points, measure := field("分值", i18n.T("分值"), "2"), field("完成情况", i18n.T("看哪项完成情况"), "A1-m1")
	switch kind {
	case "每次":
		return append(out, field("分值", i18n.T("每次的分值"), "2"), field("单位", i18n.T("计数单位"), "个"), field("上限", i18n.T("最多扣（加）"), "6"))
	case "幅度":
		return append(out, field("最少", i18n.T("最少"), "1"), field("最多", i18n.T("最多"), "5"))
	case "按差距":
		return append(out, measure, field("步长", i18n.T("每差多少"), "0.1"), points, choice("不足一步", i18n.T("不足一步"), "", "计"))
	case "分档":
		return append(out, measure, area("分档", i18n.T("分档（一行一档：完成率 分）"), "0.9 1"))
	case "按期完成":
		return append(out, area("完成情况", i18n.T("要完成的各项（一行一项）"), "D1-m1"), points)
	case "否决":
		return append(out, choice("效果", i18n.T("效果"), "总评不合格", "本项归零", "总分封顶"), field("分值", i18n.T("封顶的总分"), "59"))
	}
	return append(out, points)
}

func settingFields(l desk.RubricLine) []RubricField {
	switch l.Type {
	case "等级":
		return []RubricField{field("名称", i18n.T("等级"), ""), field("值", i18n.T("从多少分起"), "90")}
	case "榜单":
		return []RubricField{field("名称", i18n.T("榜单"), ""), field("值", i18n.T("不低于"), "80"), field("另一值", i18n.T("低于"), "60")}
	case "术语":
		return []RubricField{field("名称", i18n.T("术语"), ""), area("内容", i18n.T("解释"), "")}
	case "说明":
		return []RubricField{area("内容", i18n.T("说明"), "")}
	}
	word := desk.SettingWord(l.Cells["名称"])
	switch l.Cells["代码"] {
	case "free_findings":
		return []RubricField{choice("值", word, "可以", "要审批", "不可以")}
	case "places":
		return []RubricField{choice("值", word, "0", "1", "2", "3", "4")}
	case "points_status", "rules_status":
		return nil
	}
	return []RubricField{area("值", word, "")}
}
