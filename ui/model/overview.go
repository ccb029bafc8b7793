package model

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// Groups of what is open in a round, in the order in which they are listed.
const (
	OpenConflict   = "conflict"
	OpenWaiting    = "waiting"
	OpenQuarantine = "quarantine"
	OpenApart      = "apart"
	OpenLead       = "lead"
	OpenMissing    = "missing"
)

// Overview is all that is open in a round, as lines that lead to where each is
// handled.
type Overview struct {
	o     desk.RoundOverview
	leads map[string][]desk.Lead
	team  func(unit string) string
	lines []Line
	goes  []OpenPlace
}

// OpenPlace is where a line is handled: a page of 汇总, the unit to look for
// there, and on 办理 the view with the matter.
type OpenPlace struct {
	Page, Unit string
	View       string
	Matter     Matter
}

// NewOverview lays out what is open. team names the team of a unit.
func NewOverview(o desk.RoundOverview, leads map[string][]desk.Lead, team func(string) string) *Overview {
	v := &Overview{o: o, leads: leads, team: team}
	for _, r := range o.Conflicting {
		v.add(OpenConflict, "≠", string(roleWaiting), r.Unit, r.Reason, "conflicts")
	}
	for _, r := range o.Waiting {
		v.waiting(r)
	}
	for _, q := range o.Quarantine {
		what := i18n.T("记录 %s", q.Short)
		if q.Act {
			what = i18n.T("行为记录 %s", q.Short)
		}
		v.add(OpenQuarantine, "？", string(roleWaiting), q.Unit, join(what, join(q.Who, q.Reason)), "files")
	}
	for _, a := range o.Apart {
		v.add(OpenApart, "∥", "", a.Unit, i18n.T("%s，总分 %s，不在本轮排名", a.Why, a.Value), "")
	}
	n := 0 // 办理 counts them in the same order
	for _, code := range slices.Sorted(maps.Keys(leads)) {
		for _, l := range leads[code] {
			v.add(OpenLead, "→", "", l.For, i18n.T("%s %s 在 %s 检查时发现：%s", l.Indicator, l.Title, l.From.Name, l.Finding.Note), handlePage)
			v.onHandle(HandleLeads, Matter{MatterLead, strconv.Itoa(n), l.For.Code})
			n++
		}
	}
	for _, u := range o.Missing {
		v.add(OpenMissing, "○", "", u, i18n.T("还没有交"), "")
	}
	return v
}

const roleWaiting = "warning"

// handlePage is the name of 办理.
const handlePage = "handle"

// pages say where a reason is handled.
var pages = map[inspection.Reason]string{inspection.AwaitsSignature: "files", inspection.AwaitsLetter: "letters",
	inspection.AwaitsScoring: "review", inspection.AwaitsApproval: handlePage}

func (v *Overview) waiting(r desk.RankRow) {
	words, page := "", ""
	for _, p := range r.Provisional {
		words = join(words, desk.ReasonWords(p))
		if page == "" {
			page = pages[p]
		}
	}
	v.add(OpenWaiting, "◐", string(roleWaiting), r.Unit, i18n.T("暂定：%s", words), page)
	if page == handlePage {
		v.onHandle(HandleOpen, Matter{MatterApproval, r.Hash, r.Unit.Code})
	}
}

// onHandle says where on 办理 the last line is handled.
func (v *Overview) onHandle(view string, m Matter) {
	at := &v.goes[len(v.goes)-1]
	at.View, at.Matter = view, m
}

func (v *Overview) add(group, glyph, role string, u inspection.Unit, detail, page string) {
	name := u.Name
	if name == "" {
		name = u.Code
	}
	v.lines = append(v.lines, Line{Cells: []string{glyph + " " + OpenWord(group), name, v.team(u.Code), detail}, Group: group, Accent: role})
	v.goes = append(v.goes, OpenPlace{Page: page, Unit: name})
}

// OpenWord is the word of a group.
func OpenWord(group string) string {
	switch group {
	case OpenConflict:
		return i18n.T("冲突")
	case OpenWaiting:
		return i18n.T("暂定")
	case OpenQuarantine:
		return i18n.T("隔离")
	case OpenApart:
		return i18n.T("另列")
	case OpenLead:
		return i18n.T("线索")
	}
	return i18n.T("未交")
}

// Table is what is open as a table.
func (v *Overview) Table() *Table {
	return NewTable([]Column{{Word: i18n.T("事项"), Width: 90}, {Word: i18n.T("单位"), Width: 200}, {Word: i18n.T("检查组"), Width: 140}, {Word: i18n.T("说明")}}, v.lines)
}

// Goes is where a line is handled.
func (v *Overview) Goes(l Line) OpenPlace { return v.goes[l.Place] }

// Done is how much of the round came in.
func (v *Overview) Done() (received, expected int) { return v.o.Received, v.o.Expected }

// Figures are the numbers at the top, each with its word and group.
func (v *Overview) Figures() []OpenFigure {
	leads := 0
	for _, l := range v.leads {
		leads += len(l)
	}
	return []OpenFigure{{OpenMissing, len(v.o.Missing)}, {OpenConflict, v.o.Conflicts}, {OpenWaiting, v.o.Provisional},
		{OpenQuarantine, v.o.Quarantined}, {OpenLead, leads}}
}

// OpenFigure is how many things of a group are open.
type OpenFigure struct {
	Group string
	Count int
}

// Elsewhere says what is in quarantine in other rounds; "" for nothing.
func (v *Overview) Elsewhere() string {
	if v.o.QuarantinedElsewhere == 0 {
		return ""
	}
	return i18n.T("其他轮次还有 %d 件在隔离区", v.o.QuarantinedElsewhere)
}

// Teams say how much of each team's work came in.
func (v *Overview) Teams() []string {
	var out []string
	for _, t := range v.o.Teams {
		words := fmt.Sprintf("%s　%d／%d", t.Team, t.Handed, t.Units)
		for i, u := range t.MissingUnits {
			if i == 0 {
				words += i18n.T("　未交：")
			} else {
				words += i18n.T("、")
			}
			if i == 5 {
				words += i18n.T("等 %d 个", len(t.MissingUnits))
				break
			}
			words += u.Name
		}
		out = append(out, words)
	}
	return out
}
