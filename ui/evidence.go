package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// thumbSide is the side of a photo in the evidence strip, in pixels.
const thumbSide = 88

// evidenceView is the strip of photos and files 佐证 of the indicator.
func (e *entryView) evidenceView() fyne.CanvasObject {
	add := widget.NewButtonWithIcon(i18n.T("添加照片或文件（Ctrl+E）"), theme.ContentAddIcon(), func() { e.v.addEvidence("") })
	head := container.NewBorder(nil, nil, look.Middle(look.Bold(i18n.T("佐证"))), add)
	shas := model.EvidenceOf(e.entry())
	if len(shas) == 0 {
		return look.Column(look.Gap2, head, look.Note(i18n.T("还没有佐证。照片会自动缩小并去掉位置信息；也可以把文件直接拖进窗口。")))
	}
	meter := look.Small(model.EvidenceMeter(e.record()))
	strip := container.NewGridWrap(fyne.NewSize(thumbSide+16, thumbSide+44))
	for _, sha := range shas {
		strip.Add(e.thumb(sha))
	}
	return look.Column(look.Gap2, head, strip, meter)
}

// thumb is a piece of evidence in the strip; Enter or a click opens it.
func (e *entryView) thumb(sha string) fyne.CanvasObject {
	ref := model.EvidenceRef(e.record(), sha)
	name := ref.Caption
	if name == "" {
		name = ref.Name
	}
	text := look.Small(name).Elided()
	text.Align = fyne.TextAlignCenter
	return look.NewRow(container.NewVBox(look.Fixed(thumbSide, thumbSide, e.picture(sha, thumbSide*2)), text), func() { e.showEvidence(sha) })
}

// picture is a piece of evidence as a picture, or the sign of a file.
func (e *entryView) picture(sha string, side int) fyne.CanvasObject {
	img, err := e.v.in.Thumbnail(sha, side)
	if err != nil || img == nil {
		return widget.NewIcon(theme.FileIcon())
	}
	p := canvas.NewImageFromImage(img)
	p.FillMode = canvas.ImageFillContain
	return p
}

// showEvidence shows one piece large, with its caption, where else it is used,
// and the buttons to keep a copy or to take it away.
func (e *entryView) showEvidence(sha string) {
	e.flush()
	ref := model.EvidenceRef(e.record(), sha)
	caption := ime.NewEntry()
	caption.SetText(ref.Caption)
	caption.SetPlaceHolder(i18n.T("图片或文件说明，印在评分表上"))
	box := look.Column(look.Gap2, pair(i18n.T("说明"), caption), look.Small(model.EvidenceWords(ref)))
	if other := e.v.in.Elsewhere(sha); len(other) > 0 {
		box.Add(look.NewPara(i18n.T("同一张图片也用在：%s。请核对是不是放错了单位。", model.Join(other))).In(look.Waiting))
	}
	d := look.NewDialog(e.v.s.win, ref.Name, container.NewBorder(nil, box, nil, nil, e.picture(sha, 1200))).Size(860, 640).Cancel(i18n.T("取消"), nil)
	d.Aside(widget.NewButton(i18n.T("删除"), func() {
		d.Hide()
		e.apply(func() error { return e.v.in.RemoveEvidence(e.code, sha) })
	}), widget.NewButton(i18n.T("另存…"), func() {
		e.v.s.saveFile(ref.Name, func(path string) error {
			b, err := e.v.in.EvidenceBytes(sha)
			if err != nil {
				return err
			}
			return desk.WriteFile(path, b)
		})
	}))
	d.Main(i18n.T("确定"), func() bool {
		if caption.Text != ref.Caption {
			e.apply(func() error { return e.v.in.SetCaption(sha, caption.Text) })
		}
		return true
	})
	caption.OnSubmitted, caption.OnEscape = func(string) { d.Enter() }, d.Escape
	d.Focus(caption).Show()
}

// addEvidence asks for files; finding "" puts them to the indicator itself.
func (v *walkView) addEvidence(finding string) {
	v.entry.flush()
	code := v.entry.code
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		defer r.Close()
		_ = v.s.desk.SetSetting("folder", storage.NewFileURI(r.URI().Path()).Path())
		v.takeFiles(code, finding, []string{r.URI().Path()})
	}, v.s.win)
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}

// takeFiles puts files to an indicator; it is also what dropped files call.
func (v *walkView) takeFiles(code, finding string, paths []string) {
	var refs []inspection.EvidenceRef
	if v.change(func() (err error) { refs, err = v.in.AddEvidenceFiles(code, finding, paths...); return err }) {
		v.rebuild()
		v.pointOut(refs)
	}
}

// pointOut says that a picture just added is used in another unit, too.
func (v *walkView) pointOut(refs []inspection.EvidenceRef) {
	for _, r := range refs {
		if other := v.in.Elsewhere(r.SHA256); len(other) > 0 {
			v.s.toast(i18n.T("“%s”与%s的佐证相同，请核对", r.Name, model.Join(other)))
		}
	}
}

// paste takes a picture from the clipboard, if there is one.
func (v *walkView) paste(files ...desk.EvidenceFile) {
	v.entry.flush()
	var refs []inspection.EvidenceRef
	if v.change(func() (err error) { refs, err = v.in.AddEvidence(v.entry.code, "", files...); return err }) {
		v.rebuild()
		v.pointOut(refs)
	}
}

// dropped gets files dragged onto the window: evidence on the walk-through,
// received files on the merge screen; while the verifier is open, for it.
func (s *shell) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	s.addFiles(paths)
}

func (s *shell) addFiles(paths []string) {
	if s.verifying != nil {
		s.verifying(paths)
		return
	}
	switch v := s.screen.(type) {
	case *walkView:
		v.takeFiles(v.entry.code, "", paths)
	case *bureauView:
		v.receive(paths)
	default:
		s.toast(i18n.T("在检查界面拖入佐证，在汇总界面拖入评分表"))
	}
}
