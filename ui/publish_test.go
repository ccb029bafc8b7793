package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// publishing is a round before its publication, made by hand so that days and
// hashes are the same on every machine.
func publishing(t *testing.T, s *shell) *model.Publishing {
	t.Helper()
	rows, err := s.desk.Rank(s.round.Code, "")
	must(t, err)
	act := &inspection.Act{Kind: inspection.ActPublication}
	for _, r := range rows {
		x := inspection.PublishedRow{Unit: r.Unit.Code, Rank: r.Rank}
		if r.Rank > 0 {
			x.Record, x.Band, x.Lists = strings.Repeat("ab", 32), r.Band, r.Lists
		}
		act.Rows = append(act.Rows, x)
	}
	u := rows[0].Unit
	return &model.Publishing{Outlook: desk.Snapshot{Act: act, NoLimit: true, Blockers: []desk.Blocker{
		{Kind: desk.BlockConflict, Unit: u, Text: u.Name + " 有冲突"}, {Kind: desk.BlockListChange, Unit: rows[1].Unit, Text: rows[1].Unit.Name + " 的榜单调整还没有审批", Hard: true}}},
		Changes: []desk.ListChange{{Hash: "11", Unit: rows[1].Unit, Act: &inspection.Act{By: inspection.Person{Name: "汇总员"}}, Changes: []desk.ListMove{{List: "黑榜", Add: true, Why: "瞒报"}}}}}
}

// approved is a step of an approval.
func approved(who, number, date string) *desk.ActInfo {
	return &desk.ActInfo{Hash: who, Act: &inspection.Act{Decision: inspection.Accepted, By: inspection.Person{Name: who}, Number: number, Date: date}}
}

// drafted is a snapshot on its way.
func drafted(m *model.Publishing, stage string) desk.Process {
	act := *m.Outlook.Act
	act.Items = map[string]inspection.ActItem{"scope": {Text: desk.ScopeInternal}, "override": {Text: "上级要求按期通报"}}
	x := desk.Process{Stage: stage, Drafter: inspection.Person{Name: "拟稿员"}, Drafted: "2019-09-05T10:00:00+08:00"}
	x.Hash, x.Act = strings.Repeat("c0de", 16), &act
	return x
}

// published puts a publication in the place of what stands in its way.
func published(m *model.Publishing) {
	act := *m.Outlook.Act
	act.Number, act.Date = "桂数通〔2019〕1号", "2019-09-06"
	x := drafted(m, desk.StagePublished)
	x.Reviewed, x.Issued, x.Published = approved("审核员", "", "2019-09-05"), approved("局长", act.Number, act.Date), "ff"
	m.Outlook.Blockers, m.Outlook.NoLimit, m.Limit = nil, false, desk.ObjectionLimit{Days: 5}
	m.Drafts = []desk.Process{x}
	m.Publications = []desk.Publication{{Hash: "ff", Act: &act, Scope: desk.ScopeInternal, Snapshot: x.Hash, Drafter: x.Drafter, Reviewed: x.Reviewed, Issued: x.Issued, Current: true}}
	m.Current = &m.Publications[0]
}

// publishScreens are the page 发布 in its states, and its forms.
func publishScreens() map[string]func(*testing.T, *shell) {
	at := func(view string, change func(*model.Publishing)) func(*testing.T, *shell) {
		return func(t *testing.T, s *shell) {
			v := s.screen.(*bureauView)
			v.publishing = publishing(t, s)
			if change != nil {
				change(v.publishing)
			}
			v.publishAt.view = view
			v.choose("publish")
		}
	}
	stage := func(s string) func(*model.Publishing) {
		return func(m *model.Publishing) { m.Drafts = []desk.Process{drafted(m, s)} }
	}
	corrected := func(m *model.Publishing) {
		published(m)
		was := m.Current.Act.Rows[0]
		is := was
		is.Rank, is.Lists = 2, nil
		m.Corrections = []desk.Correction{{Unit: inspection.Unit{Code: was.Unit, Name: "南宁市"}, Was: was, Is: is, WasValue: "90.00", IsValue: "79.50"}}
	}
	return map[string]func(*testing.T, *shell){
		"publish-blocked":     at(model.PublishBlockers, nil),
		"publish-changes":     at(model.PublishChanges, nil),
		"publish-frozen":      at(model.PublishDrafts, stage(desk.StageDrafted)),
		"publish-void":        at(model.PublishDrafts, func(m *model.Publishing) { stage(desk.StageVoid)(m); m.Drafts[0].Changed = "单位 450100" }),
		"publish-published":   at(model.PublishDone, published),
		"publish-corrections": at(model.PublishCorrected, corrected),
		"publish-draft": func(t *testing.T, s *shell) {
			at("", nil)(t, s)
			v := s.screen.(*bureauView)
			v.askDraft(v.publishing, "")
		},
		"publish-issue": func(t *testing.T, s *shell) {
			at(model.PublishDrafts, stage(desk.StageReviewed))(t, s)
			v := s.screen.(*bureauView)
			v.publishing.Drafts[0].Reviewed = approved("审核员", "", "2019-09-05")
			v.askIssue(&v.publishing.Drafts[0])
		},
		"publish-bulletin": func(t *testing.T, s *shell) {
			at("", published)(t, s)
			v := s.screen.(*bureauView)
			v.askBulletin(v.publishing)
		},
		"archive": func(t *testing.T, s *shell) { s.askArchive() },
	}
}

func TestGoldenPublish(t *testing.T) {
	for name, show := range publishScreens() {
		t.Run(name, func(t *testing.T) {
			s := withBureauKey(t)
			show(t, s)
			still(s)
			longAgo(s)
			golden(t, s, name)
		})
	}
	t.Run("publish-none", func(t *testing.T) {
		s := newWindow(t, "zh")
		s.goTo(placeBureau)
		bureauAt(t, s, "publish")
		still(s)
		golden(t, s, "publish-none")
	})
}

// A round is published in the window: what stands against it needs a reason, three
// people take three steps, what changes later makes the draft void, and after the
// publication a correction has an approval of its own.
func TestPublishInTheWindow(t *testing.T) {
	s := withBureauKey(t)
	v := bureauAt(t, s, "publish")
	now := func() *model.Publishing {
		t.Helper()
		v.withPublishing(func() {})
		return v.publishing
	}
	if len(now().Outlook.Blockers) == 0 || !v.publishing.Outlook.NoLimit {
		t.Fatalf("the demonstration stands at %+v", v.publishing.Outlook)
	}
	draft := func(replaces string, answers ...string) bool {
		t.Helper()
		v.askDraft(now(), replaces)
		return fillPlain(t, s, answers...)
	}
	if draft("", "拟稿员", "", "", " ") {
		t.Error("a draft without a reason was taken")
	}
	if !fillPlain(t, s, "拟稿员", "", "", "按期通报") {
		t.Fatal("the draft was not taken")
	}
	x := &now().Drafts[0]
	if x.Stage != desk.StageDrafted || x.Override() != "按期通报" || v.publishAt.view != model.PublishDrafts {
		t.Fatalf("drafted as %+v", x)
	}
	v.askReview(x)
	if fill(t, s, "拟稿员") {
		t.Error("who drafted reviewed")
	}
	if !fill(t, s, "审核员") {
		t.Fatal("the review was not taken")
	}
	x = &now().Drafts[0]
	v.askIssue(x)
	if fill(t, s, "审核员", "", "2019-09-06", "", "", "桂数通〔2019〕1号") {
		t.Error("who reviewed issued")
	}
	if fill(t, s, "局长", "", "2019-09-06", "", "", "") {
		t.Error("issued without a number")
	}
	if !fill(t, s, "局长", "", "2019-09-06", "", "", "桂数通〔2019〕1号") {
		t.Fatal("the issue was not taken")
	}
	v.askPublish(&now().Drafts[0])
	if !fill(t, s) || now().Current == nil || v.publishing.Current.Act.Number != "桂数通〔2019〕1号" {
		t.Fatalf("published as %+v", v.publishing.Current)
	}

	m, code := faulty(t, s, v.followed(t))
	rec, _, err := s.desk.Sheet(m.ID)
	must(t, err)
	e := rec.Entries[code]
	e.Note = "迟到的材料"
	e.Findings = nil
	a, err := s.desk.Amend(s.round.Code, m.Unit, map[string]desk.Choice{code: {Entry: &e, Reason: "迟到的材料"}})
	must(t, err)
	keys, err := s.desk.Keys()
	must(t, err)
	_, bureau := model.BureauKeys(keys)
	_, err = s.desk.SignAmendment(t.Context(), a, bureau[0].Path, desk.DemoPassphrase, t.TempDir()+"/a.pdf")
	must(t, err)
	v.changed("")
	if len(now().Corrections) == 0 || !strings.Contains(v.publishing.State()[0].Text, "变了") {
		t.Fatalf("after a late file %+v", v.publishing.State()[0])
	}
	if !draft(v.publishing.Current.Hash, "拟稿员", "", "", "按期更正") {
		t.Fatal("the correction was not drafted")
	}
	if x = &now().Drafts[0]; x.Act.Replaces != v.publishing.Current.Hash || v.publishing.Now().ID != x.Hash {
		t.Errorf("the correction is %+v", x)
	}
}

// The approval sheet of a draft is written from its page, in the format chosen.
func TestDocumentsFromTheWindow(t *testing.T) {
	s := withBureauKey(t)
	_, err := s.desk.Freeze(t.Context(), desk.FreezeRequest{Round: s.round.Code, Scope: desk.ScopeInternal, Drafter: inspection.Person{Name: "拟稿员"}, Override: "先行报批"})
	must(t, err)
	v := bureauAt(t, s, "publish")
	processes, err := s.desk.Processes(s.round.Code)
	must(t, err)
	dir := t.TempDir()
	for name, begin := range map[string]string{"sheet.pdf": "%PDF", "sheet.docx": "PK"} {
		must(t, s.desk.SetSetting("document.format", strings.ToUpper(filepath.Ext(name)[1:])))
		v.askApprovalSheet(&processes[0])
		s.tap(t, "存为…")
		s.fill(t, filepath.Join(dir, name))
		s.tap(t, "保存")
		s.rest()
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.HasPrefix(string(b), begin) {
			t.Errorf("%s: %v %.4q", name, err, b)
		}
	}
}
