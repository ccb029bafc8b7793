package ui

import (
	"fyne.io/fyne/v2"

	"xunping/assets/i18n"
	"xunping/ui/ime"
	"xunping/ui/look"
)

func hiddenWords() string { return i18n.T("分数已隐藏，Ctrl+H 显示") }

// hidden tells whether points are hidden because the unit looks on. Whatever shows
// points asks here.
func (s *shell) hidden() bool { return s.desk.Setting("hidden", "") == "1" }

// toggleHidden hides all points while the unit looks on, or shows them again: also
// those in a dialog that is open, and in one that was opened without them.
func (s *shell) toggleHidden() {
	value := "1"
	if s.hidden() {
		value = ""
	}
	if err := s.desk.SetSetting("hidden", value); err != nil {
		s.fail(err)
		return
	}
	look.CoverDialogs(s.win, s.hidden(), hiddenWords())
	switch v := s.screen.(type) {
	case *walkView:
		v.score.hidden = s.hidden()
		v.rebuild()
	case *unitsView:
		v.refresh()
	default:
		s.coverBody()
	}
	if s.hidden() {
		s.toast(hiddenWords())
	}
}

// coverBody covers a screen that is full of points while they are hidden. The
// walk-through and the list of units leave out the points alone.
func (s *shell) coverBody() {
	s.body.Objects = s.body.Objects[:1]
	switch s.screen.(type) {
	case *bureauView, *conflictView, *timelineView:
		if s.hidden() {
			s.body.Objects = append(s.body.Objects, look.NewCover(hiddenWords()))
		}
	}
	s.body.Refresh()
}

// pointsField is a field for points, whose digits nobody reads while they are hidden.
func (s *shell) pointsField() *ime.Entry {
	if s.hidden() {
		return ime.NewPassword()
	}
	return ime.NewEntry()
}

// pointsError is what is wrong with typed points, without the figures while they are
// hidden.
func (s *shell) pointsError(err error) error {
	if err != nil && s.hidden() {
		return i18n.E("分数不是数，或者不在这一条允许的范围里；没有记入")
	}
	return err
}

// pointsOf is an object that shows points, nil while they are hidden.
func (s *shell) pointsOf(objects ...fyne.CanvasObject) []fyne.CanvasObject {
	if s.hidden() {
		return nil
	}
	return objects
}
