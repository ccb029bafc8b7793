package scoring

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Exact is a non-negative fraction without rounding. Small fractions, which
// are all that occur in practice, are two machine words; what does not fit
// goes over to math/big, so that any decimal the format permits stays exact.
// The zero value is 0.
type Exact struct {
	n, d int64 // n/d with d > 0, or 0/0 for zero
	big  *big.Rat
}

func exact(d Decimal) Exact { return Exact{n: int64(d), d: int64(One)} }

func whole(n int64) Exact { return Exact{n: n, d: 1} }

func (a Exact) parts() (n, d int64) {
	if a.d == 0 {
		return 0, 1
	}
	return a.n, a.d
}

func (a Exact) rat() *big.Rat {
	if a.big != nil {
		return a.big
	}
	n, d := a.parts()
	return big.NewRat(n, d)
}

func fromRat(r *big.Rat) Exact { return Exact{big: r} }

// mul64 multiplies and tells whether the product fits.
func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return int64(lo), hi == 0 && lo <= 1<<62
}

func (a Exact) add(b Exact) Exact {
	if a.n == 0 && a.big == nil { // most sums are of nothing
		return b
	}
	if b.n == 0 && b.big == nil {
		return a
	}
	if a.big == nil && b.big == nil {
		an, ad := a.parts()
		bn, bd := b.parts()
		if ad == bd && an <= 1<<61 && bn <= 1<<61 {
			return Exact{n: an + bn, d: ad}
		}
		x, ok1 := mul64(an, bd)
		y, ok2 := mul64(bn, ad)
		d, ok3 := mul64(ad, bd)
		if ok1 && ok2 && ok3 && x <= 1<<61 && y <= 1<<61 {
			return reduced(x+y, d)
		}
	}
	return fromRat(new(big.Rat).Add(a.rat(), b.rat()))
}

// sub is a−b; callers know that b ≤ a.
func (a Exact) sub(b Exact) Exact {
	if b.n == 0 && b.big == nil {
		return a
	}
	if a.big == nil && b.big == nil {
		an, ad := a.parts()
		bn, bd := b.parts()
		if ad == bd {
			return Exact{n: an - bn, d: ad}
		}
		x, ok1 := mul64(an, bd)
		y, ok2 := mul64(bn, ad)
		d, ok3 := mul64(ad, bd)
		if ok1 && ok2 && ok3 {
			return reduced(x-y, d)
		}
	}
	return fromRat(new(big.Rat).Sub(a.rat(), b.rat()))
}

func (a Exact) mul(b Exact) Exact {
	if a.big == nil && b.big == nil {
		an, ad := a.parts()
		bn, bd := b.parts()
		n, ok1 := mul64(an, bn)
		d, ok2 := mul64(ad, bd)
		if ok1 && ok2 {
			return reduced(n, d)
		}
	}
	return fromRat(new(big.Rat).Mul(a.rat(), b.rat()))
}

// div is a/b for b > 0.
func (a Exact) div(b Exact) Exact {
	if b.big != nil {
		return fromRat(new(big.Rat).Quo(a.rat(), b.rat()))
	}
	n, d := b.parts()
	return a.mul(Exact{n: d, d: n})
}

// share is done/total for total > 0, not reduced.
func share(done, total Decimal) Exact { return Exact{n: int64(done), d: int64(total)} }

// times is a whole number of a.
func (a Exact) times(count Exact) Exact {
	if a.big == nil && count.big == nil && count.d == 1 {
		if n, ok := mul64(a.n, count.n); ok {
			return Exact{n: n, d: a.d}
		}
	}
	return a.mul(count)
}

func reduced(n, d int64) Exact {
	if n == 0 {
		return Exact{n: 0, d: 1}
	}
	a, b := n, d
	for b != 0 {
		a, b = b, a%b
	}
	return Exact{n: n / a, d: d / a}
}

// Cmp is −1, 0 or +1 as a is less than, equal to or more than b.
func (a Exact) Cmp(b Exact) int {
	if a.big == nil && b.big == nil {
		an, ad := a.parts()
		bn, bd := b.parts()
		if ad == bd {
			return cmp.Compare(an, bn)
		}
		h1, l1 := bits.Mul64(uint64(an), uint64(bd))
		h2, l2 := bits.Mul64(uint64(bn), uint64(ad))
		switch {
		case h1 < h2 || h1 == h2 && l1 < l2:
			return -1
		case h1 == h2 && l1 == l2:
			return 0
		}
		return 1
	}
	return a.rat().Cmp(b.rat())
}

// IsZero tells whether the number is 0.
func (a Exact) IsZero() bool {
	if a.big != nil {
		return a.big.Sign() == 0
	}
	return a.n == 0
}

// Of is the share a/b in 1/10000, cut off, for bars on a screen; 0 if b is 0.
func (a Exact) Of(b Exact) int {
	if b.IsZero() {
		return 0
	}
	r := new(big.Rat).Quo(a.rat(), b.rat())
	r.Mul(r, big.NewRat(int64(One), 1))
	return int(new(big.Int).Quo(r.Num(), r.Denom()).Int64())
}

// String is the reduced fraction "p/q", or "p" for a whole number.
func (a Exact) String() string { return string(a.append(nil)) }

func (a Exact) append(b []byte) []byte {
	if a.big != nil {
		if a.big.IsInt() {
			return a.big.Num().Append(b, 10)
		}
		return append(b, a.big.String()...)
	}
	n, d := a.parts()
	least := reduced(n, d)
	b = strconv.AppendInt(b, least.n, 10)
	if least.d != 1 {
		b = strconv.AppendInt(append(b, '/'), least.d, 10)
	}
	return b
}

// Plain is the shortest decimal if four places are enough, else "p/q".
func (a Exact) Plain() string { return string(a.appendPlain(nil)) }

func (a Exact) appendPlain(b []byte) []byte {
	if d, ok := a.decimal(); ok {
		return d.append(b)
	}
	if a.big == nil {
		return a.append(b)
	}
	scaled := new(big.Int).Mul(a.big.Num(), big.NewInt(int64(One)))
	q, rest := new(big.Int).QuoRem(scaled, a.big.Denom(), new(big.Int))
	if rest.Sign() != 0 {
		return a.append(b)
	}
	return append(b, trimZeros(point(q.String(), 4))...)
}

// decimal is the number as a Decimal, if it is one of two machine words.
func (a Exact) decimal() (Decimal, bool) {
	if a.big != nil {
		return 0, false
	}
	n, d := a.parts()
	if d == int64(One) {
		return Decimal(n), true
	}
	scaled, ok := mul64(n, int64(One))
	return Decimal(scaled / d), ok && scaled%d == 0
}

// ParseExact reads what String wrote.
func ParseExact(s string) (Exact, bool) {
	r, ok := new(big.Rat).SetString(s)
	if !ok || r.Sign() < 0 || strings.ContainsAny(s, ".eE+_ ") {
		return Exact{}, false
	}
	return fromRat(r), true
}

// round is a rounded half up to the given places.
func (a Exact) round(places int) (digits string, value *big.Rat) {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	r := a.rat()
	twice := new(big.Int).Mul(r.Num(), scale)
	twice.Lsh(twice, 1).Add(twice, r.Denom())
	q := twice.Quo(twice, new(big.Int).Lsh(r.Denom(), 1))
	return point(q.String(), places), new(big.Rat).SetFrac(q, scale)
}

// Format prints the number half up with the fewest places, at least the given
// ones, at which the printed figure stands to every threshold as the exact
// number does: 69.996 is never “70.00” when 70 opens a gate.
func (a Exact) Format(places int, thresholds []Exact) string {
	for p := places; ; p++ {
		digits, v, ok := a.roundSmall(p)
		if !ok {
			var r *big.Rat
			digits, r = a.round(p)
			v = fromRat(r)
		}
		if p > places+200 || !slices.ContainsFunc(thresholds, func(t Exact) bool { return v.Cmp(t) != a.Cmp(t) }) {
			return digits
		}
	}
}

// roundSmall is round for numbers of two machine words that stay so.
func (a Exact) roundSmall(places int) (digits string, value Exact, ok bool) {
	if a.big != nil || places > 9 {
		return "", Exact{}, false
	}
	scale := int64(1)
	for range places {
		scale *= 10
	}
	n, d := a.parts()
	twice, ok := mul64(n, 2*scale)
	if !ok || d > 1<<60 || twice > 1<<62-d {
		return "", Exact{}, false
	}
	q := (twice + d) / (2 * d)
	return point(strconv.FormatInt(q, 10), places), Exact{n: q, d: scale}, true
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

func point(digits string, places int) string {
	if places == 0 {
		return digits
	}
	if short := places + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	cut := len(digits) - places
	return digits[:cut] + "." + digits[cut:]
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// steps is the number cut to whole steps, or up when a begun step counts.
func (a Exact) steps(up bool) Exact {
	r := a.rat()
	q, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	if up && rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return fromRat(new(big.Rat).SetInt(q))
}
