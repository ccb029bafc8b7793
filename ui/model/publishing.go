package model

import (
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// Views of 发布, in the order of the page.
const (
	PublishBlockers  = "blockers"    // 挡着的
	PublishChanges   = "changes"     // 榜单调整
	PublishDrafts    = "drafts"      // 报批
	PublishDone      = "done"        // 发布
	PublishCorrected = "corrections" // 更正清单
)

// Publishing is 发布: what stands against it, the drafts on their way, what was
// published, and what changed since.
type Publishing struct {
	Outlook      desk.Snapshot // what a draft would freeze now
	Limit        desk.ObjectionLimit
	Changes      []desk.ListChange
	Drafts       []desk.Process
	Publications []desk.Publication
	Current      *desk.Publication // nil: none counts
	Corrections  []desk.Correction // of it
	shown        []Matter
}

// LoadPublishing reads all of it.
func LoadPublishing(d *desk.Desk, round string) (*Publishing, error) {
	s, err := d.Outlook(round)
	if err != nil {
		return nil, err
	}
	p := &Publishing{Outlook: *s}
	if p.Limit, err = d.ObjectionLimit(round); err != nil {
		return nil, err
	}
	if p.Changes, err = d.ListChanges(round); err != nil {
		return nil, err
	}
	if p.Drafts, err = d.Processes(round); err != nil {
		return nil, err
	}
	if p.Publications, err = d.Publications(round); err != nil {
		return nil, err
	}
	if p.Current, err = d.CurrentPublication(round); err != nil || p.Current == nil {
		return p, err
	}
	p.Corrections, err = d.CorrectionList(p.Current)
	return p, err
}

// Views are the views with how much each holds.
func (p *Publishing) Views() (names, words []string) {
	names = []string{PublishBlockers, PublishChanges, PublishDrafts, PublishDone, PublishCorrected}
	counts := []int{len(p.Outlook.Blockers), len(p.Changes), len(p.Drafts), len(p.Publications), len(p.Corrections)}
	for i, w := range []string{i18n.T("挡着发布的"), i18n.T("榜单调整"), i18n.T("报批"), i18n.T("发布记录"), i18n.T("更正清单")} {
		words = append(words, i18n.T("%s（%d）", w, counts[i]))
	}
	return names, words
}

// Hard tells whether something stands against a publication that no reason sets
// aside.
func (p *Publishing) Hard() bool {
	return found(p.Outlook.Blockers, func(b *desk.Blocker) bool { return b.Hard }) != nil
}

// State says in sentences how far the round is.
func (p *Publishing) State() []Fact {
	return []Fact{p.publishedFact(), p.blockedFact(), p.limitFact()}
}

func (p *Publishing) publishedFact() Fact {
	word := i18n.T("发布")
	switch {
	case p.Current != nil && len(p.Corrections) > 0:
		return Fact{word, i18n.T("已发布 %s；发布以后有 %d 个单位的结果变了，见更正清单", p.Current.Act.Number, len(p.Corrections)), roleWaiting}
	case p.Current != nil:
		return Fact{word, i18n.T("● 已发布 %s，%s，%s，%d 个单位", p.Current.Act.Number, p.Current.Act.Date, ScopeWord(p.Current.Scope), len(p.Current.Act.Rows)), roleGained}
	case len(p.Publications) > 0:
		return Fact{word, i18n.T("× 有发布记录，但没有一份能算数，见发布记录"), roleLost}
	}
	return Fact{word, i18n.T("○ 还没有发布"), ""}
}

func (p *Publishing) blockedFact() Fact {
	word, list := i18n.T("障碍"), p.Outlook.Blockers
	if len(list) == 0 {
		return Fact{word, i18n.T("● 没有挡着发布的"), roleGained}
	}
	var kinds []string
	counts := map[string]int{}
	for _, b := range list {
		if counts[b.Kind] == 0 {
			kinds = append(kinds, b.Kind)
		}
		counts[b.Kind]++
	}
	words := ""
	for _, k := range kinds {
		words = join(words, i18n.T("%s %d", BlockerWord(k), counts[k]))
	}
	if p.Current != nil {
		return Fact{word, i18n.T("！ 发布以后还有 %d 项没有办完：%s", len(list), words), roleWaiting}
	}
	if p.Hard() {
		return Fact{word, i18n.T("× %d 项：%s。榜单调整要先审批，其余写明理由才能发布，理由印在通报上", len(list), words), roleLost}
	}
	return Fact{word, i18n.T("！ %d 项：%s。一定要发布，要写明理由，理由印在通报上", len(list), words), roleWaiting}
}

func (p *Publishing) limitFact() Fact {
	word := i18n.T("异议期限")
	if p.Outlook.NoLimit {
		return Fact{word, i18n.T("！ 本轮没有设异议期限：没有送达、异议期没有满，都不算障碍，发布前不查"), roleWaiting}
	}
	return Fact{word, i18n.T("● %d 个工作日：没有登记送达、异议期没有满的单位会挡着发布", p.Limit.Days), ""}
}

// BlockerWord is what stands against a publication.
func BlockerWord(kind string) string {
	switch kind {
	case desk.BlockProvisional:
		return i18n.T("暂定")
	case desk.BlockConflict:
		return i18n.T("冲突")
	case desk.BlockMissing:
		return i18n.T("没有结果")
	case desk.BlockObjection:
		return i18n.T("异议未办结")
	case desk.BlockWindow:
		return i18n.T("异议期未满")
	case desk.BlockUnserved:
		return i18n.T("未登记送达")
	}
	return i18n.T("榜单调整未审批")
}

// BlockerPage is the page where a kind of blocker is dealt with, and the view of it.
func BlockerPage(kind string) (page, view string) {
	switch kind {
	case desk.BlockConflict:
		return "conflicts", ""
	case desk.BlockMissing, desk.BlockProvisional:
		return "overview", ""
	case desk.BlockListChange:
		return "publish", PublishChanges
	case desk.BlockObjection:
		return "handle", HandleOpen
	}
	return "handle", HandleServed
}

// ScopeWord is how far a publication goes.
func ScopeWord(scope string) string { return ScopeWords()[Place(scopes, scope)] }

var scopes = []string{desk.ScopeInternal, desk.ScopePublic}

// ScopeWords are the scopes, in the order of ScopeCode.
func ScopeWords() []string { return []string{i18n.T("内部"), i18n.T("公开")} }

// ScopeCode is the scope behind a word, as acts carry it.
func ScopeCode(word string) string { return scopes[Place(ScopeWords(), word)] }

// Matter is what a line of the last table is about.
func (p *Publishing) Matter(l Line) Matter { return p.shown[l.Place] }

// Blocker is the blocker of a line of its table.
func (p *Publishing) Blocker(l Line) desk.Blocker { return p.Outlook.Blockers[l.Place] }

// Line is where a matter stands in the last table, −1 if it does not.
func (p *Publishing) Line(m Matter) int {
	for i, x := range p.shown {
		if x == m {
			return i
		}
	}
	return -1
}

// Table is a view as a table.
func (p *Publishing) Table(view string) *Table {
	p.shown = nil
	switch view {
	case PublishChanges:
		return p.changeTable()
	case PublishDrafts:
		return p.draftTable()
	case PublishDone:
		return p.doneTable()
	case PublishCorrected:
		return p.correctionTable()
	}
	var lines []Line
	for _, b := range p.Outlook.Blockers {
		way, accent, glyph := i18n.T("写明理由可以发布"), roleWaiting, "！"
		if b.Hard {
			way, accent, glyph = i18n.T("必须先办"), roleLost, "×"
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + BlockerWord(b.Kind), b.Unit.Name, b.Text, way}, Group: BlockerWord(b.Kind), Accent: accent})
	}
	return NewTable([]Column{{Word: i18n.T("障碍"), Width: 140}, {Word: i18n.T("单位"), Width: 160}, {Word: i18n.T("说明")}, {Word: i18n.T("怎么办"), Width: 150}}, lines)
}

func (p *Publishing) changeTable() *Table {
	var lines []Line
	for i := range p.Changes {
		c := &p.Changes[i]
		word, glyph, accent := i18n.T("待审批"), "○", roleWaiting
		switch {
		case c.Stale:
			word, glyph, accent = i18n.T("失效"), "×", ""
		case c.Approval != nil && c.Approved:
			word, glyph, accent = i18n.T("已同意"), "●", ""
		case c.Approval != nil:
			word, glyph, accent = i18n.T("不同意"), "×", ""
		}
		who := "—"
		if c.Approval != nil {
			who = spaced(c.Approval.Act.By.Name, c.Approval.Act.Date)
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + word, c.Unit.Name, c.Words(), who}, Group: word, Accent: accent})
		p.shown = append(p.shown, Matter{MatterChange, c.Hash, c.Unit.Code})
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 92}, {Word: i18n.T("单位"), Width: 160}, {Word: i18n.T("调整")}, {Word: i18n.T("审批"), Width: 160}}, lines)
}

func (p *Publishing) draftTable() *Table {
	var lines []Line
	for i := range p.Drafts {
		x := &p.Drafts[i]
		glyph, accent := "◐", roleWaiting
		switch x.Stage {
		case desk.StagePublished:
			glyph, accent = "●", ""
		case desk.StageRefused, desk.StageVoid:
			glyph, accent = "×", roleLost
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + desk.StageWord(x.Stage), shortHash(x.Hash), x.Drafter.Name, Clock(x.Drafted), ScopeWord(x.Scope()), join2(x.Changed, x.Override())},
			Group: desk.StageWord(x.Stage), Accent: accent})
		p.shown = append(p.shown, Matter{Kind: MatterDraft, ID: x.Hash})
	}
	return NewTable([]Column{{Word: i18n.T("到哪一步"), Width: 150}, {Word: i18n.T("快照"), Width: 150}, {Word: i18n.T("拟稿人"), Width: 90}, {Word: i18n.T("拟稿时间"), Width: 130},
		{Word: i18n.T("范围"), Width: 50}, {Word: i18n.T("说明")}}, lines)
}

// shortHash is how much of a hash people compare: as desk prints it of objects.
func shortHash(hash string) string { return hash[:min(16, len(hash))] }

func join2(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + i18n.T("；") + b
}

func (p *Publishing) doneTable() *Table {
	var lines []Line
	for i := range p.Publications {
		x := &p.Publications[i]
		word, glyph, accent := i18n.T("已更正"), "○", ""
		switch {
		case x.Fault != "":
			word, glyph, accent = i18n.T("不算数"), "×", roleLost
		case x.Current:
			word, glyph = i18n.T("现行"), "●"
		}
		lines = append(lines, Line{Cells: []string{glyph + " " + word, shownValue(x.Act.Number), shownValue(x.Act.Date), ScopeWord(x.Scope), strconv.Itoa(len(x.Act.Rows)), join2(x.Fault, x.Override)},
			Group: word, Accent: accent})
		p.shown = append(p.shown, Matter{Kind: MatterPublication, ID: x.Hash})
	}
	return NewTable([]Column{{Word: i18n.T("状态"), Width: 84}, {Word: i18n.T("文号"), Width: 190}, {Word: i18n.T("日期"), Width: 96}, {Word: i18n.T("范围"), Width: 50},
		{Word: i18n.T("单位数"), Width: 56, Figure: true}, {Word: i18n.T("说明")}}, lines)
}

func (p *Publishing) correctionTable() *Table {
	var lines []Line
	for i := range p.Corrections {
		c := &p.Corrections[i]
		why := i18n.T("结果变了")
		switch {
		case c.Late:
			why = i18n.T("发布以后才有结果")
		case c.Missing:
			why = i18n.T("不再有结果")
		case c.OnlyRank:
			why = i18n.T("只是名次随别的单位变了")
		}
		lines = append(lines, Line{Cells: []string{c.Unit.Name, rowWords(c.WasValue, c.Was), rowWords(c.IsValue, c.Is), why}, Group: why})
		p.shown = append(p.shown, Matter{MatterSheet, c.Is.Record, c.Unit.Code})
	}
	return NewTable([]Column{{Word: i18n.T("单位")}, {Word: i18n.T("发布的"), Width: 230}, {Word: i18n.T("现在的"), Width: 230}, {Word: i18n.T("原因"), Width: 170}}, lines)
}

func rowWords(value string, r inspection.PublishedRow) string {
	if r.Record == "" {
		return i18n.T("没有结果")
	}
	return spaced(i18n.T("第 %d 名", r.Rank), value, r.Band, CodesText(r.Lists))
}

// Paragraphs are the lines of a text that say something.
func Paragraphs(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
