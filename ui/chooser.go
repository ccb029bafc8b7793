package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// chooser is the program's own dialog for files: all of it by keys, several
// files at once, Chinese names typed safely, and the folder of last time. Fyne's
// has none of these.
type chooser struct {
	s     *shell
	files *model.Files
	list  *look.List
	path  *ime.Entry
	name  *ime.Entry
	say   *look.Text
	d     *look.Dialog
	done  func([]string)
}

var chooserColumns = []float32{24, 0, 90, 130}

const settingFolder = "folder"

// choose asks for files.
func (s *shell) choose(title, word string, f *model.Files, done func([]string), cancelled func()) {
	c := &chooser{s: s, files: f, done: done, path: ime.NewEntry(), name: ime.NewEntry(), say: look.Small("").Elided()}
	c.list = look.NewList(func() int { return len(f.Lines()) }, newChooserRow, c.fill)
	c.list.OnEnter, c.list.OnKey = c.enter, c.key
	c.path.OnSubmitted = func(text string) { c.typed(text) }
	up := look.NewIconButton("", theme.MoveUpIcon(), c.up)
	top := look.Column(look.Gap2, c.spots(), container.NewBorder(nil, nil, up, nil, c.path))
	bottom := look.Column(look.Gap2, c.say)
	if f.For == model.ToSave {
		c.name.SetText(f.Name)
		c.name.OnChanged = func(t string) { f.Name = t }
		bottom.Add(pair(i18n.T("文件名"), c.name))
	}
	c.d = look.NewDialog(s.win, title, container.NewBorder(top, bottom, nil, nil, look.Card(c.list))).Size(860, 620).Cancel(i18n.T("取消"), cancelled)
	c.d.Main(word, c.confirm)
	for _, e := range []*ime.Entry{c.path, c.name} {
		e.OnEscape = c.d.Escape
	}
	c.name.OnSubmitted = func(string) { c.d.Enter() }
	c.begin()
	if f.For == model.ToSave {
		c.d.Focus(c.name)
	} else {
		c.d.Focus(c.list)
	}
	c.d.Show()
}

// begin opens the folder of last time, else that of the workbook.
func (c *chooser) begin() {
	for _, dir := range []string{c.s.lastFolder(), c.s.bookFolder(), "."} {
		if dir != "" && c.files.GoTo(dir) == nil {
			break
		}
	}
	c.refresh("")
}

func (s *shell) bookFolder() string {
	if s.desk == nil {
		return ""
	}
	return filepath.Dir(s.desk.Path())
}

func (s *shell) lastFolder() string { return s.app.Preferences().String(settingFolder) }

// spots are the buttons of the folders that people look for.
func (c *chooser) spots() fyne.CanvasObject {
	book := ""
	if c.s.desk != nil {
		book = c.s.desk.Path()
	}
	row := look.Across(look.Gap1)
	for _, x := range model.Spots(book) {
		b := look.NewButton(x.Name, func() { c.refresh(c.went(c.files.GoTo(x.Path))) })
		b.Importance = widget.LowImportance
		row.Add(b)
	}
	return container.NewHScroll(row)
}

// went is the sentence of an error, "" without one.
func (c *chooser) went(err error) string {
	if err != nil {
		return i18n.Person(err)
	}
	return ""
}

func (c *chooser) refresh(wrong string) {
	c.path.SetText(c.files.Dir())
	c.list.GoTo(0)
	c.list.Refresh()
	c.tell(wrong)
}

func (c *chooser) tell(wrong string) {
	if wrong != "" {
		c.say.SetIn(wrong, look.Lost)
		return
	}
	words := i18n.T("Enter 打开或选定，Backspace 到上一层")
	if c.files.Many {
		words = i18n.T("Enter 打开或选定，空格多选，Backspace 到上一层")
	}
	c.say.SetIn(words, look.Secondary)
}

func newChooserRow() fyne.CanvasObject {
	return look.Grid(chooserColumns, widget.NewIcon(nil), look.NewText("").Elided(), look.Number("").In(look.Secondary), look.Small(""))
}

func (c *chooser) fill(i widget.ListItemID, o fyne.CanvasObject) {
	lines := c.files.Lines()
	if i >= len(lines) {
		return
	}
	x, cells := lines[i], o.(*fyne.Container).Objects
	icon := theme.FileIcon()
	switch {
	case c.files.Ticked(i):
		icon = theme.ConfirmIcon()
	case x.Folder:
		icon = theme.FolderIcon()
	}
	size, at := x.Words()
	cells[0].(*widget.Icon).SetResource(icon)
	cells[1].(*look.Text).Set(x.Name)
	cells[2].(*look.Text).Set(size)
	cells[3].(*look.Text).Set(at)
}

// enter opens a folder, or takes a file.
func (c *chooser) enter(i widget.ListItemID) {
	x := c.files.Lines()[i]
	switch {
	case x.Folder:
		c.refresh(c.went(c.files.GoTo(filepath.Join(c.files.Dir(), x.Name))))
	case c.files.For == model.ToSave:
		c.name.SetText(x.Name)
		c.s.win.Canvas().Focus(c.name)
	case c.files.For == model.ToOpen:
		c.d.Enter()
	}
}

func (c *chooser) key(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyBackspace:
		c.up()
	case fyne.KeySpace:
		c.files.Tick(c.list.At)
		c.list.RefreshItem(c.list.At)
	}
}

func (c *chooser) up() {
	line, err := c.files.Up()
	c.refresh(c.went(err))
	c.list.GoTo(line)
}

// typed goes where the path leads, and tells whether the dialog is there now.
func (c *chooser) typed(text string) bool {
	path, err := c.files.Type(text)
	if path != "" {
		c.take([]string{path})
		return false
	}
	c.name.SetText(c.files.Name)
	c.refresh(c.went(err))
	return err == nil
}

func (c *chooser) confirm() bool {
	if text := c.path.Text; text != c.files.Dir() { // written and not entered: it counts all the same
		if !c.typed(text) || c.files.For == model.ToOpen {
			return false
		}
	}
	paths, err := c.files.Chosen(c.list.At)
	if err != nil {
		c.tell(c.went(err))
		return false
	}
	c.take(paths)
	return false
}

// take closes the dialog, remembers the folder, and hands the paths on.
func (c *chooser) take(paths []string) {
	c.s.app.Preferences().SetString(settingFolder, c.files.Dir())
	c.d.Hide()
	c.done(paths)
}

// openFile asks for a file to read.
func (s *shell) openFile(do func(path string)) {
	s.choose(i18n.T("打开文件"), i18n.T("打开"), &model.Files{For: model.ToOpen}, func(p []string) { do(p[0]) }, nil)
}

// openFiles asks for one file or several; endings like ".pdf" show only those.
func (s *shell) openFiles(title string, endings []string, do func(paths []string)) {
	s.choose(title, i18n.T("打开"), &model.Files{For: model.ToOpen, Many: true, Endings: endings}, do, nil)
}

// openFolder asks for a folder.
func (s *shell) openFolder(title string, do func(path string)) {
	s.choose(title, i18n.T("用这个文件夹"), &model.Files{For: model.ToFolder}, func(p []string) { do(p[0]) }, nil)
}

// saveFile asks for a place to write to. Files are written under a temporary name
// first, so what is overwritten is there until the new one is.
func (s *shell) saveFile(name string, do func(path string) error) { s.saveFileOr(name, do, nil) }

// saveFileOr is saveFile that says when no place was chosen.
func (s *shell) saveFileOr(name string, do func(path string) error, cancelled func()) {
	f := &model.Files{For: model.ToSave, Name: name}
	if ext := filepath.Ext(name); ext != "" {
		f.Endings = []string{ext}
	}
	s.choose(i18n.T("存到哪里"), i18n.T("保存"), f, func(p []string) {
		if err := do(p[0]); err != nil {
			s.fail(err)
		}
	}, cancelled)
}
