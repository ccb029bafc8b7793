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
		f := e.figure()
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
		f := e.figure()
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
	if len(now.Items) > 0 { // the numbers follow from the list
		number = func(text string, _ func(*inspection.Measure, *scoring.Decimal)) fyne.CanvasObject {
			return look.Fixed(64, 0, look.Middle(look.Number(text)))
		}
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
	box := look.Column(look.Gap1, look.NewPara(m.Label), line, dates, e.itemsLine(m))
	if x, ok := e.v.in.Offered(m.Code); ok && !model.SameMeasure(x, now) {
		take := widget.NewButton(i18n.T("采用"), func() { e.apply(func() error { return e.v.in.TakeOffered(e.code, m.Code) }) })
		box.Add(container.NewBorder(nil, nil, nil, take, look.Middle(look.Small(model.OfferedWords(x)).Elided())))
	}
	return box
}

// figure is a field of a measure. Enter goes to the next one, so that numbers
// are entered as in a column of Excel.
func (e *entryView) figure() *ime.Entry {
	f, n := ime.NewEntry(), len(e.figures)
	e.figures = append(e.figures, f)
	f.OnSubmitted = func(string) {
		if n+1 < len(e.figures) {
			e.v.s.win.Canvas().Focus(e.figures[n+1])
			return
		}
		e.flush()
		e.v.s.win.Canvas().Unfocus()
	}
	return f
}

// focusFigures goes to the first number of the indicator's measures.
func (v *walkView) focusFigures() {
	if len(v.entry.figures) == 0 {
		v.s.toast(i18n.T("本项没有完成情况"))
		return
	}
	v.s.win.Canvas().Focus(v.entry.figures[0])
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
