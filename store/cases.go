package store

import (
	"context"
	"database/sql"
	"strings"

	"xunping/inspection"
)

// CaseView is the derived outcome of one case 案. Figures are set only when
// State is inspection.CaseResult.
type CaseView struct {
	Key         inspection.CaseKey
	State       string // inspection.CaseNone, CaseResult, CaseConflict
	Revision    int
	Exact       string // total "p/q", "" without a score
	Value, Band string
	Failed      string // veto rule
	UnitName    string // as the record says; the unit list has the last word
	UnitKind    string
	Lists       []string
	Provisional []inspection.Reason
	Records     int // known records of the case
	Quarantined int // of them, those that do not count
	Ancestor    string
	Heads       []string
	Idle        []inspection.Edge
}

// Head is the hash of the one head of a result, "" otherwise.
func (c *CaseView) Head() string {
	if c.State == inspection.CaseResult && len(c.Heads) == 1 {
		return c.Heads[0]
	}
	return ""
}

const caseColumns = `SELECT round, rubric, trial, unit, state, revision, exact, value, band, failed, unit_name, unit_kind,
	lists, provisional, records, quarantined, ancestor, heads, idle FROM case_view `

// Cases are the outcomes of a round, or of all with "", by key. It reads one
// stretch of one table.
func (w *Workbook) Cases(ctx context.Context, round string) ([]CaseView, error) {
	if round == "" {
		return w.cases(ctx, caseColumns+`ORDER BY round, rubric, trial, unit`)
	}
	return w.cases(ctx, caseColumns+`WHERE round = ? ORDER BY rubric, trial, unit`, round)
}

// CasesOf are the outcomes of a round for one unit.
func (w *Workbook) CasesOf(ctx context.Context, round, unit string) ([]CaseView, error) {
	return w.cases(ctx, caseColumns+`WHERE unit = ? AND round = ? ORDER BY rubric, trial`, unit, round)
}

// UnitHistory are the outcomes of all rounds for one unit, by round.
func (w *Workbook) UnitHistory(ctx context.Context, unit string) ([]CaseView, error) {
	return w.cases(ctx, caseColumns+`WHERE unit = ? ORDER BY round, rubric, trial`, unit)
}

// Case is the outcome of one case; found is false when nothing is known of it.
func (w *Workbook) Case(ctx context.Context, k inspection.CaseKey) (c CaseView, found bool, err error) {
	rubric, err := maybeUnhex(k.Rubric)
	if err != nil {
		return c, false, err
	}
	cs, err := w.cases(ctx, caseColumns+`WHERE round = ? AND rubric = ? AND trial = ? AND unit = ?`, k.Round, rubric, k.Trial, k.Unit)
	if err != nil || len(cs) == 0 {
		return c, false, err
	}
	return cs[0], true, nil
}

func (w *Workbook) cases(ctx context.Context, query string, args ...any) ([]CaseView, error) {
	var out []CaseView
	var rubric, ancestor, heads, idle sql.RawBytes
	var lists, provisional string
	lastRubric := ""
	err := each(context.WithoutCancel(ctx), w.rdb, func(r *sql.Rows) error {
		var c CaseView
		err := r.Scan(&c.Key.Round, &rubric, &c.Key.Trial, &c.Key.Unit, &c.State, &c.Revision, &c.Exact, &c.Value, &c.Band,
			&c.Failed, &c.UnitName, &c.UnitKind, &lists, &provisional, &c.Records, &c.Quarantined, &ancestor, &heads, &idle)
		if err != nil {
			return err
		}
		if h := hexed(rubric); h != lastRubric {
			lastRubric = h // one string for the whole round
		}
		c.Key.Rubric = lastRubric
		c.Lists = splitText(lists)
		for _, p := range splitText(provisional) {
			c.Provisional = append(c.Provisional, inspection.Reason(p))
		}
		c.Heads = hashes(heads)
		if len(ancestor) > 0 {
			c.Ancestor = hexed(ancestor)
		}
		for pair := hashes(idle); len(pair) >= 2; pair = pair[2:] {
			c.Idle = append(c.Idle, inspection.Edge{Child: pair[0], Parent: pair[1]})
		}
		out = append(out, c)
		return nil
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return out, ctx.Err()
}

func splitText(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

// RoundCount is a round that the set knows, with how many cases it has. The
// workbook need not define it.
type RoundCount struct {
	Round string
	Cases int
}

// KnownRounds are the rounds of which the set holds records, by code.
func (w *Workbook) KnownRounds(ctx context.Context) ([]RoundCount, error) {
	var out []RoundCount
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var c RoundCount
		err := r.Scan(&c.Round, &c.Cases)
		out = append(out, c)
		return err
	}, `SELECT round, count(*) FROM case_view GROUP BY round ORDER BY round`)
	return out, err
}

// Cells are the packed figures of the heads of a round's results, by record
// hash, as they were given with the records.
func (w *Workbook) Cells(ctx context.Context, round string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var h, cells []byte
		if err := r.Scan(&h, &cells); err != nil {
			return err
		}
		out[hexed(h)] = cells
		return nil
	}, `SELECT o.hash, o.cells FROM case_view v JOIN object o ON o.hash = v.heads WHERE v.round = ? AND v.state = 'result'`, round)
	return out, err
}
