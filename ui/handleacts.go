package ui

import (
	"cmp"
	"context"
	"strconv"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// askServe registers on which day a unit had its sheet.
func (a acts) askServe(m model.Matter, old *desk.ActInfo) {
	x := before(old)
	a.ask(actForm{title: i18n.T("登记送达"), word: i18n.T("签名登记"), said: i18n.T("送达已登记"),
		intro:     amending(old, i18n.T("%s 的评分表送到的日期。异议期限从这一天算起，写进签名的记录。", a.s.unitName(m.Unit))),
		questions: serveQuestions(cmp.Or(x.Act.Date, a.s.desk.Today()), x.Act, true),
		sign: func(w actAnswers) (string, error) {
			e, err := serveEntry(w, m.ID)
			if err != nil {
				return "", err
			}
			if e.Scans, err = a.scans(w.text[3], old); err != nil {
				return "", err
			}
			e.Replaces = x.Hash
			return a.s.desk.RegisterService(w.ctx, e, w.id, "")
		}})
}

func serveQuestions(day string, old *inspection.Act, scan bool) []question {
	out := []question{{label: i18n.T("送达日期"), value: day}, {label: i18n.T("方式"), hint: i18n.T("直接送达、邮寄、电子邮件…"), value: old.Text},
		{label: i18n.T("经手人"), hint: i18n.T("不写就是签名的人"), value: old.By.Name}}
	if scan {
		out = append(out, question{label: i18n.T("送达回证"), hint: i18n.T("扫描件，可以没有"), file: true})
	}
	return out
}

func serveEntry(a actAnswers, record string) (desk.ServiceEntry, error) {
	e := desk.ServiceEntry{Record: record, How: a.text[1], By: inspection.Person{Name: a.text[2]}}
	var err error
	if e.Served, err = a.day(0); err == nil && e.Served == "" {
		err = i18n.E("要写送达日期")
	}
	return e, err
}

// serveAll registers one day for all units that have none yet.
func (p *handlePage) serveAll() {
	v, rows := p.v, p.m.Unserved()
	questions := serveQuestions(v.s.desk.Today(), &inspection.Act{}, false)
	intro := i18n.T("%d 个单位还没有登记送达，都登记成同一天同一方式，每个单位一份签名的记录。", len(rows))
	v.s.askSigned(i18n.T("登记送达"), intro, i18n.T("签名登记"), questions, func(text []string, key desk.KeyInfo, pass string) error {
		id, err := desk.OpenKey(key.Path, pass)
		if err != nil {
			return err
		}
		e, err := serveEntry(actAnswers{text: text}, "")
		if err != nil {
			return err
		}
		n := 0
		v.s.run(job{title: i18n.T("登记送达"),
			work: func(ctx context.Context, progress desk.Progress) error {
				for _, r := range rows {
					if err := ctx.Err(); err != nil {
						return err
					}
					progress(n, len(rows), r.Unit.Name)
					e.Record = r.Hash
					if _, err := v.s.desk.RegisterService(ctx, e, id, ""); err != nil {
						return err
					}
					n++
				}
				return nil
			},
			done: func(err error) {
				if err != nil {
					v.s.fail(err)
				}
				v.changed(i18n.T("已登记 %d 个单位的送达", n))
			},
			cancelled: func() { v.changed(i18n.T("已登记 %d 个单位的送达", n)) }})
		return nil
	})
}

// askLimit sets how long units may object in this round; none is assumed.
func (v *bureauView) askLimit() {
	code := v.s.round.Code
	v.askAct(actForm{title: i18n.T("设定异议期限"), word: i18n.T("签名设定"), said: i18n.T("异议期限已设定"),
		intro:     i18n.T("单位收到评分表后几个工作日内可以提出异议。没有设定就没有期限；已登记的送达按新的期限算，写明依据。"),
		questions: []question{{label: i18n.T("工作日"), hint: "5"}, {label: i18n.T("依据"), hint: i18n.T("如 工作方案第五条")}},
		sign: func(a actAnswers) (string, error) {
			days, err := strconv.Atoi(a.text[0])
			if err != nil {
				return "", i18n.E("工作日要写一个整数，不是“%s”", a.text[0])
			}
			return v.s.desk.SetObjectionLimit(a.ctx, code, days, a.text[1], a.id, "")
		}})
}

// askObjection registers what a unit objects to; served is the day that the form
// begins with.
func (a acts) askObjection(served string, m model.Matter, old *desk.ActInfo) {
	rec, c, err := a.s.desk.Sheet(m.ID)
	if err != nil {
		a.s.fail(err)
		return
	}
	x := before(old)
	a.ask(actForm{title: i18n.T("登记异议　%s", rec.Unit.Name), word: i18n.T("签名登记"), said: i18n.T("异议已登记"), items: model.ObjectionForm(rec, c).From(x.Act.Items),
		intro: amending(old, i18n.T("勾选单位不同意的指标，写它的理由和主张的分值（可以不写）。逾期提出的照收，会标明。")),
		questions: []question{{label: i18n.T("送达日期"), value: cmp.Or(x.Act.Valid.From, served), hint: "2019-08-27"}, {label: i18n.T("收到日期"), value: cmp.Or(x.Act.Date, a.s.desk.Today())},
			{label: i18n.T("来文文号"), hint: i18n.T("可以不写"), value: x.Act.Number}, {label: i18n.T("总的说明"), lines: 2, value: x.Act.Text},
			{label: i18n.T("提出人"), hint: i18n.T("单位的联络员或负责人"), value: x.Act.By.Name}, {label: i18n.T("扫描件"), hint: i18n.T("可以没有"), file: true}},
		sign: func(w actAnswers) (string, error) {
			e := desk.ObjectionEntry{Record: m.ID, Number: w.text[2], Text: w.text[3], By: inspection.Person{Name: w.text[4]}, Claims: w.items, Replaces: x.Hash}
			var err error
			if e.Served, err = w.day(0); err != nil {
				return "", err
			}
			if e.Received, err = w.day(1); err != nil {
				return "", err
			}
			if e.Scans, err = a.scans(w.text[5], old); err != nil {
				return "", err
			}
			return a.s.desk.RegisterObjection(w.ctx, e, w.id, "")
		}})
}

// askRuling decides an objection. Who inspected the unit cannot.
func (v *bureauView) askRuling(o *desk.Objection) {
	rec, _, err := v.s.desk.Sheet(o.Record)
	if err != nil {
		v.s.fail(err)
		return
	}
	replaces, number, text := "", "", ""
	if o.Ruling != nil {
		replaces, number, text = o.Ruling.Hash, o.Ruling.Act.Number, o.Ruling.Act.Text
	}
	v.askAct(actForm{title: i18n.T("复核裁定　%s", o.Unit.Name), word: i18n.T("签名裁定"), said: i18n.T("裁定已签名"), items: model.RulingForm(o),
		intro: i18n.T("裁定人和签名的人都不能是检查过这个单位的人（%s）。裁定分值不写，就是不改这一项。", model.PeopleText(rec.People.Inspectors)),
		questions: []question{{label: i18n.T("结论"), options: model.Rulings()}, {label: i18n.T("裁定人")}, {label: i18n.T("证件号码"), hint: i18n.T("用来核对没有检查过这个单位")},
			{label: i18n.T("文号"), value: number}, {label: i18n.T("日期"), value: v.s.desk.Today()}, {label: i18n.T("总的理由"), lines: 2, value: text}, {label: i18n.T("扫描件"), hint: i18n.T("可以没有"), file: true}},
		sign: func(a actAnswers) (string, error) {
			e := desk.RulingEntry{Objection: o.Hash, Decision: model.RulingCode(a.text[0]), By: inspection.Person{Name: a.text[1], Number: a.text[2]}, Number: a.text[3],
				Text: a.text[5], Items: a.items, Replaces: replaces}
			if e.By.Name == "" {
				return "", i18n.E("要写裁定人的姓名和证件号码")
			}
			var err error
			if e.Date, err = a.day(4); err != nil {
				return "", err
			}
			if e.Scans, err = desk.ReadScans(a.text[6]); err != nil {
				return "", err
			}
			return v.s.desk.Rule(a.ctx, e, a.id, "")
		}})
}

// revise opens the revision that a ruling asks for, its reasons written already.
func (v *bureauView) revise(o *desk.Objection) {
	v.s.leaving(func() {
		in, err := v.s.desk.CorrectByRuling(o.Ruling.Hash)
		if err != nil {
			v.s.fail(err)
			return
		}
		w := newWalkView(v.s, in)
		v.s.put(w)
		w.open(o.Ruling.Changes[0])
		v.s.toast(i18n.T("按裁定改 %s，理由已写上；改好后用汇总密钥签发", model.CodesText(o.Ruling.Changes)))
	})
}

// askReturn sends a sheet back to its team, by indicator, until when; the file goes
// to the team.
func (a acts) askReturn(m model.Matter, old *desk.ActInfo) {
	rec, c, err := a.s.desk.Sheet(m.ID)
	if err != nil {
		a.s.fail(err)
		return
	}
	x := before(old)
	a.ask(actForm{title: i18n.T("退回检查组　%s", rec.Unit.Name), word: i18n.T("签名退回"), said: i18n.T("已退回"), items: model.ReturnForm(rec, c).From(x.Act.Items),
		intro:     amending(old, i18n.T("勾选要补正的指标，写明什么问题、何时重交。签名后存成文件交给检查组（%s）；重交后这里只列改了什么。", model.PeopleText(rec.People.Inspectors))),
		questions: []question{{label: i18n.T("总的说明"), lines: 2, value: x.Act.Text}},
		sign: func(w actAnswers) (string, error) {
			return a.s.desk.SendBack(w.ctx, desk.ReturnEntry{Record: m.ID, Items: w.items, Text: w.text[0], Replaces: x.Hash}, w.id, "")
		},
		then: a.savePack(m.Unit + i18n.T("-退回"))})
}

// askApproval enters who decided about a result or an act that counts only then.
func (v *bureauView) askApproval(title, about string) {
	words := []string{i18n.T("同意"), i18n.T("不同意")}
	v.askAct(actForm{title: i18n.T("审批　%s", title), word: i18n.T("签名登记"), said: i18n.T("审批已登记"),
		intro: i18n.T("登记谁作的决定；由汇总单位签名，附上有签字的扫描件。"),
		questions: []question{{label: i18n.T("决定"), options: words}, {label: i18n.T("审批人")}, {label: i18n.T("证件号码"), hint: i18n.T("可以不写")}, {label: i18n.T("文号"), hint: i18n.T("可以不写")},
			{label: i18n.T("日期"), value: v.s.desk.Today()}, {label: i18n.T("意见"), lines: 2}, {label: i18n.T("扫描件"), hint: i18n.T("可以没有"), file: true}},
		sign: func(a actAnswers) (string, error) {
			e := desk.ApprovalEntry{About: about, Decision: []string{inspection.Accepted, inspection.Refused}[model.Place(words, a.text[0])],
				By: inspection.Person{Name: a.text[1], Number: a.text[2]}, Number: a.text[3], Text: a.text[5]}
			if e.By.Name == "" {
				return "", i18n.E("要写审批人")
			}
			var err error
			if e.Date, err = a.day(4); err != nil {
				return "", err
			}
			if e.Scans, err = desk.ReadScans(a.text[6]); err != nil {
				return "", err
			}
			return v.s.desk.Approve(a.ctx, e, a.id, "")
		}})
}
