package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/ui/look"
)

// signPages are the pages that somebody is about to sign, drawn from the very PDF.
// While points are hidden they are shown when he asks for them, and until then he
// goes no further: nobody signs what he has not seen.
type signPages struct {
	s     *shell
	d     *look.Dialog
	place *fyne.Container
	shown *pagesView
	asked bool
}

func (s *shell) newSignPages() *signPages { return &signPages{s: s, place: container.NewStack()} }

// in opens a dialog with the pages below what is said on top; next goes on to the
// passphrase.
func (p *signPages) in(title string, top fyne.CanvasObject, next func()) {
	p.d = look.NewDialog(p.s.win, title, container.NewBorder(top, nil, nil, nil, p.place)).Size(1180, 720).Cancel(i18n.T("取消"), nil)
	p.d.Closed(p.clear)
	p.d.Main(i18n.T("下一步：口令"), func() bool { next(); return false })
	p.d.OnKey = func(k *fyne.KeyEvent) {
		if p.shown != nil {
			p.shown.key(k)
		}
	}
	p.d.Show()
}

// put shows the pages of a PDF in the place of others.
func (p *signPages) put(pdf []byte) {
	p.clear()
	seen := p.asked || !p.s.hidden()
	p.d.SetMain(seen)
	if !seen {
		p.place.Objects = []fyne.CanvasObject{coverPages(func() { p.asked = true; p.put(pdf) })}
		p.place.Refresh()
		return
	}
	p.shown = p.s.newPages(pdf)
	p.place.Objects = []fyne.CanvasObject{p.shown.view()}
	p.place.Refresh()
	p.shown.open()
}

// clear takes the pages away, and gives their memory back.
func (p *signPages) clear() {
	if p.shown != nil {
		p.shown.close()
	}
	p.shown, p.place.Objects = nil, nil
	p.place.Refresh()
}

// coverPages stands in the place of the pages while points are hidden: they are full of
// them, and who signs decides when the unit sees them.
func coverPages(show func()) fyne.CanvasObject {
	return container.NewCenter(look.Column(look.Gap3, look.NewText(i18n.T("分数已隐藏，将要签署的页面上有分数。签发前要看过页面。")), look.NewButton(i18n.T("显示页面"), show)))
}
