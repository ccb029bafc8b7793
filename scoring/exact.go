package scoring

import (
	"cmp"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// Exact is a non-negative number without rounding. It is short, as a result
// holds two for each indicator: nearly all are decimals, one machine word, and
// only the others have a fraction besides. The zero value is 0.
type Exact struct {
	n    int64     // integer of 1/10000; −1 with
	frac *fraction // what no such integer can say
}

// fraction is n/d, reduced, with d > 0; or, where these are too short, big, so
// that any decimal the format permits stays exact.
type fraction struct {
	n, d int64
	big  *big.Rat
}

// fits is more than what sums are made of as machine words, so that two of them
// do not overflow.
const fits = 1 << 61

func exact(d Decimal) Exact { return Exact{n: int64(d)} }

func whole(n int64) Exact {
	if scaled, ok := mul64(n, int64(One)); ok {
		return Exact{n: scaled}
	}
	return Exact{-1, &fraction{n: n, d: 1}}
}

// share is done/total for total > 0.
func share(done, total Decimal) Exact { return reduced(int64(done), int64(total)) }

// reduced is n/d for d > 0.
func reduced(n, d int64) Exact {
	if n == 0 {
		return Exact{}
	}
	common := gcd(n, d)
	n, d = n/common, d/common
	if times, rest := int64(One)/d, int64(One)%d; rest == 0 {
		if scaled, ok := mul64(n, times); ok {
			return Exact{n: scaled}
		}
	}
	return Exact{-1, &fraction{n: n, d: d}}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func fromRat(r *big.Rat) Exact {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		return reduced(r.Num().Int64(), r.Denom().Int64())
	}
	return Exact{-1, &fraction{big: r}}
}

// parts is the number as n/d, if two machine words are enough.
func (a Exact) parts() (n, d int64, ok bool) {
	switch {
	case a.frac == nil:
		return a.n, int64(One), true
	case a.frac.big == nil:
		return a.frac.n, a.frac.d, true
	}
	return 0, 1, false
}

func (a Exact) rat() *big.Rat {
	n, d, ok := a.parts()
	if !ok {
		return a.frac.big
	}
	return big.NewRat(n, d)
}

// mul64 multiplies and tells whether the product fits.
func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return int64(lo), hi == 0 && lo <= 1<<62
}

func (a Exact) add(b Exact) Exact {
	if uint64(a.n|b.n) < fits { // neither is −1
		return Exact{n: a.n + b.n}
	}
	return addFraction(a, b)
}

func addFraction(a, b Exact) Exact {
	x, y, d, ok := common(a, b)
	if ok && x <= fits && y <= fits {
		return reduced(x+y, d)
	}
	return fromRat(new(big.Rat).Add(a.rat(), b.rat()))
}

// sub is a−b; callers know that b ≤ a.
func (a Exact) sub(b Exact) Exact {
	if a.frac == nil && b.frac == nil {
		return Exact{n: a.n - b.n}
	}
	if x, y, d, ok := common(a, b); ok {
		return reduced(x-y, d)
	}
	return fromRat(new(big.Rat).Sub(a.rat(), b.rat()))
}

// common is a as x/d and b as y/d, if machine words are enough.
func common(a, b Exact) (x, y, d int64, ok bool) {
	an, ad, ok1 := a.parts()
	bn, bd, ok2 := b.parts()
	x, ok3 := mul64(an, bd)
	y, ok4 := mul64(bn, ad)
	d, ok5 := mul64(ad, bd)
	return x, y, d, ok1 && ok2 && ok3 && ok4 && ok5
}

func (a Exact) mul(b Exact) Exact {
	an, ad, ok1 := a.parts()
	bn, bd, ok2 := b.parts()
	n, ok3 := mul64(an, bn)
	d, ok4 := mul64(ad, bd)
	if ok1 && ok2 && ok3 && ok4 {
		return reduced(n, d)
	}
	return fromRat(new(big.Rat).Mul(a.rat(), b.rat()))
}

// div is a/b for b > 0.
func (a Exact) div(b Exact) Exact {
	an, ad, ok1 := a.parts()
	bn, bd, ok2 := b.parts()
	if ad == bd { // most often both are decimals
		ad, bd = 1, 1
	}
	n, ok3 := mul64(an, bd)
	d, ok4 := mul64(ad, bn)
	if ok1 && ok2 && ok3 && ok4 {
		return reduced(n, d)
	}
	return fromRat(new(big.Rat).Quo(a.rat(), b.rat()))
}

// Cmp is −1, 0 or +1 as a is less than, equal to or more than b.
func (a Exact) Cmp(b Exact) int {
	if a.frac == nil && b.frac == nil {
		return cmp.Compare(a.n, b.n)
	}
	an, ad, ok1 := a.parts()
	bn, bd, ok2 := b.parts()
	if ok1 && ok2 {
		h1, l1 := bits.Mul64(uint64(an), uint64(bd))
		h2, l2 := bits.Mul64(uint64(bn), uint64(ad))
		return cmp.Or(cmp.Compare(h1, h2), cmp.Compare(l1, l2))
	}
	return a.rat().Cmp(b.rat())
}

// within tells whether it is sure at a glance that a ≤ b.
func (a Exact) within(b Exact) bool { return a.frac == nil && b.frac == nil && a.n <= b.n }

// IsZero tells whether the number is 0.
func (a Exact) IsZero() bool { return a.n == 0 }

// Of is the share a/b in 1/10000, cut off, for bars on a screen; 0 if b is 0.
func (a Exact) Of(b Exact) int {
	if b.IsZero() {
		return 0
	}
	r := new(big.Rat).Quo(a.rat(), b.rat())
	r.Mul(r, big.NewRat(int64(One), 1))
	return int(new(big.Int).Quo(r.Num(), r.Denom()).Int64())
}

// decimal is the number as a Decimal, cut off if it is none.
func (a Exact) decimal() (Decimal, bool) {
	if a.frac == nil {
		return Decimal(a.n), true
	}
	n, d, _ := a.parts()
	scaled, _ := mul64(n, int64(One))
	return Decimal(scaled / d), false
}

// String is the reduced fraction "p/q", or "p" for a whole number.
func (a Exact) String() string { return string(a.append(nil)) }

func (a Exact) append(b []byte) []byte {
	n, d, ok := a.parts()
	switch {
	case !ok && a.frac.big.IsInt():
		return a.frac.big.Num().Append(b, 10)
	case !ok:
		return append(b, a.frac.big.String()...)
	}
	common := gcd(n, d)
	b = strconv.AppendInt(b, n/common, 10)
	if d != common {
		b = strconv.AppendInt(append(b, '/'), d/common, 10)
	}
	return b
}

// Plain is the shortest decimal if four places are enough, else "p/q".
func (a Exact) Plain() string { return string(a.appendPlain(nil)) }

func (a Exact) appendPlain(b []byte) []byte {
	if a.frac == nil {
		return Decimal(a.n).append(b)
	}
	if a.frac.big == nil && int64(One)%a.frac.d != 0 {
		return a.append(b)
	}
	r := a.rat()
	scaled := new(big.Int).Mul(r.Num(), big.NewInt(int64(One)))
	q, rest := scaled.QuoRem(scaled, r.Denom(), new(big.Int))
	if rest.Sign() != 0 {
		return a.append(b)
	}
	return append(b, trimZeros(appendPoint(nil, q.Append(nil, 10), 4))...)
}

// ParseExact reads what String wrote.
func ParseExact(s string) (Exact, bool) {
	r, ok := new(big.Rat).SetString(s)
	if !ok || r.Sign() < 0 || strings.ContainsAny(s, ".eE+_ ") {
		return Exact{}, false
	}
	return fromRat(r), true
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
