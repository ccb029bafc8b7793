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
	var out []inspection.Unit
	for _, u := range units {
		if !has[u.Code] {
			out = append(out, u.Unit)
		}
	}
	return out, nil
}

// TeamlessWords say which units no task pack brings; "" for none.
func TeamlessWords(units []inspection.Unit) string {
	const shown = 8
	if len(units) == 0 {
		return ""
	}
	var names []string
	for _, u := range units[:min(len(units), shown)] {
		names = append(names, u.Name)
	}
	if len(units) > shown {
		names = append(names, "…")
	}
	return i18n.T("还有 %d 个单位没有编组，不在任何任务包里：%s", len(units), strings.Join(names, i18n.T("、")))
}
