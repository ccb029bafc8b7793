package fonts

import "testing"

func TestHas(t *testing.T) {
	for _, r := range "检查评分表 ABC 0123 −≥×·“”……①②㎡龘" {
		if !Has(r) {
			t.Errorf("fonts lack %q", r)
		}
	}
	if got := string(Missing("一\u2610二☑\n")); got != "☐☑" {
		t.Errorf("Missing found %q", got)
	}
}

func TestAdvance(t *testing.T) {
	if w := Advance(false, '检'); w != 1000 {
		t.Errorf("a Chinese character is %v wide", w)
	}
	if w := Advance(true, '1'); w <= 400 || w >= 700 {
		t.Errorf("a digit is %v wide", w)
	}
	if s, err := Outline(true, '检'); err != nil || len(s) == 0 {
		t.Errorf("no outline: %v", err)
	}
}

// The serif face has what everyday documents are written with, and says so of a
// name that it lacks.
func TestSerif(t *testing.T) {
	if !HasSerif("关于2019年8月检查结果的通报　〔2019〕1号（盖章处）“”—…−≥×①\n") {
		t.Error("the serif face lacks everyday characters")
	}
	if HasSerif("龘") {
		t.Error("the serif face claims a rare character")
	}
	if w := AdvanceSerif(false, '检'); w != 1000 {
		t.Errorf("a Chinese character is %v wide", w)
	}
}
