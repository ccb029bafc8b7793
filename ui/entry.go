package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// settle is how long typing must pause before the text is saved. What has the
// focus is also saved by leaving it.
const settle = 350 * time.Millisecond

// entryView is the middle of the walk-through: one indicator with its rules,
// measures, note, evidence and guidance.
type entryView struct {
	v        *walkView
	code     string
	ind      *scoring.Indicator
	pending  []*typed // not yet saved
	refused  []*typed // said in a dialog, and still in the field
	note     *ime.Entry
	figures  []*ime.Entry              // fields of measures, in order
	control  fyne.Focusable            // of the first rule that may be used
	controls map[string]fyne.Focusable // by rule
	fields   map[string]fyne.Focusable // by place in the entry, for jumps
	shown    string                    // shape of the entry that the fields are for
}

func newEntryView(v *walkView, code string) *entryView {
	e := &entryView{v: v, code: code}
	if i, ok := v.in.Compiled().Engine.Index(code); ok {
		e.ind = v.in.Compiled().Engine.Indicator(i)
		e.shown = e.shape()
	}
	return e
}

func (e *entryView) record() *inspection.Record { return e.v.in.Record() }
func (e *entryView) entry() inspection.Entry    { return e.record().Entries[e.code] }

func (e *entryView) state() scoring.State {
	if s := e.entry().State; s != "" {
		return s
	}
	return scoring.Unchecked
}

// typed is the text of one field that waits to be saved.
type typed struct {
	field   *ime.Entry
	save    func() error
	waiting bool
}

// flush saves what was typed and not saved yet. What is refused is said in a
// dialog: the person is about to go on.
func (e *entryView) flush() {
	todo := e.pending
	e.pending = nil
	refused, _ := saveAll(todo)
	e.refused = append(e.refused, refused...)
	for _, t := range refused {
		t.waiting = false
		e.v.change(t.save)
	}
	if len(refused) < len(todo) {
		e.v.update()
	}
}

// saveAll saves what can be saved, in whichever order it is allowed: a part larger
// than the old total waits for the new one. It gives back what is refused,
// and the last reason.
func saveAll(todo []*typed) (refused []*typed, why error) {
	for {
		refused, why = nil, nil
		for _, t := range todo {
			if err := t.save(); err != nil {
				refused, why = append(refused, t), err
			} else {
				t.waiting = false
			}
		}
		if len(refused) == 0 || len(refused) == len(todo) {
			return refused, why
		}
		todo = refused
	}
}

// pause saves what was typed when the fingers rest. What is refused then (half a
// date, a total still smaller than the part) may only be unfinished: it is said
// in the status line, stays in its field, and is tried again. Where what was typed
// made the indicator look otherwise (a finding wants a reason, it counts as checked),
// it is shown anew.
func (e *entryView) pause() {
	e.rest()
	if e.v.entry == e && e.shape() != e.shown {
		e.v.rebuild()
	}
}

// shape is what of the entry decides which fields there are.
func (e *entryView) shape() string {
	x := e.entry()
	s := string(e.state())
	for i := range x.Findings {
		s += " " + x.Findings[i].ID
	}
	for _, m := range e.ind.Measures {
		if _, ok := x.Measures[m.Code]; ok {
			s += " " + m.Code
		}
	}
	return s
}

// rest saves what can be saved while the fingers rest.
func (e *entryView) rest() {
	var why error
	e.pending, why = saveAll(e.pending)
	e.v.update()
	if why != nil {
		e.v.s.status.SetIn(i18n.T("还没有存：%s", i18n.Person(why)), look.Lost)
	}
}

// typed makes the OnChanged of a field that saves after a pause, or when flushed.
func (e *entryView) typed(f *ime.Entry, save func(string) error) func(string) {
	stop, t := func() {}, &typed{field: f}
	return func(text string) {
		stop()
		t.save = func() error { return save(text) }
		e.refused = slices.DeleteFunc(e.refused, func(x *typed) bool { return x == t })
		if !t.waiting {
			t.waiting = true
			e.pending = append(e.pending, t)
		}
		e.v.s.status.SetIn(i18n.T("正在输入…"), look.Secondary)
		stop = later(settle, e.pause)
	}
}

// at notes the field of a place, so that a jump finds it.
func (e *entryView) at(place string, f fyne.Focusable) {
	if e.fields == nil {
		e.fields = map[string]fyne.Focusable{}
	}
	e.fields[place] = f
}

// place is the field that a gap speaks of, nil where there is none. Places are
// those of the checks: entries.A2.findings[0].note.
func (e *entryView) place(at string) fyne.Focusable {
	at = strings.TrimPrefix(at, "entries."+e.code+".")
	if f := e.fields[at]; f != nil {
		return f
	}
	if base, ok := strings.CutSuffix(at, ".evidence"); ok { // a reason in words will do as well
		return e.fields[base+".note"]
	}
	if base, _, ok := strings.Cut(at, "."); ok && base == "absence" {
		return e.fields["absence.letter"]
	}
	return nil
}

func (e *entryView) view() fyne.CanvasObject {
	if e.ind == nil {
		return look.NewText(i18n.T("指标体系中没有可检查的指标。"))
	}
	box := look.Column(look.Gap3, e.head(), e.stateBar())
	switch e.state() {
	case scoring.Absent:
		box.Add(look.Card(e.absenceView()))
	case scoring.NotScored:
		box.Add(look.Card(look.NewPara(i18n.T("加分门槛未达到，本项不评分。门槛达到后请改为“检查”并评分。"))))
	default:
		box.Add(look.Card(e.rulesView()))
		if len(e.ind.Measures) > 0 {
			box.Add(look.Card(e.measuresView()))
		}
	}
	if e.v.in.Corrects() != nil {
		box.Add(look.Card(e.reasonView()))
	}
	box.Add(look.Card(e.noteView()))
	box.Add(look.Card(e.evidenceView()))
	if o := e.lastView(); o != nil {
		box.Add(o)
	}
	if o := e.guideView(); o != nil {
		box.Add(o)
	}
	return box
}

// reasonView asks why an indicator changes in a correction, beside what the
// revision before gave.
func (e *entryView) reasonView() fyne.CanvasObject {
	f := ime.NewEntry()
	f.SetText(e.record().Reasons[e.code])
	f.SetPlaceHolder(i18n.T("改了哪里，依据什么"))
	f.OnChanged = e.typed(f, func(t string) error { return e.v.in.SetReason(e.code, t) })
	e.at("reasons."+e.code, f)
	before := e.v.in.Corrects().Score(e.v.in.Compiled()).Indicator(e.code)
	was := i18n.T("上一版：%s", "—")
	if before != nil && before.State == scoring.Checked && !e.v.score.hidden {
		was = i18n.T("上一版：%s", before.Counted.Plain())
	}
	return look.Column(look.Gap2, container.NewBorder(nil, nil, look.Bold(i18n.T("更正理由")), look.Small(was)), f)
}

func (e *entryView) head() fyne.CanvasObject {
	right := look.Number(i18n.T("%s 分", e.ind.Points.String()))
	right.Bold = true
	row := container.NewBorder(nil, nil, look.Page(e.code), right, look.Middle(look.Page(e.ind.Title).Elided()))
	sub := look.Small(e.ind.Clause)
	if e.ind.Due != "" {
		sub.Set(i18n.T("%s　完成期限 %s", e.ind.Clause, e.ind.Due))
	}
	col := look.Column(look.Gap1, row, container.NewBorder(nil, nil, sub, look.Small(model.EntryGlyph(e.record(), e.code)+" "+model.EntryWord(e.record(), e.code))))
	if e.ind.DecidedBy == "bureau" {
		col.Add(look.Note(i18n.T("本项由汇总单位评分：这里记事实、说明和佐证；评定以前，结果是暂定的。")).In(look.Waiting))
	}
	col.Add(look.HLine())
	return col
}

// sayEmptied says what went with a state in which nothing is found or measured.
func (e *entryView) sayEmptied(had int) {
	if had > 0 {
		e.v.s.toast(i18n.T("%s 的扣（加）分记录和完成情况去掉了，Ctrl+Z 可以恢复", e.code))
	}
}

// stateBar is the choice between checked, absent and not scored.
func (e *entryView) stateBar() fyne.CanvasObject {
	now := e.state()
	button := func(word string, s scoring.State, do func()) *look.Button {
		b := look.NewButton(word, do)
		if s == now {
			b.Icon = theme.ConfirmIcon()
		}
		return b
	}
	set := func(s scoring.State) func() {
		return func() {
			e.flush()
			had := len(e.entry().Findings) + len(e.entry().Measures)
			if e.v.change(func() error { return e.v.in.SetState(e.code, s) }) {
				e.v.rebuild()
				if s != scoring.Checked {
					e.sayEmptied(had)
				}
			}
		}
	}
	row := look.Across(look.Gap2)
	if now == scoring.Checked {
		row.Add(button(i18n.T("已检查"), scoring.Checked, set(scoring.Unchecked)))
	} else {
		b := button(i18n.T("检查完成，记为已检查（Ctrl+G）"), scoring.Checked, set(scoring.Checked))
		b.Importance = widget.HighImportance
		e.at("state", b)
		row.Add(b)
	}
	if e.absenceAllowed() {
		row.Add(button(i18n.T("没有该项（Ctrl+B）"), scoring.Absent, e.v.markAbsent))
	}
	if e.gated() {
		row.Add(button(i18n.T("不评分"), scoring.NotScored, set(scoring.NotScored)))
	}
	row.Add(look.Stretch())
	row.Add(look.NewIconButton("", theme.NavigateBackIcon(), func() { e.v.step(-1) }))
	row.Add(look.NewIconButton("", theme.NavigateNextIcon(), func() { e.v.step(1) }))
	return row
}

func (e *entryView) part() *scoring.Part {
	r := e.v.in.Compiled().Rubric
	for p := range r.Parts {
		for _, g := range r.Parts[p].Groups {
			for _, ind := range g.Indicators {
				if ind.Code == e.code {
					return &r.Parts[p]
				}
			}
		}
	}
	return nil
}

func (e *entryView) absenceAllowed() bool {
	p := e.part()
	if p == nil {
		return false
	}
	_, ok := p.Absence.Allowed[e.code]
	return ok
}

func (e *entryView) gated() bool {
	p := e.part()
	return p != nil && p.Gate != nil
}

// noteView is the note with its stock phrases.
func (e *entryView) noteView() fyne.CanvasObject {
	e.note = ime.NewMultiLine()
	e.at("note", e.note)
	e.note.SetText(e.entry().Note)
	e.note.SetMinRowsVisible(3)
	e.note.SetPlaceHolder(i18n.T("检查情况说明：看了什么、发现什么、依据什么"))
	e.note.OnChanged = e.typed(e.note, func(t string) error { return e.v.in.SetNote(e.code, t) })
	phrases := look.NewButton(i18n.T("常用语（Ctrl+J）"), e.v.stockPhrases)
	e.at("phrases", phrases)
	head := container.NewBorder(nil, nil, look.Middle(look.Bold(i18n.T("说明"))), phrases)
	return look.Column(look.Gap2, head, e.note)
}
