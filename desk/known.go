package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// KnowsRound refuses a round that is not defined here and of which nothing came: an
// empty list of it would look like good news.
func (d *Desk) KnowsRound(round string) error {
	ctx := context.Background()
	_, err := d.wb.RoundHead(ctx, round)
	if err == nil || !store.IsNotFound(err) {
		return err
	}
	if objects, lerr := d.wb.Acts(ctx, store.ActFilter{Round: round}); lerr != nil || len(objects) > 0 {
		return lerr
	}
	known, lerr := d.wb.KnownRounds(ctx)
	if lerr != nil || slices.ContainsFunc(known, func(r store.RoundCount) bool { return r.Round == round }) {
		return lerr
	}
	return i18n.E("没有检查轮次“%s”", round, err)
}

// KnowsUnit refuses a unit that is not in the list and of which no record came.
func (d *Desk) KnowsUnit(code string) error {
	_, err := d.unit(code)
	if err == nil || !store.IsNotFound(err) {
		return err
	}
	if cases, lerr := d.wb.UnitHistory(context.Background(), code); lerr != nil || len(cases) > 0 {
		return lerr
	}
	return err
}

// KnowsKind refuses a kind of units that there is not; "" is all.
func KnowsKind(kind string) error {
	switch kind {
	case "", "city", "department", "central":
		return nil
	}
	return i18n.E("没有单位类别“%s”；有 city、department、central", kind, store.ErrNotFound)
}

// KnowsActKind refuses a kind of acts that there is not; "" is all.
func KnowsActKind(kind string) error {
	switch inspection.ActKind(kind) {
	case "", inspection.ActOpinion, inspection.ActLetter, inspection.ActObjection, inspection.ActRuling, inspection.ActApproval, inspection.ActReturn,
		inspection.ActRectify, inspection.ActAnswer, inspection.ActExtension, inspection.ActRecheck, inspection.ActListChange,
		inspection.ActPublication, inspection.ActAcceptance, inspection.ActReceipt:
		return nil
	}
	return i18n.E("没有行为类别“%s”", kind, store.ErrNotFound)
}
