package scoring

import (
	"fmt"
	"math/big"
	"regexp"
	"testing"
)

// legal is a small rubric with a rule of each kind.
func legal(t testing.TB) *Rubric {
	d := func(s string) *Decimal { return ptr(dec(t, s)) }
	return &Rubric{Format: RubricFormat, Code: "r", Version: "1", Title: "t", PointsStatus: Official, RulesStatus: Official, FreeFindings: "allowed",
		Bands: []Band{{"高", 60 * One}, {"低", 0}}, Lists: []List{{Name: "红榜", AtLeast: d("80")}}, Places: 2,
		Parts: []Part{
			{Code: "X", Title: "扣分", Kind: Deduct, Full: 20 * One,
				Absence: Absence{Policy: Rescale, Allowed: map[string]AbsenceRule{"A2": {Letter: "required", Conditions: []string{"条件"}}, "A3": {Letter: "optional"}}},
				Groups: []Group{{Code: "A", Title: "组", Indicators: []Indicator{
					{Code: "A1", Title: "一", Points: 10 * One, Measures: []Measure{{Code: "m1"}, {Code: "m2", Deadline: RoundDeadline}}, Rules: []Rule{
						{Code: "r1", Text: "t", Kind: Fixed, Points: d("2"), CapGroup: &CapGroup{"g", 3 * One}},
						{Code: "r2", Text: "t", Kind: Each, Per: d("1"), Cap: d("4"), Unit: "个", CapGroup: &CapGroup{"g", 3 * One}},
						{Code: "r3", Text: "t", Kind: Range, Min: d("1"), Max: d("3")},
						{Code: "r4", Text: "t", Kind: Share, Measure: "m1", Per: d("1"), Step: d("0.1"), Partial: true},
						{Code: "r5", Text: "t", Kind: Tiers, Measure: "m1", Tiers: []Tier{{dec(t, "0.9"), 0}, {dec(t, "0.5"), One}}},
						{Code: "r6", Text: "t", Kind: Complete, Needs: []string{"m2"}, Points: d("1")},
						{Code: "r7", Text: "t", Kind: Veto, Effect: VetoCapTotal, Value: d("50")},
						{Code: "r8", Text: "t", Kind: Fixed, Points: d("1"), Who: []string{"city"}}}},
					{Code: "A2", Title: "二", Points: 5 * One}, {Code: "A3", Title: "三", Points: 5 * One}}}}},
			{Code: "Y", Title: "加分", Kind: Bonus, Full: 5 * One, Gate: &Gate{Part: "X", AtLeast: d("14")}, Absence: Absence{Policy: NoAbsence},
				Groups: []Group{{Code: "D", Title: "组", Indicators: []Indicator{{Code: "D1", Title: "四", Points: 5 * One, Mirror: "A2", WhenAbsent: "full"}}}}}}}
}

// Each case breaks one thing; exactly that place is named.
func TestEachRuleOfARubric(t *testing.T) {
	if found := legal(t).Check(); len(found) > 0 {
		t.Fatalf("the legal rubric: %v", found)
	}
	ind := func(r *Rubric) *Indicator { return &r.Parts[0].Groups[0].Indicators[0] }
	rule := func(n int, f func(*Rule)) func(*Rubric) { return func(r *Rubric) { f(&ind(r).Rules[n-1]) } }
	const at = "parts[0].groups[0].indicators[0]"
	of := func(n int, member string) string { return fmt.Sprintf("%s.rules[%d].%s", at, n-1, member) }
	for name, c := range map[string]struct {
		place string
		do    func(*Rubric)
	}{
		"format":               {"format", func(r *Rubric) { r.Format = "x" }},
		"code":                 {"code", func(r *Rubric) { r.Code = "a b" }},
		"version":              {"version", func(r *Rubric) { r.Version = "" }},
		"title":                {"title", func(r *Rubric) { r.Title = "" }},
		"points status":        {"points_status", func(r *Rubric) { r.PointsStatus = "maybe" }},
		"rules status":         {"rules_status", func(r *Rubric) { r.RulesStatus = "" }},
		"free findings":        {"free_findings", func(r *Rubric) { r.FreeFindings = "some" }},
		"effective from":       {"effective.from", func(r *Rubric) { r.Effective.From = "2019-02-29" }},
		"effective to":         {"effective.to", func(r *Rubric) { r.Effective.To = "1.8.2019" }},
		"places":               {"places", func(r *Rubric) { r.Places = 5 }},
		"no places":            {"places", func(r *Rubric) { r.Places = -1 }},
		"no band":              {"bands", func(r *Rubric) { r.Bands = nil }},
		"band name":            {"bands[0].name", func(r *Rubric) { r.Bands[0].Name = "" }},
		"bands do not fall":    {"bands[1].from", func(r *Rubric) { r.Bands = []Band{{"高", One}, {"中", One}, {"低", 0}} }},
		"last band":            {"bands[1].from", func(r *Rubric) { r.Bands[1].From = One }},
		"list name":            {"lists[0].name", func(r *Rubric) { r.Lists[0].Name = "" }},
		"list without bound":   {"lists[0]", func(r *Rubric) { r.Lists[0].AtLeast = nil }},
		"no part":              {"parts", func(r *Rubric) { r.Parts = nil }},
		"part code":            {"parts[1].code", func(r *Rubric) { r.Parts[1].Code = "X" }},
		"part title":           {"parts[0].title", func(r *Rubric) { r.Parts[0].Title = "" }},
		"part kind":            {"parts[1].kind", func(r *Rubric) { r.Parts[1].Kind = "free"; r.Parts[1].Groups[0].Indicators[0].Mirror = "" }},
		"sum of points":        {"parts[0].full", func(r *Rubric) { r.Parts[0].Full++ }},
		"policy":               {"parts[0].absence.policy", func(r *Rubric) { r.Parts[0].Absence.Policy = "ask" }},
		"policy of a bonus":    {"parts[1].absence.policy", func(r *Rubric) { r.Parts[1].Absence.Policy = Rescale }},
		"none but allowed":     {"parts[0].absence.allowed", func(r *Rubric) { r.Parts[0].Absence.Policy = NoAbsence }},
		"absence of a strange": {"parts[0].absence.allowed.D1", func(r *Rubric) { r.Parts[0].Absence.Allowed["D1"] = AbsenceRule{} }},
		"letter":               {"parts[0].absence.allowed.A2.letter", func(r *Rubric) { r.Parts[0].Absence.Allowed["A2"] = AbsenceRule{Letter: "maybe"} }},
		"gate without bound":   {"parts[1].gate", func(r *Rubric) { r.Parts[1].Gate.AtLeast = nil }},
		"gate with two":        {"parts[1].gate", func(r *Rubric) { r.Parts[1].Gate.Above = ptr(One) }},
		"gate on itself":       {"parts[1].gate.part", func(r *Rubric) { r.Parts[1].Gate.Part = "Y" }},
		"group code":           {"parts[1].groups[0].code", func(r *Rubric) { r.Parts[1].Groups[0].Code = "A" }},
		"indicator code": {"parts[0].groups[0].indicators[1].code", func(r *Rubric) {
			r.Parts[0].Groups[0].Indicators[1].Code = "A1"
			delete(r.Parts[0].Absence.Allowed, "A2")
			r.Parts[1].Groups[0].Indicators[0].Mirror = ""
		}},
		"indicator title":    {at + ".title", func(r *Rubric) { ind(r).Title = "" }},
		"due":                {at + ".due", func(r *Rubric) { ind(r).Due = "soon" }},
		"decided by":         {at + ".decided_by", func(r *Rubric) { ind(r).DecidedBy = "unit" }},
		"when absent":        {"parts[1].groups[0].indicators[0].when_absent", func(r *Rubric) { r.Parts[1].Groups[0].Indicators[0].WhenAbsent = "half" }},
		"mirror of a bonus":  {"parts[1].groups[0].indicators[0].mirror", func(r *Rubric) { r.Parts[1].Groups[0].Indicators[0].Mirror = "D1" }},
		"mirror in a deduct": {at + ".mirror", func(r *Rubric) { ind(r).Mirror = "A2" }},
		"measure code":       {at + ".measures[1].code", func(r *Rubric) { ind(r).Measures[1].Code = "m1"; ind(r).Rules[5].Needs = []string{"m1"} }},
		"measure deadline":   {at + ".measures[0].deadline", func(r *Rubric) { ind(r).Measures[0].Deadline = "2019-13-01" }},
		"rule code":          {of(2, "code"), rule(2, func(r *Rule) { r.Code = "r1" })},
		"rule kind":          {of(1, "kind"), rule(1, func(r *Rule) { r.Kind = "each time" })},
		"fixed without":      {of(1, "points"), rule(1, func(r *Rule) { r.Points = nil })},
		"fixed with per":     {of(1, "per"), rule(1, func(r *Rule) { r.Per = ptr(One) })},
		"fixed with partial": {of(1, "partial"), rule(1, func(r *Rule) { r.Partial = true })},
		"each without":       {of(2, "per"), rule(2, func(r *Rule) { r.Per = nil })},
		"range upside down":  {of(3, "min"), rule(3, func(r *Rule) { r.Min, r.Max = r.Max, r.Min })},
		"range without":      {of(3, "max"), rule(3, func(r *Rule) { r.Max = nil })},
		"share step":         {of(4, "step"), rule(4, func(r *Rule) { r.Step = ptr(0) })},
		"share measure":      {of(4, "measure"), rule(4, func(r *Rule) { r.Measure = "m9" })},
		"share in a bonus": {"parts[1].groups[0].indicators[0].rules[0].kind", func(r *Rubric) {
			d := &r.Parts[1].Groups[0].Indicators[0]
			d.Measures, d.Rules = []Measure{{Code: "m9"}}, []Rule{{Code: "r9", Text: "t", Kind: Share, Measure: "m9", Per: ptr(One), Step: ptr(1)}}
		}},
		"tiers measure":     {of(5, "measure"), rule(5, func(r *Rule) { r.Measure = "m9" })},
		"tiers do not fall": {of(5, "tiers[1].from"), rule(5, func(r *Rule) { r.Tiers[1].From = r.Tiers[0].From })},
		"complete needs":    {of(6, "needs[0]"), rule(6, func(r *Rule) { r.Needs = []string{"m9"} })},
		"veto effect":       {of(7, "effect"), rule(7, func(r *Rule) { r.Effect, r.Value = "shout", nil })},
		"veto without":      {of(7, "value"), rule(7, func(r *Rule) { r.Value = nil })},
		"veto with":         {of(7, "value"), rule(7, func(r *Rule) { r.Effect = VetoFail })},
		"cap group code":    {of(1, "cap_group.code"), rule(1, func(r *Rule) { r.CapGroup.Code = "" })},
		"cap group cap":     {of(2, "cap_group.cap"), rule(2, func(r *Rule) { r.CapGroup.Cap = One })},
		"too many parts": {"parts", func(r *Rubric) {
			for i := range maxParts {
				p := Part{Code: fmt.Sprint("P", i), Title: "t", Kind: Bonus, Full: One, Absence: Absence{Policy: NoAbsence}}
				p.Groups = []Group{{Code: fmt.Sprint("G", i), Title: "t", Indicators: []Indicator{{Code: fmt.Sprint("I", i), Title: "t", Points: One}}}}
				r.Parts = append(r.Parts, p)
			}
		}},
		"too many indicators": {"parts", func(r *Rubric) {
			p := &r.Parts[1]
			p.Full += maxIndicators
			for i := range maxIndicators {
				p.Groups[0].Indicators = append(p.Groups[0].Indicators, Indicator{Code: fmt.Sprint("I", i), Title: "t", Points: 1})
			}
		}},
		"too many rules": {at + ".rules", func(r *Rubric) {
			for i := range maxRules {
				ind(r).Rules = append(ind(r).Rules, Rule{Code: fmt.Sprint("z", i), Text: "t", Kind: Fixed, Points: ptr(One)})
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			r := legal(t)
			c.do(r)
			found := r.Check()
			if len(found) != 1 || found[0].Place != c.place || found[0].Missing {
				t.Errorf("found %v, want one problem at %s", found, c.place)
			}
			if _, err := NewEngine(r); err == nil {
				t.Error("the engine takes it")
			}
		})
	}
}

func TestEachRuleOfASheet(t *testing.T) {
	e := engine(t, legal(t))
	whole := func() *Inspected {
		s := clean(e)
		s.Deadlines = map[string]string{"m2": "2019-10-31"}
		s.Entries[0].Measures = []MeasureValue{{Code: "m1", Done: One, Total: One}, {Code: "m2", Done: One, Total: One, Completed: "2019-10-01"}}
		return s
	}
	if found := e.Check(whole().On(e)); len(found) > 0 {
		t.Fatalf("the legal sheet: %v", found)
	}
	find := func(f ...Finding) func(*Inspected) {
		return func(s *Inspected) { s.Entries[0].Findings = f }
	}
	away := func(i int, x Entry) func(*Inspected) {
		return func(s *Inspected) { x.State = Absent; s.Entries[i] = x }
	}
	letter := Entry{Letter: "x", LetterDate: "2019-08-01", Conditions: []string{"条件"}}
	for name, c := range map[string]struct {
		place   string
		missing bool
		do      func(*Inspected)
	}{
		"unchecked":     {"entries.A1.state", true, func(s *Inspected) { s.Entries[0] = Entry{} }},
		"unknown state": {"entries.A2.state", false, func(s *Inspected) { s.Entries[1].State = "half" }},
		"finding on an absent": {"entries.A2.state", false, func(s *Inspected) {
			away(1, letter)(s)
			s.Entries[1].Findings = []Finding{{ID: "f", Clause: "c", Points: One}}
		}},
		"measure on an absent":    {"entries.A2.state", false, func(s *Inspected) { away(1, letter)(s); s.Entries[1].Measures = []MeasureValue{{Code: "m1"}} }},
		"absence not allowed":     {"entries.A1.state", false, func(s *Inspected) { s.Entries[0] = Entry{State: Absent} }},
		"no letter":               {"entries.A2.absence.letter", true, away(1, Entry{LetterDate: "2019-08-01", Conditions: letter.Conditions})},
		"letter without date":     {"entries.A2.absence.letter", true, away(1, Entry{Letter: "x", Conditions: letter.Conditions})},
		"letter of no day":        {"entries.A2.absence.date", false, away(1, Entry{Letter: "x", LetterDate: "August", Conditions: letter.Conditions})},
		"condition missing":       {"entries.A2.absence.conditions", true, away(1, Entry{Letter: "x", LetterDate: "2019-08-01"})},
		"condition of one's own":  {"entries.A2.absence.conditions", false, away(1, Entry{Letter: "x", LetterDate: "2019-08-01", Conditions: []string{"条件", "别的"}})},
		"neither letter nor why":  {"entries.A3.absence.reason", true, away(2, Entry{})},
		"not scored without gate": {"entries.A2.state", false, func(s *Inspected) { s.Entries[1].State = NotScored }},
		"not scored, gate open":   {"entries.D1.state", true, func(s *Inspected) { s.Entries[3].State = NotScored }},
		"no id":                   {"entries.A1.findings[0].id", false, find(Finding{Clause: "c", Points: One})},
		"an id twice":             {"entries.A1.findings[1].id", false, find(Finding{ID: "f", Clause: "c", Points: One}, Finding{ID: "f", Clause: "c", Points: One})},
		"no clause":               {"entries.A1.findings[0].clause", false, find(Finding{ID: "f", Points: One})},
		"no such rule":            {"entries.A1.findings[0].rule", false, find(Finding{ID: "f", Rule: "r99", Points: One})},
		"a fixed rule twice":      {"entries.A1.findings[1].rule", false, find(Finding{ID: "f", Rule: "r1", Points: 2 * One}, Finding{ID: "g", Rule: "r1", Points: 2 * One})},
		"a rule for others":       {"entries.A1.findings[0].rule", false, func(s *Inspected) { s.Kind = "department"; find(Finding{ID: "f", Rule: "r8", Points: One})(s) }},
		"fixed, other points":     {"entries.A1.findings[0].points", false, find(Finding{ID: "f", Rule: "r1", Points: One})},
		"each, other points":      {"entries.A1.findings[0].points", false, find(Finding{ID: "f", Rule: "r2", Count: 2 * One, Points: 3 * One})},
		"each, above its cap":     {"entries.A1.findings[0].points", false, find(Finding{ID: "f", Rule: "r2", Count: 9 * One, Points: 9 * One})},
		"below the range":         {"entries.A1.findings[0].points", false, find(Finding{ID: "f", Rule: "r3", Points: One - 1})},
		"above the range":         {"entries.A1.findings[0].points", false, find(Finding{ID: "f", Rule: "r3", Points: 3*One + 1})},
		"a finding under share":   {"entries.A1.findings[0].rule", false, find(Finding{ID: "f", Rule: "r4", Points: One})},
		"a veto with points":      {"entries.A1.findings[0].points", false, find(Finding{ID: "f", Rule: "r7", Points: One})},
		"no such measure":         {"entries.A2.measures.m7", false, func(s *Inspected) { s.Entries[1].Measures = []MeasureValue{{Code: "m7"}} }},
		"more done than there is": {"entries.A1.measures.m1.done", false, func(s *Inspected) { s.Entries[0].Measures[0].Done = 2 * One }},
		"completed on no day":     {"entries.A1.measures.m1.completed", false, func(s *Inspected) { s.Entries[0].Measures[0].Completed = "2019-06-31" }},
		"a measure lacks":         {"entries.A1.measures.m1", true, func(s *Inspected) { s.Entries[0].Measures = s.Entries[0].Measures[1:] }},
		"no day of the round":     {"entries.A1.measures.m2", true, func(s *Inspected) { s.Deadlines = nil }},
	} {
		t.Run(name, func(t *testing.T) {
			s := whole()
			c.do(s)
			found := e.Check(s.On(e))
			if len(found) != 1 || found[0].Place != c.place || found[0].Missing != c.missing || found[0].Code == "" {
				t.Errorf("found %+v, want one problem at %s", found, c.place)
			}
		})
	}

	never := legal(t)
	never.FreeFindings = "never"
	e = engine(t, never)
	s := whole()
	find(Finding{ID: "f", Clause: "c", Points: One})(s)
	if found := e.Check(s.On(e)); len(found) != 1 || found[0].Place != "entries.A1.findings[0].rule" {
		t.Errorf("a free finding where none is allowed: %v", found)
	}
	s = whole()
	s.HasParents, s.Entries[3].State = true, NotScored
	if found := e.Check(s.On(e)); len(found) != 0 {
		t.Errorf("a correction that opened the gate: %v", found)
	}
}

func TestDays(t *testing.T) {
	for s, want := range map[string]bool{"2019-08-31": true, "2020-02-29": true, "2000-02-29": true, "2019-02-29": false, "1900-02-29": false,
		"2019-04-31": false, "2019-13-01": false, "2019-00-10": false, "2019-1-1": false, "": false, "2019-08-31T00:00:00Z": false, "２019-08-31": false} {
		if IsDay(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

// The grammar of FORMATS: (0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?
var decimalPattern = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$`)

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"0", "1", "0.5", "999999999.9999", "1000000000", "00", "-1", "1.", ".5", "1.00000", "1e3", " 1", "+1", "1,5", "一", "1.10", "0.0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if (err == nil) != decimalPattern.MatchString(s) {
			t.Fatalf("%q: %v", s, err)
		}
		if err != nil {
			return
		}
		want, _ := new(big.Rat).SetString(s)
		if big.NewRat(int64(d), 10000).Cmp(want) != 0 {
			t.Fatalf("%q is read as %s", s, d)
		}
		back, err := ParseDecimal(d.String())
		if err != nil || back != d || len(d.String()) > len(s) {
			t.Fatalf("%q is printed %q", s, d)
		}
	})
}
