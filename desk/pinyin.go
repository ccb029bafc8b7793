package desk

import (
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// Initials are the pinyin initials of a name: 南宁市 is nns. Other characters
// stay, in lower case.
func Initials(name string) string {
	args := pinyin.NewArgs()
	args.Style = pinyin.FirstLetter
	args.Fallback = func(r rune, _ pinyin.Args) []string { return []string{strings.ToLower(string(r))} }
	var b strings.Builder
	for _, p := range pinyin.Pinyin(name, args) {
		if len(p) > 0 {
			b.WriteString(p[0])
		}
	}
	return b.String()
}
