package scoring

import (
	"strconv"

	"xunping/assets/i18n"
)

// Decimal is a non-negative number with at most four decimals, held as an
// integer of 1/10000: points, counts, ratios. It is written as a JSON string
// matching (0|[1-9][0-9]{0,8})(\.[0-9]{1,4})? and printed shortest.
type Decimal int64

// One is the number 1.
const One Decimal = 10000

// maxWhole is how many digits may stand before the point.
const maxWhole = 9

// ParseDecimal reads a decimal. The error names the text.
func ParseDecimal(s string) (Decimal, error) {
	whole, frac := s, ""
	for i := range len(s) {
		if s[i] == '.' {
			whole, frac = s[:i], s[i+1:]
			if frac == "" {
				return 0, notDecimal(s)
			}
			break
		}
	}
	if whole == "" || len(whole) > maxWhole || len(frac) > 4 || (len(whole) > 1 && whole[0] == '0') {
		return 0, notDecimal(s)
	}
	var n int64
	for i := range 4 + len(whole) {
		c := byte('0')
		switch {
		case i < len(whole):
			c = whole[i]
		case i-len(whole) < len(frac):
			c = frac[i-len(whole)]
		}
		if c < '0' || c > '9' {
			return 0, notDecimal(s)
		}
		n = n*10 + int64(c-'0')
	}
	return Decimal(n), nil
}

func notDecimal(s string) error {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return i18n.E("“%s”不是合格的数（最多 9 位整数、4 位小数）", s)
}

// String prints the decimal shortest: 2.5, not 2.5000.
func (d Decimal) String() string { return string(d.append(nil)) }

func (d Decimal) append(b []byte) []byte {
	n := int64(d)
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	if n < 10*int64(One) { // one digit, as most points have
		b = append(b, byte('0'+n/int64(One)))
	} else {
		b = strconv.AppendInt(b, n/int64(One), 10)
	}
	frac := n % int64(One)
	if frac == 0 {
		return b
	}
	b = append(b, '.')
	for unit := int64(One) / 10; frac > 0; unit /= 10 {
		b = append(b, byte('0'+frac/unit))
		frac %= unit
	}
	return b
}

// MarshalText and UnmarshalText make the decimal a JSON string.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote, strictly.
func (d *Decimal) UnmarshalText(b []byte) error {
	v, err := ParseDecimal(string(b))
	if err == nil {
		*d = v
	}
	return err
}
