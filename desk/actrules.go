package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// forbid refuses an act that nobody may sign, whether it comes from a screen, from
// xunpingctl act new or from publish: a ruling by somebody who inspected the unit,
// a day put off after it has passed, an approval out of order, a publication that
// nobody approved as it is. It looks at what the workbook holds; what was signed
// elsewhere is judged again when it is shown (Fault).
func (d *Desk) forbid(ctx context.Context, a *inspection.Act, files map[string]store.Evidence) error {
	if err := d.forbidReplacing(ctx, a); err != nil {
		return err
	}
	switch a.Kind {
	case inspection.ActRuling:
		return d.forbidPartial(ctx, a)
	case inspection.ActExtension, inspection.ActRecheck:
		return d.forbidLate(ctx, a)
	case inspection.ActApproval:
		if step(a) != "" {
			return d.checkStepOf(ctx, a, files)
		}
	case inspection.ActPublication:
		return d.checkPublication(ctx, a)
	}
	return nil
}

// complete refuses an act that lacks what people need of its kind.
func (d *Desk) complete(ctx context.Context, a *inspection.Act) error {
	switch a.Kind {
	case inspection.ActObjection:
		return d.checkObjection(ctx, a)
	case inspection.ActRuling:
		return d.checkRuling(a)
	case inspection.ActReturn:
		return d.checkReturn(ctx, a)
	case inspection.ActRectify:
		return d.checkRectify(ctx, a)
	case inspection.ActAnswer, inspection.ActExtension, inspection.ActRecheck:
		return d.checkStep(a)
	case inspection.ActListChange:
		return d.checkListChange(ctx, a)
	case inspection.ActApproval:
		return d.checkApproval(ctx, a)
	}
	return nil
}

// aboutRecord is the record an act is about, of the act's own case, with its
// rubric.
func (d *Desk) aboutRecord(ctx context.Context, a *inspection.Act) (*inspection.Record, *inspection.Compiled, error) {
	if len(a.About) == 0 {
		return nil, nil, i18n.E("没有写明是哪一份评分表，没有签发")
	}
	rec, err := d.record(ctx, a.About[0])
	if err != nil {
		return nil, nil, i18n.E("工作簿里没有这份评分表（%s），没有签发", short8(a.About[0]), err)
	}
	if rec.Case() != a.Case {
		return nil, nil, i18n.E("评分表 %s 不属于这一轮这个单位，没有签发", short8(a.About[0]))
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	return rec, c, err
}

func short8(hash string) string { return hash[:min(8, len(hash))] }

// aboutAct is the act of a kind that an act is about.
func (d *Desk) aboutAct(a *inspection.Act, kind inspection.ActKind) (*inspection.Act, string, error) {
	for _, h := range a.About {
		if b, err := d.act(h); err == nil && b.Kind == kind && b.Case == a.Case {
			return b, h, nil
		}
	}
	return nil, "", i18n.E("没有写明是针对哪一份“%s”，或工作簿里没有它；没有签发", KindWord(kind))
}

func indicators(a *inspection.Act, c *inspection.Compiled) error {
	for _, code := range sortedKeys(a.Items) {
		if _, ok := c.Engine.Index(code); !ok {
			return i18n.E("指标体系里没有“%s”，没有签发", code)
		}
	}
	return nil
}

func (d *Desk) checkObjection(ctx context.Context, a *inspection.Act) error {
	_, c, err := d.aboutRecord(ctx, a)
	if err != nil {
		return err
	}
	switch {
	case a.Valid.From == "" || a.Date == "":
		return i18n.E("异议要写送达日期和收到日期，没有签发")
	case a.Date < a.Valid.From:
		return i18n.E("收到异议的日期早于送达日期，没有签发")
	case len(a.Items) == 0:
		return i18n.E("异议要写明针对哪些指标，没有签发")
	}
	for _, code := range sortedKeys(a.Items) {
		if _, ok := pointsOf(a.Items[code].Claim); a.Items[code].Claim != "" && !ok {
			return i18n.E("%s 主张的分值“%s”不是数字，没有签发", code, a.Items[code].Claim)
		}
	}
	return indicators(a, c)
}

// impartial refuses a person who inspected the unit.
func impartial(p inspection.Person, records []store.Object) error {
	for _, o := range records {
		if p.Number != "" && slices.Contains(o.Node.Numbers, p.Number) {
			return i18n.E("%s 检查过这个单位，不能裁定它的异议；请由没有参加检查的人裁定", p.Name)
		}
	}
	return nil
}

// forbidPartial asks this of who decides and of who signs.
func (d *Desk) forbidPartial(ctx context.Context, a *inspection.Act) error {
	records, err := d.recordsOf(ctx, a.Case)
	if err != nil {
		return err
	}
	roster, err := d.Roster()
	if err != nil {
		return err
	}
	if e := roster.Entry(a.Signer); e != nil {
		if err := impartial(inspection.Person{Name: e.Name, Number: e.Number}, records); err != nil {
			return err
		}
	}
	return impartial(a.By, records)
}

// everyReason tells whether each item of an act says why.
func everyReason(a *inspection.Act) bool {
	for _, x := range a.Items {
		if x.Text == "" {
			return false
		}
	}
	return len(a.Items) > 0
}

func (d *Desk) checkRuling(a *inspection.Act) error {
	o, _, err := d.aboutAct(a, inspection.ActObjection)
	switch {
	case err != nil:
		return err
	case a.By.Name != "" && a.By.Number == "":
		return i18n.E("裁定人要写姓名和证件号码，才能核对他没有检查过这个单位")
	case a.Decision == "":
		return i18n.E("裁定要写明采纳、部分采纳或不采纳，没有签发")
	case a.Text == "" && !everyReason(a):
		return i18n.E("裁定要写理由，没有签发")
	}
	for _, code := range sortedKeys(a.Items) {
		if _, claimed := o.Items[code]; !claimed {
			return i18n.E("%s 不在异议之内，没有签发", code)
		}
		if _, ok := pointsOf(a.Items[code].Claim); a.Items[code].Claim != "" && !ok {
			return i18n.E("%s 裁定的分值“%s”不是数字，没有签发", code, a.Items[code].Claim)
		}
	}
	return nil
}

func (d *Desk) checkReturn(ctx context.Context, a *inspection.Act) error {
	_, c, err := d.aboutRecord(ctx, a)
	if err != nil {
		return err
	}
	if len(a.Items) == 0 {
		return i18n.E("退回要写明哪些指标、什么问题、何时重交，没有签发")
	}
	for _, code := range sortedKeys(a.Items) {
		if x := a.Items[code]; x.Text == "" || x.Until == "" {
			return i18n.E("退回的 %s 要写明问题和重交日期，没有签发", code)
		}
	}
	return indicators(a, c)
}

func (d *Desk) checkRectify(ctx context.Context, a *inspection.Act) error {
	rec, _, err := d.aboutRecord(ctx, a)
	if err != nil {
		return err
	}
	if len(a.Items) == 0 {
		return i18n.E("整改通知里没有一条问题，没有签发")
	}
	for _, key := range sortedKeys(a.Items) {
		code, id := splitFinding(key)
		if !slices.ContainsFunc(rec.Entries[code].Findings, func(f inspection.Finding) bool { return f.ID == id }) {
			return i18n.E("评分表里没有问题“%s”，没有签发", key)
		}
		if x := a.Items[key]; x.Text == "" || x.Until == "" {
			return i18n.E("%s 要写明怎样算整改完成、何时完成，没有签发", key)
		}
	}
	return nil
}

// checkStep checks what follows a notice.
func (d *Desk) checkStep(a *inspection.Act) error {
	n, _, err := d.aboutAct(a, inspection.ActRectify)
	if err != nil {
		return err
	}
	if a.Date == "" || len(a.Items) == 0 {
		return i18n.E("“%s”要写日期和具体的问题，没有签发", KindWord(a.Kind))
	}
	for _, key := range sortedKeys(a.Items) {
		x := a.Items[key]
		switch _, noticed := n.Items[key]; {
		case !noticed:
			return i18n.E("整改通知里没有“%s”，没有签发", key)
		case a.Kind == inspection.ActRecheck && !slices.Contains(Rechecks(), x.Claim):
			return i18n.E("%s 的复查结论要写：已整改、部分、未整改或延期；没有签发", key)
		case a.Kind == inspection.ActAnswer && (x.Text == "" || x.Until == ""):
			return i18n.E("%s 的答复要写措施和完成日期，没有签发", key)
		}
	}
	return nil
}

// forbidLate refuses to put a day off that has passed.
func (d *Desk) forbidLate(ctx context.Context, a *inspection.Act) error {
	_, hash, err := d.aboutAct(a, inspection.ActRectify)
	if err != nil {
		return nil // the notice is not here: judged where it is
	}
	items, err := d.noticeItems(ctx, hash, a.Replaces)
	if err != nil {
		return err
	}
	for _, now := range items {
		key := FindingKey(now.Indicator, now.Finding.ID)
		x, named := a.Items[key]
		switch later := a.Kind == inspection.ActExtension || x.Claim == RecheckLater; {
		case !named || !later:
		case actDay(a) > now.Due:
			return i18n.E("%s 的期限 %s 已过，不能延期；没有签发", key, now.Due)
		case x.Until <= now.Due:
			return i18n.E("%s 的新期限要晚于 %s，没有签发", key, now.Due)
		}
	}
	return nil
}
