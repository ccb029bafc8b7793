package scoring

import (
	"bytes"
	"math/big"
	"strconv"
)

// Format prints the number half up with the fewest places, at least the given
// ones, at which the printed figure stands to every threshold as the exact
// number does: 69.996 is never “70.00” when 70 opens a gate.
func (a Exact) Format(places int, thresholds []Exact) string {
	return string(a.appendFormat(nil, places, thresholds))
}

func (a Exact) appendFormat(b []byte, places int, thresholds []Exact) []byte {
	for p := places; ; p++ {
		if q, scale, ok := a.roundSmall(p); ok {
			v := fraction{n: q, d: scale}
			if a.standsAs(Exact{-1, &v}, thresholds) {
				var room [20]byte
				return appendPoint(b, strconv.AppendInt(room[:0], q, 10), p)
			}
			continue
		}
		digits, v := a.round(p)
		if p > places+200 || a.standsAs(fromRat(v), thresholds) {
			return append(b, digits...)
		}
	}
}

// standsAs tells whether the figure v stands to every threshold as a does.
func (a Exact) standsAs(v Exact, thresholds []Exact) bool {
	for _, t := range thresholds {
		if v.Cmp(t) != a.Cmp(t) {
			return false
		}
	}
	return true
}

// round is a rounded half up to the given places.
func (a Exact) round(places int) (digits string, value *big.Rat) {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	r := a.rat()
	twice := new(big.Int).Mul(r.Num(), scale)
	twice.Lsh(twice, 1).Add(twice, r.Denom())
	q := twice.Quo(twice, new(big.Int).Lsh(r.Denom(), 1))
	return string(appendPoint(nil, q.Append(nil, 10), places)), new(big.Rat).SetFrac(q, scale)
}

// roundSmall is round for numbers of two machine words that stay so: q/scale.
func (a Exact) roundSmall(places int) (q, scale int64, ok bool) {
	n, d, ok := a.parts()
	if !ok || places > 9 {
		return 0, 1, false
	}
	scale = 1
	for range places {
		scale *= 10
	}
	twice, ok := mul64(n, 2*scale)
	if !ok || d > 1<<60 || twice > 1<<62-d {
		return 0, 1, false
	}
	return (twice + d) / (2 * d), scale, true
}

// Percent is done/total in percent with two places, half up, and never
// “100.00” before all is done.
func Percent(done, total Decimal) string {
	if total == 0 {
		return "—"
	}
	share := exact(done).div(exact(total)).mul(whole(100))
	return share.Format(2, []Exact{whole(100)}) + " %"
}

// appendPoint writes digits of which so many stand after the point.
func appendPoint(b, digits []byte, places int) []byte {
	before := len(digits) - places
	if before <= 0 {
		b = append(b, '0')
	} else {
		b = append(b, digits[:before]...)
		digits = digits[before:]
	}
	if places == 0 {
		return b
	}
	b = append(b, '.')
	for ; before < 0; before++ {
		b = append(b, '0')
	}
	return append(b, digits...)
}

func trimZeros(digits []byte) []byte {
	if bytes.IndexByte(digits, '.') < 0 {
		return digits
	}
	return bytes.TrimRight(bytes.TrimRight(digits, "0"), ".")
}
