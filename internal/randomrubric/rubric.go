// Package randomrubric draws random legal rubrics for the tests of every room
// that takes one.
package randomrubric

import (
	"fmt"

	"pgregory.net/rapid"

	. "xunping/scoring"
)

// Decimals draws a number between two, in 1/10000.
func Decimals(t *rapid.T, name string, least, most int) Decimal {
	return Decimal(rapid.IntRange(least, most).Draw(t, name))
}

// Points draws up to 12 points, mostly whole or halves, sometimes with four
// places.
func Points(t *rapid.T, name string) Decimal {
	switch rapid.IntRange(0, 3).Draw(t, name+" form") {
	case 0:
		return Decimals(t, name, 1, 120000)
	case 1:
		return Decimals(t, name, 1, 24) * 5000
	}
	return Decimals(t, name, 1, 12) * One
}

func ptr[T any](x T) *T { return &x }

// Draw draws a legal rubric that uses all kinds of FORMATS §1.
func Draw(t *rapid.T) *Rubric {
	r := &Rubric{Format: RubricFormat, Code: "r", Version: "1", Title: "t", PointsStatus: Official, RulesStatus: Official,
		FreeFindings: "allowed", Places: rapid.IntRange(0, 3).Draw(t, "places"), Notes: texts(t), Glossary: []Term{{Term: text(t), Text: text(t)}}}
	first := rapid.IntRange(50, 120).Draw(t, "highest band")
	r.Bands = []Band{{Name: "甲", From: Decimal(first) * One}, {Name: "乙", From: Decimal(first-20) * One}, {Name: "丙"}}
	r.Lists = []List{{Name: "红榜", AtLeast: ptr(Decimal(first-10) * One)}, {Name: "黑榜", Below: ptr(Decimals(t, "black", 1, 600000))}}
	for p := range rapid.IntRange(1, 3).Draw(t, "parts") {
		r.Parts = append(r.Parts, randomPart(t, r, p))
	}
	return r
}

func randomPart(t *rapid.T, r *Rubric, n int) Part {
	p := Part{Code: fmt.Sprintf("P%d", n), Title: "部分", Kind: Deduct, Absence: Absence{Policy: NoAbsence}}
	if n > 0 && rapid.Bool().Draw(t, "bonus") {
		p.Kind = Bonus
	} else {
		p.Absence.Policy = rapid.SampledFrom([]string{Rescale, FullMarks, Spread, NoAbsence}).Draw(t, "policy")
	}
	if n > 0 && rapid.Bool().Draw(t, "gated") {
		at := Decimals(t, "gate", 1, int(r.Parts[0].Full))
		p.Gate = &Gate{Part: r.Parts[rapid.IntRange(0, n-1).Draw(t, "gate on")].Code, AtLeast: &at}
		if rapid.Bool().Draw(t, "above") {
			p.Gate.AtLeast, p.Gate.Above = nil, &at
		}
	}
	g := Group{Code: fmt.Sprintf("G%d", n), Title: "组"}
	for i := range rapid.IntRange(1, 5).Draw(t, "indicators") {
		ind := randomIndicator(t, r, &p, fmt.Sprintf("I%d%d", n, i))
		p.Full += ind.Points
		g.Indicators = append(g.Indicators, ind)
		if p.Absence.Policy != NoAbsence && rapid.Bool().Draw(t, "may be absent") {
			if p.Absence.Allowed == nil {
				p.Absence.Allowed = map[string]AbsenceRule{}
			}
			p.Absence.Allowed[ind.Code] = AbsenceRule{}
		}
	}
	p.Groups = []Group{g}
	return p
}

func randomIndicator(t *rapid.T, r *Rubric, p *Part, code string) Indicator {
	ind := Indicator{Code: code, Title: text(t), Points: Points(t, "points"), Rules: []Rule{}}
	for m := range rapid.IntRange(0, 2).Draw(t, "measures") {
		x := Measure{Code: fmt.Sprintf("%s-m%d", code, m)}
		if rapid.Bool().Draw(t, "has target") {
			x.Target = ptr(Decimals(t, "target", 1, 10000))
		}
		x.Deadline = rapid.SampledFrom([]string{"", "2019-08-31", RoundDeadline}).Draw(t, "deadline")
		ind.Measures = append(ind.Measures, x)
	}
	group := CapGroup{Code: code + "-g", Cap: Points(t, "group cap")}
	for k := range rapid.IntRange(0, 4).Draw(t, "rules") {
		rule := randomRule(t, p, &ind, fmt.Sprintf("%s-%d", code, k))
		if rule.Kind != Veto && rapid.IntRange(0, 3).Draw(t, "in a group") == 0 {
			rule.CapGroup = &CapGroup{Code: group.Code, Cap: group.Cap}
		}
		if rapid.IntRange(0, 3).Draw(t, "binds some") == 0 {
			rule.Who = []string{rapid.SampledFrom(UnitKinds).Draw(t, "who")}
		}
		ind.Rules = append(ind.Rules, rule)
	}
	if p.Kind == Bonus && rapid.Bool().Draw(t, "mirrors") && r.Parts[0].Absence.Policy != NoAbsence {
		ind.Mirror = r.Parts[0].Groups[0].Indicators[0].Code
		ind.WhenAbsent = rapid.SampledFrom([]string{"", "zero", "full"}).Draw(t, "when absent")
	}
	if rapid.IntRange(0, 3).Draw(t, "described") == 0 {
		ind.Aspects, ind.Materials, ind.Guide = texts(t), []Material{{Title: text(t), Contents: texts(t)}}, randomGuide(t)
	}
	return ind
}

// text draws what people and their programs write, also what a table could
// take for something else.
func text(t *rapid.T) string {
	return rapid.SampledFrom([]string{"指标", "未编制目录，或目录不全", " 前后有空格 ", "=SUM(A1:A9)", "两行\n写成", "0012", "1.50", "[甲", "2019-08-31", "43708", "\"引\"<&>", "_x0041_", "😀", "扣分", "yes", "TRUE", "'单引"}).Draw(t, "text")
}

func texts(t *rapid.T) []string {
	var out []string
	for range rapid.IntRange(0, 3).Draw(t, "texts") {
		out = append(out, text(t))
	}
	return out
}

func randomGuide(t *rapid.T) *Guide {
	g := &Guide{Problem: text(t), Standards: texts(t), Notes: texts(t)}
	for range rapid.IntRange(0, 2).Draw(t, "flows") {
		f := Flow{Title: text(t), Steps: []Step{}}
		for range rapid.IntRange(0, 2).Draw(t, "steps") {
			s := Step{Title: text(t), Who: text(t)}
			if rapid.Bool().Draw(t, "limited") {
				s.Days = ptr(rapid.IntRange(0, 30).Draw(t, "days"))
			}
			f.Steps = append(f.Steps, s)
		}
		g.Flows = append(g.Flows, f)
	}
	return g
}

func randomRule(t *rapid.T, p *Part, ind *Indicator, code string) Rule {
	kinds := []string{Fixed, Each, Range, Veto}
	if len(ind.Measures) > 0 {
		kinds = append(kinds, Tiers, Complete)
		if p.Kind == Deduct {
			kinds = append(kinds, Share)
		}
	}
	rule := Rule{Code: code, Text: text(t), Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	measure := func() string { return ind.Measures[rapid.IntRange(0, len(ind.Measures)-1).Draw(t, "measure")].Code }
	switch rule.Kind {
	case Fixed:
		rule.Points = ptr(Points(t, "fixed"))
	case Each:
		rule.Per = ptr(Decimals(t, "per", 1, 30) * 1000)
		rule.Unit = "个"
		if rapid.Bool().Draw(t, "capped") {
			rule.Cap = ptr(*rule.Per + Points(t, "cap"))
		}
	case Range:
		low := Points(t, "min")
		rule.Min, rule.Max = &low, ptr(low+Points(t, "max"))
	case Veto:
		rule.Effect = rapid.SampledFrom([]string{VetoFail, VetoZero, VetoCapTotal}).Draw(t, "effect")
		if rule.Effect == VetoCapTotal {
			rule.Value = ptr(Points(t, "most"))
		}
	case Share:
		rule.Measure, rule.Per, rule.Step = measure(), ptr(Points(t, "per")), ptr(Decimals(t, "step", 1, 5000))
		rule.Partial = rapid.Bool().Draw(t, "partial")
	case Tiers:
		rule.Measure = measure()
		from := Decimals(t, "from", 5000, 10000)
		for range rapid.IntRange(1, 3).Draw(t, "tiers") {
			rule.Tiers = append(rule.Tiers, Tier{From: from, Points: Points(t, "tier")})
			from -= Decimals(t, "fall", 1, 1600)
		}
	case Complete:
		rule.Points = ptr(Points(t, "complete"))
		for _, m := range ind.Measures {
			rule.Needs = append(rule.Needs, m.Code)
			if rapid.Bool().Draw(t, "one is enough") {
				break
			}
		}
	}
	return rule
}
