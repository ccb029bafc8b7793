package scoring

import (
	"testing"

	"xunping/inspection/canon"
)

func TestNamesInCanonicalOrder(t *testing.T) {
	r := Result{engine: &Engine{}, Parts: []PartResult{}, Lists: []string{"a\"b\\c\n\x01", "甲"}}
	for _, code := range []string{"B", "A10", "A2", "甲", "\uFFFD", "\U00020BB7", "\U00020BB8", "A", "\U0001F600"} {
		r.engine.inds = append(r.engine.inds, indicator{Indicator: &Indicator{Code: code}})
		r.weights = append(r.weights, weight{})
	}
	if b := r.JSON(true); !canon.IsCanonical(b) {
		t.Errorf("not canonical: %s", b)
	}
}
