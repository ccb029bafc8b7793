package model

import (
	"strings"
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

// Conflicts, totals and losses are tables: found, sorted and copied like others.
func TestPagesOfTheRankingAreTables(t *testing.T) {
	unit := func(name string) inspection.Unit { return inspection.Unit{Code: name, Name: name, Kind: "city"} }
	c := ConflictTable([]desk.Conflict{{Unit: unit("甲市"), Heads: []desk.ConflictHead{{Inspector: "张", Revision: 1, Value: "80.00"}, {Inspector: "李", Revision: 2, Value: "82.00"}}, Differ: []string{"A2", "B1"}}, {Unit: unit("乙市")}})
	c.Find("b1")
	if shown := c.Shown(); len(shown) != 1 || shown[0].Cells[2] != "张 第 1 版 80.00、李 第 2 版 82.00" || shown[0].Cells[3] != "A2、B1" {
		t.Errorf("conflicts %v", shown)
	}
	bars, shares := BarTable([]desk.RankRow{{Unit: unit("甲市"), Rank: 1, Value: "80.00", Band: "高"}, {Unit: unit("乙市"), Rank: 2, Value: "40.00", Band: "低"}, {Unit: unit("丙市")}})
	bars.Sort(3)
	if shown := bars.Shown(); len(shown) != 2 || shown[0].Cells[1] != "乙市" || shares[shown[0].Place] != 0.5 {
		t.Errorf("totals %v %v", shown, shares)
	}
	heat := HeatTable(&desk.Heat{Columns: []desk.HeatColumn{{Code: "A1"}}, Rows: []desk.HeatRow{
		{Unit: unit("甲市"), Rank: 1, Cells: []desk.HeatCell{{Lost: 20000}}}, {Unit: unit("乙市"), Rank: 2, Cells: []desk.HeatCell{{Lost: 100000}}},
		{Unit: unit("丙市"), Rank: 3, Cells: []desk.HeatCell{{Level: -1, Word: "不检查"}}}}})
	heat.Sort(HeatColumnAt(0))
	heat.Sort(HeatColumnAt(0)) // the largest first
	if shown := heat.Shown(); shown[0].Cells[HeatUnit] != "乙市" || shown[2].Cells[HeatUnit] != "丙市" || strings.Count(heat.TSV(), "\n") != 3 {
		t.Errorf("losses %v", shown)
	}
}
