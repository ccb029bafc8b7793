package ui

import (
	"fmt"

	"xunping/assets/i18n"
	"xunping/desk"
)

// clipboardImage gives the picture that lies in the clipboard as PNG, nil when
// there is none. Fyne's clipboard knows text only, so a build for a real screen
// sets this; without one there is no clipboard either.
var clipboardImage = func() ([]byte, error) { return nil, nil }

// pasteImage adds the picture in the clipboard, a screenshot say, as evidence.
func (v *walkView) pasteImage() {
	img, err := clipboardImage()
	if err != nil {
		v.s.fail(i18n.E("剪贴板读不出来：%s", err))
		return
	}
	if len(img) == 0 {
		v.s.toast(i18n.T("剪贴板里没有图片"))
		return
	}
	name := fmt.Sprintf("%s-%s.png", i18n.T("截图"), v.s.desk.Now().Format("20060102-150405"))
	v.paste(desk.EvidenceFile{Name: name, Data: img})
}
