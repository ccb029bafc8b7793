package report

import (
	"fmt"
	"sort"
	"strings"

	"xunping/inspection"
	"xunping/scoring"
)

// part is the table of one part: one row for each indicator.
func (k *card) part(p *scoring.Part) {
	res := k.c.Result.Part(p.Code)
	moved := "扣分"
	if p.Kind == scoring.Bonus {
		moved = "加分"
	}
	k.head(p.Code+"　"+p.Title+"（满分 "+p.Full.String()+" 分）", 20)
	if res.Gate == scoring.GateClosed {
		k.font(9, false)
		k.para(k.closed(p))
	}
	t := &table{p: k.pen, size: 8.5, columns: []column{{"指标", 40, "L"}, {"分值", 12, "R"}, {moved, 13, "R"}, {"原因与情形", 85, "L"}, {"佐证", 15, "C"}}}
	t.begin()
	for gi := range p.Groups {
		g := &p.Groups[gi]
		t.band(g.Code + "　" + g.Title)
		for i := range g.Indicators {
			k.indicator(t, p, &g.Indicators[i])
		}
	}
}

// closed says why the bonus part is not scored.
func (k *card) closed(p *scoring.Part) string {
	before := k.c.Result.Part(p.Gate.Part)
	at, word := p.Gate.AtLeast, "未达到"
	if at == nil {
		at, word = p.Gate.Above, "不高于"
	}
	return fmt.Sprintf("%s 为 %s 分，%s %s 分，本部分不评分，计 0 分。", p.Gate.Part, before.Score.Value(), word, at.String())
}

func (k *card) indicator(t *table, p *scoring.Part, ind *scoring.Indicator) {
	e := k.r.Entries[ind.Code]
	x := k.c.Result.Indicator(ind.Code)
	moved := "—"
	if x.State == scoring.Checked {
		moved = x.Counted.Plain()
		if !strings.Contains(moved, "/") && !strings.Contains(moved, ".") {
			moved += ".00"
		}
	}
	name := ind.Code + " " + ind.Title
	if why := k.r.Reasons[ind.Code]; why != "" {
		name = "▲ " + name
		e.Note = strings.TrimSpace("▲ 更正：" + why + "\n" + e.Note)
	}
	t.row(cell{text: name}, cell{text: ind.Points.String()}, cell{text: moved, bold: true},
		cell{text: strings.Join(k.reasons(p, ind, e, x), "\n")}, cell{text: k.numbers(e)})
}

// reasons are the lines of the column 原因与情形. A note belongs to every state: that of
// a correction says why the row is what it is now.
func (k *card) reasons(p *scoring.Part, ind *scoring.Indicator, e inspection.Entry, x *scoring.IndicatorResult) []string {
	var out []string
	switch x.State {
	case scoring.Absent:
		out = []string{absence(e.Absence)}
	case scoring.NotScored:
		out = []string{"不评分（门槛未达到）"}
	case scoring.Unchecked:
		out = []string{"未检查"}
	default:
		out = k.found(p, ind, e, x)
	}
	if e.Note != "" {
		out = append(out, e.Note)
	}
	if len(out) == 0 {
		out = append(out, "未发现问题")
	}
	return out
}

// found are the lines of a checked indicator: findings, measures, the cap.
func (k *card) found(p *scoring.Part, ind *scoring.Indicator, e inspection.Entry, x *scoring.IndicatorResult) []string {
	var out []string
	for _, f := range e.Findings {
		out = append(out, k.finding(p, ind, f))
	}
	for _, m := range sortedMeasures(e.Measures) {
		out = append(out, measureLine(ind, m, e.Measures[m]))
		out = append(out, openItems(e.Measures[m])...)
	}
	if x.Raw.Cmp(x.Counted) > 0 {
		out = append(out, fmt.Sprintf("合计 %s 分，按上限计 %s 分", x.Raw.Plain(), x.Counted.Plain()))
	}
	if len(e.Aspects) > 0 {
		out = append(out, "方面："+strings.Join(e.Aspects, "、"))
	}
	return out
}

func absence(a *inspection.Absence) string {
	s := "没有该项，不检查。"
	if a == nil {
		return s
	}
	if a.Letter != "" {
		s += "行文：" + a.Letter + "，" + a.Date + "。"
	}
	if a.Reason != "" {
		s += "理由：" + a.Reason + "。"
	}
	if len(a.Conditions) > 0 {
		s += "已确认：" + strings.Join(a.Conditions, "；") + "。"
	}
	return s
}

func (k *card) finding(p *scoring.Part, ind *scoring.Indicator, f inspection.Finding) string {
	sign := "−"
	if p.Kind == scoring.Bonus {
		sign = "+"
	}
	var s strings.Builder
	rule := ruleOf(ind, f.Rule)
	switch {
	case rule == nil:
		s.WriteString("其他（依据：" + f.Clause + "）")
	case rule.Kind == scoring.Each:
		fmt.Fprintf(&s, "%s %s，%s%s × %s", rule.Code, rule.Text, f.Count.String(), rule.Unit, rule.Per.String())
	default:
		s.WriteString(rule.Code + " " + rule.Text)
	}
	if f.Responsible != "" && f.Responsible != k.r.Unit.Code {
		s.WriteString("（责任单位 " + f.Responsible + "，本单位计 0 分，转为线索）")
	} else if rule != nil && rule.Kind == scoring.Veto {
		s.WriteString("（否决）")
	} else {
		s.WriteString(" " + sign + f.Points.String())
	}
	if f.Note != "" {
		s.WriteString("：" + f.Note)
	}
	return s.String()
}

func ruleOf(ind *scoring.Indicator, code string) *scoring.Rule {
	for i := range ind.Rules {
		if ind.Rules[i].Code == code && code != "" {
			return &ind.Rules[i]
		}
	}
	return nil
}

var sources = map[string]string{"site": "现场核查", "platform": "平台数据", "self": "单位自报"}

func measureLine(ind *scoring.Indicator, code string, m inspection.Measure) string {
	label := code
	for _, x := range ind.Measures {
		if x.Code == code && x.Label != "" {
			label = x.Label
		}
	}
	done, total, ok := m.Counts()
	if !ok {
		return label + "：—"
	}
	s := fmt.Sprintf("%s：%s／%s = %s", label, done.String(), total.String(), scoring.Percent(done, total))
	if m.AsOf != "" {
		s += "，截至 " + m.AsOf
	}
	if m.Completed != "" {
		s += "，完成日期 " + m.Completed
	}
	if w := sources[m.Source]; w != "" {
		s += "（" + w + "）"
	}
	if m.Reason != "" {
		s += "，总数减少：" + m.Reason
	}
	return s
}

// openItems names what of a measure is not done, one line a state.
func openItems(m inspection.Measure) []string {
	words := [][2]string{{"open", "未完成"}, {"led", "由其他单位牵头，不计"}, {"exempt", "免，不计"}}
	var out []string
	for _, w := range words {
		var names []string
		for _, x := range m.Items {
			if x.State == w[0] {
				names = append(names, itemName(x))
			}
		}
		if len(names) > 0 {
			out = append(out, w[1]+"："+strings.Join(names, "、"))
		}
	}
	return out
}

func itemName(x inspection.Item) string {
	name := x.Name
	if name == "" {
		name = x.Code
	}
	if more := strings.Trim(x.Level+"，"+x.Lead, "，"); more != "" {
		name += "（" + more + "）"
	}
	return name
}

func sortedMeasures(m map[string]inspection.Measure) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// numbers are the evidence numbers of an entry and its findings.
func (k *card) numbers(e inspection.Entry) string {
	seen := map[int]bool{}
	add := func(hashes []string) {
		for _, h := range hashes {
			if n := k.evidence[h]; n > 0 {
				seen[n] = true
			}
		}
	}
	add(e.Evidence)
	for _, f := range e.Findings {
		add(f.Evidence)
	}
	list := make([]int, 0, len(seen))
	for n := range seen {
		list = append(list, n)
	}
	sort.Ints(list)
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = fmt.Sprint(n)
	}
	return strings.Join(words, "、")
}

// derivation prints the steps of the score, the same as on the screen.
func (k *card) derivation() {
	k.head("怎么算的", 20)
	t := &table{p: k.pen, size: 8.5, columns: []column{{"步骤", 22, "L"}, {"算式", 78, "L"}, {"结果", 30, "R"}, {"依据", 35, "L"}}}
	t.begin()
	for _, s := range k.c.Result.Derivation {
		t.row(cell{text: stepWord(s.Step)}, cell{text: s.Formula}, cell{text: s.Value, bold: true}, cell{text: s.Clause})
	}
}

func stepWord(s string) string {
	switch s {
	case "band":
		return "等级"
	case "list":
		return "榜单"
	case "ALL":
		return "总分"
	}
	return s
}

// notes are what the rubric settles where the policy text is silent.
func (k *card) notes() {
	if len(k.c.Rubric.Rubric.Notes) == 0 {
		return
	}
	k.head("说明", 10)
	k.font(8, false)
	for i, n := range k.c.Rubric.Rubric.Notes {
		k.para(fmt.Sprintf("%d. %s", i+1, n))
	}
}
