package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
)

// rubricListView is 指标: the versions that are published, the drafts, and what
// the chosen one says.
type rubricListView struct {
	s      *shell
	list   []desk.RubricInfo
	drafts []desk.RubricDraftInfo
	uses   map[string][]string
	shown  *inspection.Compiled
	body   *fyne.Container
	side   *fyne.Container
}

func (s *shell) rubricScreen() (screen, error) {
	v := &rubricListView{s: s}
	if err := v.load(); err != nil {
		return nil, err
	}
	hash := s.desk.Setting("rubric", s.round.RubricHash)
	c, err := s.desk.Compiled(hash)
	if err != nil && s.round.RubricHash != "" {
		c, err = s.desk.Compiled(s.round.RubricHash)
	}
	if err != nil && len(v.list) > 0 {
		c, err = s.desk.Compiled(v.list[0].Hash)
	}
	v.shown = c
	return v, err
}

func (v *rubricListView) load() (err error) {
	if v.list, err = v.s.desk.Rubrics(); err != nil {
		return err
	}
	if v.drafts, err = v.s.desk.RubricDrafts(); err != nil {
		return err
	}
	v.uses, err = v.s.desk.RubricUses()
	return err
}

func (v *rubricListView) title() string { return i18n.T("指标") }
func (v *rubricListView) leave()        {}

func (v *rubricListView) view() fyne.CanvasObject {
	v.body, v.side = container.NewStack(), container.NewStack()
	v.refresh()
	left := look.Fixed(300, 0, container.NewBorder(nil, nil, nil, look.VLine(), container.NewVScroll(look.Inset(look.Gap2, v.side))))
	return container.NewBorder(nil, nil, left, nil, v.body)
}

// refresh shows the lists and the chosen rubric anew.
func (v *rubricListView) refresh() {
	box := look.Column(look.Gap1)
	if len(v.drafts) > 0 {
		box.Add(look.Small(i18n.T("草稿")))
		for _, d := range v.drafts {
			state := i18n.T("没有问题，可以发布")
			if d.Problems > 0 {
				state = i18n.T("还有 %d 处不对", d.Problems)
			}
			box.Add(rubricRow(d.Title, i18n.T("第 %s 版　%s", d.Version, state), false, func() { v.edit(d.ID) }))
		}
	}
	add := func(head string, there func(desk.RubricInfo) bool) {
		n := 0
		for _, r := range v.list {
			if !there(r) {
				continue
			}
			if n++; n == 1 {
				box.Add(look.Small(head))
			}
			box.Add(rubricRow(r.Title, v.about(r), v.shown != nil && r.Hash == v.shown.Hash, func() { v.choose(r.Hash) }))
		}
	}
	add(i18n.T("已发布"), func(r desk.RubricInfo) bool { return !r.Archived && !r.Came })
	add(i18n.T("随别人的记录收到"), func(r desk.RubricInfo) bool { return !r.Archived && r.Came })
	add(i18n.T("已归档"), func(r desk.RubricInfo) bool { return r.Archived })
	box.Add(look.HLine())
	box.Add(look.NewIconButton(i18n.T("从 Excel 或文件起草…"), theme.FolderOpenIcon(), v.draftFile))
	box.Add(look.NewIconButton(i18n.T("重算全部结果…"), theme.ViewRefreshIcon(), v.recheck))
	v.side.Objects = []fyne.CanvasObject{box}
	v.side.Refresh()
	v.body.Objects = []fyne.CanvasObject{v.reading()}
	v.body.Refresh()
}

func rubricRow(title, about string, chosen bool, do func()) *look.Row {
	r := look.NewRow(look.Column(2, look.NewText(title).Elided(), look.Small(about).Elided()), do)
	r.Choose(chosen)
	return r
}

// about says of a rubric what a list tells: version, status, rounds.
func (v *rubricListView) about(r desk.RubricInfo) string {
	words := []string{i18n.T("%s　第 %s 版", r.Code, r.Version)}
	if r.Illustrative {
		words = append(words, i18n.T("示例"))
	} else {
		words = append(words, r.Basis)
	}
	if uses := v.uses[r.Hash]; len(uses) > 0 {
		words = append(words, i18n.T("用于 %s", strings.Join(uses, i18n.T("、"))))
	}
	return strings.Join(words, "　")
}

func (v *rubricListView) choose(hash string) {
	c, err := v.s.desk.Compiled(hash)
	if err != nil {
		v.s.fail(err)
		return
	}
	v.shown = c
	if err := v.s.desk.SetSetting("rubric", hash); err != nil {
		v.s.fail(err)
	}
	v.refresh()
}

func (v *rubricListView) info() desk.RubricInfo {
	for _, r := range v.list {
		if r.Hash == v.shown.Hash {
			return r
		}
	}
	return desk.RubricInfo{}
}

// bar is what can be done with the chosen rubric.
func (v *rubricListView) bar() fyne.CanvasObject {
	write := look.NewButton(i18n.T("照这一版起草"), func() { v.draft(v.shown) })
	write.Importance = widget.HighImportance
	archive := look.NewButton(i18n.T("归档"), func() { v.archive(true) })
	if v.info().Archived {
		archive = look.NewButton(i18n.T("取消归档"), func() { v.archive(false) })
	}
	return look.Toolbar(look.Gap2, write, look.NewButton(i18n.T("新建轮次…"), func() { v.s.newRoundOn(v.shown.Hash) }),
		look.NewButton(i18n.T("试算…"), v.try), look.NewButton(i18n.T("比较…"), func() { v.s.compareRubrics(v.shown) }),
		look.NewButton(i18n.T("导出 Excel…"), func() { v.s.exportRubric(v.shown) }), look.NewButton(i18n.T("定为正式…"), v.official), archive)
}

func (v *rubricListView) try() {
	owner, err := v.s.desk.CasesOf(v.shown)
	if err != nil {
		v.s.fail(err)
		return
	}
	v.s.tryRubric(owner, v.shown)
}

func (v *rubricListView) draft(c *inspection.Compiled) {
	e, err := v.s.desk.NewRubricDraft(c)
	if err != nil {
		v.s.fail(err)
		return
	}
	v.edit(e.ID())
}

func (v *rubricListView) edit(id string) {
	e, err := v.s.desk.EditRubric(id)
	if err != nil {
		v.s.fail(err)
		return
	}
	v.s.show(newRubricEditView(v.s, e))
}

// draftFile begins a draft with what a file holds. An Excel form may be wrong:
// the draft shows where.
func (v *rubricListView) draftFile() {
	v.s.openFiles(i18n.T("起草新版本"), []string{".xlsx", ".json"}, func(paths []string) {
		e, problems, err := v.s.desk.DraftFile(paths[0], v.shown)
		if err != nil {
			v.s.fail(err)
			return
		}
		v.edit(e.ID())
		v.s.tellProblems(problems)
	})
}

func (v *rubricListView) archive(on bool) {
	if err := v.s.desk.ArchiveRubric(v.shown.Hash, on); err != nil {
		v.s.fail(err)
		return
	}
	v.reload()
	if on {
		v.s.toast(i18n.T("已归档：不再供新轮次选用，内容照留"))
	}
}

func (v *rubricListView) reload() {
	if err := v.load(); err != nil {
		v.s.fail(err)
		return
	}
	v.refresh()
}

// official makes points or cases official by the document that gives them: a new
// version, for a published one is never changed.
func (v *rubricListView) official() {
	next, err := v.s.desk.NextVersion(v.shown)
	if err != nil {
		v.s.fail(err)
		return
	}
	r := desk.RubricRelease{Version: next, From: v.shown.Rubric.Effective.From, To: v.shown.Rubric.Effective.To}
	v.s.askRelease(i18n.T("定为正式"), i18n.T("分值、扣分情形与文件一致时，凭文号定为正式。内容不变，另成一个版本，以“示例”开头的说明随之去掉；这件事记入日志。"), r, func(r desk.RubricRelease) (*inspection.Compiled, error) {
		return v.s.desk.PublishRubric(v.shown, r)
	})
}

// recheck computes all stored results anew.
func (v *rubricListView) recheck() {
	var r desk.Recheck
	v.s.run(job{title: i18n.T("重算全部结果"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			r, err = v.s.desk.RecheckResults(ctx, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			v.s.showRecheck(r)
		}})
}

func (s *shell) showRecheck(r desk.Recheck) {
	box := look.Column(look.Gap2, look.NewText(i18n.T("用现在的程序重算了 %d 份结果。", r.Records)))
	if len(r.Differences) == 0 {
		box.Add(look.NewText(i18n.T("全部与封存的得分相同。")).In(look.Gained))
	}
	for _, x := range r.Differences {
		box.Add(look.NewPara(i18n.T("%s　%s　第 %d 版：%s → %s", x.Round, x.Unit, x.Revision, x.Stored, x.Now)).In(look.Lost))
	}
	s.sheet(i18n.T("重算全部结果"), box)
}
