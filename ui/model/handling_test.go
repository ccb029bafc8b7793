package model

import (
	"slices"
	"strings"
	"testing"

	"xunping/desk"
	"xunping/inspection"
)

func afterResults() *Handling {
	unit := func(code string) inspection.Unit { return inspection.Unit{Code: code, Name: "单位" + code} }
	act := func(u string) *inspection.Act { return &inspection.Act{Case: inspection.CaseKey{Unit: u}} }
	h := &Handling{Today: "2019-09-10", Limit: desk.ObjectionLimit{Days: 5}, Services: map[string]desk.Service{
		"ha1": {Hash: "s1", Record: "ha1", Served: "2019-08-20", Until: "2019-08-27", Act: act("a")},
		"ha":  {Hash: "s2", Record: "ha", Served: "2019-08-27", Until: "2019-09-03", Act: act("a")},
		"hb":  {Hash: "s3", Record: "hb", Served: "2019-09-09", Until: "2019-09-17", Act: act("b")}}}
	h.Results = []desk.RankRow{{Unit: unit("a"), Hash: "ha", Value: "90.00"}, {Unit: unit("b"), Hash: "hb", Value: "80.00"},
		{Unit: unit("c"), Hash: "hc", Value: "70.00", Provisional: []inspection.Reason{inspection.AwaitsApproval}}, {Unit: unit("d"), Value: "—"}}
	h.Objections = []desk.Objection{{Hash: "o", Unit: unit("a"), Act: act("a"), State: desk.ObjectionOpen, Claims: []desk.Claim{{Indicator: "A2", Claim: "6"}}}}
	h.Returns = []desk.Return{{Hash: "r", Unit: unit("b"), Act: &inspection.Act{Items: map[string]inspection.ActItem{"B1": {Text: "照片不清", Until: "2019-09-05"}}}}}
	h.Items = []desk.RectifyItem{{Notice: "n", Unit: unit("c"), Indicator: "A2", Finding: inspection.Finding{ID: "f1", Note: "未迁移"}, Due: "2019-09-30", State: desk.RectifyOpen},
		{Notice: "n", Unit: unit("c"), Indicator: "B1", Finding: inspection.Finding{ID: "f2"}, Due: "2019-09-05", State: desk.RectifyAnswered},
		{Notice: "n", Unit: unit("c"), Indicator: "C1", Finding: inspection.Finding{ID: "f3"}, Due: "2019-09-05", State: desk.RectifyDone}}
	h.Open = []desk.OpenWork{{Kind: inspection.ActRectify, Unit: unit("c"), Act: "n", Item: "B1/f2", Until: "2019-09-05", Over: true}, {Kind: inspection.ActObjection, Unit: unit("a"), Act: "o"}}
	return h
}

// A sheet is as far as its last service says; what waits is marked, and a result
// that somebody must approve is among the open work.
func TestHandlingTables(t *testing.T) {
	h := afterResults()
	_, words := h.HandleViews()
	if got := strings.Join(words, " "); got != "未办结（3） 送达与异议（3） 退回（1） 整改台账（3） 线索（0）" {
		t.Errorf("the views are %s", got)
	}
	if x, ok := h.Service("a"); !ok || x.Served != "2019-08-27" {
		t.Errorf("the last service is %+v", x)
	}
	if u := h.Unserved(); len(u) != 1 || u[0].Unit.Code != "c" {
		t.Errorf("not served: %+v", u)
	}
	var first []string
	for _, l := range h.Table(HandleServed).Shown() {
		first = append(first, l.Cells[0])
	}
	if got := strings.Join(first, " "); got != "≠ 有异议 ◐ 异议期内 ○ 未登记送达" {
		t.Errorf("the sheets are %s", got)
	}
	h.Limit.Days = 0
	if l := h.Table(HandleServed).Shown()[1]; l.Cells[0] != "● 已送达" || !strings.Contains(h.LimitWords(), "没有设") {
		t.Errorf("without a limit: %v, %s", l.Cells, h.LimitWords())
	}
	lines := h.Table(HandleOpen).Shown()
	if len(lines) != 3 || lines[0].Accent != roleLost || !strings.Contains(lines[0].Cells[4], "逾期") || h.Matter(lines[2]).Kind != MatterApproval {
		t.Errorf("the open work is %+v", lines)
	}
	if m := h.Matter(lines[0]); h.Item(m.ID) == nil || h.Item(m.ID).Indicator != "B1" || h.Line(m) != 0 {
		t.Errorf("the first line is about %+v", m)
	}
}

// What can be done about a matter follows from where it stands.
func TestDeeds(t *testing.T) {
	h := afterResults()
	deeds := func(m Matter) (About, string) {
		t.Helper()
		a, ok := h.About(m)
		if !ok {
			t.Fatalf("nothing is known of %+v", m)
		}
		var out []string
		for _, d := range a.Deeds {
			out = append(out, string(d))
		}
		return a, strings.Join(out, " ")
	}
	h.Table(HandleRectify)
	for i, want := range []string{"form read answer recheck extend paper pack timeline", "recheck form read answer paper pack timeline", "paper pack timeline"} {
		if a, got := deeds(h.Matter(Line{Place: i})); got != want || a.Waits != (i < 2) {
			t.Errorf("item %d: %s, waits %v", i, got, a.Waits)
		}
	}
	objection := Matter{MatterObjection, "o", "a"}
	if a, got := deeds(objection); got != "rule pack timeline" || !a.Waits {
		t.Errorf("an open objection: %s", got)
	}
	h.Objections[0].Ruling = &desk.Ruling{Act: &inspection.Act{Decision: inspection.Partly, Files: []string{"f"}}, Changes: []string{"A2"}}
	h.Objections[0].State = desk.ObjectionChange
	if _, got := deeds(objection); got != "revise rule paper scans pack timeline" {
		t.Errorf("a ruling that changes the score: %s", got)
	}
	h.Objections[0].Ruling.Fault = "他检查过"
	if a, got := deeds(objection); got != "rule scans pack timeline" || !slices.ContainsFunc(a.Facts, func(f Fact) bool { return f.Accent == roleLost }) {
		t.Errorf("a ruling that cannot stand: %s, %+v", got, a.Facts)
	}
	if _, got := deeds(Matter{MatterApproval, "hc", "c"}); !strings.HasPrefix(got, "approve serve") {
		t.Errorf("a result that waits: %s", got)
	}
	if _, ok := h.About(Matter{MatterReturn, "gone", "b"}); ok {
		t.Error("what is not there is known")
	}
}

// Items are what was ticked; a day must be one, and nothing ticked says nothing.
func TestItemForm(t *testing.T) {
	f := &ItemForm{Until: "何时", Rows: []ItemRow{{Key: "A1", Head: "A1 网络"}, {Key: "A2", Head: "A2 上云", Text: " 不清 "}}}
	if _, err := f.Items(); err == nil {
		t.Error("nothing was ticked, and it was taken")
	}
	f.Rows[1].Chosen = true
	f.Fill("2019年9月5日")
	items, err := f.Items()
	if err != nil || len(items) != 1 || items["A2"].Until != "2019-09-05" || items["A2"].Text != "不清" {
		t.Errorf("%+v, %v", items, err)
	}
	f.Rows[1].Until = "过几天"
	if _, err := f.Items(); err == nil || !strings.Contains(err.Error(), "A2 上云") {
		t.Errorf("a day that is none: %v", err)
	}
}

// A notice asks of what the unit itself lost points for, nothing else; objection and
// return begin with that and offer all indicators.
func TestFormsOfARecord(t *testing.T) {
	c := builtin(t)
	rec := &inspection.Record{Unit: inspection.Unit{Code: "450100"}, Entries: map[string]inspection.Entry{
		"B1": {Findings: []inspection.Finding{{ID: "f1", Note: "目录不全"}, {ID: "f2", Responsible: "D001"}}},
		"D1": {Findings: []inspection.Finding{{ID: "f1", Note: "加分"}}}}}
	n := NoticeForm(rec, c)
	if len(n.Rows) != 1 || n.Rows[0].Key != "B1/f1" || !n.Rows[0].Chosen || !strings.Contains(n.Rows[0].Says, "目录不全") {
		t.Errorf("the notice is about %+v", n.Rows)
	}
	o := ObjectionForm(rec, c)
	if len(o.Rows) != c.Engine.Len() || o.Rows[0].Key != "B1" || o.Rows[1].Key != "D1" || o.Rows[2].Key != "A1" || o.Rows[0].Chosen {
		t.Errorf("the objection offers %d rows, first %+v", len(o.Rows), o.Rows[:3])
	}
	l := ListForm(c, []string{"黑榜"})
	for _, r := range l.Rows {
		if (r.Key == "黑榜") != (r.Claim == desk.ListRemove) {
			t.Errorf("list %+v", r)
		}
	}
	items := afterResults().Items
	if r := RecheckForm(items, "B1/f2", nil); len(r.Rows) != 2 || r.Rows[0].Chosen || !r.Rows[1].Chosen || len(r.Words) != len(r.Claims) {
		t.Errorf("the recheck is of %+v", r.Rows)
	}
}

func TestTimelineTable(t *testing.T) {
	m := NewTimeline([]desk.Event{{At: "2019-08-09T17:40:00+08:00", Kind: "record", Word: "评分表", File: "/a/b/450100.pdf"},
		{At: "2019-08-27T09:00:00+08:00", Kind: "receipt", Word: "送达", Files: []string{"x", "y"}}, {Kind: "ruling", Word: "复核裁定", Standing: inspection.ReasonRole}})
	lines := m.Table().Shown()
	if lines[0].Cells[5] != "450100.pdf" || lines[1].Cells[5] != "附件 2 个" || lines[2].Accent != roleWaiting || m.Event(lines[1]).Word != "送达" {
		t.Errorf("%+v", lines)
	}
	if f := m.Facts(m.Event(lines[2])); f[len(f)-1].Accent != roleWaiting {
		t.Errorf("what does not count says %+v", f)
	}
}
