package report

import (
	"fmt"
	"strings"

	"xunping/inspection"
	"xunping/scoring"
)

// DrawFactSheet draws 现场检查记录: the same record without points. The unit
// signs facts, page by page, before anybody speaks of a score; so every page
// has its own line for two inspectors and the unit. The hash of the record
// stands in the foot once it is sealed: the scan of the signed pages is entered
// as an opinion on that hash.
func DrawFactSheet(c Scorecard) (*Layout, error) {
	k, err := newCard(c)
	if err != nil {
		return nil, err
	}
	k.pdf.SetFooterFunc(k.factFoot)
	k.bottom = signLine
	k.font(9.5, false)
	k.newPage()
	k.factTitle()
	k.facts()
	k.introduction()
	for i := range c.Rubric.Rubric.Parts {
		k.factPart(&c.Rubric.Rubric.Parts[i])
	}
	k.evidenceList()
	k.truth()
	k.photos()
	k.lacking()
	return k.layout("现场检查记录 " + c.Record.Unit.Name + " " + c.Record.Round.Title)
}

// signLine is the room above the foot of a page for its signatures, in
// millimetres.
const signLine = 13.0

func (k *card) factTitle() {
	k.font(16, true)
	k.text(marginLeft, k.y, textWidth, "现场检查记录", "C")
	k.y += k.lineHeight()
	k.font(9.5, false)
	k.text(marginLeft, k.y, textWidth, "【只记事实和佐证，不含评分】", "C")
	k.y += k.lineHeight() + 2
}

// introduction is what inspectors say before they begin.
func (k *card) introduction() {
	var names, numbers []string
	for _, p := range k.r.People.Inspectors {
		names, numbers = append(names, p.Name), append(numbers, p.Number)
	}
	k.font(9.5, false)
	k.para("检查员 " + blank(strings.Join(names, "、")) + "，证件号码 " + blank(strings.Join(numbers, "、")) + "，已出示证件并说明来意。现场检查情况如下：")
	k.y += 2
}

func blank(s string) string {
	if s == "" {
		return "＿＿＿＿＿＿"
	}
	return s
}

func (k *card) factPart(p *scoring.Part) {
	k.head(p.Code+"　"+p.Title, 20)
	t := &table{p: k.pen, size: 8.5, columns: []column{{"检查内容", 48, "L"}, {"检查情况", 102, "L"}, {"佐证", 15, "C"}}}
	t.begin()
	for gi := range p.Groups {
		g := &p.Groups[gi]
		t.band(g.Code + "　" + g.Title)
		for i := range g.Indicators {
			ind := &g.Indicators[i]
			e := k.r.Entries[ind.Code]
			t.row(cell{text: ind.Code + " " + ind.Title}, cell{text: strings.Join(k.observed(ind, e), "\n")}, cell{text: k.numbers(e)})
		}
	}
}

// observed are the facts of an entry without a word about points.
func (k *card) observed(ind *scoring.Indicator, e inspection.Entry) []string {
	var out []string
	switch e.State {
	case scoring.Absent:
		out = []string{absence(e.Absence)}
	case scoring.NotScored, scoring.Unchecked, "":
		out = []string{"未检查"}
	default:
		out = k.seen(ind, e)
	}
	if e.Note != "" {
		out = append(out, e.Note)
	}
	if len(out) == 0 {
		out = append(out, "未发现问题")
	}
	return out
}

// seen are the facts of a checked indicator.
func (k *card) seen(ind *scoring.Indicator, e inspection.Entry) []string {
	var out []string
	for i, f := range e.Findings {
		s := joined("依据："+f.Clause, f.Note) // a free finding, which rests on a clause
		if rule := ruleOf(ind, f.Rule); rule != nil {
			s = joined(rule.Text, countWords(rule, f), f.Note)
		}
		if f.Responsible != "" && f.Responsible != k.r.Unit.Code {
			s += "（责任单位 " + k.unitName(f.Responsible) + "）"
		}
		out = append(out, fmt.Sprintf("（%d）%s", i+1, s))
	}
	for _, m := range sortedMeasures(e.Measures) {
		out = append(out, measureLine(ind, m, e.Measures[m]))
		out = append(out, openItems(e.Measures[m])...)
	}
	for _, m := range ind.Materials {
		if w := materialWords[e.Materials[m.Title]]; w != "" {
			out = append(out, "材料《"+m.Title+"》："+w)
		}
	}
	if len(e.Aspects) > 0 {
		out = append(out, "方面："+strings.Join(e.Aspects, "、"))
	}
	return out
}

// unitName is the name of another unit, as far as it is known where this is drawn.
// Only this sheet asks: the scorecard is drawn from the record alone, which has the
// code.
func (k *card) unitName(code string) string {
	if k.c.UnitName == nil {
		return code
	}
	return k.c.UnitName(code)
}

func joined(parts ...string) string {
	var keep []string
	for _, p := range parts {
		if p != "" {
			keep = append(keep, strings.TrimRight(p, "。"))
		}
	}
	return strings.Join(keep, "，")
}

func countWords(rule *scoring.Rule, f inspection.Finding) string {
	if rule.Kind != scoring.Each || f.Count == 0 {
		return ""
	}
	return f.Count.String() + rule.Unit
}

var materialWords = map[string]string{"have": "有", "none": "无", "partial": "不全"}

// truth is where the unit says whether the record is true.
func (k *card) truth() {
	k.head("被检查单位对记录真实性的意见", 24)
	k.font(9, false)
	k.text(marginLeft, k.y, textWidth, "以上记录：　属实（　）　不属实（　）。不属实的地方：", "L")
	k.y += k.lineHeight() + 1
	for range 2 {
		k.y += 8
		k.hline(marginLeft, pageWidth-marginRight, k.y)
	}
	k.y += 3
	k.font(8, false)
	k.para("本记录一式两份，一份由大数据主管部门备案，一份交被检查单位。请逐页签名，修改处由双方签名。签名后的扫描件由检查员登记到本记录的哈希之下。")
}

// factFoot is the signing line and the foot of every page.
func (k *card) factFoot() {
	y, size, bold := k.y, k.size, k.bold
	k.font(8.5, false)
	at := pageHeight - 15.0 - signLine
	k.hline(marginLeft, pageWidth-marginRight, at)
	w := textWidth / 3
	for i, who := range []string{"检查员（签名）：", "检查员（签名）：", "被检查单位（签名）："} {
		k.text(marginLeft+float64(i)*w, at+4, w, who, "L")
	}
	k.y, k.size, k.bold = y, size, bold
	k.foot()
}
