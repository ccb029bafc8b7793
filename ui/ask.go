package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// question is one field of a form.
type question struct {
	label, hint, value string
	secret             bool
	lines              int      // more than 1: a field of several lines
	options            []string // a choice; value is the one chosen at first
	tick               bool     // a box with the label beside it; the answer is model.Ticked or ""
	file               bool     // the path of a file, which a dialog helps to find
}

// field makes the control of a question and a way to read its answer.
func (q question) field(s *shell) (fyne.CanvasObject, func() string, *ime.Entry) {
	if q.tick {
		box := look.NewCheck(q.label, nil)
		box.Checked = q.value == model.Ticked
		return box, func() string { return tickedWord[box.Checked] }, nil
	}
	if q.options != nil {
		sel := look.NewSelect(q.options, nil)
		sel.SetSelected(q.value)
		if q.value == "" && len(q.options) > 0 {
			sel.SetSelectedIndex(0)
		}
		return sel, func() string { return sel.Selected }, nil
	}
	f := ime.NewEntry()
	switch {
	case q.secret:
		f = ime.NewPassword()
	case q.lines > 1:
		f = ime.NewMultiLine()
		f.SetMinRowsVisible(q.lines)
	}
	f.SetText(q.value)
	f.SetPlaceHolder(q.hint)
	if q.file {
		find := look.NewButton(i18n.T("选择…"), func() { s.openFile(f.SetText) })
		return container.NewBorder(nil, nil, nil, find, f), func() string { return f.Text }, f
	}
	return f, func() string { return f.Text }, f
}

var tickedWord = map[bool]string{true: model.Ticked}

// oneOf is a line of words of which one holds. A group of radio buttons gives
// each the width of the widest, which a line of long words does not bear.
func oneOf(words []string, at int, do func(int)) *fyne.Container {
	buttons := make([]*look.Button, len(words))
	bar := look.Toolbar(look.Gap2)
	mark := func(at int) {
		for i, b := range buttons {
			b.Importance = widget.LowImportance
			if i == at {
				b.Importance = widget.HighImportance
			}
			b.Refresh()
		}
	}
	for i, w := range words {
		buttons[i] = look.NewButton(w, func() { mark(i); do(i) })
		bar.Add(buttons[i])
	}
	mark(at)
	return bar
}

// ask shows a small form. do gets the answers in order; an error stays in the
// form, which keeps what was written.
func (s *shell) ask(title, intro, word string, questions []question, do func(a []string) error) {
	box := look.Column(look.Gap2)
	if intro != "" {
		box.Add(look.Note(intro))
	}
	s.askUnder(box, title, word, questions, do).Show()
}

// askUnder is ask under what the box shows already; the dialog is not shown yet.
func (s *shell) askUnder(box *fyne.Container, title, word string, questions []question, do func(a []string) error) *look.Dialog {
	return s.askWide(formWidth, box, title, word, questions, do)
}

// formWidth is the width of a form that asks for a few words.
const formWidth = 520

// askWide is askUnder for a box that needs more room.
func (s *shell) askWide(width float32, box *fyne.Container, title, word string, questions []question, do func(a []string) error) *look.Dialog {
	var fields []*ime.Entry
	answer := make([]func() string, len(questions))
	form := &openForm{controls: map[string]fyne.CanvasObject{}}
	wide := float32(labelWidth)
	for _, q := range questions {
		wide = max(wide, look.Small(q.label).MinSize().Width+look.Gap2)
	}
	for i, q := range questions {
		o, read, f := q.field(s)
		answer[i] = read
		form.controls[q.label] = o
		if f != nil {
			fields = append(fields, f)
			form.controls[q.label] = f
		}
		if !q.tick {
			o = pairs(wide, q.label, o)
		}
		box.Add(o)
	}
	wrong := look.NewPara("").In(look.Lost)
	box.Add(wrong)
	d := look.NewDialog(s.win, title, s.fitting(width, box)).Cancel(i18n.T("取消"), nil)
	d.Main(word, func() bool {
		answers := make([]string, len(answer))
		for i, read := range answer {
			answers[i] = read()
		}
		if err := do(answers); err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		return true
	})
	form.dialog, form.wrong = d, wrong
	s.asked = form
	for _, f := range fields {
		f.OnEscape = d.Escape
		if !f.MultiLine {
			f.OnSubmitted = func(string) { d.Enter() }
		}
	}
	if len(fields) > 0 {
		d.Focus(fields[0])
	}
	return d
}

// openForm is a form as a hand can fill it in.
type openForm struct {
	dialog   *look.Dialog
	controls map[string]fyne.CanvasObject // by label
	wrong    *look.Para
}

// fill types or chooses an answer.
func (f *openForm) fill(label, answer string) error {
	if !typeInto(f.controls[label], answer) {
		return i18n.E("表单里没有“%s”", label)
	}
	return nil
}

// enter presses the main button; what the form then says is the error.
func (f *openForm) enter() error {
	f.wrong.Set("")
	f.dialog.Enter()
	if text := f.wrong.Text; text != "" {
		return errors.New(text)
	}
	return nil
}

// typeInto gives a field what a hand would type or choose in it; false where it
// is none, or has no such choice.
func typeInto(o fyne.CanvasObject, text string) bool {
	switch f := o.(type) {
	case *ime.Entry:
		f.SetText(text)
		return true
	case *look.Select:
		f.SetSelected(text)
		return f.Selected == text
	}
	return false
}

// fitting is a form of a width; one that is higher than the window scrolls.
func (s *shell) fitting(width float32, box *fyne.Container) fyne.CanvasObject {
	box.Resize(fyne.NewSize(width, box.MinSize().Height)) // paragraphs learn their height from their width
	if most := s.win.Canvas().Size().Height - formFrame; box.MinSize().Height > most {
		return look.Fixed(width, most, container.NewVScroll(box))
	}
	return look.Fixed(width, 0, box)
}

// formFrame is the room that title and buttons of a form take of the window.
const formFrame = 140
