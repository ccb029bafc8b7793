package desk

import (
	"slices"
	"testing"

	"xunping/inspection"
)

var (
	drafter  = inspection.Person{Name: "拟稿人", Number: "D001"}
	reviewer = inspection.Person{Name: "处长", Number: "D002"}
	issuer   = inspection.Person{Name: "局长", Number: "D003"}
)

// approveAll reviews and issues a snapshot.
func (o *office) approveAll(s *Snapshot, number, date string) {
	o.Helper()
	o.did(o.bureau.ApproveSnapshot(o.Context(), s, ApprovalEntry{Step: StepReview, Decision: inspection.Accepted, By: reviewer, Date: date}, o.key, ""))
	o.did(o.bureau.ApproveSnapshot(o.Context(), s, ApprovalEntry{Step: StepIssue, Decision: inspection.Accepted, By: issuer, Number: number, Date: date}, o.key, ""))
}

func (o *office) freeze(r FreezeRequest) *Snapshot {
	o.Helper()
	r.Round, r.Drafter = "2019-08", drafter
	s, err := o.bureau.Freeze(o.Context(), r)
	must(o.T, err)
	return s
}

// touch makes a bureau revision of a unit, so that results change.
func (o *office) touch(unit, code, finding string) {
	o.Helper()
	in, err := o.bureau.Correct("2019-08", unit)
	must(o.T, err)
	must(o.T, in.RemoveFinding(code, finding))
	must(o.T, in.SetReason(code, "复核后更正"))
	_, err = in.sealWith(o.Context(), o.key, nil, "")
	must(o.T, err)
}

func TestPublication(t *testing.T) {
	o := newOffice(t, 4)
	ctx, d := t.Context(), o.bureau
	unit, _, code, f := o.faulty()
	_, err := d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: "全网", Drafter: drafter})
	o.refused(err, "内部")
	_, err = d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: ScopeInternal})
	o.refused(err, "拟稿人")
	s := o.freeze(FreezeRequest{Scope: ScopeInternal})
	if len(s.Act.Rows) != 4 || !s.NoLimit || len(s.Blockers) != 0 {
		t.Fatalf("frozen as %+v", s)
	}

	_, err = d.Publish(ctx, s, o.key, "")
	o.refused(err, "还没有签发")
	step := ApprovalEntry{Step: StepIssue, Decision: inspection.Accepted, By: issuer, Number: "桂数通〔2019〕1号", Date: "2019-08-30"}
	_, err = d.ApproveSnapshot(ctx, s, step, o.key, "")
	o.refused(err, "还没有审核")
	_, err = d.ApproveSnapshot(ctx, s, ApprovalEntry{Step: StepReview, Decision: inspection.Accepted, By: drafter}, o.key, "")
	o.refused(err, "拟稿人")
	_, err = o.team.ApproveSnapshot(ctx, s, ApprovalEntry{Step: StepReview, Decision: inspection.Accepted, By: reviewer}, o.inspects, "")
	o.refused(err, "角色")
	o.did(d.ApproveSnapshot(ctx, s, ApprovalEntry{Step: StepReview, Decision: inspection.Accepted, By: reviewer}, o.key, ""))
	bad := step
	bad.By = reviewer
	_, err = d.ApproveSnapshot(ctx, s, bad, o.key, "")
	o.refused(err, "审核人")
	bad = step
	bad.Number = ""
	_, err = d.ApproveSnapshot(ctx, s, bad, o.key, "")
	o.refused(err, "文号")
	o.did(d.ApproveSnapshot(ctx, s, step, o.key, ""))
	if p, err := d.Process("2019-08", ""); err != nil || p.Stage != StageIssued || p.Drafter.Name != drafter.Name {
		t.Fatalf("under way as %+v, %v", p, err)
	}

	// A change after the approval voids it, on paper and for act new, too.
	o.touch(unit, code, f.ID)
	if p, _ := d.Process("2019-08", ""); p.Stage != StageVoid || p.Changed == "" {
		t.Errorf("after a change the stage is %s (%s)", p.Stage, p.Changed)
	}
	_, err = d.Publish(ctx, s, o.key, "")
	o.refused(err, "批准已经失效")
	forged := *s.Act
	forged.Rows = append([]inspection.PublishedRow{}, s.Act.Rows...)
	forged.Rows[0].Band = "低"
	_, err = d.Publish(ctx, &Snapshot{Hash: s.Hash, JSON: s.JSON, Act: &forged}, o.key, "")
	o.refused(err, "与批准的快照不一致")
	_, _, err = d.NewAct(ctx, inspection.Act{Kind: inspection.ActPublication, Case: s.Act.Case, Rows: s.Act.Rows}, o.key)
	o.refused(err, "没有签发的审批")

	s = o.freeze(FreezeRequest{Scope: ScopeInternal})
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	first := o.did(d.Publish(ctx, s, o.key, ""))
	p, err := d.CurrentPublication("2019-08")
	must(t, err)
	if p == nil || p.Hash != first || p.Act.Number != "桂数通〔2019〕1号" || p.Reviewed == nil || p.Drafter != drafter || p.Scope != ScopeInternal {
		t.Fatalf("published as %+v", p)
	}
	if list, err := d.CorrectionList(p); err != nil || len(list) != 0 {
		t.Errorf("nothing came later, yet the list is %+v, %v", list, err)
	}
	o.correct(first)
}

// correct goes on after a publication: something changes, a second publication
// beside the first is refused, a 更正 with an approval of its own replaces it.
func (o *office) correct(first string) {
	o.Helper()
	ctx, d := o.Context(), o.bureau
	unit, _, code, f := o.faulty()
	o.touch(unit, code, f.ID)
	p, err := d.CurrentPublication("2019-08")
	must(o.T, err)
	list, err := d.CorrectionList(p)
	must(o.T, err)
	found := false
	for _, c := range list {
		found = found || c.Unit.Code == unit && !c.OnlyRank && c.Was.Exact != c.Is.Exact && c.WasValue != c.IsValue
	}
	if !found {
		o.Fatalf("%s is not on the list of corrections: %+v", unit, list)
	}
	s := o.freeze(FreezeRequest{Scope: ScopeInternal})
	o.approveAll(s, "桂数通〔2019〕2号", "2019-09-02")
	_, err = d.Publish(ctx, s, o.key, "")
	o.refused(err, "已经发布过")
	s = o.freeze(FreezeRequest{Scope: ScopeInternal, Replaces: first})
	_, err = d.Publish(ctx, s, o.key, "")
	o.refused(err, "还没有签发") // an approval of its own
	o.approveAll(s, "桂数通〔2019〕2号", "2019-09-02")
	second := o.did(d.Publish(ctx, s, o.key, ""))
	all, err := d.Publications("2019-08")
	must(o.T, err)
	if len(all) != 2 || all[0].Hash != first || all[0].Current || all[1].Hash != second || !all[1].Current {
		o.Errorf("the publications are %+v", all)
	}
}

// What is open blocks a publication, unless a reason is given, which is frozen.
func TestPublicationIsBlocked(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, _ := o.faulty()
	request := FreezeRequest{Round: "2019-08", Scope: ScopePublic, Drafter: drafter}
	blocked := func(words string) {
		t.Helper()
		_, err := d.Freeze(ctx, request)
		o.refused(err, words)
	}
	o.did(d.SetObjectionLimit(ctx, "2019-08", 5, "方案", o.key, ""))
	blocked("没有登记送达")
	for _, u := range o.units {
		h, _ := o.head(u)
		o.did(d.RegisterService(ctx, ServiceEntry{Record: h, Served: "2019-08-27"}, o.key, ""))
	}
	blocked("异议期到 2019-09-03")
	o.day("2019-09-04")
	if _, err := d.Freeze(ctx, request); err != nil {
		t.Errorf("after the window: %v", err)
	}
	objection := o.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-08-27", Received: "2019-09-03",
		Claims: map[string]inspection.ActItem{code: {Text: "x", Claim: "0"}}}, o.key, ""))
	blocked("异议还没有裁定")
	o.did(d.Rule(ctx, RulingEntry{Objection: objection, Decision: inspection.Refused, Text: "不成立", By: inspection.Person{Name: "复核员", Number: "F001"}}, o.key, ""))
	if _, err := d.Freeze(ctx, request); err != nil {
		t.Errorf("after the ruling: %v", err)
	}

	before := o.freeze(FreezeRequest{Scope: ScopePublic}).Act
	// A change of lists by hand needs an approval, and no reason replaces it.
	change := o.did(d.ChangeLists(ctx, "2019-08", unit, map[string]inspection.ActItem{"黑榜": {Claim: ListAdd, Text: "瞒报"}}, o.key, ""))
	blocked("榜单调整还没有审批")
	request.Override = "急"
	blocked("榜单调整还没有审批")
	request.Override = ""
	o.did(d.Approve(ctx, ApprovalEntry{About: change, Decision: inspection.Accepted, By: issuer, Number: "会议纪要3号", Date: "2019-09-04"}, o.key, ""))
	s := o.freeze(FreezeRequest{Scope: ScopePublic})
	for i, r := range s.Act.Rows {
		if slices.Contains(r.Lists, "黑榜") != (r.Unit == unit || slices.Contains(before.Rows[i].Lists, "黑榜")) {
			t.Errorf("%s is on %v, before %v", r.Unit, r.Lists, before.Rows[i].Lists)
		}
	}
	refusedChange := o.did(d.ChangeLists(ctx, "2019-08", o.units[0], map[string]inspection.ActItem{"红榜": {Claim: ListRemove, Text: "x"}}, o.key, ""))
	o.did(d.Approve(ctx, ApprovalEntry{About: refusedChange, Decision: inspection.Refused, By: issuer}, o.key, ""))
	if again := o.freeze(FreezeRequest{Scope: ScopePublic}); len(again.Act.About) != 1 {
		t.Errorf("a refused change counts: %v", again.Act.About)
	}
	_, err := d.ChangeLists(ctx, "2019-08", unit, map[string]inspection.ActItem{"蓝榜": {Claim: ListAdd, Text: "x"}}, o.key, "")
	o.refused(err, "哪个榜")

	r, err := d.Round("2019-08")
	must(t, err)
	r.Units = append(r.Units, "450900")
	must(t, d.PutRound(r))
	blocked("没有交")
	request.Override = "经局长同意先行发布"
	s, err = d.Freeze(ctx, request)
	must(t, err)
	if s.Act.Items[itemOverride].Text != request.Override {
		t.Error("the reason is not frozen")
	}
}
