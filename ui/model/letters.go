package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// Letters is the register of letters: first those that results wait for, then
// the registered ones.
type Letters struct{ rows []desk.LetterRow }

// NewLetters joins what is awaited and what is registered.
func NewLetters(awaited, registered []desk.LetterRow) *Letters {
	return &Letters{append(append([]desk.LetterRow{}, awaited...), registered...)}
}

// Groups of the register.
const (
	LetterAwaited = "awaited"
	LetterHere    = "registered"
)

// LetterGroup is the word of a group.
func LetterGroup(group string) string {
	if group == LetterAwaited {
		return i18n.T("待登记")
	}
	return i18n.T("已登记")
}

// Row is the letter of a line.
func (v *Letters) Row(l Line) desk.LetterRow { return v.rows[l.Place] }

// Table is the register as a table.
func (v *Letters) Table() *Table {
	lines := make([]Line, len(v.rows))
	for i, r := range v.rows {
		group, glyph, role := LetterHere, "●", ""
		scan := i18n.T("有")
		if r.Scan == "" {
			scan = "—"
		}
		decision := DecisionWord(r.Decision)
		reason := r.Reason
		if r.Against != "" {
			glyph, role, reason = "!", roleWaiting, r.Against+i18n.T("；")+r.Reason
		}
		if r.Act == nil {
			group, glyph, role, decision = LetterAwaited, "○", roleWaiting, "—"
		}
		if r.Standing != "" {
			decision = join(decision, desk.ReasonWords(r.Standing))
		}
		lines[i] = Line{Cells: []string{glyph + " " + LetterGroup(group), r.Unit.Name, strings.Join(r.Indicators, i18n.T("、")), r.Number, r.Date, decision,
			ValidWords(r.Valid), r.Round, scan, reason}, Group: group, Accent: role}
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 84}, {Word: i18n.T("单位"), Width: 180}, {Word: i18n.T("指标"), Width: 84}, {Word: i18n.T("文号"), Width: 190},
		{Word: i18n.T("行文日期"), Width: 90}, {Word: i18n.T("结论"), Width: 84}, {Word: i18n.T("有效期"), Width: 170}, {Word: i18n.T("轮次"), Width: 70},
		{Word: i18n.T("扫描件"), Width: 56}, {Word: i18n.T("理由")}}, lines)
}

// ValidWords is a span of days for a person.
func ValidWords(p inspection.Period) string {
	switch {
	case p.From == "" && p.To == "":
		return i18n.T("未限定")
	case p.To == "":
		return i18n.T("%s 起", p.From)
	case p.From == "":
		return i18n.T("至 %s", p.To)
	}
	return p.From + " — " + p.To
}

// Codes reads codes that a person wrote in a row, divided by anything.
func Codes(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,，、;；\t", r) })
}

// UnitCalled finds a unit by its code, its name, or a part of the name that no
// other has.
func UnitCalled(units []desk.UnitInfo, text string) (inspection.Unit, error) {
	text = strings.TrimSpace(text)
	var found []desk.UnitInfo
	for _, u := range units {
		if u.Code == text || u.Name == text {
			return u.Unit, nil
		}
		if text != "" && strings.Contains(u.Name, text) {
			found = append(found, u)
		}
	}
	if len(found) == 1 {
		return found[0].Unit, nil
	}
	return inspection.Unit{}, i18n.E("“%s”不是一个单位的代码或名称（有 %d 个单位符合）", text, len(found))
}

var letterDecisions = []string{inspection.Accepted, inspection.Partly, inspection.Refused}

// LetterDecisions are the words of what the bureau decides on a letter.
func LetterDecisions() []string {
	out := make([]string, len(letterDecisions))
	for i, d := range letterDecisions {
		out[i] = DecisionWord(d)
	}
	return out
}

// LetterDecision is the decision behind a word.
func LetterDecision(word string) string { return letterDecisions[Place(LetterDecisions(), word)] }

// CodesText writes codes in a row.
func CodesText(codes []string) string { return strings.Join(codes, i18n.T("、")) }
