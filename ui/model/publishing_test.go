package model

import (
	"strings"
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

func stood(blockers ...desk.Blocker) *Publishing {
	return &Publishing{Outlook: desk.Snapshot{Act: &inspection.Act{Rows: make([]inspection.PublishedRow, 3)}, Blockers: blockers}, Limit: desk.ObjectionLimit{Days: 5}}
}

// What stands against a publication is said in words, by kind; that a round without
// a limit is not asked about service is said plainly.
func TestPublishingState(t *testing.T) {
	soft := desk.Blocker{Kind: desk.BlockMissing, Text: "甲 没有交"}
	hard := desk.Blocker{Kind: desk.BlockListChange, Hard: true}
	for _, x := range []struct {
		p        *Publishing
		has, not string
		role     string
	}{
		{stood(), "没有挡着发布的", "理由", roleGained},
		{stood(soft, soft), "2 项：没有结果 2", "先审批", roleWaiting},
		{stood(soft, hard), "榜单调整未审批 1", "一定要发布", roleLost},
	} {
		f := x.p.State()[1]
		if !strings.Contains(f.Text, x.has) || strings.Contains(f.Text, x.not) || f.Accent != x.role {
			t.Errorf("%+v", f)
		}
	}
	p := stood()
	if f := p.State()[2]; !strings.Contains(f.Text, "5 个工作日") {
		t.Errorf("with a limit: %+v", f)
	}
	p.Outlook.NoLimit = true
	if f := p.State()[2]; !strings.Contains(f.Text, "没有设异议期限") || f.Accent != roleWaiting {
		t.Errorf("without a limit: %+v", f)
	}
	if page, view := BlockerPage(desk.BlockWindow); page != "handle" || view != HandleServed {
		t.Errorf("a window leads to %s %s", page, view)
	}
}

// The step a draft waits for is the first that can be done; a void or refused one
// begins again, and beside a publication every new draft corrects it.
func TestDraftDeeds(t *testing.T) {
	step := func(decision string) *desk.ActInfo {
		return &desk.ActInfo{Act: &inspection.Act{Decision: decision, By: inspection.Person{Name: "审核员"}, Files: []string{"h", "scan"}}}
	}
	draft := func(stage string) desk.Process {
		x := desk.Process{Stage: stage, Drafted: "2019-09-05T10:00:00+08:00"}
		x.Hash, x.Act = "h", &inspection.Act{}
		return x
	}
	for stage, want := range map[string]Deed{desk.StageDrafted: DeedReview, desk.StageReviewed: DeedIssue, desk.StageIssued: DeedPublish, desk.StageVoid: DeedDraft, desk.StageRefused: DeedDraft} {
		p := stood()
		p.Drafts = []desk.Process{draft(stage)}
		a := p.About(p.Now())
		if !a.Waits || a.Deeds[0] != want {
			t.Errorf("%s waits for %v", stage, a.Deeds)
		}
	}
	p := stood()
	if a := p.About(p.Now()); a.Deeds[0] != DeedDraft || !a.Waits {
		t.Errorf("nothing is drafted: %+v", a)
	}
	p.Drafts = []desk.Process{draft(desk.StageReviewed)}
	p.Drafts[0].Reviewed = step(inspection.Refused)
	a := p.About(p.Now())
	lost := false
	for _, f := range a.Facts {
		lost = lost || f.Accent == roleLost && strings.Contains(f.Text, "不同意")
	}
	if !lost || len(a.Files) != 1 || a.Files[0] != "scan" {
		t.Errorf("a refusal shows as %+v", a)
	}
	p.Publications = []desk.Publication{{Hash: "p", Act: &inspection.Act{Number: "1号"}, Current: true, Scope: desk.ScopePublic}}
	p.Current = &p.Publications[0]
	p.Drafts[0].Stage = desk.StageVoid
	if m := p.Now(); m.Kind != MatterPublication {
		t.Errorf("beside a void draft the round waits for %+v", m)
	}
	if a := p.About(Matter{Kind: MatterDraft, ID: "h"}); a.Deeds[0] != DeedCorrect {
		t.Errorf("a void correction: %v", a.Deeds)
	}
	if a := p.About(p.Now()); a.Waits || a.Deeds[0] != DeedBulletin {
		t.Errorf("published: %v", a.Deeds)
	}
	p.Corrections = []desk.Correction{{Late: true, Is: inspection.PublishedRow{Record: "r", Rank: 3}, IsValue: "80.00"}, {OnlyRank: true}}
	if a := p.About(p.Now()); !a.Waits || a.Deeds[0] != DeedCorrect {
		t.Errorf("results changed since: %v", a.Deeds)
	}
	lines := p.Table(PublishCorrected).Shown()
	if lines[0].Cells[1] != "没有结果" || lines[0].Cells[2] != "第 3 名　80.00" || lines[1].Group == lines[0].Group {
		t.Errorf("the corrections are %+v", lines)
	}
}

func TestPublishingTables(t *testing.T) {
	p := stood(desk.Blocker{Kind: desk.BlockConflict}, desk.Blocker{Kind: desk.BlockListChange, Hard: true})
	p.Changes = []desk.ListChange{{Hash: "a", Act: &inspection.Act{}}, {Hash: "b", Act: &inspection.Act{}, Stale: true},
		{Hash: "c", Act: &inspection.Act{}, Approved: true, Approval: &desk.ActInfo{Act: &inspection.Act{By: inspection.Person{Name: "局长"}}}}}
	p.Publications = []desk.Publication{{Hash: "1", Act: &inspection.Act{}}, {Hash: "2", Act: &inspection.Act{}, Current: true}, {Hash: "3", Act: &inspection.Act{}, Fault: "没有签发的审批"}}
	for view, want := range map[string]string{PublishBlockers: "！ 冲突 × 榜单调整未审批", PublishChanges: "○ 待审批 × 失效 ● 已同意", PublishDone: "○ 已更正 ● 现行 × 不算数", PublishDrafts: ""} {
		var first []string
		for _, l := range p.Table(view).Shown() {
			first = append(first, l.Cells[0])
		}
		if got := strings.Join(first, " "); got != want {
			t.Errorf("%s is %s", view, got)
		}
	}
	p.Table(PublishChanges)
	if m := p.Matter(Line{Place: 2}); m.ID != "c" || p.Line(m) != 2 || p.Line(Matter{}) != -1 {
		t.Errorf("the third change is %+v", m)
	}
	if got := Paragraphs(" 一\n\n二 "); len(got) != 2 || got[1] != "二" {
		t.Errorf("%q", got)
	}
	for _, w := range ScopeWords() {
		if ScopeWord(ScopeCode(w)) != w {
			t.Errorf("scope %s", w)
		}
	}
}
