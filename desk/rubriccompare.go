package desk

import (
	"slices"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// RubricComparison is everything that differs between two versions of a rubric:
// what became of each indicator, and each thing with what stood in it before and
// stands now, in the words of the form.
type RubricComparison struct {
	Indicators []inspection.IndicatorChange
	Lines      []LineChange
}

// LineChange is what became of one thing: a setting, a grade, a part, a rule.
type LineChange struct {
	In     string       `json:"in"` // code of the indicator or part that it belongs to; "" for none
	Type   string       `json:"type"`
	Name   string       `json:"name"`
	Change string       `json:"change"` // added, removed, changed
	Cells  []CellChange `json:"cells"`
}

// Said is the change with the words of the form in the language in use: names of
// settings, and what is chosen. Everything else is the rubric's own text.
func (x LineChange) Said() LineChange {
	setting := x.Type == lineSetting
	cells := make([]CellChange, len(x.Cells))
	for i, c := range x.Cells {
		switch {
		case rubricChoices[c.Head] != nil:
			c.From, c.To = scoring.Word(c.From), scoring.Word(c.To)
		case setting && c.Head == "值":
			c.From, c.To = SettingValue(x.Name, c.From), SettingValue(x.Name, c.To)
		}
		cells[i] = c
	}
	if x.Cells = cells; setting {
		x.Name = SettingWord(x.Name)
	}
	return x
}

// MemberWords are members of an indicator as people call them.
func MemberWords(members []string) string {
	words := map[string]string{"title": i18n.T("名称"), "points": i18n.T("分值"), "rules": i18n.T("规则"), "measures": i18n.T("完成情况"), "materials": i18n.T("材料"),
		"guide": i18n.T("指引"), "due": i18n.T("期限"), "clause": i18n.T("依据条款"), "mirror": i18n.T("对应指标"), "when_absent": i18n.T("缺项时"), "decided_by": i18n.T("谁评"), "aspects": i18n.T("方面")}
	said := make([]string, len(members))
	for i, m := range members {
		if said[i] = words[m]; said[i] == "" {
			said[i] = m
		}
	}
	return strings.Join(said, i18n.T("、"))
}

// RubricChange is an indicator with the lines of it that differ; one without an
// indicator has the lines of the rubric itself.
type RubricChange struct {
	inspection.IndicatorChange
	Lines []LineChange `json:"lines"`
}

// Changes is the comparison as a list.
func (c RubricComparison) Changes() []RubricChange {
	own := map[string][]LineChange{}
	for _, x := range c.Lines {
		in := x.In
		if lineRank[x.Type].depth < 2 {
			in = ""
		}
		own[in] = append(own[in], x)
	}
	out := []RubricChange{}
	for _, x := range c.Indicators {
		out = append(out, RubricChange{x, append([]LineChange{}, own[x.Indicator]...)})
	}
	if rest := own[""]; len(rest) > 0 {
		out = append(out, RubricChange{inspection.IndicatorChange{Change: inspection.ChangeChanged, Members: []string{}}, rest})
	}
	return out
}

// CellChange is what stood in a column and what stands there now.
type CellChange struct {
	Head string `json:"head"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Heads of what a line is not told by its columns: what it belongs to, and its
// place among the others.
const (
	headWithin = "所属"
	headPlace  = "次序"
)

// ChangeWord is what became of something, for a person.
func ChangeWord(change string) string {
	return map[string]string{inspection.ChangeAdded: i18n.T("新增"), inspection.ChangeRemoved: i18n.T("删去"), inspection.ChangeChanged: i18n.T("改动")}[change]
}

// CompareRubrics compares two versions.
func CompareRubrics(a, b *inspection.Compiled) (RubricComparison, error) {
	list, err := inspection.CompareRubrics(a, b)
	if err != nil {
		return RubricComparison{}, err
	}
	out := RubricComparison{Indicators: list, Lines: []LineChange{}}
	whole := map[string]bool{} // indicators that came or went with all their lines
	for _, x := range list {
		whole[x.Indicator] = x.Change == inspection.ChangeAdded || x.Change == inspection.ChangeRemoved
	}
	s1, l1 := rubricLines(a.Rubric)
	s2, l2 := rubricLines(b.Rubric)
	for _, x := range []struct {
		heads    []string
		old, now []rubricRow
	}{{settingHeads, s1, s2}, {rubricHeads, l1, l2}} {
		for _, c := range compareLines(x.heads, namedLines(x.old), namedLines(x.now)) {
			if !whole[c.In] || lineRank[c.Type].depth < 3 {
				out.Lines = append(out.Lines, c)
			}
		}
	}
	return out, nil
}

// namedLine is a line with a key that it has in every version.
type namedLine struct {
	key, in, within, name string
	row                   rubricRow
}

// namedLines gives each line a key: its code, or what it belongs to and its name.
func namedLines(rows []rubricRow) []namedLine {
	out := make([]namedLine, len(rows))
	seen := map[string]int{}
	var part, group, ind, flow string
	for i, r := range rows {
		x := namedLine{row: r, name: r["代码"], in: ind}
		switch r["类型"] {
		case linePart:
			part, ind, x.in = r["代码"], "", ""
		case lineGroup:
			group, ind, x.in, x.within = r["代码"], "", part, part
		case lineIndicator:
			ind, flow = r["代码"], ""
			x.in, x.within = ind, group
		case lineRule, lineMeasure:
			x.within = ind
		case lineAbsent:
			x.in, x.name = part, r["对应"]
		case lineGuide:
			if x.name = r["名称"]; code(r["方式"]) == "flow" {
				flow = x.name
			} else if x.name != "" {
				x.name = flow + "／" + x.name
			} else if k := code(r["方式"]); k == "standard" || k == "note" {
				x.name = r["内容"]
			}
		case lineNote:
			x.name = r["内容"]
		case lineSetting: // by its code; what a clerk reads is the name
		default:
			x.name = r["名称"]
		}
		x.key = strings.Join([]string{r["类型"], r["方式"], x.in, x.name}, "\x00")
		if x.within != "" || r["类型"] == linePart || r["类型"] == lineSetting || r["类型"] == lineAbsent {
			x.key = r["类型"] + "\x00" + x.name
		}
		if seen[x.key]++; seen[x.key] > 1 {
			x.key += "\x00" + strconv.Itoa(seen[x.key])
		}
		out[i] = x
	}
	return out
}

// compareLines compares line by line, in the order of now, then what only old
// had.
func compareLines(heads []string, old, now []namedLine) []LineChange {
	var out []LineChange
	before, after := map[string]namedLine{}, map[string]bool{}
	for _, x := range old {
		before[x.key] = x
	}
	for _, x := range now {
		after[x.key] = true
	}
	moved := movedLines(old, now, before, after)
	for _, x := range now {
		c := LineChange{In: x.in, Type: x.row["类型"], Name: x.title(), Change: inspection.ChangeAdded}
		was, there := before[x.key]
		if c.Cells = changedCells(heads, was, x); there {
			if c.Change = inspection.ChangeChanged; moved[x.key] {
				c.Cells = append(c.Cells, CellChange{Head: headPlace})
			}
			if len(c.Cells) == 0 {
				continue
			}
		}
		out = append(out, c)
	}
	for _, x := range old {
		if !after[x.key] {
			out = append(out, LineChange{In: x.in, Type: x.row["类型"], Name: x.title(), Change: inspection.ChangeRemoved, Cells: changedCells(heads, x, namedLine{})})
		}
	}
	return out
}

// title is what a list calls the line.
func (x namedLine) title() string {
	if x.row["类型"] == lineSetting {
		return x.row["名称"]
	}
	return shortened(x.name)
}

// changedCells are the columns in which two lines differ.
func changedCells(heads []string, a, b namedLine) []CellChange {
	out := []CellChange{}
	for _, h := range heads[1:] {
		if a.row[h] != b.row[h] {
			out = append(out, CellChange{h, a.row[h], b.row[h]})
		}
	}
	if a.within != b.within && a.key != "" && b.key != "" {
		out = append(out, CellChange{headWithin, a.within, b.within})
	}
	return out
}

// movedLines are the lines of both versions that stand after another one than
// before: of those that stayed in one row as many as can be are not moved.
func movedLines(old, now []namedLine, before map[string]namedLine, after map[string]bool) map[string]bool {
	var a, b []string
	for _, x := range old {
		if after[x.key] {
			a = append(a, x.key)
		}
	}
	for _, x := range now {
		if _, there := before[x.key]; there {
			b = append(b, x.key)
		}
	}
	out := map[string]bool{}
	for len(a) > 0 && len(b) > 0 {
		if a[0] == b[0] {
			a, b = a[1:], b[1:]
			continue
		}
		// The one that travelled further was moved.
		if i, k := slices.Index(b, a[0]), slices.Index(a, b[0]); i >= k {
			out[a[0]] = true
			a, b = a[1:], slices.Delete(slices.Clone(b), i, i+1)
		} else {
			out[b[0]] = true
			b, a = b[1:], slices.Delete(slices.Clone(a), k, k+1)
		}
	}
	return out
}
