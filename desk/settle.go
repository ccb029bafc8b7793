package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
)

// Choice settles one indicator of a conflict: the entry of a head that Take
// names, or a new Entry, which may say that the unit has no such thing; with the
// reason that the record will carry.
type Choice struct {
	Take   string            `json:"take,omitempty"`
	Entry  *inspection.Entry `json:"entry,omitempty"`
	Reason string            `json:"reason,omitempty"`
}

// Choices settle a conflict. Follows is the head whose id, visit and people the
// settlement takes; the rest is by indicator.
type Choices struct {
	Follows string
	By      map[string]Choice
}

// ReadChoices reads {"follows":"<sha256>","A2":{"take":…,"reason":…},…}.
func ReadChoices(b []byte) (Choices, error) {
	out := Choices{By: map[string]Choice{}}
	raw := map[string]any{}
	if err := canon.Decode(b, &raw); err != nil {
		return out, i18n.E("选择文件不合格：%s", err)
	}
	for code, v := range raw {
		if code == "follows" {
			out.Follows, _ = v.(string)
			continue
		}
		part, err := canon.Encode(v)
		if err != nil {
			return out, err
		}
		var c Choice
		if err := canon.Decode(part, &c); err != nil {
			return out, i18n.E("选择文件在 %s 处不合格：%s", code, err)
		}
		out.By[code] = c
	}
	return out, nil
}

// Settlement is a conflict laid out for a person, and what the choices made so
// far would give.
type Settlement struct {
	Conflict
	Differences []inspection.Difference
	Open        []string // indicators that still need a choice
	ToDecide    []string // of them and of those chosen: the bureau gives the points, and had not
	Record      *inspection.Record
	Result      *scoring.Result

	c *inspection.Compiled
}

// conflict finds the one open conflict of a unit in a round.
func (d *Desk) conflict(round, unit string) (Conflict, error) {
	list, err := d.Conflicts(round)
	if err != nil {
		return Conflict{}, err
	}
	for _, c := range list {
		if c.Unit.Code == unit {
			return c, nil
		}
	}
	return Conflict{}, i18n.E("轮次 %s 的单位 %s 没有待处理的冲突", round, unit)
}

// Settle lays a conflict out and applies choices to it, without signing: what
// heads agree on stands, what only some changed is proposed, the rest needs a
// choice.
func (d *Desk) Settle(round, unit string, ch Choices) (*Settlement, error) {
	x, err := d.conflict(round, unit)
	if err != nil {
		return nil, err
	}
	return d.settlement(x, ch)
}

func (d *Desk) settlement(x Conflict, ch Choices) (*Settlement, error) {
	s := &Settlement{Conflict: x}
	var err error
	if s.c, err = d.Compiled(x.Key.Rubric); err != nil {
		return nil, err
	}
	var ancestor *inspection.Record
	if x.Ancestor != "" {
		if ancestor, err = d.record(context.Background(), x.Ancestor); err != nil {
			return nil, err
		}
	}
	heads := make([]*inspection.Record, len(x.Heads))
	for i := range x.Heads {
		heads[i] = x.Heads[i].Record
	}
	if s.Differences, err = inspection.Compare(ancestor, heads...); err != nil {
		return nil, err
	}
	follows, err := s.follows(ch.Follows)
	if err != nil {
		return nil, err
	}
	s.Record = s.begin(follows)
	if err := s.apply(Choices{}); err != nil { // what it would be without a choice
		return nil, err
	}
	s.ask(ancestor, d.toDecide(context.Background(), s.Record, s.c))
	s.Record, s.Open = s.begin(follows), nil
	if err := s.apply(ch); err != nil {
		return nil, err
	}
	s.Record.Evidence = s.evidence()
	if err := s.checkNew(ch); err != nil {
		return nil, err
	}
	s.Result = s.Record.Score(s.c)
	return s, nil
}

// checkNew tells at once what a new value lacks that the rubric wants, such as
// the letter of an absence, and not only when everything is to be signed.
func (s *Settlement) checkNew(ch Choices) error {
	for _, p := range s.Record.Check(s.c) {
		if ch.By[p.Code].Entry != nil {
			return i18n.E("指标 %s 的新值不合格：%s", p.Code, i18n.Person(p.Err), p.Err)
		}
	}
	return nil
}

// follows finds the head that the settlement follows; "" is the first while
// nothing is signed.
func (s *Settlement) follows(hash string) (*ConflictHead, error) {
	for i := range s.Heads {
		if s.Heads[i].Hash == hash || hash == "" {
			return &s.Heads[i], nil
		}
	}
	return nil, i18n.E("“%s”不是这个冲突里的记录", hash)
}

// begin is the settlement before any choice: a record with all heads as
// parents, following one of them.
func (s *Settlement) begin(follows *ConflictHead) *inspection.Record {
	r := clone(follows.Record)
	r.Follows, r.Parents, r.Reasons = follows.Hash, nil, map[string]string{}
	for _, h := range s.Heads {
		r.Parents = append(r.Parents, h.Hash)
		r.Revision = max(r.Revision, h.Revision)
	}
	slices.Sort(r.Parents)
	r.Revision++
	r.Signer, r.Sealed, r.Claimed, r.Previous, r.Counter = "", "", nil, nil, 0
	return r
}

// apply writes proposals and choices into the record, and notes what is open.
func (s *Settlement) apply(ch Choices) error {
	seen := map[string]bool{}
	for _, d := range s.Differences {
		seen[d.Indicator] = true
		c, chosen := ch.By[d.Indicator]
		entry, err := s.entry(d, c, chosen)
		if err != nil {
			return err
		}
		if !chosen && d.Open() {
			s.Open = append(s.Open, d.Indicator)
		}
		if entry == nil {
			delete(s.Record.Entries, d.Indicator)
		} else {
			s.Record.Entries[d.Indicator] = *entry
		}
		if c.Reason != "" {
			s.Record.Reasons[d.Indicator] = c.Reason
		}
	}
	for _, code := range sortedKeys(ch.By) {
		if !seen[code] {
			return i18n.E("指标 %s 没有分歧，不需要选择", code)
		}
	}
	return nil
}

// entry is what an indicator becomes.
func (s *Settlement) entry(d inspection.Difference, c Choice, chosen bool) (*inspection.Entry, error) {
	switch {
	case !chosen && d.Open():
		e, ok := s.Record.Entries[d.Indicator]
		if !ok {
			return nil, nil
		}
		return &e, nil
	case !chosen:
		return d.Heads[d.Take], nil
	case c.Entry != nil && c.Take != "":
		return nil, i18n.E("指标 %s：take 和 entry 只能写一个", d.Indicator)
	case c.Reason == "":
		return nil, i18n.E("指标 %s 的选择要写理由", d.Indicator)
	case c.Entry != nil:
		return c.Entry, nil
	}
	for i, h := range s.Heads {
		if h.Hash == c.Take {
			return d.Heads[i], nil
		}
	}
	return nil, i18n.E("指标 %s：“%s”不是这个冲突里的记录", d.Indicator, c.Take)
}

// evidence lists what the chosen entries refer to, out of all heads.
func (s *Settlement) evidence() []inspection.EvidenceRef {
	used := usedEvidence(s.Record)
	var out []inspection.EvidenceRef
	seen := map[string]bool{}
	for _, h := range s.Heads {
		for _, e := range h.Record.Evidence {
			if used[e.SHA256] && !seen[e.SHA256] {
				seen[e.SHA256] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// SignSettlement signs a settlement with a key of the bureau, keeps it, and
// writes its scorecard to out ("" is beside the workbook).
func (d *Desk) SignSettlement(ctx context.Context, s *Settlement, keyPath, passphrase, out string) (Sealed, error) {
	if len(s.Open) > 0 {
		return Sealed{}, i18n.E("还没有选择的指标：%s；没有签发", fmt.Sprint(s.Open))
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return Sealed{}, err
	}
	roster, err := d.Roster()
	if err != nil {
		return Sealed{}, err
	}
	if !roster.Entry(id.SPKI()).Has(inspection.RoleBureau) {
		return Sealed{}, i18n.E("处理冲突要用汇总单位（bureau）的密钥；%s 没有这个角色，没有签发", id.Person().Name)
	}
	return d.signSettlement(ctx, s, id, out)
}

func (d *Desk) signSettlement(ctx context.Context, s *Settlement, id seal.Signer, out string) (Sealed, error) {
	rec := clone(s.Record)
	for _, g := range rec.Gaps(s.c) {
		if g.Blocking {
			return Sealed{}, i18n.E("还不能签发：%s（%s）", g.Text, g.Place)
		}
	}
	now := d.clock().Truncate(time.Second)
	if err := d.chain(ctx, rec, s.c, id, now); err != nil {
		return Sealed{}, err
	}
	drawing, err := d.cardOf(ctx, rec, s.c)
	if err != nil {
		return Sealed{}, err
	}
	pdf, layout, err := sealCard(drawing, id, now)
	if err != nil {
		return Sealed{}, err
	}
	path := sealedPath(d.Path(), out, rec)
	card, err := d.writeSealed(ctx, path, pdf, "")
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{Path: path, Hash: card.Hash, Short: seal.Short(card.Hash), Revision: rec.Revision, Result: rec.Score(s.c),
		Missing: layout.Missing, PDF: pdf}, nil
}
