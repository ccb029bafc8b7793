package model

import (
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

func TestOpenLines(t *testing.T) {
	items := []desk.RectifyItem{
		{Indicator: "A2", State: desk.RectifyPart, Due: "2019-09-30", Repeats: 2},
		{Indicator: "B1", State: desk.RectifyOpen, Due: "2019-10-31"},
	}
	wanted := []desk.Wanted{{Indicator: "A3", Text: "照片不清", Until: "2019-10-03"}}
	got := OpenLines(wanted, items, []desk.Lead{{Indicator: "C1", Round: "2019-08", From: inspection.Unit{Name: "民政厅"}}}, "2019-10-08")
	want := []OpenLine{
		{"A3", "A3 退回，2019-10-03 前重交：照片不清，已逾期", true, nil},
		{"A2", "A2 部分整改，期限 2019-09-30，已重复 2 次，已逾期", true, &items[0]},
		{"B1", "B1 待整改，期限 2019-10-31", false, &items[1]},
		{"C1", "C1 线索：来自民政厅（2019-08）", false, nil},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines: %+v", len(got), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}
