package ui

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// shell is the window with everything that is there on every screen: the rail
// at the left, the header, the menus, dialogs and messages.
type shell struct {
	app     fyne.App
	win     fyne.Window
	desk    *desk.Desk
	theme   *look.Theme
	options Options

	round  desk.RoundInfo
	screen screen
	// reviews are the judgements of each round as they were read last, for the
	// changes that are not signed.
	reviews map[string]*model.Review
	place   place
	rail    []*look.Row
	body    *fyne.Container
	title   *look.Text
	mark    *look.Text // 示例分值
	status  *look.Text // 已保存 09:41
	note    *fyne.Container
	hush    func()
	lost    bool // the focus is with a screen that is left, below a dialog
	thumbs  thumbs
	lists   map[listKey]*model.ItemList // behind measures, with the rows that wait
	filter  model.UnitFilter            // of the list of units
	beside  beside

	asked     *openForm      // the form that was shown last
	rosterTab int            // page of 单位 that was shown last
	verifying func([]string) // takes dropped files while the verify window is open
}

// screen is what fills the body of the window.
type screen interface {
	view() fyne.CanvasObject
	title() string
	// leave is called before another screen takes the place.
	leave()
}

// place is an entry of the rail.
type place int

const (
	placeInspect  place = iota // 检查
	placeBureau                // 汇总
	placeRubric                // 指标
	placeUnits                 // 单位
	placeSettings              // 设置
)

func (p place) word() string {
	return [...]string{i18n.T("检查"), i18n.T("汇总"), i18n.T("指标"), i18n.T("单位"), i18n.T("设置")}[p]
}

func newShell(a fyne.App, o Options) *shell {
	s := &shell{app: a, options: o, theme: &look.Theme{}}
	s.restoreLook()
	s.win = a.NewWindow(i18n.T("巡评"))
	look.OnFocus, ime.OnFocus, look.OnHidden = s.bring, s.bring, s.uncovered
	s.win.Resize(lastSize(a))
	s.win.SetMaster()
	return s
}

// lastSize is the size the window had when it was closed last.
func lastSize(a fyne.App) fyne.Size {
	w, h := a.Preferences().FloatWithFallback("window.width", 1366), a.Preferences().FloatWithFallback("window.height", 768)
	return fyne.NewSize(float32(max(w, 800)), float32(max(h, 500)))
}

// keepSize remembers the size of the window.
func (s *shell) keepSize() {
	size := s.win.Canvas().Size()
	s.app.Preferences().SetFloat("window.width", float64(size.Width))
	s.app.Preferences().SetFloat("window.height", float64(size.Height))
}

// showFirst shows the start screen, or the work if a workbook is open.
func (s *shell) showFirst() {
	if s.desk == nil {
		s.win.SetMainMenu(nil)
		s.win.SetContent(s.startView())
		return
	}
	s.build()
	s.goTo(placeInspect)
}

// build makes the frame of the window anew, for a new workbook, language or
// look.
func (s *shell) build() {
	s.title, s.mark, s.status = look.Head(""), look.Small("").In(look.Waiting), look.Small("")
	s.body, s.note = container.NewStack(), container.NewStack()
	head := container.NewBorder(nil, nil, nil, look.Across(look.Gap3, s.note, s.mark, s.status), s.title.Elided())
	top := container.NewVBox(look.OnPaper(look.InsetXY(look.Gap4, look.Gap2, head)), look.HLine())
	side := container.NewBorder(nil, nil, nil, look.VLine(), look.OnPaper(s.railView()))
	s.win.SetMainMenu(s.menu())
	s.win.SetContent(container.NewStack(look.NewFill(look.Ground), container.NewBorder(top, nil, side, nil, s.body)))
	s.win.SetOnDropped(s.dropped)
	s.win.SetCloseIntercept(s.askClose)
	s.shortcuts()
}

func (s *shell) railView() fyne.CanvasObject {
	icons := []fyne.Resource{theme.DocumentCreateIcon(), theme.DownloadIcon(), theme.ListIcon(), theme.AccountIcon(), theme.SettingsIcon()}
	s.rail = nil
	wide := float32(72)
	box := look.Column(look.Gap1)
	for p := placeInspect; p <= placeSettings; p++ {
		word := look.Small(p.word())
		word.Align = fyne.TextAlignCenter
		wide = max(wide, word.MinSize().Width+2*look.Gap2)
		row := look.NewRow(container.NewVBox(widget.NewIcon(icons[p]), word), func() { s.goTo(p) })
		s.rail = append(s.rail, row)
		box.Add(row)
	}
	return look.Fixed(wide, 0, look.InsetXY(look.Gap1, look.Gap2, box))
}

// goTo shows the first screen of a place. What is typed is saved first: the screen
// shows it.
func (s *shell) goTo(p place) { s.leaving(func() { s.begin(p) }) }

func (s *shell) begin(p place) {
	make := map[place]func() (screen, error){
		placeInspect: s.unitsScreen, placeBureau: s.bureauScreen, placeRubric: s.rubricScreen,
		placeUnits: s.rosterScreen, placeSettings: s.settingsScreen,
	}[p]
	if err := s.pickRound(); err != nil {
		s.fail(err)
		return
	}
	sc, err := make()
	if err != nil {
		s.fail(err)
		return
	}
	s.place = p
	s.put(sc)
}

// show leaves the open screen for another one.
func (s *shell) show(sc screen) { s.leaving(func() { s.put(sc) }) }

// put puts a screen into the body, in the place of one that is left.
func (s *shell) put(sc screen) {
	s.screen = sc
	for p, row := range s.rail {
		row.Choose(place(p) == s.place)
	}
	s.status.Set("")
	s.unfocus()
	s.body.Objects = []fyne.CanvasObject{sc.view()}
	s.coverBody()
	s.retitle()
	if b, ok := sc.(interface{ started() }); ok {
		b.started()
	}
}

// retitle writes what is open into the header and the window's title.
func (s *shell) retitle() {
	title := s.screen.title()
	if s.round.Title != "" {
		title = s.round.Title + " · " + title
	}
	if s.round.Trial {
		title += " · " + i18n.T("试评")
	}
	s.title.Set(title)
	s.win.SetTitle(i18n.T("巡评") + " — " + title)
	s.mark.Set("")
	if s.illustrative() {
		s.mark.Set(i18n.T("⚠ 示例扣分情形与示例分值，附件1待录入"))
	}
}

// illustrative tells whether the round's rubric has points or cases that the
// bureau has not entered yet.
func (s *shell) illustrative() bool {
	c, err := s.desk.Compiled(s.round.RubricHash)
	return err == nil && (c.Rubric.PointsStatus != "official" || c.Rubric.RulesStatus != "official")
}

// pickRound takes the remembered round, else the newest.
func (s *shell) pickRound() error {
	rounds, err := s.desk.Rounds()
	if err != nil || len(rounds) == 0 {
		s.round = desk.RoundInfo{}
		return err
	}
	want := s.desk.Setting("round", "")
	s.round = rounds[len(rounds)-1]
	for _, r := range rounds {
		if r.Code == want {
			s.round = r
		}
	}
	return nil
}

// toast shows a short message in the header for a few seconds.
func (s *shell) toast(text string) {
	if s.note == nil {
		return
	}
	if s.hush != nil {
		s.hush()
	}
	s.note.Objects = []fyne.CanvasObject{look.Small(text).In(look.Gained)}
	s.note.Refresh()
	s.hush = later(6*time.Second, func() {
		s.note.Objects = nil
		s.note.Refresh()
	})
}

// fail shows an error as one sentence.
func (s *shell) fail(err error) {
	s.tell(i18n.T("没有做成"), i18n.Person(err))
}

// tell shows a text. A list, of what is wrong in a table say, can be copied.
func (s *shell) tell(title, text string) {
	box := look.Fixed(480, 0, look.NewPara(text))
	if strings.Count(text, "\n") > 10 {
		box = look.Fixed(680, 420, container.NewVScroll(look.NewPara(text)))
	}
	d := look.NewDialog(s.win, title, box)
	if strings.Contains(text, "\n") {
		d.Aside(look.NewIconButton(i18n.T("复制"), theme.ContentCopyIcon(), func() { s.app.Clipboard().SetContent(text) }))
	}
	d.Main(i18n.T("知道了"), func() bool { return true })
	d.Cancel(i18n.T("关闭"), nil)
	d.Show()
}

func scaleText(f float32) string { return strconv.FormatFloat(float64(f), 'g', -1, 32) }
