package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
	"xunping/seal"
)

var itemWords = map[string]string{inspection.ItemOpen: "未完成", inspection.ItemDone: "完成", inspection.ItemExempt: "免", inspection.ItemLed: "其他单位牵头"}

// evidence lists the files of a record and what each belongs to.
func (m *ledgerMaker) evidence(u inspection.Unit, rec *inspection.Record) error {
	used := map[string][]string{}
	for _, code := range sortedKeys(rec.Entries) {
		e := rec.Entries[code]
		all := slices.Clone(e.Evidence)
		for _, f := range e.Findings {
			all = append(all, f.Evidence...)
		}
		for _, h := range all {
			if !slices.Contains(used[h], code) {
				used[h] = append(used[h], code)
			}
		}
	}
	for i, e := range rec.Evidence {
		here, err := m.d.wb.HasEvidence(context.Background(), e.SHA256)
		if err != nil {
			return err
		}
		kept := "有"
		if !here {
			kept = "缺"
		}
		m.Evidence = append(m.Evidence, []any{u.Code, u.Name, i + 1, e.Name, e.Caption, strings.Join(used[e.SHA256], "、"), e.Media, int(e.Bytes), e.Taken, kept, e.SHA256})
	}
	return nil
}

// settled are the records that the bureau made: settlements and amendments, a
// line for each indicator with its reason.
func (m *ledgerMaker) settled(ctx context.Context, round string) error {
	objects, err := m.d.wb.Revisions(ctx, round, "")
	if err != nil {
		return err
	}
	roster, err := m.d.Roster()
	if err != nil {
		return err
	}
	heads := map[string]bool{}
	for _, r := range m.Ranking {
		heads[r.Hash] = true
	}
	for _, o := range objects {
		if len(o.Node.Parents) == 0 || !roster.Entry(o.Node.Signer).Has(inspection.RoleBureau) {
			continue
		}
		rec, err := m.d.record(ctx, o.Hash)
		if err != nil {
			return err
		}
		what := "修订"
		if len(rec.Parents) > 1 {
			what = "冲突处理"
		}
		now := "否"
		if heads[o.Hash] {
			now = "是"
		}
		var parents []string
		for _, p := range rec.Parents {
			parents = append(parents, seal.Short(p))
		}
		reasons := rec.Reasons
		if len(reasons) == 0 {
			reasons = map[string]string{"": "各份相同，确认"}
		}
		for _, code := range slices.Sorted(maps.Keys(reasons)) {
			m.Settled = append(m.Settled, []any{rec.Unit.Code, rec.Unit.Name, what, rec.Revision, code, reasons[code], report.Number(o.Node.Value), rec.Sealed,
				roster.Entry(o.Node.Signer).Name, now, seal.Short(o.Hash), strings.Join(parents, "、"), m.chosen(rec, code)})
		}
	}
	return nil
}

// registered are the letters of the units of the round.
func (m *ledgerMaker) registered(context.Context, string) error {
	list, err := m.d.Letters()
	if err != nil {
		return err
	}
	units := map[string]bool{}
	for _, r := range m.Ranking {
		units[r.Code] = true
	}
	for _, l := range list {
		if !units[l.Unit.Code] {
			continue
		}
		scan := "无"
		if l.Scan != "" {
			scan = "有"
		}
		m.Letters = append(m.Letters, []any{l.Unit.Code, l.Unit.Name, strings.Join(l.Indicators, "、"), l.Number, l.Date, DecisionWord(l.Act), l.Valid.From, l.Valid.To,
			l.Reason, l.Round, scan, l.Act.By.Name, standingWord(l.Standing), l.Hash})
	}
	return nil
}

func standingWord(r inspection.Reason) string {
	if r == "" {
		return "有效"
	}
	return ReasonWords(r)
}

// acts are all acts of the round.
func (m *ledgerMaker) acts(_ context.Context, round string) error {
	list, err := m.d.Acts(round)
	if err != nil {
		return err
	}
	for _, x := range list {
		a := x.Act
		var items, about []string
		for _, code := range sortedKeys(a.Items) {
			it := a.Items[code]
			items = append(items, strings.TrimSpace(code+" "+it.Text+" "+it.Claim+" "+it.Until))
		}
		for _, h := range a.About {
			about = append(about, seal.Short(h))
		}
		m.Acts = append(m.Acts, []any{ActWord(a), a.Case.Unit, m.d.unitNamed(a.Case.Unit).Name, a.Number, a.Date, DecisionWord(a), strings.Join(sortedKeys(a.Items), "、"),
			a.Text, strings.Join(items, "；"), a.By.Name, a.Made, standingWord(x.Standing), strings.Join(about, "、"), x.Hash})
	}
	return nil
}

func (m *ledgerMaker) leads(_ context.Context, round string) error {
	all, err := m.d.Leads(round)
	if err != nil {
		return err
	}
	for _, code := range sortedKeys(all) {
		for _, l := range all[code] {
			m.Leads = append(m.Leads, []any{l.For.Code, l.For.Name, l.From.Code, l.From.Name, l.Indicator, l.Finding.Rule, l.Finding.Note,
				report.Number(l.Finding.Points.String()), len(l.Finding.Evidence), l.Short})
		}
	}
	return nil
}

// losses are what all units lost together under each indicator.
func (m *ledgerMaker) losses(ctx context.Context, round string) error {
	h, err := m.d.Heat(ctx, round, "")
	if err != nil {
		return err
	}
	for _, c := range h.Columns {
		mean := ""
		if c.Scored > 0 {
			mean = scoring.Decimal((int64(c.Lost)/int64(c.Scored) + 50) / 100 * 100).String() // to two places
		}
		m.Losses = append(m.Losses, []any{c.Code, c.Title, report.Number(c.Points.String()), report.Number(c.Lost.String()), c.Units, c.Scored, report.Number(mean)})
	}
	return nil
}

// bands counts the units of each grade and list.
func (m *ledgerMaker) bands(rows []RankRow) {
	count := map[string]int{}
	for _, r := range rows {
		if r.Rank > 0 {
			count[r.Band]++
			for _, l := range r.Lists {
				count[l]++
			}
		}
	}
	for _, b := range m.c.Rubric.Bands {
		m.Bands = append(m.Bands, []any{b.Name, count[b.Name]})
	}
	for _, l := range m.c.Rubric.Lists {
		m.Bands = append(m.Bands, []any{l.Name, count[l.Name]})
	}
}

// rounds are this round and those before it.
func (m *ledgerMaker) rounds(_ context.Context, round string) error {
	var codes []string
	for code := round; code != ""; code = m.d.previousRound(code) {
		if codes = append(codes, code); len(codes) == 24 {
			break
		}
	}
	slices.Reverse(codes)
	for _, code := range codes {
		rows, err := m.d.ranked(code, "")
		if err != nil {
			return err
		}
		var ranked, red, black, waiting, conflicts int
		for _, r := range rows {
			ranked += boolInt(r.Rank > 0)
			red += boolInt(r.Rank > 0 && slices.Contains(r.Lists, redList))
			black += boolInt(r.Rank > 0 && slices.Contains(r.Lists, blackList))
			waiting += boolInt(len(r.Provisional) > 0)
			conflicts += boolInt(r.State == inspection.CaseConflict)
		}
		title := code
		if r, err := m.d.Round(code); err == nil {
			title = r.Title
		}
		m.Rounds = append(m.Rounds, []any{code, title, ranked, red, black, waiting, conflicts})
	}
	return nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
