package desk

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// bench is a workbook with a round and nothing done in it.
func newBench(t *testing.T, code string) *Desk {
	t.Helper()
	d, err := Create(filepath.Join(t.TempDir(), "w.xpb"), CreateOptions{})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	list, err := d.Rubrics()
	must(t, err)
	must(t, d.PutRound(RoundInfo{Round: inspection.Round{Code: code, Title: code, Trial: true, Signers: 2}, RubricHash: list[0].Hash}))
	return d
}

func inspected(t *testing.T, d *Desk, unit string) *Inspector {
	t.Helper()
	in, err := d.Inspect("2019-08", unit)
	must(t, err)
	return in
}

func TestItemsGiveTheNumbers(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	path := filepath.Join(t.TempDir(), "systems.csv")
	must(t, os.WriteFile(path, []byte("名称,级别,牵头单位,状态\n人事系统,市级,,完成\n财务系统,市级,,未完成\n五级系统,,民政厅,其他单位牵头\n旧系统,,,免\n"), 0o600))
	items, err := ReadItems(path)
	must(t, err)
	must(t, in.SetItems("A2", "A2-m1", items))
	m := in.Record().Entries["A2"].Measures["A2-m1"]
	if len(items) != 4 || m.Done.String() != "1" || m.Total.String() != "2" {
		t.Errorf("%d items give %s/%s", len(items), m.Done, m.Total)
	}
	if got := inspected(t, d, "450100").Record().Entries["A2"].Measures["A2-m1"].Items; len(got) != 4 || got[2].Lead != "民政厅" {
		t.Errorf("the list came back as %+v", got)
	}
	for name, bad := range map[string]string{"no names": "代码\ns1\n", "unknown state": "名称,状态\na,也许\n", "twice": "代码,名称\ns1,a\ns1,b\n"} {
		must(t, os.WriteFile(path, []byte(bad), 0o600))
		if _, err := ReadItems(path); err == nil {
			t.Errorf("a list with %s is taken", name)
		}
	}
}

// What last round found is carried over with its link; a total that shrank
// blocks sealing until somebody says why.
func TestLastRoundIsTakenUp(t *testing.T) {
	y := newYard(t)
	d, err := Open(filepath.Join(y.dir, "bureau.xpb"))
	must(t, err)
	defer d.Close()
	rounds, err := d.Rounds()
	must(t, err)
	next := rounds[0]
	next.Code, next.Title = "2019-09", "2019年9月检查"
	must(t, d.PutRound(next))
	unit := y.card.Inspection.Unit.Code
	in, err := d.Inspect("2019-09", unit)
	must(t, err)
	code, f := someFinding(t, in.Last(), in.Compiled())
	must(t, in.Continue(code, f.ID))
	got := in.Record().Entries[code].Findings
	if len(got) != 1 || got[0].Continues == nil || got[0].Continues.Finding != f.ID || got[0].Continues.Record != y.card.Hash || got[0].Points != f.Points {
		t.Fatalf("carried over as %+v", got)
	}
	if !in.Continued(code, f.ID) || in.Continue(code, f.ID) == nil {
		t.Error("the same finding is carried over twice")
	}
	if err := in.Continue(code, "f99"); err == nil {
		t.Error("a finding that was not there is carried over")
	}

	for _, ind := range []string{"A2", "A3", "B1"} {
		for m, was := range in.Last().Entries[ind].Measures {
			_, total, ok := was.Counts()
			if !ok || total <= scoring.One {
				continue
			}
			less := total - scoring.One
			must(t, in.SetMeasure(ind, m, inspection.Measure{Done: &less, Total: &less}))
			place := "entries." + ind + ".measures." + m + ".reason"
			if !hasGap(in, place) {
				t.Errorf("%s shrank from %s to %s and nobody asks why", m, total, less)
			}
			must(t, in.SetShrunk(ind, m, "一个系统已停用"))
			if hasGap(in, place) {
				t.Error("the reason is not seen")
			}
			return
		}
	}
	t.Fatal("the demonstration has no measure to shrink")
}

func someFinding(t *testing.T, r *inspection.Record, c *inspection.Compiled) (string, inspection.Finding) {
	t.Helper()
	for i := range c.Engine.Len() {
		code := c.Engine.Indicator(i).Code
		for _, f := range r.Entries[code].Findings {
			if f.Rule != "" {
				return code, f
			}
		}
	}
	t.Fatal("the demonstration's record has no finding")
	return "", inspection.Finding{}
}

func hasGap(in *Inspector, place string) bool {
	for _, g := range in.Gaps() {
		if g.Place == place && g.Blocking {
			return true
		}
	}
	return false
}

// Another connection holds the workbook: the change stays in memory, is said to
// be unsaved, and is saved with the next chance.
func TestUnsavedWorkIsKept(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	must(t, in.SetNote("A1", "第一句"))
	other, err := sql.Open("sqlite", "file:"+d.Path()+"?_txlock=immediate")
	must(t, err)
	defer other.Close()
	tx, err := other.Begin()
	must(t, err)
	must(t, in.SetNote("A1", "第二句"))
	if in.Unsaved() == nil {
		t.Fatal("a change that was not committed is called saved")
	}
	if in.Record().Entries["A1"].Note != "第二句" {
		t.Error("the change is lost from memory")
	}
	// A photo that comes now is held with it, can be seen, and goes with what is saved elsewhere.
	refs, err := in.AddEvidence("A1", "", EvidenceFile{"照片.txt", []byte("十五个系统")})
	must(t, err)
	seen, err := in.EvidenceBytes(refs[0].SHA256)
	must(t, err)
	elsewhere := filepath.Join(t.TempDir(), "草稿.zip")
	must(t, in.SaveElsewhere(t.Context(), elsewhere))
	if string(seen) != "十五个系统" || in.Unsaved() == nil {
		t.Errorf("the held file is %q, unsaved %v", seen, in.Unsaved())
	}
	if there, err := d.wb.HasEvidence(t.Context(), refs[0].SHA256); err != nil || there {
		t.Fatalf("the disk took the file: %v %v", there, err)
	}
	if _, err := in.Seal(context.Background(), SealRequest{}); err == nil {
		t.Error("sealed with unsaved work")
	}
	must(t, tx.Rollback())
	must(t, in.Retry())
	if in.Unsaved() != nil || inspected(t, d, "450100").Record().Entries["A1"].Note != "第二句" {
		t.Error("the kept change did not reach the disk")
	}
	if there, err := d.wb.HasEvidence(t.Context(), refs[0].SHA256); err != nil || !there || len(d.held) != 0 {
		t.Errorf("the held file did not reach the disk: %v %v", there, err)
	}
	if _, err := in.Undo(); err != nil || in.Record().Entries["A1"].Note != "第一句" {
		t.Errorf("undo after saving again: %v, %q", err, in.Record().Entries["A1"].Note)
	}
}

func TestTryingChangesNothing(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	must(t, in.SetState("A1", scoring.Checked))
	before := in.Result().Total.Value()
	try := in.Try()
	must(t, try.SetCount("A2", "A2-2", 3*scoring.One))
	if try.Result().Total.Value() == before {
		t.Error("trying does not move the score")
	}
	if in.Result().Total.Value() != before || inspected(t, d, "450100").Record().Entries["A2"].State != "" {
		t.Error("trying out was saved")
	}
	if _, err := try.Seal(context.Background(), SealRequest{}); err == nil {
		t.Error("a trial was sealed")
	}
}

// Two laptops: each checked a part; one indicator was checked by both and
// differs. Joined, the checked beats the unchecked and the clash is asked.
func TestDraftsJoin(t *testing.T) {
	a, b := newBench(t, "2019-08"), newBench(t, "2019-08")
	ina := inspected(t, a, "450100")
	must(t, ina.SetNote("A1", "甲的话"))
	must(t, ina.SetState("A1", scoring.Checked))
	must(t, ina.SetPeople(inspection.People{Inspectors: []inspection.Person{{Name: "甲", Number: "1"}}}))
	pack := filepath.Join(t.TempDir(), "a.zip")
	must(t, a.HandOver(t.Context(), "2019-08", []string{"450100"}, "", "", pack))

	j, err := b.PlanJoin(pack)
	must(t, err)
	if j.Known || len(j.Drafts) != 1 || !j.Drafts[0].New {
		t.Fatalf("plan %+v", j)
	}
	must(t, b.Join(t.Context(), j, nil))
	inb := inspected(t, b, "450100")
	if inb.Record().ID != ina.Record().ID || inb.Record().Entries["A1"].Note != "甲的话" {
		t.Fatal("the draft did not arrive as it was")
	}
	must(t, inb.SetNote("A1", "乙的话"))
	must(t, inb.SetState("A3", scoring.Checked))
	must(t, inb.SetCount("A2", "A2-2", scoring.One))
	_, err = inb.AddEvidence("A2", "", EvidenceFile{"x.txt", []byte("text")})
	must(t, err)
	must(t, ina.SetState("B1", scoring.Checked))
	back := filepath.Join(t.TempDir(), "b.zip")
	must(t, b.HandOver(t.Context(), "2019-08", []string{"450100"}, "", "", back))

	j, err = a.PlanJoin(back)
	must(t, err)
	x := j.Drafts[0]
	if x.New || strings.Join(x.Take, " ") != "A2 A3" || len(x.Clash) != 1 || x.Clash[0].Code != "A1" {
		t.Fatalf("take %v, clash %v", x.Take, x.Clash)
	}
	must(t, a.Join(t.Context(), j, JoinChoices{"450100": {"A1": {Notes: SideTheirs}}}))
	got := inspected(t, a, "450100")
	r := got.Record()
	if r.Entries["A1"].Note != "乙的话" || r.Entries["A3"].State != scoring.Checked || r.Entries["B1"].State != scoring.Checked || len(r.Entries["A2"].Findings) != 1 {
		t.Errorf("joined: %+v", r.Entries)
	}
	if b, err := got.EvidenceBytes(r.Entries["A2"].Evidence[0]); err != nil || string(b) != "text" {
		t.Errorf("the evidence did not come along: %v", err)
	}
	if _, err := got.Undo(); err != nil || got.Record().Entries["A1"].Note != "甲的话" || got.Record().Entries["A3"].State != "" {
		t.Error("one undo does not take the joining back")
	}
	if _, err := a.PlanJoin(a.Path()); err == nil {
		t.Error("a file that is no pack is joined")
	}
}

// Two drafts of one unit: files of both stay, words that one side lacks are taken,
// and only what was found differently is asked; both words can be kept.
func TestJoinAsksOnlyWhatDiffers(t *testing.T) {
	a, b := newBench(t, "2019-08"), newBench(t, "2019-08")
	ina := inspected(t, a, "450100")
	for _, code := range []string{"A1", "A2", "A3", "B1"} {
		must(t, ina.SetState(code, scoring.Checked))
	}
	pack := filepath.Join(t.TempDir(), "a.zip")
	must(t, a.HandOver(t.Context(), "2019-08", []string{"450100"}, "", "", pack))
	j, err := b.PlanJoin(pack)
	must(t, err)
	must(t, b.Join(t.Context(), j, nil))
	inb := inspected(t, b, "450100")
	add := func(in *Inspector, code, text string) string {
		refs, err := in.AddEvidence(code, "", EvidenceFile{text + ".txt", []byte(text)})
		must(t, err)
		return refs[0].SHA256
	}
	one, two := add(ina, "A1", "one"), add(inb, "A1", "two")
	must(t, ina.SetNote("A1", "甲看过"))
	must(t, ina.SetNote("A3", "甲的话"))
	must(t, inb.SetNote("A3", "乙的话"))
	must(t, inb.SetCount("A2", "A2-2", scoring.One))
	lost := add(ina, "A2", "three")
	back := filepath.Join(t.TempDir(), "b.zip")
	must(t, b.HandOver(t.Context(), "2019-08", []string{"450100"}, "", "", back))
	j, err = a.PlanJoin(back)
	must(t, err)
	x := j.Drafts[0]
	if len(x.Clash) != 2 || x.Clash[0].Code != "A2" || !x.Clash[0].Values || x.Clash[1].Code != "A3" || x.Clash[1].Values || strings.Join(x.Same, " ") != "A1" {
		t.Fatalf("asked %+v, alike %v", x.Clash, x.Same)
	}
	must(t, a.Join(t.Context(), j, JoinChoices{"450100": {"A2": {Values: SideTheirs}, "A3": {Notes: SideBoth}}}))
	r := inspected(t, a, "450100").Record()
	if e := r.Entries["A1"]; e.Note != "甲看过" || strings.Join(e.Evidence, " ") != one+" "+two {
		t.Errorf("A1 %+v", e)
	}
	if e := r.Entries["A2"]; len(e.Findings) != 1 || strings.Join(e.Evidence, " ") != lost {
		t.Errorf("A2 %+v", e)
	}
	if e := r.Entries["A3"]; e.Note != "甲的话\n乙的话" {
		t.Errorf("A3 %+v", e)
	}
}

// The same picture in two units is pointed out.
func TestPhotoElsewhere(t *testing.T) {
	d := newBench(t, "2019-08")
	one, two := inspected(t, d, "450100"), inspected(t, d, "450200")
	refs, err := one.AddEvidence("A1", "", EvidenceFile{"a.txt", []byte("same")})
	must(t, err)
	if got := two.Elsewhere(refs[0].SHA256); len(got) != 1 || got[0] != one.Record().Unit.Name {
		t.Errorf("elsewhere: %v", got)
	}
	if got := one.Elsewhere(refs[0].SHA256); len(got) != 0 {
		t.Errorf("its own unit is called another: %v", got)
	}
}

func TestDayCountBindsOnlyTheNamed(t *testing.T) {
	d := newBench(t, "2019-08")
	c, err := d.CountDays("2019-08-05", "2019-08-12", 2)
	must(t, err)
	if c.Days != 5 || c.Over != 3 || !strings.Contains(c.Words("审批", "2019-08-05", "2019-08-12"), "超过 3 个工作日") {
		t.Errorf("%+v %s", c, c.Words("审批", "a", "b"))
	}
	must(t, d.SetHolidays("2019-08-06 休"))
	if c, err = d.CountDays("2019-08-05", "2019-08-12", 2); err != nil || c.Days != 4 {
		t.Errorf("an own holiday is not counted: %+v", c)
	}
	if d.SetHolidays("x") == nil || d.Holidays() != "2019-08-06 休" {
		t.Error("wrong lines replaced the right ones")
	}
	city, dept := inspection.Unit{Name: "南宁市", Kind: "city"}, inspection.Unit{Name: "民政厅", Kind: "department"}
	for who, want := range map[string][2]bool{"": {false, false}, "自治区大数据发展局": {false, false}, "自治区各部门、各市": {true, true},
		"自治区各部门": {false, true}, "建设业务办理系统的自治区有关部门、有关市": {true, true}, "南宁市": {true, false}} {
		s := scoring.Step{Who: who}
		if StepBinds(s, city) != want[0] || StepBinds(s, dept) != want[1] {
			t.Errorf("%q binds %v %v", who, StepBinds(s, city), StepBinds(s, dept))
		}
	}
}

func TestPapersOfAVisit(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	must(t, in.SetVisit(inspection.Visit{Place: "会议室"}))
	for name, draw := range map[string]func() ([]byte, error){
		"notice":     func() ([]byte, error) { return d.Notice("2019-08", "450100", NoticeRequest{Contact: "甲"}) },
		"fact sheet": in.FactSheet,
	} {
		if pdf, err := draw(); err != nil || !strings.HasPrefix(string(pdf), "%PDF-") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMyWorkNamesFiles(t *testing.T) {
	y := newYard(t)
	books, _ := filepath.Glob(filepath.Join(y.dir, "inspectors", "*.xpb"))
	found := false
	for _, b := range books {
		d, err := Open(b)
		must(t, err)
		list, err := d.MyWork()
		must(t, err)
		for _, w := range list {
			if !w.Draft && w.Path != "" && !w.Gone && w.Short != "" {
				found = true
				must(t, os.Remove(w.Path))
			}
		}
		again, err := d.MyWork()
		must(t, err)
		for _, w := range again {
			if w.Path != "" && !w.Gone {
				t.Errorf("%s is gone and nobody says so", w.Path)
			}
		}
		must(t, d.Close())
	}
	if !found {
		t.Error("no sealed work was listed")
	}
}

// A table from outside cannot eat the machine: a cell in the last column is
// refused, and so is what inflates.
func TestHostileTables(t *testing.T) {
	dir := t.TempDir()
	wide := filepath.Join(dir, "wide.xlsx")
	must(t, os.WriteFile(wide, wideBook(t), 0o600))
	if _, err := ReadItems(wide); err == nil || !strings.Contains(err.Error(), "列") {
		t.Errorf("a cell in column XFD: %v", err)
	}
	broken := filepath.Join(dir, "broken.xlsx")
	must(t, os.WriteFile(broken, []byte("PK\x03\x04 no more"), 0o600))
	if _, err := ReadItems(broken); err == nil {
		t.Error("a broken workbook is read")
	}
}
