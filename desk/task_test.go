package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
)

// bureauOf is a demonstration's bureau with a second round made from the first.
func bureauOf(t *testing.T, units int) (d *Desk, dir, root string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "demo")
	r, err := Demo(t.Context(), DemoOptions{Dir: dir, Units: units, Rounds: 1, Photos: 3, Seed: 3}, nil)
	must(t, err)
	d, err = Open(r.Workbook)
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	_, err = d.NewRound(RoundPlan{Code: "2019-09", Title: "2019年9月检查", Cutoff: "2019-08-31"})
	must(t, err)
	return d, dir, r.Root
}

func bureauKey(dir string) string { return filepath.Join(dir, "keys", "bureau.p12") }

// The bureau prepares a round, and a laptop that has nothing but the program
// begins from one file: units, figures, letters, last results, roster.
func TestTaskPackStartsALaptop(t *testing.T) {
	d, dir, root := bureauOf(t, 9)
	units, err := d.Units()
	must(t, err)
	plan, err := d.Plan("2019-09")
	must(t, err)
	plan.Told = false
	plan = plan.With("甲组", units[0].Code, units[2].Code, units[8].Code).With("乙组", units[1].Code)
	must(t, d.PutPlan("2019-09", plan))
	must(t, d.putFigures("2019-09", []inspection.Figure{
		{Unit: units[0].Code, Measure: "A2-m1", Done: 7 * scoring.One, Total: 9 * scoring.One, AsOf: "2019-08-31"},
		{Unit: units[1].Code, Measure: "A2-m1", Done: 1 * scoring.One, Total: 9 * scoring.One, AsOf: "2019-08-31"}}, nil))
	out := filepath.Join(dir, "packs")
	list, err := d.ExportTasks(t.Context(), "2019-09", bureauKey(dir), DemoPassphrase, out, nil)
	must(t, err)
	if len(list) != 2 || list[0].Units != 3 || list[0].Figures != 1 || list[0].Records != 3 || list[0].Letters == 0 {
		t.Fatalf("packs %+v", list)
	}
	if _, err := d.ExportTask(t.Context(), "2019-09", "", filepath.Join(dir, "keys", "inspector-1.p12"), DemoPassphrase, filepath.Join(out, "x.zip")); err == nil {
		t.Error("an inspector signed a task pack")
	}

	laptop, err := Create(filepath.Join(t.TempDir(), "team.xpb"), CreateOptions{Empty: true})
	must(t, err)
	defer laptop.Close()
	if _, err := laptop.PlanTask(list[0].File, ""); err == nil {
		t.Error("a task pack was believed without a confirmed root")
	}
	task, err := laptop.PlanTask(list[0].File, root)
	must(t, err)
	if task.From != "汇总员" || task.Team != "甲组" || task.Units != 3 {
		t.Errorf("the plan is %+v", task.TaskInfo)
	}
	must(t, laptop.TakeTask(t.Context(), task))

	rows, err := laptop.UnitList("2019-09")
	must(t, err)
	if len(rows) != 3 || rows[0].Unit != units[0].Unit || rows[0].Previous == "" || rows[2].Unit != units[8].Unit {
		t.Errorf("the list is %+v", rows)
	}
	if got, _ := laptop.Plan("2019-09"); got.Told || got.TeamOf(units[2].Code) != "甲组" {
		t.Errorf("the plan is %+v", got)
	}
	in, err := laptop.Inspect("2019-09", units[0].Code)
	must(t, err)
	if in.Last() == nil || in.Round().Cutoff != "2019-08-31" {
		t.Error("last round's result or the cut-off did not come")
	}
	if e := in.Record().Entries["A2"]; e.State == scoring.Checked {
		t.Error("a figure made an indicator checked by itself")
	}
	must(t, in.SetCount("A2", "A2-2", 2*scoring.One))
	if m := in.Record().Entries["A2"].Measures["A2-m1"]; m.Source != "platform" || m.AsOf != "2019-08-31" || m.Done == nil || *m.Done != 7*scoring.One {
		t.Errorf("the figure did not enter with the finding: %+v", m)
	}
	_, err = in.Undo()
	must(t, err)
	if e := in.Record().Entries["A2"]; e.State == scoring.Checked || len(e.Measures) > 0 {
		t.Errorf("undo left %+v", e)
	}
	// The unit with absences in the demonstration (every sixth from the third).
	in, err = laptop.Inspect("2019-09", units[8].Code)
	must(t, err)
	offered := 0
	for code, e := range in.Last().Entries {
		if e.Absence != nil && e.Absence.Letter != "" {
			letters, err := in.Letters(code)
			must(t, err)
			offered += len(letters)
		}
	}
	if offered == 0 {
		t.Error("no registered letter is offered")
	}
	want, err := d.Digest("2019-08")
	must(t, err)
	if have, _ := laptop.Digest("2019-08"); have == want {
		t.Error("three units cannot have the digest of nine")
	}
	// Again: nothing doubles; another team's pack leaves work begun and the first team's units.
	must(t, laptop.TakeTask(t.Context(), task))
	other, err := laptop.PlanTask(list[1].File, "")
	must(t, err)
	if len(other.Kept) != 3 {
		t.Errorf("kept %v", other.Kept)
	}
	must(t, laptop.TakeTask(t.Context(), other))
	if rows, _ := laptop.UnitList("2019-09"); len(rows) != 4 {
		t.Errorf("after the second pack the list has %d units", len(rows))
	}
}

// What was earned and dated last round is offered again.
func TestCompletionCarriesOver(t *testing.T) {
	d, _, _ := bureauOf(t, 6)
	units, err := d.Units()
	must(t, err)
	carried := 0
	for _, u := range units[:6] {
		in, err := d.Inspect("2019-09", u.Code)
		must(t, err)
		for code, e := range in.Last().Entries {
			for m, x := range e.Measures {
				done, total, _ := x.Counts()
				offer, ok := in.Offered(m)
				if ok != (x.Completed != "" && total > 0 && done == total) {
					t.Errorf("%s %s: offered is %t for %+v", u.Code, m, ok, x)
				}
				if !ok {
					continue
				}
				must(t, in.TakeOffered(code, m))
				if got := in.Record().Entries[code].Measures[m]; got.Completed != x.Completed || offer.Completed != x.Completed {
					t.Errorf("%s %s: carried %+v", u.Code, m, got)
				}
				carried++
			}
		}
	}
	if carried == 0 {
		t.Error("the demonstration completed nothing")
	}
}

// Whatever was changed in a pack on its way, nothing of it is taken.
func TestTaskPackTampered(t *testing.T) {
	d, dir, root := bureauOf(t, 3)
	file := filepath.Join(dir, "task.zip")
	_, err := d.ExportTask(t.Context(), "2019-09", "", bureauKey(dir), DemoPassphrase, file)
	must(t, err)
	b, err := os.ReadFile(file)
	must(t, err)
	z, err := seal.OpenPack(b)
	must(t, err)
	thief, err := seal.NewIdentity(seal.Person{Name: "无", Number: "X"}, time.Now())
	must(t, err)
	chief, err := OpenKey(bureauKey(dir), DemoPassphrase)
	must(t, err)
	cases := map[string]struct {
		by   seal.Signer
		edit func(map[string][]byte)
	}{
		"signed by a stranger": {thief, func(map[string][]byte) {}},
		"rubric missing": {chief, func(f map[string][]byte) {
			for n := range f {
				if strings.HasSuffix(n, ".rubric.json") {
					delete(f, n)
				}
			}
		}},
		"a file more":    {chief, func(f map[string][]byte) { f["x.txt"] = []byte("x") }},
		"roster missing": {chief, func(f map[string][]byte) { delete(f, seal.RosterName) }},
		"task missing":   {chief, func(f map[string][]byte) { delete(f, seal.TaskName) }},
		"a record cut off": {chief, func(f map[string][]byte) {
			for n := range f {
				if strings.HasSuffix(n, ".inspection.json") {
					delete(f, n)
					return
				}
			}
		}},
		"a record changed": {chief, func(f map[string][]byte) {
			for n := range f {
				if strings.HasSuffix(n, ".inspection.json") {
					f[n] = []byte(strings.Replace(string(f[n]), "示例", "改动", 1))
					return
				}
			}
		}},
	}
	for name, x := range cases {
		t.Run(name, func(t *testing.T) {
			files := map[string][]byte{}
			for _, n := range z.Names() {
				files[n] = z.File(n)
			}
			x.edit(files)
			pack, err := seal.WritePack(seal.PackTask, files, x.by, time.Now())
			must(t, err)
			path := filepath.Join(t.TempDir(), "t.zip")
			must(t, os.WriteFile(path, pack, 0o600))
			laptop, err := Create(filepath.Join(t.TempDir(), "team.xpb"), CreateOptions{Empty: true})
			must(t, err)
			defer laptop.Close()
			task, err := laptop.PlanTask(path, root)
			if err == nil {
				err = laptop.TakeTask(t.Context(), task)
			}
			if err == nil {
				t.Fatal("it was taken")
			}
			if rounds, _ := laptop.Rounds(); len(rounds) > 0 {
				t.Error("a round came in")
			}
			if pin, _ := laptop.RootPin(); pin != "" {
				t.Error("a root was pinned")
			}
		})
	}
}

// A rubric that changed under drafts that are begun is refused.
func TestTaskAgainstDrafts(t *testing.T) {
	d, dir, root := bureauOf(t, 2)
	file := filepath.Join(dir, "task.zip")
	_, err := d.ExportTask(t.Context(), "2019-09", "", bureauKey(dir), DemoPassphrase, file)
	must(t, err)
	laptop, err := Create(filepath.Join(t.TempDir(), "team.xpb"), CreateOptions{})
	must(t, err)
	defer laptop.Close()
	c, err := FindRubric(nil, "jutongyong-2019", "")
	must(t, err)
	other := *c.Rubric
	other.Version = "另一版"
	raw, err := canon.Encode(other)
	must(t, err)
	hash, err := laptop.wb.PutRubric(t.Context(), raw)
	must(t, err)
	units, _ := d.Units()
	must(t, laptop.PutRound(RoundInfo{Round: inspection.Round{Code: "2019-09", Title: "旧", Trial: true}, RubricHash: hash}))
	_, err = laptop.Inspect("2019-09", units[0].Code)
	must(t, err)
	if _, err := laptop.PlanTask(file, root); err == nil || !strings.Contains(err.Error(), "草稿") {
		t.Errorf("a task under begun drafts: %v", err)
	}
}

// The table of figures comes back as it was written, and every error is named by
// its cell.
func TestFiguresTable(t *testing.T) {
	d, dir, _ := bureauOf(t, 3)
	path := filepath.Join(dir, "figures.xlsx")
	must(t, d.WriteFigures("2019-09", path))
	f, err := excelize.OpenFile(path)
	must(t, err)
	sheet := f.GetSheetName(0)
	set := func(cell string, v any) { must(t, f.SetCellValue(sheet, cell, v)) }
	set("F2", 12)
	set("G2", 15)
	set("H2", 43677) // 2019-07-31 as Excel keeps a day
	set("F3", "3.5")
	set("G3", 7)
	set("H3", "2019年8月5日")
	set("I3", "2019/8/1")
	must(t, f.Save())
	rep, err := d.ImportFigures("2019-09", path)
	must(t, err)
	if rep != (FiguresReport{2, 1, 0}) {
		t.Errorf("report %+v", rep)
	}
	units, _ := d.Units()
	got, err := d.figuresOf("2019-09", units[0].Code)
	must(t, err)
	if len(got) != 2 || got[0].Done.String() != "12" || got[0].AsOf != "2019-07-31" || got[1].Done.String() != "3.5" || got[1].AsOf != "2019-08-05" || got[1].Completed != "2019-08-01" {
		t.Errorf("figures %+v", got)
	}
	must(t, d.WriteFigures("2019-09", path)) // what is here stands in the next template
	if rep, err = d.ImportFigures("2019-09", path); err != nil || rep.Figures != 2 {
		t.Errorf("again: %+v %v", rep, err)
	}
	// A row left empty keeps what is here, one that says so takes it away; digits as a
	// Chinese keyboard types them are digits.
	must(t, os.WriteFile(filepath.Join(dir, "f.csv"), []byte("单位代码,完成情况,完成,总数,截至\n"+units[0].Code+","+got[0].Measure+",,,\n"+
		units[0].Code+","+got[1].Measure+",删除,,\n"+units[1].Code+","+got[0].Measure+",１２,１，５００,２０１９－０８－０１\n"), 0o600))
	if rep, err = d.ImportFigures("2019-09", filepath.Join(dir, "f.csv")); err != nil || rep != (FiguresReport{1, 1, 1}) {
		t.Errorf("taken away: %+v %v", rep, err)
	}
	kept, err := d.figuresOf("2019-09", units[0].Code)
	must(t, err)
	other, err := d.figuresOf("2019-09", units[1].Code)
	must(t, err)
	if len(kept) != 1 || kept[0].Measure != got[0].Measure || len(other) != 1 || other[0].Total.String() != "1500" || other[0].AsOf != "2019-08-01" {
		t.Errorf("left %+v and %+v", kept, other)
	}

	set("F4", 9)
	set("G4", 8)
	set("F5", "许多")
	set("G5", 8)
	set("F6", 1)
	set("G6", 1)
	set("H6", "明天")
	set("A7", "999999")
	set("F7", 1)
	set("G7", 1)
	set("D8", "A2-m1")
	set("F8", 1)
	set("G8", 1)
	must(t, f.Save())
	_, err = d.ImportFigures("2019-09", path)
	if err == nil {
		t.Fatal("a table with errors was taken")
	}
	for _, want := range []string{"F4 ", "F5 ", "H6 ", "A7 "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s: %v", want, err)
		}
	}
	if again, _ := d.figuresOf("2019-09", units[0].Code); len(again) != 1 {
		t.Error("a table with errors changed something")
	}
}

func TestPlanWith(t *testing.T) {
	p := Plan{}.With("甲", "1", "2").With("乙", "2", "3")
	if p.TeamOf("2") != "乙" || p.TeamOf("1") != "甲" || len(p.Teams) != 2 {
		t.Errorf("%+v", p)
	}
	if p = p.With("", "1"); len(p.Teams) != 1 || p.TeamOf("1") != "" {
		t.Errorf("%+v", p)
	}
}
