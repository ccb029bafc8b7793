package report

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xunping/assets/fonts"
	"xunping/assets/rubrics"
)

// extra are runes beyond GB 2312 that the pages use themselves.
const extra = "−≥≤×÷✓✗…“”‘’—·〓①②③④⑤⑥⑦⑧⑨⑩"

// tier is a set of characters and the two fonts cut down to it, once.
type tier struct {
	set           map[rune]bool
	regular, bold []byte
}

// tiers from small to large: the everyday characters (GB 2312 level 1), then
// all of GB 2312; beyond them the whole fonts are used. The drawing library
// copies and parses the fonts for every document, so a small one halves the
// time of a scorecard.
var tiers = [...]func() *tier{
	sync.OnceValue(func() *tier { return newTier(0xD7) }),
	sync.OnceValue(func() *tier { return newTier(0xF7) }),
}

// newTier takes the rows of GB 2312 up to the given lead byte, ASCII, and the
// characters of the pages and of the rubrics that come with the program.
func newTier(last int) *tier {
	set := map[rune]bool{}
	add := func(s string) {
		for _, r := range s {
			if r >= ' ' && r <= 0xFFFF && fonts.Has(r) {
				set[r] = true
			}
		}
	}
	for c := rune(' '); c <= '~'; c++ {
		set[c] = true
	}
	dec := simplifiedchinese.GBK.NewDecoder()
	for hi := 0xA1; hi <= last; hi++ {
		for lo := 0xA1; lo <= 0xFE; lo++ {
			if s, err := dec.String(string([]byte{byte(hi), byte(lo)})); err == nil {
				add(s)
			}
		}
	}
	add(extra)
	for _, b := range rubrics.List() {
		add(string(b.JSON))
	}
	all := make([]rune, 0, len(set))
	for r := range set {
		all = append(all, r)
	}
	slices.Sort(all)
	return &tier{set: set, regular: gofpdf.UTF8CutFont(bytes.Clone(fonts.Regular), string(all)),
		bold: gofpdf.UTF8CutFont(bytes.Clone(fonts.Bold), string(all))}
}

// fontsFor gives the smallest fonts that can draw the text. The bytes are
// copies: the drawing library writes into them.
func fontsFor(text string) (regular, bold []byte) {
	for _, get := range tiers {
		if t := get(); t.covers(text) {
			return bytes.Clone(t.regular), bytes.Clone(t.bold)
		}
	}
	return bytes.Clone(fonts.Regular), bytes.Clone(fonts.Bold)
}

func (t *tier) covers(text string) bool {
	for _, r := range text {
		if r > ' ' && r <= 0xFFFF && !t.set[r] && fonts.Has(r) {
			return false
		}
	}
	return true
}

// printable replaces what cannot be drawn: runes the fonts lack and those
// above U+FFFF, which the drawing library cannot take. The record keeps the
// truth; the page shows 〓 and says so.
func printable(s string, missing map[rune]bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < ' ':
			return ' '
		case r > 0xFFFF || !fonts.Has(r):
			missing[r] = true
			return '〓'
		}
		return r
	}, s)
}
