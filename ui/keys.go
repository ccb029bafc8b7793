package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// needKey makes a key, for who has none.
func (s *shell) needKey() {
	s.needKeyFor(inspection.Person{}, func() { s.goTo(placeUnits) })
}

// needKeyFor makes a key for a person whose name is known already, and goes on
// with what needed it.
func (s *shell) needKeyFor(p inspection.Person, then func()) {
	intro := i18n.T("新建一把签名密钥，存放在工作簿旁边，用口令加密；再把证书申请交大数据局登记到名册。口令忘了没有人能找回。")
	s.ask(i18n.T("新建签名密钥"), intro, i18n.T("新建"), []question{{label: i18n.T("姓名"), value: p.Name}, {label: i18n.T("证件号码"), value: p.Number}, {label: i18n.T("单位"), value: p.Org},
		{label: i18n.T("口令"), secret: true}, {label: i18n.T("再输一次"), secret: true}}, func(a []string) error {
		if a[3] != a[4] {
			return i18n.E("两次输入的口令不同")
		}
		path := filepath.Join(filepath.Dir(s.desk.Path()), "keys", a[1]+".p12")
		if _, err := s.desk.NewPersonKey(path, a[0], a[1], a[2], a[3]); err != nil {
			return err
		}
		then()
		s.toast(i18n.T("密钥已建立：%s", path))
		return nil
	})
}

// keysPage lists the keys of this machine.
func (s *shell) keysPage() (fyne.CanvasObject, error) {
	keys, err := s.desk.Keys()
	if err != nil {
		return nil, err
	}
	return s.keysOf(keys), nil
}

func (s *shell) keysOf(keys []desk.KeyInfo) fyne.CanvasObject {
	make, take := look.NewButton(i18n.T("新建签名密钥"), s.needKey), look.NewButton(i18n.T("导入密钥文件…"), s.importKey)
	if len(keys) == 0 {
		make.Importance = widget.HighImportance
		return container.NewCenter(look.Fixed(560, 0, look.Column(look.Gap3,
			look.NewPara(i18n.T("还没有签名密钥。新建一把，或导入已有的 PKCS#12 文件（.p12、.pfx；ECDSA P-256，或 2048 位以上的 RSA）。")), look.Across(look.Gap2, make, take))))
	}
	box := look.Column(look.Gap3)
	for _, k := range keys {
		box.Add(look.Card(s.keyRow(k)))
	}
	return container.NewBorder(look.InsetXY(0, look.Gap3, look.Across(look.Gap2, make, take)), nil, nil, nil, container.NewVScroll(box))
}

// importKey takes a copy of a key file from elsewhere.
func (s *shell) importKey() {
	s.openFile(func(path string) {
		intro := i18n.T("%s\n会在工作簿旁边存一份重新加密的副本，原文件不动，请自行收好。", path)
		s.ask(i18n.T("导入密钥文件"), intro, i18n.T("导入"), []question{{label: i18n.T("口令"), secret: true}, {label: i18n.T("新口令"), hint: i18n.T("不填就沿用原口令"), secret: true},
			{label: i18n.T("再输一次"), secret: true}}, func(a []string) error {
			if a[1] != a[2] {
				return i18n.E("两次输入的口令不同")
			}
			k, err := s.desk.ImportKey(path, a[0], a[1])
			if err != nil {
				return err
			}
			s.goTo(placeUnits)
			s.toast(i18n.T("密钥已存入 %s", k.Path))
			return nil
		})
	})
}

// keyRow is one key of this machine with what can be done with it.
func (s *shell) keyRow(k desk.KeyInfo) fyne.CanvasObject {
	with := func(title, word string, more []question, do func(a []string) error) func() {
		return func() {
			s.ask(title, model.KeyWords(k), word, append([]question{{label: i18n.T("口令"), secret: true}}, more...), do)
		}
	}
	quiet := func(word string, do func()) fyne.CanvasObject {
		b := look.NewButton(word, do)
		b.Importance = widget.LowImportance
		return b
	}
	request := with(i18n.T("导出证书申请"), i18n.T("导出…"), nil, func(a []string) error {
		if _, err := desk.OpenKey(k.Path, a[0]); err != nil {
			return err
		}
		s.saveFile(k.Number+".pem", func(path string) error {
			if _, err := desk.WriteRequest(k.Path, a[0], path); err != nil {
				return err
			}
			s.toast(i18n.T("请把 %s 交给大数据局", path))
			s.showFingerprint(i18n.T("登记时请与大数据局当面对照这个指纹"), k.SPKI)
			return nil
		})
		return nil
	})
	accept := func() {
		s.openFile(func(path string) {
			with(i18n.T("收下大数据局的答复"), i18n.T("收下"), []question{{label: i18n.T("根指纹"), hint: i18n.T("当面核对后输入或粘贴"), value: s.pinned()}}, func(a []string) error {
				root, err := desk.Ungroup(a[1])
				if err != nil {
					return err
				}
				return s.acceptReply(k, a[0], path, root)
			})()
		})
	}
	change := with(i18n.T("更改口令"), i18n.T("更改"), []question{{label: i18n.T("新口令"), secret: true}, {label: i18n.T("再输一次"), secret: true}}, func(a []string) error {
		if a[1] != a[2] {
			return i18n.E("两次输入的口令不同")
		}
		return s.say(s.desk.ChangeKeyPassphrase(k, a[0], a[1]), i18n.T("口令已更改"))
	})
	keep := with(i18n.T("把口令记在本机密钥环"), i18n.T("记住"), nil, func(a []string) error {
		if err := s.desk.Remember(k, a[0]); err != nil {
			return err
		}
		s.goTo(placeUnits)
		s.toast(i18n.T("口令已记在系统密钥环：谁能登录这个账户，谁就能用这把密钥签名"))
		return nil
	})
	memory := quiet(i18n.T("记住口令…"), keep)
	if s.desk.Remembered(k.SPKI) {
		memory = quiet(i18n.T("忘掉口令"), func() {
			if err := s.desk.Forget(k.SPKI); err != nil {
				s.fail(err)
				return
			}
			s.goTo(placeUnits)
		})
	}
	show := func() { s.showFingerprint(model.KeyWords(k), k.SPKI) }
	return look.Column(look.Gap1, look.NewText(model.KeyWords(k)), look.Small(k.Path), look.Across(look.Gap1, quiet(i18n.T("指纹"), show), quiet(i18n.T("证书申请…"), request),
		quiet(i18n.T("收下答复…"), accept), quiet(i18n.T("更改口令…"), change), memory))
}

// recall fills a passphrase that the keyring keeps, for who asked to keep it.
func (s *shell) recall(spki string, into *ime.Entry) {
	if !s.desk.Remembered(spki) || into.Text != "" {
		return
	}
	var pass string
	s.run(job{title: i18n.T("读取系统密钥环"), work: func(context.Context, desk.Progress) error { pass = s.desk.Recall(spki); return nil },
		done: func(error) {
			if into.Text == "" {
				into.SetText(pass)
			}
		}})
}

func (s *shell) pinned() string {
	root, err := s.desk.RootPin()
	if err != nil {
		return ""
	}
	return root
}

// acceptReply takes certificate and roster out of the bureau's reply.
func (s *shell) acceptReply(k desk.KeyInfo, pass, path, root string) error {
	if _, err := desk.AcceptReply(k.Path, pass, path, root); err != nil {
		return err
	}
	if _, err := s.desk.AddKey(k.Path, pass); err != nil {
		return err
	}
	return s.takeRoster(path, root)
}

// showFingerprint shows a fingerprint in groups and as a QR code, to be compared
// with another screen or with paper.
func (s *shell) showFingerprint(what, hash string) { s.fingerprintThen(what, hash, nil) }

// fingerprintThen is showFingerprint; then follows when it was read, nil for
// nothing.
func (s *shell) fingerprintThen(what, hash string, then func()) {
	box := look.Column(look.Gap2, look.NewPara(what))
	groups := desk.Groups(hash)
	for at := 0; at < len(groups); at += 20 {
		box.Add(look.NewText(groups[at:min(at+20, len(groups))]))
	}
	if code, err := desk.QRCode("xunping:" + hash); err == nil {
		img := canvas.NewImageFromImage(code)
		img.ScaleMode, img.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
		img.SetMinSize(fyne.NewSize(220, 220))
		box.Add(img)
	}
	s.sheetOf(i18n.T("指纹"), box).Closed(then).Show()
}
