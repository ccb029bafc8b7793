package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// said is the text of a document without spaces, as pdftotext reads it.
func said(t *testing.T, l *Layout) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	must(t, os.WriteFile(file, l.PDF, 0o600))
	if keep := os.Getenv("XUNPING_KEEP"); keep != "" {
		must(t, os.WriteFile(filepath.Join(keep, t.Name()+".pdf"), l.PDF, 0o600))
	}
	return strings.Join(strings.Fields(tool(t, "pdftotext", "-layout", file, "-")), "")
}

func expectSaid(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, strings.ReplaceAll(w, " ", "")) {
			t.Errorf("the pages do not say %q", w)
		}
	}
}

// The unit signs facts: no points, total, grade or list may stand on the sheet,
// and every page has its own line for signatures.
func TestFactSheetHasFactsAndNoPoints(t *testing.T) {
	c := sample(t)
	e := c.Record.Entries["A2"]
	m := e.Measures["A2-m1"]
	m.Items = []inspection.Item{{Code: "s1", Name: "人事系统", Level: "市级", State: "open"}, {Code: "s2", Name: "财务系统", State: "done"}}
	e.Measures["A2-m1"] = m
	c.Record.Entries["A2"] = e
	c.UnitName = func(code string) string { return "自治区某厅" + code }
	l, err := DrawFactSheet(c)
	must(t, err)
	got := said(t, l)
	expectSaid(t, got, "（责任单位自治区某厅D001）")
	expectSaid(t, got, "现场检查记录", "检查员甲、检查员乙", "J001、J002", "三个系统没有提", "未完成：人事系统（市级）", "10／15", "南数函〔2019〕12号", "属实（）", "8f14e45fceea167a", "佐证清单")
	for _, never := range []string{"总分", "红榜", "黑榜", "扣分−", "−3", "非常高", "怎么算的", "25/23", "分值1"} {
		if strings.Contains(got, never) {
			t.Errorf("the sheet of facts says %q", never)
		}
	}
	if lines := strings.Count(got, "被检查单位（签名）"); lines != l.Pages {
		t.Errorf("%d signing lines on %d pages", lines, l.Pages)
	}
	if len(l.Fields) != 0 {
		t.Error("the sheet of facts has fields for electronic signatures")
	}
}

func TestNoticeListsEveryMaterial(t *testing.T) {
	c := sample(t)
	l, err := DrawNotice(Notice{Round: c.Record.Round, Unit: c.Record.Unit, Rubric: c.Rubric, Visit: c.Record.Visit, People: c.Record.People,
		Contact: "联系人甲 0771-1111111", Issuer: "自治区大数据发展局", Date: "2019年8月1日", When: day})
	must(t, err)
	got := said(t, l)
	want := []string{"检查通知", "南宁市：", "2019-08-06 09:00 至 2019-08-06 17:30", "检查员甲（J001）", "联系人甲", "材料清单", "不得录入涉密信息"}
	rows := 0
	for i := range c.Rubric.Engine.Len() {
		for _, m := range c.Rubric.Engine.Indicator(i).Materials {
			rows++
			want = append(want, m.Title[:12]) // four characters: a name may be broken over lines
		}
	}
	if rows == 0 {
		t.Fatal("the rubric lists no materials: nothing is tested")
	}
	expectSaid(t, got, want...)
	// What is not known yet is left for the pen, never made up.
	l, err = DrawNotice(Notice{Round: c.Record.Round, Unit: c.Record.Unit, Rubric: c.Rubric, When: day})
	must(t, err)
	expectSaid(t, said(t, l), "检查地点：＿＿＿＿＿＿")
}

// A correction says what it replaces and marks the rows that changed.
func TestCorrectionIsMarked(t *testing.T) {
	c := sample(t)
	c.Record.Revision, c.Record.Parents = 2, []string{strings.Repeat("ab", 32)}
	c.Record.Reasons = map[string]string{"A2": "扣 5 → 扣 3，复核后更正"}
	l, err := DrawScorecard(c)
	must(t, err)
	got := said(t, l)
	expectSaid(t, got, "第 2 版，替代第 1 版", "abababababababab", "▲ A2", "▲ 更正：扣 5 → 扣 3，复核后更正")
	if strings.Contains(got, "▲A3") {
		t.Error("a row that did not change is marked")
	}
	for _, state := range []scoring.State{scoring.Absent, scoring.Unchecked} { // why a row is not scored any more is said, too
		x := sample(t)
		x.Record.Revision, x.Record.Parents = 2, []string{strings.Repeat("ab", 32)}
		e := inspection.Entry{State: state, Note: "没有自建系统"}
		if state == scoring.Absent {
			e.Absence = &inspection.Absence{Reason: "无此业务"}
		}
		x.Record.Entries["A2"], x.Record.Reasons = e, map[string]string{"A2": "扣 5 → 不检查，核实后更正"}
		x.Result = x.Record.Score(x.Rubric)
		l, err := DrawScorecard(x)
		must(t, err)
		expectSaid(t, said(t, l), "▲ A2", "▲ 更正：扣 5 → 不检查，核实后更正", "没有自建系统")
	}
	c.Record.Parents = append(c.Record.Parents, strings.Repeat("cd", 32))
	l, err = DrawScorecard(c)
	must(t, err)
	expectSaid(t, said(t, l), "由大数据主管部门裁定", "cdcdcdcdcdcdcdcd")
}
