package ui

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
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
	add := look.NewIconButton(i18n.T("添加照片或文件（Ctrl+E）"), theme.ContentAddIcon(), func() { e.v.addEvidence("") })
	e.at("evidence", add)
	head := container.NewBorder(nil, nil, look.Middle(look.Bold(i18n.T("佐证"))), add)
	shas := model.EvidenceOf(e.entry())
	if len(shas) == 0 {
		words := i18n.T("还没有佐证。照片会自动缩小并去掉位置信息（HEIC、TIFF 和录像除外）；也可以把文件直接拖进窗口。")
		if e.v.s.desk.Setting(desk.SettingOriginals, "") == "1" {
			words = i18n.T("还没有佐证。按“设置”，照片原样保存，带着拍摄位置；也可以把文件直接拖进窗口。")
		}
		return look.Column(look.Gap2, head, look.Note(words))
	}
	meter := look.Small(model.EvidenceMeter(e.record()))
	strip := container.NewGridWrap(fyne.NewSize(thumbSide+16, thumbSide+44))
	for _, sha := range shas {
		strip.Add(e.thumb(sha))
	}
	box := look.Column(look.Gap2, head, strip, meter)
	if w := model.PlacedWords(e.record(), e.entry()); w != "" {
		box.Add(look.NewPara(w).In(look.Waiting))
	}
	return box
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
	row := look.NewRow(container.NewVBox(look.Fixed(thumbSide, thumbSide, e.picture(sha, thumbSide*2)), text), func() { e.showEvidence(sha) })
	e.at("evidence."+sha, row)
	return row
}

// picture is a piece of evidence as a picture, or the sign of a file. It is
// made smaller beside the window, for that takes longer than a key press may,
// and kept while the program runs.
func (e *entryView) picture(sha string, side int) fyne.CanvasObject {
	s, key := e.v.s, fmt.Sprintf("%s/%d", sha, side)
	box := container.NewStack(widget.NewIcon(theme.FileIcon()))
	show := func(img image.Image) {
		if img != nil {
			p := canvas.NewImageFromImage(img)
			p.FillMode = canvas.ImageFillContain
			box.Objects = []fyne.CanvasObject{p}
			box.Refresh()
		}
	}
	if img, known := s.thumbs.get(key); known {
		show(img)
		return box
	}
	var img image.Image
	in := e.v.in
	s.quietly(func() { img, _ = in.Thumbnail(sha, side) }, func() {
		s.thumbs.put(key, img)
		show(img)
	})
	return box
}

// thumbs are small pictures of evidence, by hash and size; nil for what is no
// picture.
type thumbs struct {
	mu   sync.Mutex
	kept map[string]image.Image
}

// maxThumbs is how many are kept, about 25 MB.
const maxThumbs = 250

func (t *thumbs) get(key string) (image.Image, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	img, known := t.kept[key]
	return img, known
}

func (t *thumbs) put(key string, img image.Image) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || len(t.kept) >= maxThumbs {
		t.kept = map[string]image.Image{}
	}
	t.kept[key] = img
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
	d.Aside(look.NewButton(i18n.T("删除"), func() {
		d.Hide()
		e.apply(func() error { return e.v.in.RemoveEvidence(e.code, sha) })
	}), look.NewButton(i18n.T("另存…"), func() {
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
	v.s.openFiles(i18n.T("%s 添加照片或文件", code), nil, func(paths []string) { v.takeFiles(code, finding, paths) })
}

// takeFiles puts files to an indicator; it is also what dropped files call. They
// are read and made smaller beside the window.
func (v *walkView) takeFiles(code, finding string, paths []string) {
	v.entry.flush()
	in := v.in
	var got *desk.Gathered
	v.s.run(job{title: i18n.T("添加佐证"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			got, err = in.GatherFiles(ctx, paths, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			v.takeGathered(in, code, finding, got)
		}})
}

func (v *walkView) takeGathered(in *desk.Inspector, code, finding string, got *desk.Gathered) {
	refs, err := in.AddGathered(code, finding, got)
	if v.s.screen == v {
		v.rebuild()
	}
	if err != nil {
		v.s.fail(err)
	}
	v.pointOut(refs)
	if names := got.Unread(); len(names) > 0 && len(refs) > 0 {
		v.askUnread(code, names, refs)
	}
}

// askUnread says that photos were kept with what the camera wrote into them, for the
// program promises to take the place out of photos; they can be taken away at once.
func (v *walkView) askUnread(code string, names []string, refs []inspection.EvidenceRef) {
	text := i18n.T("%s 读不出图像，已按文件原样保存：没有缩小，也没有去掉里面可能有的拍摄位置，纸面上也印不出来。可以先转成 JPEG 再添加。", model.Join(names))
	d := look.NewDialog(v.s.win, i18n.T("照片原样保存"), look.Fixed(520, 0, look.NewPara(text))).Reading(i18n.T("原样保留"))
	d.Aside(look.NewButton(i18n.T("去掉这些文件"), func() {
		d.Hide()
		for _, r := range refs {
			if slices.Contains(names, r.Name) && !v.change(func() error { return v.in.RemoveEvidence(code, r.SHA256) }) {
				break
			}
		}
		v.rebuild()
	}))
	d.Show()
}

// pointOut says that a picture just added is used in another unit, too.
func (v *walkView) pointOut(refs []inspection.EvidenceRef) {
	for _, r := range refs {
		if other := v.in.Elsewhere(r.SHA256); len(other) > 0 {
			v.s.toast(i18n.T("“%s”与%s的佐证相同，请核对", r.Name, model.Join(other)))
		}
	}
}

// paste takes a picture from the clipboard.
func (v *walkView) paste(f desk.EvidenceFile) {
	v.entry.flush()
	in, code := v.in, v.entry.code
	var got *desk.Gathered
	v.s.run(job{title: i18n.T("添加佐证"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			got, err = in.Gather(ctx, []desk.EvidenceFile{f}, nil)
			return err
		},
		done: func(err error) {
			if err == nil {
				v.takeGathered(in, code, "", got)
			}
		}})
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
	if len(paths) == 0 {
		return
	}
	if s.verifying != nil {
		s.verifying(paths)
		return
	}
	if s.win.Canvas().Overlays().Top() != nil { // evidence must not change under pages that are being signed
		s.toast(i18n.T("请先完成或关闭打开的窗口，再拖入文件"))
		return
	}
	switch v := s.screen.(type) {
	case *walkView:
		v.takeFiles(v.entry.code, "", paths)
	case *bureauView:
		v.receive(paths)
	default:
		if _, list := s.screen.(*unitsView); list && strings.EqualFold(filepath.Ext(paths[0]), ".zip") {
			s.openTask(paths[0])
			return
		}
		s.toast(i18n.T("在单位列表拖入任务包，在检查界面拖入佐证，在汇总界面拖入评分表"))
	}
}
