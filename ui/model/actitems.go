package model

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// ItemRow is one thing that an act says something about: an indicator, or a
// finding of a notice.
type ItemRow struct {
	Key, Head, Says    string
	Chosen             bool
	Text, Claim, Until string
}

// ItemForm asks the same of several things at once, so that one act with one
// passphrase speaks of all of them.
type ItemForm struct {
	Rows               []ItemRow
	Text, Claim, Until string   // what is asked; "" is not
	Claims, Words      []string // the answers to Claim to choose from, as acts carry them and as they are shown; none: it is written
}

// Items are what the chosen rows say. A day must be a day; what else an act needs
// is asked for when it is signed.
func (f *ItemForm) Items() (map[string]inspection.ActItem, error) {
	out := map[string]inspection.ActItem{}
	for _, r := range f.Rows {
		if !r.Chosen {
			continue
		}
		day, err := desk.Day(r.Until)
		if err != nil {
			return nil, i18n.E("%s：%s", r.Head, err)
		}
		out[r.Key] = inspection.ActItem{Text: strings.TrimSpace(r.Text), Claim: strings.TrimSpace(r.Claim), Until: day}
	}
	if len(out) == 0 {
		return nil, i18n.E("一项也没有选")
	}
	return out, nil
}

// From fills in what an act says that is to be entered again; of none it leaves the
// form as it is.
func (f *ItemForm) From(old map[string]inspection.ActItem) *ItemForm {
	if old == nil {
		return f
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		x, named := old[r.Key]
		if r.Chosen = named; named {
			r.Text, r.Claim, r.Until = x.Text, x.Claim, x.Until
		}
	}
	return f
}

// Fill writes a day into the chosen rows that have none.
func (f *ItemForm) Fill(day string) {
	for i := range f.Rows {
		if r := &f.Rows[i]; r.Chosen && r.Until == "" {
			r.Until = day
		}
	}
}

// indicatorRows are the indicators of a record, those with findings first.
func indicatorRows(rec *inspection.Record, c *inspection.Compiled) []ItemRow {
	var lost, rest []ItemRow
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		row := ItemRow{Key: ind.Code, Head: ind.Code + " " + ind.Title}
		if list := rec.Entries[ind.Code].Findings; len(list) > 0 {
			for _, x := range list {
				row.Says = join(row.Says, findingSays(x, ind.Rules))
			}
			lost = append(lost, row)
			continue
		}
		rest = append(rest, row)
	}
	return append(lost, rest...)
}

// findingSays is a finding in a few words: points, rule, what was found.
func findingSays(f inspection.Finding, rules []scoring.Rule) string {
	words := f.Clause
	if at := slices.IndexFunc(rules, func(r scoring.Rule) bool { return r.Code == f.Rule }); at >= 0 {
		words = rules[at].Text
	}
	if f.Note != "" {
		words = strings.TrimPrefix(words+"；"+f.Note, "；")
	}
	return TwoPlaces(f.Points) + " " + words
}

// ObjectionForm asks against which indicators a unit objects, and what it claims.
func ObjectionForm(rec *inspection.Record, c *inspection.Compiled) *ItemForm {
	return &ItemForm{Rows: indicatorRows(rec, c), Text: i18n.T("单位的理由"), Claim: i18n.T("主张分值")}
}

// RulingForm asks for the ruling on each claim of an objection; all are chosen.
func RulingForm(o *desk.Objection) *ItemForm {
	f := &ItemForm{Text: i18n.T("裁定理由"), Claim: i18n.T("裁定分值")}
	for _, c := range o.Claims {
		says := c.Text
		if c.Claim != "" {
			says += i18n.T("（主张 %s 分）", c.Claim)
		}
		f.Rows = append(f.Rows, ItemRow{Key: c.Indicator, Head: strings.TrimSpace(c.Indicator + " " + c.Title), Says: says, Chosen: true, Text: c.Why, Claim: c.Ruled})
	}
	return f
}

// ReturnForm asks what is wrong with which indicators, and until when it is wanted.
func ReturnForm(rec *inspection.Record, c *inspection.Compiled) *ItemForm {
	return &ItemForm{Rows: indicatorRows(rec, c), Text: i18n.T("什么问题"), Until: i18n.T("何时重交")}
}

// NoticeForm asks of each finding of a record what counts as done and by when. What
// another unit answers for is not this unit's.
func NoticeForm(rec *inspection.Record, c *inspection.Compiled) *ItemForm {
	f := &ItemForm{Text: i18n.T("怎样算完"), Until: i18n.T("何时完成")}
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		if c.Engine.Part(i).Kind != scoring.Deduct {
			continue
		}
		for _, x := range rec.Entries[ind.Code].Findings {
			if x.Responsible != "" && x.Responsible != rec.Unit.Code {
				continue
			}
			f.Rows = append(f.Rows, ItemRow{Key: desk.FindingKey(ind.Code, x.ID), Head: ind.Code + " " + ind.Title, Says: findingSays(x, ind.Rules), Chosen: true})
		}
	}
	return f
}

// itemRows are the open items of a notice, and those of which an act speaks that is
// to be entered again; the one with the key is chosen.
func itemRows(items []desk.RectifyItem, chosen string, old map[string]inspection.ActItem) []ItemRow {
	var out []ItemRow
	for i := range items {
		x := &items[i]
		key := desk.FindingKey(x.Indicator, x.Finding.ID)
		if _, named := old[key]; !x.Open() && !named {
			continue
		}
		says := i18n.T("%s；期限 %s，%s", x.Words(), x.Due, desk.RectifyWord(x.State))
		if x.Answer != nil {
			says += i18n.T("；答复：%s", x.Answer.Measure)
		}
		out = append(out, ItemRow{Key: key, Head: strings.TrimSpace(x.Indicator + " " + x.Title), Says: says, Chosen: key == chosen})
	}
	return out
}

// ExtendForm asks for later days of items of a notice.
func ExtendForm(items []desk.RectifyItem, chosen string, old map[string]inspection.ActItem) *ItemForm {
	f := &ItemForm{Rows: itemRows(items, chosen, old), Text: i18n.T("延期理由"), Until: i18n.T("新期限")}
	return f.From(old)
}

// AnswerForm asks what the unit did, and when it was done.
func AnswerForm(items []desk.RectifyItem, chosen string, old map[string]inspection.ActItem) *ItemForm {
	f := &ItemForm{Rows: itemRows(items, chosen, old), Text: i18n.T("整改措施"), Until: i18n.T("完成日期")}
	return f.From(old)
}

// RecheckForm asks what was found when looking again.
func RecheckForm(items []desk.RectifyItem, chosen string, old map[string]inspection.ActItem) *ItemForm {
	f := &ItemForm{Rows: itemRows(items, chosen, old), Text: i18n.T("复查情况"), Claim: i18n.T("结论"), Until: i18n.T("新期限"), Claims: desk.Rechecks(), Words: recheckWords()}
	for i := range f.Rows {
		f.Rows[i].Claim = desk.RecheckDone
	}
	return f.From(old)
}

// recheckWords are the outcomes of a recheck for people, in the order of
// desk.Rechecks.
func recheckWords() []string {
	return []string{i18n.T("已整改"), i18n.T("部分整改"), i18n.T("未整改"), i18n.T("延期")}
}

// ListForm asks which lists of a rubric are changed by hand.
func ListForm(c *inspection.Compiled, now []string) *ItemForm {
	f := &ItemForm{Text: i18n.T("理由"), Claim: i18n.T("调整"), Claims: []string{desk.ListAdd, desk.ListRemove},
		Words: []string{i18n.T("列入"), i18n.T("移出")}}
	for _, l := range c.Rubric.Lists {
		row := ItemRow{Key: l.Name, Head: l.Name, Says: i18n.T("现在不在榜上"), Claim: desk.ListAdd}
		if slices.Contains(now, l.Name) {
			row.Says, row.Claim = i18n.T("现在在榜上"), desk.ListRemove
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}
