package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

// Steps of an approval of a snapshot, as the acts carry them. 拟稿 is the freezing
// itself, 发布 the publication.
const (
	StepReview = "审核"
	StepIssue  = "签发"
)

func step(a *inspection.Act) string { return a.Items[itemStep].Text }

// FreezeRequest says what is to be published. The reason for Override is printed.
type FreezeRequest struct {
	Round, Scope, Override string
	Replaces               string // the publication that it corrects
	Text                   string // remark on the draft
	Drafter                inspection.Person
}

// Kinds of what stands against a publication.
const (
	BlockProvisional = "provisional" // 暂定
	BlockConflict    = "conflict"    // 冲突
	BlockMissing     = "missing"     // 没有结果
	BlockObjection   = "objection"   // 异议未办结
	BlockWindow      = "window"      // 异议期未满
	BlockUnserved    = "unserved"    // 未送达
	BlockListChange  = "list_change" // 榜单调整未审批
)

// Blocker is one thing that stands against a publication. A hard one cannot be
// overridden.
type Blocker struct {
	Kind, Text string
	Detail     string // why, in words of no language, "" where the kind says it
	Unit       inspection.Unit
	Hard       bool
}

// inQuarantine is the detail of a unit whose records do not count.
const inQuarantine = "quarantine"

// Snapshot 快照 is a publication as it was frozen, before anybody signed it: the
// unsigned act. Its hash is what is approved.
type Snapshot struct {
	Hash     string
	JSON     []byte // canonical
	Act      *inspection.Act
	Blockers []Blocker
	NoLimit  bool // the round has set no limit for objections
}

// Freeze drafts a publication 拟稿: it freezes the results with ranks and lists. An
// earlier draft of the round is given up; approvals of it are void.
func (d *Desk) Freeze(ctx context.Context, r FreezeRequest) (*Snapshot, error) {
	if r.Scope != ScopeInternal && r.Scope != ScopePublic {
		return nil, i18n.E("发布范围要写“内部”或“公开”")
	}
	if r.Drafter.Name == "" {
		return nil, i18n.E("要写明拟稿人")
	}
	s, err := d.frozen(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := s.blocked(r.Override); err != nil {
		return nil, err
	}
	s.Act.By, s.Act.Made = r.Drafter, d.clock().Truncate(time.Second).Format(time.RFC3339)
	if s.JSON, s.Hash, err = s.Act.Canonical(); err != nil {
		return nil, err
	}
	return s, d.SetSetting(settingSnapshot+r.Round, string(s.JSON))
}

// Outlook is what a draft would freeze now, with what stands against it. Nothing is
// frozen or kept.
func (d *Desk) Outlook(round string) (*Snapshot, error) {
	return d.frozen(context.Background(), FreezeRequest{Round: round, Scope: ScopeInternal})
}

// settingSnapshot keeps the draft until its first approval takes it along.
const settingSnapshot = "publication."

// blocked refuses what stands against a publication: hard things always, the
// others without a reason.
func (s *Snapshot) blocked(override string) error {
	var hard, soft []string
	for _, b := range s.Blockers {
		if b.Hard {
			hard = append(hard, b.Text)
		} else {
			soft = append(soft, b.Text)
		}
	}
	few := func(list []string) string {
		if len(list) > 3 {
			return i18n.T("%s等 %d 项", strings.Join(list[:3], "；"), len(list))
		}
		return strings.Join(list, "；")
	}
	switch {
	case len(hard) > 0:
		return i18n.E("还不能发布：%s", few(hard))
	case len(soft) > 0 && override == "":
		return i18n.E("还不能发布：%s。一定要发布，请写明理由，理由会印在通报上", few(soft))
	}
	return nil
}

// frozen is the publication as the workbook stands now, unsigned, with what
// stands against it.
func (d *Desk) frozen(ctx context.Context, r FreezeRequest) (*Snapshot, error) {
	key, err := d.roundKey(ctx, r.Round)
	if err != nil {
		return nil, err
	}
	rows, err := d.ranked(r.Round, "")
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(x RankRow) bool { return x.Stranger }) // no result of this round
	acts, err := d.actSet(ctx, store.ActFilter{Round: r.Round})
	if err != nil {
		return nil, err
	}
	changes, err := d.listChanges(ctx, acts, r.Round)
	if err != nil {
		return nil, err
	}
	a := &inspection.Act{Format: inspection.ActFormat, Kind: inspection.ActPublication, Case: key, About: []string{}, Replaces: r.Replaces, Text: r.Text,
		Items: map[string]inspection.ActItem{itemScope: {Text: r.Scope}}}
	s := &Snapshot{Act: a}
	byUnit := map[string][]ListChange{}
	for _, c := range changes {
		if c.Act.Case.Rubric != key.Rubric || c.Act.Case.Trial != key.Trial {
			continue
		}
		byUnit[c.Act.Case.Unit] = append(byUnit[c.Act.Case.Unit], c)
		if c.Effective() {
			a.About = append(a.About, c.Hash)
		}
	}
	slices.Sort(a.About)
	for i := range rows {
		a.Rows = append(a.Rows, published(&rows[i], byUnit[rows[i].Unit.Code]))
	}
	if err := d.blockers(s, r, rows, acts, changes); err != nil {
		return nil, err
	}
	if r.Override != "" {
		a.Items[itemOverride] = inspection.ActItem{Text: r.Override, Claim: overridden(s.Blockers)}
	}
	return s, nil
}

// frozenLike is the publication as the workbook stands now, made like another one.
// What was open when that one was frozen stays as it was written down: time closes
// windows, and the approval was given knowing of them.
func (d *Desk) frozenLike(ctx context.Context, a *inspection.Act) (*Snapshot, error) {
	s, err := d.frozen(ctx, FreezeRequest{Round: a.Case.Round, Scope: a.Items[itemScope].Text, Override: a.Items[itemOverride].Text, Replaces: a.Replaces, Text: a.Text})
	if was, ok := a.Items[itemOverride]; err == nil && ok {
		s.Act.Items[itemOverride] = was
	}
	return s, err
}

// overridden writes down what is open, as kind, unit and detail, a line each: in
// words of no language, for it is frozen and signed.
func overridden(list []Blocker) string {
	var out []string
	for _, b := range list {
		out = append(out, strings.TrimSpace(b.Kind+" "+b.Unit.Code+" "+b.Detail))
	}
	return strings.Join(out, "\n")
}

func published(r *RankRow, changes []ListChange) inspection.PublishedRow {
	out := inspection.PublishedRow{Unit: r.Unit.Code, Rank: r.Rank}
	if r.State == inspection.CaseResult {
		out.Record, out.Exact, out.Band = r.Hash, r.Exact, r.Band
		out.Lists = slices.Clone(r.Lists)
		for _, c := range changes {
			if c.Effective() {
				out.Lists = c.moved(out.Lists)
			}
		}
	}
	return out
}

// snapshot reads a frozen publication: the draft of this workbook, a file of the
// set, or one of the files at hand.
func (d *Desk) snapshot(hash string, files map[string]store.Evidence) (*inspection.Act, error) {
	data := files[hash].Data
	if data == nil {
		var err error
		if data, _, err = d.wb.Evidence(context.Background(), hash); err != nil {
			return nil, err
		}
	}
	a := &inspection.Act{}
	if err := canon.Decode(data, a); err != nil {
		return nil, i18n.E("快照读不懂：%s", err)
	}
	if a.Kind != inspection.ActPublication || a.Signer != "" || hashOf(data) != hash {
		return nil, i18n.E("%s 不是发布的快照", short8(hash))
	}
	return a, nil
}

// exactValue prints an exact total, "—" without one.
func exactValue(c *inspection.Compiled, exact string) string {
	if x, ok := scoring.ParseExact(exact); ok {
		return c.Engine.FormatTotal(x, c.Rubric.Places)
	}
	return "—"
}

func joined(list []string) string { return strings.Join(list, i18n.T("、")) }

// ApprovalEntry is one decision of a person who approves.
type ApprovalEntry struct {
	About              string // record or act, or the snapshot's hash
	Step               string // of a snapshot: StepReview or StepIssue
	Decision           string
	Number, Date, Text string
	By                 inspection.Person // who decided
	Replaces           string
	Scans              [][]byte
}

// Approve signs an approval 审批 of a record (free findings, a settlement that
// changes the score), or of an act (a change of lists).
func (d *Desk) Approve(ctx context.Context, e ApprovalEntry, id seal.Signer, out string) (string, error) {
	o, err := d.wb.Object(ctx, e.About)
	if err != nil {
		return "", err
	}
	key := o.Node.Case
	if o.Act {
		key = o.ActNode.Case
	}
	a := inspection.Act{Kind: inspection.ActApproval, Case: key, About: []string{e.About}, By: e.By, Number: e.Number, Date: e.Date,
		Decision: e.Decision, Text: e.Text, Replaces: e.Replaces}
	return d.issue(ctx, a, id, e.Scans, out)
}

// ApproveSnapshot signs a step 审核 or 签发 on the hash of a snapshot. The snapshot
// travels with it.
func (d *Desk) ApproveSnapshot(ctx context.Context, s *Snapshot, e ApprovalEntry, id seal.Signer, out string) (string, error) {
	a := inspection.Act{Kind: inspection.ActApproval, Case: s.Act.Case, About: []string{s.Hash}, By: e.By, Number: e.Number, Date: e.Date,
		Decision: e.Decision, Text: e.Text, Replaces: e.Replaces, Items: map[string]inspection.ActItem{itemStep: {Text: e.Step}}}
	return d.issue(ctx, a, id, append([][]byte{s.JSON}, e.Scans...), out)
}

// Publish signs the publication of a snapshot that was issued. Number and date
// are those of the approval.
func (d *Desk) Publish(ctx context.Context, s *Snapshot, id seal.Signer, out string) (string, error) {
	acts, err := d.actSet(ctx, store.ActFilter{Round: s.Act.Case.Round})
	if err != nil {
		return "", err
	}
	issued, ok := lastStep(acts, s.Hash, StepIssue)
	if !ok {
		return "", i18n.E("快照 %s 还没有签发，没有发布", seal.Short(s.Hash))
	}
	a := *s.Act
	a.Made, a.By = "", inspection.Person{}
	a.About = append([]string{issued.Hash}, s.Act.About...)
	a.Number, a.Date, a.Files = issued.Act.Number, issued.Act.Date, []string{s.Hash}
	return d.issue(ctx, a, id, [][]byte{s.JSON}, out)
}

// lastStep is the last word of a step on a snapshot; ok if it accepts.
func lastStep(s *actSet, snapshot, word string) (ActInfo, bool) {
	var last ActInfo
	for _, x := range s.on(inspection.ActApproval, snapshot) {
		if step(x.Act) == word {
			last = x
		}
	}
	return last, last.Hash != "" && last.Act.Decision == inspection.Accepted
}
