package ui

import (
	"context"

	"fyne.io/fyne/v2"

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
			v.warnUnsaved()
		}
	case v.in.Saved() != "":
		v.warned = false
		status.SetIn(i18n.T("已保存 %s", v.in.Saved()), look.Secondary)
	}
}

// warnUnsaved offers to save again what is in memory only.
func (v *walkView) warnUnsaved() {
	say := look.NewPara(i18n.Person(v.in.Unsaved()))
	in := v.in
	elsewhere := look.NewButton(i18n.T("存到别处…"), func() {
		v.s.saveFile(in.Record().Unit.Code+i18n.T("-交接")+".zip", func(out string) error {
			if err := in.SaveElsewhere(context.Background(), out); err != nil {
				return err
			}
			v.s.toast(i18n.T("已写入 %s", out))
			return nil
		})
	})
	d := look.NewDialog(v.s.win, i18n.T("没有保存"), look.Fixed(520, 0, say)).Aside(elsewhere).Cancel(i18n.T("先继续检查"), nil)
	d.Main(i18n.T("再存一次"), func() bool {
		if err := v.in.Retry(); err != nil {
			say.Set(i18n.Person(err))
			return false
		}
		v.update()
		return true
	})
	d.Show()
}

// unsaved tells whether the open screen has work in memory only.
func (s *shell) unsaved() bool {
	v, ok := s.screen.(*walkView)
	if ok && v.entry != nil {
		v.entry.flush()
	}
	return ok && v.in.Unsaved() != nil
}

// askClose keeps the window open while work is in memory only.
func (s *shell) askClose() {
	s.keepSize()
	if !s.unsaved() {
		s.win.Close()
		return
	}
	d := look.NewDialog(s.win, i18n.T("还有没保存的改动"), look.Fixed(480, 0, look.NewPara(i18n.T("关闭程序会丢掉还没有存进工作簿的改动。请先检查磁盘，再存一次。")))).Cancel(i18n.T("回去再存"), nil)
	d.Main(i18n.T("丢掉并关闭"), func() bool { fyne.Do(s.win.Close); return true })
	d.Show()
}
