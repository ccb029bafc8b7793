package desk

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"xunping/inspection"
)

// An arithmetic of its own, written from the policy and FORMATS §1 and without
// the one of the program: fractions, straight from the JSON of rubric and record.
// It knows what the built-in rubric uses and fails on anything else.

type ownRule struct {
	Code, Kind, Points, Per, Cap, Measure, Step string
	Partial                                     bool
	Tiers                                       []struct{ From, Points string }
	Needs                                       []string
}

type ownIndicator struct {
	Code, Points, Mirror string
	Rules                []ownRule
	Measures             []struct{ Code, Target, Deadline string }
}

type ownRubric struct {
	Parts []struct {
		Code, Kind, Full string
		Gate             *struct {
			AtLeast string `json:"at_least"`
		}
		Groups []struct{ Indicators []ownIndicator }
	}
	Bands []struct{ Name, From string }
	Lists []struct {
		Name, Below string
		AtLeast     string `json:"at_least"`
	}
}

type ownEntry struct {
	State    string
	Findings []struct{ ID, Rule, Count, Points, Responsible string }
	Measures map[string]struct {
		Done, Total, Completed string
		Items                  []struct{ State string }
	}
	Absence *struct{ Letter, Date, Reason string }
}

type ownRecord struct {
	Revision int
	Unit     struct{ Code, Kind string }
	Round    struct{ Deadlines map[string]string }
	Entries  map[string]ownEntry
	Evidence []struct {
		SHA256 string
		Bytes  float64
	}
}

// ownResult is what a record comes to: the total, its parts, and what each
// indicator counts; nil for one that is not scored.
type ownResult struct {
	x, y, total *big.Rat
	counted     map[string]*big.Rat
	band        string
	lists       []string
}

func rat(t testing.TB, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

func ownRead(t testing.TB, rec *inspection.Record) ownRecord {
	t.Helper()
	raw, _, err := rec.Canonical()
	must(t, err)
	var r ownRecord
	must(t, json.Unmarshal(raw, &r))
	return r
}

// less is the smaller of two.
func less(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func (u *ownRubric) score(t testing.TB, r ownRecord) ownResult {
	t.Helper()
	out := ownResult{counted: map[string]*big.Rat{}, total: new(big.Rat)}
	hundred := big.NewRat(100, 1)
	for _, p := range u.Parts {
		scored, sum := rat(t, p.Full), new(big.Rat)
		for _, g := range p.Groups {
			for _, ind := range g.Indicators {
				e := r.Entries[ind.Code]
				switch e.State {
				case "absent":
					scored.Sub(scored, rat(t, ind.Points))
				case "checked":
					v := less(ind.raw(t, e, p.Kind, r), rat(t, ind.Points))
					if ind.Mirror != "" && r.Entries[ind.Mirror].State == "absent" {
						v = new(big.Rat)
					}
					out.counted[ind.Code] = v
					sum.Add(sum, v)
				}
			}
		}
		if p.Kind == "deduct" { // X = (M − Σ)·100/M
			out.x = new(big.Rat).Sub(scored, sum)
			out.x.Mul(out.x, hundred).Quo(out.x, scored)
			out.total.Add(out.total, out.x)
			continue
		}
		if out.y = sum; out.x.Cmp(rat(t, p.Gate.AtLeast)) < 0 {
			out.y = new(big.Rat)
		}
		out.total.Add(out.total, out.y)
	}
	for _, b := range u.Bands {
		if out.total.Cmp(rat(t, b.From)) >= 0 {
			out.band = b.Name
			break
		}
	}
	for _, l := range u.Lists {
		if l.AtLeast != "" && out.total.Cmp(rat(t, l.AtLeast)) >= 0 || l.Below != "" && out.total.Cmp(rat(t, l.Below)) < 0 {
			out.lists = append(out.lists, l.Name)
		}
	}
	return out
}

// raw is what an indicator loses or gains before its own limit.
func (ind *ownIndicator) raw(t testing.TB, e ownEntry, kind string, r ownRecord) *big.Rat {
	t.Helper()
	sum := new(big.Rat)
	for _, rule := range ind.Rules {
		found := new(big.Rat)
		for _, f := range e.Findings {
			if f.Rule == rule.Code && (f.Responsible == "" || f.Responsible == r.Unit.Code) {
				found.Add(found, rule.finding(t, f.Count, f.Points))
			}
		}
		switch rule.Kind {
		case "each":
			if rule.Cap != "" {
				found = less(found, rat(t, rule.Cap))
			}
		case "fixed", "range":
		case "share":
			found = rule.share(t, ind, e)
		case "tiers":
			found = rule.tier(t, ind, e)
		case "complete":
			if met := rule.met(t, ind, e, r); met == (kind == "bonus") {
				found = rat(t, rule.Points)
			}
		default:
			t.Fatalf("the sum knows no rule of kind %s", rule.Kind)
		}
		sum.Add(sum, found)
	}
	return sum
}

func (rule *ownRule) finding(t testing.TB, count, points string) *big.Rat {
	t.Helper()
	if rule.Kind != "each" {
		return rat(t, points)
	}
	v := rat(t, count)
	return v.Mul(v, rat(t, rule.Per))
}

// counts are done and total of a measure, of its items where there are some.
func (e ownEntry) counts(t testing.TB, code string) (done, total *big.Rat) {
	t.Helper()
	m := e.Measures[code]
	if len(m.Items) == 0 {
		return rat(t, m.Done), rat(t, m.Total)
	}
	done, total = new(big.Rat), new(big.Rat)
	for _, i := range m.Items {
		if i.State == "done" || i.State == "open" {
			total.Add(total, big.NewRat(1, 1))
		}
		if i.State == "done" {
			done.Add(done, big.NewRat(1, 1))
		}
	}
	return done, total
}

// ratio is done over total, and the target where there is nothing to do.
func (ind *ownIndicator) ratio(t testing.TB, e ownEntry, code string) (ratio, target *big.Rat) {
	t.Helper()
	for _, m := range ind.Measures {
		if m.Code == code {
			target = rat(t, m.Target)
		}
	}
	done, total := e.counts(t, code)
	if total.Sign() == 0 {
		return target, target
	}
	return done.Quo(done, total), target
}

func (rule *ownRule) share(t testing.TB, ind *ownIndicator, e ownEntry) *big.Rat {
	t.Helper()
	ratio, target := ind.ratio(t, e, rule.Measure)
	steps := new(big.Rat).Sub(target, ratio)
	if steps.Quo(steps, rat(t, rule.Step)); steps.Sign() <= 0 {
		return new(big.Rat)
	}
	whole, rest := new(big.Int).QuoRem(steps.Num(), steps.Denom(), new(big.Int))
	if rule.Partial && rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(whole), rat(t, rule.Per))
}

func (rule *ownRule) tier(t testing.TB, ind *ownIndicator, e ownEntry) *big.Rat {
	t.Helper()
	ratio, _ := ind.ratio(t, e, rule.Measure)
	for _, tier := range rule.Tiers {
		if ratio.Cmp(rat(t, tier.From)) >= 0 {
			return rat(t, tier.Points)
		}
	}
	return new(big.Rat)
}

func (rule *ownRule) met(t testing.TB, ind *ownIndicator, e ownEntry, r ownRecord) bool {
	t.Helper()
	return !slices.ContainsFunc(rule.Needs, func(code string) bool {
		done, total := e.counts(t, code)
		deadline := ""
		for _, m := range ind.Measures {
			if m.Code == code {
				deadline = m.Deadline
			}
		}
		if deadline == "round" {
			deadline = r.Round.Deadlines[code]
		}
		when := e.Measures[code].Completed
		return total.Sign() == 0 || done.Cmp(total) != 0 || deadline != "" && (when == "" || when > deadline)
	})
}

// exact prints a fraction as the formats do.
func exact(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return r.String()
}

// prints tells whether a cell of a sheet is a figure, printed to two places or
// more: not further from it than half of the last of two.
func prints(cell any, r *big.Rat) bool {
	f, ok := cell.(float64)
	if !ok {
		return false
	}
	d := new(big.Rat).Sub(new(big.Rat).SetFloat64(f), r)
	return d.Abs(d).Cmp(big.NewRat(5_000_001, 1_000_000_000)) <= 0
}

// is tells whether a cell is exactly a figure.
func is(cell any, r *big.Rat) bool {
	f, ok := cell.(float64)
	return ok && fmt.Sprintf("%.4f", f) == r.FloatString(4)
}
