package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// unitsScreen is the first screen of 检查: the units of the round and how far
// each of them is.
type unitsView struct {
	s     *shell
	units *model.Units
	shown []desk.UnitRow
	list  *look.List
	count *look.Text
	find  *ime.Entry
	empty *fyne.Container
	hide  bool // points, while the unit looks on
}

var unitColumns = []float32{24, 0, 110, 100, 150, 76, 76, 56, 60}

func (s *shell) unitsScreen() (screen, error) {
	var rows []desk.UnitRow
	if s.round.Code != "" { // a new workbook has no round yet
		var err error
		if rows, err = s.desk.UnitList(s.round.Code); err != nil {
			return nil, err
		}
	}
	v := &unitsView{s: s, units: model.NewUnits(rows)}
	v.units.UnitFilter = s.filter // as it was left
	return v, nil
}

func (v *unitsView) title() string { return i18n.T("检查") }
func (v *unitsView) leave()        { v.s.filter = v.units.UnitFilter }

// started puts the keys on the unit that was open last.
func (v *unitsView) started() {
	at := model.PlaceOf(v.shown, v.s.desk.Setting("unit."+v.s.round.Code, ""))
	if len(v.shown) > 0 {
		v.list.GoTo(max(at, 0))
		v.s.win.Canvas().Focus(v.list)
	}
}

func (v *unitsView) view() fyne.CanvasObject {
	v.find = ime.NewEntry()
	v.find.SetPlaceHolder(i18n.T("单位名称、代码或拼音首字母（Ctrl+K）"))
	v.find.SetText(v.units.Text)
	v.find.OnDown = func() { v.s.win.Canvas().Focus(v.list) }
	v.find.OnEscape = func() { v.find.SetText("") }
	v.find.OnChanged = func(t string) { v.units.Text = t; v.refresh() }
	v.find.OnSubmitted = func(string) { v.openFirst() }
	v.count = look.Small("")
	done, all := v.units.Progress()
	bar := look.NewBar(share(done, all), look.Act)
	filters := look.Toolbar(look.Gap3,
		look.Wide(320, v.find), v.kindFilter(), v.stateFilter(), look.Stretch(),
		look.Middle(look.Small(i18n.T("本轮进度 %d／%d", done, all))), look.Fixed(120, 0, bar))
	v.list = look.NewList(func() int { return len(v.shown) }, newUnitRow, v.fill)
	v.list.OnEnter = func(id widget.ListItemID) { v.open(v.shown[id]) }
	v.empty = container.NewStack()
	table := container.NewBorder(container.NewVBox(unitHead(), look.HLine()), nil, nil, nil, container.NewStack(v.list, v.empty))
	v.refresh()
	return look.Inset(look.Gap4, container.NewBorder(
		container.NewVBox(filters, look.Fixed(0, look.Gap2, look.NewFill(""))), look.InsetXY(0, look.Gap2, v.count), nil, nil, look.Card(table)))
}

func share(part, whole int) float32 {
	if whole == 0 {
		return 0
	}
	return float32(part) / float32(whole)
}

func (v *unitsView) kindFilter() fyne.CanvasObject {
	kinds := v.units.Kinds()
	words := []string{i18n.T("全部类别")}
	for _, k := range kinds {
		words = append(words, model.KindWord(k))
	}
	sel := look.NewSelect(words, nil)
	sel.SetSelectedIndex(slices.Index(kinds, v.units.Kind) + 1)
	sel.OnChanged = func(string) {
		v.units.Kind = ""
		if i := sel.SelectedIndex(); i > 0 {
			v.units.Kind = kinds[i-1]
		}
		v.refresh()
	}
	return sel
}

func (v *unitsView) stateFilter() fyne.CanvasObject {
	states := model.States()
	words := []string{i18n.T("全部状态")}
	for _, s := range states {
		words = append(words, model.StateWord(s))
	}
	sel := look.NewSelect(words, nil)
	sel.SetSelectedIndex(slices.Index(states, v.units.State) + 1)
	sel.OnChanged = func(string) {
		v.units.State = ""
		if i := sel.SelectedIndex(); i > 0 {
			v.units.State = states[i-1]
		}
		v.refresh()
	}
	return sel
}

func (v *unitsView) refresh() {
	v.shown, v.hide = v.units.Shown(), v.s.hidden()
	v.count.Set(i18n.T("显示 %d 个单位。Enter 打开，↑↓ 选择，Ctrl+K 查找。", len(v.shown)))
	v.empty.Objects = nil
	if len(v.shown) == 0 {
		v.count.Set("")
		v.empty.Objects = []fyne.CanvasObject{container.NewCenter(v.nothing())}
	}
	v.empty.Refresh()
	v.list.Refresh()
}

// nothing is what an empty list says.
func (v *unitsView) nothing() fyne.CanvasObject {
	if _, all := v.units.Progress(); all > 0 {
		return look.Small(i18n.T("没有符合条件的单位。请放宽筛选条件。"))
	}
	b := look.NewButton(i18n.T("新建检查轮次"), v.s.newRound)
	b.Importance = widget.HighImportance
	task := look.NewButton(i18n.T("收下任务包…"), v.s.askTask)
	return look.Column(look.Gap2, look.NewText(i18n.T("这里列出本轮要检查的单位。检查组收下汇总单位的任务包；汇总单位先建一个检查轮次。")), container.NewCenter(look.Across(look.Gap2, task, b)))
}

func unitHead() fyne.CanvasObject {
	words := []string{"", i18n.T("单位"), i18n.T("类别"), i18n.T("状态"), i18n.T("检查员"), i18n.T("总分"), i18n.T("上轮"), i18n.T("等级"), i18n.T("榜单")}
	cells := make([]fyne.CanvasObject, len(words))
	for i, w := range words {
		t := look.Small(w)
		if i == 5 || i == 6 {
			t.Align = fyne.TextAlignTrailing
		}
		cells[i] = t
	}
	return look.InsetXY(look.Gap1, look.Gap1, look.Grid(unitColumns, cells...))
}

func newUnitRow() fyne.CanvasObject {
	return look.InsetXY(look.Gap1, look.Gap1, look.Grid(unitColumns,
		look.NewText(""), look.NewText("").Elided(), look.Small("").Elided(), look.Small(""), look.Small("").Elided(),
		look.Number(""), look.Number("").In(look.Secondary), look.Small(""), container.NewStack()))
}

func (v *unitsView) fill(id widget.ListItemID, o fyne.CanvasObject) {
	r := v.shown[id]
	cell := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	text := func(i int) *look.Text { return cell[i].(*look.Text) }
	text(0).Set(model.StateGlyph(r.State))
	text(1).Set(r.Unit.Name)
	text(2).Set(model.KindWord(r.Unit.Kind))
	state := model.StateWord(r.State)
	if r.State == desk.Returned {
		state = model.ReturnedWords(r.Wanted)
	}
	if r.State == desk.InProgress {
		state = fmt.Sprintf("%s %d/%d", state, r.Done, r.Total)
	}
	text(3).Set(state)
	text(4).Set(r.Who)
	value, previous, band, lists := r.Value, r.Previous, r.Band, r.Lists
	if v.hide {
		value, previous, band, lists = "•••", "•••", "", nil
	}
	text(5).Set(value)
	text(6).Set(previous)
	text(7).Set(band)
	chips := cell[8].(*fyne.Container)
	chips.Objects = listChips(lists)
	chips.Refresh()
}

// listChips are the filled chips of the red and the black list.
func listChips(lists []string) []fyne.CanvasObject {
	for _, l := range lists {
		switch l {
		case "红榜":
			return []fyne.CanvasObject{look.Across(0, look.Chip(i18n.T("红榜"), look.RedList, look.OnRed))}
		case "黑榜":
			return []fyne.CanvasObject{look.Across(0, look.Chip(i18n.T("黑榜"), look.BlackList, look.OnBlack))}
		}
	}
	return nil
}

func (v *unitsView) openFirst() {
	if len(v.shown) > 0 {
		v.open(v.shown[0])
	}
}

// open goes to the unit's walk-through, or to what was sealed for it.
func (v *unitsView) open(r desk.UnitRow) {
	switch r.State {
	case desk.NotStarted, desk.InProgress, desk.ToSign:
		v.s.inspect(r.Unit.Code)
	default:
		v.s.showHistory(r)
	}
}
