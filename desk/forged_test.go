package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// forged signs an act on a machine that asks nothing, and the bureau merges it.
func (o *office) forged(a inspection.Act, id *seal.Identity, files ...[]byte) (string, *MergeReport) {
	o.Helper()
	if a.Items == nil {
		a.Items = map[string]inspection.ActItem{}
	}
	p := seal.Holder(id.Certificate())
	last, counter, err := o.bureau.wb.Chain(o.Context(), id.SPKI())
	must(o.T, err)
	o.now = o.now.Add(time.Second)
	a.Format, a.ID, a.Made, a.Signer, a.Previous, a.Counter = inspection.ActFormat, newUUID(), o.now.Format(time.RFC3339), id.SPKI(), last, counter+1
	if a.By.Name == "" {
		a.By = inspection.Person{Name: p.Name, Number: p.Number}
	}
	members := map[string][]byte{}
	for _, b := range files {
		h := canon.Hash(b)
		if !slices.Contains(a.Files, h) {
			a.Files = append(a.Files, h)
		}
		members[h+".bin"] = b
	}
	raw, hash, err := a.Canonical()
	must(o.T, err)
	p7s, err := id.SignCMS(raw)
	must(o.T, err)
	members[hash+".act.json"], members[hash+".act.json.p7s"] = raw, p7s
	pack, err := seal.WritePack(seal.PackActs, members, id, o.now)
	must(o.T, err)
	path := filepath.Join(o.T.TempDir(), fmt.Sprintf("%s.zip", hash[:8]))
	must(o.T, os.WriteFile(path, pack, 0o600))
	r, err := o.bureau.Merge(o.Context(), []string{path}, false, nil)
	must(o.T, err)
	return hash, r
}

// lies wants what an inspector signed without the role to lie in quarantine, with the
// reason.
func (o *office) lies(what string, a inspection.Act, files ...[]byte) string {
	o.Helper()
	hash, r := o.forged(a, o.inspects, files...)
	if r.Quarantined != 1 || len(r.Results) != 1 || !strings.Contains(r.Results[0].Reason, ReasonWords(inspection.ReasonRole)) {
		o.Errorf("%s by an inspector came in as %+v", what, r)
	}
	acts, err := o.bureau.Acts("2019-08")
	must(o.T, err)
	if at := slices.IndexFunc(acts, func(x ActInfo) bool { return x.Hash == hash }); at < 0 || acts[at].Standing != inspection.ReasonRole {
		o.Errorf("%s by an inspector stands", what)
	}
	return hash
}

// A key that the roster trusts for inspections decides nothing else: a ruling, an
// approval or a publication signed with it waits in quarantine and says why.
func TestInspectorsForgeNothing(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	_, hash, code, _ := o.faulty()
	_, rec := o.head(o.units[0])
	objection := o.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-08-20", Received: "2019-08-21",
		Claims: map[string]inspection.ActItem{code: {Text: "x", Claim: "0"}}}, o.key, ""))
	act, err := d.act(objection)
	must(t, err)
	o.lies("a ruling", inspection.Act{Kind: inspection.ActRuling, Case: act.Case, About: []string{objection, hash}, Decision: inspection.Accepted, Text: "属实",
		By: inspection.Person{Name: "复核员", Number: "F001"}, Items: map[string]inspection.ActItem{code: {Claim: "0", Text: "属实"}}})
	if list, err := d.Objections("2019-08"); err != nil || list[0].State != ObjectionOpen || list[0].Ruling != nil {
		t.Errorf("the objection is %+v, %v", list, err)
	}
	head, _ := o.head(o.units[0])
	change := o.did(d.ChangeLists(ctx, "2019-08", o.units[0], map[string]inspection.ActItem{"黑榜": {Claim: ListAdd, Text: "瞒报"}}, o.key, ""))
	o.lies("an approval", inspection.Act{Kind: inspection.ActApproval, Case: rec.Case(), About: []string{change}, Decision: inspection.Accepted, By: issuer})
	if list, err := d.ListChanges("2019-08"); err != nil || len(list) != 1 || !list[0].Pending() || list[0].Effective() {
		t.Errorf("the change of lists of %s is %+v, %v", head[:8], list, err)
	}
	_, err = d.Freeze(ctx, FreezeRequest{Round: "2019-08", Scope: ScopeInternal, Drafter: drafter, Override: "急"})
	o.refused(err, "榜单调整还没有审批")
	o.did(d.Approve(ctx, ApprovalEntry{About: change, Decision: inspection.Refused, By: issuer}, o.key, ""))

	s := o.freeze(FreezeRequest{Scope: ScopeInternal, Override: "急"})
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	acts, err := d.actSet(ctx, store.ActFilter{Round: "2019-08"})
	must(t, err)
	issued, _ := lastStep(acts, s.Hash, StepIssue)
	publication := *s.Act
	publication.By, publication.About, publication.Number = inspection.Person{}, append([]string{issued.Hash}, s.Act.About...), "桂数通〔2019〕1号"
	o.lies("a publication", publication, s.JSON)
	if p, err := d.CurrentPublication("2019-08"); err != nil || p != nil {
		t.Errorf("published by an inspector: %+v, %v", p, err)
	}
}

// What the bureau's own key signed on a machine that asked nothing is in the set, and
// not believed: a publication of other rows than were approved, lists that nobody
// approved, a change without an approval.
func TestUnapprovedIsNotBelieved(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	unit := o.units[0]
	s := o.freeze(FreezeRequest{Scope: ScopeInternal})
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	acts, err := d.actSet(ctx, store.ActFilter{Round: "2019-08"})
	must(t, err)
	issued, _ := lastStep(acts, s.Hash, StepIssue)
	publish := func(snap *inspection.Act, raw []byte, issue string, change func(a *inspection.Act)) string {
		t.Helper()
		a := *snap
		a.Rows = slices.Clone(snap.Rows)
		a.By, a.Number, a.About = inspection.Person{}, "桂数通〔2019〕1号", append([]string{issue}, snap.About...)
		change(&a)
		hash, r := o.forged(a, o.key, raw)
		if r.Merged != 1 {
			t.Fatalf("merged as %+v", r)
		}
		return hash
	}
	wants := func(hash, words string) {
		t.Helper()
		list, err := d.Publications("2019-08")
		must(t, err)
		at := slices.IndexFunc(list, func(p Publication) bool { return p.Hash == hash })
		if at < 0 || !strings.Contains(list[at].Fault, words) {
			t.Errorf("want the fault “%s”: %+v", words, list)
		}
		if p, err := d.CurrentPublication("2019-08"); err != nil || p != nil {
			t.Errorf("believed as %+v, %v", p, err)
		}
		doc, _, err := d.bulletin(ctx, BulletinRequest{Round: "2019-08"}, nil)
		must(t, err)
		if !strings.Contains(strings.Join(doc.Marks, " "), "草稿·未发布") {
			t.Errorf("the bulletin of it is marked %v", doc.Marks)
		}
	}
	wants(publish(s.Act, s.JSON, issued.Hash, func(a *inspection.Act) { a.Rows[0].Rank = 3 }), "与批准的快照不一致")
	wants(publish(s.Act, s.JSON, issued.Hash, func(a *inspection.Act) { a.About = []string{} }), "没有签发的审批")

	// A snapshot with a list that nobody moved, pushed through all its steps.
	snap := *s.Act
	snap.Rows, snap.Text = slices.Clone(s.Act.Rows), "x"
	snap.Rows[0].Lists = append(slices.Clone(snap.Rows[0].Lists), "蓝榜")
	raw, hash, err := snap.Canonical()
	must(t, err)
	steps := map[string]string{}
	for word, by := range map[string]inspection.Person{StepReview: reviewer, StepIssue: issuer} {
		steps[word], _ = o.forged(inspection.Act{Kind: inspection.ActApproval, Case: snap.Case, About: []string{hash}, Decision: inspection.Accepted, By: by,
			Number: "桂数通〔2019〕1号", Items: map[string]inspection.ActItem{itemStep: {Text: word}}}, o.key, raw)
	}
	wants(publish(&snap, raw, steps[StepIssue], func(*inspection.Act) {}), "没有批准的榜单调整")

	head, rec := o.head(unit)
	o.forged(inspection.Act{Kind: inspection.ActListChange, Case: rec.Case(), About: []string{head}, Items: map[string]inspection.ActItem{"黑榜": {Claim: ListAdd, Text: "瞒报"}}}, o.key)
	if list, err := d.ListChanges("2019-08"); err != nil || len(list) != 1 || list[0].Effective() {
		t.Errorf("a change that nobody approved: %+v, %v", list, err)
	}
	out, err := d.Outlook("2019-08")
	must(t, err)
	if slices.Contains(out.Act.Rows[0].Lists, "黑榜") != slices.Contains(s.Act.Rows[0].Lists, "黑榜") || out.blocked("急") == nil {
		t.Errorf("the unapproved change moves %+v", out.Act.Rows[0])
	}
}
