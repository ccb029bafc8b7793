package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// prepareView is 轮次准备: what the bureau sets, who has which unit, platform
// figures, and the task packs that hand all of it to the teams.
func (v *bureauView) prepareView() fyne.CanvasObject {
	if v.s.round.Code == "" {
		return v.overviewView()
	}
	p, err := v.loadPrepare()
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	t := &dataTable{s: v.s, t: p.Table(), empty: i18n.T("本轮还没有单位。请在“单位与名册”里导入单位名单。")}
	t.open = func(l model.Line) { v.askTeam([]string{p.Unit(l)}) }
	tools := t.tools(i18n.T("全部检查组"), model.TeamWord)
	v.find = t.find
	tools.Add(look.NewButton(i18n.T("加入单位…"), v.addUnits))
	tools.Add(look.NewButton(i18n.T("把显示的编入组…"), func() {
		var units []string
		for _, l := range t.shown {
			units = append(units, p.Unit(l))
		}
		v.askTeam(units)
	}))
	return container.NewBorder(look.InsetXY(0, look.Gap2, look.Column(look.Gap2, v.prepareHead(p), tools)), nil, nil, nil, t.view())
}

func (v *bureauView) loadPrepare() (*model.Prepare, error) {
	d, code := v.s.desk, v.s.round.Code
	plan, err := d.Plan(code)
	if err != nil {
		return nil, err
	}
	rows, err := d.UnitList(code)
	if err != nil {
		return nil, err
	}
	figures, err := d.Figures(code)
	if err != nil {
		return nil, err
	}
	letters, err := d.Letters()
	if err != nil {
		return nil, err
	}
	return model.NewPrepare(v.s.round, plan, rows, figures, letters), nil
}

// prepareHead is what is set, with the buttons of what is prepared.
func (v *bureauView) prepareHead(p *model.Prepare) fyne.CanvasObject {
	button := func(word string, icon fyne.Resource, do func()) *look.Button {
		return look.NewIconButton(word, icon, do)
	}
	told := look.NewCheck(i18n.T("当场告知得分"), nil)
	told.Checked = p.Plan.Told
	told.OnChanged = func(on bool) {
		plan := p.Plan
		plan.Told = on
		if err := v.s.desk.PutPlan(v.s.round.Code, plan); err != nil {
			v.s.fail(err)
		}
	}
	first := look.Toolbar(look.Gap3, look.Middle(look.NewText(p.Words())), look.Stretch(), told,
		button(i18n.T("轮次设定…"), theme.SettingsIcon(), v.s.editRound), button(i18n.T("新建下一轮…"), theme.ContentAddIcon(), v.s.newRound))
	pack := button(i18n.T("写任务包…"), theme.MailForwardIcon(), v.askTasks)
	pack.Importance = widget.HighImportance
	second := look.Toolbar(look.Gap2, button(i18n.T("导入检查组…"), theme.FolderOpenIcon(), v.importTeams),
		button(i18n.T("平台数据表…"), theme.DocumentSaveIcon(), v.saveFigures), button(i18n.T("导入平台数据…"), theme.FolderOpenIcon(), v.importFigures),
		look.Stretch(), pack)
	return look.Card(look.Column(look.Gap2, first, second))
}

// askTeam moves units to a team.
func (v *bureauView) askTeam(units []string) {
	if len(units) == 0 {
		return
	}
	code := v.s.round.Code
	plan, err := v.s.desk.Plan(code)
	if err != nil {
		v.s.fail(err)
		return
	}
	names := []string{i18n.T("不编组")}
	for _, t := range plan.Teams {
		names = append(names, t.Name)
	}
	now := plan.TeamOf(units[0])
	if now == "" {
		now = names[0]
	}
	box := look.Column(look.Gap2, look.Note(i18n.T("%d 个单位。选一个组，或写新组的名称。", len(units))))
	d := v.s.askUnder(box, i18n.T("编入检查组"), i18n.T("确定"), []question{
		{label: i18n.T("检查组"), options: names, value: now}, {label: i18n.T("新组名称"), hint: i18n.T("如 第一组")}},
		func(a []string) error {
			team := strings.TrimSpace(a[1])
			if team == "" && a[0] != names[0] {
				team = a[0]
			}
			if err := v.s.desk.PutPlan(code, plan.With(team, units...)); err != nil {
				return err
			}
			v.refresh()
			return nil
		})
	d.Aside(look.NewButton(i18n.T("移出本轮"), func() { d.Hide(); v.dropUnits(units) }))
	d.Show()
}

// roundUnits are the codes of the units of the open round.
func (v *bureauView) roundUnits() ([]string, error) {
	rows, err := v.s.desk.UnitList(v.s.round.Code)
	var out []string
	for _, r := range rows {
		out = append(out, r.Unit.Code)
	}
	return out, err
}

// setUnits changes which units a round visits; what was received of others stays
// in the workbook.
func (v *bureauView) setUnits(units []string) error {
	if len(units) == 0 {
		return i18n.E("一轮至少要有一个单位，没有改动")
	}
	r, err := v.s.desk.EditRound(desk.RoundPlan{Code: v.s.round.Code, Units: units}, nil)
	if err != nil {
		return err
	}
	v.s.round = r
	if err := v.load(); err != nil {
		return err
	}
	v.refresh()
	return nil
}

func (v *bureauView) dropUnits(units []string) {
	all, err := v.roundUnits()
	if err == nil {
		err = v.setUnits(slices.DeleteFunc(all, func(u string) bool { return slices.Contains(units, u) }))
	}
	if err != nil {
		v.s.fail(err)
		return
	}
	v.s.toast(i18n.T("已移出 %d 个单位", len(units)))
}

// addUnits puts units of the list into the round.
func (v *bureauView) addUnits() {
	known, err := v.s.desk.Units()
	if err != nil {
		v.s.fail(err)
		return
	}
	v.s.ask(i18n.T("加入单位"), i18n.T("写单位的代码或名称，一行一个。名单里没有的单位先在“单位”里导入。"), i18n.T("加入"), []question{{label: i18n.T("单位"), lines: 5}}, func(a []string) error {
		all, err := v.roundUnits()
		if err != nil {
			return err
		}
		for line := range strings.Lines(a[0]) {
			if strings.TrimSpace(line) == "" {
				continue
			}
			u, err := model.UnitCalled(known, line)
			if err != nil {
				return err
			}
			if !slices.Contains(all, u.Code) {
				all = append(all, u.Code)
			}
		}
		return v.setUnits(all)
	})
}

func (v *bureauView) importTeams() {
	v.s.openFile(func(path string) {
		p, err := v.s.desk.ImportTeams(v.s.round.Code, path)
		if err != nil {
			v.s.fail(err)
			return
		}
		v.refresh()
		v.s.toast(i18n.T("已编成 %d 个检查组", len(p.Teams)))
	})
}

func (v *bureauView) saveFigures() {
	v.s.saveFile(v.s.round.Code+i18n.T("平台数据")+".xlsx", func(path string) error {
		if err := v.s.desk.WriteFigures(v.s.round.Code, path); err != nil {
			return err
		}
		v.s.toast(i18n.T("表格已写到 %s，填好后导入；要去掉的数据在“完成”一栏写“删除”", path))
		return nil
	})
}

func (v *bureauView) importFigures() {
	v.s.openFile(func(path string) {
		r, err := v.s.desk.ImportFigures(v.s.round.Code, path)
		if err != nil {
			v.s.fail(err)
			return
		}
		v.refresh()
		v.s.toast(r.Words())
	})
}

// askTasks writes a task pack for each team into a folder.
func (v *bureauView) askTasks() {
	intro := i18n.T("每个检查组一个文件，由汇总单位签名：单位、指标体系、名册、行文、平台数据、上轮结果。")
	v.s.askSigned(i18n.T("写任务包"), intro, i18n.T("选择文件夹…"), nil, func(_ []string, key desk.KeyInfo, pass string) error {
		v.s.openFolder(i18n.T("写任务包"), func(dir string) { v.writeTasks(key, pass, dir) })
		return nil
	})
}

func (v *bureauView) writeTasks(key desk.KeyInfo, pass, dir string) {
	var list []desk.TaskInfo
	v.s.run(job{title: i18n.T("写任务包"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			list, err = v.s.desk.ExportTasks(ctx, v.s.round.Code, key.Path, pass, dir, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			v.showTasks(list)
		}})
}

// showTasks says what was written.
func (v *bureauView) showTasks(list []desk.TaskInfo) {
	box := look.Column(look.Gap2)
	for _, x := range list {
		box.Add(look.NewPara(model.TaskWords(x)))
		box.Add(look.Note(x.File))
	}
	if left, err := v.s.desk.Teamless(v.s.round.Code); err == nil && len(left) > 0 {
		box.Add(look.NewPara(desk.TeamlessWords(left)).In(look.Waiting))
	}
	box.Add(look.Note(i18n.T("检查组在“文件 → 收下任务包”里打开这个文件，就可以开始检查。")))
	v.s.sheet(i18n.T("任务包已写好"), look.Fixed(640, 0, box))
}

// askSigned is ask with a key of the bureau and its passphrase as the last two
// questions. The key is opened first, so that do never fails for a passphrase.
func (s *shell) askSigned(title, intro, word string, questions []question, do func(a []string, key desk.KeyInfo, pass string) error) {
	if all, signed, ok := s.withKey(questions, do); ok {
		s.ask(title, intro, word, all, signed)
	}
}

// withKey adds a key of the bureau and its passphrase to the questions of a form;
// false when there is no such key here.
func (s *shell) withKey(questions []question, do func(a []string, key desk.KeyInfo, pass string) error) ([]question, func([]string) error, bool) {
	return s.withKeyOf(model.BureauKeys, i18n.E("这台电脑上没有汇总单位（bureau）角色的密钥，不能签名。请在“单位与名册”里导入密钥文件"), questions, do)
}

// withAnyKey is withKey for what an inspector may sign, too.
func (s *shell) withAnyKey(questions []question, do func(a []string, key desk.KeyInfo, pass string) error) ([]question, func([]string) error, bool) {
	return s.withKeyOf(model.KnownKeys, i18n.E("这台电脑上没有名册里的密钥，不能签名。请在“单位与名册”里导入密钥文件"), questions, do)
}

func (s *shell) withKeyOf(fit func([]desk.KeyInfo) ([]string, []desk.KeyInfo), none error, questions []question,
	do func(a []string, key desk.KeyInfo, pass string) error) ([]question, func([]string) error, bool) {
	all, err := s.desk.Keys()
	if err != nil {
		s.fail(err)
		return nil, nil, false
	}
	names, keys := fit(all)
	if len(keys) == 0 {
		s.fail(none)
		return nil, nil, false
	}
	n := len(questions)
	questions = append(append([]question{}, questions...), question{label: i18n.T("签名密钥"), options: names}, question{label: i18n.T("口令"), secret: true})
	return questions, func(a []string) error {
		key := keys[model.Place(names, a[n])]
		if _, err := desk.OpenKey(key.Path, a[n+1]); err != nil {
			return err
		}
		return do(a[:n], key, a[n+1])
	}, true
}
