package fonts

import (
	_ "embed"
	"sync"
)

// SerifRegular and SerifBold are Noto Serif SC, cut down to GB 2312, under the
// licence in LICENSE_FONT_SERIF: the nearest to 仿宋 and 小标宋 that may be passed on
// with a program. Documents between organs are set in it when it has all their
// characters (HasSerif); a rare name sets the whole document in Noto Sans SC.
var (
	//go:embed NotoSerifSC-Regular.ttf
	SerifRegular []byte
	//go:embed NotoSerifSC-Bold.ttf
	SerifBold []byte
)

var serifs = [2]func() *face{
	sync.OnceValue(func() *face { return parse(SerifRegular) }),
	sync.OnceValue(func() *face { return parse(SerifBold) }),
}

func serif(bold bool) *face {
	if bold {
		return serifs[1]()
	}
	return serifs[0]()
}

// HasSerif tells whether both weights of the serif face can draw all of s; line
// breaks are not drawn.
func HasSerif(s string) bool {
	for _, r := range s {
		if r >= ' ' && !(serif(false).has(r) && serif(true).has(r)) {
			return false
		}
	}
	return true
}

// AdvanceSerif is how wide the rune is in the serif face, in 1/1000 of the text
// size.
func AdvanceSerif(bold bool, r rune) float64 { return serif(bold).wideOf(r) }
