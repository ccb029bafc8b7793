package model

import (
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// Groups of a ranking.
const (
	groupNone  = "none"
	groupRed   = "red"
	groupBlack = "black"
	groupRest  = "rest"
)

// RankGroup is the word of a group.
func RankGroup(group string) string {
	switch group {
	case groupRed:
		return i18n.T("红榜")
	case groupBlack:
		return i18n.T("黑榜")
	case groupNone:
		return i18n.T("无名次")
	}
	return i18n.T("不在榜")
}

// RankLists is the column of the ranking that shows chips.
const RankLists = 5

// RankTable is a ranking as a table, in its order.
func RankTable(rows []desk.RankRow) *Table {
	lines := make([]Line, len(rows))
	for i, r := range rows {
		rank, before, group := "—", "—", groupRest
		if r.Rank > 0 {
			rank = strconv.Itoa(r.Rank)
		}
		if r.PreviousRank > 0 {
			before = strconv.Itoa(r.PreviousRank)
		}
		switch {
		case r.Rank == 0:
			group = groupNone
		case Contains(r.Lists, "红榜"):
			group = groupRed
		case Contains(r.Lists, "黑榜"):
			group = groupBlack
		}
		why := r.Reason
		for _, p := range r.Provisional {
			why = join(why, desk.ReasonWords(inspection.Reason(p)))
		}
		list := ""
		for _, l := range r.Lists {
			list = join(list, l)
		}
		lines[i] = Line{Cells: []string{rank, r.Unit.Name, KindWord(r.Unit.Kind), r.Value, r.Band, list, r.Moved, before, shownValue(r.PreviousValue), why}, Group: group}
	}
	return NewTable([]Column{{Word: i18n.T("名次"), Width: 52, Figure: true}, {Word: i18n.T("单位")}, {Word: i18n.T("类别"), Width: 110}, {Word: i18n.T("总分"), Width: 100, Figure: true},
		{Word: i18n.T("等级"), Width: 64}, {Word: i18n.T("榜单"), Width: 60}, {Word: i18n.T("比上轮"), Width: 64, Amount: Climbed}, {Word: i18n.T("上轮名次"), Width: 76, Figure: true},
		{Word: i18n.T("上轮总分"), Width: 90, Figure: true}, {Word: i18n.T("说明"), Width: 230}}, lines)
}

func shownValue(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// RankBar is the column of the table of totals that shows bars.
const RankBar = 2

// BarTable is the ranked units with their totals as bars; shares are of the
// longest bar, by the place of the line.
func BarTable(rows []desk.RankRow) (t *Table, shares []float32) {
	most := float32(1)
	for _, r := range rows {
		if r.Rank > 0 {
			most = max(most, height(r.Value))
		}
	}
	var lines []Line
	for _, r := range rows {
		if r.Rank > 0 {
			lines = append(lines, Line{Cells: []string{strconv.Itoa(r.Rank), r.Unit.Name, "", r.Value, r.Band}, Group: r.Band})
			shares = append(shares, height(r.Value)/most)
		}
	}
	return NewTable([]Column{{Word: i18n.T("名次"), Width: 50, Figure: true}, {Word: i18n.T("单位"), Width: 220}, {}, {Word: i18n.T("总分"), Width: 90, Figure: true},
		{Word: i18n.T("等级"), Width: 80}}, lines), shares
}

// height is a printed figure for drawing only.
func height(value string) float32 {
	f, err := strconv.ParseFloat(value, 32)
	if err != nil {
		return 0
	}
	return float32(f)
}

// PlotPoint is one point of a plot; At is from 0 to 1.
type PlotPoint struct {
	Label, Value string
	At           float32
	Known        bool
}

// PlotMark is a threshold of a plot.
type PlotMark struct {
	At   float32
	Text string
}

// TrendPlot is a unit over the rounds, ready to be drawn over the thresholds of
// the rubric's lists.
func TrendPlot(points []desk.TrendPoint, c *inspection.Compiled) ([]PlotPoint, []PlotMark) {
	most := float32(100)
	for _, p := range points {
		most = max(most, height(p.Row.Value))
	}
	var out []PlotPoint
	for _, p := range points {
		x := PlotPoint{Label: p.Round, Value: p.Row.Value, At: height(p.Row.Value) / most, Known: p.Row.Rank > 0}
		if x.Known {
			x.Value = i18n.T("%s（%d／%d）", p.Row.Value, p.Row.Rank, p.Of)
		}
		out = append(out, x)
	}
	var marks []PlotMark
	for _, l := range c.Rubric.Lists {
		for _, at := range []*scoring.Decimal{l.AtLeast, l.Below} {
			if at != nil {
				marks = append(marks, PlotMark{At: height(at.String()) / most, Text: at.String()})
			}
		}
	}
	return out, marks
}

// HeatHead is the head of a column of a heat map.
func HeatHead(c desk.HeatColumn) string { return i18n.T("%s（%s）", c.Code, c.Points.String()) }

// TwoPlaces prints points with at least two places, so that the points of a
// column stand under each other.
func TwoPlaces(d scoring.Decimal) string {
	s := d.String()
	whole, frac, _ := strings.Cut(s, ".")
	return whole + "." + frac + strings.Repeat("0", max(2-len(frac), 0))
}

// HeatFoot is what all units lost under an indicator.
func HeatFoot(c desk.HeatColumn) string { return TwoPlaces(c.Lost) }

// HeatWords is a cell of a heat map.
func HeatWords(c desk.HeatCell) string {
	if c.Level >= 0 {
		return TwoPlaces(c.Lost)
	}
	switch c.Word { // the words of the ledger are Chinese
	case "不检查":
		return i18n.T("不检查")
	case "不评分":
		return i18n.T("不评分")
	case "见记录":
		return i18n.T("见记录")
	}
	return c.Word
}

// heatLead is how many columns of the table of a heat map stand before the
// indicators: rank, unit and total.
const heatLead = 3

// HeatColumnAt is the column of the table in which an indicator stands.
func HeatColumnAt(indicator int) int { return heatLead + indicator }

// HeatUnit is the column of the units.
const HeatUnit = 1

// HeatTable is a heat map as a table: to find units, to sort by what they lost,
// and to copy.
func HeatTable(h *desk.Heat) *Table {
	columns := []Column{{Word: i18n.T("名次"), Figure: true}, {Word: i18n.T("单位")}, {Word: i18n.T("总分"), Figure: true}}
	for _, c := range h.Columns {
		columns = append(columns, Column{Word: HeatHead(c), Figure: true})
	}
	lines := make([]Line, 0, len(h.Rows))
	for _, r := range h.Rows {
		cells := []string{strconv.Itoa(r.Rank), r.Unit.Name, r.Value}
		for _, c := range r.Cells {
			cells = append(cells, HeatWords(c))
		}
		lines = append(lines, Line{Cells: cells})
	}
	return NewTable(columns, lines)
}
