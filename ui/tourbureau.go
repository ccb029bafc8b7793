package ui

import (
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
		t.rankAs(1), t.shot("heat"),
		t.rankAs(2), t.shot("bars"), t.rankAs(0),
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

// rankAs taps on a way to see the ranking: table, losses, bars.
func (t *tourist) rankAs(how int) func() error {
	return func() error {
		t.bureau().rank.ways.Objects[how].(*look.Button).OnTapped()
		return nil
	}
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
