package model

import (
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

// Changes that are not signed outlast a letter, a merge and another page; those of
// a record that is another one now do not, and what is signed is gone.
func TestReviewResumes(t *testing.T) {
	rows := func(b string) []desk.ReviewRow {
		return []desk.ReviewRow{{Unit: inspection.Unit{Code: "a"}, Indicator: "A1", Record: "1"}, {Unit: inspection.Unit{Code: "b"}, Indicator: "A1", Record: b}, {Unit: inspection.Unit{Code: "c"}, Indicator: "A1", Record: "3"}}
	}
	first := NewReview(rows("2"))
	for _, r := range rows("2") {
		if err := first.Change(r, desk.ReviewEdit{Reason: "与其他组一致"}); err != nil {
			t.Fatal(err)
		}
	}
	first.Signed([]string{"c"})
	again := NewReview(rows("2"))
	if n := again.Resume(first); n != 0 {
		t.Errorf("%d dropped although nothing changed", n)
	}
	if n, units := again.Pending(); n != 2 || units != 2 {
		t.Errorf("%d changes in %d units", n, units)
	}
	later := NewReview(rows("2 corrected"))
	if n := later.Resume(again); n != 1 {
		t.Errorf("%d dropped", n)
	}
	if by := later.ByUnit(); len(by) != 1 || len(by["a"]) != 1 {
		t.Errorf("left: %v", by)
	}
}
