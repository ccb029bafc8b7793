package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Telling is how an entry is told: Name gives the name of a unit (nil: its code
// stands), Hidden leaves out the points.
type Telling struct {
	Name   func(code string) string
	Hidden bool
}

// Lines say what was entered for an indicator, a line for each thing; all in which
// two entries can differ is in them.
func (t Telling) Lines(e inspection.Entry) []string {
	var out []string
	switch e.State {
	case scoring.Absent:
		out = append(out, i18n.T("没有该项"))
		if a := e.Absence; a != nil {
			out = append(append(out, strings.TrimSpace(a.Letter+" "+a.Date), a.Reason), a.Conditions...)
		}
	case scoring.NotScored:
		out = append(out, i18n.T("不评分"))
	case scoring.Checked:
		if len(e.Findings) == 0 {
			out = append(out, i18n.T("已检查，没有扣分或加分"))
		}
	default:
		out = append(out, i18n.T("未检查"))
	}
	for _, f := range e.Findings {
		out = append(out, t.finding(f))
	}
	for _, code := range sortedKeys(e.Measures) {
		out = append(out, measureLine(code, e.Measures[code]))
	}
	for _, title := range sortedKeys(e.Materials) {
		out = append(out, i18n.T("材料“%s”：%s", title, MaterialWord(e.Materials[title])))
	}
	if len(e.Aspects) > 0 {
		out = append(out, i18n.T("涉及的方面")+i18n.T("：%s", strings.Join(e.Aspects, i18n.T("、"))))
	}
	if e.Note != "" {
		out = append(out, i18n.T("说明：%s", e.Note))
	}
	return append(withoutEmpty(out), filesLine(len(e.Evidence))...)
}

func filesLine(n int) []string {
	if n == 0 {
		return nil
	}
	return []string{i18n.T("佐证 %d 件", n)}
}

func (t Telling) finding(f inspection.Finding) string {
	line := f.Rule
	if line == "" {
		line = f.Clause
	}
	if f.Count != 0 {
		line += " × " + f.Count.String()
	}
	if !t.Hidden {
		line += i18n.T("　%s 分", f.Points.String())
	}
	if f.Responsible != "" {
		who := f.Responsible
		if t.Name != nil {
			who = t.Name(who)
		}
		line += i18n.T("（责任单位 %s）", who)
	}
	if len(f.Aspects) > 0 {
		line += i18n.T("（%s）", strings.Join(f.Aspects, i18n.T("、")))
	}
	if f.Continues != nil {
		line += i18n.T("（%s）", i18n.T("仍存在"))
	}
	if f.Note != "" {
		line += i18n.T("：%s", f.Note)
	}
	return strings.Join(append([]string{line}, filesLine(len(f.Evidence))...), i18n.T("；"))
}

func measureLine(code string, m inspection.Measure) string {
	parts := []string{strings.TrimSpace(code + " " + Ratio(m) + " " + m.AsOf)}
	if m.Done != nil && m.Total == nil {
		parts[0] += " " + m.Done.String()
	}
	if m.Completed != "" {
		parts = append(parts, i18n.T("完成日期")+" "+m.Completed)
	}
	if m.Source != "" {
		parts = append(parts, SourceWord(m.Source))
	}
	if m.Reason != "" {
		parts = append(parts, m.Reason)
	}
	if len(m.Items) > 0 {
		parts = append(parts, ItemsWords(m.Items))
		var open []string
		for _, x := range m.Items {
			if x.State != inspection.ItemDone {
				open = append(open, x.Name)
			}
		}
		if n := len(open); n > 0 && n <= 12 {
			parts = append(parts, strings.Join(open, i18n.T("、")))
		}
	}
	return strings.Join(parts, i18n.T("；"))
}

// Sources are the codes of where numbers come from, in the order they are offered.
var Sources = []string{"site", "platform", "self"}

// SourceWord is where the numbers of a measure come from.
func SourceWord(code string) string {
	switch code {
	case "site":
		return i18n.T("现场核查")
	case "platform":
		return i18n.T("平台数据")
	case "self":
		return i18n.T("单位自报")
	}
	return code
}

// MaterialValues are the codes of a material's tick, in the order they are offered.
var MaterialValues = []string{"have", "partial", "none"}

// MaterialWord is what the tick of a material says.
func MaterialWord(code string) string {
	switch code {
	case "have":
		return i18n.T("有")
	case "partial":
		return i18n.T("不全")
	case "none":
		return i18n.T("无")
	}
	return code
}

// MaterialWarning names what the unit did not have ready, and what to do about it; ""
// where all is there or something was concluded.
func MaterialWarning(ind *scoring.Indicator, e inspection.Entry) string {
	var lacking []string
	for _, m := range ind.Materials {
		if v := e.Materials[m.Title]; v == "none" || v == "partial" {
			lacking = append(lacking, i18n.T("材料“%s”：%s", m.Title, MaterialWord(v)))
		}
	}
	if len(lacking) == 0 || len(e.Findings) > 0 || e.Note != "" {
		return ""
	}
	return strings.Join(lacking, i18n.T("；")) + i18n.T("。该扣分的请记扣分，不扣的请写说明；现场检查记录会列出。")
}

func withoutEmpty(list []string) []string {
	out := list[:0]
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
