package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// showHistory shows what was sealed for a unit: where the files are, who has
// signed, and what can be done: sign as the second inspector, correct, write the
// file again.
func (s *shell) showHistory(unit desk.UnitRow) {
	list, err := s.desk.History(s.round.Code, unit.Unit.Code)
	if err != nil {
		s.fail(err)
		return
	}
	var d *look.Dialog
	box := look.Column(look.Gap3)
	if len(list) == 0 {
		s.toast(i18n.T("本单位还没有签发的评分表"))
		return
	}
	for i := len(list) - 1; i >= 0; i-- {
		box.Add(look.Card(s.revisionCard(list[i], func() { d.Hide() })))
	}
	d = look.NewDialog(s.win, i18n.T("%s　已签的评分表", unit.Unit.Name), container.NewVScroll(box)).Size(720, 560)
	d.Cancel(i18n.T("关闭"), nil).Aside(look.NewButton(i18n.T("全过程…"), func() { d.Hide(); s.showTimeline(unit.Unit.Code) }))
	d.Main(i18n.T("更正，出新版"), func() bool {
		d.Hide()
		s.leaving(func() {
			in, err := s.desk.Correct(s.round.Code, unit.Unit.Code)
			if err != nil {
				s.fail(err)
				return
			}
			s.put(newWalkView(s, in))
		})
		return false
	})
	d.Show()
}

func (s *shell) revisionCard(r desk.Revision, close func()) fyne.CanvasObject {
	head := look.Across(look.Gap3, look.Bold(i18n.T("第 %d 版", r.Number)))
	head.Objects = append(head.Objects, s.pointsOf(look.Head(r.Value), look.Middle(look.NewText(r.Band)))...)
	head.Add(look.Middle(look.Small(model.Clock(r.Sealed))))
	box := look.Column(look.Gap1, head, look.Small(i18n.T("短码 %s　签名：%s", r.Short, strings.Join(r.Signers, i18n.T("、")))))
	switch {
	case r.Standing != "":
		box.Add(look.NewPara(desk.ReasonWords(r.Standing)).In(look.Waiting))
	case r.Path != "":
		box.Add(look.NewPara(r.Path))
	case !r.Here:
		box.Add(look.Small(i18n.T("从收到的文件并入")))
	}
	if r.Accepted {
		box.Add(look.NewPara(desk.AcceptedWords()).In(look.Waiting))
	}
	for _, line := range model.Afterwards(r) {
		box.Add(look.NewPara(line).In(look.Waiting))
	}
	if r.Here && r.Receipt == "" {
		box.Add(look.Small(i18n.T("尚无回执：请把文件交回大数据局")))
	} else if r.Receipt != "" {
		box.Add(look.Small(i18n.T("回执：大数据局已收 %s", model.Clock(r.Receipt))))
	}
	actions := look.Across(look.Gap2)
	if r.Path != "" {
		actions.Add(look.NewButton(i18n.T("打开 PDF"), func() { s.openPath(r.Path) }))
		actions.Add(look.NewButton(i18n.T("打开所在文件夹"), func() { s.openPath(filepath.Dir(r.Path)) }))
	}
	if r.HasPDF {
		actions.Add(look.NewButton(i18n.T("另存 PDF…"), func() {
			s.saveFile(r.Short+".pdf", func(path string) error { return s.desk.SavePDF(r, path) })
		}))
	}
	actions.Add(look.NewButton(i18n.T("现场检查记录…"), func() {
		s.saveFile(r.Short+i18n.T("-现场检查记录")+".pdf", func(path string) error {
			pdf, err := s.desk.FactSheet(r.Hash)
			return s.saved(path, desk.SavePaper(path, pdf, err))
		})
	}))
	actions.Add(look.NewButton(i18n.T("登记单位意见…"), func() { close(); s.askOpinion(r) }))
	for _, field := range r.Empty {
		keys := s.keysFor(field, r.SignerID)
		switch {
		case !r.HasPDF || field == inspection.FieldBureau && len(keys) == 0:
		case field == inspection.FieldBureau:
			actions.Add(look.NewButton(i18n.T("汇总单位签名…"), func() { close(); s.askCosign(r, field, keys) }))
		default:
			actions.Add(look.NewButton(i18n.T("第二检查员补签…"), func() { close(); s.askCosign(r, field, keys) }))
		}
	}
	box.Add(actions)
	return box
}

// keysFor are the keys on this machine that may sign a field: those of the bureau
// for its own, any but those of who sealed it for the second inspector.
func (s *shell) keysFor(field, sealer string) []desk.KeyInfo {
	keys, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return nil
	}
	return slices.DeleteFunc(keys, func(k desk.KeyInfo) bool {
		if field != inspection.FieldBureau && k.Number == sealer {
			return true
		}
		return slices.Contains(k.Roles, string(inspection.RoleBureau)) != (field == inspection.FieldBureau)
	})
}

// askCosign lets the second inspector, or the bureau, sign on this machine, when he
// has seen the pages.
func (s *shell) askCosign(r desk.Revision, field string, keys []desk.KeyInfo) {
	if len(keys) == 0 {
		s.needKey()
		return
	}
	pdf, err := s.desk.RevisionPDF(context.Background(), r)
	if err != nil {
		s.fail(err)
		return
	}
	pages := s.newSignPages()
	pages.in(i18n.T("%s 1／2　将要签名的页面", cosignTitle(field)), look.Note(i18n.T("补签不改变记录和得分。")), func() {
		pages.d.Hide()
		s.cosign(r, field, keys)
	})
	pages.put(pdf)
}

func cosignTitle(field string) string {
	if field == inspection.FieldBureau {
		return i18n.T("汇总单位签名")
	}
	return i18n.T("第二检查员补签")
}

// cosign asks for the passphrase and signs.
func (s *shell) cosign(r desk.Revision, field string, keys []desk.KeyInfo) {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = model.KeyWords(k)
	}
	key, pass := look.NewSelect(names, nil), ime.NewPassword()
	key.SetSelectedIndex(0)
	wrong := look.NewPara("").In(look.Lost)
	title := cosignTitle(field)
	box := look.Column(look.Gap2, look.Note(i18n.T("补签不改变记录和得分。写出一份带两个签名的新文件，请交回大数据局。")),
		pair(desk.FieldWord(field), key), pair(i18n.T("口令"), pass), wrong)
	d := look.NewDialog(s.win, title, look.Fixed(520, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("签名"), func() bool {
		k := keys[max(key.SelectedIndex(), 0)]
		if _, err := desk.OpenKey(k.Path, pass.Text); err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		s.saveFile(r.Short+"-2.pdf", func(out string) error {
			s.run(job{title: title,
				work: func(ctx context.Context, p desk.Progress) error {
					return s.desk.CosignRevision(ctx, r, field, k.Path, pass.Text, out)
				},
				done: func(err error) {
					if err != nil {
						s.fail(err)
						return
					}
					s.goTo(placeInspect)
					s.toast(i18n.T("已补签：%s", out))
				}})
			return nil
		})
		return true
	})
	pass.OnSubmitted, pass.OnEscape = func(string) { d.Enter() }, d.Escape
	d.Focus(pass).Show()
	s.recall(keys[max(key.SelectedIndex(), 0)].SPKI, pass)
}
