package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/ui/look"
)

// bureauSteps walk through 汇总 after files were received.
func (t *tourist) bureauSteps() []func() error {
	page := func(name string) func() error { return func() error { t.bureau().choose(name); return nil } }
	return []func() error{
		page("overview"), t.shot("overview"),
		t.teams, page("prepare"), t.shot("prepare"),
		page("letters"), t.shot("letters"),
		page("review"), t.shot("review"),
		t.judge, t.shot("review-edit"), t.closeDialog,
		page("ranking"), t.shot("ranking"),
		t.heat, t.shot("heat"),
		t.trend, t.shot("trend"), t.closeDialog,
	}
}

// teams puts the first units into teams.
func (t *tourist) teams() error {
	d, code := t.s.desk, t.s.round.Code
	rows, err := d.UnitList(code)
	if err != nil {
		return err
	}
	plan, err := d.Plan(code)
	if err != nil {
		return err
	}
	for i, r := range rows {
		plan = plan.With([]string{i18n.T("第一组"), i18n.T("第二组")}[i%2], r.Unit.Code)
	}
	return d.PutPlan(code, plan)
}

// judge opens one judgement.
func (t *tourist) judge() error {
	v := t.bureau()
	if v.review == nil || v.review.Empty() {
		return nil
	}
	p := &reviewPage{v: v}
	p.edit(v.review.Row(v.review.Table("").Shown()[0]))
	return nil
}

// heat shows the losses in the place of the table.
func (t *tourist) heat() error {
	v := t.bureau()
	h, err := t.s.desk.Heat(context.Background(), t.s.round.Code, "")
	if err != nil {
		return err
	}
	t.s.show(&pane{i18n.T("失分热力图"), look.Inset(look.Gap4, v.heatView(h))})
	return nil
}

// trend shows the first of the ranking over the rounds.
func (t *tourist) trend() error {
	t.s.goTo(placeBureau)
	rows, err := t.s.desk.Rank(t.s.round.Code, "")
	if err != nil || len(rows) == 0 || rows[0].Rank == 0 {
		return err
	}
	t.bureau().choose("ranking")
	t.bureau().showTrend(rows[0], "")
	return nil
}
