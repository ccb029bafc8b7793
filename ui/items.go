package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// itemsView edits the list behind a measure: which of the 15 systems are open.
// Done and total follow from it.
type itemsView struct {
	e     *entryView
	m     *scoring.Measure
	held  *model.ItemList
	list  *look.List
	sum   *look.Text
	wrong *look.Para
	name  *ime.Entry
}

var itemColumns = []float32{0, 90, 120, 150, 40}

// itemList is the list of a measure with the rows that wait to be saved. It
// outlives the window, and the walk-through, too.
func (e *entryView) itemList(measure string) *model.ItemList {
	s, key := e.v.s, listKey{e.record().ID, measure, e.v.in.Trying()}
	if s.lists == nil {
		s.lists = map[listKey]*model.ItemList{}
	}
	if s.lists[key] == nil {
		s.lists[key] = &model.ItemList{}
	}
	s.lists[key].Begin(e.entry().Measures[measure].Items)
	return s.lists[key]
}

// listKey is whose list it is.
type listKey struct {
	record, measure string
	trying          bool
}

// listWaits names a measure whose list could not be saved, "" for none: it must not
// be signed without.
func (v *walkView) listWaits() string {
	for k, l := range v.s.lists {
		if k.record == v.in.Record().ID && !k.trying && l.Changed() {
			return k.measure
		}
	}
	return ""
}

func (e *entryView) editItems(m *scoring.Measure) {
	e.flush()
	v := &itemsView{e: e, m: m, held: e.itemList(m.Code), sum: look.Bold(""), wrong: look.NewPara("").In(look.Lost), name: ime.NewEntry()}
	v.list = look.NewList(func() int { return len(v.held.Rows) }, v.newRow, v.fill)
	v.name.SetPlaceHolder(i18n.T("添加一项：写名称，按 Enter"))
	v.name.SetText(v.held.Name)
	v.name.OnChanged = func(t string) { v.held.Name = t }
	v.name.OnSubmitted = func(string) { v.add() }
	head := look.Grid(itemColumns, look.Small(i18n.T("名称")), look.Small(i18n.T("级别")), look.Small(i18n.T("牵头单位")), look.Small(i18n.T("状态")), look.Small(""))
	actions := look.Across(look.Gap2, look.NewButton(i18n.T("从表格导入…"), v.load))
	if last := e.v.in.LastItems(e.code, m.Code); len(last) > 0 {
		actions.Add(look.NewButton(i18n.T("沿用上轮清单（%d 项）", len(last)), func() { v.merge(v.held.Lacking(last)) }))
	}
	below := look.Column(look.Gap2, v.name, container.NewBorder(nil, nil, actions, v.sum), v.wrong)
	box := container.NewBorder(container.NewVBox(look.NewPara(m.Label), head, look.HLine()), below, nil, nil, v.list)
	d := look.NewDialog(e.v.s.win, i18n.T("%s 清单", m.Code), box).Size(860, 560)
	d.Aside(look.NewButton(i18n.T("放弃改动"), func() { v.held.GiveUp(); v.show() }))
	d.Cancel(i18n.T("关闭"), func() { v.closed() })
	d.Main(i18n.T("确定"), func() bool {
		err := v.save()
		v.wrong.Set(i18n.Person(err))
		return err == nil
	})
	v.name.OnEscape = d.Escape
	v.show()
	d.Focus(v.name).Show()
}

func (v *itemsView) show() {
	v.sum.Set(model.ItemsWords(v.held.Rows))
	v.name.SetText(v.held.Name)
	v.list.Refresh()
}

// save saves the list; what is refused is held.
func (v *itemsView) save() error {
	err := v.held.Save(func(items []inspection.Item) error { return v.e.v.in.SetItems(v.e.code, v.m.Code, items) })
	v.e.v.rebuild()
	return err
}

// closed saves what was typed also by who closes the list without a word; it says
// so, for it can be taken back.
func (v *itemsView) closed() {
	if !v.held.Changed() {
		return
	}
	if err := v.save(); err != nil {
		v.e.v.s.fail(i18n.E("清单没有存：%s。写下的行还留着，改好后再存", i18n.Person(err), err))
		return
	}
	v.e.v.s.toast(i18n.T("清单已存，Ctrl+Z 可以撤销"))
}

func (v *itemsView) add() {
	v.held.Add()
	v.show()
	v.list.ScrollToBottom()
}

func (v *itemsView) load() {
	v.e.v.s.openFile(func(path string) {
		items, err := desk.ReadItems(path)
		if err != nil {
			v.e.v.s.fail(err)
			return
		}
		v.merge(items)
	})
}

func (v *itemsView) merge(items []inspection.Item) {
	added, altered := v.held.Merge(items)
	v.show()
	v.e.v.s.toast(i18n.T("加了 %d 项，改了 %d 项，原有的行都在", added, altered))
}

func (v *itemsView) newRow() fyne.CanvasObject {
	return look.Grid(itemColumns, ime.NewEntry(), ime.NewEntry(), ime.NewEntry(), look.NewSelect(model.ItemStates(), nil), look.NewIconButton("", theme.DeleteIcon(), nil))
}

func (v *itemsView) fill(id widget.ListItemID, o fyne.CanvasObject) {
	cells := o.(*fyne.Container).Objects
	text := func(i int, p *string) {
		f := cells[i].(*ime.Entry)
		f.OnChanged = nil
		f.SetText(*p)
		f.OnChanged = func(t string) { *p = t }
		f.OnSubmitted = func(string) { v.e.v.s.win.Canvas().Focus(v.name) } // Enter goes on writing, not away
	}
	x := &v.held.Rows[id]
	text(0, &x.Name)
	text(1, &x.Level)
	text(2, &x.Lead)
	state := cells[3].(*look.Select)
	state.OnChanged = nil
	state.SetSelectedIndex(model.ItemState(x.State))
	state.OnChanged = func(string) {
		x.State = model.ItemStateCode(state.SelectedIndex())
		v.sum.Set(model.ItemsWords(v.held.Rows))
	}
	drop := cells[4].(*look.Button)
	drop.OnTapped = func() { v.held.Drop(id); v.show() }
}

// itemsLine is the button to the list and, where the total shrank since last
// round, the field for the reason.
func (e *entryView) itemsLine(m *scoring.Measure) fyne.CanvasObject {
	words := model.ItemsWords(e.entry().Measures[m.Code].Items)
	if e.itemList(m.Code).Changed() {
		words = i18n.T("清单有没存的行 ▸")
	}
	b := look.NewButton(words, func() { e.editItems(m) })
	b.Importance = widget.LowImportance
	row := look.Across(look.Gap2, b)
	before, shrunk := e.v.in.Shrunk(e.code, m.Code)
	if !shrunk {
		return row
	}
	why := ime.NewEntry()
	why.SetText(e.entry().Measures[m.Code].Reason)
	why.SetPlaceHolder(i18n.T("总数比上轮（%s）少：写理由", before.String()))
	e.at("measures."+m.Code+".reason", why)
	why.OnChanged = e.typed(why, func(t string) error { return e.v.in.SetShrunk(e.code, m.Code, t) })
	return container.NewBorder(nil, nil, row, nil, why)
}
