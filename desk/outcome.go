package desk

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// judge gives every item its outcome by the state after the whole call, and
// counts them.
func (m *merger) judge() {
	ctx := context.WithoutCancel(m.ctx)
	after := map[string]map[string]RankRow{}
	for i := range m.r.Results {
		o := &m.r.Results[i]
		if o.Outcome == "" {
			o.Outcome, o.Reason = m.standing(ctx, o)
			if err := m.signers(ctx, o); err != nil {
				o.Outcome, o.Reason = Refused, i18n.Person(err)
			}
		}
		m.movement(o, after)
		switch m.r.Files++; o.Outcome {
		case Merged:
			m.r.Merged++
		case Identical:
			m.r.Identical++
		case InConflict:
			m.r.Conflict++
		case Quarantined:
			m.r.Quarantined++
		case Refused:
			m.r.Refused++
		}
	}
}

// signers names who signed a record or act in this file and what the roster
// says of each. Of a copy of a record it says which signatures it lacks that are
// here: they stay, and nobody should take it for the last one.
func (m *merger) signers(ctx context.Context, o *FileOutcome) error {
	known, err := m.d.wb.Signatures(ctx, o.SHA256)
	if err != nil {
		return err
	}
	if m.trust == nil {
		if m.trust, err = m.d.wb.Trust(ctx); err != nil {
			return err
		}
		if m.who, err = m.d.Roster(); err != nil {
			return err
		}
	}
	for _, s := range known {
		if o.carries[s.SPKI] {
			o.Signers = append(o.Signers, m.signature(o.SHA256, o.signer, s))
		}
	}
	if o.ActKind != "" {
		return nil
	}
	if lacking := lackingWords(m.who, known, o.carries); lacking != "" {
		o.Reason = joinWords(o.Reason, lacking)
	}
	return nil
}

// signature is one signature with its standing. That of an act has no field in
// which it could stand wrongly.
func (m *merger) signature(object, signer string, s store.Sig) VerifySignature {
	v := VerifySignature{Field: s.Field, SPKI: s.SPKI, Time: s.Time, Name: signerName(m.who, s.SPKI, s.Cert)}
	if e := m.who.Entry(s.SPKI); e != nil {
		v.Number = e.Number
	}
	x := inspection.Signature{Object: object, Field: s.Field, SPKI: s.SPKI}
	if s.Field == store.FieldAct {
		x.Field = inspection.FieldInspector
	}
	v.Standing = m.trust.Signature(x, signer)
	return v
}

func (m *merger) standing(ctx context.Context, o *FileOutcome) (outcome, reason string) {
	if !o.isNew {
		return Identical, i18n.T("已经在工作簿里，没有改动")
	}
	obj, err := m.d.wb.Object(ctx, o.SHA256)
	if err != nil {
		return Refused, i18n.Person(err)
	}
	if obj.Standing != "" {
		return Quarantined, ReasonWords(obj.Standing)
	}
	if obj.Act {
		return Merged, KindWord(o.ActKind)
	}
	c, found, err := m.d.wb.Case(ctx, o.Key)
	if err != nil || !found {
		return Merged, ""
	}
	if c.State == inspection.CaseConflict {
		for _, h := range c.Heads {
			if h == o.SHA256 {
				return InConflict, i18n.T("同一单位有 %d 份互不替代的记录", len(c.Heads))
			}
		}
	}
	if c.Head() != o.SHA256 {
		return Merged, i18n.T("已被后来的版次替代")
	}
	if len(c.Provisional) > 0 {
		return Merged, i18n.T("暂定：%s", provisionalWords(c.Provisional))
	}
	return Merged, ""
}

// movement shows how the unit's total and rank move by what was merged.
func (m *merger) movement(o *FileOutcome, after map[string]map[string]RankRow) {
	before := m.ranks[o.Round]
	if before == nil || o.Unit == "" {
		return
	}
	if after[o.Round] == nil {
		after[o.Round] = map[string]RankRow{}
		rows, err := m.d.Rank(o.Round, "")
		if err != nil {
			return
		}
		for _, r := range rows {
			after[o.Round][r.Unit.Code] = r
		}
	}
	was, is := before[o.Unit], after[o.Round][o.Unit]
	o.Before, o.BeforeRank, o.AfterRank = was.Value, was.Rank, is.Rank
	o.BandMoved = [2]string{was.Band, is.Band}
	o.ListsMoved = [2]string{strings.Join(was.Lists, i18n.T("、")), strings.Join(is.Lists, i18n.T("、"))}
	if is.Unit.Name != "" {
		o.UnitName = is.Unit.Name
	}
	if is.Stranger {
		o.Reason = strings.TrimPrefix(o.Reason+i18n.T("；")+i18n.T("不在本轮名单，不参加排名"), i18n.T("；"))
	}
}
