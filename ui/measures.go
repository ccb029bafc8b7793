package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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

// measureView is one completion: its numbers, days and source, and the list
// behind them.
func (e *entryView) measureView(m *scoring.Measure) fyne.CanvasObject {
	f := &measureForm{e: e, m: m}
	now := f.now()
	f.ratio = look.Bold(model.Ratio(now))
	f.items = container.NewStack(e.itemsLine(m))
	_, f.shrunk = e.v.in.Shrunk(e.code, m.Code)
	line := look.Across(look.Gap2,
		f.number(now.Done, func(x *inspection.Measure, d *scoring.Decimal) { x.Done = d }), look.Middle(look.NewText("／")),
		f.number(now.Total, func(x *inspection.Measure, d *scoring.Decimal) { x.Total = d }), look.Middle(f.ratio),
		look.Stretch(), f.source(now))
	dates := look.Across(look.Gap2, look.Middle(look.Small(i18n.T("截至"))), f.date(now.AsOf, func(x *inspection.Measure, t string) { x.AsOf = t }))
	if model.AsksCompletion(e.ind, m.Code) {
		dates.Add(look.Middle(look.Small(i18n.T("完成日期"))))
		dates.Add(f.date(now.Completed, func(x *inspection.Measure, t string) { x.Completed = t }))
	}
	dates.Add(look.Middle(look.Small(e.deadlineWord(m))))
	box := look.Column(look.Gap1, look.NewPara(m.Label), line, dates, f.items)
	if x, ok := e.v.in.Offered(m.Code); ok && !model.SameMeasure(x, now) {
		take := look.NewButton(i18n.T("采用"), func() { e.apply(func() error { return e.v.in.TakeOffered(e.code, m.Code) }) })
		box.Add(container.NewBorder(nil, nil, nil, take, look.Middle(look.Small(model.OfferedWords(x)).Elided())))
	}
	return box
}

// measureForm is one measure while it is edited.
type measureForm struct {
	e      *entryView
	m      *scoring.Measure
	ratio  *look.Text
	items  *fyne.Container
	shrunk bool // the field for the reason is shown
}

func (f *measureForm) now() inspection.Measure { return f.e.entry().Measures[f.m.Code] }

// edit changes the measure and shows what follows from it: the ratio, and the
// field for a reason where the total is now smaller than last round.
func (f *measureForm) edit(set func(*inspection.Measure)) error {
	x := f.now()
	set(&x)
	if err := f.e.v.in.SetMeasure(f.e.code, f.m.Code, x); err != nil {
		return err
	}
	f.ratio.Set(model.Ratio(f.now()))
	if _, shrunk := f.e.v.in.Shrunk(f.e.code, f.m.Code); shrunk != f.shrunk {
		f.shrunk = shrunk
		f.items.Objects = []fyne.CanvasObject{f.e.itemsLine(f.m)}
		f.items.Refresh()
	}
	return nil
}

func (f *measureForm) number(d *scoring.Decimal, put func(*inspection.Measure, *scoring.Decimal)) fyne.CanvasObject {
	if len(f.now().Items) > 0 { // the numbers follow from the list
		return look.Fixed(64, 0, look.Middle(look.Number(model.Figure(d))))
	}
	field := f.e.figure("measures." + f.m.Code)
	field.SetText(model.Figure(d))
	field.OnChanged = f.e.typed(field, func(t string) error {
		d, err := model.Count(t)
		if err != nil {
			return err
		}
		return f.edit(func(x *inspection.Measure) { put(x, d) })
	})
	return look.Fixed(64, 0, field)
}

func (f *measureForm) date(text string, put func(*inspection.Measure, string)) fyne.CanvasObject {
	field := f.e.figure("measures." + f.m.Code)
	field.SetPlaceHolder("2019-08-31")
	field.SetText(text)
	field.OnChanged = f.e.typed(field, func(t string) error {
		if err := model.Date(t); err != nil {
			return err
		}
		return f.edit(func(x *inspection.Measure) { put(x, t) })
	})
	return look.Fixed(108, 0, field)
}

// source is where the numbers come from.
func (f *measureForm) source(now inspection.Measure) fyne.CanvasObject {
	codes, words := model.Sources, make([]string, len(model.Sources))
	for i, c := range codes {
		words[i] = model.SourceWord(c)
	}
	sel := look.NewSelect(words, nil)
	sel.PlaceHolder = i18n.T("数据来源")
	f.e.at("source."+f.m.Code, sel)
	for i, c := range codes {
		if now.Source == c {
			sel.SetSelectedIndex(i)
		}
	}
	sel.OnChanged = func(string) {
		f.e.v.change(func() error {
			return f.edit(func(x *inspection.Measure) { x.Source = codes[sel.SelectedIndex()] })
		})
	}
	return sel
}

// figure is a field of a measure. Enter goes to the next one, so that numbers
// are entered as in a column of Excel.
func (e *entryView) figure(place string) *ime.Entry {
	f, n := ime.NewEntry(), len(e.figures)
	e.figures = append(e.figures, f)
	e.at(fmt.Sprint("figure.", n), f)
	if e.fields[place] == nil {
		e.at(place, f)
	}
	f.OnSubmitted = func(string) {
		if n+1 < len(e.figures) {
			e.v.arrive(e.figures[n+1])
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
	v.arrive(v.entry.figures[0])
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
