package desk

import (
	"slices"

	"xunping/assets/i18n"
)

// Grades, lists, terms and notes stand beside the settings and are lines that come,
// go and change places; the settings themselves are always there.

// SettingAdds are the types of lines that can be added beside the settings.
func SettingAdds() []string { return []string{lineBand, lineList, lineTerm, lineNote} }

// Fixed tells a line that is always there.
func (l *RubricLine) Fixed() bool { return l.Type == lineSetting }

// AddSetting adds a line of a type after the line at, if that is of it, else after the
// last one of it. It gives the new line.
func (e *RubricEditor) AddSetting(at int, kind string) (int, error) {
	if !slices.Contains(SettingAdds(), kind) {
		return at, i18n.E("没有“%s”这种行", kind)
	}
	if err := e.Flush(); err != nil {
		return at, err
	}
	rows := e.doc.Settings
	to := len(rows)
	if at >= 0 && at < len(rows) && rows[at]["类型"] == kind {
		to = at + 1
	} else {
		order := append([]string{lineSetting}, SettingAdds()...)
		for to > 0 && slices.Index(order, rows[to-1]["类型"]) > slices.Index(order, kind) {
			to--
		}
	}
	row := rubricRow{"类型": kind}
	switch kind {
	case lineBand:
		row["名称"] = i18n.T("新等级")
	case lineList:
		row["名称"] = i18n.T("新榜单")
	case lineTerm:
		row["名称"] = i18n.T("新术语")
	case lineNote:
		row["内容"] = i18n.T("新说明")
	}
	e.doc.Settings = slices.Insert(rows, to, row)
	e.check()
	return to, e.save(i18n.T("加%s %s", kind, row["名称"]))
}

// RemoveSetting takes such a line out.
func (e *RubricEditor) RemoveSetting(at int) error {
	if at < 0 || at >= len(e.doc.Settings) || e.doc.Settings[at]["类型"] == lineSetting {
		return nil
	}
	if err := e.Flush(); err != nil {
		return err
	}
	row := e.doc.Settings[at]
	e.doc.Settings = slices.Delete(e.doc.Settings, at, at+1)
	e.check()
	return e.save(i18n.T("删%s %s", row["类型"], shortened(row["名称"]+row["内容"])))
}

// MoveSetting moves such a line up (by −1) or down (by 1) among those of its type. It
// gives where the line is now.
func (e *RubricEditor) MoveSetting(at, by int) (int, error) {
	rows, to := e.doc.Settings, at+by
	if at < 0 || at >= len(rows) || to < 0 || to >= len(rows) || rows[at]["类型"] != rows[to]["类型"] || rows[at]["类型"] == lineSetting {
		return at, nil
	}
	if err := e.Flush(); err != nil {
		return at, err
	}
	rows[at], rows[to] = rows[to], rows[at]
	e.check()
	return to, e.save(i18n.T("移动%s %s", rows[to]["类型"], shortened(rows[to]["名称"]+rows[to]["内容"])))
}
