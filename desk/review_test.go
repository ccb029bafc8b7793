package desk

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
)

// Every range, free and bonus finding of the round is in the table, no other is,
// and a change becomes a revision of the bureau that counts.
func TestReviewAndAmend(t *testing.T) {
	d, dir, _ := bureauOf(t, 12)
	rows, err := d.Review(t.Context(), "2019-08", nil)
	must(t, err)
	c, err := d.roundRubric(t.Context(), "2019-08")
	must(t, err)
	want := 0
	ranking, err := d.Rank("2019-08", "")
	must(t, err)
	for _, r := range ranking {
		rec, err := d.record(t.Context(), r.Hash)
		must(t, err)
		for code, e := range rec.Entries {
			i, _ := c.Engine.Index(code)
			for _, f := range e.Findings {
				rule := c.Engine.Rule(i, f.Rule)
				if rule == nil || rule.Kind == scoring.Range || c.Engine.Part(i).Kind == scoring.Bonus {
					want++
				}
			}
		}
	}
	if want == 0 || len(rows) != want {
		t.Fatalf("%d rows, want %d", len(rows), want)
	}
	at := slices.IndexFunc(rows, func(r ReviewRow) bool { return r.Why == ReviewRange })
	if at < 0 {
		t.Fatal("the demonstration has no range finding")
	}
	row := rows[at]
	points, note := row.Min, "复核后统一尺度"
	if row.Finding.Points == points {
		points = row.Max
	}
	edit := ReviewEdit{Unit: row.Unit.Code, Indicator: row.Indicator, Finding: row.Finding.ID, Points: &points, Note: &note}
	if _, err := d.ReviewChoices("2019-08", row.Unit.Code, []ReviewEdit{edit}); err == nil {
		t.Error("a change without a reason was taken")
	}
	edit.Reason = "与其他组同类问题一致"
	choices, err := d.ReviewChoices("2019-08", row.Unit.Code, []ReviewEdit{edit})
	must(t, err)
	a, err := d.Amend("2019-08", row.Unit.Code, choices)
	must(t, err)
	if _, err := d.SignAmendment(t.Context(), a, filepath.Join(dir, "keys", "inspector-1.p12"), DemoPassphrase, ""); err == nil {
		t.Error("an inspector signed an amendment")
	}
	sealed, err := d.SignAmendment(t.Context(), a, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "amended.pdf"))
	must(t, err)
	cases, err := d.wb.CasesOf(t.Context(), "2019-08", row.Unit.Code)
	must(t, err)
	if cases[0].Head() != sealed.Hash || cases[0].Revision != row.Revision+1 {
		t.Errorf("the result is %+v", cases[0])
	}
	again, err := d.Review(t.Context(), "2019-08", nil)
	must(t, err)
	i := slices.IndexFunc(again, func(r ReviewRow) bool {
		return r.Record == sealed.Hash && r.Indicator == row.Indicator && r.Finding.ID == row.Finding.ID
	})
	if i < 0 || !again[i].Decided || again[i].Reason != edit.Reason || again[i].Finding.Note != note || again[i].Finding.Points != points {
		t.Errorf("after the amendment: %+v", again[max(i, 0)])
	}
	// The file merges elsewhere like any other.
	v := VerifyFile(filepath.Join(dir, "amended.pdf"), mustRoster(t, d))[0]
	if v.Outcome != "valid" {
		t.Errorf("the amended scorecard is %s: %s", v.Outcome, v.Reason)
	}
	over := row.Full + scoring.One
	edit.Points = &over
	if choices, err = d.ReviewChoices("2019-08", row.Unit.Code, []ReviewEdit{edit}); err == nil {
		_, err = d.Amend("2019-08", row.Unit.Code, choices)
	}
	if err == nil {
		t.Error("points outside the range were taken")
	}
}

// An indicator that the bureau decides is provisional until the bureau scores it
// here.
func TestBureauDecides(t *testing.T) {
	d, dir, _ := bureauOf(t, 3)
	base, err := FindRubric(nil, "jutongyong-2019", "")
	must(t, err)
	var raw map[string]any
	must(t, canon.Decode(base.JSON, &raw))
	code := ""
	for _, p := range raw["parts"].([]any) {
		for _, g := range p.(map[string]any)["groups"].([]any) {
			for _, x := range g.(map[string]any)["indicators"].([]any) {
				ind := x.(map[string]any)
				for _, r := range ind["rules"].([]any) {
					if r.(map[string]any)["kind"] == "range" && code == "" {
						code, ind["decided_by"] = ind["code"].(string), "bureau"
					}
				}
			}
		}
	}
	b, err := canon.Encode(raw)
	must(t, err)
	hash, err := d.wb.PutRubric(t.Context(), b)
	must(t, err)
	must(t, d.PutRound(RoundInfo{Round: inspection.Round{Code: "2019-10", Title: "十月", Trial: true, Signers: 1, Deadlines: demoRound(base, 0, nil).Deadlines}, RubricHash: hash}))
	c, err := d.Compiled(hash)
	must(t, err)
	units, err := d.Units()
	must(t, err)
	old, _ := d.lastRecord("2019-08", units[0].Code)
	rec := clone(old)
	rec.Rubric.SHA256, rec.Round.Code, rec.Round.Signers = hash, "2019-10", 1
	e := rec.Entries[code]
	e.State, e.Findings, e.Note, e.Absence = scoring.Checked, nil, "事实：有两份方案", nil
	rec.Entries[code] = e
	id, err := OpenKey(filepath.Join(dir, "keys", "inspector-1.p12"), DemoPassphrase)
	must(t, err)
	now := time.Date(2019, 10, 8, 9, 0, 0, 0, beijing)
	rec.People.Inspectors = []inspection.Person{{Name: demoTeam[0].name, Number: demoTeam[0].number, Org: demoOrg}}
	must(t, d.chain(t.Context(), rec, c, id, now))
	ev, err := d.evidence(t.Context(), rec)
	must(t, err)
	pdf, _, err := sealRecord(rec, c, ev, id, now)
	must(t, err)
	_, err = d.writeSealed(t.Context(), filepath.Join(dir, "b.pdf"), pdf, "")
	must(t, err)
	o, err := d.Overview("2019-10")
	must(t, err)
	if len(o.Waiting) != 1 || !slices.Contains(o.Waiting[0].Provisional, inspection.AwaitsApproval) {
		t.Fatalf("before the bureau decides: %+v", o.Waiting)
	}
	rows, err := d.Review(t.Context(), "2019-10", nil)
	must(t, err)
	i := slices.IndexFunc(rows, func(r ReviewRow) bool { return r.Why == ReviewBureau && r.Indicator == code })
	if i < 0 || rows[i].Finding != nil || rows[i].Note != "事实：有两份方案" {
		t.Fatalf("the indicator is not in the table: %+v", rows)
	}
	k, _ := c.Engine.Index(code)
	rule := slices.IndexFunc(c.Engine.Indicator(k).Rules, func(r scoring.Rule) bool { return r.Kind == scoring.Range })
	// To give nothing is a decision, too; leaving another indicator as it is is none.
	nothing, err := d.ReviewChoices("2019-10", units[0].Code, []ReviewEdit{{Unit: units[0].Code, Indicator: code, Remove: true, Reason: "不给分"}})
	must(t, err)
	zero, err := d.Amend("2019-10", units[0].Code, nothing)
	must(t, err)
	if len(zero.Record.Entries[code].Findings) != 0 || zero.Record.Reasons[code] != "不给分" {
		t.Errorf("nothing given: %+v", zero.Record.Entries[code])
	}
	same := clone(rec).Entries["A2"]
	if _, err := d.Amend("2019-10", units[0].Code, map[string]Choice{"A2": {Entry: &same, Reason: "无"}}); err == nil {
		t.Error("a revision that changes nothing was made")
	}
	if same.State = scoring.Checked; true { // a revision of something else leaves it undecided, and is not signed so
		same.Note = "补充说明"
		if _, err := d.Amend("2019-10", units[0].Code, map[string]Choice{"A2": {Entry: &same, Reason: "补充"}}); err == nil || !strings.Contains(err.Error(), code) {
			t.Errorf("a revision that leaves %s without points: %v", code, err)
		}
	}
	points := *c.Engine.Indicator(k).Rules[rule].Max
	choices, err := d.ReviewChoices("2019-10", units[0].Code, []ReviewEdit{{Unit: units[0].Code, Indicator: code,
		Rule: c.Engine.Indicator(k).Rules[rule].Code, Points: &points, Reason: "按方案评定"}})
	must(t, err)
	a, err := d.Amend("2019-10", units[0].Code, choices)
	must(t, err)
	_, err = d.SignAmendment(t.Context(), a, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "c.pdf"))
	must(t, err)
	if o, err = d.Overview("2019-10"); err != nil {
		t.Fatal(err)
	}
	for _, w := range o.Waiting {
		if slices.Contains(w.Provisional, inspection.AwaitsApproval) {
			t.Errorf("still waiting: %+v", w)
		}
	}
	decided := func() bool {
		rows, err := d.Review(t.Context(), "2019-10", nil)
		must(t, err)
		i := slices.IndexFunc(rows, func(r ReviewRow) bool { return r.Indicator == code })
		return i >= 0 && rows[i].Decided
	}
	if !decided() {
		t.Error("what the bureau decided is not called so")
	}
	// A later revision of something else keeps the decision.
	if a, err = d.Amend("2019-10", units[0].Code, map[string]Choice{"A2": {Entry: &same, Reason: "补充"}}); err != nil {
		t.Fatal(err)
	}
	_, err = d.SignAmendment(t.Context(), a, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "d.pdf"))
	must(t, err)
	if !decided() {
		t.Error("the decision was forgotten by a revision of something else")
	}
	// Two records that say the same of it, and differ elsewhere: it is asked for.
	for i, note := range []string{"甲组看到的", "乙组看到的"} {
		x := clone(rec)
		x.ID, x.Unit, x.Claimed = fmt.Sprintf("01912f00-0000-7000-8000-%012d", i+1), inspection.Unit{Code: units[1].Code, Name: units[1].Name, Kind: units[1].Kind}, nil
		e := x.Entries["A2"]
		e.Note = note
		x.Entries["A2"] = e
		sealTeam(t, d, x, c, id, now)
	}
	both, err := d.Settle("2019-10", units[1].Code, Choices{})
	must(t, err)
	if !slices.Equal(both.ToDecide, []string{code}) || !slices.Contains(both.Open, code) || !slices.Contains(both.Open, "A2") {
		t.Errorf("the conflict asks for %v, %v for the bureau to decide", both.Open, both.ToDecide)
	}
	reason := Choice{Take: both.Heads[0].Hash, Reason: "看过佐证"}
	both, err = d.Settle("2019-10", units[1].Code, Choices{By: map[string]Choice{code: reason, "A2": reason}})
	must(t, err)
	_, err = d.SignSettlement(t.Context(), both, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "e.pdf"))
	must(t, err)
	forkOf(t, d, rec, c, id, code, now)
	s, err := d.Settle("2019-10", units[0].Code, Choices{})
	must(t, err)
	if !slices.Contains(s.ToDecide, code) && !slices.Contains(s.Open, code) {
		t.Errorf("a conflict with a record of the team does not ask for %s: open %v", code, s.Open)
	}
}

// forkOf is a second record of the team, that follows its first one and not the bureau's.
func forkOf(t *testing.T, d *Desk, first *inspection.Record, c *inspection.Compiled, id seal.Signer, code string, now time.Time) {
	t.Helper()
	rec := clone(first)
	_, hash, err := first.Canonical()
	must(t, err)
	e := rec.Entries[code]
	e.Note += "，补充事实"
	rec.Entries[code] = e
	rec.Parents, rec.Revision, rec.Reasons = []string{hash}, 2, map[string]string{code: "补充"}
	sealTeam(t, d, rec, c, id, now.AddDate(0, 0, 1))
}

func sealTeam(t *testing.T, d *Desk, rec *inspection.Record, c *inspection.Compiled, id seal.Signer, now time.Time) {
	t.Helper()
	must(t, d.chain(t.Context(), rec, c, id, now))
	ev, err := d.evidence(t.Context(), rec)
	must(t, err)
	pdf, _, err := sealRecord(rec, c, ev, id, now)
	must(t, err)
	_, err = d.writeSealed(t.Context(), filepath.Join(t.TempDir(), "team.pdf"), pdf, "")
	must(t, err)
}

// The heat map is what the records say, column by column.
func TestHeatAgainstRecords(t *testing.T) {
	d, _, _ := bureauOf(t, 14)
	h, err := d.Heat(t.Context(), "2019-08", "")
	must(t, err)
	c, err := d.roundRubric(t.Context(), "2019-08")
	must(t, err)
	if len(h.Rows) != 14 {
		t.Fatalf("%d rows", len(h.Rows))
	}
	for _, row := range h.Rows {
		rec, _ := d.lastRecord("2019-08", row.Unit.Code)
		res := rec.Score(c)
		for k, col := range h.Columns {
			x := res.Indicator(col.Code)
			cell := row.Cells[k]
			if (x.State == scoring.Checked) != (cell.Level >= 0) {
				t.Fatalf("%s %s: %+v for %s", row.Unit.Name, col.Code, cell, x.State)
			}
			if x.State == scoring.Checked && x.Counted.Plain() != cell.Lost.String() {
				t.Errorf("%s %s: %s, the record says %s", row.Unit.Name, col.Code, cell.Lost.String(), x.Counted.Plain())
			}
			if (cell.Lost > 0) != (cell.Level > 0) || cell.Lost == col.Points && cell.Level != 4 {
				t.Errorf("%s %s: level %d for %s of %s", row.Unit.Name, col.Code, cell.Level, cell.Lost.String(), col.Points.String())
			}
		}
	}
	trend, err := d.Trend(t.Context(), h.Rows[0].Unit.Code, "")
	must(t, err)
	if len(trend) != 1 || trend[0].Row.Rank != 1 || trend[0].Of != 14 {
		t.Errorf("trend %+v", trend)
	}
}

// However close results are: figures of a ranking read in its order, ties look
// alike, and what differs looks different.
func TestPlacesReadInOrder(t *testing.T) {
	c, err := FindRubric(nil, "jutongyong-2019", "")
	must(t, err)
	rapid.Check(t, func(r *rapid.T) {
		var rows []RankRow
		for i := range rapid.IntRange(1, 12).Draw(r, "rows") {
			p, q := rapid.Int64Range(860000, 860400).Draw(r, "p"), rapid.SampledFrom([]int64{9999, 10000, 10001}).Draw(r, "q")
			x, ok := scoring.ParseExact(reduced(p, q))
			if !ok {
				r.Fatal(p, q)
			}
			rows = append(rows, RankRow{Unit: inspection.Unit{Code: fmt.Sprint(i)}, total: x, known: true, Value: c.Engine.FormatTotal(x, 2)})
		}
		order(rows)
		d := &Desk{compiled: map[string]*inspection.Compiled{c.Hash: c}}
		d.places(rows, c.Hash)
		for i := 1; i < len(rows); i++ {
			a, b := rows[i-1], rows[i]
			tie := a.total.Cmp(b.total) == 0
			if tie != (a.Value == b.Value) || tie != (a.Rank == b.Rank) {
				r.Fatalf("%s (%d) and %s (%d), tie %t", a.Value, a.Rank, b.Value, b.Rank, tie)
			}
			if !tie && padded(a.Value) < padded(b.Value) {
				r.Fatalf("%s stands above %s", a.Value, b.Value)
			}
		}
	})
}

func reduced(p, q int64) string {
	a, b := p, q
	for b != 0 {
		a, b = b, a%b
	}
	if q/a == 1 {
		return fmt.Sprint(p / a)
	}
	return fmt.Sprintf("%d/%d", p/a, q/a)
}

// padded compares decimals of one whole part as texts.
func padded(s string) string {
	whole, frac, _ := strings.Cut(s, ".")
	return fmt.Sprintf("%4s.%-12s", whole, frac)
}
