package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
	"xunping/ui/model"
)

// rubricEditView writes a rubric: its lines as a tree at the left, the open line
// at the right, what is wrong beside every field and in sum at the top.
type rubricEditView struct {
	s     *shell
	m     *model.RubricEdit
	nodes []model.RubricNode
	list  *look.List
	form  *fyne.Container
	sums  *fyne.Container
	wrong map[string]*look.Para // by head, below each field
	// controls are the fields of the open line by head.
	controls map[string]fyne.CanvasObject
	// fields scroll; what is wrong takes room below one only while it is.
	fields *container.Scroll
	undo   *look.Button
	redo   *look.Button
	count  *look.Check
	stop   func() // the pause before typing is saved
}

// typingPause is how long typing rests before it is saved.
const typingPause = 600 * time.Millisecond

func newRubricEditView(s *shell, e *desk.RubricEditor) *rubricEditView {
	v := &rubricEditView{s: s, m: model.NewRubricEdit(e)}
	v.nodes = v.m.Nodes()
	for _, n := range v.nodes {
		if n.Type == "指标" {
			v.m.Open(n.Setting, n.At)
			break
		}
	}
	return v
}

func (v *rubricEditView) title() string {
	i := v.m.E.Info()
	return i18n.T("指标草稿　%s　第 %s 版", i.Title, i.Version)
}

// leave stops the clock of typing: leaving saves.
func (v *rubricEditView) leave() {
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
}

func (v *rubricEditView) flush() {
	v.leave()
	if !v.m.E.Unsaved() {
		return
	}
	if err := v.m.E.Flush(); err != nil {
		v.s.fail(err)
		return
	}
	v.s.status.Set(i18n.T("已保存 %s", v.s.desk.Now().Format("15:04")))
	v.buttons()
}

var editColumns = []float32{0, 64, 22}

func (v *rubricEditView) view() fyne.CanvasObject {
	v.list = look.NewList(func() int { return len(v.nodes) }, newNodeRow, v.fillNode)
	v.list.OnEnter = func(i widget.ListItemID) { v.open(v.nodes[i].Setting, v.nodes[i].At) }
	v.form, v.sums = container.NewStack(), container.NewStack()
	bar, left := v.bar(), look.Fixed(430, 0, look.Card(v.list))
	v.rebuild()
	v.list.ScrollTo(v.place())
	return look.Inset(look.Gap3, container.NewBorder(look.InsetXY(0, look.Gap2, bar), nil, left, nil, look.InsetXY(look.Gap3, 0, v.form)))
}

func newNodeRow() fyne.CanvasObject {
	return look.InsetXY(look.Gap1, look.Gap1, look.Grid(editColumns, look.NewText("").Elided(), look.Number("").Elided(), look.NewText("").In(look.Lost)))
}

func (v *rubricEditView) fillNode(i widget.ListItemID, o fyne.CanvasObject) {
	n, cells := v.nodes[i], o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	words, role := "", look.Ink
	for range n.Depth {
		words += "　"
	}
	switch n.Type {
	case "部分", "分组", "指标":
	default:
		role = look.Secondary
		words += scoring.Word(n.Type) + "　"
	}
	if n.Setting == v.m.Setting && n.At == v.m.At {
		role = look.Act
	}
	title := cells[0].(*look.Text)
	title.Bold = n.Type == "部分" || n.Type == "分组"
	title.SetIn(words+n.Code+"　"+n.Title, role)
	cells[1].(*look.Text).Set(n.Points)
	mark := ""
	if n.Wrong > 0 {
		mark = "×"
	}
	cells[2].(*look.Text).Set(mark)
}

// bar has the sums and what can be done with the whole draft.
func (v *rubricEditView) bar() fyne.CanvasObject {
	v.undo = look.NewIconButton("", theme.ContentUndoIcon(), func() { v.back(false) })
	v.redo = look.NewIconButton("", theme.ContentRedoIcon(), func() { v.back(true) })
	v.count = look.NewCheck("", func(on bool) { v.m.OnlyWrong(on); v.rebuild() })
	publish := look.NewButton(i18n.T("发布…"), v.publish)
	publish.Importance = widget.HighImportance
	back := look.NewIconButton(i18n.T("返回"), theme.NavigateBackIcon(), func() { v.s.goTo(placeRubric) })
	first := look.Toolbar(look.Gap3, back, v.sums, v.count, look.Stretch(), v.undo, v.redo)
	second := look.Toolbar(look.Gap2, look.NewButton(i18n.T("试算…"), v.try), look.NewButton(i18n.T("比较…"), v.compare),
		look.NewButton(i18n.T("导出 Excel…"), v.export), look.NewButton(i18n.T("从 Excel 读入…"), v.take),
		look.Stretch(), look.NewButton(i18n.T("放弃草稿…"), v.discard), publish)
	return look.Column(look.Gap2, first, second)
}

// rebuild shows tree, form and sums anew after anything but typing.
func (v *rubricEditView) rebuild() {
	v.form.Objects = []fyne.CanvasObject{v.lineForm()}
	v.form.Refresh()
	v.checked()
}

// checked shows what the last change made right or wrong; the fields stay.
func (v *rubricEditView) checked() {
	v.nodes = v.m.Nodes()
	v.list.Refresh()
	words, right := v.m.SumWords()
	sums := look.Across(look.Gap3)
	for i, w := range words {
		t := look.Bold(w).In(look.Gained)
		if !right[i] {
			t.Role = look.Lost
		}
		sums.Add(look.Middle(t))
	}
	v.sums.Objects = []fyne.CanvasObject{sums}
	v.sums.Refresh()
	v.count.SetText(i18n.T("只看有问题的（%d）", len(v.m.E.Problems())))
	problems := v.m.E.LineProblems(v.m.Setting, v.m.At)
	for head, p := range v.wrong {
		tell(p, problems[head])
		delete(problems, head)
	}
	for _, text := range problems { // of a column that this line does not show
		tell(v.wrong[""], text)
	}
	if v.fields != nil {
		v.fields.Refresh()
	}
	v.buttons()
}

func (v *rubricEditView) buttons() {
	for b, on := range map[*look.Button]bool{v.undo: v.m.E.NextUndo() != "", v.redo: v.m.E.NextRedo() != ""} {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (v *rubricEditView) place() int {
	for i, n := range v.nodes {
		if n.Setting == v.m.Setting && n.At == v.m.At {
			return i
		}
	}
	return 0
}

func (v *rubricEditView) open(setting bool, at int) {
	v.flush()
	v.m.Open(setting, at)
	v.rebuild()
}

// step does a change that is a step of its own, and shows the draft anew.
func (v *rubricEditView) step(do func() error) {
	v.flush()
	if err := do(); err != nil {
		v.s.fail(err)
	}
	v.m.Open(v.m.Setting, v.m.At)
	v.rebuild()
	v.s.retitle()
}

// back takes the last change back, or brings it again, and says which it was.
func (v *rubricEditView) back(again bool) {
	what, do := v.m.E.NextUndo(), v.m.E.Undo
	if again {
		what, do = v.m.E.NextRedo(), v.m.E.Redo
	}
	v.step(do)
	switch {
	case what == "":
	case again:
		v.s.toast(i18n.T("已重做：%s", what))
	default:
		v.s.toast(i18n.T("已撤销：%s", what))
	}
}

// set takes what is typed; it is on disk a moment later.
func (v *rubricEditView) set(f model.RubricField, value string) {
	setting, at := v.m.Setting, v.m.At
	if err := v.m.E.Set(setting, at, f.Head, value); err != nil {
		v.s.fail(err)
		return
	}
	if f.Head == "方式" {
		idle := v.m.E.Cleared()
		v.flush()
		v.rebuild()
		if len(idle) > 0 {
			for i, h := range idle {
				idle[i] = scoring.Word(h)
			}
			v.s.toast(i18n.T("不再用的 %s 已清空；可以撤销", strings.Join(idle, i18n.T("、"))))
		}
		return
	}
	v.checked()
	v.s.status.Set(i18n.T("未保存"))
	if v.stop != nil {
		v.stop()
	}
	v.stop = later(typingPause, v.flush)
}

func (v *rubricEditView) compiled(do func(*inspection.Compiled)) {
	v.flush()
	c, err := v.m.E.Compiled()
	if err != nil {
		v.s.fail(err)
		return
	}
	do(c)
}

func (v *rubricEditView) try() {
	v.compiled(func(c *inspection.Compiled) { v.s.tryRubric(v.m.E.ID(), c) })
}
func (v *rubricEditView) compare() { v.compiled(v.s.compareRubrics) }

func (v *rubricEditView) export() {
	v.flush()
	v.s.saveFile(v.m.E.Setting("code")+"-"+v.m.E.Setting("version")+".xlsx", func(path string) error {
		return v.s.say(v.m.E.SaveBook(path), i18n.T("已写入 %s", path))
	})
}

func (v *rubricEditView) take() {
	v.s.openFiles(i18n.T("从 Excel 读入"), []string{".xlsx"}, func(paths []string) {
		var problems []desk.CellProblem
		v.step(func() (err error) { problems, err = v.m.E.Take(paths[0]); return err })
		v.s.tellProblems(problems)
	})
}

// tellProblems lists what is wrong in a form that was taken, by its cells.
func (s *shell) tellProblems(list []desk.CellProblem) {
	if len(list) > 0 {
		s.tell(i18n.T("读入了，有 %d 处不对，见标 × 的行", len(list)), desk.ProblemText(list)+"\n")
	}
}

func (v *rubricEditView) discard() {
	d := look.NewDialog(v.s.win, i18n.T("放弃草稿"), look.Fixed(460, 0, look.NewPara(i18n.T("这份草稿和它的全部改动都不再保留。已发布的版本不变。需要时先导出 Excel。"))))
	d.Cancel(i18n.T("不放弃"), nil)
	d.Main(i18n.T("放弃"), func() bool {
		if err := v.m.E.Discard(); err != nil {
			v.s.fail(err)
			return true
		}
		v.s.screen = nil
		d.Hide()
		v.s.goTo(placeRubric)
		return false
	})
	d.Show()
}

func (v *rubricEditView) publish() {
	v.compiled(func(c *inspection.Compiled) {
		intro := i18n.T("发布后冻结，不能再改；先跑全部用例，有不同就不发布。分值、扣分情形只有凭文号才能定为正式，以“示例”开头的说明随之去掉；不正式的只能用于试评。")
		v.s.askRelease(i18n.T("发布指标体系"), intro, v.m.E.ReleaseOf(), v.m.E.Publish)
	})
}

// askRelease asks for what a publication says, and publishes.
func (s *shell) askRelease(title, intro string, r desk.RubricRelease, do func(desk.RubricRelease) (*inspection.Compiled, error)) {
	status := []string{i18n.T("示例"), i18n.T("正式，凭上面的文号")}
	s.ask(title, intro, title, []question{{label: i18n.T("版本"), value: r.Version}, {label: i18n.T("适用自"), hint: "2020-01-01", value: r.From}, {label: i18n.T("适用至"), hint: "2020-12-31", value: r.To},
		{label: i18n.T("文号"), hint: i18n.T("桂数发〔2020〕1号"), value: r.Document}, {label: i18n.T("分值"), options: status, value: status[0]}, {label: i18n.T("扣分情形"), options: status, value: status[0]}},
		func(a []string) error {
			c, err := do(desk.RubricRelease{Version: a[0], From: a[1], To: a[2], Document: a[3], Points: a[4] == status[1], Rules: a[5] == status[1]})
			if err != nil {
				return err
			}
			if err := s.desk.SetSetting("rubric", c.Hash); err != nil {
				return err
			}
			s.screen = nil
			s.goTo(placeRubric)
			s.toast(i18n.T("已发布第 %s 版", c.Rubric.Version))
			return nil
		})
}
