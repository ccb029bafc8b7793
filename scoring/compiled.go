package scoring

// indicator is an indicator made ready for weighing entries.
type indicator struct {
	*Indicator
	plain  bool // only findings move it: no measures
	rules  []rule
	byData []dataRule // rules that measures decide
	caps   []Decimal  // of rules and of cap groups

	part   int
	group  int
	places map[string]int // of the rules
	allow  *AbsenceRule
}

// rule is what a finding needs to know of its rule.
type rule struct {
	code       string
	by         decider
	own, group int16 // places among the indicator's caps: the rule's, its group's; −1 for none
}

func (r *rule) capped() bool { return r.own >= 0 || r.group >= 0 }

// decider says what a rule's points come from.
type decider uint8

const (
	byFindings decider = iota
	byMeasures
	byVeto
)

func newIndicator(of *Indicator, bonus bool) indicator {
	ind := indicator{Indicator: of, places: map[string]int{}}
	groups := map[string]int16{}
	for ri := range of.Rules {
		r := &of.Rules[ri]
		ind.places[r.Code] = ri
		c := rule{code: r.Code, own: -1, group: -1}
		switch r.Kind {
		case Veto:
			c.by = byVeto
		case Share, Tiers, Complete:
			c.by = byMeasures
			ind.byData = append(ind.byData, newDataRule(of, ri, bonus))
		}
		if r.Cap != nil {
			c.own = ind.addCap(*r.Cap)
		}
		if g := r.CapGroup; g != nil {
			if _, ok := groups[g.Code]; !ok {
				groups[g.Code] = ind.addCap(g.Cap)
			}
			c.group = groups[g.Code]
		}
		ind.rules = append(ind.rules, c)
	}
	return ind
}

func (ind *indicator) addCap(d Decimal) int16 {
	ind.caps = append(ind.caps, d)
	return int16(len(ind.caps) - 1)
}

// place is that of a rule, −1 for none. Few rules are found faster by looking at
// each than through a map.
func (ind *indicator) place(code string) int {
	if len(ind.rules) > 8 {
		if ri, ok := ind.places[code]; ok {
			return ri
		}
		return -1
	}
	for ri := range ind.rules {
		if same(ind.rules[ri].code, code) {
			return ri
		}
	}
	return -1
}

// same tells whether two codes are one. Codes near to each other differ at the
// end, so that most are told apart without a call.
func same(a, b string) bool {
	last := len(a) - 1
	return len(a) == len(b) && (last < 0 || a[last] == b[last]) && a == b
}
