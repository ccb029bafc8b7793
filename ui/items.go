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
	items []inspection.Item
	list  *look.List
	sum   *look.Text
	name  *ime.Entry
}

var itemColumns = []float32{0, 90, 120, 150, 40}

func (e *entryView) editItems(m *scoring.Measure) {
	e.flush()
	v := &itemsView{e: e, m: m, items: append([]inspection.Item{}, e.entry().Measures[m.Code].Items...)}
	v.sum = look.Bold("")
	v.list = look.NewList(func() int { return len(v.items) }, v.newRow, v.fill)
	v.name = ime.NewEntry()
	v.name.SetPlaceHolder(i18n.T("添加一项：写名称，按 Enter"))
	v.name.OnSubmitted = v.add
	head := look.Grid(itemColumns, look.Small(i18n.T("名称")), look.Small(i18n.T("级别")), look.Small(i18n.T("牵头单位")), look.Small(i18n.T("状态")), look.Small(""))
	actions := look.Across(look.Gap2, look.NewButton(i18n.T("从表格导入…"), v.load))
	if last := e.v.in.LastItems(e.code, m.Code); len(last) > 0 {
		actions.Add(look.NewButton(i18n.T("沿用上轮清单（%d 项）", len(last)), func() { v.set(append([]inspection.Item{}, last...)) }))
	}
	box := container.NewBorder(container.NewVBox(look.NewPara(m.Label), head, look.HLine()), look.Column(look.Gap2, v.name, container.NewBorder(nil, nil, actions, v.sum)), nil, nil, v.list)
	d := look.NewDialog(e.v.s.win, i18n.T("%s 清单", m.Code), box).Size(860, 560).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("确定"), func() bool {
		e.apply(func() error { return e.v.in.SetItems(e.code, m.Code, v.items) })
		return true
	})
	v.name.OnEscape = d.Escape
	v.set(v.items)
	d.Focus(v.name).Show()
}

func (v *itemsView) set(items []inspection.Item) {
	v.items = items
	v.sum.Set(model.ItemsWords(items))
	v.list.Refresh()
}

func (v *itemsView) add(name string) {
	if name == "" {
		return
	}
	v.set(append(v.items, inspection.Item{Code: desk.NextItem(v.items), Name: name, State: inspection.ItemOpen}))
	v.name.SetText("")
	v.list.ScrollToBottom()
}

func (v *itemsView) load() {
	v.e.v.s.openFile(func(path string) {
		items, err := desk.ReadItems(path)
		if err != nil {
			v.e.v.s.fail(err)
			return
		}
		v.set(items)
	})
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
	x := &v.items[id]
	text(0, &x.Name)
	text(1, &x.Level)
	text(2, &x.Lead)
	state := cells[3].(*look.Select)
	state.OnChanged = nil
	state.SetSelectedIndex(model.ItemState(x.State))
	state.OnChanged = func(string) {
		x.State = model.ItemStateCode(state.SelectedIndex())
		v.sum.Set(model.ItemsWords(v.items))
	}
	drop := cells[4].(*look.Button)
	drop.OnTapped = func() { v.set(append(v.items[:id:id], v.items[id+1:]...)) }
}

// itemsLine is the button to the list and, where the total shrank since last
// round, the field for the reason.
func (e *entryView) itemsLine(m *scoring.Measure) fyne.CanvasObject {
	b := look.NewButton(model.ItemsWords(e.entry().Measures[m.Code].Items), func() { e.editItems(m) })
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
