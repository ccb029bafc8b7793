package model

import (
	"path/filepath"

	"xunping/assets/i18n"
	"xunping/desk"
)

// Timeline is everything that is known of a unit: each sheet and each act, in the
// order of what they claim.
type Timeline struct{ events []desk.Event }

// NewTimeline makes the timeline of a unit.
func NewTimeline(events []desk.Event) *Timeline { return &Timeline{events} }

// Event is the event of a line.
func (t *Timeline) Event(l Line) desk.Event { return t.events[l.Place] }

// Table is the timeline as a table; its groups are what happened.
func (t *Timeline) Table() *Table {
	lines := make([]Line, len(t.events))
	for i, e := range t.events {
		glyph, accent, standing := "●", "", i18n.T("有效")
		if e.Kind == "record" {
			glyph = "■"
		}
		if e.Replaced {
			glyph, standing = "○", i18n.T("已更正")
		}
		if e.Standing != "" {
			glyph, accent, standing = "？", roleWaiting, desk.ReasonWords(e.Standing)
		}
		lines[i] = Line{Cells: []string{Clock(e.At), glyph + " " + e.Word, e.Who, e.What, e.Short, fileWords(e), e.Round, standing}, Group: e.Word, Accent: accent}
	}
	return NewTable([]Column{{Word: i18n.T("时间"), Width: 136}, {Word: i18n.T("事项"), Width: 100}, {Word: i18n.T("谁"), Width: 130}, {Word: i18n.T("内容")},
		{Word: i18n.T("短码"), Width: 150}, {Word: i18n.T("文件"), Width: 130}, {Word: i18n.T("轮次"), Width: 70}, {Word: i18n.T("效力"), Width: 80}}, lines)
}

// fileWords say which file an event has: where a sheet lies on this machine, how
// many scans an act has.
func fileWords(e desk.Event) string {
	switch {
	case e.File != "":
		return filepath.Base(e.File)
	case len(e.Files) > 0:
		return i18n.T("附件 %d 个", len(e.Files))
	}
	return "—"
}

// Facts are all that is known of one event.
func (t *Timeline) Facts(e desk.Event) []Fact {
	a := About{}
	a.say(i18n.T("时间"), i18n.T("%s（自称）", Clock(e.At)))
	a.say(i18n.T("轮次"), e.Round)
	a.say(i18n.T("谁"), e.Who)
	a.say(i18n.T("内容"), e.What)
	a.say(i18n.T("哈希"), e.Hash)
	a.say(i18n.T("文件"), e.File)
	if len(e.Files) > 0 {
		a.say(i18n.T("附件"), i18n.T("附件 %d 个", len(e.Files)))
	}
	if e.Replaced {
		a.accent(i18n.T("效力"), i18n.T("已由新的一份更正，不再算数"), roleWaiting)
	}
	if e.Standing != "" {
		a.accent(i18n.T("效力"), desk.ReasonWords(e.Standing), roleWaiting)
	}
	return a.Facts
}
