package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
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
	return roundInfo(d.wb.Round(context.Background(), code))
}

// roundHead is Round without its units.
func (d *Desk) roundHead(code string) (RoundInfo, error) {
	return roundInfo(d.wb.RoundHead(context.Background(), code))
}

func roundInfo(r store.RoundRow, err error) (RoundInfo, error) {
	if store.IsNotFound(err) {
		return RoundInfo{}, i18n.E("没有检查轮次“%s”", r.Code, err)
	}
	return RoundInfo(r), err
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
	if err := r.checkDays(c); err != nil {
		return err
	}
	return d.wb.PutRound(context.Background(), store.RoundRow(r))
}

// checkDays refuses days that are none, and deadlines of measures for which the
// rubric asks none of the round.
func (r *RoundInfo) checkDays(c *inspection.Compiled) error {
	if r.Cutoff != "" && !scoring.IsDay(r.Cutoff) {
		return i18n.E("“%s”不是日期，应写成 2019-08-31", r.Cutoff)
	}
	asked := map[string]bool{}
	for i := range c.Engine.Len() {
		for _, m := range c.Engine.Indicator(i).Measures {
			asked[m.Code] = m.Deadline == scoring.RoundDeadline
		}
	}
	for _, code := range sortedKeys(r.Deadlines) {
		if day := r.Deadlines[code]; !scoring.IsDay(day) {
			return i18n.E("“%s”不是日期，应写成 2019-08-31", day)
		}
		if !asked[code] {
			return i18n.E("%s 不是由轮次设定规定时间的完成情况", code)
		}
	}
	return nil
}

// offered refuses a rubric that was archived, and one that calls itself official and
// came from a file or with somebody's record: official it becomes only by being
// published with its document.
func (d *Desk) offered(c *inspection.Compiled) error {
	list, err := d.Rubrics()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(x RubricInfo) bool { return x.Hash == c.Hash })
	official := c.Rubric.PointsStatus == scoring.Official || c.Rubric.RulesStatus == scoring.Official
	switch {
	case at >= 0 && list[at].Archived:
		return i18n.E("指标体系 %s 第 %s 版已归档，不再供新轮次选用：请在“指标”页选一个，从那里新建轮次（终端：--rubric 写另一版，或用 rubric offer 取消归档）；没有改动", c.Rubric.Code, c.Rubric.Version)
	case official && (at < 0 || list[at].Came):
		return i18n.E("这套指标自称“正式”，但没有在这里发布过：先发布并写明文号（rubric publish），再建轮次；没有改动")
	}
	return nil
}

// keepDeadlines leaves out the days of the round before that another rubric does
// not ask for.
func (r *RoundInfo) keepDeadlines(c *inspection.Compiled) {
	kept := map[string]string{}
	for i := range c.Engine.Len() {
		for _, m := range c.Engine.Indicator(i).Measures {
			if day := r.Deadlines[m.Code]; day != "" && m.Deadline == scoring.RoundDeadline {
				kept[m.Code] = day
			}
		}
	}
	r.Deadlines = kept
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
	before, err := d.wb.RoundBefore(context.Background(), code)
	if err != nil {
		return ""
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

// RoundPlan says what a new round differs in from the one before it; what is
// empty is copied from there.
type RoundPlan struct {
	Code, Title, Rubric string            // Rubric: hash, code or file
	Trial               *bool             // nil: as before, or as the rubric's points demand
	Cutoff              string            // YYYY-MM-DD
	Signers             int               // 0: as before
	Deadlines           map[string]string // 规定时间 by measure
	Units               []string          // nil: as before, or the whole list
}

// NewRound makes a round that copies the last one by code. The first takes the
// whole unit list and two signers.
func (d *Desk) NewRound(p RoundPlan) (RoundInfo, error) {
	if _, err := d.Round(p.Code); err == nil {
		return RoundInfo{}, i18n.E("检查轮次 %s 已经有了，没有改动", p.Code)
	}
	rounds, err := d.Rounds()
	if err != nil {
		return RoundInfo{}, err
	}
	r := RoundInfo{Round: inspection.Round{Signers: 2}}
	for _, old := range rounds {
		if old.Code < p.Code {
			r = old
		}
	}
	before, fresh := r.Code, r.Code == ""
	r.Code, r.Closed, r.Cutoff, r.Title = p.Code, false, p.Cutoff, p.Title
	if r.Title == "" {
		r.Title = p.Code
	}
	if p.Signers > 0 {
		r.Signers = p.Signers
	}
	if p.Deadlines != nil {
		r.Deadlines = p.Deadlines
	}
	if err := d.planRubric(&r, p, fresh); err != nil {
		return RoundInfo{}, err
	}
	if r.Units, err = d.planUnits(r.Units, p.Units, fresh); err != nil {
		return RoundInfo{}, err
	}
	if err := d.PutRound(r); err != nil {
		return RoundInfo{}, err
	}
	return r, d.copyPlan(before, r.Code, r.Units)
}

// planRubric chooses rubric and trial of a new round, and takes the rubric into
// the workbook.
func (d *Desk) planRubric(r *RoundInfo, p RoundPlan, fresh bool) error {
	if p.Rubric == "" && fresh {
		return i18n.E("第一个轮次要写明指标体系")
	}
	c, err := FindRubric(d, p.Rubric, r.RubricHash)
	if err != nil {
		return err
	}
	if err := d.offered(c); err != nil {
		return err
	}
	if _, err := d.wb.PutRubric(context.Background(), c.JSON); err != nil {
		return err
	}
	if c.Hash != r.RubricHash {
		r.RubricHash, r.Trial = c.Hash, illustrative(c)
		if p.Deadlines == nil {
			r.keepDeadlines(c)
		}
	}
	if p.Trial != nil {
		r.Trial = *p.Trial
	}
	return nil
}

func (d *Desk) planUnits(before, wanted []string, fresh bool) ([]string, error) {
	list, err := d.Units()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	var all []string
	for _, u := range list {
		known[u.Code] = true
		all = append(all, u.Code)
	}
	for _, code := range wanted {
		if !known[code] {
			return nil, i18n.E("单位名单里没有代码“%s”", code)
		}
	}
	switch {
	case wanted != nil:
		return wanted, nil
	case fresh:
		return all, nil
	}
	return before, nil
}
