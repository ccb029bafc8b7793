package ui

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// history shows what was sealed for the open unit, while its correction is
// being worked on.
func (v *walkView) history() {
	v.s.showHistory(desk.UnitRow{Unit: v.in.Record().Unit})
}

// askDiscard throws the draft away, after asking. It is kept as a pack beside the
// workbook, so that a mistake is not the end of it.
func (v *walkView) askDiscard() {
	if v.entry != nil {
		v.entry.flush()
	}
	s, r := v.s, v.in.Record()
	text := i18n.T("放弃 %s 的这份草稿。草稿先写成交接包，存在工作簿旁边的 discarded 文件夹里，合入它就能找回来。", r.Unit.Name)
	if v.in.Corrects() != nil {
		text = i18n.T("放弃 %s 的这次更正，已签的评分表不变。草稿先写成交接包，存在工作簿旁边的 discarded 文件夹里，合入它就能找回来。", r.Unit.Name)
	}
	d := look.NewDialog(s.win, i18n.T("放弃这份草稿"), look.Fixed(520, 0, look.NewPara(text))).Cancel(i18n.T("不放弃"), nil)
	d.Main(i18n.T("放弃"), func() bool {
		kept, err := v.in.Discard(context.Background())
		if err != nil {
			s.fail(err)
			return true
		}
		s.screen = nil // nothing of it is saved any more
		d.Hide()
		s.goTo(placeInspect)
		s.toast(i18n.T("草稿已放弃，留了一份：%s", kept))
		return false
	})
	d.Show()
}

// showChanged opens the indicator that an undone change was made in: its words
// begin with the code.
func (v *walkView) showChanged(change string) {
	if code, _, ok := strings.Cut(change, " "); ok {
		v.walk.GoTo(code)
	}
}
