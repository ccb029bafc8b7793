package desk

import (
	"testing"

	"xunping/inspection"
)

func item(t *testing.T, d *Desk, notice string) RectifyItem {
	t.Helper()
	list, err := d.NoticeItems(notice)
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("the notice has %d items", len(list))
	}
	return list[0]
}

func TestRectification(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, f := o.faulty()
	key := FindingKey(code, f.ID)
	entry := RectifyEntry{Record: hash, Number: "桂数改〔2019〕1号", Date: "2019-08-26", Items: map[string]inspection.ActItem{key: {Text: "迁移完成并提交割接报告", Until: "2019-09-30"}}}
	for words, items := range map[string]map[string]inspection.ActItem{
		"没有一条":     nil,
		"没有问题“A1/": {"A1/f99": {Text: "x", Until: "2019-09-30"}},
		"何时完成":     {key: {Text: "x"}},
	} {
		bad := entry
		bad.Items = items
		_, err := d.DemandRectify(ctx, bad, o.key, "")
		o.refused(err, words)
	}
	notice := o.did(d.DemandRectify(ctx, entry, o.key, ""))
	if i := item(t, d, notice); i.State != RectifyOpen || i.Due != "2019-09-30" || i.Title == "" || i.RuleText == "" || i.Finding.Rule != f.Rule || !i.Overdue("2019-10-01") || i.Overdue("2019-09-30") {
		t.Fatalf("noticed as %+v", i)
	}
	step := func(date, claim, text, until string) RectifyStep {
		return RectifyStep{Notice: notice, Date: date, Items: map[string]inspection.ActItem{key: {Claim: claim, Text: text, Until: until}}}
	}
	_, err := d.Extend(ctx, step("2019-10-01", "", "来不及", "2019-10-31"), o.key, "")
	o.refused(err, "已过，不能延期")
	_, err = d.Extend(ctx, step("2019-09-20", "", "来不及", "2019-09-30"), o.key, "")
	o.refused(err, "要晚于")
	o.did(d.Extend(ctx, step("2019-09-30", "", "割接窗口推迟", "2019-10-15"), o.key, ""))
	if i := item(t, d, notice); i.Due != "2019-10-15" || i.First != "2019-09-30" || i.Extensions != 1 {
		t.Errorf("put off as %+v", i)
	}
	_, err = d.AnswerRectify(ctx, step("2019-10-10", "", "", ""), o.key, "")
	o.refused(err, "措施和完成日期")
	o.did(d.AnswerRectify(ctx, step("2019-10-10", "", "已割接", "2019-10-09"), o.key, ""))
	if i := item(t, d, notice); i.State != RectifyAnswered || i.Answer.Done != "2019-10-09" || !i.Open() {
		t.Errorf("answered as %+v", i)
	}
	_, err = d.Recheck(ctx, step("2019-10-12", "好了", "", ""), o.key, "")
	o.refused(err, "复查结论")
	o.did(d.Recheck(ctx, step("2019-10-12", RecheckPart, "还剩一个", "2019-10-20"), o.key, ""))
	if i := item(t, d, notice); i.State != RectifyPart || i.Due != "2019-10-20" {
		t.Errorf("rechecked as %+v", i)
	}
	o.did(d.AnswerRectify(ctx, step("2019-10-18", "", "全部完成", "2019-10-17"), o.key, ""))
	if i := item(t, d, notice); i.State != RectifyAnswered {
		t.Errorf("answered again as %+v", i)
	}
	if open, err := d.OpenItems(unit); err != nil || len(open) != 1 {
		t.Errorf("open are %+v, %v", open, err)
	}
	o.did(d.Recheck(ctx, step("2019-10-21", RecheckDone, "核实", ""), o.key, ""))
	if i := item(t, d, notice); i.State != RectifyDone || i.Open() {
		t.Errorf("closed as %+v", i)
	}
	if open, _ := d.OpenItems(unit); len(open) != 0 {
		t.Errorf("still open: %+v", open)
	}
	ledger, err := d.RectifyLedger("")
	must(t, err)
	if len(ledger) != 1 || ledger[0].Unit.Code != unit {
		t.Errorf("the ledger is %+v", ledger)
	}
}

// An inspector may recheck and hand the act in; an inspector's notice is refused.
func TestInspectorsRecheck(t *testing.T) {
	o := newOffice(t, 1)
	ctx, d := t.Context(), o.bureau
	_, hash, code, f := o.faulty()
	out := o.dir + "/notice.zip"
	entry := RectifyEntry{Record: hash, Date: "2019-08-26", Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Text: "x", Until: "2019-09-30"}}}
	notice := o.did(d.DemandRectify(ctx, entry, o.key, out))
	_, err := o.team.Merge(ctx, []string{out, o.dir + "/sealed"}, false, nil)
	must(t, err)
	_, err = o.team.DemandRectify(ctx, entry, o.inspects, "")
	o.refused(err, "角色")
	back := o.dir + "/recheck.zip"
	o.did(o.team.Recheck(ctx, RectifyStep{Notice: notice, Date: "2019-09-28", Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Claim: RecheckDone}}}, o.inspects, back))
	r, err := d.Merge(ctx, []string{back}, false, nil)
	must(t, err)
	if i := item(t, d, notice); r.Merged != 1 || i.State != RectifyDone || i.RecheckBy == "" {
		t.Errorf("merged %d, then %+v", r.Merged, i)
	}
}

// A return names what is wrong; what comes back shows what changed.
func TestReturnAndReceipts(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, f := o.faulty()
	_, err := d.SendBack(ctx, ReturnEntry{Record: hash, Items: map[string]inspection.ActItem{code: {Text: "照片不清"}}}, o.key, "")
	o.refused(err, "重交日期")
	o.did(d.SendBack(ctx, ReturnEntry{Record: hash, Items: map[string]inspection.ActItem{code: {Text: "照片不清", Until: "2019-09-02"}, "C1": {Text: "台账缺页", Until: "2019-09-02"}}}, o.key, ""))
	list, err := d.Returns("2019-08")
	must(t, err)
	if len(list) != 1 || list[0].Again != "" || list[0].Unit.Code != unit || list[0].Revision != 1 {
		t.Fatalf("returned as %+v", list)
	}
	o.touch(unit, code, f.ID)
	list, err = d.Returns("2019-08")
	must(t, err)
	if r := list[0]; r.Again == "" || len(r.Changed) != 1 || r.Changed[0] != code || len(r.Untouched) != 1 || r.Untouched[0] != "C1" || len(r.Beyond) != 0 {
		t.Errorf("came back as %+v", r)
	}

	files, err := d.Confirm(ctx, "2019-08", o.key, t.TempDir(), nil)
	must(t, err)
	n := 0
	for _, x := range files {
		n += x.Records
		_, err := o.team.Merge(ctx, []string{x.File}, false, nil)
		must(t, err)
	}
	if again, err := d.Confirm(ctx, "2019-08", o.key, t.TempDir(), nil); n != 2 || err != nil || len(again) != 0 {
		t.Errorf("%d receipts, then %+v, %v", n, again, err)
	}
	o.did(d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-09-01"}, o.key, o.dir+"/served.zip"))
	_, err = o.team.Merge(ctx, []string{o.dir + "/served.zip"}, false, nil)
	must(t, err)
	work, err := o.team.MyWork()
	must(t, err)
	for _, w := range work {
		if !w.Draft && w.Receipt == "" {
			t.Errorf("%s has no receipt", w.Unit.Name)
		}
	}
	line, err := d.Timeline("2019-08", unit)
	must(t, err)
	var kinds []string
	for i, e := range line {
		kinds = append(kinds, e.Kind)
		if e.Who == "" || e.Word == "" || e.Short == "" || i > 0 && instant(e.At) < instant(line[i-1].At) {
			t.Errorf("line %d is %+v", i, e)
		}
	}
	t.Log(kinds)
	if len(line) < 5 {
		t.Errorf("the timeline has %v", kinds)
	}
}
