package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
	"xunping/ui/model"
)

// lettersView is 行文, the register of letters: those that results wait for and
// those that are registered, of all rounds.
func (v *bureauView) lettersView() fyne.CanvasObject {
	if v.s.round.Code == "" {
		return v.overviewView()
	}
	var awaited []desk.LetterRow
	registered, err := v.s.desk.LettersIn(v.s.round.Code)
	if err == nil && v.overview.Received > 0 {
		awaited, err = v.s.desk.AwaitedLetters(v.s.round.Code)
	}
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	m := model.NewLetters(awaited, registered)
	t := &dataTable{s: v.s, t: m.Table(), empty: i18n.T("还没有登记过行文。单位报送的行文在这里登记，检查组和“没有该项”都用得到。")}
	t.open = func(l model.Line) {
		if r := m.Row(l); r.Act == nil {
			v.askLetter(r)
		} else {
			v.showLetter(r)
		}
	}
	tools := t.tools(i18n.T("全部行文"), model.LetterGroup)
	v.find = t.find
	enter := look.NewIconButton(i18n.T("登记行文…"), theme.ContentAddIcon(), func() { v.askLetter(desk.LetterRow{}) })
	enter.Importance = widget.HighImportance
	tools.Add(enter)
	return container.NewBorder(look.InsetXY(0, look.Gap2, tools), nil, nil, nil, t.view())
}

// askLetter registers a letter; what a result already says of it is filled in.
func (v *bureauView) askLetter(r desk.LetterRow) {
	units, err := v.s.desk.Units()
	if err != nil {
		v.s.fail(err)
		return
	}
	words := model.LetterDecisions()
	intro := i18n.T("登记由汇总单位签名，随任务包交给检查组；认可的行文使“没有该项”不再待核实。")
	v.s.askSigned(i18n.T("登记行文"), intro, i18n.T("签名登记"), []question{
		{label: i18n.T("单位"), hint: i18n.T("代码或名称"), value: r.Unit.Name}, {label: i18n.T("指标"), hint: "A1、A3", value: model.CodesText(r.Indicators)},
		{label: i18n.T("文号"), hint: i18n.T("如 桂数函〔2019〕12号"), value: r.Number}, {label: i18n.T("行文日期"), hint: "2019-07-01", value: r.Date},
		{label: i18n.T("理由"), value: r.Reason}, {label: i18n.T("结论"), options: words},
		{label: i18n.T("有效期自"), hint: i18n.T("可以不写")}, {label: i18n.T("有效期至"), hint: i18n.T("可以不写")},
		{label: i18n.T("扫描件"), hint: i18n.T("可以没有"), file: true},
	}, func(a []string, key desk.KeyInfo, pass string) error {
		u, err := model.UnitCalled(units, a[0])
		if err != nil {
			return err
		}
		e := desk.LetterEntry{Round: v.s.round.Code, Unit: u.Code, Indicators: model.Codes(a[1]), Number: a[2], Date: a[3], Reason: a[4],
			Decision: model.LetterDecision(a[5]), Valid: inspection.Period{From: a[6], To: a[7]}, Scan: a[8], Record: r.Record}
		if _, err := v.s.desk.EnterLetter(context.Background(), e, key.Path, pass, ""); err != nil {
			return err
		}
		if err := v.load(); err != nil {
			return err
		}
		v.refresh()
		v.s.toast(i18n.T("行文已登记"))
		return nil
	})
}

// showLetter shows a registered letter.
func (v *bureauView) showLetter(r desk.LetterRow) {
	box := look.Column(look.Gap2, pair(i18n.T("单位"), look.NewText(r.Unit.Name)), pair(i18n.T("指标"), look.NewText(model.CodesText(r.Indicators))),
		pair(i18n.T("文号"), look.NewText(r.Number)), pair(i18n.T("行文日期"), look.NewText(r.Date)), pair(i18n.T("结论"), look.NewText(model.DecisionWord(r.Decision))),
		pair(i18n.T("有效期"), look.NewText(model.ValidWords(r.Valid))), pair(i18n.T("理由"), look.NewPara(r.Reason)),
		pair(i18n.T("登记人"), look.NewText(r.Act.By.Name+"　"+r.Act.Made)), pair(i18n.T("哈希"), look.NewPara(r.Hash)))
	if r.Against != "" {
		box.Add(look.NewPara(r.Against).In(look.Waiting))
	}
	d := look.NewDialog(v.s.win, i18n.T("行文"), look.Fixed(560, 0, box)).Cancel(i18n.T("关闭"), nil)
	if r.Scan != "" {
		d.Aside(look.NewButton(i18n.T("扫描件另存…"), func() {
			v.s.saveFile(r.Number, func(path string) error { return v.s.desk.ScanFile(r.Scan, path) })
		}))
	}
	d.Show()
}
