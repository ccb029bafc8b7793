package scoring

// Sum adds exact numbers, for screens that group indicators.
type Sum struct{ total Exact }

// Add adds a number, AddPoints a decimal.
func (s *Sum) Add(x Exact) { s.total = s.total.add(x) }

// AddPoints adds a decimal.
func (s *Sum) AddPoints(d Decimal) { s.total = s.total.add(exact(d)) }

// Exact is the sum.
func (s *Sum) Exact() Exact { return s.total }

// Missing is how much a score lacks to a threshold, printed with the rubric's
// places and never as 0; "" when it is reached or there is no score.
func (e *Engine) Missing(n Number, threshold Decimal) string {
	if !n.Known || n.Exact.Cmp(exact(threshold)) >= 0 {
		return ""
	}
	return exact(threshold).sub(n.Exact).Format(e.rubric.Places, []Exact{{}})
}

// Margin is how much a score lies above a threshold, printed like Missing; "0"
// right on it, "" below or without a score.
func (e *Engine) Margin(n Number, threshold Decimal) string {
	if !n.Known || n.Exact.Cmp(exact(threshold)) < 0 {
		return ""
	}
	over := n.Exact.sub(exact(threshold))
	if over.IsZero() {
		return "0"
	}
	return over.Format(e.rubric.Places, []Exact{{}})
}

// Tenths is the number in tenths, cut off, for the pointer of a gauge.
func (a Exact) Tenths() int { return a.Of(whole(1)) / 1000 }
