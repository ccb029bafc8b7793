package ui

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
	"xunping/ui/model"
)

// askDraft freezes the results as a draft; replaces names the publication that it
// corrects. What stands against it is named, and needs a reason.
func (v *bureauView) askDraft(m *model.Publishing, replaces string) {
	code, d := v.s.round.Code, v.s.desk
	box := look.Column(look.Gap2, look.Note(i18n.T("把现在的结果、名次和榜单冻结成快照，报批的就是它。以前没有发布的稿作废。")))
	if replaces != "" {
		box.Add(look.NewPara(i18n.T("这是更正稿，发布后替代 %s。", m.Current.Act.Number)).In(look.Waiting))
	}
	for _, f := range m.State()[1:] {
		box.Add(factRow(f))
	}
	questions := []question{
		{label: i18n.T("拟稿人"), value: d.Setting("publish.drafter", "")}, {label: i18n.T("证件号码"), hint: i18n.T("可以不写"), value: d.Setting("publish.drafternumber", "")},
		{label: i18n.T("范围"), options: model.ScopeWords(), value: d.Setting("publish.scope", "")}, {label: i18n.T("备注"), hint: i18n.T("可以不写")}}
	if len(m.Outlook.Blockers) > 0 {
		questions = append(questions, question{label: i18n.T("越过理由"), hint: i18n.T("还有障碍又一定要发布时写，印在通报上"), lines: 2})
	}
	v.s.askUnder(box, i18n.T("拟稿"), i18n.T("冻结"), questions, func(a []string) error {
		r := desk.FreezeRequest{Round: code, Drafter: inspection.Person{Name: a[0], Number: a[1]}, Scope: model.ScopeCode(a[2]), Text: a[3], Replaces: replaces}
		if len(a) > 4 {
			r.Override = strings.TrimSpace(a[4])
		}
		if _, err := d.Freeze(context.Background(), r); err != nil {
			return err
		}
		for name, value := range map[string]string{"publish.drafter": a[0], "publish.drafternumber": a[1], "publish.scope": a[2]} {
			_ = d.SetSetting(name, value)
		}
		v.publishAt = handlePlace{view: model.PublishDrafts}
		v.changed(i18n.T("已冻结，可以报审核"))
		return nil
	}).Show()
}

// askReview enters the review of a snapshot, by somebody who did not draft it.
func (v *bureauView) askReview(x *desk.Process) {
	v.askSnapshotStep(x, desk.StepReview, actForm{title: i18n.T("登记审核"), said: i18n.T("审核已登记"),
		intro: i18n.T("审核签在快照 %s 上。拟稿人（%s）不能审核自己拟的稿。", x.Hash[:16], x.Drafter.Name)}, false)
}

// askIssue enters who issued a snapshot, with the document's number and date.
func (v *bureauView) askIssue(x *desk.Process) {
	v.askSnapshotStep(x, desk.StepIssue, actForm{title: i18n.T("登记签发"), said: i18n.T("签发已登记"),
		intro: i18n.T("签发签在快照 %s 上，要文号和日期。拟稿人（%s）和审核人（%s）不能签发。", x.Hash[:16], x.Drafter.Name, x.Reviewed.Act.By.Name)}, true)
}

func (v *bureauView) askSnapshotStep(x *desk.Process, step string, f actForm, numbered bool) {
	words := []string{i18n.T("同意"), i18n.T("不同意")}
	f.word = i18n.T("签名登记")
	setting := "publish." + step
	f.questions = []question{{label: i18n.T("决定"), options: words}, {label: i18n.T("姓名"), value: v.s.desk.Setting(setting, "")}, {label: i18n.T("证件号码"), hint: i18n.T("可以不写")},
		{label: i18n.T("日期"), value: v.s.desk.Today()}, {label: i18n.T("意见"), lines: 2}, {label: i18n.T("扫描件"), hint: i18n.T("有签字的呈批单，可以没有"), file: true}}
	if numbered {
		f.questions = append(f.questions, question{label: i18n.T("文号"), hint: i18n.T("如 桂数通〔2019〕1号")})
	}
	f.sign = func(a actAnswers) (string, error) {
		e := desk.ApprovalEntry{Step: step, Decision: []string{inspection.Accepted, inspection.Refused}[model.Place(words, a.text[0])],
			By: inspection.Person{Name: strings.TrimSpace(a.text[1]), Number: a.text[2]}, Text: a.text[4]}
		if e.By.Name == "" {
			return "", i18n.E("要写审批人")
		}
		var err error
		if e.Date, err = a.day(3); err != nil {
			return "", err
		}
		if e.Scans, err = desk.ReadScans(a.text[5]); err != nil {
			return "", err
		}
		if numbered {
			e.Number = strings.TrimSpace(a.text[6])
		}
		hash, err := v.s.desk.ApproveSnapshot(a.ctx, &x.Snapshot, e, a.id, "")
		if err == nil {
			_ = v.s.desk.SetSetting(setting, e.By.Name)
		}
		return hash, err
	}
	v.askAct(f)
}

// askPublish publishes what was issued.
func (v *bureauView) askPublish(x *desk.Process) {
	n := x.Issued.Act
	v.askAct(actForm{title: i18n.T("发布本轮"), word: i18n.T("签名发布"), said: i18n.T("已发布"),
		intro: i18n.T("发布 %d 个单位的结果：%s，%s，%s。发布以后结果再变，进更正清单，更正要另外报批。", len(x.Act.Rows), n.Number, n.Date, model.ScopeWord(x.Scope())),
		sign: func(a actAnswers) (string, error) {
			hash, err := v.s.desk.Publish(a.ctx, &x.Snapshot, a.id, "")
			if err == nil {
				v.publishAt = handlePlace{view: model.PublishDone}
			}
			return hash, err
		}})
}

// saveSnapshot writes a snapshot as it is approved, byte for byte.
func (v *bureauView) saveSnapshot(x *desk.Process) {
	v.s.saveFile(x.Hash[:16]+".json", func(path string) error {
		return v.s.say(desk.WriteFile(path, x.JSON), i18n.T("已写入 %s", path))
	})
}

// askListUnit asks whose lists are changed by hand.
func (v *bureauView) askListUnit() {
	units, err := v.s.desk.Units()
	if err != nil {
		v.s.fail(err)
		return
	}
	v.s.ask(i18n.T("调整榜单"), i18n.T("人工列入或移出榜单，写明理由，有审批才算数，只对现在的结果有效。"), i18n.T("继续…"), []question{{label: i18n.T("单位"), hint: i18n.T("代码或名称")}}, func(a []string) error {
		u, err := model.UnitCalled(units, a[0])
		if err != nil {
			return err
		}
		return v.askListChange(u)
	})
}

// askListChange asks which lists of a unit are changed, and why.
func (v *bureauView) askListChange(u inspection.Unit) error {
	for _, r := range v.publishing.Outlook.Act.Rows {
		if r.Unit != u.Code || r.Record == "" {
			continue
		}
		_, c, err := v.s.desk.Sheet(r.Record)
		if err != nil {
			return err
		}
		v.askAct(actForm{title: i18n.T("调整榜单　%s", u.Name), word: i18n.T("签名登记"), said: i18n.T("调整已登记，待审批"), items: model.ListForm(c, r.Lists),
			sign: func(a actAnswers) (string, error) {
				return v.s.desk.ChangeLists(a.ctx, v.s.round.Code, u.Code, a.items, a.id, "")
			}})
		return nil
	}
	return i18n.E("%s 在本轮没有唯一的结果，不能调整榜单", u.Name)
}

// askBulletin asks what a 通报 carries beside the results, and writes it.
func (v *bureauView) askBulletin(m *model.Publishing) {
	d := v.s.desk
	intro, number, date := i18n.T("还没有发布：通报的每一页都标明草稿。"), "", ""
	if m.Current != nil {
		intro, number, date = i18n.T("按现行的发布写。不写的不印。"), m.Current.Act.Number, m.Current.Act.Date
	}
	formats := []string{"PDF", "DOCX"}
	v.s.ask(i18n.T("写通报"), intro, i18n.T("存为…"), []question{{label: i18n.T("格式"), options: formats, value: d.Setting("bulletin.format", "")},
		{label: i18n.T("文号"), value: number}, {label: i18n.T("日期"), value: date}, {label: i18n.T("主送"), value: d.Setting("bulletin.to", "")},
		{label: i18n.T("落款"), value: d.Setting("bulletin.signer", "")}, {label: i18n.T("依据"), hint: i18n.T("不写就是指标体系的名称")},
		{label: i18n.T("有关要求"), hint: i18n.T("一行一段"), lines: 4}}, func(a []string) error {
		day, err := desk.Day(a[2])
		if err != nil {
			return err
		}
		for name, value := range map[string]string{"bulletin.format": a[0], "bulletin.to": a[3], "bulletin.signer": a[4]} {
			_ = d.SetSetting(name, value)
		}
		q := desk.BulletinRequest{Round: v.s.round.Code, Number: a[1], Date: day, To: a[3], Signer: a[4], Basis: a[5], Asks: model.Paragraphs(a[6])}
		v.s.saveFile(v.s.round.Code+i18n.T("通报")+"."+strings.ToLower(a[0]), func(path string) error { v.writeBulletin(q, path); return nil })
		return nil
	})
}

func (v *bureauView) writeBulletin(q desk.BulletinRequest, path string) {
	v.s.run(job{title: i18n.T("写通报"),
		work: func(ctx context.Context, p desk.Progress) error { return v.s.desk.Bulletin(ctx, q, path, p) },
		done: func(err error) {
			if err = v.s.saved(path, err); err != nil {
				v.s.fail(err)
			}
		}})
}
