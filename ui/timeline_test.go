package ui

import (
	"strings"
	"testing"

	"xunping/desk"
	"xunping/ui/model"
)

// The timeline of a unit holds its sheets and acts, of one round or of all, and
// leads back to where it was asked for.
func TestTimelineLeadsBack(t *testing.T) {
	s := withBureauKey(t)
	v := bureauAt(t, s, "handle")
	m, _ := faulty(t, s, v.followed(t))
	id, err := desk.OpenKey(keyPath(t, s), desk.DemoPassphrase)
	must(t, err)
	_, err = s.desk.RegisterService(t.Context(), desk.ServiceEntry{Record: m.ID, Served: "2019-10-08", How: "直接送达"}, id, "")
	must(t, err)
	s.showTimeline(m.Unit)
	line, ok := s.screen.(*timelineView)
	if !ok {
		t.Fatalf("the screen is %T", s.screen)
	}
	events, err := s.desk.Timeline(s.round.Code, m.Unit)
	must(t, err)
	all, err := s.desk.Timeline("", m.Unit)
	must(t, err)
	if len(events) < 2 || len(all) <= len(events) {
		t.Errorf("%d events in the round, %d in all", len(events), len(all))
	}
	words := model.NewTimeline(events).Table().TSV()
	if !strings.Contains(words, "■ 评分表") || !strings.Contains(words, "● 送达") || !strings.Contains(words, "直接送达") {
		t.Errorf("the timeline says %s", words)
	}
	s.find()
	s.show(line.back)
	if v.page != "handle" || bureauTabs()[v.tabs.SelectedIndex()].name != "handle" {
		t.Errorf("back at %s", v.page)
	}

	w := newWindow(t, "zh")
	walk := at(t, w, "450100")
	walk.checkedAndNext()
	w.showTimeline("450100")
	still(w)
	golden(t, w, "timeline-none")
	w.show(w.screen.(*timelineView).back)
	if w.screen != screen(walk) {
		t.Errorf("back at %T", w.screen)
	}
	walk.checkedAndNext()
}

// keyPath is the file of the bureau's key.
func keyPath(t *testing.T, s *shell) string {
	t.Helper()
	keys, err := s.desk.Keys()
	must(t, err)
	_, bureau := model.BureauKeys(keys)
	if len(bureau) == 0 {
		t.Fatal("the bureau has no key")
	}
	return bureau[0].Path
}
