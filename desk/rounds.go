package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// RoundInfo is a round 检查轮次 of the workbook.
type RoundInfo struct {
	inspection.Round
	RubricHash string
	Closed     bool
	Units      []string // codes
}

// Rounds are the workbook's rounds by code.
func (d *Desk) Rounds() ([]RoundInfo, error) {
	rows, err := d.wb.Rounds(context.Background())
	if err != nil {
		return nil, err
	}
	out := make([]RoundInfo, len(rows))
	for i, r := range rows {
		out[i] = RoundInfo(r)
	}
	return out, nil
}

// Round finds a round.
func (d *Desk) Round(code string) (RoundInfo, error) {
	r, err := d.wb.Round(context.Background(), code)
	if err != nil {
		if store.IsNotFound(err) {
			return RoundInfo{}, i18n.E("没有检查轮次“%s”", code, err)
		}
		return RoundInfo{}, err
	}
	return RoundInfo(r), nil
}

// PutRound adds a round or changes the one with its code. A round on an
// illustrative rubric is a trial round 试评.
func (d *Desk) PutRound(r RoundInfo) error {
	c, err := d.Compiled(r.RubricHash)
	if err != nil {
		return err
	}
	if !r.Trial && illustrative(c) {
		return i18n.E("分值或扣分情形是示例，只能建试评轮次")
	}
	if r.Code == "" || r.Title == "" {
		return i18n.E("检查轮次要有代码和名称")
	}
	return d.wb.PutRound(context.Background(), store.RoundRow(r))
}

// CloseRound marks a round as closed.
func (d *Desk) CloseRound(code string) error {
	r, err := d.Round(code)
	if err != nil {
		return err
	}
	r.Closed = true
	return d.wb.PutRound(context.Background(), store.RoundRow(r))
}

// previousRound is the round before this one on the workbook's list, or "".
func (d *Desk) previousRound(code string) string {
	rounds, err := d.wb.Rounds(context.Background())
	if err != nil {
		return ""
	}
	known, err := d.wb.KnownRounds(context.Background())
	if err != nil {
		return ""
	}
	var codes []string
	for _, r := range rounds {
		codes = append(codes, r.Code)
	}
	for _, k := range known {
		codes = append(codes, k.Round)
	}
	slices.Sort(codes)
	before := ""
	for _, c := range codes {
		if c < code {
			before = c
		}
	}
	return before
}

// putUnits adds units with their pinyin initials.
func (d *Desk) putUnits(list []inspection.Unit) error {
	rows := make([]store.UnitRow, len(list))
	for i, u := range list {
		rows[i] = store.UnitRow{Code: u.Code, Name: u.Name, Kind: u.Kind, Pinyin: Initials(u.Name)}
	}
	return d.wb.PutUnits(context.Background(), rows)
}

// UnitInfo is a unit of the list.
type UnitInfo struct {
	inspection.Unit
	Liaison, Phone, Initials string
}

// Units are the units of the list, in its order.
func (d *Desk) Units() ([]UnitInfo, error) {
	rows, err := d.wb.Units(context.Background())
	if err != nil {
		return nil, err
	}
	out := make([]UnitInfo, len(rows))
	for i, r := range rows {
		out[i] = UnitInfo{Unit: inspection.Unit{Code: r.Code, Name: r.Name, Kind: r.Kind}, Liaison: r.Liaison, Phone: r.Phone, Initials: r.Pinyin}
	}
	return out, nil
}

func (d *Desk) unit(code string) (inspection.Unit, error) {
	u, err := d.wb.Unit(context.Background(), code)
	if err != nil {
		if store.IsNotFound(err) {
			return inspection.Unit{}, i18n.E("单位名单里没有代码“%s”", code, err)
		}
		return inspection.Unit{}, err
	}
	return inspection.Unit{Code: u.Code, Name: u.Name, Kind: u.Kind}, nil
}
