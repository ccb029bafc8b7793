package desk

import (
	"context"
	"encoding/binary"

	"xunping/inspection"
	"xunping/scoring"
)

// TrendPoint is a unit in one round: its total and place among all of its kind.
type TrendPoint struct {
	Round, Title string
	Row          RankRow
	Of           int // how many have a place
}

// Trend is a unit over the rounds that know of it, oldest first.
func (d *Desk) Trend(ctx context.Context, unit, kind string) ([]TrendPoint, error) {
	cases, err := d.wb.UnitHistory(ctx, unit)
	if err != nil {
		return nil, err
	}
	var out []TrendPoint
	for _, c := range cases {
		if len(out) > 0 && out[len(out)-1].Round == c.Key.Round {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rows, err := d.ranked(c.Key.Round, kind)
		if err != nil {
			return nil, err
		}
		p := TrendPoint{Round: c.Key.Round, Title: c.Key.Round}
		if r, err := d.Round(c.Key.Round); err == nil {
			p.Title = r.Title
		}
		found := false
		for _, r := range rows {
			if r.known {
				p.Of++
			}
			if r.Unit.Code == unit {
				p.Row, found = r, true
			}
		}
		if found {
			out = append(out, p)
		}
	}
	return out, nil
}

// Heat 失分热力图 is what each unit lost under each indicator of the deducting
// parts, in the order of the ranking.
type Heat struct {
	Columns []HeatColumn
	Rows    []HeatRow
}

// HeatColumn is an indicator with what all units lost together.
type HeatColumn struct {
	Code, Title string
	Points      scoring.Decimal
	Lost        scoring.Decimal // of all units
	Units       int             // that lost anything
	Scored      int             // that have the indicator
}

// HeatRow is a unit. Cells are in the order of the columns.
type HeatRow struct {
	Unit  inspection.Unit
	Rank  int
	Value string
	Cells []HeatCell
}

// HeatCell is what a unit lost. Level is 0 for nothing to 4 for all; −1 where
// the indicator was not scored, with the word why.
type HeatCell struct {
	Lost  scoring.Decimal
	Level int
	Word  string
}

// Heat reads the packed figures of a round without opening records.
func (d *Desk) Heat(ctx context.Context, round, kind string) (*Heat, error) {
	rows, err := d.ranked(round, kind)
	if err != nil {
		return nil, err
	}
	c, err := d.roundRubric(ctx, round)
	if err != nil {
		return nil, err
	}
	packed, err := d.wb.Cells(ctx, round)
	if err != nil {
		return nil, err
	}
	h := &Heat{}
	var places []int // of the columns in the packed figures
	for i := range c.Engine.Len() {
		if ind := c.Engine.Indicator(i); c.Engine.Part(i).Kind == scoring.Deduct {
			h.Columns, places = append(h.Columns, HeatColumn{Code: ind.Code, Title: ind.Title, Points: ind.Points}), append(places, i)
		}
	}
	for i := range rows {
		r := &rows[i]
		if r.Hash == "" {
			continue
		}
		figures, err := d.cellsOf(ctx, r.Hash, packed[r.Hash], c)
		if err != nil {
			return nil, err
		}
		row := HeatRow{Unit: r.Unit, Rank: r.Rank, Value: r.Value}
		for k, at := range places {
			row.Cells = append(row.Cells, h.Columns[k].cell(figures[at]))
		}
		h.Rows = append(h.Rows, row)
	}
	return h, nil
}

// cellsOf are the figures of a record, as they were packed with it, else from the
// record itself.
func (d *Desk) cellsOf(ctx context.Context, hash string, packed []byte, c *inspection.Compiled) ([]uint32, error) {
	out := unpackCells(packed)
	if len(out) == c.Engine.Len() {
		return out, nil
	}
	rec, err := d.record(ctx, hash)
	if err != nil {
		return nil, err
	}
	return unpackCells(cells(rec, c)), nil
}

func unpackCells(b []byte) []uint32 {
	out := make([]uint32, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		out = append(out, binary.BigEndian.Uint32(b))
	}
	return out
}

// cell adds what a unit lost to the column.
func (c *HeatColumn) cell(v uint32) HeatCell {
	switch v {
	case cellAbsent:
		return HeatCell{Level: -1, Word: "不检查"}
	case cellNotScored:
		return HeatCell{Level: -1, Word: "不评分"}
	case cellOther:
		return HeatCell{Level: -1, Word: "见记录"}
	}
	lost := scoring.Decimal(v)
	c.Scored++
	c.Lost += lost
	if lost == 0 {
		return HeatCell{}
	}
	c.Units++
	level := 1
	if c.Points > 0 {
		level = int(min(1+lost*3/c.Points, 4))
	}
	return HeatCell{Lost: lost, Level: level}
}
