package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Amendment is a bureau's revision of a result before it is signed: the record
// that counts with some entries changed, each with a reason.
type Amendment struct {
	Unit   inspection.Unit
	Before string // printed total of the record it changes
	Record *inspection.Record
	Result *scoring.Result

	c *inspection.Compiled
}

// oneHead is the record that counts for a unit in the case that the round ranks.
func (d *Desk) oneHead(round, unit string) (*inspection.Record, string, *inspection.Compiled, error) {
	ctx := context.Background()
	c, err := d.roundRubric(ctx, round)
	if err != nil {
		return nil, "", nil, err
	}
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, "", nil, err
	}
	rubric, trial, _, err := d.frame(ctx, round, cases)
	if err != nil {
		return nil, "", nil, err
	}
	x, found, err := d.wb.Case(ctx, inspection.CaseKey{Round: round, Rubric: rubric, Trial: trial, Unit: unit})
	if err != nil {
		return nil, "", nil, err
	}
	if !found || x.Head() == "" {
		return nil, "", nil, i18n.E("单位 %s 在轮次 %s 没有唯一的有效结果，不能修订；有冲突的请先处理冲突", unit, round)
	}
	rec, err := d.record(ctx, x.Head())
	return rec, x.Head(), c, err
}

// Amend changes entries of the record that counts for a unit, without signing.
func (d *Desk) Amend(round, unit string, by map[string]Choice) (*Amendment, error) {
	old, hash, c, err := d.oneHead(round, unit)
	if err != nil {
		return nil, err
	}
	if len(by) == 0 {
		return nil, i18n.E("没有写任何改动")
	}
	rec := clone(old)
	rec.Parents, rec.Revision, rec.Follows, rec.Reasons = []string{hash}, old.Revision+1, "", map[string]string{}
	rec.Signer, rec.Sealed, rec.Claimed, rec.Previous, rec.Counter = "", "", nil, nil, 0
	for _, code := range sortedKeys(by) {
		ch := by[code]
		if _, ok := c.Engine.Index(code); !ok {
			return nil, i18n.E("指标体系没有指标“%s”", code)
		}
		if ch.Entry == nil || ch.Take != "" {
			return nil, i18n.E("指标 %s：修订要写新的内容（entry）", code)
		}
		if ch.Reason == "" {
			return nil, i18n.E("%s 的改动要写理由", code)
		}
		rec.Entries[code], rec.Reasons[code] = *ch.Entry, ch.Reason
	}
	changed, err := inspection.Compare(nil, old, rec)
	if err != nil {
		return nil, err
	}
	open := d.undecided(context.Background(), old, c)
	// Leaving one as it is, without points, is a decision, too.
	if len(changed) == 0 && !slices.ContainsFunc(open, func(code string) bool { return rec.Reasons[code] != "" }) {
		return nil, i18n.E("内容与现在的结果相同，没有要修订的")
	}
	if left := d.toDecide(context.Background(), rec, c); len(left) > 0 {
		return nil, i18n.E("指标 %s 由汇总单位评分，还没有评；请在同一次修订里写明，维持原样也要写理由", strings.Join(left, i18n.T("、")))
	}
	for _, p := range rec.Check(c) {
		if !p.Missing {
			return nil, i18n.E("修订不合格：%s（%s）", p.Err, p.Place)
		}
	}
	used := usedEvidence(rec)
	rec.Evidence = nil
	for _, e := range old.Evidence {
		if used[e.SHA256] {
			rec.Evidence = append(rec.Evidence, e)
		}
	}
	return &Amendment{Unit: rec.Unit, Before: old.Score(c).Total.Value(), Record: rec, Result: rec.Score(c), c: c}, nil
}

// SignAmendment signs an amendment as a settlement is signed: by a key of the
// bureau, kept, its scorecard written to out ("" is beside the workbook).
func (d *Desk) SignAmendment(ctx context.Context, a *Amendment, keyPath, passphrase, out string) (Sealed, error) {
	return d.SignSettlement(ctx, &Settlement{Record: a.Record, Result: a.Result, c: a.c}, keyPath, passphrase, out)
}
