package ui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
	"xunping/ui/model"
)

// A wrong service and a wrong objection are entered again with the old one filled
// in; what is shown follows the new one, and the old one stays in the timeline.
func TestWrongActsInTheWindow(t *testing.T) {
	s := withBureauKey(t)
	v := bureauAt(t, s, "handle")
	m, code := faulty(t, s, v.followed(t))
	v.acts().askServe(m, nil)
	if !fill(t, s, "2019-08-20", "邮寄") {
		t.Fatal("the service was not taken")
	}
	a, ok := v.followed(t).About(m)
	if !ok || len(a.Amends) != 1 {
		t.Fatalf("what can be corrected: %+v", a.Amends)
	}
	v.acts().askAmend(a.Amends)
	if !fill(t, s, "2019-08-27") { // how it was served is filled in
		t.Fatal("the correction was not taken")
	}
	x, _ := v.followed(t).Service(m.Unit)
	if x.Served != "2019-08-27" || x.Act.Text != "邮寄" || x.Act.Replaces != a.Amends[0].Hash {
		t.Errorf("served as %+v", x.Act)
	}
	v.acts().askObjection(x.Served, m, nil)
	tick(t, s, code)
	if !fill(t, s, "3", "七月已完成", "2019-08-27", "2019-09-02") {
		t.Fatal("the objection was not taken")
	}
	s.showTimeline(m.Unit)
	line := s.screen.(*timelineView)
	line.acts().amend(v.followed(t).Objections[0].Hash)
	if !fill(t, s, "0") {
		t.Fatal("the objection was not corrected")
	}
	if list := v.followed(t).Objections; len(list) != 1 || list[0].Claims[0].Claim != "0" || list[0].Claims[0].Text != "七月已完成" {
		t.Errorf("the objections are %+v", list)
	}
	events, err := s.desk.Timeline("", m.Unit)
	must(t, err)
	n := 0
	for _, l := range model.NewTimeline(events).Table().Shown() {
		if strings.Contains(strings.Join(l.Cells, " "), "已更正") {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d events are corrected", n)
	}
}

// An item of a notice is dealt with from the walk-through: a team's inspector enters
// the answer and the recheck, and the file goes to the bureau.
func TestTeamRechecks(t *testing.T) {
	s := newBureau(t)
	dir, err := demoDir()
	must(t, err)
	key := func(name string) desk.Signer {
		id, err := desk.OpenKey(filepath.Join(dir, "keys", name+".p12"), desk.DemoPassphrase)
		must(t, err)
		return id
	}
	v := bureauAt(t, s, "handle")
	m, code := faulty(t, s, v.followed(t))
	rec, c, err := s.desk.Sheet(m.ID)
	must(t, err)
	finding := model.NoticeForm(rec, c).Rows[0].Key
	notice, err := s.desk.DemandRectify(context.Background(), desk.RectifyEntry{Record: m.ID, Date: "2019-09-09",
		Items: map[string]inspection.ActItem{finding: {Text: "完成迁移", Until: "2019-09-30"}}}, key("bureau"), "")
	must(t, err)
	_, err = s.desk.SendBack(context.Background(), desk.ReturnEntry{Record: m.ID, Items: map[string]inspection.ActItem{code: {Text: "照片不清", Until: "2019-09-03"}}}, key("bureau"), "")
	must(t, err)
	_, err = s.desk.AddKey(filepath.Join(dir, "keys", "inspector-1.p12"), desk.DemoPassphrase)
	must(t, err)

	in, err := s.desk.Correct(s.round.Code, m.Unit)
	must(t, err)
	w := newWalkView(s, in)
	s.put(w)
	if n := len(test.LaidOutObjects(w.first)); n == 0 || w.first.Hidden {
		t.Fatal("the visit begins with nothing")
	}
	item := func() *desk.RectifyItem {
		list, err := s.desk.NoticeItems(notice)
		must(t, err)
		return &list[0]
	}
	w.handleItem(item())
	words := map[string]bool{}
	for _, o := range test.LaidOutObjects(s.win.Canvas().Overlays().Top()) {
		if b, ok := o.(*look.Button); ok {
			words[b.Text] = true
		}
	}
	if !words["复查…"] || !words["登记答复…"] {
		t.Errorf("the item offers %v", words)
	}
	closeAll(s)
	said := ""
	do := acts{s: s, team: true, changed: func(what string) { said = what }}
	do.askAnswer(item(), nil)
	if !fill(t, s, "已割接", "2019-09-19") {
		t.Fatal("the answer was not taken")
	}
	closeAll(s) // where the file for the bureau is asked for
	do.askRecheck(item(), nil)
	pickWord(t, s, "部分整改")
	if !fill(t, s, "还剩一个") {
		t.Fatal("the recheck was not taken")
	}
	closeAll(s)
	i := item()
	if i.State != desk.RectifyPart || i.Answer == nil || i.Answer.Measure != "已割接" || said == "" || i.RecheckBy != "检查员甲" {
		t.Errorf("the item is %+v", i)
	}
	if mine := model.ForTeam(model.AboutItem(i, "2019-09-20").Amends, true); len(mine) != 2 {
		t.Errorf("a team may correct %+v", mine)
	}
}

func closeAll(s *shell) {
	for o := s.win.Canvas().Overlays(); o.Top() != nil; {
		o.Remove(o.Top())
	}
}
