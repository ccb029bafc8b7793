package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// verifyView is the small verifier: genuine or not, by whom, the score computed
// again, the pages drawn again. It needs no round and changes nothing.
type verifyView struct {
	s    *shell
	body *fyne.Container
}

var toneRoles = map[model.Tone]look.Role{model.Good: look.Gained, model.Careful: look.Waiting, model.Bad: look.Lost}

// askVerify opens the verifier; files are dropped onto it or chosen.
func (s *shell) askVerify() {
	v := &verifyView{s: s, body: container.NewStack()}
	v.put(container.NewCenter(look.Column(look.Gap3, look.NewText(i18n.T("把评分表（PDF 或 ZIP）拖到这里，或选择文件。只核验，不写入工作簿。")),
		container.NewCenter(look.NewIconButton(i18n.T("选择文件…"), theme.FileIcon(), v.choose)))))
	s.verifying = v.verify
	d := look.NewDialog(s.win, i18n.T("核验评分表"), v.body).Size(820, 620)
	d.Aside(look.NewButton(i18n.T("选择文件…"), v.choose))
	d.Reading(i18n.T("关闭")).Closed(func() { s.verifying = nil })
	d.Show()
}

func (v *verifyView) put(o fyne.CanvasObject) {
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

func (v *verifyView) choose() {
	v.s.openFile(func(path string) { v.verify([]string{path}) })
}

// verify asks for the key when files are encrypted, then proves.
func (v *verifyView) verify(paths []string) {
	v.s.withEncrypted(paths, func() { v.prove(paths) })
}

// prove proves files and draws their pages again, beside the window.
func (v *verifyView) prove(paths []string) {
	var results []desk.VerifyResult
	v.s.run(job{title: i18n.T("核验评分表"),
		work: func(ctx context.Context, p desk.Progress) error {
			for i, path := range paths {
				p(i, len(paths), filepath.Base(path))
				list, err := v.s.desk.Verify(ctx, path)
				if err != nil {
					return err
				}
				for _, r := range list {
					if err := ctx.Err(); err != nil {
						return err
					}
					if err := r.ComparePages(); err != nil { // of this file; the others are shown all the same
						r.Reason = i18n.Person(err)
					}
					results = append(results, r)
				}
			}
			return nil
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			v.show(results)
		}})
}

func (v *verifyView) show(results []desk.VerifyResult) {
	box := look.Column(look.Gap3)
	if old, err := v.s.desk.RosterWarning(); err == nil && old != "" {
		box.Add(look.NewPara(old).In(look.Waiting))
	}
	for _, r := range results {
		box.Add(look.Card(v.card(model.NewVerdict(r))))
	}
	v.put(container.NewVScroll(box))
}

var signatureColumns = []float32{110, 170, 170, 0}

func (v *verifyView) card(r model.Verdict) fyne.CanvasObject {
	glyph := map[model.Tone]string{model.Good: "● ", model.Careful: "？ ", model.Bad: "× "}[r.Tone]
	box := look.Column(look.Gap2, look.Across(look.Gap3, look.Head(glyph+r.Head).In(toneRoles[r.Tone]), look.Stretch(), look.Middle(look.Small(r.File))))
	if r.Reason != "" {
		box.Add(look.NewPara(r.Reason))
	}
	if r.CanAccept {
		box.Add(look.NewPara(i18n.T("版面签名失效或文件被改过，但记录自身的签名仍然成立：汇总单位可以另行认可")).In(look.Waiting))
		box.Add(look.Across(look.Gap2, look.NewButton(i18n.T("认可这份记录…"), func() { v.s.askAccept(r) })))
	}
	if r.What != "" {
		line := look.Across(look.Gap3, v.s.pointsOf(look.Page(r.Total), look.Middle(look.NewText(r.Band)), look.Middle(look.Small(i18n.T("总分按记录重新计算"))))...)
		line.Add(look.Stretch())
		line.Add(look.Middle(look.NewText(r.What)))
		box.Add(line)
	}
	if len(r.Signatures) > 0 {
		box.Add(look.Grid(signatureColumns, look.Small(i18n.T("签名栏")), look.Small(i18n.T("签名人")), look.Small(i18n.T("名册")), look.Small(i18n.T("时间（自称）"))))
	}
	for _, x := range r.Signatures {
		box.Add(look.Grid(signatureColumns, look.NewText(x.Place), look.NewText(x.Who).Elided(), look.NewText(x.Standing).In(toneRoles[x.Tone]), look.NewText(x.Time)))
	}
	if r.Pages != "" {
		box.Add(look.NewPara(r.Pages).In(toneRoles[r.PagesTone]))
	}
	if r.Missing != "" {
		box.Add(look.NewPara(r.Missing).In(look.Waiting))
	}
	if r.Record != "" {
		box.Add(look.Note(i18n.T("记录 %s", r.Record)))
	}
	return box
}

// askAccept takes the record of a file whose pages another tool destroyed, by an
// act of the bureau.
func (s *shell) askAccept(r model.Verdict) {
	keys, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return
	}
	words, bureau := model.BureauKeys(keys)
	if len(bureau) == 0 {
		s.fail(i18n.E("认可要用汇总单位的密钥签名，这台电脑上没有"))
		return
	}
	intro := i18n.T("记录自身的签名证明内容没有变；版面已不可信，请勿采信原来的纸面。认可由汇总单位签名，随记录永久保留，排名和台账都会注明。")
	s.ask(i18n.T("认可版面签名失效的文件"), intro, i18n.T("认可并写入…"), []question{{label: i18n.T("文件"), value: r.File, options: []string{r.File}},
		{label: i18n.T("理由"), lines: 2}, {label: i18n.T("汇总密钥"), options: words}, {label: i18n.T("口令"), secret: true}}, func(a []string) error {
		key := bureau[max(indexOf(words, a[2]), 0)]
		if a[1] == "" {
			return i18n.E("认可要写理由")
		}
		if _, err := desk.OpenKey(key.Path, a[3]); err != nil {
			return err
		}
		s.accept(r, a[1], key.Path, a[3])
		return nil
	})
}

func (s *shell) accept(r model.Verdict, reason, key, pass string) {
	var done desk.Accepted
	s.run(job{title: i18n.T("认可版面签名失效的文件"),
		work: func(ctx context.Context, _ desk.Progress) (err error) {
			done, err = s.desk.AcceptVerified(ctx, &r.Of, reason, key, pass, "")
			return err
		},
		done: func(err error) {
			if err != nil {
				s.fail(err)
				return
			}
			s.toast(i18n.T("%s 已认可；转交用的包在 %s", done.Unit.Name, done.File))
		}})
}

func indexOf(list []string, word string) int {
	for i, w := range list {
		if w == word {
			return i
		}
	}
	return -1
}
