package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// bureauView is 汇总: receive files, see what each of them does, rank, write
// the ledger.
type bureauView struct {
	s        *shell
	staging  *model.Staging
	paths    []string     // received and not written yet
	write    *look.Button // of the table of files; nil where nothing can be written
	foot     *look.Text   // its totals
	ranking  *model.Ranking
	rank     *rankPage // that was shown last, for who comes back
	overview desk.RoundOverview
	tabs     *container.AppTabs
	page     string // that was shown last, for who comes back
	head     *look.Text
	leads    map[string][]desk.Lead // of the round; nil until somebody looked
	review   *model.Review          // with changes that are not signed yet; nil until somebody looked
	handling *model.Handling        // what follows the results; nil until somebody looked
	handleAt handlePlace            // where a person is on 办理

	publishing *model.Publishing // how far the publication is; nil until somebody looked
	publishAt  handlePlace       // where a person is on 发布
	find       *ime.Entry        // of the page that is shown; nil where nothing is sought
}

// bureauTab is a page of 汇总. It is made when it is shown, so that it always
// shows what the workbook holds now.
type bureauTab struct {
	name, word string
	view       func(*bureauView) fyne.CanvasObject
}

func bureauTabs() []bureauTab {
	return []bureauTab{
		{"overview", i18n.T("总览"), (*bureauView).overviewView},
		{"prepare", i18n.T("轮次准备"), (*bureauView).prepareView},
		{"letters", i18n.T("行文"), (*bureauView).lettersView},
		{"files", i18n.T("接收文件"), (*bureauView).filesView},
		{"conflicts", i18n.T("冲突"), (*bureauView).conflictsView},
		{"review", i18n.T("横向复核"), (*bureauView).reviewView},
		{"ranking", i18n.T("排名"), (*bureauView).rankView},
		{"handle", i18n.T("办理"), (*bureauView).handleView},
		{"publish", i18n.T("发布"), (*bureauView).publishView},
	}
}

func (s *shell) bureauScreen() (screen, error) {
	v := &bureauView{s: s, staging: model.NewStaging(nil)}
	return v, v.load()
}

func (v *bureauView) load() error {
	if v.s.round.Code == "" {
		v.ranking = model.NewRanking(nil)
		return nil
	}
	rows, err := v.s.desk.Rank(v.s.round.Code, "")
	if err != nil {
		return err
	}
	v.ranking, v.leads, v.review, v.handling, v.publishing = model.NewRanking(rows), nil, nil, nil, nil
	v.overview, err = v.s.desk.Overview(v.s.round.Code)
	return err
}

func (v *bureauView) title() string { return i18n.T("汇总") }
func (v *bureauView) leave()        {}

func (v *bureauView) view() fyne.CanvasObject {
	v.head = look.Small("")
	v.tabs = container.NewAppTabs()
	for _, t := range bureauTabs() {
		v.tabs.Append(container.NewTabItem(t.word, container.NewStack()))
	}
	v.choose(v.page)
	v.tabs.OnSelected = func(*container.TabItem) { v.refresh() }
	ledger := look.NewIconButton(i18n.T("导出…"), theme.DocumentSaveIcon(), v.askExport)
	top := container.NewBorder(nil, nil, nil, ledger, look.Middle(v.head))
	v.refresh()
	return look.Inset(look.Gap4, container.NewBorder(container.NewVBox(top), nil, nil, nil, v.tabs))
}

func (v *bureauView) refresh() {
	o := v.overview
	v.head.Set(i18n.T("应交 %d　已收 %d　冲突 %d　待定 %d　隔离 %d　未交 %d",
		o.Expected, o.Received, o.Conflicts, o.Provisional, o.Quarantined, len(o.Missing)))
	v.find, v.page = nil, bureauTabs()[v.tabs.SelectedIndex()].name
	page := v.tabs.Selected().Content.(*fyne.Container)
	page.Objects = []fyne.CanvasObject{bureauTabs()[v.tabs.SelectedIndex()].view(v)}
	page.Refresh()
}

// choose shows a page by its name.
func (v *bureauView) choose(name string) {
	for i, t := range bureauTabs() {
		if t.name == name {
			v.tabs.SelectIndex(i)
		}
	}
}

// goToPage shows a page of 汇总 from anywhere.
func (s *shell) goToPage(name string) {
	if _, there := s.screen.(*bureauView); !there {
		s.goTo(placeBureau)
	}
	if v, ok := s.screen.(*bureauView); ok {
		v.choose(name)
	}
}

func (v *bureauView) askFolder() {
	v.s.askDir(func(dir string) { v.receive([]string{dir}) })
}

func (v *bureauView) askFile() {
	v.s.openFiles(i18n.T("选择文件…"), []string{".pdf", ".zip", desk.EnvelopeSuffix}, v.receive)
}

// receive tries the files without writing, and shows what each would do. They
// are added to what was tried and is not written yet.
func (v *bureauView) receive(paths []string) {
	v.choose("files")
	v.s.withEncrypted(paths, func() { v.try(paths, nil) })
}

// try lays files on the pile of those that are not written yet and tries all of
// it. written is what the same pile brought just before.
func (v *bureauView) try(more []string, written *desk.MergeReport) {
	var report *desk.MergeReport
	pile := v.paths
	v.s.run(job{title: i18n.T("试合并文件"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			if pile, err = v.s.desk.Added(ctx, pile, more, p); err == nil {
				report, err = v.s.desk.Merge(ctx, pile, true, p)
			}
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			tried := model.NewStaging(report)
			tried.Keep(v.staging)
			tried.Written = written
			v.took(pile, tried)
		}})
}

// took shows a table of files; paths are those that are not written yet.
func (v *bureauView) took(paths []string, s *model.Staging) {
	v.paths, v.staging = paths, s
	if err := v.load(); err != nil {
		v.s.fail(err)
		return
	}
	v.refresh()
}

// clear takes all off the table.
func (v *bureauView) clear() { v.paths, v.staging = nil, model.NewStaging(nil) }

// apply merges what was tried and is wanted. What was left out, or was not
// reached before somebody cancelled, stays to be written later.
func (v *bureauView) apply() {
	tried, paths := v.staging, v.paths // as they were named, so that a folder counts as one
	some, all := tried.Wanted()
	if !all {
		paths = some
	}
	if len(some) == 0 {
		v.s.toast(i18n.T("一个文件也没有选"))
		return
	}
	var report *desk.MergeReport
	shown := func() {
		applied := model.NewStaging(report)
		applied.Applied = true
		rest := tried.Rest(report)
		v.took(rest, applied)
		if len(rest) > 0 {
			v.try(nil, report)
		}
	}
	v.s.run(job{title: i18n.T("合并文件"),
		cancelled: func() { // files that are in stay in
			if report == nil {
				return
			}
			shown()
			v.s.toast(i18n.T("已取消：写入了 %d 个文件，其余的还在这里，没有写入", report.Files))
		},
		work: func(ctx context.Context, p desk.Progress) (err error) {
			report, err = v.s.desk.Merge(ctx, paths, false, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			shown()
		}})
}
