package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"xunping/ui/look"
	"xunping/ui/pages"
)

// inked counts the dark pixels of a picture.
func inked(img image.Image) (n int) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}

// The pages that will be signed are drawn from the PDF's own bytes, turned and made
// larger by keys.
func TestPreviewIsDrawn(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	some(t, v)
	pdf, err := v.in.Preview()
	must(t, err)
	cache := t.TempDir()
	must(t, pages.Compile(cache))
	doc, err := pages.Open(pdf, cache)
	must(t, err)

	p := s.newPages(pdf)
	s.sheet("页面", look.Fixed(700, 460, p.view()))
	p.take(doc)
	if inked(p.image.Image) < 1000 || p.where.Text != "第 1／3 页" {
		t.Fatalf("the first page has %d dark pixels and is called %q", inked(p.image.Image), p.where.Text)
	}
	golden(t, s, "preview-drawn")
	first, width := p.image.Image, p.image.MinSize().Width
	press := func(name fyne.KeyName) { p.key(&fyne.KeyEvent{Name: name}) }

	press(fyne.KeyRight)
	if p.where.Text != "第 2／3 页" || p.image.Image == first || inked(p.image.Image) < 1000 {
		t.Errorf("the second page is %q", p.where.Text)
	}
	press(fyne.KeyEqual)
	if w := p.image.MinSize().Width; w != width*zoomStep || float32(p.image.Image.Bounds().Dx()) < w {
		t.Errorf("larger is %v wide with %d pixels, was %v", w, p.image.Image.Bounds().Dx(), width)
	}
	press(fyne.KeyMinus)
	for range 5 {
		press(fyne.KeyRight)
	}
	if p.where.Text != "第 3／3 页" {
		t.Errorf("after the last page comes %q", p.where.Text)
	}
	for range 9 {
		press(fyne.KeyLeft)
	}
	if p.where.Text != "第 1／3 页" || inked(p.image.Image) != inked(first) {
		t.Errorf("back at the first page is %q", p.where.Text)
	}

	closed := s.newPages(pdf)
	closed.close()
	again, err := pages.Open(pdf, cache)
	must(t, err)
	closed.take(again) // the dialog was closed while the engine started
	if closed.doc != nil {
		t.Error("a closed preview keeps the engine")
	}
	p.close()
	if p.doc != nil {
		t.Error("the engine stays when the preview is closed")
	}
}
