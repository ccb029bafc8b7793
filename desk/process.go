package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/store"
)

// Stages of a snapshot on its way.
const (
	StageDrafted   = "drafted"   // 拟稿
	StageReviewed  = "reviewed"  // 已审核
	StageIssued    = "issued"    // 已签发
	StagePublished = "published" // 已发布
	StageRefused   = "refused"   // 退稿
	StageVoid      = "void"      // 失效: the results changed
)

// Process is a snapshot with what was decided about it.
type Process struct {
	Snapshot
	Drafter          inspection.Person
	Drafted          string // claimed time
	Reviewed, Issued *ActInfo
	Published        string // the act
	Stage            string
	Changed          string // why it is void
}

// Processes are the snapshots of a round: the draft of this workbook and those
// that approvals carry, the newest by its claim first.
func (d *Desk) Processes(round string) ([]Process, error) {
	ctx := context.Background()
	s, err := d.actSet(ctx, store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	snaps := map[string]*inspection.Act{}
	for _, x := range s.of(inspection.ActApproval) {
		if step(x.Act) == "" {
			continue
		}
		if a, err := d.snapshot(x.Act.About[0], nil); err == nil {
			snaps[x.Act.About[0]] = a
		}
	}
	if text := d.Setting(settingSnapshot+round, ""); text != "" {
		a := &inspection.Act{}
		if err := canon.Decode([]byte(text), a); err == nil {
			snaps[hashOf([]byte(text))] = a
		}
	}
	var out []Process
	for _, h := range sortedKeys(snaps) {
		p, err := d.process(ctx, s, h, snaps[h])
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Process) int { return cmp.Compare(b.Drafted, a.Drafted) })
	return out, nil
}

// Process finds the snapshot of a round that is under way: by a prefix of its
// hash, or the newest with "".
func (d *Desk) Process(round, prefix string) (*Process, error) {
	list, err := d.Processes(round)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if h := list[i].Hash; prefix == "" || len(prefix) >= 4 && len(h) >= len(prefix) && h[:len(prefix)] == prefix {
			return &list[i], nil
		}
	}
	return nil, i18n.E("轮次 %s 还没有拟稿", round)
}

func (d *Desk) process(ctx context.Context, s *actSet, hash string, a *inspection.Act) (Process, error) {
	p := Process{Drafter: a.By, Drafted: a.Made, Stage: StageDrafted}
	p.Hash, p.Act = hash, a
	var err error
	if p.JSON, err = canon.Encode(a); err != nil {
		return p, err
	}
	for _, x := range s.all {
		if x.Act.Kind == inspection.ActPublication && x.Standing == "" && slices.Contains(x.Act.Files, hash) {
			p.Published = x.Hash
		}
	}
	review, ok := lastStep(s, hash, StepReview)
	if review.Hash != "" {
		p.Reviewed, p.Stage = &review, StageReviewed
	}
	issue, okIssue := lastStep(s, hash, StepIssue)
	if issue.Hash != "" {
		p.Issued, p.Stage = &issue, StageIssued
	}
	if p.Published != "" {
		p.Stage = StagePublished
		return p, nil
	}
	now, err := d.frozenLike(ctx, a)
	if err != nil {
		return p, err
	}
	p.Blockers, p.NoLimit = now.Blockers, now.NoLimit
	same, err := sameContent(a, now.Act)
	switch {
	case err != nil:
		return p, err
	case p.Reviewed != nil && !ok || p.Issued != nil && !okIssue:
		p.Stage = StageRefused
	case !same:
		p.Stage, p.Changed = StageVoid, differingUnits(a.Rows, now.Act.Rows)
	}
	return p, nil
}

// checkApproval checks what is approved.
func (d *Desk) checkApproval(ctx context.Context, a *inspection.Act) error {
	if step(a) != "" {
		return nil // forbid looks at all of it
	}
	if item, ok := a.Items[itemObjectionDays]; ok {
		if days, err := strconv.Atoi(item.Claim); err != nil || days < 1 || days > 365 {
			return i18n.E("异议期限要写 1 到 365 个工作日，没有签发")
		}
		return nil
	}
	o, err := d.wb.Object(ctx, a.About[0])
	if err != nil {
		return i18n.E("工作簿里没有要审批的内容（%s），没有签发", short8(a.About[0]), err)
	}
	key := o.Node.Case
	if o.Act {
		key = o.ActNode.Case
	}
	if key != a.Case {
		return i18n.E("要审批的内容不属于这一轮这个单位，没有签发")
	}
	return nil
}

// checkStepOf checks a step of the approval of a snapshot: nobody approves what he
// drafted or reviewed, and nothing is issued that has changed since.
func (d *Desk) checkStepOf(ctx context.Context, a *inspection.Act, files map[string]store.Evidence) error {
	snap, err := d.snapshot(a.About[0], files)
	if err != nil {
		return i18n.E("要审批的快照不在工作簿里，没有签发", err)
	}
	word := step(a)
	switch {
	case snap.Case != a.Case:
		return i18n.E("要审批的内容不属于这一轮这个单位，没有签发")
	case word != StepReview && word != StepIssue:
		return i18n.E("审批的步骤要写“审核”或“签发”，没有签发")
	case a.Decision == inspection.Partly:
		return i18n.E("审批只有同意或不同意，没有签发")
	case samePerson(a.By, snap.By):
		return i18n.E("%s 是拟稿人，不能审批自己拟的稿；没有签发", a.By.Name)
	case word == StepReview:
		return nil
	case a.Decision == inspection.Accepted && (a.Number == "" || a.Date == ""):
		return i18n.E("签发要写文号和日期，没有签发")
	}
	s, err := d.actSet(ctx, store.ActFilter{Round: a.Case.Round, Kind: inspection.ActApproval})
	if err != nil {
		return err
	}
	if review, ok := lastStep(s, a.About[0], StepReview); !ok {
		return i18n.E("快照还没有审核，没有签发")
	} else if samePerson(a.By, review.Act.By) {
		return i18n.E("%s 是审核人，签发要由另一个人；没有签发", a.By.Name)
	}
	now, err := d.frozenLike(ctx, snap)
	if err != nil {
		return err
	}
	if same, err := sameContent(snap, now.Act); err != nil || !same {
		return i18n.E("拟稿之后结果变了（%s），请重新拟稿；没有签发", differingUnits(snap.Rows, now.Act.Rows), err)
	}
	return nil
}

func samePerson(a, b inspection.Person) bool {
	if a.Number != "" && b.Number != "" {
		return a.Number == b.Number
	}
	return a.Name == b.Name
}
