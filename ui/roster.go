package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// rosterScreen is 单位: roster, keys of this machine, units, and for who holds
// the root key what only that key can do.
func (s *shell) rosterScreen() (screen, error) {
	units, err := s.desk.Units()
	if err != nil {
		return nil, err
	}
	keys, err := s.desk.Keys()
	if err != nil {
		return nil, err
	}
	roster, err := s.rosterCard()
	if err != nil {
		return nil, err
	}
	mine := look.Column(look.Gap1, look.Head(i18n.T("本机密钥")))
	if len(keys) == 0 {
		mine.Add(look.Note(i18n.T("还没有签名密钥。新建一把，或导入已有的。")))
	}
	for _, k := range keys {
		mine.Add(s.keyRow(k))
	}
	mine.Add(look.Across(look.Gap2, widget.NewButton(i18n.T("新建签名密钥"), s.needKey), widget.NewButton(i18n.T("导入密钥文件…"), s.importKey)))
	list := look.Column(look.Gap1, container.NewBorder(nil, nil, look.Head(i18n.T("单位（%d）", len(units))), widget.NewButton(i18n.T("从表格导入…"), s.importUnits)))
	for _, u := range units {
		list.Add(look.Grid([]float32{90, 0, 140}, look.Small(u.Code), look.NewText(u.Name), look.Small(model.KindWord(u.Kind))))
	}
	box := look.Column(look.Gap3, look.Card(roster), look.Card(mine), look.Card(list))
	return &pane{i18n.T("单位与名册"), container.NewVScroll(look.Inset(look.Gap4, box))}, nil
}

func (s *shell) rosterCard() (fyne.CanvasObject, error) {
	roster, err := s.desk.Roster()
	if err != nil {
		return nil, err
	}
	box := look.Column(look.Gap1, look.Head(i18n.T("名册")))
	actions := look.Across(look.Gap2, widget.NewButton(i18n.T("导入名册…"), s.importRoster))
	if roster == nil {
		box.Add(look.Note(i18n.T("还没有名册。向大数据局取得名册文件，当面核对根证书指纹后导入。大数据局第一次使用时在这里建立根密钥。")))
		actions.Add(widget.NewButton(i18n.T("建立根密钥（大数据局）…"), s.newRoot))
		box.Add(actions)
		return box, nil
	}
	box.Add(look.Small(i18n.T("第 %d 版　签发 %s　有效到 %s", roster.Version, model.Clock(roster.Issued), roster.ValidUntil)))
	warning, err := s.desk.RosterWarning()
	if err != nil {
		return nil, err
	}
	if warning != "" {
		box.Add(look.NewPara(warning).In(look.Waiting))
	}
	for _, e := range roster.Entries {
		line := e.Name + "　" + e.Number + "　" + model.Roles(e.Roles)
		if len(e.Roles) == 0 {
			line = e.Name + "　" + i18n.T("根（只作引见）")
		}
		role := look.Ink
		if e.Revoked != nil {
			line, role = line+"　"+i18n.T("已吊销")+"："+e.Revoked.Reason, look.Lost
		}
		box.Add(look.NewText(line).In(role))
	}
	root := s.pinned()
	actions.Add(widget.NewButton(i18n.T("导出名册…"), s.exportRoster))
	actions.Add(widget.NewButton(i18n.T("根指纹"), func() { s.showFingerprint(i18n.T("根证书指纹：请当面核对"), root) }))
	actions.Add(widget.NewButton(i18n.T("登记新人…"), s.enrol))
	actions.Add(widget.NewButton(i18n.T("换发证书…"), s.renew))
	actions.Add(widget.NewButton(i18n.T("吊销…"), s.revoke))
	box.Add(actions)
	return box, nil
}

// importRoster takes a roster. The fingerprint of its root is typed or pasted by
// a person who compared it; it is never taken from the file.
func (s *shell) importRoster() {
	s.openFile(func(path string) {
		pinned := s.pinned()
		if pinned != "" {
			if err := s.takeRoster(path, ""); err != nil {
				s.fail(err)
			}
			return
		}
		s.ask(i18n.T("导入名册"), i18n.T("请与大数据局当面或打电话核对根证书指纹（64 位），核对后输入。以后的名册不用再核对。"), i18n.T("导入"),
			[]question{{label: i18n.T("根指纹")}}, func(a []string) error {
				root := strings.ToLower(strings.Join(strings.Fields(a[0]), ""))
				if len(root) != 64 {
					return i18n.E("根指纹是 64 位十六进制数字")
				}
				return s.takeRoster(path, root)
			})
	})
}

func (s *shell) takeRoster(path, root string) error {
	b, err := desk.ReadFile(path)
	if err != nil {
		return err
	}
	r, err := s.desk.ImportRoster(b, root)
	if err != nil {
		return err
	}
	s.goTo(placeUnits)
	s.toast(i18n.T("名册第 %d 版", r.Version))
	return nil
}

func (s *shell) exportRoster() {
	pack, err := s.desk.RosterPack()
	if err != nil {
		s.fail(err)
		return
	}
	s.saveFile("roster.zip", func(path string) error { return desk.WriteFile(path, pack) })
}

// newRoot makes the bureau's root key in two places, and the first roster.
func (s *shell) newRoot() {
	intro := i18n.T("根密钥签发所有人的证书，只由大数据局保管。先存一份，再存一份备份到另一个介质；口令忘了没有人能找回。")
	s.ask(i18n.T("建立根密钥"), intro, i18n.T("选择存放位置…"), []question{{label: i18n.T("单位名称")}, {label: i18n.T("口令"), secret: true}, {label: i18n.T("再输一次"), secret: true}},
		func(a []string) error {
			if a[1] != a[2] {
				return i18n.E("两次输入的口令不同")
			}
			s.saveFile("root.p12", func(path string) error { return s.makeRoot(path, a[0], a[1]) })
			return nil
		})
}

func (s *shell) makeRoot(path, org, pass string) error {
	fingerprint, err := desk.NewRootKey(path, org, pass, s.desk.Now())
	if err != nil {
		return err
	}
	if err := s.desk.StartRosterWith(path, pass); err != nil {
		return err
	}
	s.goTo(placeUnits)
	s.saveFile("root-backup.p12", func(second string) error {
		if err := desk.CopyKey(path, pass, second); err != nil {
			return err
		}
		s.showFingerprint(i18n.T("根证书指纹：请公布给所有检查组核对"), fingerprint)
		return nil
	})
	return nil
}

// withRoot asks for the root key's file and passphrase, and what else is needed.
func (s *shell) withRoot(title, intro, word string, more []question, do func(key, pass string, a []string) error) {
	s.openFile(func(key string) {
		s.ask(title, intro+"\n"+key, word, append([]question{{label: i18n.T("根密钥口令"), secret: true}}, more...), func(a []string) error {
			return do(key, a[0], a[1:])
		})
	})
}

// enrol issues a certificate for a request.
func (s *shell) enrol() {
	s.openFile(func(path string) {
		request, err := desk.ReadFile(path)
		if err != nil {
			s.fail(err)
			return
		}
		who, err := desk.RequestName(request)
		if err != nil {
			s.fail(err)
			return
		}
		s.withRoot(i18n.T("登记新人"), i18n.T("申请人：%s。请核对本人和证件。接着选择的文件应是根密钥。", who), i18n.T("登记"),
			[]question{{label: i18n.T("角色"), value: "inspector", hint: "inspector, bureau"}}, func(key, pass string, a []string) error {
				roles, err := desk.ParseRoles(a[0])
				if err != nil {
					return err
				}
				s.saveFile(who+".zip", func(out string) error {
					if _, err := s.desk.EnrolFile(key, pass, request, roles, out); err != nil {
						return err
					}
					s.goTo(placeUnits)
					s.toast(i18n.T("答复在 %s，请交还申请人", out))
					return nil
				})
				return nil
			})
	})
}

func (s *shell) renew() {
	s.withRoot(i18n.T("换发证书"), i18n.T("为一个人的密钥换发证书；以前的签名照样有效。"), i18n.T("换发"), []question{{label: i18n.T("证件号码")}},
		func(key, pass string, a []string) error {
			s.saveFile(a[0]+".zip", func(out string) error {
				defer s.goTo(placeUnits)
				return s.desk.RenewWith(key, pass, a[0], out)
			})
			return nil
		})
}

// revoke takes a person's keys out of belief, but for the records named.
func (s *shell) revoke() {
	s.withRoot(i18n.T("吊销密钥"), i18n.T("“仍认可”写他最后几份可信记录的哈希，用逗号分开；它们之前的一并认可，其余进隔离区。空着表示一份也不认。"), i18n.T("吊销"),
		[]question{{label: i18n.T("证件号码")}, {label: i18n.T("理由")}, {label: i18n.T("仍认可")}}, func(key, pass string, a []string) error {
			last := strings.FieldsFunc(a[2], func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
			if a[1] == "" {
				return i18n.E("吊销要写理由")
			}
			if _, err := s.desk.RevokeWith(key, pass, a[0], last, a[1], ""); err != nil {
				return err
			}
			s.goTo(placeUnits)
			return nil
		})
}

func (s *shell) importUnits() {
	s.openFile(func(path string) {
		r, err := s.desk.ImportUnits(path)
		if err != nil {
			s.fail(err)
			return
		}
		s.goTo(placeUnits)
		s.toast(i18n.T("新增 %d，改动 %d，相同 %d", r.Added, r.Changed, r.Same))
	})
}
