package ui

import (
	"context"
	"image"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/pages"
)

// pagesView shows the pages of a PDF inside the window, one at a time, drawn
// from its bytes. The engine is there only while the view is.
type pagesView struct {
	s     *shell
	pdf   []byte
	doc   *pages.Document
	n     int
	zoom  float32 // 1 is as wide as the view
	image *canvas.Image
	where *look.Text
	box   *container.Scroll
	gone  bool
}

// zooms are the steps of size.
const zoomStep, zoomLeast, zoomMost = 1.25, 0.5, 4

func (s *shell) newPages(pdf []byte) *pagesView {
	v := &pagesView{s: s, pdf: pdf, zoom: 1, image: canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1))), where: look.Small(i18n.T("正在准备页面…"))}
	v.image.FillMode = canvas.ImageFillStretch
	v.box = container.NewScroll(container.NewCenter(v.image))
	return v
}

func (v *pagesView) view() fyne.CanvasObject {
	button := func(icon fyne.Resource, do func()) *look.Button { return look.NewIconButton("", icon, do) }
	bar := look.Across(look.Gap2, button(theme.NavigateBackIcon(), func() { v.turn(-1) }), look.Middle(v.where), button(theme.NavigateNextIcon(), func() { v.turn(1) }),
		look.Stretch(), button(theme.ZoomOutIcon(), func() { v.scale(1 / zoomStep) }), button(theme.ZoomFitIcon(), func() { v.scale(0) }), button(theme.ZoomInIcon(), func() { v.scale(zoomStep) }),
		look.NewButton(i18n.T("用系统程序打开"), v.outside))
	return container.NewBorder(bar, nil, nil, nil, container.NewStack(look.NewFill(look.Soft), v.box))
}

// open starts the engine; the first time on a machine it is compiled, which
// takes seconds and can be cancelled.
func (v *pagesView) open() {
	v.s.run(job{title: i18n.T("准备显示页面（第一次要几秒）"),
		work: func(ctx context.Context, _ desk.Progress) error {
			cache, err := pages.Cache()
			if err == nil {
				err = pages.Prepare(ctx, cache)
			}
			if err != nil {
				return err
			}
			doc, err := pages.Open(v.pdf, cache)
			fyne.DoAndWait(func() { v.take(doc) })
			return err
		},
		done: func(err error) {
			if err != nil {
				v.where.Set(i18n.T("页面不能在窗口里显示，请用系统程序打开"))
			}
		}})
}

func (v *pagesView) take(doc *pages.Document) {
	if doc == nil {
		return
	}
	if v.gone { // the dialog was closed meanwhile
		doc.Close()
		return
	}
	v.doc = doc
	v.show()
}

func (v *pagesView) turn(by int) {
	if v.doc != nil && v.n+by >= 0 && v.n+by < v.doc.Pages {
		v.n += by
		v.box.ScrollToTop()
		v.show()
	}
}

// scale makes the page larger or smaller; 0 fits it again.
func (v *pagesView) scale(by float32) {
	if v.zoom *= by; by == 0 {
		v.zoom = 1
	}
	v.zoom = min(max(v.zoom, zoomLeast), zoomMost)
	v.show()
}

// show draws the open page. A page takes a tenth of a second, so it is drawn on
// the spot.
func (v *pagesView) show() {
	if v.doc == nil {
		return
	}
	width := max(v.box.Size().Width-look.Gap6, 320) * v.zoom
	img, err := v.doc.Page(v.n, int(width*v.s.win.Canvas().Scale()))
	if err != nil {
		v.where.Set(i18n.Person(err))
		return
	}
	v.image.Image = img
	b := img.Bounds()
	v.image.SetMinSize(fyne.NewSize(width, width*float32(b.Dy())/float32(b.Dx())))
	v.image.Refresh()
	v.box.Refresh()
	v.where.Set(i18n.T("第 %d／%d 页", v.n+1, v.doc.Pages))
}

// close gives the engine's memory back.
func (v *pagesView) close() {
	v.gone = true
	if v.doc != nil {
		v.doc.Close()
		v.doc = nil
	}
}

// outside opens the same bytes with the system's own program.
func (v *pagesView) outside() {
	path := filepath.Join(os.TempDir(), "xunping-preview.pdf")
	if err := desk.WriteFile(path, v.pdf); err != nil {
		v.s.fail(err)
		return
	}
	v.s.openPath(path)
}

// key turns pages and scrolls with the keyboard.
func (v *pagesView) key(k *fyne.KeyEvent) {
	step := v.box.Size().Height * 0.8
	switch k.Name {
	case fyne.KeyRight:
		v.turn(1)
	case fyne.KeyLeft:
		v.turn(-1)
	case fyne.KeyDown, fyne.KeyPageDown, fyne.KeySpace:
		v.box.ScrollToOffset(v.box.Offset.AddXY(0, step))
	case fyne.KeyUp, fyne.KeyPageUp:
		v.box.ScrollToOffset(v.box.Offset.SubtractXY(0, min(step, v.box.Offset.Y)))
	case fyne.KeyPlus, fyne.KeyEqual:
		v.scale(zoomStep)
	case fyne.KeyMinus:
		v.scale(1 / zoomStep)
	}
}
