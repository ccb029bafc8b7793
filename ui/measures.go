package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// measuresView is the completion 完成情况 n／m of the indicator, with its
// source, the day it was counted and the day it was reached.
func (e *entryView) measuresView() fyne.CanvasObject {
	box := look.Column(look.Gap2, look.Bold(i18n.T("完成情况")))
	for i := range e.ind.Measures {
		box.Add(e.measureView(&e.ind.Measures[i]))
	}
	return box
}

func (e *entryView) measureView(m *scoring.Measure) fyne.CanvasObject {
	now := e.entry().Measures[m.Code]
	ratio := look.NewText(model.Ratio(now))
	ratio.Bold = true
	edit := func(set func(*inspection.Measure) error) {
		e.v.change(func() error {
			x := e.entry().Measures[m.Code]
			if err := set(&x); err != nil {
				return err
			}
			return e.v.in.SetMeasure(e.code, m.Code, x)
		})
		ratio.Set(model.Ratio(e.entry().Measures[m.Code]))
	}
	number := func(text string, put func(*inspection.Measure, *scoring.Decimal)) fyne.CanvasObject {
		f := ime.NewEntry()
		f.SetText(text)
		f.OnChanged = e.typedQuietly(func(t string) {
			d, err := model.Count(t)
			f.SetValidationError(err)
			if err == nil {
				edit(func(x *inspection.Measure) error { put(x, d); return nil })
			}
		})
		return look.Fixed(64, 0, f)
	}
	date := func(text string, put func(*inspection.Measure, string)) fyne.CanvasObject {
		f := ime.NewEntry()
		f.SetPlaceHolder("2019-08-31")
		f.SetText(text)
		f.OnChanged = e.typedQuietly(func(t string) {
			err := model.Date(t)
			f.SetValidationError(err)
			if err == nil {
				edit(func(x *inspection.Measure) error { put(x, t); return nil })
			}
		})
		return look.Fixed(108, 0, f)
	}
	line := look.Across(look.Gap2,
		number(model.Figure(now.Done), func(x *inspection.Measure, d *scoring.Decimal) { x.Done = d }), look.Middle(look.NewText("／")),
		number(model.Figure(now.Total), func(x *inspection.Measure, d *scoring.Decimal) { x.Total = d }), look.Middle(ratio),
		look.Stretch(), e.sourceSelect(now, edit))
	dates := look.Across(look.Gap2, look.Middle(look.Small(i18n.T("截至"))), date(now.AsOf, func(x *inspection.Measure, t string) { x.AsOf = t }))
	if model.AsksCompletion(e.ind, m.Code) {
		dates.Add(look.Middle(look.Small(i18n.T("完成日期"))))
		dates.Add(date(now.Completed, func(x *inspection.Measure, t string) { x.Completed = t }))
	}
	dates.Add(look.Middle(look.Small(e.deadlineWord(m))))
	return look.Column(look.Gap1, look.NewPara(m.Label), line, dates)
}

// typedQuietly is typed for fields that check what is entered themselves.
func (e *entryView) typedQuietly(do func(string)) func(string) {
	return e.typed(func(t string) error { do(t); return nil })
}

func (e *entryView) sourceSelect(now inspection.Measure, edit func(func(*inspection.Measure) error)) fyne.CanvasObject {
	codes := []string{"site", "platform", "self"}
	sel := widget.NewSelect([]string{i18n.T("现场核查"), i18n.T("平台数据"), i18n.T("单位自报")}, nil)
	sel.PlaceHolder = i18n.T("数据来源")
	for i, c := range codes {
		if now.Source == c {
			sel.SetSelectedIndex(i)
		}
	}
	sel.OnChanged = func(string) {
		edit(func(x *inspection.Measure) error { x.Source = codes[sel.SelectedIndex()]; return nil })
	}
	return sel
}

func (e *entryView) deadlineWord(m *scoring.Measure) string {
	day := m.Deadline
	if day == "round" {
		day = e.record().Round.Deadlines[m.Code]
		if day == "" {
			return i18n.T("规定时间：本轮未设定")
		}
	}
	if day == "" {
		return ""
	}
	return i18n.T("期限 %s", day)
}

// guideView is what the rubric says about the indicator, folded.
func (e *entryView) guideView() fyne.CanvasObject {
	sections := model.Guide(e.ind)
	if len(sections) == 0 {
		return nil
	}
	acc := widget.NewAccordion()
	for _, s := range sections {
		box := look.Column(look.Gap1)
		for _, line := range s.Lines {
			box.Add(look.Note(line))
		}
		acc.Append(widget.NewAccordionItem(s.Title, box))
	}
	head := container.NewVBox(look.Bold(i18n.T("指引（政策原文）")))
	return look.Card(container.NewVBox(head, e.materialsView(), acc))
}

// materialsView lists what the unit should have ready, each ticked 有／无／不全.
func (e *entryView) materialsView() fyne.CanvasObject {
	if len(e.ind.Materials) == 0 {
		return look.Column(0)
	}
	words, values := []string{i18n.T("有"), i18n.T("不全"), i18n.T("无")}, []string{"have", "partial", "none"}
	box := look.Column(look.Gap1, look.Small(i18n.T("材料")))
	for _, m := range e.ind.Materials {
		sel := widget.NewRadioGroup(words, nil)
		sel.Horizontal = true
		for i, val := range values {
			if e.entry().Materials[m.Title] == val {
				sel.SetSelected(words[i])
			}
		}
		sel.OnChanged = func(word string) {
			value := ""
			for i := range words {
				if words[i] == word {
					value = values[i]
				}
			}
			e.v.change(func() error { return e.v.in.SetMaterial(e.code, m.Title, value) })
		}
		box.Add(container.NewBorder(nil, nil, nil, sel, look.Middle(look.NewText(m.Title).Elided())))
	}
	return box
}
