package desk

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// What a plan of teams covers of its round.

// within is the plan for these units; none given is a round that lists none.
func (p Plan) within(units []string) Plan {
	if len(units) == 0 {
		return p
	}
	there := map[string]bool{}
	for _, u := range units {
		there[u] = true
	}
	out := Plan{Told: p.Told}
	for _, t := range p.Teams {
		if t.Units = slices.DeleteFunc(slices.Clone(t.Units), func(u string) bool { return !there[u] }); len(t.Units) > 0 {
			out.Teams = append(out.Teams, t)
		}
	}
	return out
}

// Teamless are the units of a round that are in no team, where there are teams: no
// task pack of a team brings them.
func (d *Desk) Teamless(round string) ([]inspection.Unit, error) {
	p, err := d.Plan(round)
	if err != nil || len(p.Teams) == 0 {
		return nil, err
	}
	r, err := d.Round(round)
	if err != nil {
		return nil, err
	}
	units, err := d.roundUnits(r)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, t := range p.Teams {
		for _, u := range t.Units {
			has[u] = true
		}
	}
	return others(units, has), nil
}

// TeamlessWords say which units no task pack brings; "" for none.
func TeamlessWords(units []inspection.Unit) string {
	if len(units) == 0 {
		return ""
	}
	return i18n.T("还有 %d 个单位没有编组，不在任何任务包里：%s", len(units), someNames(units))
}

// NotInRound are units of the unit list that a round leaves out although it has
// others of their kind: a round copied from the last one does not know who came since.
func (d *Desk) NotInRound(r RoundInfo) ([]inspection.Unit, error) {
	if len(r.Units) == 0 {
		return nil, nil
	}
	all, err := d.Units()
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	for _, code := range r.Units {
		in[code] = true
	}
	kinds := map[string]bool{}
	for _, u := range all {
		kinds[u.Kind] = kinds[u.Kind] || in[u.Code]
	}
	return slices.DeleteFunc(others(all, in), func(u inspection.Unit) bool { return !kinds[u.Kind] }), nil
}

// NotInRoundWords say which units a round leaves out; "" for none.
func NotInRoundWords(units []inspection.Unit) string {
	if len(units) == 0 {
		return ""
	}
	return i18n.T("单位名单里还有 %d 个同类单位不在本轮：%s", len(units), someNames(units))
}

// others are the units without those.
func others(units []UnitInfo, those map[string]bool) (out []inspection.Unit) {
	for _, u := range units {
		if !those[u.Code] {
			out = append(out, u.Unit)
		}
	}
	return out
}

// someNames are the first few of units.
func someNames(units []inspection.Unit) string {
	const shown = 8
	var names []string
	for _, u := range units[:min(len(units), shown)] {
		names = append(names, u.Name)
	}
	if len(units) > shown {
		names = append(names, "…")
	}
	return strings.Join(names, i18n.T("、"))
}
