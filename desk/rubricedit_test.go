package desk

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

func editorOf(t *testing.T) (*Desk, *RubricEditor, *inspection.Compiled) {
	t.Helper()
	d, err := Create(filepath.Join(t.TempDir(), "w.xpb"), CreateOptions{})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	b, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(b.JSON)
	must(t, err)
	e, err := d.NewRubricDraft(c)
	must(t, err)
	return d, e, c
}

// lineOf is where the line of a type and a code stands.
func lineOf(t *testing.T, e *RubricEditor, kind, code string) int {
	t.Helper()
	for _, l := range e.Lines() {
		if l.Type == kind && l.Cells["代码"] == code {
			return l.At
		}
	}
	t.Fatal("no line ", kind, code)
	return 0
}

// A draft that nobody changed has the content of its origin; a change shows at
// once what it breaks, undo mends it, also after the workbook was opened again.
func TestRubricDraftIsCheckedAndUndone(t *testing.T) {
	d, e, c := editorOf(t)
	if got, err := e.Compiled(); err != nil || got.Rubric.Version == c.Rubric.Version || len(e.Problems()) > 0 {
		t.Fatal(err, e.Problems())
	}
	at := lineOf(t, e, lineIndicator, "A1")
	for _, typed := range []string{"1", "10"} {
		must(t, e.Set(false, at, "分值", typed))
	}
	must(t, e.Flush())
	part := lineOf(t, e, linePart, "X")
	if e.LineProblems(false, part)["分值"] == "" || e.Sums()[0].Sum == e.Sums()[0].Full {
		t.Fatal("a wrong sum is not seen", e.Problems())
	}
	if _, err := e.Publish(RubricRelease{Version: "9"}); err == nil {
		t.Fatal("published with a wrong sum")
	}
	again, err := d.EditRubric(e.ID())
	must(t, err)
	must(t, again.Undo())
	if len(again.Problems()) > 0 || again.Lines()[at].Cells["分值"] != c.Rubric.Parts[0].Groups[0].Indicators[0].Points.String() {
		t.Fatal("one undo does not take the typing back", again.Problems(), again.Lines()[at].Cells)
	}
	must(t, again.Redo())
	if again.Lines()[at].Cells["分值"] != "10" || again.NextRedo() != "" {
		t.Fatal("redo", again.Lines()[at].Cells)
	}
}

// What is added lies where it belongs, and a line moves and goes with all that
// is below it.
func TestRubricDraftAddsMovesAndRemoves(t *testing.T) {
	_, e, _ := editorOf(t)
	a1 := lineOf(t, e, lineIndicator, "A1")
	n := len(e.Lines())
	at, err := e.Add(a1, lineRule)
	must(t, err)
	if l := e.Lines(); l[at].Type != lineRule || l[at-1].Type != lineRule || l[at+1].Type == lineRule {
		t.Error("the rule does not stand after the rules of A1")
	}
	at, err = e.Add(at, lineIndicator)
	must(t, err)
	if l := e.Lines()[at]; l.Cells["代码"] == "A1" || l.Depth != 2 {
		t.Error("the new indicator", l, e.Problems())
	}
	must(t, e.Remove(at))
	if to, err := e.Move(a1, 1); err != nil || e.Lines()[a1].Cells["代码"] != "A2" || e.Lines()[to].Cells["代码"] != "A1" {
		t.Error("A1 does not stand behind A2", err)
	}
	must(t, e.Undo())
	must(t, e.Remove(a1))
	if slices.ContainsFunc(e.Lines(), func(l RubricLine) bool { return strings.HasPrefix(l.Cells["代码"], "A1-") }) {
		t.Error("rules of A1 are left")
	}
	for range 4 {
		must(t, e.Undo())
	}
	if len(e.Lines()) != n || len(e.Problems()) > 0 {
		t.Error("undo does not bring all back", len(e.Lines()), n, e.Problems())
	}
}

// Grades, lists, terms and notes are added, moved and taken out, and undone; the
// settings stay.
func TestLinesBesideTheSettings(t *testing.T) {
	_, e, _ := editorOf(t)
	types := func() (out []string) {
		for _, l := range e.Settings() {
			out = append(out, l.Type+l.Cells["名称"]+l.Cells["内容"])
		}
		return out
	}
	before := types()
	at := slices.IndexFunc(e.Settings(), func(l RubricLine) bool { return l.Type == lineBand })
	to, err := e.AddSetting(at, lineBand)
	must(t, err)
	must(t, e.Set(true, to, "名称", "特别高"))
	must(t, e.Set(true, to, "值", "100"))
	if len(e.Problems()) == 0 {
		t.Error("a grade above the one before it is right")
	}
	if to, err = e.MoveSetting(to, -1); err != nil || to != at || len(e.Problems()) != 0 {
		t.Errorf("moved to %d: %v %v", to, err, e.Problems())
	}
	for _, kind := range SettingAdds() {
		to, err := e.AddSetting(0, kind)
		must(t, err)
		if l := e.Settings()[to]; l.Type != kind || to == 0 || to+1 < len(e.Settings()) && e.Settings()[to+1].Type == kind {
			t.Errorf("%s stands at %d", kind, to)
		}
		must(t, e.RemoveSetting(to))
	}
	must(t, e.RemoveSetting(0))
	if to, err := e.MoveSetting(1, -1); err != nil || to != 1 {
		t.Error("a setting moved")
	}
	if _, err := e.AddSetting(0, lineRule); err == nil {
		t.Error("a rule among the settings")
	}
	c, err := e.Compiled()
	must(t, err)
	if c.Rubric.Bands[0].Name != "特别高" {
		t.Errorf("grades %+v", c.Rubric.Bands)
	}
	for e.NextUndo() != "" {
		must(t, e.Undo())
	}
	if now := types(); !slices.Equal(now, before) {
		t.Errorf("undone there are %v, were %v", now, before)
	}
}

// Points become official only by a document, a version is published once, and
// the kept cases must hold.
func TestRubricIsPublished(t *testing.T) {
	d, e, c := editorOf(t)
	if err := e.Set(true, slices.IndexFunc(e.Settings(), func(l RubricLine) bool { return l.Cells["代码"] == "points_status" }), "值", "正式"); err == nil {
		t.Error("official by a word")
	}
	if _, err := e.Publish(RubricRelease{Version: "2", Points: true}); err == nil {
		t.Error("official without a document")
	}
	if _, err := e.Publish(RubricRelease{Version: "2", From: "2020-02-01", To: "2020-01-01"}); err == nil {
		t.Error("ends before it begins")
	}
	_, err := d.KeepCase(e.ID(), c, "缺A1", "A1 缺项 文1 2019-07-01\nA2-2 3", "1")
	must(t, err)
	if _, err := e.Publish(RubricRelease{Version: "2"}); err == nil || !strings.Contains(err.Error(), "缺A1") {
		t.Error("published against a case:", err)
	}
	run, err := d.KeepCase(e.ID(), c, "缺A1", "A1 缺项 文1 2019-07-01\nA2-2 3", "")
	must(t, err)
	if run.Differs != "" {
		t.Error(run.Differs)
	}
	p, err := e.Publish(RubricRelease{Version: "2", Document: "桂数发〔2020〕1号", Points: true, Rules: true, From: "2020-01-01", To: "2020-12-31"})
	must(t, err)
	if p.Rubric.PointsStatus != scoring.Official || p.Rubric.Basis != "桂数发〔2020〕1号" || illustrative(p) {
		t.Error(p.Rubric.PointsStatus, p.Rubric.Basis)
	}
	if slices.ContainsFunc(p.Rubric.Notes, func(n string) bool { return strings.HasPrefix(n, "示例") }) {
		t.Error("official and says that it is illustrative")
	}
	w, _ := rubrics.Get("zfwz-2019")
	marked, err := inspection.Compile(w.JSON)
	must(t, err)
	for _, points := range []bool{true, false} {
		if _, err := d.PublishRubric(marked, RubricRelease{Version: "2", Document: "文1", Points: points, Rules: true}); err == nil || !strings.Contains(err.Error(), "示例") {
			t.Error("cases marked as illustrative became official:", err)
		}
	}
	other := *p.Rubric
	other.Version = "3"
	b, err := rubricBytes(&other)
	must(t, err)
	file := filepath.Join(t.TempDir(), "r.json")
	must(t, WriteFile(file, b))
	if _, err := d.NewRound(RoundPlan{Code: "2020-01", Rubric: file}); err == nil {
		t.Error("a round on a file that calls itself official")
	}
	if r, err := d.NewRound(RoundPlan{Code: "2020-01", Rubric: p.Hash}); err != nil || r.Trial {
		t.Error("no round on the published rubric", err)
	}
	if left, err := d.RubricDrafts(); err != nil || len(left) != 0 {
		t.Error("the draft is still there", err)
	}
	if _, err := d.PublishRubric(c, RubricRelease{Version: "2"}); err == nil {
		t.Error("version 2 twice")
	}
	lines, err := d.Log(1)
	must(t, err)
	if !strings.Contains(lines[0].Line, p.Hash) || !strings.Contains(lines[0].Line, "桂数发〔2020〕1号") {
		t.Error("the log says", lines[0].Line)
	}
	must(t, d.ArchiveRubric(c.Hash, true))
	list, err := d.Rubrics()
	must(t, err)
	for _, r := range list {
		if r.Archived != (r.Hash == c.Hash) {
			t.Error(r.Version, "archived:", r.Archived)
		}
	}
	if _, err := d.Compiled(c.Hash); err != nil {
		t.Error("the archived rubric is gone:", err)
	}
	if _, err := d.NewRound(RoundPlan{Code: "2020-02", Rubric: c.Hash}); err == nil || !strings.Contains(err.Error(), "已归档") {
		t.Error("a round on an archived rubric:", err)
	}
	must(t, d.ArchiveRubric(p.Hash, true))
	if _, err := d.NewRound(RoundPlan{Code: "2020-03"}); err == nil || !strings.Contains(err.Error(), "已归档") {
		t.Error("a round copied from one on an archived rubric:", err)
	}
}

// What means nothing in a case is not passed over.
func TestCasesRefuseWhatMeansNothing(t *testing.T) {
	d, e, c := editorOf(t)
	for _, text := range []string{"单位 县", "单位", "期限 X 2019-01-01", "期限 A1-m1 2019-01-01", "A1-1 3", "A2-2 3 个", "A1 已检查 了", "其余 未检查 吗"} {
		if _, err := ReadCase(c, text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	for _, text := range []string{"单位 市", "单位 city", "期限 D5-m2 2019-09-30", "A1-1", "A2-2 3", "A1 缺项 文1 2019-07-01", "A5 另扣 2 第一条"} {
		if _, err := ReadCase(c, text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := d.KeepCase(e.ID(), c, "一", "A2-2 3", "九十"); err == nil {
		t.Error("a total that is no number is kept, and would stop every publication")
	}
}

// The old version's draft says which entries would hold under the new one.
func TestInspectionDraftsCarryOver(t *testing.T) {
	d, e, c := editorOf(t)
	must(t, d.PutRound(RoundInfo{Round: inspection.Round{Code: "2019-08", Title: "8月", Trial: true, Signers: 1}, RubricHash: c.Hash, Units: []string{"450100"}}))
	in, err := d.Inspect("2019-08", "450100")
	must(t, err)
	must(t, in.SetState("A1", scoring.Checked))
	must(t, in.SetState("A2", scoring.Checked))
	must(t, e.Set(false, lineOf(t, e, lineRule, "A1-1"), "名称", "换了说法"))
	p, err := e.Publish(RubricRelease{Version: "2"})
	must(t, err)
	list, err := d.CarryOver(p)
	must(t, err)
	if len(list) != 1 || !slices.Equal(list[0].Again, []string{"A1"}) || !slices.Equal(list[0].Carries, []string{"A2"}) {
		t.Error(list)
	}
	uses, err := d.RubricUses()
	must(t, err)
	if !slices.Equal(uses[c.Hash], []string{"2019-08"}) || len(uses[p.Hash]) != 0 {
		t.Error(uses)
	}
}

// A filled-in form becomes the draft's content, wrong as it may be.
func TestRubricDraftTakesAForm(t *testing.T) {
	_, e, c := editorOf(t)
	path := filepath.Join(t.TempDir(), "r.xlsx")
	must(t, SaveRubricBook(path, c))
	_, err := e.Take(path)
	must(t, err)
	if got, err := e.Compiled(); err != nil || !bytes.Equal(got.JSON, c.JSON) {
		t.Error("not the rubric of the form", err)
	}
	must(t, e.Undo())
}

// What a case writes is what an inspector would enter.
func TestCasesAreRead(t *testing.T) {
	b, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(b.JSON)
	must(t, err)
	for _, wrong := range []string{"Z9 缺项", "A1 也许", "A2-m1 五/六", "其余 缺项", "期限 D5-m2 明天", "A2-2 三", "C1 缺项 文1 2019-07-01", "{"} {
		if _, err := ReadCase(c, wrong); err == nil {
			t.Error("taken:", wrong)
		}
	}
	r, err := ReadCase(c, "单位 设区市 # 南宁\n\nA3 缺项 文1 2019-07-01\nA2-1\nA2-2 3\nA2-m1 10／15\nA5 另扣 1.5 第二条\n其余 未检查")
	must(t, err)
	a2 := r.Entries["A2"]
	if r.Unit.Kind != "city" || r.Entries["A3"].State != scoring.Absent || len(a2.Findings) != 2 || a2.Measures["A2-m1"].Total == nil || r.Entries["B1"].State != scoring.Unchecked || r.Entries["A5"].State != scoring.Checked {
		t.Errorf("%+v", r.Entries)
	}
}

func TestRecheckFindsNothingInADemonstration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	_, err := Demo(context.Background(), DemoOptions{Dir: dir, Units: 3, Rounds: 1}, nil)
	must(t, err)
	d, err := Open(filepath.Join(dir, "bureau.xpb"))
	must(t, err)
	defer d.Close()
	r, err := d.RecheckResults(context.Background(), nil)
	if err != nil || r.Records < 3 || len(r.Differences) > 0 {
		t.Fatal(r, err)
	}
	err = d.wb.EachRecord(context.Background(), nilObject(func(b []byte) {
		i := bytes.Index(b, []byte(`"score":{"band":"`)) + len(`"score":{"band":"`)
		b[i] ^= 1 // a sealed band that is not what the program computes
		if stored, now := d.recheck(objectOf(t, d, b), b); stored == now {
			t.Error("a wrong score is not seen")
		}
	}))
	must(t, err)
}

func nilObject(do func([]byte)) func(store.Object, []byte) error {
	return func(_ store.Object, b []byte) error { do(bytes.Clone(b)); return nil }
}

func objectOf(t *testing.T, d *Desk, b []byte) store.Object {
	t.Helper()
	r, err := inspection.ReadRecord(b)
	must(t, err)
	c, err := d.Compiled(r.Rubric.SHA256)
	must(t, err)
	return store.Object{Node: inspection.NewNode(r, "", c)}
}

// Units go to Excel and come back; codes stay, all errors are named by cell, and
// names that nearly agree are pointed out.
func TestUnitsByExcel(t *testing.T) {
	d, _, _ := editorOf(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "u.xlsx")
	must(t, d.WriteUnits(path))
	before, err := d.Units()
	must(t, err)
	r, err := d.ImportUnits(path)
	if err != nil || r.Same != len(before) || r.Added+r.Changed+len(r.Near) > 0 {
		t.Fatal(r, err)
	}
	near := filepath.Join(dir, "near.csv")
	must(t, WriteFile(near, []byte("代码,名称,电话\n999901,南宁市X,1\n450200,"+before[1].Name+",0772\n")))
	r, err = d.ImportUnits(near)
	if err != nil || r.Added != 1 || r.Changed > 1 || len(r.Near) > 1 {
		t.Fatal(r, err)
	}
	must(t, WriteFile(near, []byte("代码,名称\n999902,"+before[0].Name+"局\n")))
	if r, err = d.ImportUnits(near); err != nil || len(r.Near) == 0 || r.Near[0].Other != before[0].Code && r.Near[0].Code != before[0].Code {
		t.Error(r, err)
	}
	must(t, WriteFile(near, []byte("代码,名称,类别\n,甲,city\n1,乙,村\n2,丙,city\n2,,city\n")))
	_, err = d.ImportUnits(near)
	for _, cell := range []string{"A2", "C3", "A5", "B5"} {
		if err == nil || !strings.Contains(err.Error(), cell) {
			t.Error(cell, "is not named:", err)
		}
	}
}

// A table changes of a known unit only what it says, and what it says is told: another
// name may be another unit under an old code. It may come from any Excel.
func TestUnitTableTellsWhatItChanges(t *testing.T) {
	d, _, _ := editorOf(t)
	path := filepath.Join(t.TempDir(), "u.csv")
	take := func(text []byte) (ImportReport, error) {
		must(t, WriteFile(path, text))
		return d.ImportUnits(path)
	}
	kind := func(code string) string {
		list, err := d.Units()
		must(t, err)
		return list[slices.IndexFunc(list, func(u UnitInfo) bool { return u.Code == code })].Kind
	}
	r, err := take([]byte("代码,名称,类别,电话\n450200,柳州市,,0772\n"))
	if err != nil || kind("450200") != "city" || r.Changed != 1 || len(r.Renamed) != 0 {
		t.Errorf("a kind that is not said: %s %+v %v", kind("450200"), r, err)
	}
	r, err = take([]byte("代码,名称,类别\n450200,水利厅,部门\n"))
	if err != nil || len(r.Renamed) != 1 || r.Renamed[0].Was != "柳州市" || r.Renamed[0].Kind != "department" || !strings.Contains(r.Renamed[0].Words(), "柳州市（设区市）→ 水利厅（自治区部门）") {
		t.Errorf("another unit under a known code: %+v %v", r, err)
	}
	lines, err := d.Log(1)
	must(t, err)
	if !strings.Contains(lines[0].Line, "柳州市") {
		t.Error("the log says", lines[0].Line)
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte("代码,名称,类别\n900001,林业局,部门\n900002,统计厅,部门\n"))
	must(t, err)
	if r, err = take(gbk); err != nil || r.Added != 2 || len(r.Near) == 0 || d.unitNamed("900001").Name != "林业局" {
		t.Errorf("GBK: %+v %v", r, err)
	}
	for name, text := range map[string]string{"no text": "代码,名称\n1,\xff\xff\xff\n", "two columns": "代码,名称,名称\n9,甲,乙\n", "a number for a name": "代码,名称\n9,1\n"} {
		if _, err := take([]byte(text)); err == nil {
			t.Error(name, "is taken")
		}
	}
	for _, pair := range [][2]string{{"南宁", "南宁市"}, {"林业局", "林业厅"}, {"自治区统计局", "统计厅"}, {"自治区大数据发展局", "大数据发展厅"}} {
		list := []UnitInfo{{Unit: inspection.Unit{Code: "1", Name: pair[0]}}, {Unit: inspection.Unit{Code: "2", Name: pair[1]}}}
		if len(nearNames(list, map[string]bool{"2": true})) != 1 {
			t.Error(pair, "are not near")
		}
	}
	if near := nearNames([]UnitInfo{{Unit: inspection.Unit{Code: "1", Name: "财政厅"}}, {Unit: inspection.Unit{Code: "2", Name: "民政厅"}}}, map[string]bool{"2": true}); len(near) != 0 {
		t.Error("other departments are near:", near)
	}
}

// A draft has the next version and nothing of the document and the days of what it
// is a copy of, or last year's document would make new points official. Once it is
// published, its code does not name the rubric that comes with the program.
func TestADraftNamesNoOldDocument(t *testing.T) {
	d, e, c := editorOf(t)
	first, err := e.Publish(RubricRelease{Version: e.Setting("version"), From: "2020-01-01", To: "2020-12-31", Document: "示例〔2020〕1号", Points: true, Rules: true})
	must(t, err)
	if _, err := FindRubric(d, c.Rubric.Code, ""); err == nil || !strings.Contains(err.Error(), "几个版本") {
		t.Errorf("of two versions one is taken: %v", err)
	}
	must(t, d.ArchiveRubric(c.Hash, true))
	found, err := FindRubric(d, c.Rubric.Code, "")
	must(t, err)
	if found.Hash != first.Hash || found.Rubric.PointsStatus != scoring.Official {
		t.Errorf("the code %s names version %s (%s)", c.Rubric.Code, found.Rubric.Version, found.Rubric.PointsStatus)
	}
	next, err := d.NewRubricDraft(first)
	must(t, err)
	if r := next.ReleaseOf(); r.From != "" || r.To != "" || r.Document != "" || r.Version == first.Rubric.Version {
		t.Errorf("the next draft begins as %+v", r)
	}
}

// Cases go with their version: a draft begins with those of its origin, keeps
// them under another code, and gives them to what is published.
func TestCasesGoWithTheirVersion(t *testing.T) {
	d, e, c := editorOf(t)
	owner, err := d.CasesOf(c)
	must(t, err)
	_, err = d.KeepCase(owner, c, "一", "A2-1", "")
	must(t, err)
	must(t, e.Discard())
	e, err = d.NewRubricDraft(c)
	must(t, err)
	at := slices.IndexFunc(e.Settings(), func(l RubricLine) bool { return l.Cells["代码"] == "code" })
	must(t, e.Set(true, at, "值", "another-2020"))
	now, err := e.Compiled()
	must(t, err)
	if runs, err := d.RunCases(e.ID(), now); err != nil || len(runs) != 1 || runs[0].Differs != "" {
		t.Fatal("the draft has", runs, err)
	}
	_, err = d.KeepCase(e.ID(), now, "二", "A2-2 3", "")
	must(t, err)
	p, err := e.Publish(RubricRelease{Version: "1"})
	must(t, err)
	for hash, want := range map[string]int{c.Hash: 1, p.Hash: 2} {
		if runs, err := d.RunCases(hash, c); err != nil || len(runs) != want {
			t.Errorf("%s has %d cases, want %d (%v)", hash, len(runs), want, err)
		}
	}
}

// A rubric that only came with somebody's record is not published here, whatever it
// says: it opens no official round, takes no version, and becomes the bureau's own by
// being published with its document.
func TestARubricThatCame(t *testing.T) {
	d, e, c := editorOf(t)
	fake := *c.Rubric
	fake.Version, fake.PointsStatus, fake.RulesStatus, fake.Basis, fake.Notes = "2", scoring.Official, scoring.Official, "伪〔2020〕9号", nil
	b, err := rubricBytes(&fake)
	must(t, err)
	came, err := inspection.Compile(b)
	must(t, err)
	must(t, d.wb.TakeRubric(t.Context(), b))
	list, err := d.Rubrics()
	must(t, err)
	for _, r := range list {
		if r.Came != (r.Hash == came.Hash) {
			t.Errorf("%s of version %s came: %v", r.Code, r.Version, r.Came)
		}
	}
	if _, err := d.NewRound(RoundPlan{Code: "2020-01", Rubric: came.Hash}); err == nil || !strings.Contains(err.Error(), "没有在这里发布过") {
		t.Error("an official round on it:", err)
	}
	if r, err := FindRubric(d, c.Rubric.Code, ""); err != nil || r.Hash != c.Hash {
		t.Error("it makes the code ambiguous:", err)
	}
	if _, err := e.Publish(RubricRelease{Version: "2"}); err != nil {
		t.Error("it takes the version:", err)
	}
	must(t, d.wb.TakeRubric(t.Context(), c.JSON)) // what is ours stays so
	own, err := d.PublishRubric(came, RubricRelease{Version: "3", Document: "桂数发〔2020〕2号", Points: true, Rules: true})
	must(t, err)
	list, err = d.Rubrics()
	must(t, err)
	for _, r := range list {
		if (r.Hash == own.Hash || r.Hash == c.Hash) && r.Came {
			t.Error("not the bureau's own:", r)
		}
	}
	if _, err := d.NewRound(RoundPlan{Code: "2020-01", Rubric: own.Hash}); err != nil {
		t.Error(err)
	}
}
