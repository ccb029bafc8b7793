package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

// RankRow is one line of the ranking (FORMATS §5, rank --json). Rank 0 is a
// unit without a result, with its Reason.
type RankRow struct {
	Rank          int
	Unit          inspection.Unit
	Value, Exact  string
	Band          string
	Lists         []string
	Provisional   []inspection.Reason
	PreviousRank  int
	PreviousValue string
	Moved         string // 脱黑, 上红, ↑2 …; "" when there is nothing to compare
	Reason        string
	Hash          string
	State         string
	Stranger      bool // its unit is not on the round's list: no rank, no list, not expected

	total scoring.Exact
	known bool
}

// Lists of the policy whose movement is named.
const (
	redList   = "红榜"
	blackList = "黑榜"
)

// Rank ranks a round, all units or those of one kind: by exact total, ties
// share a rank, then by unit code; units without a result come last.
func (d *Desk) Rank(round, kind string) ([]RankRow, error) {
	rows, err := d.ranked(round, kind)
	if err != nil {
		return nil, err
	}
	if before := d.previousRound(round); before != "" {
		old, err := d.ranked(before, kind)
		if err != nil {
			return nil, err
		}
		compare(rows, old)
	}
	return rows, nil
}

func (d *Desk) ranked(round, kind string) ([]RankRow, error) {
	ctx := context.Background()
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	rubric, trial, units, err := d.frame(ctx, round, cases)
	if err != nil {
		return nil, err
	}
	names, err := d.Units()
	if err != nil {
		return nil, err
	}
	list := map[string]inspection.Unit{}
	for _, u := range names {
		list[u.Code] = u.Unit
	}
	expected := map[string]bool{}
	for _, u := range units {
		expected[u] = true
	}
	var rows []RankRow
	seen := map[string]bool{}
	for i := range cases {
		c := &cases[i]
		if c.Key.Rubric != rubric || c.Key.Trial != trial {
			continue
		}
		seen[c.Key.Unit] = true
		r := rowOf(c, list)
		if len(units) > 0 && !expected[c.Key.Unit] {
			r.apart()
		}
		rows = append(rows, r)
	}
	if err := d.markAccepted(ctx, round, rows); err != nil {
		return nil, err
	}
	for _, code := range units {
		if !seen[code] {
			u := list[code]
			u.Code = code
			rows = append(rows, RankRow{Unit: u, Value: "—", Reason: i18n.T("未交")})
		}
	}
	rows = slices.DeleteFunc(rows, func(r RankRow) bool { return kind != "" && r.Unit.Kind != kind })
	order(rows)
	d.places(rows, rubric)
	return rows, nil
}

// frame says which rubric and trial a round ranks, and which units it expects.
// A round that the workbook does not define ranks the first case key in order.
func (d *Desk) frame(ctx context.Context, round string, cases []store.CaseView) (rubric string, trial bool, units []string, err error) {
	r, err := d.wb.Round(ctx, round)
	switch {
	case err == nil:
		return r.RubricHash, r.Trial, r.Units, nil
	case !store.IsNotFound(err):
		return "", false, nil, err
	case len(cases) == 0:
		return "", false, nil, i18n.E("没有检查轮次“%s”", round, err)
	}
	first := slices.MinFunc(cases, func(a, b store.CaseView) int { return a.Key.Compare(b.Key) })
	return first.Key.Rubric, first.Key.Trial, nil, nil
}

func rowOf(c *store.CaseView, list map[string]inspection.Unit) RankRow {
	r := RankRow{Unit: inspection.Unit{Code: c.Key.Unit, Name: c.UnitName, Kind: c.UnitKind}, Value: c.Value, Exact: c.Exact, Band: c.Band,
		Lists: c.Lists, Provisional: c.Provisional, Hash: c.Head(), State: c.State}
	if u, ok := list[c.Key.Unit]; ok {
		r.Unit = u
	}
	r.total, r.known = scoring.ParseExact(c.Exact)
	switch {
	case c.State == inspection.CaseConflict:
		r.Reason, r.known = i18n.T("冲突：有 %d 份互不替代的记录", len(c.Heads)), false
	case c.State == inspection.CaseNone:
		r.Reason, r.known = i18n.T("收到的记录都在隔离区"), false
	case c.Failed != "":
		r.Reason, r.known = i18n.T("否决：%s", c.Failed), false
	case !r.known:
		r.Reason = i18n.T("无得分")
	}
	if !r.known {
		r.Exact = ""
		if r.Value == "" || c.State != inspection.CaseResult {
			r.Value = "—"
		}
	}
	return r
}

// apart takes a unit that the round does not expect out of the ranking: a wrong code
// would move all others unseen. The bureau ranks it by adding it to the round.
func (r *RankRow) apart() {
	r.Stranger, r.known, r.Exact, r.Lists = true, false, "", nil
	if r.Reason = i18n.T("不在本轮名单"); r.State != inspection.CaseResult {
		r.Value = "—"
	}
}

// order sorts by exact total and gives ranks; ties share one.
func order(rows []RankRow) {
	slices.SortFunc(rows, func(a, b RankRow) int {
		switch {
		case a.known != b.known:
			if a.known {
				return -1
			}
			return 1
		case a.known:
			if c := b.total.Cmp(a.total); c != 0 {
				return c
			}
		}
		return strings.Compare(a.Unit.Code, b.Unit.Code)
	})
	for i := range rows {
		switch {
		case !rows[i].known:
			rows[i].Rank = 0
		case i > 0 && rows[i].total.Cmp(rows[i-1].total) == 0:
			rows[i].Rank = rows[i-1].Rank
		default:
			rows[i].Rank = i + 1
		}
	}
}

// places prints neighbours that differ but look alike with more places, so
// that nobody sees two equal figures on two ranks. All that look alike get the
// same number of places: with different ones the lower could read as the higher.
func (d *Desk) places(rows []RankRow, rubric string) {
	c, err := d.Compiled(rubric)
	if err != nil {
		return
	}
	cuts := []int{0}
	for i := 1; i < len(rows); i++ {
		if !rows[i].known || rows[i].Value != rows[i-1].Value {
			cuts = append(cuts, i)
		}
	}
	cuts = append(cuts, len(rows))
	for k := 1; k < len(cuts); k++ {
		spread(rows[cuts[k-1]:cuts[k]], c)
	}
	// With more places the last of a group and the first of the next can round to
	// one figure (86.005 and 86.0045 at three places): they become one group.
	for k := 1; k < len(cuts)-1; {
		above, below := rows[cuts[k]-1], rows[cuts[k]]
		if !above.known || !below.known || trimFigure(above.Value) != trimFigure(below.Value) {
			k++
			continue
		}
		cuts = slices.Delete(cuts, k, k+1)
		spread(rows[cuts[k-1]:cuts[k]], c)
		k = max(k-1, 1)
	}
}

// spread prints rows that look alike with the fewest places at which those that
// differ look different.
func spread(rows []RankRow, c *inspection.Compiled) {
	if len(rows) < 2 || rows[0].total.Cmp(rows[len(rows)-1].total) == 0 {
		return
	}
	for p := c.Rubric.Places + 1; p < 200; p++ {
		clear := true
		for i := range rows {
			rows[i].Value = c.Engine.FormatTotal(rows[i].total, p)
			clear = clear && (i == 0 || rows[i].Value != rows[i-1].Value || rows[i].total.Cmp(rows[i-1].total) == 0)
		}
		if clear {
			return
		}
	}
}

// compare writes the movement since the round before.
func compare(rows, old []RankRow) {
	before := map[string]*RankRow{}
	for i := range old {
		before[old[i].Unit.Code] = &old[i]
	}
	for i := range rows {
		r := &rows[i]
		o := before[r.Unit.Code]
		if o == nil || !o.known {
			continue
		}
		r.PreviousRank, r.PreviousValue = o.Rank, o.Value
		if r.known {
			r.Moved = moved(r, o)
		}
	}
}

func moved(now, old *RankRow) string {
	in := func(r *RankRow, list string) bool { return slices.Contains(r.Lists, list) }
	switch {
	case in(old, blackList) && !in(now, blackList):
		return "脱黑"
	case !in(old, redList) && in(now, redList):
		return "上红"
	case !in(old, blackList) && in(now, blackList):
		return "落黑"
	case in(old, redList) && !in(now, redList):
		return "退红"
	case now.Rank < old.Rank:
		return fmt.Sprintf("↑%d", old.Rank-now.Rank)
	case now.Rank > old.Rank:
		return fmt.Sprintf("↓%d", now.Rank-old.Rank)
	}
	return "="
}

// Conflict is a case with several heads that only a person can settle.
type Conflict struct {
	Key      inspection.CaseKey
	Unit     inspection.Unit
	Ancestor string
	Heads    []ConflictHead
	Differ   []string // indicators in which the heads differ
	Apart    bool     // of another rubric or nature than the round has: it is not ranked
}

// ConflictHead is one of the competing records.
type ConflictHead struct {
	Hash, Short, Inspector, Value string
	Revision                      int
	Record                        *inspection.Record
}

// Conflicts are the open conflicts of a round.
func (d *Desk) Conflicts(round string) ([]Conflict, error) {
	ctx := context.Background()
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	rubric, trial, _, err := d.frame(ctx, round, cases)
	if err != nil {
		return nil, err
	}
	var out []Conflict
	for _, c := range cases {
		if c.State != inspection.CaseConflict {
			continue
		}
		x := Conflict{Key: c.Key, Unit: inspection.Unit{Code: c.Key.Unit}, Ancestor: c.Ancestor, Apart: c.Key.Rubric != rubric || c.Key.Trial != trial}
		for _, h := range c.Heads {
			rec, err := d.record(ctx, h)
			if err != nil {
				return nil, err
			}
			head := ConflictHead{Hash: h, Short: h[:16], Revision: rec.Revision, Record: rec}
			if comp, err := d.Compiled(rec.Rubric.SHA256); err == nil {
				head.Value = rec.Score(comp).Total.Value()
			}
			if len(rec.People.Inspectors) > 0 {
				head.Inspector = rec.People.Inspectors[0].Name
			}
			x.Unit = rec.Unit
			x.Heads = append(x.Heads, head)
		}
		x.Differ = differ(x.Heads)
		out = append(out, x)
	}
	// Those that are ranked come first: who opens the conflict of a unit means them.
	slices.SortStableFunc(out, func(a, b Conflict) int { return cmp.Compare(boolInt(a.Apart), boolInt(b.Apart)) })
	return out, nil
}
