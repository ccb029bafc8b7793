package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// holder is a screen whose work may be in memory only, because the disk refused it.
type holder interface {
	unsaved() error // why; nil when all is on the disk
	retry() error
}

// leaving goes on to something else, after what the open screen holds is on the disk.
// Every way out of a screen comes through here: another screen, round or workbook, and
// the end of the program. If the disk still refuses, the person decides.
func (s *shell) leaving(then func()) {
	s.leaveScreen()
	h, ok := s.screen.(holder)
	if !ok || h.unsaved() == nil || h.retry() == nil {
		then()
		return
	}
	give := look.NewButton(i18n.T("丢掉没存的，离开"), nil)
	d := s.unsavedDialog(h, then).Aside(give)
	give.OnTapped = func() {
		d.Hide()
		s.screen = &pane{name: s.screen.title()} // nothing more is asked of it
		then()
	}
	d.Show()
}

// leaveScreen saves what the open screen has in its fields, before something
// else reads the workbook.
func (s *shell) leaveScreen() {
	if s.screen != nil {
		s.screen.leave()
	}
}

// unsavedDialog offers to save again what is in memory only, and then goes on.
func (s *shell) unsavedDialog(h holder, then func()) *look.Dialog {
	say := look.NewPara(i18n.Person(h.unsaved()))
	d := look.NewDialog(s.win, i18n.T("没有保存"), look.Fixed(560, 0, say)).Cancel(i18n.T("留在这里"), nil)
	if v, ok := h.(*walkView); ok {
		d.Aside(look.NewButton(i18n.T("存到别处…"), v.saveElsewhere))
	}
	d.Main(i18n.T("再存一次"), func() bool {
		if err := h.retry(); err != nil {
			say.Set(i18n.Person(err))
			return false
		}
		d.Hide()
		then()
		return false
	})
	return d
}

// counted is the draft that counts, also while another one is tried out.
func (v *walkView) counted() *desk.Inspector {
	if v.in.Trying() {
		return v.real
	}
	return v.in
}

func (v *walkView) unsaved() error { return v.counted().Unsaved() }
func (v *walkView) retry() error   { return v.counted().Retry() }

// saveElsewhere writes the draft as it is in memory to another disk.
func (v *walkView) saveElsewhere() {
	in := v.counted()
	v.s.saveFile(in.Record().Unit.Code+i18n.T("-交接")+".zip", func(out string) error {
		return v.s.say(in.SaveElsewhere(context.Background(), out), i18n.T("已写入 %s", out))
	})
}

func (v *rubricEditView) unsaved() error {
	if !v.m.E.Unsaved() {
		return nil
	}
	return i18n.E("指标草稿最后的改动没有存进工作簿，还在内存里。请检查磁盘，再存一次")
}

func (v *rubricEditView) retry() error { return v.m.E.Flush() }

// askClose keeps the window open while work is in memory only.
func (s *shell) askClose() {
	s.keepSize()
	s.leaving(s.win.Close)
}
