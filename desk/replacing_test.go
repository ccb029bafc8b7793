package desk

import (
	"path/filepath"
	"testing"

	"xunping/inspection"
)

// A wrong act of each kind is replaced by one that names it; what people see follows
// the new one only, and what was said of the old one stays said of the new one.
func TestWrongActsAreReplaced(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, f := o.faulty()
	key := FindingKey(code, f.ID)
	o.did(d.SetObjectionLimit(ctx, "2019-08", 5, "x", o.key, ""))
	served := o.did(d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-08-20"}, o.key, ""))
	again := o.did(d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-08-27", Replaces: served}, o.key, ""))
	if list, err := d.Services("2019-08"); err != nil || list[hash].Served != "2019-08-27" || list[hash].Until != "2019-09-03" {
		t.Errorf("served as %+v, %v", list[hash], err)
	}
	_, err := d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-08-28", Replaces: served}, o.key, "")
	o.refused(err, "更正过")

	claim := func(points string) map[string]inspection.ActItem {
		return map[string]inspection.ActItem{code: {Text: "已完成", Claim: points}}
	}
	objection := ObjectionEntry{Record: hash, Served: "2019-08-27", Received: "2019-08-29", Claims: claim("3")}
	old := o.did(d.RegisterObjection(ctx, objection, o.key, ""))
	o.did(d.Rule(ctx, RulingEntry{Objection: old, Decision: inspection.Refused, Text: "不成立", By: inspection.Person{Name: "复核员", Number: "F001"}}, o.key, ""))
	objection.Claims, objection.Replaces = claim("0"), old
	now := o.did(d.RegisterObjection(ctx, objection, o.key, ""))
	if list, err := d.Objections("2019-08"); err != nil || len(list) != 1 || list[0].Hash != now || list[0].Claims[0].Claim != "0" || list[0].Ruling == nil {
		t.Errorf("objected as %+v, %v", list, err)
	}
	_, err = d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-08-28", Replaces: now}, o.key, "")
	o.refused(err, "同一类")

	wanted := func(until string) map[string]inspection.ActItem {
		return map[string]inspection.ActItem{code: {Text: "照片不清", Until: until}}
	}
	old = o.did(d.SendBack(ctx, ReturnEntry{Record: hash, Items: wanted("2019-09-30")}, o.key, ""))
	o.did(d.SendBack(ctx, ReturnEntry{Record: hash, Items: wanted("2019-09-03"), Replaces: old}, o.key, ""))
	if list, err := d.WantedAgain("2019-08", unit); err != nil || len(list) != 1 || list[0].Until != "2019-09-03" {
		t.Errorf("wanted again %+v, %v", list, err)
	}
	o.stepsReplaced(hash, key)
	line, err := d.Timeline("2019-08", unit)
	must(t, err)
	n := 0
	for _, e := range line {
		if e.Replaced {
			n++
		}
		if e.Hash == again && e.Replaced || e.Hash == served && !e.Replaced {
			t.Errorf("in the timeline: %+v", e)
		}
	}
	if n != 7 {
		t.Errorf("%d acts of the timeline are replaced, want 7", n)
	}
}

// stepsReplaced: notice, extension, answer and recheck.
func (o *office) stepsReplaced(record, key string) {
	o.Helper()
	ctx, d := o.Context(), o.bureau
	entry := RectifyEntry{Record: record, Date: "2019-08-26", Items: map[string]inspection.ActItem{key: {Text: "完成迁移", Until: "2019-08-30"}}}
	old := o.did(d.DemandRectify(ctx, entry, o.key, ""))
	step := func(date, claim, text, until, replaces string) RectifyStep {
		return RectifyStep{Notice: old, Date: date, Replaces: replaces, Items: map[string]inspection.ActItem{key: {Claim: claim, Text: text, Until: until}}}
	}
	later := o.did(d.Extend(ctx, step("2019-08-29", "", "来不及", "2019-12-31", ""), o.key, ""))
	o.did(d.Extend(ctx, step("2019-08-29", "", "来不及", "2019-10-31", later), o.key, ""))
	answer := o.did(d.AnswerRectify(ctx, step("2019-09-20", "", "已割接", "2019-09-19", ""), o.key, ""))
	o.did(d.AnswerRectify(ctx, step("2019-09-20", "", "割接一半", "2019-09-19", answer), o.key, ""))
	done := o.did(d.Recheck(ctx, step("2019-10-01", RecheckDone, "", "", ""), o.key, ""))
	if i := item(o.T, d, old); i.State != RectifyDone || i.Due != "2019-10-31" || i.Extensions != 1 || i.Answer.Measure != "割接一半" {
		o.Errorf("the item is %+v", i)
	}
	o.did(d.Recheck(ctx, step("2019-10-01", RecheckPart, "还剩一个", "", done), o.key, ""))
	entry.Replaces = old
	entry.Items = map[string]inspection.ActItem{key: {Text: "全部迁移", Until: "2019-09-30"}}
	now := o.did(d.DemandRectify(ctx, entry, o.key, ""))
	if i := item(o.T, d, now); i.State != RectifyPart || i.Require != "全部迁移" || i.First != "2019-09-30" || i.Due != "2019-10-31" || len(i.Steps) != 3 {
		o.Errorf("under the new notice the item is %+v", i)
	}
	if list, err := d.RectifyLedger("2019-08"); err != nil || len(list) != 1 {
		o.Errorf("the ledger has %d items, %v", len(list), err)
	}
	o.inspectorsOwn(now, key)
}

// inspectorsOwn: an inspector corrects what he signed, never what the bureau did.
func (o *office) inspectorsOwn(notice, key string) {
	o.Helper()
	ctx, d, team := o.Context(), o.bureau, o.team
	acts := filepath.Join(o.dir, "acts.zip")
	_, err := d.ExportActs(ctx, "2019-08", o.key, acts)
	must(o.T, err)
	_, err = team.Merge(ctx, []string{acts, filepath.Join(o.dir, "sealed")}, false, nil)
	must(o.T, err)
	items, err := team.NoticeItems(notice)
	must(o.T, err)
	look := func(claim, replaces string) RectifyStep {
		return RectifyStep{Notice: notice, Date: "2019-10-05", Replaces: replaces, Items: map[string]inspection.ActItem{key: {Claim: claim}}}
	}
	theirs := items[0].Steps[len(items[0].Steps)-1].Hash
	_, err = team.Recheck(ctx, look(RecheckDone, theirs), o.inspects, "")
	o.refused(err, "别人签的")
	mine := o.did(team.Recheck(ctx, look(RecheckNot, ""), o.inspects, ""))
	o.did(team.Recheck(ctx, look(RecheckDone, mine), o.inspects, ""))
	if i := item(o.T, team, notice); i.State != RectifyDone {
		o.Errorf("on the laptop the item is %+v", i)
	}
}
