package desk

import (
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// maxItems is how many things one measure may list.
const maxItems = 5000

// SetItems sets the list behind a measure; done and total follow from it. An
// empty list leaves the numbers to be typed again.
func (in *Inspector) SetItems(code, measure string, items []inspection.Item) error {
	if len(items) > maxItems {
		return i18n.E("清单超过 %d 项，没有改动", maxItems)
	}
	m := in.rec.Entries[code].Measures[measure]
	m.Items = items
	if len(items) > 0 {
		m.Done, m.Total = nil, nil
		done, total, _ := m.Counts()
		m.Done, m.Total = &done, &total
	}
	return in.SetMeasure(code, measure, m)
}

// LastItems is the list behind a measure as last round left it, nil if there
// was none.
func (in *Inspector) LastItems(code, measure string) []inspection.Item {
	if in.last == nil {
		return nil
	}
	return in.last.Entries[code].Measures[measure].Items
}

// itemStates are the states of an item and how people call them.
var itemStates = map[string]string{"": inspection.ItemOpen, "open": inspection.ItemOpen, "未完成": inspection.ItemOpen, "否": inspection.ItemOpen,
	"done": inspection.ItemDone, "完成": inspection.ItemDone, "已完成": inspection.ItemDone, "是": inspection.ItemDone,
	"exempt": inspection.ItemExempt, "免": inspection.ItemExempt, "led": inspection.ItemLed, "其他单位牵头": inspection.ItemLed}

// ReadItems reads the list behind a measure from a table, XLSX or CSV, with a
// head row: 名称, and perhaps 代码, 级别, 牵头单位, 状态 (未完成, 完成, 免,
// 其他单位牵头). Either all rows are taken or none.
func ReadItems(path string) ([]inspection.Item, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows, err := tableOf(path, b)
	if err != nil {
		return nil, err
	}
	t := headed(rows)
	name, code, level := t.col("名称", "name"), t.col("代码", "code"), t.col("级别", "level")
	lead, state := t.col("牵头单位", "牵头", "lead"), t.col("状态", "state")
	if name < 0 {
		return nil, i18n.E("表格第一行要有“名称”；没有改动")
	}
	var out []inspection.Item
	seen := map[string]bool{}
	for n := range t.rows {
		if t.at(n, name) == "" && t.at(n, code) == "" {
			continue
		}
		s, ok := itemStates[t.at(n, state)]
		x := inspection.Item{Code: t.at(n, code), Name: t.at(n, name), Level: t.at(n, level), Lead: t.at(n, lead), State: s}
		if x.Code == "" {
			x.Code = NextItem(out)
		}
		if !ok || x.Name == "" || seen[x.Code] || len(out) >= maxItems {
			return nil, i18n.E("表格第 %d 行不对：名称要写，代码不能重复，状态是 未完成、完成、免 或 其他单位牵头；没有改动", n+t.first)
		}
		seen[x.Code] = true
		out = append(out, x)
	}
	return out, nil
}

// NextItem is a code that the list does not use yet.
func NextItem(items []inspection.Item) string {
	used := map[string]bool{}
	for _, x := range items {
		used[x.Code] = true
	}
	for n := len(items) + 1; ; n++ {
		if code := fmt.Sprintf("s%d", n); !used[code] {
			return code
		}
	}
}

// SetShrunk says why the total of a measure is smaller than last round.
func (in *Inspector) SetShrunk(code, measure, why string) error {
	m := in.rec.Entries[code].Measures[measure]
	m.Reason = strings.TrimSpace(why)
	return in.SetMeasure(code, measure, m)
}

// Shrunk tells whether the total of a measure is smaller than last round's, and
// what that was.
func (in *Inspector) Shrunk(code, measure string) (before scoring.Decimal, shrunk bool) {
	if in.last == nil {
		return 0, false
	}
	_, was, ok := in.last.Entries[code].Measures[measure].Counts()
	_, is, now := in.rec.Entries[code].Measures[measure].Counts()
	return was, ok && now && is < was
}

// shrunkGaps are the measures whose total shrank without a reason. Fewer things
// to do make a better ratio, so somebody must say why.
func (in *Inspector) shrunkGaps() []inspection.Gap {
	var out []inspection.Gap
	for i := range in.c.Engine.Len() {
		ind := in.c.Engine.Indicator(i)
		for _, m := range ind.Measures {
			before, shrunk := in.Shrunk(ind.Code, m.Code)
			if shrunk && in.rec.Entries[ind.Code].Measures[m.Code].Reason == "" {
				out = append(out, inspection.Gap{Indicator: ind.Code, Place: "entries." + ind.Code + ".measures." + m.Code + ".reason", Blocking: true,
					Text: i18n.T("%s 的总数比上轮（%s）少，要写理由", m.Code, before.String())})
			}
		}
	}
	return out
}

// Continue carries a finding of last round over to this one, 仍存在, with a link
// to it. A rule that takes one finding only is not entered twice, and what was found
// of a rule anew may be the same cases: they are not counted twice, either.
func (in *Inspector) Continue(code, finding string) error {
	if in.last == nil || in.lastHash == "" {
		return i18n.E("没有上轮的记录")
	}
	for _, f := range in.last.Entries[code].Findings {
		if f.ID != finding {
			continue
		}
		return in.entry(code, i18n.T("仍存在"), func(e *inspection.Entry) error {
			begun(e)
			for _, x := range e.Findings {
				if x.Continues != nil && x.Continues.Record == in.lastHash && x.Continues.Finding == finding {
					return i18n.E("这一条已经沿用了")
				}
				if f.Rule != "" && x.Rule == f.Rule && (once(in.c, code, f.Rule) || x.Continues == nil) {
					return i18n.E("规则 %s 本轮已有记录；请在那一条里改次数和说明", f.Rule)
				}
			}
			f.ID, f.Evidence = freeID(e), nil // the pictures were taken last round
			f.Continues = &inspection.Continues{Record: in.lastHash, Finding: finding}
			e.Findings = append(e.Findings, f)
			return nil
		})
	}
	return i18n.E("上轮的 %s 没有记录“%s”", code, finding)
}

// Continued tells whether a finding of last round was carried over.
func (in *Inspector) Continued(code, finding string) bool {
	for _, f := range in.rec.Entries[code].Findings {
		if f.Continues != nil && f.Continues.Record == in.lastHash && f.Continues.Finding == finding {
			return true
		}
	}
	return false
}
