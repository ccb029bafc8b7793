package model

import (
	"strings"
	"testing"

	"xunping/assets/rubrics"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

func builtin(t *testing.T) *inspection.Compiled {
	t.Helper()
	b, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(b.JSON)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestUnitsFilter(t *testing.T) {
	u := NewUnits([]desk.UnitRow{
		{Unit: inspection.Unit{Code: "450100", Name: "南宁市", Kind: "city"}, Initials: "nns", State: desk.Signed},
		{Unit: inspection.Unit{Code: "D001", Name: "民政厅", Kind: "department"}, Initials: "mzt", State: desk.NotStarted}})
	for text, want := range map[string]int{"": 2, "nns": 1, "南宁": 1, "d0": 1, "xx": 0} {
		if u.Text = text; len(u.Shown()) != want {
			t.Errorf("%q shows %d units", text, len(u.Shown()))
		}
	}
	u.Text, u.Kind = "", "department"
	if got := u.Shown(); len(got) != 1 || got[0].Unit.Code != "D001" {
		t.Errorf("kind filter shows %v", got)
	}
	if done, all := u.Progress(); done != 1 || all != 2 {
		t.Errorf("progress %d/%d", done, all)
	}
}

func TestWalkGoesThroughEveryIndicator(t *testing.T) {
	c := builtin(t)
	w := NewWalk(c.Rubric)
	if w.Code() != "A1" {
		t.Errorf("begins at %s", w.Code())
	}
	w.Step(-1)
	seen := []string{w.Code()}
	for range 30 {
		before := w.Code()
		if w.Step(1); w.Code() != before {
			seen = append(seen, w.Code())
		}
	}
	if len(seen) != 22 || seen[21] != "E2" {
		t.Errorf("went through %v", seen)
	}
	r := &inspection.Record{Entries: map[string]inspection.Entry{}}
	for _, code := range seen {
		if code != "B3" {
			r.Entries[code] = inspection.Entry{State: scoring.Checked}
		}
	}
	if !w.NextUnchecked(r) || w.Code() != "B3" {
		t.Errorf("next unchecked is %s", w.Code())
	}
	if !w.Find("电子证照应用") || w.Code() != "C1" || w.Find("没有这个") {
		t.Errorf("find goes to %s", w.Code())
	}
}

func TestScorePanel(t *testing.T) {
	c := builtin(t)
	r := &inspection.Record{Unit: inspection.Unit{Code: "450100", Kind: "city"}, Entries: map[string]inspection.Entry{
		"A1": {State: scoring.Absent}, "A2": {State: scoring.Checked, Findings: []inspection.Finding{{ID: "f", Rule: "A2-1", Points: 2 * scoring.One}}}}}
	s := NewScore(r.Score(c), c)
	// M = 92, X = 90 · 100/92 = 97.826…
	if s.Total != "97.83" || s.Missing != 20 || s.List != "红榜" || s.Groups[0].Words != "−2" {
		t.Errorf("%+v", s)
	}
	if words, role := RowPoints(r.Score(c), r, c, "A2"); words != "−2" || role != "lost" {
		t.Errorf("row shows %q %q", words, role)
	}
}

func TestStagingTotalsAddUp(t *testing.T) {
	s := NewStaging(&desk.MergeReport{Files: 3, Merged: 1, Refused: 2, Results: []desk.FileOutcome{{File: "/x/a.pdf", Outcome: desk.Merged, Before: "62.00", BeforeRank: 4, AfterRank: 6,
		BandMoved: [2]string{"低", "中"}, ListsMoved: [2]string{"黑榜", ""}}}})
	if row := s.Rows()[0]; row.File != "a.pdf" || row.Move != "4 → 6" {
		t.Errorf("row %+v", row)
	} else if said := strings.Join(row.Details(), "\n"); !strings.Contains(said, "等级 低 → 中　榜单 黑榜 → —") {
		t.Errorf("the details say %q", said)
	}
	if !strings.Contains(s.Totals(), "3 个 = 并入 1 + 相同 0 + 冲突 0 + 隔离 0 + 拒收 2") {
		t.Errorf("totals %q", s.Totals())
	}
}

// A file is told by where it lies, whatever characters its path has; what was
// left out stays out when more comes, and what was not written remains.
func TestStagingKnowsFilesByTheirPlace(t *testing.T) {
	a, b := desk.FileOutcome{File: "/u!盘/a.zip!x.pdf", Source: "/u!盘/a.zip", Outcome: desk.Merged}, desk.FileOutcome{File: "/u!盘/b.pdf", Source: "/u!盘/b.pdf", Outcome: desk.Merged}
	s := NewStaging(&desk.MergeReport{Files: 3, Merged: 3, Results: []desk.FileOutcome{a, a, b}})
	s.Want(a.Source, false)
	if paths, all := s.Wanted(); all || len(paths) != 1 || paths[0] != b.Source {
		t.Errorf("wanted %v", paths)
	}
	more := NewStaging(&desk.MergeReport{Results: []desk.FileOutcome{a, b, {File: "/c.pdf", Source: "/c.pdf"}}})
	more.Keep(s)
	if paths, _ := more.Wanted(); len(paths) != 2 || paths[1] != "/c.pdf" {
		t.Errorf("after more came %v are wanted", paths)
	}
	if rest := more.Rest(&desk.MergeReport{Results: []desk.FileOutcome{b}}); len(rest) != 2 || rest[0] != a.Source {
		t.Errorf("the rest is %v", rest)
	}
}

// Who signed a file stands in its row, with what the roster holds against them;
// all signatures, the kind of an act and what may be done stand below.
func TestStagingSaysByWhom(t *testing.T) {
	signed := []desk.VerifySignature{{Field: "inspector", Name: "甲", Number: "J1", Standing: "valid"}, {Field: "coinspector", Name: "乙", Number: "J2", Standing: "unknown"}}
	s := NewStaging(&desk.MergeReport{Results: []desk.FileOutcome{
		{Outcome: desk.Merged, Round: "2019-08", Revision: 2, Signers: signed},
		{Outcome: desk.Merged, Round: "2019-08", ActKind: inspection.ActLetter},
		{Outcome: desk.Refused, Acceptable: true, Reason: "文件改过"}}})
	rows := s.Rows()
	if rows[0].By != "甲、乙（签名人不在名册里）" || !strings.Contains(strings.Join(rows[0].Details(), "\n"), "签名：甲 J1（检查员），有效") {
		t.Errorf("signed: %+v", rows[0])
	}
	if rows[1].Revision != "行文登记" || !strings.Contains(rows[2].Reason, "只有数据签名成立") {
		t.Errorf("act %+v, refused %+v", rows[1], rows[2])
	}
	if shown := s.Table().Shown(); len(shown) != 3 || shown[0].Cells[3] != "2019-08" {
		t.Errorf("the table is %+v", shown)
	}
}

func TestFieldsSayWhatIsWrong(t *testing.T) {
	for _, bad := range []string{"x", "-1", "1.23456", "0"} {
		if _, err := Points(bad); err == nil {
			t.Errorf("%q is taken as points", bad)
		}
	}
	if _, err := InRange("3", scoring.One, 2*scoring.One); err == nil {
		t.Error("3 lies in 1–2")
	}
	if Date("2019-02-30") == nil || Date("2019-08-31") != nil || Date("") != nil {
		t.Error("dates are wrong")
	}
	if d, err := Count(""); d != nil || err != nil {
		t.Error("an empty count is missing, not wrong")
	}
	if stamp, err := Stamp("2019-08-06 09:00"); err != nil || Clock(stamp) != "2019-08-06 09:00" {
		t.Errorf("time came back as %s", Clock(stamp))
	}
}

// The keys offered first are those of the record's inspectors.
func TestSignersAreTheInspectors(t *testing.T) {
	keys := []desk.KeyInfo{{Number: "J3", SPKI: "c"}, {Number: "J2", SPKI: "b"}, {Number: "J1", SPKI: "a"}}
	team := []inspection.Person{{Number: "J1"}, {Number: "J2"}}
	for _, x := range []struct {
		team          []inspection.Person
		last          string
		first, second int
	}{{team, "", 2, 1}, {team, "b", 1, 2}, {team, "c", 2, 1}, {team[:1], "c", 2, -1}, {nil, "c", 0, -1}} {
		if a, b := Signers(keys, x.team, x.last); a != x.first || b != x.second {
			t.Errorf("%v last %q gives %d, %d", x.team, x.last, a, b)
		}
	}
}
