package desk

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

// Scopes of a publication, as the acts carry them.
const (
	ScopeInternal = "内部"
	ScopePublic   = "公开"
)

// Publication 发布 is what was published of a round.
type Publication struct {
	Hash, Short string
	Act         *inspection.Act // rows, number 文号, date
	Scope       string
	Override    string // why it was published although something was open, "" if nothing was
	Snapshot    string // hash that was approved
	Drafter     inspection.Person
	Reviewed    *ActInfo // 审核
	Issued      *ActInfo // 签发
	Current     bool     // no other replaces it
	Fault       string   // why it must not be believed, "" if it may
}

// Publications are the publications of a round, the first one first. A 更正 names
// in Act.Replaces the one it corrects.
func (d *Desk) Publications(round string) ([]Publication, error) {
	ctx := context.Background()
	s, err := d.actSet(ctx, store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	var out []Publication
	for _, x := range s.all {
		if x.Act.Kind != inspection.ActPublication || x.Standing != "" {
			continue
		}
		p := Publication{Hash: x.Hash, Short: seal.Short(x.Hash), Act: x.Act, Scope: x.Act.Items[itemScope].Text,
			Override: x.Act.Items[itemOverride].Text, Current: !s.gone[x.Hash]}
		d.proveApproval(&p, s)
		out = append(out, p)
	}
	// A correction comes after what it corrects, whatever day it claims.
	slices.SortStableFunc(out, func(a, b Publication) int {
		switch {
		case a.Act.Replaces == b.Hash:
			return 1
		case b.Act.Replaces == a.Hash:
			return -1
		}
		return 0
	})
	return out, nil
}

// CurrentPublication is the publication of a round that counts now, nil if there
// is none, or more than one that nobody has put in order.
func (d *Desk) CurrentPublication(round string) (*Publication, error) {
	list, err := d.Publications(round)
	if err != nil {
		return nil, err
	}
	var now *Publication
	for i := range list {
		if list[i].Current && list[i].Fault == "" {
			if now != nil {
				return nil, nil
			}
			now = &list[i]
		}
	}
	return now, nil
}

// proveApproval finds the approval of a publication and compares what was published with
// what was approved.
func (d *Desk) proveApproval(p *Publication, s *actSet) {
	for _, h := range p.Act.About {
		if x, ok := s.by[h]; ok && x.Act.Kind == inspection.ActApproval && step(x.Act) == StepIssue {
			p.Issued, p.Snapshot = &x, x.Act.About[0]
		}
	}
	if p.Issued == nil {
		p.Fault = i18n.T("没有签发的审批")
		return
	}
	for _, x := range s.on(inspection.ActApproval, p.Snapshot) {
		if step(x.Act) == StepReview {
			p.Reviewed = &x
		}
	}
	snap, err := d.snapshot(p.Snapshot, nil)
	if err != nil {
		p.Fault = i18n.T("批准的快照不在工作簿里")
		return
	}
	p.Drafter = snap.By
	if same, err := sameContent(p.Act, snap); err != nil || !same {
		p.Fault = i18n.T("发布的内容与批准的快照不一致")
	}
	if unit := d.unapprovedLists(p.Act, s); unit != "" {
		p.Fault = i18n.T("%s 的榜单与得分不符，也没有批准的榜单调整", unit)
	}
	if p.Issued.Act.Decision != inspection.Accepted || p.Reviewed == nil || p.Reviewed.Act.Decision != inspection.Accepted {
		p.Fault = i18n.T("审批没有通过")
	}
}

// unapprovedLists names a unit that stands on other lists than its total gives with
// the approved changes that the publication names, "" if there is none.
func (d *Desk) unapprovedLists(a *inspection.Act, s *actSet) string {
	c, err := d.Compiled(a.Case.Rubric)
	if err != nil {
		return "" // nothing can be computed here
	}
	changes := map[string][]ListChange{}
	for _, h := range a.About {
		if x, ok := s.by[h]; ok && x.Act.Kind == inspection.ActListChange {
			if _, accepted := s.approvedBy(h); accepted {
				changes[x.Act.Case.Unit] = append(changes[x.Act.Case.Unit], listChange(x))
			}
		}
	}
	for _, r := range a.Rows {
		var lists []string
		if x, ok := scoring.ParseExact(r.Exact); ok {
			lists = c.Engine.ListsOf(nil, x)
		}
		for _, change := range changes[r.Unit] {
			lists = change.moved(lists)
		}
		if !slices.Equal(slices.Sorted(slices.Values(lists)), slices.Sorted(slices.Values(r.Lists))) {
			return d.unitNamed(r.Unit).Name
		}
	}
	return ""
}

// sameContent tells whether an act publishes exactly what a snapshot froze.
func sameContent(a, snap *inspection.Act) (bool, error) {
	content := func(x *inspection.Act) ([]byte, error) {
		return canon.Encode(inspection.Act{Kind: x.Kind, Case: x.Case, Replaces: x.Replaces, Items: x.Items, Text: x.Text, Rows: x.Rows})
	}
	x, err := content(a)
	if err != nil {
		return false, err
	}
	y, err := content(snap)
	return bytes.Equal(x, y), err
}

// checkPublication refuses a publication that was not approved as it is, or that
// is no longer what the workbook says.
func (d *Desk) checkPublication(ctx context.Context, a *inspection.Act) error {
	s, err := d.actSet(ctx, store.ActFilter{Round: a.Case.Round})
	if err != nil {
		return err
	}
	p := Publication{Act: a}
	if d.proveApproval(&p, s); p.Fault != "" {
		return i18n.E("%s；没有发布", p.Fault)
	}
	if err := d.inOrder(a, s); err != nil {
		return err
	}
	now, err := d.frozenLike(ctx, a)
	if err != nil {
		return err
	}
	if same, err := sameContent(a, now.Act); err != nil || !same {
		return i18n.E("批准之后结果变了（%s），批准已经失效；请重新拟稿报批，没有发布", differingUnits(a.Rows, now.Act.Rows), err)
	}
	if x := unforeseen(a, now.Blockers); x != "" {
		return i18n.E("%s，拟稿时还没有；请重新拟稿报批，没有发布", x)
	}
	return now.blocked(a.Items[itemOverride].Text)
}

// unforeseen is an objection that came after an override was frozen: who approved
// it did not know. Snapshots that do not say what was open foresee everything.
func unforeseen(a *inspection.Act, now []Blocker) string {
	known := a.Items[itemOverride].Claim
	for _, b := range now {
		if known != "" && b.Kind == BlockObjection && !slices.Contains(strings.Split(known, "\n"), overridden([]Blocker{b})) {
			return b.Text
		}
	}
	return ""
}

// inOrder refuses a second publication beside one, and a correction of what is
// not there.
func (d *Desk) inOrder(a *inspection.Act, s *actSet) error {
	for _, x := range s.of(inspection.ActPublication) {
		if x.Act.Case == a.Case && x.Hash != a.Replaces {
			return i18n.E("这一轮已经发布过（%s）。要更正请重新拟稿，写明替代哪一份；没有发布", seal.Short(x.Hash))
		}
	}
	if x, ok := s.by[a.Replaces]; a.Replaces != "" && (!ok || x.Act.Kind != inspection.ActPublication) {
		return i18n.E("要更正的发布不在工作簿里，没有发布")
	}
	return nil
}

// differingUnits names the units whose rows differ.
func differingUnits(was, is []inspection.PublishedRow) string {
	before := map[string][]byte{}
	encode := func(r inspection.PublishedRow) []byte {
		b, err := canon.Encode(r)
		if err != nil {
			return nil
		}
		return b
	}
	for _, r := range was {
		before[r.Unit] = encode(r)
	}
	var units []string
	for _, r := range is {
		if !bytes.Equal(before[r.Unit], encode(r)) {
			units = append(units, r.Unit)
		}
		delete(before, r.Unit)
	}
	units = append(units, sortedKeys(before)...)
	if more := len(units) - 6; more > 0 {
		return i18n.T("单位 %s 等 %d 个", joined(units[:6]), len(units))
	}
	if len(units) == 0 {
		return i18n.T("范围、理由或替代关系")
	}
	return i18n.T("单位 %s", joined(units))
}

// Correction 更正清单的一行 is a unit whose result is no longer what was published.
type Correction struct {
	Unit          inspection.Unit
	Was, Is       inspection.PublishedRow
	WasValue      string
	IsValue       string
	OnlyRank      bool // nothing but its rank moved, because others changed
	Missing, Late bool // no longer has a row; had no result when it was published
}

// CorrectionList compares a publication with the results as they are now: files
// that came later, rulings, corrections. It changes nothing; a 更正 needs its own
// approval.
func (d *Desk) CorrectionList(p *Publication) ([]Correction, error) {
	now, err := d.frozen(context.Background(), FreezeRequest{Round: p.Act.Case.Round, Scope: p.Scope, Replaces: p.Act.Replaces})
	if err != nil {
		return nil, err
	}
	c, err := d.Compiled(p.Act.Case.Rubric)
	if err != nil {
		return nil, err
	}
	is := map[string]inspection.PublishedRow{}
	for _, r := range now.Act.Rows {
		is[r.Unit] = r
	}
	var out []Correction
	seen := map[string]bool{}
	for _, was := range p.Act.Rows {
		x, there := is[was.Unit]
		seen[was.Unit] = true
		if there && sameRow(was, x) {
			continue
		}
		out = append(out, Correction{Unit: d.unitNamed(was.Unit), Was: was, Is: x, Missing: !there, Late: was.Record == "" && x.Record != "",
			OnlyRank: there && was.Record == x.Record && was.Exact == x.Exact && slices.Equal(was.Lists, x.Lists)})
	}
	for _, x := range now.Act.Rows {
		if !seen[x.Unit] {
			out = append(out, Correction{Unit: d.unitNamed(x.Unit), Is: x, Late: true})
		}
	}
	for i := range out {
		out[i].WasValue, out[i].IsValue = exactValue(c, out[i].Was.Exact), exactValue(c, out[i].Is.Exact)
	}
	return out, nil
}

func sameRow(a, b inspection.PublishedRow) bool {
	return a.Record == b.Record && a.Exact == b.Exact && a.Rank == b.Rank && a.Band == b.Band && slices.Equal(a.Lists, b.Lists)
}
