package model

import (
	"strconv"

	"xunping/assets/i18n"
	"xunping/desk"
)

// ConflictTable lists the conflicts of a round: who competes with what total, and
// in which indicators they differ.
func ConflictTable(list []desk.Conflict) *Table {
	lines := make([]Line, len(list))
	for i, c := range list {
		heads, differ := "", ""
		for _, h := range c.Heads {
			heads = join(heads, i18n.T("%s 第 %d 版 %s", h.Inspector, h.Revision, h.Value))
		}
		for _, d := range c.Differ {
			differ = join(differ, d)
		}
		if differ == "" {
			differ = i18n.T("各份内容相同，确认一次即可")
		}
		if c.Apart {
			differ = i18n.T("不参加排名：指标体系或性质（试评／正式）与本轮不同；%s", differ)
		}
		lines[i] = Line{Cells: []string{c.Unit.Name, strconv.Itoa(len(c.Heads)), heads, differ}, Group: c.Unit.Kind}
	}
	return NewTable([]Column{{Word: i18n.T("单位"), Width: 200}, {Word: i18n.T("份数"), Width: 50, Figure: true}, {Word: i18n.T("各份"), Width: 420}, {Word: i18n.T("不一致的指标")}}, lines)
}
