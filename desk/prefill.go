package desk

import (
	"xunping/inspection"
	"xunping/scoring"
)

// Offered is what is known of a measure before anybody looks: what a platform
// counted, else what was reached and dated last round, for earned once counts in
// later rounds. It enters the record when the indicator becomes checked.
func (in *Inspector) Offered(measure string) (inspection.Measure, bool) {
	for _, f := range in.figures {
		if f.Measure == measure {
			return f.AsMeasure(), true
		}
	}
	if in.last == nil {
		return inspection.Measure{}, false
	}
	for _, e := range in.last.Entries {
		m, has := e.Measures[measure]
		done, total, ok := m.Counts()
		if has && ok && m.Completed != "" && total > 0 && done == total {
			m.Items = append([]inspection.Item(nil), m.Items...)
			m.Reason = ""
			return m, true
		}
	}
	return inspection.Measure{}, false
}

// prefill fills the measures of an indicator that just became checked with what
// is offered; what was entered stays.
func (in *Inspector) prefill(ind *scoring.Indicator, e *inspection.Entry) {
	for _, m := range ind.Measures {
		if _, has := e.Measures[m.Code]; has {
			continue
		}
		if x, ok := in.Offered(m.Code); ok {
			if e.Measures == nil {
				e.Measures = map[string]inspection.Measure{}
			}
			e.Measures[m.Code] = x
		}
	}
}

// TakeOffered takes what is offered for a measure, which makes the indicator
// checked.
func (in *Inspector) TakeOffered(code, measure string) error {
	x, ok := in.Offered(measure)
	if !ok {
		return nil
	}
	return in.SetMeasure(code, measure, x)
}
