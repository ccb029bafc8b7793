package ui

import (
	"testing"

	"xunping/ui/model"
)

// Another round is shown on the page of 汇总 that is open, and the files that wait
// there still do; a line of the overview leads to its unit.
func TestAnotherRoundKeepsThePage(t *testing.T) {
	s, _, _ := office(t)
	s.goTo(placeBureau)
	v := s.screen.(*bureauView)
	v.choose("letters")
	v.paths = []string{"/stick/a.pdf"}
	must(t, s.chooseRound(s.round.Code))
	now, ok := s.screen.(*bureauView)
	if !ok || now == v || now.page != "letters" || len(now.paths) != 1 {
		t.Fatalf("after another round was chosen the screen is %T %+v", s.screen, now)
	}
	now.handle(model.OpenPlace{Page: "letters", Unit: "南宁市"})
	if now.page != "letters" || now.find.Text != "南宁市" {
		t.Errorf("on %s it looks for %q", now.page, now.find.Text)
	}
	now.handle(model.OpenPlace{Page: "handle", View: model.HandleLeads})
	if now.page != "handle" || now.handleAt.view != model.HandleLeads {
		t.Errorf("on %s, view %s", now.page, now.handleAt.view)
	}
}
