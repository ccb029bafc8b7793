package desk

import (
	"maps"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// Every type of line has columns that count for it. A value in another column
// says nothing: it is never dropped without a word, and a draft never carries it
// into a rubric.

// lineColumns are the columns of a type of line. Rules and guidance have more,
// which follow from their kind.
var lineColumns = map[string][]string{
	linePart:      {"代码", "名称", "方式", "分值", "缺项时", "对应", "最少", "最多", "依据"},
	lineAbsent:    {"对应", "方式", "内容"},
	lineGroup:     {"代码", "名称"},
	lineIndicator: {"代码", "名称", "分值", "期限", "对应", "缺项时", "谁评", "依据"},
	lineRule:      {"代码", "名称", "方式", "上限组", "适用", "依据"},
	lineMeasure:   {"代码", "名称", "分值", "期限"},
	lineAspect:    {"名称"},
	lineMaterial:  {"名称", "内容"},
	lineGuide:     {"方式"},
	lineSetting:   {"代码", "名称", "值"},
	lineBand:      {"名称", "值"},
	lineList:      {"名称", "值", "另一值"},
	lineTerm:      {"名称", "内容"},
	lineNote:      {"内容"},
}

// kindColumns are those that a kind of rule or of guidance adds.
var kindColumns = map[string]map[string][]string{
	lineRule: {scoring.Fixed: {"分值"}, scoring.Each: {"分值", "单位", "上限"}, scoring.Range: {"最少", "最多"}, scoring.Share: {"完成情况", "步长", "分值", "不足一步"},
		scoring.Tiers: {"完成情况", "分档"}, scoring.Complete: {"完成情况", "分值"}, scoring.Veto: {"效果", "分值"}},
	lineGuide: {"problem": {"内容"}, "goal": {"内容"}, "standard": {"内容"}, "note": {"内容"}, "flow": {"名称"}, "step": {"名称", "内容", "责任单位", "时限"}},
}

// idleColumns are the columns of a line that hold something and do not count for
// it, in the order of the sheet. A type or kind that is none has none: that
// problem comes first.
func idleColumns(row rubricRow) []string {
	counts, known := lineColumns[row["类型"]]
	if !known {
		return nil
	}
	if kinds := kindColumns[row["类型"]]; kinds != nil {
		more, known := kinds[code(row["方式"])]
		if !known {
			return nil
		}
		counts = slices.Concat(counts, more)
	}
	heads := rubricHeads
	if slices.Contains([]string{lineSetting, lineBand, lineList, lineTerm, lineNote}, row["类型"]) {
		heads = settingHeads
	}
	var out []string
	for _, h := range heads {
		if h != "类型" && strings.TrimSpace(row[h]) != "" && !slices.Contains(counts, h) {
			out = append(out, h)
		}
	}
	return out
}

// counting is the present line without what does not count for it, each noted as
// a problem.
func (k *rubricReader) counting(row rubricRow) rubricRow {
	idle := idleColumns(row)
	if len(idle) == 0 {
		return row
	}
	row = maps.Clone(row)
	for _, h := range idle {
		what := scoring.Word(row["类型"])
		if kindColumns[row["类型"]] != nil {
			what += "：" + scoring.Word(row["方式"])
		}
		k.wrong(h, i18n.E("“%s”这种行不用“%s”，写在这里的“%s”不会收；请清空这一格", what, scoring.Word(h), shortened(row[h])))
		delete(row, h)
	}
	return row
}

// shortened is the beginning of what stands in a cell.
func shortened(s string) string {
	s, _, more := strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 20 {
		s, more = string(r[:20]), true
	}
	if more {
		s += "…"
	}
	return s
}
