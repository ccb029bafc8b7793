package desk

import (
	"context"
	"maps"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
)

// NoticeRequest is what a notice of inspection 检查通知 says beyond the round
// and the draft: people may not have begun the draft when the notice goes out.
type NoticeRequest struct {
	Number  string // 文号
	Contact string
	Issuer  string
	Visit   inspection.Visit
	People  inspection.People
}

// Notice is the notice for a unit with the list of materials, as PDF. What is
// not said in the request is taken from the open draft; what nobody knows yet
// stays blank for the pen.
func (d *Desk) Notice(round, unit string, r NoticeRequest) ([]byte, error) {
	in, err := d.prepare(round, unit)
	if err != nil {
		return nil, err
	}
	if draft, err := d.openDraft(round, unit); err != nil {
		return nil, err
	} else if draft != nil {
		fill(&r.Visit, draft.Visit)
		if len(r.People.Inspectors) == 0 {
			r.People = draft.People
		}
	}
	now := d.clock()
	l, err := report.DrawNotice(report.Notice{Round: in.round.Round, Unit: in.rec.Unit, Rubric: in.c, Visit: r.Visit, People: r.People,
		Number: r.Number, Contact: r.Contact, Issuer: r.Issuer, Date: now.Format("2006年1月2日"), When: now})
	if err != nil {
		return nil, err
	}
	return l.PDF, nil
}

func fill(v *inspection.Visit, from inspection.Visit) {
	for _, p := range []struct{ to, from *string }{{&v.From, &from.From}, {&v.To, &from.To}, {&v.Place, &from.Place}, {&v.Basis, &from.Basis}} {
		if *p.to == "" {
			*p.to = *p.from
		}
	}
}

// openDraft is the open draft of a unit, nil if there is none.
func (d *Desk) openDraft(round, unit string) (*inspection.Record, error) {
	ctx := context.Background()
	rows, err := d.wb.Drafts(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Unit == unit {
			draft, err := d.wb.Draft(ctx, row.ID)
			if err != nil {
				return nil, err
			}
			return inspection.ReadRecord(draft.JSON)
		}
	}
	return nil, nil
}

// FactSheet is 现场检查记录 of the draft, facts without points, as PDF.
func (in *Inspector) FactSheet() ([]byte, error) {
	return in.d.factSheet(in.rec, "", in.c)
}

// FactSheet is 现场检查记录 of a sealed record: the same facts, with the hash of
// the record in its foot. The signed pages are scanned and entered as an
// opinion on that hash.
func (d *Desk) FactSheet(hash string) ([]byte, error) {
	rec, err := d.record(context.Background(), hash)
	if err != nil {
		return nil, err
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	if err != nil {
		return nil, err
	}
	return d.factSheet(rec, hash, c)
}

func (d *Desk) factSheet(rec *inspection.Record, hash string, c *inspection.Compiled) ([]byte, error) {
	card, err := d.cardOf(context.Background(), rec, c)
	if err != nil {
		return nil, err
	}
	card.Hash, card.Result, card.UnitName = hash, rec.Score(c), d.UnitName
	l, err := report.DrawFactSheet(card)
	if err != nil {
		return nil, err
	}
	return l.PDF, nil
}

// nameChanges puts what a correction changed, old → new, before the reason of
// each indicator. The sealed file does not carry the sheet it replaces, so the
// pages can only show what the record itself says. What was changed back is no change,
// whatever reason it was given.
func (in *Inspector) nameChanges(rec *inspection.Record) {
	if in.before == nil || len(rec.Reasons) == 0 {
		return
	}
	maps.DeleteFunc(rec.Reasons, func(code, _ string) bool { return inspection.SameEntry(in.before, rec, code) })
	was, is := in.before.Score(in.c), rec.Score(in.c)
	for code, why := range rec.Reasons {
		rec.Reasons[code] = "〔" + counted(was.Indicator(code)) + " → " + counted(is.Indicator(code)) + "〕" + why
	}
}

// counted is what an indicator lost or gained, on paper.
func counted(x *scoring.IndicatorResult) string {
	switch {
	case x == nil || x.State == scoring.Unchecked:
		return "未检查"
	case x.State == scoring.Absent:
		return "不检查"
	case x.State == scoring.NotScored:
		return "不评分"
	}
	return x.Counted.Plain() + " 分"
}

// SavePaper writes a drawn paper.
func SavePaper(path string, pdf []byte, err error) error {
	if err != nil {
		return i18n.E("没有画成：%s", err)
	}
	return writeFile(path, pdf)
}
