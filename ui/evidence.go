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
	strip := container.NewGridWrap(fyne.NewSize(thumbSide+16, thumbSide+44))
	for _, sha := range shas {
		strip.Add(e.thumb(sha))
	}
	return look.Column(look.Gap2, head, strip)
}

func (e *entryView) thumb(sha string) fyne.CanvasObject {
	ref := model.EvidenceRef(e.record(), sha)
	var picture fyne.CanvasObject = widget.NewIcon(theme.FileIcon())
	if img, err := e.v.in.Thumbnail(sha, thumbSide*2); err == nil && img != nil {
		p := canvas.NewImageFromImage(img)
		p.FillMode = canvas.ImageFillContain
		picture = p
	}
	drop := widget.NewButtonWithIcon("", theme.DeleteIcon(), func() {
		e.apply(func() error { return e.v.in.RemoveEvidence(e.code, sha) })
	})
	drop.Importance = widget.LowImportance
	name := look.Small(ref.Name).Elided()
	return container.NewBorder(nil, container.NewBorder(nil, nil, nil, drop, look.Middle(name)), nil, nil,
		look.Fixed(thumbSide, thumbSide, picture))
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
	if v.change(func() error { _, err := v.in.AddEvidenceFiles(code, finding, paths...); return err }) {
		v.rebuild()
	}
}

// paste takes a picture from the clipboard, if there is one.
func (v *walkView) paste(files ...desk.EvidenceFile) {
	if v.change(func() error { _, err := v.in.AddEvidence(v.entry.code, "", files...); return err }) {
		v.rebuild()
	}
}

// dropped gets files dragged onto the window: evidence on the walk-through,
// received files on the merge screen.
func (s *shell) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	s.addFiles(paths)
}

func (s *shell) addFiles(paths []string) {
	switch v := s.screen.(type) {
	case *walkView:
		v.takeFiles(v.entry.code, "", paths)
	case *bureauView:
		v.receive(paths)
	default:
		s.toast(i18n.T("在检查界面拖入佐证，在汇总界面拖入评分表"))
	}
}
