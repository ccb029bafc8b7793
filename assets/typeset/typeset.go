// Package typeset breaks text into lines, once for screen and paper.
//
// Chinese may break between any two characters, but no line opens with closing
// punctuation and none closes with opening punctuation; Latin words and
// numbers stay whole. The rune is never lost: the lines joined are the text,
// but for the spaces at the breaks. The line breakers of the PDF library drop
// one Chinese character at each break, which is why this exists.
package typeset

import (
	"strings"
	"unicode"
)

// noStart may not open a line, noEnd may not close one.
const (
	noStart = "，。；：？！、）》」』】〉”’…—·％℃,.;:?!)%]}"
	noEnd   = "（《「『【〈“‘￥([{"
)

// Wrap breaks text into lines no wider than width, measured by measure.
// Paragraphs are separated by \n; an empty paragraph is an empty line. A
// single rune wider than the line stands alone on it.
func Wrap(text string, width float64, measure func(string) float64) []string {
	return WrapAdvance(text, width, func(r rune) float64 { return measure(string(r)) })
}

// WrapAdvance is Wrap with the width of each rune; it looks at every rune once
// or twice, however long the text.
func WrapAdvance(text string, width float64, advance func(rune) float64) []string {
	var lines []string
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for para := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapParagraph([]rune(para), width, advance)...)
	}
	return lines
}

func wrapParagraph(r []rune, width float64, advance func(rune) float64) []string {
	if len(r) == 0 {
		return []string{""}
	}
	var lines []string
	for len(r) > 0 {
		n := fit(r, width, advance)
		if n < len(r) {
			n = breakAt(r, n)
		}
		lines = append(lines, strings.TrimRight(string(r[:n]), " "))
		r = r[n:]
		for len(r) > 0 && r[0] == ' ' {
			r = r[1:]
		}
	}
	return lines
}

// fit is how many runes fit into the width, at least one.
func fit(r []rune, width float64, advance func(rune) float64) int {
	used := advance(r[0])
	n := 1
	for n < len(r) {
		w := advance(r[n])
		if used+w > width {
			break
		}
		used += w
		n++
	}
	return n
}

// breakAt steps back from n to a place where the line may break: at most half
// the line, or further to keep a word or number whole; where there is no such
// place it breaks hard at n.
func breakAt(r []rune, n int) int {
	limit := n / 2
	if inWord(r[n-1], r[n]) {
		limit = 0
	}
	for i := n; i > limit; i-- {
		before, after := r[i-1], r[i]
		if !inWord(before, after) && !closing(after) && !strings.ContainsRune(noEnd, before) {
			return i
		}
	}
	return n
}

// closing tells that the rune may not open a line: closing punctuation, and
// marks that belong to the rune before them (accents, variants of a character).
func closing(r rune) bool { return strings.ContainsRune(noStart, r) || unicode.Is(unicode.M, r) }

// inWord tells whether a break here would cut a Latin word or a number.
func inWord(before, after rune) bool {
	return latin(before) && latin(after)
}

// latin: everything before the punctuation block, the no-break space with it.
func latin(r rune) bool { return r < 0x2000 && r != ' ' && r != '\t' }
