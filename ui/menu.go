package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"xunping/assets/i18n"
	"xunping/ui/look"
)

// command is one thing a key or a menu does. Keys that input methods take
// (Ctrl+Space, Ctrl+;) are never used.
type command struct {
	menu string
	word string
	key  fyne.KeyName
	mod  fyne.KeyModifier
	do   func()
	walk func(*walkView) // instead of do: only on the walk-through
	// write is what it does while a rubric is written.
	write func(*rubricEditView)
	over  bool // also while a dialog is open
	fact  bool // also while the form of a free finding is open
}

const (
	ctrl      = fyne.KeyModifierControl
	ctrlShift = fyne.KeyModifierControl | fyne.KeyModifierShift
)

// commands is the one list that menus, shortcuts and the help sheet are made
// of.
func (s *shell) commands() []command {
	file, edit, check, view, help := i18n.T("文件"), i18n.T("编辑"), i18n.T("检查"), i18n.T("查看"), i18n.T("帮助")
	return []command{
		{menu: file, word: i18n.T("打开工作簿…"), key: fyne.KeyO, mod: ctrl, do: s.askOpen},
		{menu: file, word: i18n.T("新建工作簿…"), do: s.askCreate},
		{menu: file, word: i18n.T("备份工作簿…"), do: s.askBackup},
		{menu: file, word: i18n.T("从备份恢复…"), do: s.askRestore},
		{menu: file, word: i18n.T("切换检查轮次…"), key: fyne.KeyT, mod: ctrl, do: s.askRound},
		{menu: file, word: i18n.T("检查轮次的设定…"), do: s.editRound},
		{menu: file, word: i18n.T("核验评分表…"), key: fyne.KeyR, mod: ctrlShift, do: s.askVerify},
		{menu: file, word: i18n.T("收下任务包…"), do: s.askTask},
		{menu: file, word: i18n.T("合入交接包…"), do: s.askJoin},
		{menu: file, word: i18n.T("归档本轮…"), do: s.askArchive},
		{menu: file, word: i18n.T("核验归档文件夹…"), do: s.askCheckArchive},
		{menu: file, word: i18n.T("上交本轮评分表…"), do: s.askHandIn},
		{menu: file, word: i18n.T("我的工作在哪"), key: fyne.KeyW, mod: ctrlShift, do: s.showMyWork},
		{menu: file, word: i18n.T("回到单位列表"), key: fyne.KeyL, mod: ctrl, do: func() { s.goTo(placeInspect) }},
		{menu: edit, word: i18n.T("撤销"), key: fyne.KeyZ, mod: ctrl, walk: func(v *walkView) { v.undo(false) }, write: func(v *rubricEditView) { v.back(false) }},
		{menu: edit, word: i18n.T("重做"), key: fyne.KeyY, mod: ctrl, walk: func(v *walkView) { v.undo(true) }, write: func(v *rubricEditView) { v.back(true) }},
		{menu: edit, word: i18n.T("查找"), key: fyne.KeyK, mod: ctrl, do: s.find},
		{menu: check, word: i18n.T("下一项"), key: fyne.KeyPageDown, mod: ctrl, walk: func(v *walkView) { v.step(1) }},
		{menu: check, word: i18n.T("上一项"), key: fyne.KeyPageUp, mod: ctrl, walk: func(v *walkView) { v.step(-1) }},
		{menu: check, word: i18n.T("下一个未检查项"), key: fyne.KeyN, mod: ctrl, walk: (*walkView).nextUnchecked},
		{menu: check, word: i18n.T("还缺什么"), key: fyne.KeyN, mod: ctrlShift, walk: (*walkView).showMissing},
		{menu: check, word: i18n.T("记为已检查并到下一项"), key: fyne.KeyG, mod: ctrl, walk: (*walkView).checkedAndNext},
		{menu: check, word: i18n.T("到扣（加）分情形"), key: fyne.KeyR, mod: ctrl, walk: (*walkView).focusRules},
		{menu: check, word: i18n.T("到完成情况"), key: fyne.KeyU, mod: ctrl, walk: (*walkView).focusFigures},
		{menu: check, word: i18n.T("没有该项"), key: fyne.KeyB, mod: ctrl, walk: (*walkView).markAbsent},
		{menu: check, word: i18n.T("其他扣（加）分"), key: fyne.KeyD, mod: ctrl, walk: (*walkView).addFree},
		{menu: check, word: i18n.T("添加佐证"), key: fyne.KeyE, mod: ctrl, walk: func(v *walkView) { v.addEvidence("") }},
		{menu: check, word: i18n.T("写说明"), key: fyne.KeyM, mod: ctrl, walk: (*walkView).focusNote},
		{menu: check, word: i18n.T("常用语"), key: fyne.KeyJ, mod: ctrl, walk: (*walkView).stockPhrases, fact: true},
		{menu: check, word: i18n.T("检查时间、地点与人员"), key: fyne.KeyI, mod: ctrl, walk: (*walkView).editVisit},
		{menu: check, word: i18n.T("粘贴图片为佐证"), key: fyne.KeyV, mod: ctrlShift, walk: (*walkView).pasteImage},
		{menu: check, word: i18n.T("试算（不保存）"), key: fyne.KeyE, mod: ctrlShift, walk: (*walkView).try},
		{menu: check, word: i18n.T("检查通知与材料清单…"), walk: (*walkView).askNotice},
		{menu: check, word: i18n.T("现场检查记录（只记事实）…"), walk: (*walkView).saveFacts},
		{menu: check, word: i18n.T("打印未签发的页面…"), walk: (*walkView).savePens},
		{menu: check, word: i18n.T("交接草稿…"), walk: (*walkView).askHandOver},
		{menu: check, word: i18n.T("本单位已签的评分表…"), walk: (*walkView).history},
		{menu: check, word: i18n.T("本单位的全过程…"), walk: func(v *walkView) { v.s.showTimeline(v.in.Record().Unit.Code) }},
		{menu: check, word: i18n.T("放弃这份草稿…"), walk: (*walkView).askDiscard},
		{menu: check, word: i18n.T("签发"), key: fyne.KeyReturn, mod: ctrl, walk: (*walkView).seal},
		{menu: view, word: i18n.T("怎么算的"), key: fyne.KeyD, mod: ctrlShift, walk: (*walkView).explain},
		{menu: view, word: i18n.T("隐藏或显示分数"), key: fyne.KeyH, mod: ctrl, do: s.toggleHidden, over: true},
		{menu: view, word: i18n.T("检查"), key: fyne.Key1, mod: ctrl, do: func() { s.goTo(placeInspect) }},
		{menu: view, word: i18n.T("汇总"), key: fyne.Key2, mod: ctrl, do: func() { s.goTo(placeBureau) }},
		{menu: view, word: i18n.T("指标"), key: fyne.Key3, mod: ctrl, do: func() { s.goTo(placeRubric) }},
		{menu: view, word: i18n.T("单位"), key: fyne.Key4, mod: ctrl, do: func() { s.goTo(placeUnits) }},
		{menu: view, word: i18n.T("设置"), key: fyne.Key5, mod: ctrl, do: func() { s.goTo(placeSettings) }},
		{menu: view, word: i18n.T("汇总：办理"), key: fyne.Key6, mod: ctrl, do: func() { s.goToPage("handle") }},
		{menu: view, word: i18n.T("汇总：发布"), key: fyne.Key7, mod: ctrl, do: func() { s.goToPage("publish") }},
		{menu: help, word: i18n.T("按键一览"), key: fyne.KeyF1, do: s.showKeys},
		{menu: help, word: i18n.T("关于巡评"), do: s.showAbout},
	}
}

// writesFact tells whether the form of a free finding is on top.
func (s *shell) writesFact() bool {
	v, ok := s.screen.(*walkView)
	return ok && v.fact != nil
}

// act does the command where it can be done.
func (s *shell) act(c command) func() {
	return func() {
		if s.win.Canvas().Overlays().Top() != nil && !c.over && !(c.fact && s.writesFact()) {
			return // a dialog is open: it comes first
		}
		if c.do != nil {
			c.do()
			return
		}
		switch v := s.screen.(type) {
		case *walkView:
			c.walk(v)
			return
		case *rubricEditView:
			if c.write != nil {
				c.write(v)
				return
			}
		}
		s.toast(i18n.T("请先打开一个单位"))
	}
}

func (s *shell) menu() *fyne.MainMenu {
	var menus []*fyne.Menu
	for _, c := range s.commands() {
		item := fyne.NewMenuItem(c.word, s.act(c))
		if c.key != "" {
			item.Shortcut = &desktop.CustomShortcut{KeyName: c.key, Modifier: c.mod}
		}
		if len(menus) == 0 || menus[len(menus)-1].Label != c.menu {
			menus = append(menus, fyne.NewMenu(c.menu))
		}
		m := menus[len(menus)-1]
		m.Items = append(m.Items, item)
	}
	quit := fyne.NewMenuItem(i18n.T("退出"), s.askClose)
	quit.IsQuit = true
	menus[0].Items = append(menus[0].Items, fyne.NewMenuItemSeparator(), quit)
	return fyne.NewMainMenu(menus...)
}

// shortcuts makes the keys work where no menu is shown, too.
func (s *shell) shortcuts() {
	c := s.win.Canvas()
	for _, cmd := range s.commands() {
		if cmd.key != "" && cmd.mod != 0 {
			do := s.act(cmd)
			c.AddShortcut(&desktop.CustomShortcut{KeyName: cmd.key, Modifier: cmd.mod}, func(fyne.Shortcut) { do() })
		}
	}
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyF1 {
			s.showKeys()
		}
	})
}

// showKeys is the help sheet.
func (s *shell) showKeys() {
	box := look.Column(look.Gap1)
	menu := ""
	for _, c := range s.commands() {
		if c.key == "" {
			continue
		}
		if c.menu != menu {
			menu = c.menu
			box.Add(look.Bold(menu))
		}
		box.Add(look.Grid([]float32{150, 300}, look.NewText(keyWord(c)).In(look.Act), look.NewText(c.word)))
	}
	box.Add(look.Bold(i18n.T("到处都有")))
	for _, line := range [][2]string{{"Tab", i18n.T("到下一个控件，也离开多行说明")}, {"Esc", i18n.T("关闭对话框")}, {"Enter", i18n.T("确认")}, {"↑ ↓", i18n.T("在列表中移动")}} {
		box.Add(look.Grid([]float32{150, 300}, look.NewText(line[0]).In(look.Act), look.NewText(line[1])))
	}
	s.sheet(i18n.T("按键一览"), box)
}

func keyWord(c command) string {
	names := map[fyne.KeyName]string{fyne.KeyReturn: "Enter", fyne.KeyPageDown: "PgDn", fyne.KeyPageUp: "PgUp"}
	word := string(c.key)
	if n := names[c.key]; n != "" {
		word = n
	}
	switch c.mod {
	case ctrl:
		return "Ctrl+" + word
	case ctrlShift:
		return "Ctrl+Shift+" + word
	}
	return word
}

func (s *shell) showAbout() {
	box := look.Column(look.Gap2, look.Page(i18n.T("巡评 Xunping")), look.NewText(s.options.Version),
		look.NewPara(i18n.T("检查组的单机评分程序：录入、评分、签发、汇总、排名、台账，全部离线。")),
		look.NewPara(i18n.T("不得录入涉密信息。")).In(look.Lost),
		look.Note(i18n.T("内置指标的扣分情形与分值是示例，附件1待录入。证书由自建的根签发，签名时间未经第三方证明，签名不是电子印章。")))
	s.sheet(i18n.T("关于巡评"), box)
}
