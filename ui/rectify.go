package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// askNotice demands of a unit to put findings right 整改通知.
func (v *bureauView) askNotice(m model.Matter) {
	rec, c, err := v.s.desk.Sheet(m.ID)
	if err != nil {
		v.s.fail(err)
		return
	}
	items := model.NoticeForm(rec, c)
	if len(items.Rows) == 0 {
		v.s.toast(i18n.T("%s 的评分表没有扣分，没有要整改的", rec.Unit.Name))
		return
	}
	v.askAct(actForm{title: i18n.T("整改通知　%s", rec.Unit.Name), word: i18n.T("签名通知"), said: i18n.T("整改通知已签名"), items: items,
		intro:     i18n.T("逐条写明怎样算整改完、何时完成。下一轮检查从没有办完的开始。"),
		questions: []question{{label: i18n.T("文号")}, {label: i18n.T("日期"), value: v.s.desk.Today()}, {label: i18n.T("总的要求"), lines: 2}},
		sign: func(a actAnswers) (string, error) {
			e := desk.RectifyEntry{Record: m.ID, Items: a.items, Number: a.text[0], Text: a.text[2]}
			var err error
			if e.Date, err = a.day(1); err != nil {
				return "", err
			}
			return v.s.desk.DemandRectify(a.ctx, e, a.id, "")
		},
		then: func(string, desk.Signer) { v.handleAt = handlePlace{view: model.HandleRectify}; v.refresh() }})
}

// askExtend puts days off, before they have passed.
func (v *bureauView) askExtend(i *desk.RectifyItem) {
	v.askStep(i, actForm{title: i18n.T("整改延期　%s", i.Unit.Name), intro: i18n.T("期限没有过才能延；新期限要晚于现在的期限。"), word: i18n.T("签名延期"), said: i18n.T("已延期"),
		questions: []question{{label: i18n.T("日期"), value: v.s.desk.Today()}, {label: i18n.T("说明"), lines: 2}}}, model.ExtendForm, v.s.desk.Extend)
}

// askRecheck enters what was found when looking again.
func (v *bureauView) askRecheck(i *desk.RectifyItem) {
	v.askStep(i, actForm{title: i18n.T("整改复查　%s", i.Unit.Name), intro: i18n.T("“已整改”销号；“部分整改”“未整改”留在台账，可以另定期限；“延期”要在期限之前。"), word: i18n.T("签名复查"), said: i18n.T("复查已登记"),
		questions: []question{{label: i18n.T("复查日期"), value: v.s.desk.Today()}, {label: i18n.T("说明"), lines: 2}, {label: i18n.T("复查人"), hint: i18n.T("不写就是签名的人")},
			{label: i18n.T("附件"), hint: i18n.T("照片或记录，可以没有"), file: true}}}, model.RecheckForm, v.s.desk.Recheck)
}

type stepMaker func(context.Context, desk.RectifyStep, desk.Signer, string) (string, error)

// askStep asks for a step of the notice of an item: the other open items of the
// notice can be ticked with it.
func (v *bureauView) askStep(i *desk.RectifyItem, f actForm, form func([]desk.RectifyItem, string) *model.ItemForm, do stepMaker) {
	items, err := v.s.desk.NoticeItems(i.Notice)
	if err != nil {
		v.s.fail(err)
		return
	}
	f.items = form(items, desk.FindingKey(i.Indicator, i.Finding.ID))
	f.sign = func(a actAnswers) (string, error) {
		step := desk.RectifyStep{Notice: i.Notice, Items: a.items, Text: a.text[1]}
		var err error
		if step.Date, err = a.day(0); err != nil {
			return "", err
		}
		if len(a.text) > 3 {
			step.By = inspection.Person{Name: a.text[2]}
			if step.Scans, err = desk.ReadScans(a.text[3]); err != nil {
				return "", err
			}
		}
		return do(a.ctx, step, a.id, "")
	}
	v.askAct(f)
}

// saveAnswerForm writes the form in which the unit answers.
func (v *bureauView) saveAnswerForm(i *desk.RectifyItem) {
	v.s.saveFile(i.Unit.Code+i18n.T("-整改答复")+".xlsx", func(path string) error {
		return v.s.say(v.s.desk.WriteAnswerForm(i.Notice, path), i18n.T("已写入 %s", path))
	})
}

// askAnswer reads a filled form; evidence lies beside it. What is wrong is named by
// its cell, and nothing is taken then.
func (v *bureauView) askAnswer(i *desk.RectifyItem) {
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
