package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// Ways to settle an indicator beside taking the entry of a head.
const (
	TakeNone   = -1 // nothing chosen yet
	TakeBoth   = -2 // all findings of all heads, each once
	TakeNew    = -3 // a value that no head has
	TakeAbsent = -4 // the unit has no such thing, whatever the heads say
)

// Pick is what a person chose for one indicator: a head by its place, or one of
// the other ways with the entry; and why.
type Pick struct {
	Take   int               `json:"take"`
	Entry  *inspection.Entry `json:"entry,omitempty"`
	Reason string            `json:"reason"`
}

// Conflict 冲突 is a conflict on the screen: one row for each indicator that
// differs, the ancestor and the heads side by side, and what was chosen.
type Conflict struct {
	desk    *desk.Desk
	s       *desk.Settlement
	before  *inspection.Record
	Follows int // the head whose visit and people the settlement takes
	Picks   map[string]Pick
}

// ConflictRow is one indicator. Proposed is the head whose entry stands unless
// a person chooses otherwise, −1 where one must.
type ConflictRow struct {
	Code, Title string
	Proposed    int
	Before      ConflictCell
	Heads       []ConflictCell
	Pick        Pick
	Absence     *scoring.AbsenceRule // what an absence needs, nil where none is allowed
	Open        bool                 // a choice or its reason is missing
	Word        string               // what stands now
	tells       Telling
}

// Written are the lines of an entry that was chosen and that no head has.
func (r *ConflictRow) Written() []string {
	if r.Pick.Entry == nil {
		return nil
	}
	return r.tells.Lines(*r.Pick.Entry)
}

// ConflictCell is what one record says of an indicator. Total is the total if
// this were chosen, everything else as chosen so far.
type ConflictCell struct {
	Lines    []string
	Points   string // −5, +3, 0, "" where nothing was checked
	Total    string
	Evidence []string // hashes
}

// NewConflict opens a conflict; choices made earlier over the same heads are
// taken up again.
func NewConflict(d *desk.Desk, s *desk.Settlement) (*Conflict, error) {
	c := &Conflict{desk: d, s: s, Picks: map[string]Pick{}}
	var err error
	if c.before, err = d.AncestorRecord(s.Conflict); err != nil {
		return nil, err
	}
	var kept struct {
		Follows int
		Picks   map[string]Pick
	}
	if json.Unmarshal([]byte(d.Setting(c.setting(), "")), &kept) == nil && kept.Picks != nil && kept.Follows < len(s.Heads) {
		c.Follows, c.Picks = kept.Follows, kept.Picks
		if c.update() != nil { // of another rubric, or damaged: begin anew
			c.Follows, c.Picks = 0, map[string]Pick{}
			err = c.update()
		}
	}
	return c, err
}

// setting is where choices are kept until they are signed: by the heads, so a
// new head begins anew.
func (c *Conflict) setting() string {
	heads := make([]string, len(c.s.Heads))
	for i, h := range c.s.Heads {
		heads[i] = h.Short
	}
	return "settle." + c.s.Key.Unit + "." + strings.Join(heads, ".")
}

// Choices are the choices as the desk takes them.
func (c *Conflict) Choices() desk.Choices {
	ch := desk.Choices{Follows: c.s.Heads[c.Follows].Hash, By: map[string]desk.Choice{}}
	for code, p := range c.Picks {
		switch {
		case p.Reason == "" || p.Take == TakeNone:
		case p.Take >= 0 && p.Take < len(c.s.Heads):
			ch.By[code] = desk.Choice{Take: c.s.Heads[p.Take].Hash, Reason: p.Reason}
		case p.Entry != nil:
			ch.By[code] = desk.Choice{Entry: p.Entry, Reason: p.Reason}
		}
	}
	return ch
}

// update lays the conflict out under the choices made so far.
func (c *Conflict) update() error {
	s, err := c.desk.Resettle(c.s, c.Choices())
	if err == nil {
		c.s = s
	}
	return err
}

// Choose settles an indicator, or takes the choice back with TakeNone. It is
// kept at once, so that a closed window loses nothing.
func (c *Conflict) Choose(code string, p Pick) error {
	if p.Take == TakeBoth {
		e, err := c.s.Union(code)
		if err != nil {
			return err
		}
		p.Entry = e
	}
	old, had := c.Picks[code]
	if p.Take == TakeNone {
		delete(c.Picks, code)
	} else {
		c.Picks[code] = p
	}
	if err := c.update(); err != nil {
		if delete(c.Picks, code); had {
			c.Picks[code] = old
		}
		return err
	}
	return c.keep()
}

// Follow says whose visit and people the settlement takes.
func (c *Conflict) Follow(head int) error {
	c.Follows = head
	if err := c.update(); err != nil {
		return err
	}
	return c.keep()
}

func (c *Conflict) keep() error {
	b, err := json.Marshal(struct {
		Follows int
		Picks   map[string]Pick
	}{c.Follows, c.Picks})
	if err != nil {
		return err
	}
	return c.desk.SetSetting(c.setting(), string(b))
}

// Forget drops the kept choices, after they were signed.
func (c *Conflict) Forget() error { return c.desk.SetSetting(c.setting(), "") }

// Settlement is what would be signed now.
func (c *Conflict) Settlement() *desk.Settlement { return c.s }

// HeadName names a head for people: 甲 检查员 第 1 版.
func (c *Conflict) HeadName(i int) string {
	return i18n.T("%s组　%s　第 %d 版", HeadLetter(i), c.s.Heads[i].Inspector, c.s.Heads[i].Revision)
}

// HeadLetter is 甲, 乙, 丙 … of the heads in their order.
func HeadLetter(i int) string {
	if letters := []rune(i18n.T("甲乙丙丁戊己庚辛壬癸")); i < len(letters) {
		return string(letters[i])
	}
	return fmt.Sprint(i + 1)
}

// Total is the total under the choices so far; Final tells whether nothing is
// open any more.
func (c *Conflict) Total() (value, band string, final bool) {
	return c.s.Result.Total.Value(), c.s.Result.Band, len(c.Missing()) == 0
}

// Missing are the indicators where a choice or its reason is missing.
func (c *Conflict) Missing() []string {
	var out []string
	for _, d := range c.s.Differences {
		if c.open(&d) {
			out = append(out, d.Indicator)
		}
	}
	return out
}

func (c *Conflict) open(d *inspection.Difference) bool {
	p, chosen := c.Picks[d.Indicator]
	return chosen && p.Reason == "" || !chosen && d.Open()
}

// Rows are the indicators that differ, open ones first.
func (c *Conflict) Rows() []ConflictRow {
	var open, rest []ConflictRow
	for i := range c.s.Differences {
		r := c.row(&c.s.Differences[i])
		if r.Open {
			open = append(open, r)
		} else {
			rest = append(rest, r)
		}
	}
	return append(open, rest...)
}

func (c *Conflict) row(d *inspection.Difference) ConflictRow {
	comp := c.s.Compiled()
	r := ConflictRow{Code: d.Indicator, tells: c.tells(), Proposed: d.Take, Pick: Pick{Take: TakeNone}, Open: c.open(d), Before: c.cell(d.Indicator, d.Before, c.before)}
	if i, ok := comp.Engine.Index(d.Indicator); ok {
		r.Title, r.Absence = comp.Engine.Indicator(i).Title, comp.Engine.AbsenceRule(i)
	}
	for i, e := range d.Heads {
		r.Heads = append(r.Heads, c.cell(d.Indicator, e, c.s.Heads[i].Record))
	}
	if p, ok := c.Picks[d.Indicator]; ok {
		r.Pick = p
	}
	r.Word = c.word(d, r.Pick)
	return r
}

func (c *Conflict) word(d *inspection.Difference, p Pick) string {
	switch {
	case p.Take == TakeBoth:
		return i18n.T("都采用")
	case p.Take == TakeNew:
		return i18n.T("新的值")
	case p.Take == TakeAbsent:
		return i18n.T("没有该项")
	case p.Take >= 0:
		return i18n.T("采用%s组", HeadLetter(p.Take))
	case d.Open() && slices.Contains(c.s.ToDecide, d.Indicator):
		return i18n.T("由汇总单位评分，还没有评")
	case d.Open():
		return i18n.T("还没有选择")
	}
	return i18n.T("只有%s组改过，建议采用", HeadLetter(d.Take))
}

func (c *Conflict) tells() Telling { return Telling{Name: c.desk.UnitName} }

func (c *Conflict) cell(code string, e *inspection.Entry, r *inspection.Record) ConflictCell {
	if e == nil || r == nil {
		return ConflictCell{Lines: []string{i18n.T("没有")}, Total: c.s.ResultWith(code, e).Total.Value()}
	}
	res := c.s.ResultWith(code, e)
	points, _ := RowPoints(res, r, c.s.Compiled(), code)
	return ConflictCell{Lines: c.tells().Lines(*e), Points: points, Total: res.Total.Value(), Evidence: EvidenceOf(*e)}
}
