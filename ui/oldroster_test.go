package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// Where files are received an old roster is said, too: the demonstration's is of
// 2019.
func TestAnOldRosterIsSaidWhereFilesAreReceived(t *testing.T) {
	s, _, _ := office(t)
	s.goTo(placeBureau)
	v := s.screen.(*bureauView)
	v.staging = model.NewStaging(&desk.MergeReport{Files: 1, Identical: 1, Results: []desk.FileOutcome{{File: "a.pdf", Outcome: desk.Identical}}})
	var texts []string
	for _, o := range test.LaidOutObjects(v.filesView()) {
		if p, ok := o.(*look.Para); ok {
			texts = append(texts, p.Text)
		}
	}
	if !strings.Contains(strings.Join(texts, "\n"), "请向汇总单位要新的名册") {
		t.Errorf("it says only %q", texts)
	}
}
