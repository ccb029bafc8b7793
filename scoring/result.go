package scoring

// Result is what Evaluate and Explain compute. All figures are in points.
type Result struct {
	Complete   bool   // nothing unchecked, no measure lacking
	Failed     string // the veto rule that failed all, smallest code; "" for none
	Parts      []PartResult
	Total      Number
	Band       string // 等级; "" without a score
	Lists      []string
	Derivation []DerivationStep

	engine  *Engine
	weights []weight // what each indicator came to by its rules
	ceiling *Decimal // what a veto limited the total to
}

// Number is a score with the thresholds its printed figure must not claim.
type Number struct {
	Exact      Exact
	Known      bool // false: no score
	places     int
	thresholds []Exact
}

// Value is the printed figure, "—" without a score.
func (n Number) Value() string {
	var room [24]byte
	return string(n.appendValue(room[:0]))
}

func (n Number) appendValue(b []byte) []byte {
	if !n.Known {
		return append(b, "—"...)
	}
	return n.Exact.appendFormat(b, n.places, n.thresholds)
}

// PartResult is the score of one part.
type PartResult struct {
	Part       *Part
	Score      Number
	ScoredFull Exact  // M: full without the absent
	Factor     Exact  // N: full / M; meaningless when Score is not Known
	Moved      Exact  // D: counted losses, or counted bonus
	Gate       string // open, closed, "" without a gate

	extra Exact // what each indicator can lose more: points of the absent, spread
}

// IndicatorResult is what one indicator of the rubric loses or gains. Raw and
// Counted are set for checked ones only.
type IndicatorResult struct {
	*Indicator
	State        State
	Raw, Counted Exact
}

// moves tells whether the indicator at a place has one in the derivation.
func (r *Result) moves(i int) bool {
	w := &r.weights[i]
	return !w.raw.IsZero() || !w.asIs && !r.counted(i).IsZero()
}

// counted is what of an indicator counts.
func (r *Result) counted(i int) Exact {
	w := &r.weights[i]
	if w.asIs || w.state != checked {
		return w.raw
	}
	return r.engine.limits[i].counted(r, w, r.Parts[r.engine.inds[i].part].extra)
}

// DerivationStep is one step of the way to the score: what it comes to, how, and
// how much.
type DerivationStep struct {
	*Stage
	Formula string `json:"formula"`
	Value   string `json:"value"`
}

// Gate states.
const (
	GateOpen   = "open"
	GateClosed = "closed"
)

// Part finds the result of a part, or nil.
func (r *Result) Part(code string) *PartResult {
	for i := range r.Parts {
		if r.Parts[i].Part.Code == code {
			return &r.Parts[i]
		}
	}
	return nil
}

// Len is the number of indicators.
func (r *Result) Len() int { return len(r.weights) }

// At is the result of the indicator at a place (Engine.Index).
func (r *Result) At(i int) *IndicatorResult {
	w := &r.weights[i]
	return &IndicatorResult{Indicator: r.engine.Indicator(i), State: states[w.state], Raw: w.raw, Counted: r.counted(i)}
}

// Indicator finds the result of an indicator, or nil.
func (r *Result) Indicator(code string) *IndicatorResult {
	if i, ok := r.engine.Index(code); ok {
		return r.At(i)
	}
	return nil
}
