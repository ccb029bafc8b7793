package model

import (
	"xunping/assets/i18n"
	"xunping/inspection"
)

// SameMeasure tells whether what is offered is what the record has.
func SameMeasure(a, b inspection.Measure) bool {
	da, ta, oka := a.Counts()
	db, tb, okb := b.Counts()
	return oka && okb && da == db && ta == tb && a.AsOf == b.AsOf && a.Completed == b.Completed
}

// OfferedWords says what is offered for a measure, and from where.
func OfferedWords(m inspection.Measure) string {
	done, total, _ := m.Counts()
	if m.Source == inspection.SourcePlatform {
		return i18n.T("平台数据 %s／%s，截至 %s", done.String(), total.String(), m.AsOf)
	}
	return i18n.T("上轮已完成 %s／%s，完成日期 %s", done.String(), total.String(), m.Completed)
}
