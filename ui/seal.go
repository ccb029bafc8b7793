package ui

import (
	"context"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// seal begins sealing 签发: what is missing → the pages → the passphrase.
func (v *walkView) seal() {
	if v.in.Trying() {
		v.s.toast(i18n.T("试算不能签发，请先结束试算"))
		return
	}
	if v.entry != nil {
		v.entry.flush()
	}
	if m := v.listWaits(); m != "" {
		v.s.fail(i18n.E("%s 的清单有没存的行。请打开清单改好，或放弃改动，再签发", m))
		return
	}
	v.showGaps(model.NewGate(v.in.Gate()), true)
}

// showMissing lists what is missing without beginning to seal.
func (v *walkView) showMissing() {
	if v.entry != nil {
		v.entry.flush()
	}
	v.showGaps(model.NewGate(v.in.Gate()), false)
}

// showGaps lists what blocks sealing and what is only advised; each line jumps
// to its place. On the way to sealing nothing missing goes straight on to the
// pages, and what is only advised can be passed over.
func (v *walkView) showGaps(gate *model.Gate, sealing bool) {
	if sealing && gate.Empty() {
		v.showSign(gate)
		return
	}
	var d *look.Dialog
	box := look.Column(look.Gap1)
	add := func(title string, gaps []inspection.Gap, role look.Role) {
		if len(gaps) == 0 {
			return
		}
		head := look.Bold(title)
		head.Role = role
		box.Add(head)
		for _, g := range gaps {
			line := container.NewBorder(nil, nil, look.Fixed(40, 0, look.Bold(g.Indicator)), nil, look.NewPara(g.Text))
			box.Add(look.NewRow(line, func() { d.Hide(); v.jump(g) }))
		}
	}
	add(i18n.T("必须补上（%d 项）", len(gate.Blocking)), gate.Blocking, look.Lost)
	add(i18n.T("建议补上（%d 项）", len(gate.Advice)), gate.Advice, look.Waiting)
	title := i18n.T("签发 1／3　还缺什么")
	if !sealing {
		title = i18n.T("还缺什么")
	}
	if gate.Empty() {
		box.Add(look.NewText(i18n.T("什么也不缺，可以签发（Ctrl+Enter）。")))
	}
	d = look.NewDialog(v.s.win, title, container.NewVScroll(box)).Size(640, 560)
	d.Cancel(i18n.T("回到检查"), nil)
	switch {
	case gate.Blocked():
		d.Main(i18n.T("去补第一项"), func() bool { d.Hide(); v.jump(gate.Blocking[0]); return false })
	case sealing:
		d.Main(i18n.T("不补，看页面"), func() bool { d.Hide(); v.showSign(gate); return false })
	case !gate.Empty():
		d.Main(i18n.T("去补第一项"), func() bool { d.Hide(); v.jump(gate.Advice[0]); return false })
	}
	d.Show()
}

// jump goes to the place of a gap: the field itself where there is one.
func (v *walkView) jump(g inspection.Gap) {
	switch {
	case g.Indicator == "" && g.Place == "": // of the whole sheet: an old one that is not here, a closed round
		v.s.toast(g.Text)
		return
	case g.Indicator == "":
		v.editVisit()
		return
	}
	v.open(g.Indicator)
	v.focusOn(v.entry.place(g.Place))
}

// showSign shows the pages that will be signed, drawn from the very PDF, for the
// key that is chosen.
func (v *walkView) showSign(gate *model.Gate) {
	keys, err := v.s.desk.Keys()
	if err != nil {
		v.s.fail(err)
		return
	}
	if len(keys) == 0 {
		first := inspection.Person{}
		if people := v.in.Record().People.Inspectors; len(people) > 0 {
			first = people[0]
		}
		v.s.needKeyFor(first, func() { v.showSign(gate) })
		return
	}
	f := newSignForm(v.s, keys, v.in)
	var ready *desk.Prepared
	pages := v.s.newSignPages()
	wrong := look.NewPara("").In(look.Lost)
	prepare := func() {
		pages.clear()
		var err error
		if ready, err = v.in.Prepare(context.Background(), keys[max(f.key.SelectedIndex(), 0)]); err != nil {
			wrong.Set(i18n.Person(err))
			return
		}
		wrong.Set("")
		pages.put(ready.Pages)
	}
	top := look.Column(look.Gap1, pair(i18n.T("检查员"), f.key), wrong)
	if n := len(gate.Advice); n > 0 {
		top.Add(look.Note(i18n.T("还有 %d 项建议没有补，不影响签发。", n)).In(look.Waiting))
	}
	f.key.OnChanged = func(string) { prepare() }
	pages.in(i18n.T("签发 2／3　将要签署的页面"), top, func() {
		if ready != nil {
			pages.d.Hide()
			v.showPass(f, ready)
		}
	})
	prepare()
}

// showPass asks for the passphrases and signs what was shown. A wrong one is said
// here, and nothing has to be done again.
func (v *walkView) showPass(f *signForm, ready *desk.Prepared) {
	box := look.Column(look.Gap2, look.Card(v.score.summary()), f.view())
	d := look.NewDialog(v.s.win, i18n.T("签发 3／3　输入口令"), box).Size(600, 0).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("签发"), func() bool {
		r, err := f.request()
		if err != nil {
			f.wrong.Set(i18n.Person(err))
			return false
		}
		f.wrong.Set("")
		d.SetMain(false)
		v.doSeal(ready, r, func(err error) {
			d.SetMain(true)
			if err != nil {
				f.wrong.Set(i18n.Person(err))
				return
			}
			d.Hide()
		})
		return false
	})
	f.keys(d)
	d.Focus(f.pass).Show()
	f.recall()
}

// doSeal signs; told hears how it went before the result is shown.
func (v *walkView) doSeal(ready *desk.Prepared, r desk.SealRequest, told func(error)) {
	var sealed desk.Sealed
	v.s.run(job{title: i18n.T("签发评分表"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			sealed, err = ready.Seal(ctx, r)
			return err
		},
		done: func(err error) {
			if told(err); err == nil {
				v.s.showSealed(sealed)
			}
		},
		cancelled: func() { told(i18n.E("已取消，没有签发")) }})
}

// showSealed says where the file is and what to do with it.
func (s *shell) showSealed(x desk.Sealed) {
	s.goTo(placeInspect)
	box := look.Column(look.Gap2,
		look.NewPara(i18n.T("评分表已签发、写入并重新读取核验无误。请把文件交回大数据局，并打印一份交单位。")),
		pair(i18n.T("文件"), look.NewPara(x.Path)), pair(i18n.T("版次"), look.NewText(i18n.T("第 %d 版", x.Revision))),
		pair(i18n.T("短码"), look.Bold(x.Short)))
	open := look.NewButton(i18n.T("打开所在文件夹"), func() { s.openPath(filepath.Dir(x.Path)) })
	d := look.NewDialog(s.win, i18n.T("已签发"), look.Fixed(520, 0, box)).Aside(open)
	d.Cancel(i18n.T("关闭"), nil)
	d.Main(i18n.T("打开 PDF"), func() bool { s.openPath(x.Path); return true })
	d.Show()
}

// openPath opens a file or a folder with the system's own program.
func (s *shell) openPath(path string) {
	if err := s.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
		s.fail(i18n.E("系统没有打开它，请自己到文件夹里打开：%s", path, err))
	}
}

// signForm is the choice of keys with their passphrases: the inspector's, and
// the second inspector's where the round asks for two.
type signForm struct {
	s         *shell
	list      []desk.KeyInfo
	signers   int
	key, co   *look.Select
	pass, co2 *ime.Entry
	wrong     *look.Para
}

func newSignForm(s *shell, keys []desk.KeyInfo, in *desk.Inspector) *signForm {
	f := &signForm{s: s, list: keys, signers: in.Round().Signers, pass: ime.NewPassword(), co2: ime.NewPassword(), wrong: look.NewPara("").In(look.Lost)}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = model.KeyWords(k)
	}
	f.key = look.NewSelect(names, nil)
	first, second := model.Signers(keys, in.Record().People.Inspectors, s.desk.Setting("key", ""))
	f.key.SetSelectedIndex(first)
	f.co = look.NewSelect(append([]string{i18n.T("稍后在另一台电脑上补签")}, names...), nil)
	f.co.SetSelectedIndex(second + 1)
	return f
}

func (f *signForm) view() fyne.CanvasObject {
	box := look.Column(look.Gap2, pair(i18n.T("检查员"), look.NewText(f.key.Selected)), pair(i18n.T("口令"), f.pass))
	if f.signers > 1 {
		box.Add(pair(i18n.T("第二检查员"), f.co))
		box.Add(pair(i18n.T("口令"), f.co2))
	}
	box.Add(look.Note(i18n.T("签名时间取自本机时钟，未经第三方证明。本程序的证书由大数据局自建的根签发，不是电子印章。")))
	box.Add(f.wrong)
	return box
}

// keys lets Enter and Escape work inside the fields.
func (f *signForm) keys(d *look.Dialog) {
	for _, e := range []*ime.Entry{f.pass, f.co2} {
		e.OnSubmitted = func(string) { d.Enter() }
		e.OnEscape = d.Escape
	}
}

// recall fills the passphrases that their holders let the keyring keep.
func (f *signForm) recall() {
	if i := f.key.SelectedIndex(); i >= 0 {
		f.s.recall(f.list[i].SPKI, f.pass)
	}
	if i := f.co.SelectedIndex(); f.signers > 1 && i > 0 {
		f.s.recall(f.list[i-1].SPKI, f.co2)
	}
}

func (f *signForm) request() (desk.SealRequest, error) {
	if f.key.SelectedIndex() < 0 || f.pass.Text == "" {
		return desk.SealRequest{}, i18n.E("请选择密钥并输入口令")
	}
	r := desk.SealRequest{Key: f.list[f.key.SelectedIndex()], Passphrase: f.pass.Text}
	if i := f.co.SelectedIndex(); f.signers > 1 && i > 0 {
		if f.list[i-1].Number == r.Key.Number { // another key of the same person, too
			return r, i18n.E("第二检查员必须是另一个人")
		}
		co := f.list[i-1]
		r.CoKey, r.CoPassphrase = &co, f.co2.Text
	}
	_ = f.s.desk.SetSetting("key", r.Key.SPKI)
	return r, nil
}
