package ui

import (
	"cmp"
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// askNotice demands of a unit to put findings right 整改通知.
func (a acts) askNotice(m model.Matter, old *desk.ActInfo, then func()) {
	rec, c, err := a.s.desk.Sheet(m.ID)
	if err != nil {
		a.s.fail(err)
		return
	}
	x := before(old)
	items := model.NoticeForm(rec, c).From(x.Act.Items)
	if len(items.Rows) == 0 {
		a.s.toast(i18n.T("%s 的评分表没有扣分，没有要整改的", rec.Unit.Name))
		return
	}
	f := actForm{title: i18n.T("整改通知　%s", rec.Unit.Name), word: i18n.T("签名通知"), said: i18n.T("整改通知已签名"), items: items,
		intro:     amending(old, i18n.T("逐条写明怎样算整改完、何时完成。下一轮检查从没有办完的开始。")),
		questions: []question{{label: i18n.T("文号"), value: x.Act.Number}, {label: i18n.T("日期"), value: cmp.Or(x.Act.Date, a.s.desk.Today())}, {label: i18n.T("总的要求"), lines: 2, value: x.Act.Text}},
		sign: func(w actAnswers) (string, error) {
			e := desk.RectifyEntry{Record: m.ID, Items: w.items, Number: w.text[0], Text: w.text[2], Replaces: x.Hash}
			var err error
			if e.Date, err = w.day(1); err != nil {
				return "", err
			}
			return a.s.desk.DemandRectify(w.ctx, e, w.id, "")
		}}
	if then != nil {
		f.then = func(string, desk.Signer) { then() }
	}
	a.ask(f)
}

// askExtend puts days off, before they have passed.
func (a acts) askExtend(i *desk.RectifyItem, old *desk.ActInfo) {
	x := before(old)
	a.askStep(i, old, actForm{title: i18n.T("整改延期　%s", i.Unit.Name), intro: i18n.T("期限没有过才能延；新期限要晚于现在的期限。"), word: i18n.T("签名延期"), said: i18n.T("已延期"),
		questions: []question{{label: i18n.T("日期"), value: cmp.Or(x.Act.Date, a.s.desk.Today())}, {label: i18n.T("说明"), lines: 2, value: x.Act.Text}}}, model.ExtendForm, a.s.desk.Extend)
}

// askRecheck enters what was found when looking again.
func (a acts) askRecheck(i *desk.RectifyItem, old *desk.ActInfo) {
	x := before(old)
	a.askStep(i, old, actForm{title: i18n.T("整改复查　%s", i.Unit.Name), intro: i18n.T("“已整改”销号；“部分整改”“未整改”留在台账，可以另定期限；“延期”要在期限之前。"), word: i18n.T("签名复查"), said: i18n.T("复查已登记"),
		questions: []question{{label: i18n.T("复查日期"), value: cmp.Or(x.Act.Date, a.s.desk.Today())}, {label: i18n.T("说明"), lines: 2, value: x.Act.Text},
			{label: i18n.T("复查人"), hint: i18n.T("不写就是签名的人"), value: x.Act.By.Name}, {label: i18n.T("附件"), hint: i18n.T("照片或记录，可以没有"), file: true}}}, model.RecheckForm, a.s.desk.Recheck)
}

// askAnswer enters what the unit says it did, where it filled in no form.
func (a acts) askAnswer(i *desk.RectifyItem, old *desk.ActInfo) {
	x := before(old)
	a.askStep(i, old, actForm{title: i18n.T("整改答复　%s", i.Unit.Name), intro: i18n.T("逐条登记单位的措施和完成日期；有填好的答复表时，用“读入答复表”。"), word: i18n.T("签名登记"), said: i18n.T("整改答复已登记"),
		questions: []question{{label: i18n.T("收到日期"), value: cmp.Or(x.Act.Date, a.s.desk.Today())}, {label: i18n.T("说明"), lines: 2, value: x.Act.Text},
			{label: i18n.T("答复人"), hint: i18n.T("单位的联络员或负责人"), value: x.Act.By.Name}, {label: i18n.T("佐证"), hint: i18n.T("照片或文件，可以没有"), file: true}}}, model.AnswerForm,
		func(ctx context.Context, e desk.RectifyStep, id desk.Signer, out string) (string, error) {
			e.Shown, e.Scans = e.Scans, nil
			return a.s.desk.AnswerRectify(ctx, e, id, out)
		})
}

type stepMaker func(context.Context, desk.RectifyStep, desk.Signer, string) (string, error)

type stepForm func(items []desk.RectifyItem, chosen string, old map[string]inspection.ActItem) *model.ItemForm

// askStep asks for a step of the notice of an item: the other open items of the
// notice can be ticked with it.
func (a acts) askStep(i *desk.RectifyItem, old *desk.ActInfo, f actForm, form stepForm, do stepMaker) {
	items, err := a.s.desk.NoticeItems(i.Notice)
	if err != nil {
		a.s.fail(err)
		return
	}
	x := before(old)
	f.items = form(items, desk.FindingKey(i.Indicator, i.Finding.ID), x.Act.Items)
	f.intro = amending(old, f.intro)
	f.sign = func(w actAnswers) (string, error) {
		step := desk.RectifyStep{Notice: i.Notice, Items: w.items, Text: w.text[1], Replaces: x.Hash}
		var err error
		if step.Date, err = w.day(0); err != nil {
			return "", err
		}
		if len(w.text) > 3 {
			step.By = inspection.Person{Name: w.text[2]}
			if step.Scans, err = desk.ReadScans(w.text[3]); err != nil {
				return "", err
			}
			step.Kept = x.Act.Files
		}
		return do(w.ctx, step, w.id, "")
	}
	a.ask(f)
}

// saveAnswerForm writes the form in which the unit answers.
func (v *bureauView) saveAnswerForm(i *desk.RectifyItem) {
	v.s.saveFile(i.Unit.Code+i18n.T("-整改答复")+".xlsx", func(path string) error {
		return v.s.say(v.s.desk.WriteAnswerForm(i.Notice, path), i18n.T("已写入 %s", path))
	})
}

// readAnswer reads a filled form; evidence lies beside it. What is wrong is named by
// its cell, and nothing is taken then.
func (v *bureauView) readAnswer(i *desk.RectifyItem) {
	v.s.openFile(func(path string) {
		f, err := v.s.desk.ReadAnswerForm(path, "")
		if err == nil && f.Step.Notice != i.Notice {
			err = i18n.E("这张答复表答的是另一份整改通知（%s）；没有改动", f.Step.Notice[:8])
		}
		if err != nil {
			v.s.fail(err)
			return
		}
		v.askAct(actForm{title: i18n.T("整改答复　%s", i.Unit.Name), word: i18n.T("签名登记"), said: i18n.T("整改答复已登记"),
			intro:     i18n.T("答复了 %d 条，佐证 %d 件（取自答复表所在的文件夹），连同答复表写进签名的记录。", len(f.Step.Items), len(f.Files)),
			questions: []question{{label: i18n.T("收到日期"), value: v.s.desk.Today()}, {label: i18n.T("答复人"), hint: i18n.T("单位的联络员或负责人")}},
			sign: func(a actAnswers) (string, error) {
				date, err := a.day(0)
				if err != nil {
					return "", err
				}
				return v.s.desk.EnterAnswer(a.ctx, f, date, inspection.Person{Name: a.text[1]}, a.id, "")
			}})
	})
}
