package model

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

const roleLost = "error"

// Views of 办理, in the order of the page.
const (
	HandleOpen    = "open"    // 未办结
	HandleServed  = "served"  // 送达与异议
	HandleReturns = "returns" // 退回
	HandleRectify = "rectify" // 整改台账
	HandleLeads   = "leads"   // 线索
)

// HandleViews are the views with how much each holds.
func (h *Handling) HandleViews() (names, words []string) {
	names = []string{HandleOpen, HandleServed, HandleReturns, HandleRectify, HandleLeads}
	counts := []int{len(h.Open) + len(h.unapproved()), len(h.sheets()), len(h.Returns), len(h.Items), len(h.Leads)}
	for i, w := range []string{i18n.T("未办结"), i18n.T("送达与异议"), i18n.T("退回"), i18n.T("整改台账"), i18n.T("线索")} {
		words = append(words, i18n.T("%s（%d）", w, counts[i]))
	}
	return names, words
}

// Handling is 办理: what follows the results of a round until it is settled.
type Handling struct {
	desk.After
	Today    string
	Limit    desk.ObjectionLimit
	Results  []desk.RankRow
	Services map[string]desk.Service // by record
	Leads    []desk.Lead
	shown    []Matter
}

// LoadHandling reads all of it.
func LoadHandling(d *desk.Desk, round string, leads map[string][]desk.Lead) (*Handling, error) {
	h := &Handling{Today: d.Today()}
	var err error
	if h.After, err = d.After(round); err != nil {
		return nil, err
	}
	if h.Limit, err = d.ObjectionLimit(round); err != nil {
		return nil, err
	}
	if h.Results, err = d.Rank(round, ""); err != nil {
		return nil, err
	}
	if h.Services, err = d.Services(round); err != nil {
		return nil, err
	}
	for _, unit := range slices.Sorted(maps.Keys(leads)) {
		h.Leads = append(h.Leads, leads[unit]...)
	}
	return h, nil
}

// Matter is what a line of 办理 is about: a sheet, or something that followed it.
type Matter struct {
	Kind MatterKind
	ID   string // hash; of an item of a notice the notice and the finding
	Unit string
}

// MatterKind is what a matter is.
type MatterKind string

// The kinds of matters.
const (
	MatterSheet     MatterKind = "sheet"
	MatterObjection MatterKind = "objection"
	MatterReturn    MatterKind = "return"
	MatterItem      MatterKind = "item"
	MatterChange    MatterKind = "change"
	MatterApproval  MatterKind = "approval" // a result that waits for one
	MatterLead      MatterKind = "lead"
)

var matterOf = map[inspection.ActKind]MatterKind{inspection.ActObjection: MatterObjection, inspection.ActReturn: MatterReturn,
	inspection.ActRectify: MatterItem, inspection.ActListChange: MatterChange}

func itemID(notice, finding string) string { return notice + " " + finding }

// sheets are the results that count.
func (h *Handling) sheets() []desk.RankRow {
	return slices.DeleteFunc(slices.Clone(h.Results), func(r desk.RankRow) bool { return r.Hash == "" })
}

// unapproved are the results that count only when somebody approved them.
func (h *Handling) unapproved() []desk.RankRow {
	return slices.DeleteFunc(h.sheets(), func(r desk.RankRow) bool { return !slices.Contains(r.Provisional, inspection.AwaitsApproval) })
}

// Unserved are the results of which nobody registered that the unit has them.
func (h *Handling) Unserved() []desk.RankRow {
	return slices.DeleteFunc(h.sheets(), func(r desk.RankRow) bool { _, ok := h.Service(r.Unit.Code); return ok })
}

// Service is the last service of a unit's sheets.
func (h *Handling) Service(unit string) (desk.Service, bool) {
	var last desk.Service
	for _, x := range h.Services {
		if x.Act.Case.Unit == unit && (x.Served > last.Served || x.Served == last.Served && x.Hash > last.Hash) {
			last = x
		}
	}
	return last, last.Hash != ""
}

// ServedOn is the day of the last service of a unit's sheets, "" without one.
func (h *Handling) ServedOn(unit string) string {
	x, _ := h.Service(unit)
	return x.Served
}

// LimitWords say how long units may object in this round.
func (h *Handling) LimitWords() string {
	if h.Limit.Days == 0 {
		return i18n.T("本轮没有设异议期限：送达只登记日期，不算到期日")
	}
	return i18n.T("异议期限 %d 个工作日，自送达次日起算", h.Limit.Days)
}

// Table is a view as a table.
func (h *Handling) Table(view string) *Table {
	h.shown = nil
	switch view {
	case HandleServed:
		return h.servedTable()
	case HandleReturns:
		return h.returnTable()
	case HandleRectify:
		return h.itemTable()
	case HandleLeads:
		return h.leadTable()
	}
	return h.openTable()
}

// Matter is what a line of the last table is about.
func (h *Handling) Matter(l Line) Matter { return h.shown[l.Place] }

// Len is how many lines the last table has.
func (h *Handling) Len() int { return len(h.shown) }

// Line is where a matter stands in the last table, −1 if it does not.
func (h *Handling) Line(m Matter) int { return slices.Index(h.shown, m) }

// HandleWord is the word of a group of the open work and of the states.
func HandleWord(group string) string { return group }

func (h *Handling) openTable() *Table {
	var lines []Line
	add := func(m Matter, word, kind string, unit inspection.Unit, detail, until string, over bool) {
		glyph, accent := "○", roleWaiting
		if over {
			glyph, accent, until = "!", roleLost, i18n.T("%s 逾期", until)
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + word, kind, unit.Name, detail, until}, Group: kind, Accent: accent})
		h.shown = append(h.shown, m)
	}
	for _, w := range h.Open {
		m := Matter{matterOf[w.Kind], w.Act, w.Unit.Code}
		if m.Kind == MatterItem {
			m.ID = itemID(w.Act, w.Item)
		}
		add(m, w.StateWord, desk.KindWord(w.Kind), w.Unit, w.Detail, w.Until, w.Over)
	}
	for _, r := range h.unapproved() {
		add(Matter{MatterApproval, r.Hash, r.Unit.Code}, desk.ReasonWords(inspection.AwaitsApproval), i18n.T("审批"), r.Unit, i18n.T("结果 %s 要有审批才算定", r.Value), "", false)
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 92}, {Word: i18n.T("事项"), Width: 80}, {Word: i18n.T("单位"), Width: 150}, {Word: i18n.T("内容")}, {Word: i18n.T("期限"), Width: 120}}, lines)
}

// Groups of sheets by how far they are with their unit.
const (
	servedNot  = "unserved"
	servedOpen = "window"
	servedPast = "past"
	servedSaid = "objected"
)

// ServedWord is the word of a group of sheets.
func ServedWord(group string) string {
	switch group {
	case servedNot:
		return i18n.T("未登记送达")
	case servedOpen:
		return i18n.T("异议期内")
	case servedSaid:
		return i18n.T("有异议")
	}
	return i18n.T("已送达")
}

func (h *Handling) servedTable() *Table {
	var lines []Line
	for _, r := range h.sheets() {
		group, glyph, accent, served, until := servedNot, "○", roleWaiting, "—", "—"
		if x, ok := h.Service(r.Unit.Code); ok {
			group, glyph, accent, served, until = servedPast, "●", "", x.Served, shownValue(x.Until)
			if x.Until >= h.Today && h.Limit.Days > 0 {
				group, glyph, accent = servedOpen, "◐", roleWaiting
			}
		}
		said := ""
		for _, o := range h.objectionsOf(r.Unit.Code) {
			group, glyph = servedSaid, "≠"
			if accent = ""; o.State != desk.ObjectionDone {
				accent = roleWaiting
			}
			said = join(said, desk.ObjectionWord(o.State))
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + ServedWord(group), r.Unit.Name, r.Value, served, until, said}, Group: group, Accent: accent})
		h.shown = append(h.shown, Matter{MatterSheet, r.Hash, r.Unit.Code})
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 116}, {Word: i18n.T("单位")}, {Word: i18n.T("总分"), Width: 80, Figure: true}, {Word: i18n.T("送达"), Width: 96},
		{Word: i18n.T("异议期至"), Width: 96}, {Word: i18n.T("异议"), Width: 110}}, lines)
}

func (h *Handling) objectionsOf(unit string) []desk.Objection {
	return slices.DeleteFunc(slices.Clone(h.Objections), func(o desk.Objection) bool { return o.Unit.Code != unit })
}

// Groups of returns.
const (
	returnOut  = "out"
	returnBack = "back"
)

// ReturnWord is the word of a group of returns.
func ReturnWord(group string) string {
	if group == returnOut {
		return i18n.T("待重交")
	}
	return i18n.T("已重交")
}

func (h *Handling) returnTable() *Table {
	var lines []Line
	for i := range h.Returns {
		r := &h.Returns[i]
		group, glyph, accent := returnOut, "○", roleWaiting
		if r.Again != "" {
			group, glyph, accent = returnBack, "●", ""
		}
		until := lastDay(r.Act.Items)
		if r.Again == "" && until < h.Today {
			accent, until = roleLost, i18n.T("%s 逾期", until)
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + ReturnWord(group), r.Unit.Name, CodesText(sortedKeys(itemTexts(r.Act.Items))), until, r.Act.By.Name,
			CodesText(r.Changed)}, Group: group, Accent: accent})
		h.shown = append(h.shown, Matter{MatterReturn, r.Hash, r.Unit.Code})
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 92}, {Word: i18n.T("单位")}, {Word: i18n.T("指标"), Width: 140}, {Word: i18n.T("重交期限"), Width: 120},
		{Word: i18n.T("经手"), Width: 90}, {Word: i18n.T("重交时改了"), Width: 140}}, lines)
}

func itemTexts(items map[string]inspection.ActItem) map[string]string {
	out := map[string]string{}
	for k, x := range items {
		out[k] = x.Text
	}
	return out
}

func lastDay(items map[string]inspection.ActItem) string {
	last := ""
	for _, x := range items {
		last = max(last, x.Until)
	}
	return last
}

func (h *Handling) itemTable() *Table {
	var lines []Line
	for i := range h.Items {
		x := &h.Items[i]
		word, glyph, accent, due := desk.RectifyWord(x.State), "○", roleWaiting, x.Due
		switch {
		case !x.Open():
			glyph, accent = "●", ""
		case x.Overdue(h.Today):
			glyph, accent, due = "!", roleLost, i18n.T("%s 逾期", due)
		}
		repeats := "—"
		if x.Repeats > 0 {
			repeats = strconv.Itoa(x.Repeats)
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + word, x.Unit.Name, x.Indicator, x.Words(), due, repeats, shownValue(x.Rechecked)},
			Group: word, Accent: accent})
		h.shown = append(h.shown, Matter{MatterItem, itemID(x.Notice, desk.FindingKey(x.Indicator, x.Finding.ID)), x.Unit.Code})
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 92}, {Word: i18n.T("单位"), Width: 120}, {Word: i18n.T("指标"), Width: 44}, {Word: i18n.T("问题")},
		{Word: i18n.T("期限"), Width: 120}, {Word: i18n.T("重复"), Width: 44, Figure: true}, {Word: i18n.T("复查"), Width: 88}}, lines)
}

func (h *Handling) leadTable() *Table {
	var lines []Line
	for i := range h.Leads {
		l := &h.Leads[i]
		lines = append(lines, Line{Cells: []string{"→ " + l.For.Name, l.Indicator, strings.TrimSpace(l.Finding.Note), l.From.Name}, Group: l.For.Name})
		h.shown = append(h.shown, Matter{MatterLead, strconv.Itoa(i), l.For.Code})
	}
	return NewTable([]Column{{Word: i18n.T("责任单位"), Width: 180}, {Word: i18n.T("指标"), Width: 60}, {Word: i18n.T("情况")}, {Word: i18n.T("在哪里发现"), Width: 180}}, lines)
}
