package model

import (
	"xunping/assets/i18n"
	"xunping/desk"
)

// Matters of 发布 beside those of 办理.
const (
	MatterDraft       MatterKind = "draft"
	MatterPublication MatterKind = "publication"
)

// The deeds of 发布.
const (
	DeedDraft    Deed = "draft"
	DeedReview   Deed = "review"
	DeedIssue    Deed = "issue"
	DeedPublish  Deed = "publish"
	DeedSnapshot Deed = "snapshot"
	DeedCorrect  Deed = "correct"
	DeedBulletin Deed = "bulletin"
	DeedArchive  Deed = "archive"
)

func publishDeed(d Deed) string {
	switch d {
	case DeedDraft:
		return i18n.T("拟稿，冻结结果…")
	case DeedReview:
		return i18n.T("登记审核…")
	case DeedIssue:
		return i18n.T("登记签发…")
	case DeedPublish:
		return i18n.T("发布本轮…")
	case DeedSnapshot:
		return i18n.T("快照另存…")
	case DeedCorrect:
		return i18n.T("拟更正稿…")
	case DeedBulletin:
		return i18n.T("写通报…")
	}
	return i18n.T("归档本轮…")
}

// Now is what the round waits for: a draft on its way, else what was published,
// else a draft that was given up, else nothing (an empty matter).
func (p *Publishing) Now() Matter {
	for i := range p.Drafts {
		if s := p.Drafts[i].Stage; s != desk.StagePublished && s != desk.StageVoid && s != desk.StageRefused {
			return Matter{Kind: MatterDraft, ID: p.Drafts[i].Hash}
		}
	}
	if p.Current != nil {
		return Matter{Kind: MatterPublication, ID: p.Current.Hash}
	}
	if len(p.Drafts) > 0 {
		return Matter{Kind: MatterDraft, ID: p.Drafts[0].Hash}
	}
	return Matter{}
}

// Draft is a snapshot by its hash.
func (p *Publishing) Draft(hash string) *desk.Process {
	return found(p.Drafts, func(x *desk.Process) bool { return x.Hash == hash })
}

// Publication is a publication by its hash.
func (p *Publishing) Publication(hash string) *desk.Publication {
	return found(p.Publications, func(x *desk.Publication) bool { return x.Hash == hash })
}

// About tells all of a matter of this page. Without one it says how a publication
// begins.
func (p *Publishing) About(m Matter) About {
	switch m.Kind {
	case MatterDraft:
		if x := p.Draft(m.ID); x != nil {
			return p.aboutDraft(x)
		}
	case MatterPublication:
		if x := p.Publication(m.ID); x != nil {
			return p.aboutPublication(x)
		}
	case MatterChange:
		if c := found(p.Changes, func(c *desk.ListChange) bool { return c.Hash == m.ID }); c != nil {
			return aboutChange(c)
		}
	}
	a := About{Title: i18n.T("还没有拟稿")}
	a.say("", i18n.T("拟稿把现在的结果、名次和榜单冻结成快照。审核和签发都签在快照的哈希上；结果再变，审批就失效。"))
	a.say("", i18n.T("拟稿、审核、签发要三个不同的人。"))
	a.Deeds, a.Waits = []Deed{DeedDraft, DeedBulletin}, true
	return a
}

func (p *Publishing) aboutDraft(x *desk.Process) About {
	a := About{Title: desk.StageWord(x.Stage)}
	a.say(i18n.T("快照"), desk.Groups(x.Hash))
	a.say(i18n.T("范围"), i18n.T("%s，%d 个单位", ScopeWord(x.Scope()), len(x.Act.Rows)))
	if old := p.Publication(x.Act.Replaces); old != nil {
		a.say(i18n.T("更正"), i18n.T("替代 %s", old.Act.Number))
	}
	a.accent(i18n.T("越过理由"), x.Override(), roleWaiting)
	a.say(i18n.T("备注"), x.Act.Text)
	a.say(i18n.T("拟稿"), "● "+x.Drafter.Name+"　"+Clock(x.Drafted))
	a.step(i18n.T("审核"), x.Reviewed)
	a.step(i18n.T("发文签发"), x.Issued)
	if x.Published != "" {
		a.accent(i18n.T("发布"), i18n.T("● 已发布"), roleGained)
	} else {
		a.say(i18n.T("发布"), i18n.T("○ 还没有"))
	}
	for _, step := range []*desk.ActInfo{x.Reviewed, x.Issued} {
		if step != nil {
			for _, f := range step.Act.Files {
				if f != x.Hash && !Contains(a.Files, f) {
					a.Files = append(a.Files, f)
				}
			}
		}
	}
	p.draftDeeds(&a, x)
	return a
}

// step is one step of an approval: who decided what, when, by which document.
func (a *About) step(word string, x *desk.ActInfo) {
	if x == nil {
		a.say(word, i18n.T("○ 还没有"))
		return
	}
	glyph, role := "●", ""
	if desk.DecisionWord(x.Act) != i18n.T("同意") {
		glyph, role = "×", roleLost
	}
	a.accent(word, spaced(glyph+" "+desk.DecisionWord(x.Act), x.Act.By.Name, x.Act.Number, x.Act.Date, x.Act.Text), role)
}

func (p *Publishing) draftDeeds(a *About, x *desk.Process) {
	again := DeedDraft
	if p.Current != nil {
		again = DeedCorrect
	}
	switch x.Stage {
	case desk.StageDrafted:
		a.Deeds, a.Waits = []Deed{DeedReview, DeedSnapshot, again}, true
	case desk.StageReviewed:
		a.Deeds, a.Waits = []Deed{DeedIssue, DeedSnapshot, again}, true
	case desk.StageIssued:
		a.Deeds, a.Waits = []Deed{DeedPublish, DeedSnapshot, again}, true
	case desk.StageVoid:
		a.accent(i18n.T("失效"), i18n.T("拟稿以后变了：%s。要重新拟稿报批", x.Changed), roleLost)
		a.Deeds, a.Waits = []Deed{again, DeedSnapshot}, true
	case desk.StageRefused:
		a.Deeds, a.Waits = []Deed{again, DeedSnapshot}, true
	default:
		a.Deeds = []Deed{DeedSnapshot}
	}
	if len(a.Files) > 0 {
		a.Deeds = append(a.Deeds, DeedScans)
	}
	a.Deeds = append(a.Deeds, DeedPaper, DeedBulletin)
}

func (p *Publishing) aboutPublication(x *desk.Publication) About {
	a := About{Title: i18n.T("发布　%s", shownValue(x.Act.Number)), Act: x.Hash}
	if x.Fault != "" {
		a.accent(i18n.T("不算数"), x.Fault, roleLost)
	}
	a.say(i18n.T("日期"), x.Act.Date)
	a.say(i18n.T("范围"), i18n.T("%s，%d 个单位", ScopeWord(x.Scope), len(x.Act.Rows)))
	a.accent(i18n.T("越过理由"), x.Override, roleWaiting)
	if old := p.Publication(x.Act.Replaces); old != nil {
		a.say(i18n.T("更正"), i18n.T("替代 %s", old.Act.Number))
	}
	a.say(i18n.T("快照"), desk.Groups(x.Snapshot))
	a.say(i18n.T("拟稿"), "● "+x.Drafter.Name)
	a.step(i18n.T("审核"), x.Reviewed)
	a.step(i18n.T("发文签发"), x.Issued)
	if x.Current && x.Fault == "" {
		if n := len(p.Corrections); n > 0 {
			a.accent(i18n.T("更正"), i18n.T("%d 个单位的结果变了", n), roleWaiting)
			a.Deeds, a.Waits = []Deed{DeedCorrect}, true
		}
		a.Deeds = append(a.Deeds, DeedBulletin, DeedArchive)
	}
	a.Deeds = append(a.Deeds, DeedPack)
	return a
}
