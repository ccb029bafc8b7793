package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/store"
)

// Team 检查组 has the units that it visits in a round.
type Team struct {
	Name  string   `json:"name"`
	Units []string `json:"units"` // codes
}

// Plan is what the bureau arranges for a round beside what records carry: who
// has which unit, and whether the score is told on site. It is of this workbook
// only and travels in task packs.
type Plan struct {
	Told  bool   `json:"told"`
	Teams []Team `json:"teams"`
}

// Limits of a plan.
const (
	maxTeams    = 500
	maxTeamName = 60 // characters
)

// Keys of what is kept for a round.
const (
	settingPlan    = "plan/"    // + round
	settingFigures = "figures/" // + round + "/" + unit
)

// Plan is the plan of a round; one that was never made tells scores on site and
// has no teams. Units that the round lost since are in no team any more.
func (d *Desk) Plan(round string) (Plan, error) {
	p := Plan{Told: true}
	text, err := d.wb.Setting(context.Background(), settingPlan+round)
	if err != nil || text == "" {
		return p, err
	}
	if err := canon.Decode([]byte(text), &p); err != nil {
		return p, err
	}
	r, err := d.Round(round)
	switch {
	case isNotFound(err):
		return p, nil
	case err != nil:
		return p, err
	}
	return p.within(r.Units), nil
}

// PutPlan keeps a plan. A unit belongs to one team at most.
func (d *Desk) PutPlan(round string, p Plan) error {
	if len(p.Teams) > maxTeams {
		return i18n.E("检查组超过 %d 个，没有改动", maxTeams)
	}
	names, has := map[string]bool{}, map[string]string{}
	for i := range p.Teams {
		t := &p.Teams[i]
		t.Name = strings.TrimSpace(t.Name)
		if t.Name == "" || len([]rune(t.Name)) > maxTeamName || names[t.Name] {
			return i18n.E("检查组的名称要写，不超过 %d 个字，也不能重复：%s", maxTeamName, t.Name)
		}
		names[t.Name] = true
		for _, u := range t.Units {
			if other := has[u]; other != "" {
				return i18n.E("单位 %s 编进了两个组：%s 和 %s；没有改动", u, other, t.Name)
			}
			has[u] = t.Name
		}
	}
	if p.Teams == nil {
		p.Teams = []Team{}
	}
	b, err := canon.Encode(p)
	if err != nil {
		return err
	}
	return d.wb.SetSetting(context.Background(), settingPlan+round, string(b))
}

// TeamOf is the team that has a unit, or "".
func (p Plan) TeamOf(unit string) string {
	for _, t := range p.Teams {
		if slices.Contains(t.Units, unit) {
			return t.Name
		}
	}
	return ""
}

// With is the plan with units moved to a team; "" takes them out of theirs. A
// team without units is gone.
func (p Plan) With(team string, units ...string) Plan {
	out := Plan{Told: p.Told}
	found := false
	for _, t := range p.Teams {
		t.Units = slices.DeleteFunc(slices.Clone(t.Units), func(u string) bool { return slices.Contains(units, u) })
		if t.Name == team {
			t.Units, found = append(t.Units, units...), true
		}
		if len(t.Units) > 0 {
			out.Teams = append(out.Teams, t)
		}
	}
	if !found && team != "" && len(units) > 0 {
		out.Teams = append(out.Teams, Team{team, slices.Clone(units)})
	}
	return out
}

// ImportTeams reads who has which unit from a table, XLSX or CSV, with a head
// row: 代码 and 检查组. It replaces the teams of the round; all rows or none.
func (d *Desk) ImportTeams(round, path string) (Plan, error) {
	r, err := d.Round(round)
	if err != nil {
		return Plan{}, err
	}
	p, err := d.Plan(round)
	if err != nil {
		return Plan{}, err
	}
	b, err := ReadFile(path)
	if err != nil {
		return Plan{}, err
	}
	rows, err := tableOf(path, b)
	if err != nil {
		return Plan{}, err
	}
	t := headed(rows)
	code, team := t.col("代码", "单位代码", "code"), t.col("检查组", "组", "team")
	if code < 0 || team < 0 {
		return Plan{}, i18n.E("表格第一行要有“代码”和“检查组”；没有改动")
	}
	units, err := d.roundUnits(r)
	if err != nil {
		return Plan{}, err
	}
	p.Teams = nil
	wrong := cellErrors{what: i18n.T("检查组表")}
	seen := map[string]bool{}
	for n := range t.rows {
		u := t.at(n, code)
		if u == "" && t.at(n, team) == "" {
			continue
		}
		switch known := slices.ContainsFunc(units, func(x UnitInfo) bool { return x.Code == u }); {
		case !known:
			wrong.add(code, n+t.first, i18n.T("本轮没有单位“%s”", u))
		case seen[u]:
			wrong.add(code, n+t.first, i18n.T("单位“%s”写了两行", u))
		default:
			seen[u] = true
			if t.at(n, team) != "" {
				p = p.With(t.at(n, team), u)
			}
		}
	}
	if err := wrong.err(); err != nil {
		return Plan{}, err
	}
	return p, d.PutPlan(round, p)
}

// EditRound changes what the bureau sets for a round that exists; what is empty
// in the plan stays. What was sealed keeps what it says.
func (d *Desk) EditRound(p RoundPlan, told *bool) (RoundInfo, error) {
	r, err := d.Round(p.Code)
	if err != nil {
		return r, err
	}
	if p.Title != "" {
		r.Title = p.Title
	}
	if p.Cutoff != "" {
		r.Cutoff = p.Cutoff
	}
	if p.Signers > 0 {
		r.Signers = p.Signers
	}
	if p.Deadlines != nil {
		r.Deadlines = p.Deadlines
	}
	if p.Units != nil {
		if r.Units, err = d.planUnits(nil, p.Units, false); err != nil {
			return r, err
		}
	}
	if err := d.PutRound(r); err != nil {
		return r, err
	}
	if told == nil {
		return r, nil
	}
	plan, err := d.Plan(p.Code)
	if err != nil {
		return r, err
	}
	plan.Told = *told
	return r, d.PutPlan(p.Code, plan)
}

// copyPlan gives a new round the teams of the one before it.
func (d *Desk) copyPlan(from, to string, units []string) error {
	if from == "" {
		return nil
	}
	p, err := d.Plan(from)
	if err != nil {
		return err
	}
	for i := range p.Teams {
		if len(units) > 0 {
			p.Teams[i].Units = slices.DeleteFunc(p.Teams[i].Units, func(u string) bool { return !slices.Contains(units, u) })
		}
	}
	p.Teams = slices.DeleteFunc(p.Teams, func(t Team) bool { return len(t.Units) == 0 })
	return d.PutPlan(to, p)
}

// figuresOf are the platform figures kept for a unit in a round.
func (d *Desk) figuresOf(round, unit string) ([]inspection.Figure, error) {
	text, err := d.wb.Setting(context.Background(), settingFigures+round+"/"+unit)
	if err != nil || text == "" {
		return nil, err
	}
	var out []inspection.Figure
	return out, canon.Decode([]byte(text), &out)
}

// Figures are the platform figures kept for a round, by unit.
func (d *Desk) Figures(round string) (map[string][]inspection.Figure, error) {
	texts, err := d.wb.Settings(context.Background(), settingFigures+round+"/")
	if err != nil {
		return nil, err
	}
	out := map[string][]inspection.Figure{}
	for key, text := range texts {
		var list []inspection.Figure
		if err := canon.Decode([]byte(text), &list); err != nil {
			return nil, err
		}
		out[strings.TrimPrefix(key, settingFigures+round+"/")] = list
	}
	return out, nil
}

// putFigures keeps figures; one for the same unit and measure is replaced.
func (d *Desk) putFigures(round string, figures, gone []inspection.Figure) error {
	byUnit := map[string][]inspection.Figure{}
	withdrawn := map[[2]string]bool{}
	for _, f := range gone {
		withdrawn[[2]string{f.Unit, f.Measure}] = true
		byUnit[f.Unit] = nil
	}
	for _, f := range figures {
		byUnit[f.Unit] = append(byUnit[f.Unit], f)
	}
	values := map[string]string{}
	for unit, list := range byUnit {
		old, err := d.figuresOf(round, unit)
		if err != nil {
			return err
		}
		for _, f := range old {
			if !withdrawn[[2]string{unit, f.Measure}] && !slices.ContainsFunc(list, func(x inspection.Figure) bool { return x.Measure == f.Measure }) {
				list = append(list, f)
			}
		}
		slices.SortFunc(list, func(a, b inspection.Figure) int { return strings.Compare(a.Measure, b.Measure) })
		b, err := canon.Encode(list)
		if err != nil {
			return err
		}
		values[settingFigures+round+"/"+unit] = string(b)
	}
	return d.wb.SetSettings(context.Background(), values)
}

// unitRows are units as the store takes them.
func unitRows(list []UnitInfo) []store.UnitRow {
	out := make([]store.UnitRow, len(list))
	for i, u := range list {
		out[i] = store.UnitRow{Code: u.Code, Name: u.Name, Kind: u.Kind, Liaison: u.Liaison, Phone: u.Phone, Pinyin: Initials(u.Name)}
	}
	return out
}

// fileName makes a text safe as a part of a file's name on every system.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 32 || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(s))
	s = strings.TrimRight(s, ". ")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	if s == "" || s == filepath.Dir(s) {
		return "_"
	}
	return s
}
