package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
	"xunping/ui/model"
)

// What only the holder of the root key can do: make it, copy it, enrol, renew,
// revoke, change the root. Each asks for the root key's file and passphrase.

// newRoot makes the bureau's root key in two places, and the first roster.
func (s *shell) newRoot() {
	intro := i18n.T("根密钥签发所有人的证书，只由大数据局保管。先存一份，再存一份备份到另一个介质；口令忘了没有人能找回。")
	s.ask(i18n.T("建立根密钥"), intro, i18n.T("选择存放位置…"), []question{{label: i18n.T("单位名称")}, {label: i18n.T("口令"), secret: true}, {label: i18n.T("再输一次"), secret: true}},
		func(a []string) error {
			if a[1] != a[2] {
				return i18n.E("两次输入的口令不同")
			}
			s.saveFile("root.p12", func(path string) error {
				var fingerprint string
				s.rootWork(i18n.T("建立根密钥"), func() (err error) {
					if fingerprint, err = desk.NewRootKey(path, a[0], a[1], s.desk.Now()); err == nil {
						err = s.desk.StartRosterWith(path, a[1])
					}
					return err
				}, func() {
					s.fingerprintThen(i18n.T("根证书指纹：请公布给所有检查组核对"), fingerprint, func() { s.secondCopy(path, a[1], nil) })
				})
				return nil
			})
			return nil
		})
}

// secondCopy asks for the place of the backup; then follows, nil for nothing, also
// when there is none. A root key without a backup is said.
func (s *shell) secondCopy(path, pass string, then func()) {
	if then == nil {
		then = func() {}
	}
	s.toast(i18n.T("请再选一个位置存放备份，放到另一个介质"))
	s.saveFileOr("root-backup.p12", func(second string) error {
		s.rootWork(i18n.T("备份根密钥"), func() error { return desk.CopyKey(path, pass, second) }, func() {
			s.toast(i18n.T("已备份并核对：%s", second))
			then()
		})
		return nil
	}, func() {
		say := look.NewPara(i18n.T("根密钥还没有备份，只有一份在 %s：丢了没有人能找回，请用“备份根密钥…”另存一份", path))
		s.sheetOf(i18n.T("备份根密钥"), say).Closed(then).Show()
	})
}

// rootWork does what the root key is needed for beside the window; then follows
// on the window when it was done.
func (s *shell) rootWork(title string, work func() error, then func()) {
	s.run(job{title: title, work: func(context.Context, desk.Progress) error { return work() }, done: func(err error) {
		if err != nil {
			s.fail(err)
			return
		}
		s.goTo(placeUnits)
		then()
	}})
}

// withRoot asks for the root key's file and passphrase, and what else is needed.
func (s *shell) withRoot(title, intro, word string, more []question, do func(key, pass string, a []string) error) {
	s.toast(i18n.T("请选择根密钥文件"))
	s.openFile(func(key string) {
		s.ask(title, intro+"\n"+key, word, append([]question{{label: i18n.T("根密钥口令"), secret: true}}, more...), func(a []string) error {
			if _, err := desk.OpenRoot(key, a[0]); err != nil {
				return err
			}
			return do(key, a[0], a[1:])
		})
	})
}

// copyRoot writes one more copy of the root key and opens it.
func (s *shell) copyRoot() {
	s.withRoot(i18n.T("备份根密钥"), i18n.T("再存一份根密钥，写完打开核对。请放在另一个介质，分开保管。"), i18n.T("选择存放位置…"), nil, func(key, pass string, _ []string) error {
		s.saveFile("root-backup.p12", func(path string) error {
			s.rootWork(i18n.T("备份根密钥"), func() error { return desk.CopyKey(key, pass, path) }, func() { s.toast(i18n.T("已备份并核对：%s", path)) })
			return nil
		})
		return nil
	})
}

// enrol issues a certificate for a request.
func (s *shell) enrol() {
	s.toast(i18n.T("请选择申请人交来的证书申请"))
	s.openFile(func(path string) {
		request, err := desk.ReadFile(path)
		if err != nil {
			s.fail(err)
			return
		}
		who, spki, err := desk.ReadRequest(request)
		if err != nil {
			s.fail(err)
			return
		}
		intro := i18n.T("申请人：%s。请核对本人和证件，并与他屏幕上的指纹对照：", who) + "\n" + desk.Groups(spki)
		roles := []string{i18n.T("检查员"), i18n.T("大数据局"), i18n.T("检查员、大数据局")}
		s.withRoot(i18n.T("登记新人"), intro, i18n.T("登记"), []question{{label: i18n.T("角色"), options: roles}}, func(key, pass string, a []string) error {
			list := map[string][]inspection.Role{roles[0]: {inspection.RoleInspector}, roles[1]: {inspection.RoleBureau},
				roles[2]: {inspection.RoleInspector, inspection.RoleBureau}}[a[0]]
			s.saveFile(who+".zip", func(out string) error {
				s.rootWork(i18n.T("登记新人"), func() error { _, err := s.desk.EnrolFile(key, pass, request, list, out); return err },
					func() { s.toast(i18n.T("答复在 %s，请交还申请人", out)) })
				return nil
			})
			return nil
		})
	})
}

func (s *shell) renew(e inspection.RosterEntry) {
	s.withRoot(i18n.T("换发证书"), i18n.T("为 %s 的密钥换发证书；以前的签名照样有效。", e.Name+" "+e.Number), i18n.T("换发"), nil, func(key, pass string, _ []string) error {
		s.saveFile(e.Number+".zip", func(out string) error {
			s.rootWork(i18n.T("换发证书"), func() error { return s.desk.RenewWith(key, pass, e.Number, out) }, func() { s.toast(i18n.T("答复在 %s，请交还申请人", out)) })
			return nil
		})
		return nil
	})
}

// rotateRoot makes a new root that the old one announces.
func (s *shell) rotateRoot() {
	intro := i18n.T("新建根密钥，由现在的根在名册里引见：已确认旧根的电脑收到新名册后自动相信新根，不用再核对指纹。先给出现在的根密钥，再存放新的。")
	s.withRoot(i18n.T("更换根"), intro, i18n.T("存放新的根密钥…"), []question{{label: i18n.T("单位名称"), hint: i18n.T("不写则照旧")}}, func(key, pass string, a []string) error {
		s.saveFile("root-new.p12", func(path string) error { s.rotateWith(key, pass, path, a[0]); return nil })
		return nil
	})
}

// rotateWith makes the new root. What has to happen next comes one after the other:
// the fingerprint to publish, the backup, the roster to hand out.
func (s *shell) rotateWith(key, pass, path, org string) {
	var fingerprint string
	s.rootWork(i18n.T("更换根"), func() (err error) { fingerprint, err = s.desk.RotateWith(key, pass, path, org, ""); return err }, func() {
		s.fingerprintThen(i18n.T("新根的指纹：请公布给所有检查组"), fingerprint, func() { s.secondCopy(path, pass, s.handOutRoster) })
	})
}

// revoke takes a key out of belief, but for the objects that are chosen from its
// chain. Doing it again changes the choice.
func (s *shell) revoke(e inspection.RosterEntry) {
	list, err := s.desk.SignedBy(e.SPKI)
	if err != nil {
		s.fail(err)
		return
	}
	v := newRevokeView(s, e, model.NewRevocation(list, e.Revoked))
	v.show()
}

// revokeWith asks for the root key and revokes; the new roster is then written
// to be handed out, because a revocation counts only where the roster is.
func (s *shell) revokeWith(e inspection.RosterEntry, last []string, reason string) {
	s.withRoot(i18n.T("吊销密钥"), i18n.T("吊销 %s 的密钥。完成后把新名册发给所有检查组：名册到哪里，吊销在哪里生效。", e.Name+" "+e.Number), i18n.T("吊销"), nil, func(key, pass string, _ []string) error {
		s.rootWork(i18n.T("吊销密钥"), func() error { _, err := s.desk.RevokeWith(key, pass, e.SPKI, last, reason, ""); return err },
			s.handOutRoster)
		return nil
	})
}

// handOutRoster asks where to write the roster in force: what changed in it counts
// only where it is taken.
func (s *shell) handOutRoster() {
	r, err := s.desk.Roster()
	if err != nil {
		s.fail(err)
		return
	}
	s.toast(i18n.T("名册第 %d 版：请保存并发给所有检查组", r.Version))
	s.exportRoster()
}
