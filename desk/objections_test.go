package desk

import (
	"strings"
	"testing"

	"xunping/inspection"
)

// An objection goes all the way: limit, service, objection, ruling by somebody
// who did not inspect, the bureau's revision that names the ruling.
func TestObjectionAndRuling(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, _ := o.faulty()

	if limit, err := d.ObjectionLimit("2019-08"); err != nil || limit.Days != 0 {
		t.Fatalf("a limit is assumed: %+v, %v", limit, err)
	}
	bare := o.did(d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-08-26"}, o.key, ""))
	if a, _ := d.act(bare); a.Valid.To != "" {
		t.Errorf("without a limit the service says until %s", a.Valid.To)
	}
	_, err := d.SetObjectionLimit(ctx, "2019-08", 0, "", o.key, "")
	o.refused(err, "工作日")
	o.did(d.SetObjectionLimit(ctx, "2019-08", 3, "工作方案第五条", o.key, ""))
	o.did(d.SetObjectionLimit(ctx, "2019-08", 5, "工作方案第五条", o.key, ""))
	if limit, _ := d.ObjectionLimit("2019-08"); limit.Days != 5 {
		t.Errorf("the limit is %d", limit.Days)
	}
	// 2019-09-13 is 中秋节: five working days after the 9th end on the 17th.
	served := o.did(d.RegisterService(ctx, ServiceEntry{Record: hash, Served: "2019-09-09", How: "直接送达"}, o.key, ""))
	if a, _ := d.act(served); a.Valid.To != "2019-09-17" {
		t.Errorf("the last day is %s", a.Valid.To)
	}

	entry := ObjectionEntry{Record: hash, Served: "2019-09-09", Received: "2019-09-11", Number: "南数〔2019〕9号", Text: "扣分依据不足",
		Claims: map[string]inspection.ActItem{code: {Text: "已于七月完成", Claim: "0.5"}}, Scans: [][]byte{[]byte("%PDF-1.4 scan")}}
	for words, change := range map[string]func(e *ObjectionEntry){
		"哪些指标":  func(e *ObjectionEntry) { e.Claims = nil },
		"没有“Q9": func(e *ObjectionEntry) { e.Claims = map[string]inspection.ActItem{"Q9": {Text: "x"}} },
		"不是数字":  func(e *ObjectionEntry) { e.Claims = map[string]inspection.ActItem{code: {Claim: "零"}} },
		"早于送达":  func(e *ObjectionEntry) { e.Received = "2019-09-01" },
		"收到日期":  func(e *ObjectionEntry) { e.Received = "" },
	} {
		bad := entry
		change(&bad)
		_, err := d.RegisterObjection(ctx, bad, o.key, "")
		o.refused(err, words)
	}
	objection := o.did(d.RegisterObjection(ctx, entry, o.key, ""))
	list, err := d.Objections("2019-08")
	must(t, err)
	if len(list) != 1 || list[0].State != ObjectionOpen || list[0].Late || list[0].Until != "2019-09-17" || list[0].Claims[0].Title == "" || list[0].Unit.Code != unit {
		t.Fatalf("registered as %+v", list)
	}

	who := inspection.Person{Name: "复核员", Number: "F001"}
	ruling := RulingEntry{Objection: objection, Decision: inspection.Partly, Number: "桂数复〔2019〕1号", Date: "2019-09-20", By: who, Text: "经核实部分成立",
		Items: map[string]inspection.ActItem{code: {Text: "七月台账属实", Claim: "0"}}}
	_, rec := o.head(unit)
	for words, change := range map[string]func(r *RulingEntry){
		"检查过这个单位": func(r *RulingEntry) { r.By = rec.People.Inspectors[1] },
		"证件号码":    func(r *RulingEntry) { r.By = inspection.Person{Name: "某人"} },
		"采纳":      func(r *RulingEntry) { r.Decision = "" },
		"不在异议之内":  func(r *RulingEntry) { r.Items = map[string]inspection.ActItem{"C1": {Claim: "0"}} },
	} {
		bad := ruling
		change(&bad)
		_, err := d.Rule(ctx, bad, o.key, "")
		o.refused(err, words)
	}
	_, err = d.Rule(ctx, ruling, o.inspects, "") // an inspector, where everything else is at hand
	o.refused(err, "角色")
	r := o.did(d.Rule(ctx, ruling, o.key, ""))
	if list, _ = d.Objections("2019-08"); list[0].State != ObjectionChange || list[0].Ruling.Changes[0] != code {
		t.Fatalf("ruled as %+v", list[0])
	}

	in, err := d.CorrectByRuling(r)
	must(t, err)
	must(t, in.SetNote(code, "复核"))
	_, err = in.sealWith(ctx, o.key, nil, "") // a revision that gives the reason and does not do it
	must(t, err)
	list, err = d.Objections("2019-08")
	must(t, err)
	if list[0].State != ObjectionChange {
		t.Errorf("settled by a revision that counts other points: %+v", list[0])
	}
	in, err = d.CorrectByRuling(r)
	must(t, err)
	for _, x := range append([]inspection.Finding{}, in.Record().Entries[code].Findings...) {
		must(t, in.RemoveFinding(code, x.ID))
	}
	for m, x := range in.Record().Entries[code].Measures {
		x.Done = x.Total
		must(t, in.SetMeasure(code, m, x))
	}
	sealed, err := in.sealWith(ctx, o.key, nil, "")
	must(t, err)
	list, err = d.Objections("2019-08")
	must(t, err)
	if list[0].State != ObjectionDone || list[0].Ruling.Record != sealed.Hash {
		t.Errorf("after the revision it is %+v", list[0])
	}
	_, after := o.head(unit)
	if after.Revision != 3 || !strings.Contains(after.Reasons[code], rulingWords(r)) || !strings.Contains(after.Reasons[code], ruling.Number) {
		t.Errorf("the revision says %v", after.Reasons)
	}
}

// What a unit wrote on the printed first revision stays an opinion on it.
func TestOpinionBesideASecondRevision(t *testing.T) {
	o := newOffice(t, 1)
	ctx, d := t.Context(), o.bureau
	_, hash, code, f := o.faulty()
	_, rec := o.head(o.units[0])
	o.did(d.issue(ctx, inspection.Act{Kind: inspection.ActOpinion, Case: rec.Case(), About: []string{hash}, Decision: inspection.Partly}, o.key, nil, ""))
	in, err := d.Correct("2019-08", o.units[0])
	must(t, err)
	must(t, in.RemoveFinding(code, f.ID))
	must(t, in.SetReason(code, "复核"))
	_, err = in.sealWith(ctx, o.key, nil, "")
	must(t, err)
	list, err := d.Opinions("2019-08", o.units[0])
	must(t, err)
	if len(list) != 1 || list[0].Revision != 1 || list[0].Current {
		t.Errorf("the opinion is shown as %+v", list)
	}
}
