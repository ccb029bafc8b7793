package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// actForm is how a person is asked for an act, and how it is signed. A sign that
// fails leaves the form as it was written.
type actForm struct {
	title, intro, word, said string
	items                    *model.ItemForm // nil: the act speaks of no single things
	questions                []question
	sign                     func(a actAnswers) (hash string, err error)
	then                     func(hash string, id desk.Signer) // after it, nil for nothing
}

// actAnswers is a filled form with the key that signs.
type actAnswers struct {
	ctx   context.Context
	text  []string // of the questions
	items map[string]inspection.ActItem
	id    desk.Signer
}

// day is the answer to question n as a day.
func (a actAnswers) day(n int) (string, error) { return desk.Day(a.text[n]) }

// ask asks for an act and signs it, with a key of the bureau, or where a team is at
// work with one of its keys.
func (a acts) ask(f actForm) {
	with := a.s.withKey
	if a.team {
		with = a.s.withAnyKey
	}
	questions, do, ok := with(f.questions, func(text []string, key desk.KeyInfo, pass string) error {
		return a.sign(f, text, key, pass)
	})
	if !ok {
		return
	}
	if f.items == nil {
		a.s.ask(f.title, f.intro, f.word, questions, do)
		return
	}
	x := &itemFields{f: f.items}
	box := look.Column(look.Gap2)
	if f.intro != "" {
		box.Add(look.Note(f.intro))
	}
	box.Add(x.view())
	d := a.s.askWide(760, box, f.title, f.word, questions, do)
	x.escape = d.Escape
	d.Show()
}

func (a acts) sign(f actForm, text []string, key desk.KeyInfo, pass string) error {
	answers := actAnswers{ctx: context.Background(), text: text}
	var err error
	if f.items != nil {
		if answers.items, err = f.items.Items(); err != nil {
			return err
		}
	}
	if answers.id, err = desk.OpenKey(key.Path, pass); err != nil {
		return err
	}
	hash, err := f.sign(answers)
	if err != nil {
		return err
	}
	a.changed(f.said)
	if a.team { // nobody else knows of it yet
		f.then = a.savePack(hash[:8])
	}
	if f.then != nil {
		f.then(hash, answers.id)
	}
	return nil
}

// changed shows what the workbook says now.
func (v *bureauView) changed(said string) {
	if err := v.load(); err != nil {
		v.s.fail(err)
		return
	}
	v.refresh()
	v.s.toast(said)
}

// itemFields are the rows of an act: a tick for each thing, and its fields when it
// is ticked.
type itemFields struct {
	f      *model.ItemForm
	rows   *fyne.Container
	escape func()
}

// itemsHigh is the room of the rows; more of them scroll.
const itemsHigh = 220

func (x *itemFields) view() fyne.CanvasObject {
	x.rows = look.Column(look.Gap1)
	x.show()
	list := look.Card(look.Fixed(0, itemsHigh, container.NewVScroll(x.rows)))
	if x.f.Until == "" || len(x.f.Rows) < 2 {
		return list
	}
	day := x.entry("", "2019-08-31")
	fill := look.NewButton(i18n.T("填到选中的各项"), func() { x.f.Fill(day.Text); x.show() })
	return look.Column(look.Gap1, look.Across(look.Gap2, look.Middle(look.Small(x.f.Until)), look.Fixed(140, 0, day), fill), list)
}

func (x *itemFields) show() {
	x.rows.RemoveAll()
	for i := range x.f.Rows {
		x.rows.Add(x.row(&x.f.Rows[i]))
	}
}

func (x *itemFields) row(r *model.ItemRow) fyne.CanvasObject {
	fields := container.NewStack()
	show := func() {
		fields.Objects = nil
		if r.Chosen {
			fields.Objects = []fyne.CanvasObject{x.fields(r)}
		}
		fields.Refresh()
	}
	tick := look.NewCheck(r.Head, nil)
	tick.SetChecked(r.Chosen)
	tick.OnChanged = func(on bool) { r.Chosen = on; show() }
	show()
	box := look.Column(0, tick)
	if r.Says != "" {
		box.Add(look.InsetXY(look.Gap4, 0, look.Note(r.Says)))
	}
	box.Add(look.InsetXY(look.Gap4, 0, fields))
	return box
}

// fields are what is asked of one thing, side by side.
func (x *itemFields) fields(r *model.ItemRow) fyne.CanvasObject {
	var widths []float32
	var cells []fyne.CanvasObject
	add := func(width float32, o fyne.CanvasObject) { widths, cells = append(widths, width), append(cells, o) }
	if len(x.f.Claims) > 0 {
		pick := look.NewSelect(x.f.Words, nil)
		pick.SetSelectedIndex(model.Place(x.f.Claims, r.Claim))
		pick.OnChanged = func(word string) { r.Claim = x.f.Claims[model.Place(x.f.Words, word)] }
		add(110, pick)
	} else if x.f.Claim != "" {
		e := x.entry(r.Claim, x.f.Claim)
		e.OnChanged = func(t string) { r.Claim = t }
		add(110, e)
	}
	e := x.entry(r.Text, x.f.Text)
	e.OnChanged = func(t string) { r.Text = t }
	add(0, e)
	if x.f.Until != "" {
		e := x.entry(r.Until, x.f.Until)
		e.OnChanged = func(t string) { r.Until = t }
		add(130, e)
	}
	return look.Grid(widths, cells...)
}

func (x *itemFields) entry(text, hint string) *ime.Entry {
	e := ime.NewEntry()
	e.SetText(text)
	e.SetPlaceHolder(hint)
	e.OnEscape = func() {
		if x.escape != nil {
			x.escape()
		}
	}
	return e
}
