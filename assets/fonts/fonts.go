// Package fonts holds the one typeface of screen, paper and signature stamp:
// Noto Sans SC in two weights, under the licence in LICENSE_FONT. The same
// bytes serve all three, so a name looks the same everywhere. Beside it stands a
// serif face for documents between organs alone.
//
// The fonts cover GB 2312, GBK and Unicode's CJK block; what they lack is
// reported by Missing before anything is printed, never shown as a box.
package fonts

import (
	_ "embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Regular is the font of weight 400, Bold of weight 700, as TrueType files.
// They must not be changed; who needs to write into them takes a copy.
var (
	//go:embed NotoSansSC-Regular.ttf
	Regular []byte
	//go:embed NotoSansSC-Bold.ttf
	Bold []byte
)

// EM is the number of font units that Advance counts in.
const EM = 1000

// face is a parsed font; sfnt needs a buffer per use, so it is guarded.
type face struct {
	mu   sync.Mutex
	font *sfnt.Font
	buf  sfnt.Buffer
	wide sync.Map // rune → advance
}

var faces = [2]func() *face{
	sync.OnceValue(func() *face { return parse(Regular) }),
	sync.OnceValue(func() *face { return parse(Bold) }),
}

func parse(b []byte) *face {
	f, err := sfnt.Parse(b)
	if err != nil {
		panic("embedded font does not parse: " + err.Error()) // our own file, found by the first test
	}
	return &face{font: f}
}

func of(bold bool) *face {
	if bold {
		return faces[1]()
	}
	return faces[0]()
}

// covered has a bit for each rune below U+10000 that both weights can draw:
// whole documents are checked rune by rune.
var covered = sync.OnceValue(func() *[0x10000 / 64]uint64 {
	set := &[0x10000 / 64]uint64{}
	for r := range rune(0x10000) {
		if of(false).has(r) && of(true).has(r) {
			set[r/64] |= 1 << (r % 64)
		}
	}
	return set
})

// Has tells whether both weights can draw the rune.
func Has(r rune) bool {
	if r >= 0 && r < 0x10000 {
		return covered()[r/64]>>(r%64)&1 == 1
	}
	return of(false).has(r) && of(true).has(r)
}

func (f *face) has(r rune) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && i != 0
}

// Missing are the runes of s that the fonts cannot draw, each once, in order.
// Line breaks and tabs are not drawn and not missing.
func Missing(s string) []rune {
	var out []rune
	seen := map[rune]bool{}
	for _, r := range s {
		if r == '\n' || r == '\r' || r == '\t' || seen[r] {
			continue
		}
		seen[r] = true
		if !Has(r) {
			out = append(out, r)
		}
	}
	return out
}

// Advance is how wide the rune is, in 1/1000 of the text size.
func Advance(bold bool, r rune) float64 {
	return of(bold).wideOf(r)
}

func (f *face) wideOf(r rune) float64 {
	if w, ok := f.wide.Load(r); ok {
		return w.(float64)
	}
	w := f.advance(r)
	f.wide.Store(r, w)
	return w
}

func (f *face) advance(r rune) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return EM
	}
	a, err := f.font.GlyphAdvance(&f.buf, i, fixed.I(EM), font.HintingNone)
	if err != nil {
		return EM
	}
	return float64(a) / 64
}

// Outline is the shape of a rune at EM units to the text size, y growing
// upwards, for drawing it as a filled path. It is empty for white space.
func Outline(bold bool, r rune) (sfnt.Segments, error) {
	f := of(bold)
	f.mu.Lock()
	defer f.mu.Unlock()
	i, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return nil, err
	}
	s, err := f.font.LoadGlyph(&f.buf, i, fixed.I(EM), nil)
	return append(sfnt.Segments(nil), s...), err
}
