package ui

import (
	"testing"

	"xunping/scoring"
)

// What is only tried out is on no paper: papers are drawn from the draft that counts.
func TestPapersLeaveATrialOut(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	v.try()
	must(t, v.in.SetCount("A2", "A2-2", scoring.One))
	if len(v.in.Record().Entries["A2"].Findings) != 1 || len(v.counted().Record().Entries["A2"].Findings) != 0 {
		t.Error("the draft that papers are drawn from holds what is tried out")
	}
	v.try()
	if v.counted() != v.in {
		t.Error("after the trial papers are drawn from something else")
	}
}
