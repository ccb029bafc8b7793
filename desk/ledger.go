package desk

import (
	"bytes"
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
	"xunping/store"
)

// Program is how files name the program that made them.
const Program = "巡评 Xunping"

// Version is the version of the program, as its build says; the programs set it
// when they start.
var Version = ""

// WriteLedger writes the ledger 台账 of a round as XLSX: ranking, matrix,
// findings, absences, completion, conflicts, files, log.
func (d *Desk) WriteLedger(ctx context.Context, round, path string, p Progress) error {
	l, err := d.ledger(ctx, round, p)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := report.WriteLedger(&b, *l); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// WriteLedgerCSV writes the sheets of the ledger as CSV files into a folder, for
// programs that do not read XLSX.
func (d *Desk) WriteLedgerCSV(ctx context.Context, round, dir string, p Progress) ([]string, error) {
	l, err := d.ledger(ctx, round, p)
	if err != nil {
		return nil, err
	}
	files, err := report.LedgerCSV(*l)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if err := writeFile(path, f.Data); err != nil {
			return names, err
		}
		names = append(names, path)
	}
	return names, nil
}

// ledgerMaker collects the sheets of a ledger.
type ledgerMaker struct {
	report.Ledger
	d        *Desk
	c        *inspection.Compiled
	accepted map[inspection.Letter]map[string]bool // registered letters by unit and number: indicators
}

func (d *Desk) ledger(ctx context.Context, round string, p Progress) (*report.Ledger, error) {
	rows, err := d.Rank(round, "")
	if err != nil {
		return nil, err
	}
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	hash, trial, _, err := d.frame(ctx, round, cases)
	if err != nil {
		return nil, err
	}
	m := &ledgerMaker{d: d}
	if m.c, err = d.Compiled(hash); err != nil {
		return nil, err
	}
	m.head(round, trial)
	if err := m.letters(ctx); err != nil {
		return nil, err
	}
	for i := range rows {
		m.Ranking = append(m.Ranking, rankLine(&rows[i]))
	}
	if err := d.eachHead(ctx, rows, p, m.unit); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, string) error{m.conflicts, m.settled, m.registered, m.acts, m.leads, m.losses, m.rounds, m.batches, m.files} {
		if err := step(ctx, round); err != nil {
			return nil, err
		}
	}
	m.bands(rows)
	return &m.Ledger, m.log(mostLogLines)
}

func (m *ledgerMaker) head(round string, trial bool) {
	title := round
	if r, err := m.d.Round(round); err == nil {
		title = r.Title
	}
	m.Title, m.Round, m.Rubric, m.Version = m.c.Rubric.Title, title, m.c.Rubric.Code, m.c.Rubric.Version
	m.Program, m.Made, m.Trial, m.Illustrative = strings.TrimSpace(Program+" "+Version), m.d.clock().Format(time.RFC3339), trial, illustrative(m.c)
	for i := range m.c.Engine.Len() {
		ind := m.c.Engine.Indicator(i)
		m.Indicators = append(m.Indicators, report.LedgerIndicator{Code: ind.Code, Title: ind.Title, Points: ind.Points.String(),
			Bonus: m.c.Engine.Part(i).Kind == scoring.Bonus})
	}
}

// letters are the registered letters, for the standing of absences.
func (m *ledgerMaker) letters(ctx context.Context) error {
	m.accepted = map[inspection.Letter]map[string]bool{}
	s, err := m.d.actSet(ctx, store.ActFilter{Kind: inspection.ActLetter})
	if err != nil {
		return err
	}
	for _, x := range s.of(inspection.ActLetter) {
		if x.Act.Decision != inspection.Accepted {
			continue
		}
		l := inspection.Letter{Indicator: x.Act.Case.Unit, Number: x.Act.Number, Date: x.Act.Date}
		if m.accepted[l] == nil {
			m.accepted[l] = map[string]bool{}
		}
		for code := range x.Act.Items {
			m.accepted[l][code] = true
		}
	}
	return nil
}

// rankLine is a unit's line of the ranking, but for what its record says.
func rankLine(r *RankRow) report.LedgerRank {
	line := report.LedgerRank{Rank: r.Rank, Code: r.Unit.Code, Unit: r.Unit.Name, Kind: r.Unit.Kind, Total: r.Value, Exact: r.Exact,
		Band: r.Band, List: strings.Join(r.Lists, "、"), Moved: r.Moved, PreviousRank: r.PreviousRank, Note: r.Reason, Hash: r.Hash}
	if len(r.Provisional) > 0 {
		line.Note = strings.TrimSpace(line.Note + " " + i18n.T("暂定：%s", provisionalWords(r.Provisional)))
	}
	return line
}

// unit adds what the record of a unit says.
func (m *ledgerMaker) unit(h headRecord) error {
	res := h.rec.Score(m.c)
	line := &m.Ranking[h.at]
	if len(res.Parts) > 0 {
		line.X = res.Parts[0].Score.Value()
	}
	if len(res.Parts) > 1 {
		line.Y = res.Parts[1].Score.Value()
	}
	m.record(h.row.Unit, h.rec, res)
	return m.evidence(h.row.Unit, h.rec)
}

func (m *ledgerMaker) record(u inspection.Unit, rec *inspection.Record, res *scoring.Result) {
	numbers := map[string]string{}
	for i, e := range rec.Evidence {
		numbers[e.SHA256] = strconv.Itoa(i + 1)
	}
	line := report.LedgerUnit{Code: u.Code, Unit: u.Name}
	for i := range res.Len() {
		x := res.At(i)
		line.Cells = append(line.Cells, cellWords(x))
		m.entry(u, x.Code, rec.Entries[x.Code], numbers)
	}
	m.Matrix = append(m.Matrix, line)
}

func cellWords(x *scoring.IndicatorResult) string {
	switch x.State {
	case scoring.Checked:
		return x.Counted.Plain()
	case scoring.Absent:
		return "不检查"
	case scoring.NotScored:
		return "不评分"
	}
	return "未检查"
}

func (m *ledgerMaker) entry(u inspection.Unit, code string, e inspection.Entry, numbers map[string]string) {
	if a := e.Absence; a != nil {
		standing := "无行文"
		if a.Letter != "" {
			standing = "待核实"
			if m.accepted[inspection.Letter{Indicator: u.Code, Number: a.Letter, Date: a.Date}][code] {
				standing = "已核实"
			}
		}
		m.Absences = append(m.Absences, report.LedgerAbsence{Code: u.Code, Unit: u.Name, Indicator: code, Letter: a.Letter, Date: a.Date, Reason: a.Reason, Standing: standing})
	}
	for _, f := range e.Findings {
		var ev []string
		for _, h := range f.Evidence {
			ev = append(ev, numbers[h])
		}
		rule, count := f.Rule, ""
		if rule == "" {
			rule = f.Clause
		}
		if f.Count > 0 {
			count = f.Count.String()
		}
		m.Findings = append(m.Findings, report.LedgerFinding{Code: u.Code, Unit: u.Name, Indicator: code, Rule: rule, Count: count,
			Points: f.Points.String(), Note: f.Note, Responsible: f.Responsible, Evidence: strings.Join(ev, "、")})
	}
	for _, k := range sortedKeys(e.Measures) {
		x := e.Measures[k]
		if done, total, ok := x.Counts(); ok {
			m.Measures = append(m.Measures, report.LedgerMeasure{Code: u.Code, Unit: u.Name, Indicator: code, Measure: k,
				Done: done.String(), Total: total.String(), AsOf: x.AsOf, Completed: x.Completed, Source: x.Source})
		}
		for _, it := range x.Items {
			m.Items = append(m.Items, []any{u.Code, u.Name, code, k, it.Code, it.Name, it.Level, it.Lead, itemWords[it.State]})
		}
	}
}

func (m *ledgerMaker) conflicts(_ context.Context, round string) error {
	list, err := m.d.Conflicts(round)
	for _, c := range list {
		for _, h := range c.Heads {
			m.Conflicts = append(m.Conflicts, []any{c.Unit.Code, c.Unit.Name, h.Revision, h.Inspector, report.Number(h.Value), h.Short})
		}
	}
	return err
}
