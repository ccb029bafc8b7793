package scoring_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xunping/internal/randomrubric"
	. "xunping/scoring"
)

// Whoever holds the sheet reckons each line of the derivation again from what
// is printed: the formula must give the value, and the last line the total.
func TestDerivationCanBeReckonedAgain(t *testing.T) {
	seen := map[string]int{}
	one := func(rt *rapid.T) {
		e, err := NewEngine(randomrubric.Draw(rt))
		if err != nil {
			rt.Fatal(err)
		}
		r := e.Explain(randomSheet(rt, e).On(e))
		x := reader{at: map[string]rat{}, seen: seen}
		for _, s := range r.Derivation {
			if s.Formula == "" || s.Value == "—" {
				continue
			}
			seen["lines"]++
			if s.Step == "ALL" && strings.HasPrefix(s.Formula, "min(") {
				seen["total limited"]++
			}
			if err := x.check(s); err != nil {
				rt.Fatalf("%s: %s = %s: %v\nall: %+v", s.Step, s.Formula, s.Value, err, r.Derivation)
			}
		}
	}
	for range 10 {
		rapid.Check(t, one)
	}
	for _, what := range []string{"lines", "total limited", "veto", "absent mirror"} {
		if seen[what] == 0 {
			t.Errorf("no case with %s among %v", what, seen)
		}
	}
}

// reader reads formulas as a person does, left to right.
type reader struct {
	text string
	at   map[string]rat // value of each step
	seen map[string]int
	err  error
}

func (x *reader) check(s DerivationStep) error {
	x.text, x.err = s.Formula, nil
	if limit, v, ok := strings.Cut(s.Formula, " ≥ "); ok {
		return verdict(limit, v, s.Value, func(c int) bool { return c >= 0 })
	}
	if limit, v, ok := strings.Cut(s.Formula, " > "); ok {
		return verdict(limit, v, s.Value, func(c int) bool { return c > 0 })
	}
	if x.decidedByCode(s) {
		return nil
	}
	got := x.sum()
	if x.err != nil || x.text != "" {
		return fmt.Errorf("cannot be read at %q: %v", x.text, x.err)
	}
	printed, exact, _ := strings.Cut(strings.TrimSuffix(s.Value, ")"), " (")
	want, ok := new(big.Rat).SetString(printed)
	if exact != "" {
		want, ok = new(big.Rat).SetString(exact)
	}
	if !ok {
		return fmt.Errorf("no number")
	}
	x.at[s.Step] = want
	if got.Cmp(want) != 0 {
		return fmt.Errorf("gives %s", got.RatString())
	}
	return nil
}

// decidedByCode takes the lines that are no arithmetic: an absent indicator or
// a veto decides.
func (x *reader) decidedByCode(s DerivationStep) bool {
	_, absent := strings.CutSuffix(s.Formula, " = —")
	_, err := ParseDecimal(s.Formula)
	veto := err != nil && !strings.ContainsAny(s.Formula, " (") && x.at[s.Formula] == nil
	switch {
	case absent:
		x.seen["absent mirror"]++
	case veto:
		x.seen["veto"]++
	default:
		return false
	}
	x.at[s.Step], _ = new(big.Rat).SetString(s.Value)
	return true
}

func verdict(score, limit, mark string, holds func(int) bool) error {
	a, ok1 := new(big.Rat).SetString(score)
	b, ok2 := new(big.Rat).SetString(limit)
	if score == "—" {
		a, ok1 = new(big.Rat).SetInt64(-1), true
	}
	if !ok1 || !ok2 || holds(a.Cmp(b)) != (mark == "✓") {
		return fmt.Errorf("wrong verdict")
	}
	return nil
}

func (x *reader) take(s string) bool {
	rest, ok := strings.CutPrefix(x.text, s)
	if ok {
		x.text = rest
	}
	return ok
}

func (x *reader) sum() rat {
	v := x.product()
	for {
		switch {
		case x.take(" + "):
			v = new(big.Rat).Add(v, x.product())
		case x.take(" − "):
			v = new(big.Rat).Sub(v, x.product())
		default:
			return v
		}
	}
}

func (x *reader) product() rat {
	v := x.term()
	for {
		switch {
		case x.take(" × "):
			v = new(big.Rat).Mul(v, x.term())
		case x.take(" / "):
			v = new(big.Rat).Quo(v, x.term())
		default:
			return v
		}
	}
}

func (x *reader) term() rat {
	switch {
	case x.take("min("):
		v := x.sum()
		for x.take(", ") {
			v = least(v, x.sum())
		}
		x.close()
		return v
	case x.take("("):
		v := x.sum()
		x.close()
		return v
	}
	end := strings.IndexAny(x.text, " ,)")
	if end < 0 {
		end = len(x.text)
	}
	word := x.text[:end]
	x.text = x.text[end:]
	if v, ok := new(big.Rat).SetString(word); ok {
		return v
	}
	if v := x.at[word]; v != nil {
		return v
	}
	x.err = fmt.Errorf("%q is neither a number nor a step", word)
	return new(big.Rat)
}

func (x *reader) close() {
	if !x.take(")") {
		x.err = fmt.Errorf("no ) at %q", x.text)
	}
}
