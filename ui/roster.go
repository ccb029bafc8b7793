package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// rosterScreen is 单位与名册: the roster, the keys of this machine, the units. For
// who holds the root key it has what only that key can do.
func (s *shell) rosterScreen() (screen, error) {
	roster, err := s.rosterPage()
	if err != nil {
		return nil, err
	}
	keys, err := s.keysPage()
	if err != nil {
		return nil, err
	}
	units, err := s.unitsPage()
	if err != nil {
		return nil, err
	}
	tabs := container.NewAppTabs(container.NewTabItem(i18n.T("名册"), roster), container.NewTabItem(i18n.T("本机密钥"), keys), container.NewTabItem(i18n.T("单位名单"), units))
	tabs.SelectIndex(s.rosterTab)
	tabs.OnSelected = func(*container.TabItem) { s.rosterTab = tabs.SelectedIndex() }
	return &pane{i18n.T("单位与名册"), look.Inset(look.Gap4, tabs)}, nil
}

func (s *shell) rosterPage() (fyne.CanvasObject, error) {
	roster, err := s.desk.Roster()
	if err != nil {
		return nil, err
	}
	warning, err := s.desk.RosterWarning()
	if err != nil {
		return nil, err
	}
	if roster == nil {
		take := look.NewButton(i18n.T("导入名册…"), s.importRoster)
		take.Importance = widget.HighImportance
		say := i18n.T("还没有名册。向大数据局取得名册文件，当面核对根证书指纹后导入。大数据局第一次使用时在这里建立根密钥。")
		return container.NewCenter(look.Fixed(620, 0, look.Column(look.Gap3, look.NewPara(say),
			look.Across(look.Gap2, take, look.NewButton(i18n.T("建立根密钥（大数据局）…"), s.newRoot))))), nil
	}
	return s.rosterOf(roster, warning, s.pinned()), nil
}

// rosterOf is a roster with what can be done about it.
func (s *shell) rosterOf(roster *inspection.Roster, warning, root string) fyne.CanvasObject {
	top := look.Column(look.Gap2, look.Small(i18n.T("第 %d 版　签发 %s　有效到 %s", roster.Version, model.Clock(roster.Issued), roster.ValidUntil)))
	if warning != "" {
		top.Add(look.NewPara(warning).In(look.Waiting))
	}
	top.Add(look.Across(look.Gap2, look.NewButton(i18n.T("导入名册…"), s.importRoster), look.NewButton(i18n.T("导出名册…"), s.exportRoster),
		look.NewButton(i18n.T("根指纹"), func() { s.showFingerprint(i18n.T("根证书指纹：请当面核对"), root) }),
		look.NewButton(i18n.T("导出根证书…"), s.exportRootCertificate), look.NewButton(i18n.T("改认另一个根…"), s.trustAnew)))
	top.Add(look.Across(look.Gap2, look.Middle(look.Small(i18n.T("持根密钥的人："))), look.NewButton(i18n.T("登记新人…"), s.enrol),
		look.NewButton(i18n.T("更换根…"), s.rotateRoot), look.NewButton(i18n.T("备份根密钥…"), s.copyRoot)))
	return container.NewBorder(look.InsetXY(0, look.Gap3, top), nil, nil, nil, s.rosterList(roster))
}

var rosterColumns = []float32{24, 130, 110, 170, 130, 150, 96, 0}

// rosterList is the table of keys with its search field.
func (s *shell) rosterList(roster *inspection.Roster) fyne.CanvasObject {
	rows := model.RosterRows(roster, "")
	list := widget.NewList(func() int { return len(rows) }, func() fyne.CanvasObject { return tableRow(rosterColumns) }, func(i widget.ListItemID, o fyne.CanvasObject) {
		r := rows[i]
		role, glyph := look.Ink, "●"
		if r.Lost {
			role, glyph = look.Lost, "×"
		}
		fillRow(o, role, glyph, r.Name, r.Number, r.Org, r.Roles, r.Key, r.To, r.State)
	})
	list.OnSelected = func(i widget.ListItemID) { list.UnselectAll(); s.showEntry(rows[i].Entry) }
	find := ime.NewEntry()
	find.SetPlaceHolder(i18n.T("姓名、证件号码、单位或密钥指纹"))
	find.OnChanged = func(t string) { rows = model.RosterRows(roster, t); list.Refresh() }
	head := container.NewVBox(tableHead(rosterColumns, "", i18n.T("姓名"), i18n.T("证件号码"), i18n.T("单位"), i18n.T("角色"), i18n.T("密钥"), i18n.T("有效到"), i18n.T("状态")), look.HLine())
	return container.NewBorder(look.InsetXY(0, look.Gap1, look.Fixed(320, 0, container.NewHBox(look.Fixed(320, 0, find)))), nil, nil, nil, look.Card(container.NewBorder(head, nil, nil, nil, list)))
}

// tableRow is an empty line of a table of texts.
func tableRow(columns []float32) fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(columns))
	for i := range cells {
		cells[i] = look.NewText("").Elided()
	}
	return look.InsetXY(look.Gap1, look.Gap1, look.Grid(columns, cells...))
}

func fillRow(o fyne.CanvasObject, role look.Role, words ...string) {
	cells := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	for i, w := range words {
		cells[i].(*look.Text).SetIn(w, role)
	}
}

func tableHead(columns []float32, words ...string) fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(words))
	for i, w := range words {
		cells[i] = look.Small(w).Elided()
	}
	return look.InsetXY(look.Gap1, look.Gap1, look.Grid(columns, cells...))
}

// showEntry is one key of the roster, with what can be done about it.
func (s *shell) showEntry(e inspection.RosterEntry) {
	box := look.Column(look.Gap2, pair(i18n.T("姓名"), look.NewText(e.Name)), pair(i18n.T("证件号码"), look.NewText(e.Number)), pair(i18n.T("单位"), look.NewText(e.Org)),
		pair(i18n.T("角色"), look.NewText(model.Roles(e.Roles))), pair(i18n.T("有效期"), look.NewText(i18n.T("%s 至 %s", e.From, e.To))),
		pair(i18n.T("密钥指纹"), look.NewPara(desk.Groups(e.SPKI))))
	if e.Revoked != nil {
		box.Add(look.NewPara(i18n.T("已吊销：%s", e.Revoked.Reason)).In(look.Lost))
		box.Add(pair(i18n.T("仍认可"), look.NewPara(model.Join(e.Revoked.Last))))
	}
	d := look.NewDialog(s.win, i18n.T("名册里的密钥"), look.Fixed(600, 0, box))
	then := func(do func()) func() { return func() { d.Hide(); do() } }
	actions := look.Across(look.Gap2, look.NewButton(i18n.T("指纹与二维码"), then(func() { s.showFingerprint(e.Name+"　"+e.Number, e.SPKI) })))
	if len(e.Roles) > 0 {
		word := i18n.T("吊销…")
		if e.Revoked != nil {
			word = i18n.T("更改仍认可的…")
		} else {
			actions.Add(look.NewButton(i18n.T("换发证书…"), then(func() { s.renew(e) })))
		}
		actions.Add(look.NewButton(word, then(func() { s.revoke(e) })))
	}
	box.Add(actions)
	d.Reading(i18n.T("关闭"))
	d.Show()
}

// importRoster takes a roster. The fingerprint of its root is typed or pasted by
// a person who compared it; it is never taken from the file.
func (s *shell) importRoster() {
	s.openFile(func(path string) {
		if s.pinned() != "" {
			if err := s.takeRoster(path, ""); err != nil {
				s.fail(err)
			}
			return
		}
		s.ask(i18n.T("导入名册"), i18n.T("请与大数据局当面或打电话核对根证书指纹（64 位），核对后输入。以后的名册不用再核对。"), i18n.T("导入"),
			[]question{{label: i18n.T("根指纹")}}, func(a []string) error {
				root, err := desk.Ungroup(a[0])
				if err != nil {
					return err
				}
				return s.takeRoster(path, root)
			})
	})
}

// trustAnew takes a roster of another root. The old one has no say any more.
func (s *shell) trustAnew() {
	s.openFile(func(path string) {
		s.ask(i18n.T("改认另一个根"), i18n.T("只在旧根丢失或泄露、又没有引见新根时用。请与大数据局当面核对新的根证书指纹后输入：旧根签发的名册全部作废，只有它们认可的签名进隔离区；文件和草稿都在。"), i18n.T("改认"),
			[]question{{label: i18n.T("根指纹")}}, func(a []string) error {
				root, err := desk.Ungroup(a[0])
				if err != nil {
					return err
				}
				return s.tookRoster(path, root, s.desk.TrustAnew)
			})
	})
}

func (s *shell) takeRoster(path, root string) error {
	return s.tookRoster(path, root, s.desk.ImportRoster)
}

func (s *shell) tookRoster(path, root string, take func([]byte, string) (*inspection.Roster, error)) error {
	b, err := desk.ReadFile(path)
	if err != nil {
		return err
	}
	r, err := take(b, root)
	if err != nil {
		return err
	}
	now, err := s.desk.Roster()
	if err != nil {
		return err
	}
	s.goTo(placeUnits)
	if now != nil && now.Version > r.Version {
		s.toast(desk.OlderRoster(r.Version, now.Version))
		return nil
	}
	s.toast(i18n.T("名册第 %d 版", r.Version))
	return nil
}

func (s *shell) exportRoster() {
	pack, err := s.desk.RosterPack()
	if err != nil {
		s.fail(err)
		return
	}
	s.saveFile("roster.zip", func(path string) error { return s.say(desk.WriteFile(path, pack), i18n.T("已写入 %s", path)) })
}

// exportRootCertificate writes the certificate that an ordinary reader of PDFs
// imports once, to call signatures trusted.
func (s *shell) exportRootCertificate() {
	b, err := s.desk.RootCertificate()
	if err != nil {
		s.fail(err)
		return
	}
	s.saveFile("root.cer", func(path string) error { return s.say(desk.WriteFile(path, b), i18n.T("已写入 %s", path)) })
}

// say shows a message if the work was done.
func (s *shell) say(err error, words string) error {
	if err == nil {
		s.toast(words)
	}
	return err
}

// unitsPage is the list of units that rounds choose from.
func (s *shell) unitsPage() (fyne.CanvasObject, error) {
	units, err := s.desk.Units()
	if err != nil {
		return nil, err
	}
	columns := []float32{110, 0, 160, 120, 150}
	list := widget.NewList(func() int { return len(units) }, func() fyne.CanvasObject { return tableRow(columns) }, func(i widget.ListItemID, o fyne.CanvasObject) {
		fillRow(o, look.Ink, units[i].Code, units[i].Name, model.KindWord(units[i].Kind), units[i].Liaison, units[i].Phone)
	})
	list.OnSelected = func(widget.ListItemID) { list.UnselectAll() }
	bar := container.NewBorder(nil, nil, look.Middle(look.Small(i18n.T("单位（%d）", len(units)))), look.Across(look.Gap2, look.NewButton(i18n.T("导出 Excel…"), s.exportUnits), look.NewButton(i18n.T("从表格导入…"), s.importUnits)))
	head := container.NewVBox(tableHead(columns, i18n.T("代码"), i18n.T("单位"), i18n.T("类别"), i18n.T("联络员"), i18n.T("电话")), look.HLine())
	return container.NewBorder(look.InsetXY(0, look.Gap3, bar), nil, nil, nil, look.Card(container.NewBorder(head, nil, nil, nil, list))), nil
}
