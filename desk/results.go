package desk

import (
	"context"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

// ResultOf is the record that is the result of a unit in a round.
func (d *Desk) ResultOf(round, unit string) (string, error) {
	c, err := d.caseOf(context.Background(), round, unit)
	if err != nil {
		return "", err
	}
	if c.Head() == "" {
		return "", i18n.E("单位 %s 没有唯一的结果", unit)
	}
	return c.Head(), nil
}

// Loss is a finding of a unit that costs points, with its key for a notice 整改通知.
type Loss struct {
	Key, Indicator string
	Finding        inspection.Finding
}

// LossesOf are the findings of a unit's result for which it answers itself, in the
// rubric's order.
func (d *Desk) LossesOf(round, unit string) ([]Loss, error) {
	hash, err := d.ResultOf(round, unit)
	if err != nil {
		return nil, err
	}
	rec, err := d.record(context.Background(), hash)
	if err != nil {
		return nil, err
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	if err != nil {
		return nil, err
	}
	var out []Loss
	for i := range c.Engine.Len() {
		if c.Engine.Part(i).Kind != scoring.Deduct {
			continue
		}
		code := c.Engine.Indicator(i).Code
		for _, f := range rec.Entries[code].Findings {
			if f.Responsible == "" || f.Responsible == unit {
				out = append(out, Loss{FindingKey(code, f.ID), code, f})
			}
		}
	}
	return out, nil
}

// Unserved are the units of a round whose result nobody has registered as served
// 送达; a revision of what was served once needs no second service.
func (d *Desk) Unserved(round string) ([]string, error) {
	rows, err := d.Rank(round, "")
	if err != nil {
		return nil, err
	}
	s, err := d.actSet(context.Background(), store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	served := map[string]bool{}
	for _, x := range services(s) {
		served[x.Act.Case.Unit] = true
	}
	var out []string
	for _, r := range rows {
		if r.Hash != "" && !r.Stranger && !served[r.Unit.Code] {
			out = append(out, r.Unit.Code)
		}
	}
	return out, nil
}
