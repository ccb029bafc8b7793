package ui

import (
	"context"

	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// publishSteps walk a round from what stands against its publication to the
// archive.
func (t *tourist) publishSteps() []func() error {
	return []func() error{
		func() error { return t.publishing(model.PublishBlockers) }, t.shot("publish-blocked"),
		t.draft, t.shot("publish-draft"), t.closeDialog,
		t.freeze, t.shot("publish-frozen"),
		t.issue, t.shot("publish-issue"), t.closeDialog,
		t.publish, t.shot("published"),
		func() error { t.bureau().askBulletin(t.bureau().publishing); return nil }, t.shot("bulletin"), t.closeDialog,
		func() error { t.s.askArchive(); return nil }, t.shot("archive"), t.closeDialog,
	}
}

// publishing shows a view of 发布.
func (t *tourist) publishing(view string) error {
	v := t.bureau()
	if err := v.load(); err != nil {
		return err
	}
	v.goView("publish", view)
	return nil
}

// draft opens the form of a draft.
func (t *tourist) draft() error {
	t.bureau().askDraft(t.bureau().publishing, "")
	return nil
}

// freeze drafts the results, with the reason why something is left open.
func (t *tourist) freeze() error {
	r := desk.FreezeRequest{Round: t.s.round.Code, Scope: desk.ScopeInternal, Override: "上级要求月底前通报，未办结的另行更正", Drafter: inspection.Person{Name: "拟稿员（示例）"}}
	if _, err := t.s.desk.Freeze(context.Background(), r); err != nil {
		return err
	}
	return t.publishing(model.PublishDrafts)
}

// issue enters the review, and opens the form of the issue.
func (t *tourist) issue() error {
	if err := t.approve(desk.ApprovalEntry{Step: desk.StepReview, By: inspection.Person{Name: "审核员（示例）"}, Date: t.day(-1)}); err != nil {
		return err
	}
	if err := t.publishing(model.PublishDrafts); err != nil {
		return err
	}
	v := t.bureau()
	v.askIssue(&v.publishing.Drafts[0])
	return nil
}

func (t *tourist) approve(e desk.ApprovalEntry) error {
	id, err := t.bureauKey()
	if err != nil {
		return err
	}
	x, err := t.s.desk.Process(t.s.round.Code, "")
	if err != nil {
		return err
	}
	e.Decision = inspection.Accepted
	_, err = t.s.desk.ApproveSnapshot(context.Background(), &x.Snapshot, e, id, "")
	return err
}

// publish issues and publishes.
func (t *tourist) publish() error {
	if err := t.approve(desk.ApprovalEntry{Step: desk.StepIssue, By: inspection.Person{Name: "局长（示例）"}, Number: "桂数通〔2019〕1号", Date: t.day(0)}); err != nil {
		return err
	}
	id, err := t.bureauKey()
	if err != nil {
		return err
	}
	x, err := t.s.desk.Process(t.s.round.Code, "")
	if err != nil {
		return err
	}
	if _, err := t.s.desk.Publish(context.Background(), &x.Snapshot, id, ""); err != nil {
		return err
	}
	return t.publishing(model.PublishDone)
}
