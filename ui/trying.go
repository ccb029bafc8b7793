package ui

import (
	"xunping/assets/i18n"
	"xunping/ui/look"
)

// try begins or ends trying out: what is entered meanwhile moves the score and
// is never saved.
func (v *walkView) try() {
	if v.entry != nil {
		v.entry.flush()
	}
	if v.in.Trying() {
		v.in = v.real
		v.s.toast(i18n.T("试算结束，什么也没有改"))
	} else {
		v.real, v.in = v.in, v.in.Try()
	}
	v.score.before = ""
	v.rebuild()
}

// showSaved says whether what is on the screen is on the disk: 已保存 only after
// the commit, in red when the disk refused, and that trying out saves nothing.
func (v *walkView) showSaved() {
	status := v.s.status
	switch {
	case v.in.Trying():
		status.SetIn(i18n.T("试算中，不保存（Ctrl+Shift+E 结束）"), look.Waiting)
	case v.in.Unsaved() != nil:
		status.SetIn(i18n.T("未保存！"), look.Lost)
		if !v.warned {
			v.warned = true
			v.s.unsavedDialog(v, v.update).Show()
		}
	case v.in.Saved() != "":
		v.warned = false
		status.SetIn(i18n.T("已保存 %s", v.in.Saved()), look.Secondary)
	}
}
