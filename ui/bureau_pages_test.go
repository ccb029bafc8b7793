package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/ui/look"
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

// On the pages of the ranking, and where conflicts are listed, units are sought
// with the same field, and what is shown is copied.
func TestPagesOfTheRankingSeek(t *testing.T) {
	s := newBureau(t)
	v := bureauAt(t, s, "ranking")
	p := &rankPage{v: v, body: container.NewStack()}
	for p.how = range 3 {
		p.show()
		if v.find == nil {
			t.Fatalf("way %d has nothing to seek with", p.how)
		}
		v.find.SetText("450100")
		v.find.SetText("没有这个单位")
	}
	h, err := s.desk.Heat(t.Context(), s.round.Code, "")
	must(t, err)
	s.show(&pane{"热力图", v.heatView(h)})
	v.find.SetText(h.Rows[0].Unit.Name)
	s.app.Clipboard().SetContent("")
	s.tap(t, i18n.T("复制表格"))
	if got := s.app.Clipboard().Content(); strings.Count(got, "\n") != 1 || !strings.Contains(got, h.Rows[0].Unit.Name) {
		t.Errorf("copied: %q", got)
	}
	s.goTo(placeBureau)
	v = bureauAt(t, s, "conflicts")
	list, err := s.desk.Conflicts(s.round.Code)
	must(t, err)
	if len(list) > 0 && v.find == nil {
		t.Error("conflicts cannot be sought")
	}
}

// A picture beside a judgement is shown large by a click.
func TestPicturesOfAReviewAreEnlarged(t *testing.T) {
	s := newBureau(t)
	v := bureauAt(t, s, "review")
	p := &reviewPage{v: v, thumbs: map[string]fyne.CanvasObject{}}
	ref := inspection.EvidenceRef{SHA256: strings.Repeat("ab", 32), Name: "机房.png"}
	var row *look.Row
	for _, o := range test.LaidOutObjects(p.photos([]inspection.EvidenceRef{ref}, 120, 12, true)[0]) {
		if r, ok := o.(*look.Row); ok {
			row = r
		}
	}
	if row == nil {
		t.Fatal("the picture cannot be clicked")
	}
	test.Tap(row)
	if words := strings.Join(said(s), "\n"); !strings.Contains(words, "机房.png") {
		t.Errorf("a click shows %q", words)
	}
}
