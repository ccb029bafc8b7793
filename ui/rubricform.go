package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// lineForm is the open line: a field for everything that it takes, what is wrong
// below each, and what can be added, moved or taken out.
func (v *rubricEditView) lineForm() fyne.CanvasObject {
	l, ok := v.m.Line()
	v.wrong, v.controls = map[string]*look.Para{}, map[string]fyne.CanvasObject{}
	if !ok {
		return container.NewCenter(look.NewText(i18n.T("选左边的一行来改。")))
	}
	name := l.Cells["代码"]
	if v.m.Setting {
		name = ""
	}
	box := look.Column(look.Gap2, look.Head(scoring.Word(l.Type)+"　"+name))
	fields := v.m.Fields()
	if len(fields) == 0 {
		box.Add(look.Note(i18n.T("%s：%s。只在发布时凭文号成为正式。", desk.SettingWord(l.Cells["名称"]), desk.SettingValue(l.Cells["名称"], l.Cells["值"]))))
	}
	for _, f := range fields {
		v.wrong[f.Head] = hiddenPara()
		v.controls[f.Head] = v.control(f, l.Cells[f.Head])
		box.Add(look.Grid([]float32{190, 0}, look.Middle(look.Small(f.Word)), v.controls[f.Head]))
		box.Add(v.wrong[f.Head])
	}
	v.wrong[""] = hiddenPara()
	box.Add(v.wrong[""])
	box.Add(look.HLine())
	box.Add(v.lineTools(l))
	v.fields = container.NewVScroll(look.Card(box))
	return v.fields
}

// hiddenPara is a place for what is wrong that takes no room while nothing is.
func hiddenPara() *look.Para {
	p := look.NewPara("").In(look.Lost)
	p.Hide()
	return p
}

// tell shows what is wrong below a field, or nothing.
func tell(p *look.Para, text string) {
	p.Set(text)
	if text == "" {
		p.Hide()
	} else {
		p.Show()
	}
}

// control is the field of a column.
func (v *rubricEditView) control(f model.RubricField, value string) fyne.CanvasObject {
	if f.Choices != nil {
		options := make([]string, len(f.Choices))
		for i, c := range f.Choices {
			if options[i] = scoring.Word(c); c == "" {
				options[i] = "—"
			}
		}
		sel := look.NewSelect(options, nil)
		for i, c := range f.Choices {
			if c == value {
				sel.SetSelectedIndex(i)
			}
		}
		sel.OnChanged = func(string) { v.set(f, f.Choices[sel.SelectedIndex()]) }
		return sel
	}
	e := ime.NewEntry()
	if f.Lines > 1 {
		e = ime.NewMultiLine()
		e.SetMinRowsVisible(f.Lines)
		e.Wrapping = fyne.TextWrapWord
	}
	e.SetText(value)
	e.SetPlaceHolder(f.Hint)
	e.OnChanged = func(t string) { v.set(f, t) }
	return e
}

// lineTools add a line below or beside the open one, move it or take it out.
func (v *rubricEditView) lineTools(l desk.RubricLine) fyne.CanvasObject {
	e, setting := v.m.E, v.m.Setting
	kinds, adds, moves, removes := desk.Adds(l.Type), e.Add, e.Move, e.Remove
	if setting {
		kinds, adds, moves, removes = desk.SettingAdds(), e.AddSetting, e.MoveSetting, e.RemoveSetting
	}
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = scoring.Word(k)
	}
	to := func(at int, err error) error {
		v.m.Open(setting, at)
		return err
	}
	add := look.NewSelect(words, nil)
	add.PlaceHolder = i18n.T("添加…")
	add.OnChanged = func(string) {
		kind := kinds[max(add.SelectedIndex(), 0)]
		v.step(func() error { return to(adds(l.At, kind)) })
		v.list.ScrollTo(v.place())
	}
	if l.Fixed() {
		return look.Across(look.Gap2, add)
	}
	move := func(by int) func() {
		return func() { v.step(func() error { return to(moves(l.At, by)) }) }
	}
	return look.Across(look.Gap2, add, look.NewIconButton(i18n.T("上移"), theme.MoveUpIcon(), move(-1)), look.NewIconButton(i18n.T("下移"), theme.MoveDownIcon(), move(1)),
		look.Stretch(), look.NewIconButton(i18n.T("删去这一行"), theme.DeleteIcon(), func() { v.step(func() error { return removes(l.At) }) }))
}
