package model

import (
	"slices"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// Fact is one line of what is known of a matter.
type Fact struct {
	Word, Text string
	Accent     string // role, "" for ink
}

// About is what a matter says of itself, and what can be done.
type About struct {
	Title string
	Waits bool // for the first deed
	Facts []Fact
	Deeds []Deed
	Files []string // hashes of scans
	Act   string   // hash of the act, "" for a sheet
	// Amends are the acts of the matter that can be entered again.
	Amends []Amend
}

// Amend is an act that can be entered again.
type Amend struct {
	Hash, Words string
	Kind        inspection.ActKind
}

// ForTeam are the acts that somebody may enter again: a team only what it may sign.
func ForTeam(list []Amend, team bool) []Amend {
	return slices.DeleteFunc(slices.Clone(list), func(x Amend) bool { return team && !x.Kind.ForInspectors() })
}

func (a *About) amends(hash string, act *inspection.Act) {
	if desk.Amendable(act) {
		a.Amends = append(a.Amends, Amend{hash, spaced(desk.ActWord(act), act.Date, act.By.Name, hash[:min(8, len(hash))]), act.Kind})
	}
}

func (a *About) say(word, text string) { a.accent(word, text, "") }

func (a *About) accent(word, text, role string) {
	if strings.TrimSpace(text) != "" {
		a.Facts = append(a.Facts, Fact{word, text, role})
	}
}

// spaced writes what is not empty in a row.
func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }), "　")
}

// About tells all of a matter; false when it is no longer there.
func (h *Handling) About(m Matter) (a About, ok bool) {
	switch m.Kind {
	case MatterObjection:
		if o := h.Objection(m.ID); o != nil {
			return h.aboutObjection(o), true
		}
	case MatterReturn:
		if r := h.Return(m.ID); r != nil {
			return h.aboutReturn(r), true
		}
	case MatterItem:
		if i := h.Item(m.ID); i != nil {
			return h.aboutItem(i), true
		}
	case MatterChange:
		for i := range h.Changes {
			if h.Changes[i].Hash == m.ID {
				return aboutChange(&h.Changes[i]), true
			}
		}
	case MatterLead:
		if n, err := strconv.Atoi(m.ID); err == nil && n < len(h.Leads) {
			return aboutLead(&h.Leads[n]), true
		}
	default:
		for _, r := range h.sheets() {
			if r.Unit.Code == m.Unit && r.Hash == m.ID {
				return h.aboutSheet(r), true
			}
		}
	}
	return a, false
}

// Objection is an objection by its hash, nil if there is none.
func (h *Handling) Objection(hash string) *desk.Objection {
	return found(h.Objections, func(o *desk.Objection) bool { return o.Hash == hash })
}

// Return is a return by its hash.
func (h *Handling) Return(hash string) *desk.Return {
	return found(h.Returns, func(r *desk.Return) bool { return r.Hash == hash })
}

// Item is an item of a notice by the ID of its matter.
func (h *Handling) Item(id string) *desk.RectifyItem {
	return found(h.Items, func(i *desk.RectifyItem) bool {
		return itemID(i.Notice, desk.FindingKey(i.Indicator, i.Finding.ID)) == id
	})
}

func found[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

func (h *Handling) aboutSheet(r desk.RankRow) About {
	a := About{Title: r.Unit.Name}
	a.say(i18n.T("总分"), spaced(r.Value, r.Band, CodesText(r.Lists)))
	for _, p := range r.Provisional {
		a.accent(i18n.T("暂定"), desk.ReasonWords(p), roleWaiting)
	}
	if x, ok := h.Service(r.Unit.Code); ok {
		a.say(i18n.T("送达"), spaced(x.Served, serviceHow(x.Act)))
		a.say(i18n.T("经手"), x.Act.By.Name)
		a.say(i18n.T("异议期至"), x.Until)
		if x.Record != r.Hash {
			a.say("", i18n.T("送达的是前一版；汇总单位为答复单位而作的新版不另起异议期"))
		}
		a.Files = x.Act.Files
		a.amends(x.Hash, x.Act)
	} else {
		a.accent(i18n.T("送达"), i18n.T("还没有登记"), roleWaiting)
		a.Waits = true
	}
	a.say(i18n.T("期限"), h.LimitWords())
	for _, o := range h.objectionsOf(r.Unit.Code) {
		a.say(i18n.T("异议"), o.Received+"　"+desk.ObjectionWord(o.State))
	}
	a.Deeds = []Deed{DeedServe, DeedObject, DeedReturn, DeedNotice}
	if slices.Contains(r.Provisional, inspection.AwaitsApproval) {
		a.Deeds, a.Waits = append([]Deed{DeedApprove}, a.Deeds...), true
	}
	a.rest()
	return a
}

// serviceHow is how a sheet was served; an objection that names the day of service
// says nothing of it.
func serviceHow(act *inspection.Act) string {
	if act.Kind == inspection.ActReceipt {
		return act.Text
	}
	return ""
}

// rest adds what can be done about everything.
func (a *About) rest() {
	if len(a.Amends) > 0 {
		a.Deeds = append(a.Deeds, DeedAmend)
	}
	if len(a.Files) > 0 {
		a.Deeds = append(a.Deeds, DeedScans)
	}
	if a.Act != "" {
		a.Deeds = append(a.Deeds, DeedPack)
	}
	a.Deeds = append(a.Deeds, DeedTimeline)
}

func (h *Handling) aboutObjection(o *desk.Objection) About {
	a := About{Title: i18n.T("%s　异议", o.Unit.Name), Act: o.Hash, Files: o.Act.Files}
	a.amends(o.Hash, o.Act)
	a.say(i18n.T("针对"), i18n.T("第 %d 版", o.Revision))
	a.say(i18n.T("送达"), o.Served)
	if o.Until == "" {
		a.say(i18n.T("异议期至"), i18n.T("没有设期限"))
	} else {
		a.say(i18n.T("异议期至"), o.Until)
	}
	if o.Late {
		a.accent(i18n.T("收到"), i18n.T("%s，逾期提出", o.Received), roleWaiting)
	} else {
		a.say(i18n.T("收到"), o.Received)
	}
	a.say(i18n.T("来文"), o.Act.Number)
	a.say(i18n.T("说明"), o.Act.Text)
	for _, c := range o.Claims {
		words := strings.TrimSpace(c.Title + "：" + c.Text)
		if c.Claim != "" {
			words += i18n.T("（主张 %s 分）", c.Claim)
		}
		a.say(c.Indicator, words)
		if c.Ruled != "" {
			a.say("", i18n.T("裁定 %s 分：%s", c.Ruled, c.Why))
		} else if c.Why != "" {
			a.say("", i18n.T("裁定：%s", c.Why))
		}
	}
	a.ruled(o)
	a.rest()
	return a
}

func (a *About) ruled(o *desk.Objection) {
	r := o.Ruling
	if r == nil {
		a.accent(i18n.T("裁定"), i18n.T("待裁定。检查过这个单位的人不能裁定"), roleWaiting)
		a.Deeds, a.Waits = []Deed{DeedRule}, true
		return
	}
	a.say(i18n.T("裁定"), spaced(RulingWord(r.Act.Decision), r.Act.Number, r.Act.Date))
	a.say(i18n.T("裁定人"), r.Act.By.Name)
	a.say(i18n.T("理由"), r.Act.Text)
	a.Files = append(slices.Clone(a.Files), r.Act.Files...)
	switch {
	case r.Fault != "":
		a.accent(i18n.T("无效"), r.Fault, roleLost)
		a.Deeds, a.Waits = []Deed{DeedRule}, true
	case o.State == desk.ObjectionChange:
		a.accent(i18n.T("改分"), i18n.T("待签发新版：%s", CodesText(r.Changes)), roleWaiting)
		a.Deeds, a.Waits = []Deed{DeedRevise, DeedRule}, true
	case r.Record != "":
		a.accent(i18n.T("改分"), i18n.T("已由新版改正"), roleGained)
	}
	if len(a.Deeds) == 0 { // a ruling that was wrong
		a.Deeds = []Deed{DeedRule}
	}
	if r.Fault == "" {
		a.Deeds = append(a.Deeds, DeedPaper)
	}
}

const roleGained = "success"

func aboutChange(c *desk.ListChange) About {
	a := About{Title: i18n.T("%s　榜单调整", c.Unit.Name), Act: c.Hash, Files: c.Act.Files}
	a.say(i18n.T("内容"), c.Words())
	a.say(i18n.T("经手"), c.Act.By.Name)
	switch {
	case c.Stale:
		a.accent(i18n.T("状态"), i18n.T("失效：单位已有新的结果"), roleLost)
	case c.Approval == nil:
		a.accent(i18n.T("状态"), i18n.T("待审批，没有审批不算数"), roleWaiting)
		a.Deeds, a.Waits = []Deed{DeedApprove}, true
	default:
		x := c.Approval.Act
		a.say(i18n.T("审批"), spaced(desk.DecisionWord(x), x.By.Name, x.Number, x.Date))
	}
	a.rest()
	return a
}

func aboutLead(l *desk.Lead) About {
	a := About{Title: i18n.T("%s　线索", l.For.Name)}
	a.say(i18n.T("指标"), l.Indicator+" "+l.Title)
	a.say(i18n.T("情况"), l.Finding.Note)
	a.say(i18n.T("发现于"), i18n.T("%s（%s，短码 %s）", l.From.Name, l.Round, l.Short))
	a.say("", i18n.T("在发现的单位不计分；下一轮的任务包把它带给检查 %s 的组。", l.For.Name))
	a.rest()
	return a
}

// RulingWord is what a ruling decided.
func RulingWord(decision string) string { return Rulings()[Place(decisions, decision)] }

// Rulings are the decisions on an objection, in the order of RulingCode.
func Rulings() []string {
	return []string{i18n.T("采纳"), i18n.T("不采纳"), i18n.T("部分采纳")}
}

// RulingCode is the decision behind a word.
func RulingCode(word string) string { return decisions[Place(Rulings(), word)] }

// OpinionFacts are what a unit said of its printed sheets; one of an older version
// is shown as such.
func OpinionFacts(list []desk.OpinionView) []Fact {
	var out []Fact
	for _, o := range list {
		words := i18n.T("第 %d 版：%s", o.Revision, opinionWord(o.Act.Decision))
		if !o.Current {
			words = i18n.T("第 %d 版（已有新版）：%s", o.Revision, opinionWord(o.Act.Decision))
		}
		out = append(out, Fact{Word: i18n.T("单位意见"), Text: spaced(words, o.Act.Text)})
	}
	return out
}
