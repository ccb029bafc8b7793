package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// acts asks for what follows a score and signs it, wherever a person is; changed
// shows what the workbook says then.
type acts struct {
	s       *shell
	changed func(said string)
	team    bool // an inspector signs; the file goes to the bureau
}

func (v *bureauView) acts() acts { return acts{s: v.s, changed: v.changed} }

// askAct asks for an act and signs it; the page then shows what the workbook says
// now.
func (v *bureauView) askAct(f actForm) { v.acts().ask(f) }

// before is an act of which another is to take the place, all empty for none.
func before(old *desk.ActInfo) desk.ActInfo {
	if old == nil {
		return desk.ActInfo{Act: &inspection.Act{}}
	}
	return *old
}

// amending says in a form what becomes of the old act.
func amending(old *desk.ActInfo, intro string) string {
	if old == nil {
		return intro
	}
	return i18n.T("更正%s 的“%s”：照原样填好了，改掉错的再签名。旧的留在全过程里，不再算数；附件不另选就沿用。", old.Act.By.Name, desk.ActWord(old.Act)) + intro
}

// amend asks for an act again with the old one filled in.
func (a acts) amend(hash string) {
	old, err := a.s.desk.ActNow(hash)
	if err != nil {
		a.s.fail(err)
		return
	}
	about := ""
	if len(old.Act.About) > 0 {
		about = old.Act.About[0]
	}
	m := model.Matter{ID: about, Unit: old.Act.Case.Unit}
	switch old.Act.Kind {
	case inspection.ActReceipt:
		a.askServe(m, &old)
	case inspection.ActObjection:
		a.askObjection("", m, &old)
	case inspection.ActReturn:
		a.askReturn(m, &old)
	case inspection.ActRectify:
		a.askNotice(m, &old, nil)
	default:
		a.amendStep(about, &old)
	}
}

// amendStep asks for a step after a notice again.
func (a acts) amendStep(notice string, old *desk.ActInfo) {
	i, err := a.s.desk.NoticeNow(notice)
	if err != nil {
		a.s.fail(err)
		return
	}
	switch old.Act.Kind {
	case inspection.ActExtension:
		a.askExtend(i, old)
	case inspection.ActAnswer:
		a.askAnswer(i, old)
	case inspection.ActRecheck:
		a.askRecheck(i, old)
	}
}

// askAmend asks which of the acts of a matter is wrong, if there are several.
func (a acts) askAmend(list []model.Amend) {
	if len(list) == 1 {
		a.amend(list[0].Hash)
		return
	}
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = x.Words
	}
	a.s.ask(i18n.T("更正"), "", i18n.T("下一步"), []question{{label: i18n.T("哪一份错了"), options: words}}, func(answers []string) error {
		a.amend(list[model.Place(words, answers[0])].Hash)
		return nil
	})
}

// scans are the files of an act: the one chosen, else those of the act that it
// replaces.
func (a acts) scans(path string, old *desk.ActInfo) ([][]byte, error) {
	if path != "" || old == nil {
		return desk.ReadScans(path)
	}
	return a.s.desk.ActFiles(old.Act)
}

// savePack writes an act as a file to hand on; it is in the workbook already.
func (a acts) savePack(name string) func(hash string, id desk.Signer) {
	return func(hash string, id desk.Signer) {
		a.s.saveFile(name+".zip", func(out string) error {
			return a.s.say(a.s.desk.PackActs(context.Background(), []string{hash}, id, out), i18n.T("已写入 %s", out))
		})
	}
}
