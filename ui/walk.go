package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// walkView is the walk-through of one unit: the checklist at the left, one
// indicator in the middle, the live score at the right.
type walkView struct {
	first  *fyne.Container // what the visit begins with
	s      *shell
	in     *desk.Inspector
	walk   *model.Walk
	rows   map[string]*walkRow
	middle *container.Scroll
	left   *container.Scroll
	score  *scorePanel
	entry  *entryView
	real   *desk.Inspector // while trying out: the draft that counts
	warned bool            // of work that could not be saved
	held   fyne.Focusable  // what of the open indicator had the focus last

	digits  model.Digits // of the count that is being typed
	fact    *ime.Entry   // of the form of a free finding, while it is open
	covered *spot        // where the focus goes when a dialog is gone

	guide     *widget.Accordion // of the indicator guideCode
	guideCode string
	refused   map[string]map[string]string // by indicator and field: what was typed there and is not taken
}

// inspect opens the walk-through of a unit.
func (s *shell) inspect(unit string) {
	s.leaving(func() {
		in, err := s.desk.Inspect(s.round.Code, unit)
		if err != nil {
			s.fail(err)
			return
		}
		_ = s.desk.SetSetting("unit."+s.round.Code, unit)
		s.put(newWalkView(s, in))
	})
}

func newWalkView(s *shell, in *desk.Inspector) *walkView {
	v := &walkView{s: s, in: in, walk: model.NewWalk(in.Compiled().Rubric), rows: map[string]*walkRow{}, refused: map[string]map[string]string{}}
	v.score = newScorePanel(v)
	return v
}

func (v *walkView) title() string { return v.in.Record().Unit.Name }

// leave commits the field that still has the focus: nothing typed is lost by
// going away.
func (v *walkView) leave() {
	v.warned = true // who leaves is asked by leaving
	if v.entry != nil {
		v.entry.flush()
	}
	v.s.win.Canvas().Unfocus()
}

func (v *walkView) view() fyne.CanvasObject {
	box := look.Column(1, v.unitHead())
	box.Add(v.openRows())
	for _, r := range v.walk.Rows() {
		row := v.newRow(r)
		box.Add(row.object)
		if r.Code != "" {
			v.rows[r.Code] = row
		}
	}
	v.left = container.NewVScroll(look.InsetXY(look.Gap1, look.Gap2, box))
	v.middle = container.NewVScroll(container.NewStack())
	left := look.Fixed(248, 0, look.OnPaper(v.left))
	score := look.OnPaper(v.score.view())
	v.openCurrent()
	if v.score.folded() {
		return container.NewBorder(score, nil, container.NewBorder(nil, nil, nil, look.VLine(), left), nil, v.middle)
	}
	right := look.Fixed(296, 0, score)
	return container.NewBorder(nil, nil,
		container.NewBorder(nil, nil, nil, look.VLine(), left),
		container.NewBorder(nil, nil, look.VLine(), nil, right), v.middle)
}

// unitHead is the card of the unit above the checklist: visit and people.
func (v *walkView) unitHead() fyne.CanvasObject {
	r := v.in.Record()
	name := look.Bold(r.Unit.Name).Elided()
	kind := look.Small(model.KindWord(r.Unit.Kind) + "　" + r.Unit.Code)
	return look.NewRow(container.NewVBox(name, kind, look.Small(i18n.T("检查时间、地点与人员 ▸")).In(look.Act)), v.editVisit)
}

// open shows an indicator.
func (v *walkView) open(code string) {
	if v.walk.GoTo(code) {
		v.openCurrent()
	}
}

func (v *walkView) step(by int) {
	v.walk.Step(by)
	v.openCurrent()
}

func (v *walkView) nextUnchecked() {
	if !v.walk.NextUnchecked(v.in.Record()) {
		v.s.toast(i18n.T("全部指标都检查过了"))
		return
	}
	v.openCurrent()
}

func (v *walkView) openCurrent() {
	if v.entry != nil {
		v.entry.flush()
		v.refused[v.entry.code] = v.entry.spot().texts // half a date is finished on the way back
	}
	v.entry = newEntryView(v, v.walk.Code())
	v.middle.Content = look.Inset(look.Gap4, v.entry.view())
	v.middle.Offset = fyne.NewPos(0, 0)
	v.middle.Refresh()
	v.entry.returnTo(spot{texts: v.refused[v.walk.Code()]})
	v.update()
	v.reveal()
}

// reveal scrolls the checklist so that the open indicator is seen.
func (v *walkView) reveal() {
	row := v.rows[v.walk.Code()]
	if row == nil {
		return
	}
	y, h := row.object.Position().Y, row.object.Size().Height
	if y < v.left.Offset.Y {
		v.left.ScrollToOffset(fyne.NewPos(0, y-look.Gap6))
	} else if y+h > v.left.Offset.Y+v.left.Size().Height {
		v.left.ScrollToOffset(fyne.NewPos(0, y+h-v.left.Size().Height+look.Gap6))
	}
}

// change does one change of the record and shows what follows. Every change of
// the walk-through goes through here: an error is shown and nothing changed.
func (v *walkView) change(do func() error) bool {
	if err := do(); err != nil {
		v.s.fail(err)
		return false
	}
	v.update()
	return true
}

// rebuild shows the open indicator anew, after its findings or its state changed. What
// is being typed goes on in the same field: a picture may come in at any moment.
func (v *walkView) rebuild() {
	offset, at := v.middle.Offset, spot{}
	if v.entry != nil && v.entry.code == v.walk.Code() {
		if len(v.entry.pending) > 0 {
			v.entry.rest()
		}
		at = v.entry.spot()
		v.entry.pending = nil // it waits in the new fields
	}
	v.entry = newEntryView(v, v.walk.Code())
	v.middle.Content = look.Inset(look.Gap4, v.entry.view())
	v.middle.Refresh()
	v.middle.ScrollToOffset(offset)
	v.entry.returnTo(at)
	v.update()
}

// update refreshes what a change can move: rows, score, saved mark.
func (v *walkView) update() {
	res := v.in.Result()
	for code, row := range v.rows {
		row.show(v, res, code)
	}
	v.score.show(res)
	v.showSaved()
	v.s.refreshMenu()
}

// undo takes the last change back, or brings it again, and shows the indicator
// it was made in.
func (v *walkView) undo(redo bool) {
	if v.entry != nil {
		v.entry.flush()
	}
	do, change, none := v.in.Undo, v.in.NextUndo(), i18n.T("没有可以撤销的改动")
	if redo {
		do, change, none = v.in.Redo, v.in.NextRedo(), i18n.T("没有可以重做的改动")
	}
	what, err := do()
	if err != nil {
		v.s.fail(err)
		return
	}
	if what == "" {
		v.s.toast(none)
		return
	}
	v.s.toast(what)
	v.showChanged(change)
	v.rebuild()
	v.reveal()
}

// walkRow is one line of the checklist at the left.
type walkRow struct {
	object             fyne.CanvasObject
	row                *look.Row
	glyph, name, moved *look.Text
}

func (v *walkView) newRow(r model.WalkRow) *walkRow {
	if r.Code == "" {
		return &walkRow{object: look.InsetXY(look.Gap2, look.Gap1, look.Small(r.Group+"　"+r.Title))}
	}
	w := &walkRow{glyph: look.NewText("○"), name: look.NewText(r.Code + "  " + r.Title).Elided(), moved: look.Number("")}
	w.moved.Face = look.SizeSmall
	w.row = look.NewRow(look.Grid([]float32{16, 0, 46}, w.glyph, w.name, w.moved), func() { v.open(r.Code) })
	w.row.OnKey = v.listKey
	w.object = w.row
	return w
}

// listKey moves through the checklist with the arrow keys.
func (v *walkView) listKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		v.step(1)
	case fyne.KeyUp:
		v.step(-1)
	default:
		return
	}
	v.s.win.Canvas().Focus(v.rows[v.walk.Code()].row)
}

func (w *walkRow) show(v *walkView, res *scoring.Result, code string) {
	rec := v.in.Record()
	w.glyph.Set(model.EntryGlyph(rec, code))
	w.row.Choose(code == v.walk.Code())
	words, role := model.RowPoints(res, rec, v.in.Compiled(), code)
	if v.score.hidden {
		words = ""
	}
	w.moved.SetIn(words, map[string]look.Role{"lost": look.Lost, "gained": look.Gained}[role])
	if role == "" {
		w.moved.SetIn(words, look.Secondary)
	}
}
