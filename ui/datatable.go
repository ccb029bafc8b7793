package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// dataTable shows a table that a person filters, sorts by any column and copies.
type dataTable struct {
	s     *shell
	t     *model.Table
	shown []model.Line
	list  *widget.List
	heads []*look.SortHead
	find  *ime.Entry
	count *look.Text
	none  *fyne.Container
	// open is what a click or Enter on a line does; nil for nothing.
	open func(model.Line)
	// chosen keeps the line that was clicked marked, for its details beside the table.
	chosen bool
	// chips gives a cell of its own for a column, instead of its text.
	chips func(column int, l model.Line) []fyne.CanvasObject
	empty string // what a table without any line says
	// says adds a word about the lines that are shown; nil for none.
	says func([]model.Line) string
	// drawn shows what passes the filter where the lines are no list; nil for a list.
	drawn func()
	high  float32 // of a row that holds more than text; 0 as the text needs
	// ticks gives each row a box to tick before its cells; nil for none.
	ticks *rowTicks
	// details are the lines below a row that was clicked; nil for a table whose
	// rows do not open.
	details func(model.Line) []string
	opened  map[int]bool // by the place of the line
	tall    []int        // rows that are higher for it
	row     float32      // height of a row
}

// rowTicks are boxes to tick, one a row.
type rowTicks struct {
	on      func(model.Line) bool
	set     func(model.Line, bool)
	settled bool // shown, and not to be changed
}

// tickWidth is the room of a box to tick.
const tickWidth = 28

// view is the table under its heads.
func (d *dataTable) view() fyne.CanvasObject {
	widths := make([]float32, len(d.t.Columns))
	heads := make([]fyne.CanvasObject, len(widths))
	d.heads = make([]*look.SortHead, len(widths))
	for i, c := range d.t.Columns {
		widths[i] = c.Width
		if i == 0 {
			widths[i] = d.t.FirstWidth(func(word string) float32 { return look.WidthOf(fyne.TextStyle{}, word) })
		}
		d.heads[i] = look.NewSortHead(c.Word, c.Figure, func() { d.t.Sort(i); d.refresh() })
		heads[i] = d.heads[i]
	}
	if d.ticks != nil {
		widths, heads = append([]float32{tickWidth}, widths...), append([]fyne.CanvasObject{look.Small("")}, heads...)
	}
	d.opened, d.row = map[int]bool{}, d.newRow(widths).MinSize().Height
	d.list = widget.NewList(func() int { return len(d.shown) }, func() fyne.CanvasObject { return d.newRow(widths) }, d.fill)
	d.list.OnSelected = func(i widget.ListItemID) {
		if !d.chosen {
			d.list.UnselectAll()
		}
		if d.details != nil && i < len(d.shown) {
			d.opened[d.shown[i].Place] = !d.opened[d.shown[i].Place]
			d.heights()
			d.list.RefreshItem(i)
		}
		if d.open != nil && i < len(d.shown) {
			d.open(d.shown[i])
		}
	}
	d.none = container.NewStack()
	head := container.NewVBox(look.InsetXY(look.Gap1, look.Gap1, look.Grid(widths, heads...)), look.HLine())
	d.refresh()
	return look.Card(container.NewBorder(head, nil, nil, nil, container.NewStack(d.list, d.none)))
}

// choose marks a line of a table that was just made.
func (d *dataTable) choose(at int, view fyne.CanvasObject) {
	if d.list.Size().IsZero() { // a list without a size would scroll past the line
		view.Resize(fyne.NewSize(800, 400))
	}
	d.list.Select(at)
}

func (d *dataTable) newRow(widths []float32) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	if d.ticks != nil {
		cells = append(cells, look.NewCheck("", nil))
	}
	for i, c := range d.t.Columns {
		if d.chips != nil && d.chips(i, model.Line{}) != nil {
			cells = append(cells, container.NewStack())
			continue
		}
		t := look.NewText("").Elided()
		if c.Figure {
			t.Align = fyne.TextAlignTrailing
		}
		cells = append(cells, t)
	}
	line := look.InsetXY(look.Gap1, look.Gap1, look.Fixed(0, d.high, look.Grid(widths, cells...)))
	if d.details == nil {
		return line
	}
	return container.NewBorder(line, nil, nil, nil, look.Column(2))
}

func (d *dataTable) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(d.shown) {
		return
	}
	l := d.shown[i]
	row := o.(*fyne.Container)
	if d.details != nil { // of a border: what is inside, then what is above
		d.fillDetails(row.Objects[0].(*fyne.Container), l)
		row = row.Objects[1].(*fyne.Container)
	}
	cells := row.Objects[0].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	if d.ticks != nil {
		d.ticks.fill(cells[0].(*look.Check), l)
		cells = cells[1:]
	}
	for k, c := range cells {
		switch x := c.(type) {
		case *look.Text:
			role := look.Ink
			if k == 0 && l.Accent != "" {
				role = look.Role(l.Accent)
			}
			x.SetIn(l.Cells[k], role)
		case *fyne.Container:
			x.Objects = d.chips(k, l)
			x.Refresh()
		}
	}
}

func (t *rowTicks) fill(box *look.Check, l model.Line) {
	box.OnChanged = nil
	box.SetChecked(t.on(l))
	box.OnChanged = func(on bool) { t.set(l, on) }
	if t.settled {
		box.Disable()
	} else {
		box.Enable()
	}
}

func (d *dataTable) fillDetails(box *fyne.Container, l model.Line) {
	box.RemoveAll()
	if !d.opened[l.Place] {
		return
	}
	for _, text := range d.details(l) {
		box.Add(look.InsetXY(look.Gap6+look.Gap2, 0, look.Small(text).Elided()))
	}
}

// heights gives rows the room for what is open below them.
func (d *dataTable) heights() {
	for _, i := range d.tall {
		d.list.SetItemHeight(i, d.row)
	}
	d.tall = nil
	line := look.Small("").MinSize().Height + 2
	for i, l := range d.shown {
		if d.opened[l.Place] {
			d.list.SetItemHeight(i, d.row+float32(len(d.details(l)))*line+look.Gap2)
			d.tall = append(d.tall, i)
		}
	}
}

func (d *dataTable) refresh() {
	d.shown = d.t.Shown()
	for i, h := range d.heads {
		h.Set(d.t.Head(i))
	}
	if d.drawn != nil {
		defer d.drawn()
	}
	if d.none == nil {
		d.none = container.NewStack()
	}
	d.none.Objects = nil
	switch {
	case d.t.Len() == 0:
		d.none.Objects = []fyne.CanvasObject{container.NewCenter(look.NewText(d.empty))}
	case len(d.shown) == 0:
		d.none.Objects = []fyne.CanvasObject{container.NewCenter(look.Small(i18n.T("没有符合条件的行。请放宽筛选条件。")))}
	}
	d.none.Refresh()
	if d.count != nil {
		words := i18n.T("显示 %d／%d 行", len(d.shown), d.t.Len())
		if d.says != nil {
			words += "　" + d.says(d.shown)
		}
		d.count.Set(words)
	}
	if d.list == nil {
		return
	}
	if d.chosen {
		d.list.UnselectAll() // another line may stand there now
	}
	if d.details != nil {
		d.heights()
	}
	d.list.Refresh()
}

// tools are the fields that filter and copy: find, one choice of groups (their
// words by name), and copying what is shown.
func (d *dataTable) tools(all string, word func(string) string) *fyne.Container {
	d.find = ime.NewEntry()
	d.find.SetPlaceHolder(i18n.T("查找（Ctrl+K）"))
	d.find.OnChanged = func(t string) { d.t.Find(t); d.refresh() }
	d.count = look.Small("")
	bar := look.Toolbar(look.Gap2, look.Wide(200, d.find))
	if names, counts := d.t.Groups(); len(names) > 1 {
		words := []string{all}
		for _, n := range names {
			words = append(words, i18n.T("%s（%d）", word(n), counts[n]))
		}
		sel := look.NewSelect(words, nil)
		sel.SetSelectedIndex(0)
		sel.OnChanged = func(string) {
			d.t.Choose("")
			if i := sel.SelectedIndex(); i > 0 {
				d.t.Choose(names[i-1])
			}
			d.refresh()
		}
		bar.Add(sel)
	}
	bar.Add(look.Middle(d.count))
	bar.Add(look.Stretch())
	bar.Add(look.NewIconButton(i18n.T("复制表格"), theme.ContentCopyIcon(), d.copy))
	return bar
}

// copy puts what is shown into the clipboard, as a spreadsheet takes it.
func (d *dataTable) copy() {
	d.s.app.Clipboard().SetContent(d.t.TSV())
	d.s.toast(i18n.T("已复制 %d 行，可粘贴到 Excel", len(d.shown)))
}
