package typeset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func ten(r rune) float64 {
	if r < 0x2000 {
		return 5
	}
	return 10
}

func TestBreaksWherePeopleWould(t *testing.T) {
	cases := []struct {
		text  string
		width float64
		want  string
	}{
		{"一二三四五六", 30, "一二三|四五六"},
		{"一二三，四五六", 30, "一二|三，四|五六"},
		{"一二（三四五）六", 30, "一二|（三四|五）六"},
		{"共12345项", 30, "共|12345|项"},
		{"hello world", 30, "hello|world"},
		{"一\n\n二", 30, "一||二"},
		{"", 30, ""},
		{"一二", 1, "一|二"},
		{"一二葛\U000E0101三", 30, "一二|葛\U000E0101三"}, // a variant stays with its character
		{"共 12\u00a0345 项", 35, "共|12\u00a0345|项"},
		{"一二\r\n三", 30, "一二|三"},
		{"  一二三", 30, "  一二|三"}, // an indent stays
	}
	for _, c := range cases {
		if got := strings.Join(WrapAdvance(c.text, c.width, ten), "|"); got != c.want {
			t.Errorf("%q at %v: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestLosesNothingAndKeepsTheWidth(t *testing.T) {
	strip := func(s string) string { return strings.NewReplacer(" ", "", "\r\n", "", "\n", "").Replace(s) }
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.OneOf(
			rapid.StringOf(rapid.SampledFrom([]rune("一二三四，。（）《》abc 123.%\n𠮷…—"))),
			rapid.StringOf(rapid.Rune()),
		).Draw(rt, "text")
		width := rapid.Float64Range(1, 200).Draw(rt, "width")
		lines := WrapAdvance(text, width, ten)
		if strip(strings.Join(lines, "")) != strip(text) {
			rt.Fatalf("%q became %q", text, lines)
		}
		for _, l := range lines {
			w := 0.0
			for _, r := range l {
				w += ten(r)
			}
			if w > width && utf8.RuneCountInString(l) > 1 {
				rt.Fatalf("line %q is %v wide, more than %v", l, w, width)
			}
		}
	})
}

// A run without a place to break is cut hard, and a hundred times the text
// looks at no more than a few hundred times the runes.
func TestLongRunsAreCutAndWorkStaysLinear(t *testing.T) {
	work := func(n int) (asked int) {
		lines := WrapAdvance(strings.Repeat("a", n), 100, func(rune) float64 { asked++; return 5 })
		if len(lines) != n/20 {
			t.Errorf("%d runes of 20 a line became %d lines", n, len(lines))
		}
		return asked
	}
	if few, many := work(1_000), work(100_000); many > 200*few {
		t.Errorf("%d widths asked for 1,000 runes, %d for 100,000", few, many)
	}
}
