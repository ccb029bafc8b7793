package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/model"
)

// demoWindow opens the program on the bureau's workbook of a small demonstration:
// two units, one of them with a conflict.
func demoWindow(t *testing.T, language string) (s *shell, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "demo")
	_, err := desk.Demo(t.Context(), desk.DemoOptions{Dir: dir, Units: 2, Rounds: 1, Conflicts: 1, Seed: 7}, nil)
	must(t, err)
	s = newWindow(t, language)
	must(t, s.close())
	must(t, s.open(filepath.Join(dir, "bureau.xpb")))
	s.showFirst()
	return s, dir
}

// opened is the conflict side by side, the teams in the order of their names: by
// hash it would change with every key.
func opened(t *testing.T, s *shell) *conflictView {
	t.Helper()
	st, err := s.desk.Settle(s.round.Code, "450100", desk.Choices{})
	must(t, err)
	slices.SortFunc(st.Heads, func(a, b desk.ConflictHead) int { return strings.Compare(a.Inspector, b.Inspector) })
	st, err = s.desk.Resettle(st, desk.Choices{})
	must(t, err)
	m, err := model.NewConflict(s.desk, st)
	must(t, err)
	v := &conflictView{s: s, m: m}
	s.show(v)
	return v
}

func TestGoldenConflict(t *testing.T) {
	s, _ := demoWindow(t, "zh")
	v := opened(t, s)
	still(s)
	golden(t, s, "conflict")
	rows := v.m.Rows()
	must(t, v.m.Choose(rows[0].Code, model.Pick{Take: 1, Reason: "照片与来文相符"}))
	must(t, v.m.Choose(rows[1].Code, model.Pick{Take: 0}))
	v.refresh()
	golden(t, s, "conflict-chosen")
}

// A conflict is settled in the window: every row gets a choice, what was chosen
// survives closing the screen, and the signed result leaves no conflict.
func TestConflictIsSettled(t *testing.T) {
	s, dir := demoWindow(t, "zh")
	v := opened(t, s)
	if _, _, final := v.m.Total(); final {
		t.Fatal("a conflict with open rows can be signed")
	}
	for _, r := range v.m.Rows() {
		if r.Open {
			must(t, v.m.Choose(r.Code, model.Pick{Take: 1, Reason: "以乙组为准"}))
		}
	}
	again := opened(t, s)
	if len(again.m.Missing()) != 0 || len(again.m.Picks) != len(v.m.Picks) {
		t.Fatalf("of %d choices %d are left", len(v.m.Picks), len(again.m.Picks))
	}
	value, _, _ := again.m.Total()
	keys, err := s.desk.Keys()
	must(t, err)
	_, bureau := model.BureauKeys(keys)
	pass := passphraseOf(t, dir)
	done, err := s.desk.SignSettlement(t.Context(), again.m.Settlement(), bureau[0].Path, pass, filepath.Join(t.TempDir(), "settled.pdf"))
	must(t, err)
	if done.Result.Total.Value() != value {
		t.Fatalf("shown %s, signed %s", value, done.Result.Total.Value())
	}
	list, err := s.desk.Conflicts(s.round.Code)
	must(t, err)
	if len(list) != 0 {
		t.Fatalf("%d conflicts are left", len(list))
	}
	// The loser handed in once more changes nothing.
	before, err := s.desk.Digest("")
	must(t, err)
	r, err := s.desk.Merge(t.Context(), []string{filepath.Join(dir, "sealed")}, false, nil)
	must(t, err)
	after, err := s.desk.Digest("")
	must(t, err)
	if r.Identical != r.Files || before != after {
		t.Fatalf("the loser came back: %+v", r)
	}
}

// Where no head is right because the unit has no such thing, the bureau writes
// that with its letter: what the rubric wants is asked for at once, and a choice
// that lacks it changes nothing.
func TestConflictBecomesAbsence(t *testing.T) {
	s, _ := demoWindow(t, "zh")
	v := opened(t, s)
	i := slices.IndexFunc(v.m.Rows(), func(r model.ConflictRow) bool { return r.Absence != nil && r.Absence.Letter == "required" })
	if i < 0 {
		t.Fatal("the conflict has no indicator that may be absent")
	}
	row := v.m.Rows()[i]
	v.askAbsent(row, "来文证明没有自建系统")
	still(s)
	golden(t, s, "conflict-absent")
	form := model.NewAbsenceForm(row.Absence, nil, nil)
	answers := []string{"", "2019-07-01", "没有自建系统"}
	for range row.Absence.Conditions {
		answers = append(answers, model.Ticked)
	}
	choose := func() error {
		e, err := form.Read(answers)
		must(t, err)
		return v.m.Choose(row.Code, model.Pick{Take: model.TakeAbsent, Entry: e, Reason: "来文证明"})
	}
	before, _, _ := v.m.Total()
	if err := choose(); err == nil || !strings.Contains(err.Error(), "文号") || v.m.Picks[row.Code].Take == model.TakeAbsent {
		t.Fatalf("an absence without its letter: %v, %+v", err, v.m.Picks)
	}
	if now, _, _ := v.m.Total(); now != before {
		t.Errorf("a refused choice moved the total from %s to %s", before, now)
	}
	answers[0] = "桂数函〔2019〕12号"
	must(t, choose())
	at := slices.IndexFunc(v.m.Rows(), func(r model.ConflictRow) bool { return r.Code == row.Code })
	if r := v.m.Rows()[at]; r.Word != "没有该项" || !strings.Contains(strings.Join(r.Written(), " "), answers[0]) || r.Open {
		t.Errorf("the row says %+v", r)
	}
	if e := v.m.Settlement().Record.Entries[row.Code]; e.State != "absent" || e.Absence.Letter != answers[0] {
		t.Errorf("the settlement has %+v", e)
	}
	if again := opened(t, s); again.m.Picks[row.Code].Take != model.TakeAbsent {
		t.Error("closing the screen lost the choice")
	}
}

func passphraseOf(t *testing.T, dir string) string {
	t.Helper()
	b, err := desk.ReadFile(filepath.Join(dir, "keys", "passphrase.txt"))
	must(t, err)
	return strings.TrimSpace(string(b))
}

// emptyBureau opens a workbook in the window that knows the roster and has
// received nothing.
func emptyBureau(t *testing.T, s *shell, dir string) *desk.Desk {
	t.Helper()
	d, err := desk.Create(filepath.Join(t.TempDir(), "fresh.xpb"), desk.CreateOptions{})
	must(t, err)
	roster, err := desk.ReadFile(filepath.Join(dir, "roster.zip"))
	must(t, err)
	root, err := desk.ReadFile(filepath.Join(dir, "root.sha256"))
	must(t, err)
	_, err = d.ImportRoster(roster, strings.TrimSpace(string(root)))
	must(t, err)
	must(t, s.close())
	s.desk = d
	s.showFirst()
	return d
}

// The staging table takes part of what was tried, filters by outcome, opens
// details below a row, and batches are listed and taken out.
func TestStagingTakesPart(t *testing.T) {
	s, dir := demoWindow(t, "zh")
	d := emptyBureau(t, s, dir)
	s.goTo(placeBureau)
	v := s.screen.(*bureauView)
	report, err := d.Merge(t.Context(), []string{filepath.Join(dir, "sealed")}, true, nil)
	must(t, err)
	v.paths, v.staging = []string{filepath.Join(dir, "sealed")}, model.NewStaging(report)
	v.choose("files")
	table, _ := v.fileTable()
	table.view()
	table.t.Choose(desk.InConflict)
	table.refresh()
	if n := len(table.shown); n != 2 {
		t.Fatalf("%d conflicting rows", n)
	}
	rows := v.staging.Rows()
	for _, l := range table.shown {
		v.staging.Want(rows[l.Place].Source, false)
	}
	table.list.OnSelected(0) // opens the details below the row, and closes them
	if !table.opened[table.shown[0].Place] || len(table.tall) != 1 {
		t.Error("a click did not open the row")
	}
	table.list.OnSelected(0)
	if len(table.tall) != 0 {
		t.Error("a second click did not close the row")
	}
	paths, all := v.staging.Wanted()
	if all || len(paths) != 1 || filepath.Base(paths[0]) != "450200.pdf" {
		t.Fatalf("wanted %v", paths)
	}
	v.choose("files")
	for _, r := range v.staging.Rows() {
		if r.Outcome != desk.Refused && !strings.Contains(strings.Join(r.Details(), "\n"), "（检查员），有效") {
			t.Errorf("%s: nobody is named who signed: %q", r.File, r.Details())
		}
	}
	v.apply()
	s.rest()
	if v.staging.Applied || len(v.staging.Rows()) != 2 || len(v.paths) != 2 { // what was left out is tried again
		t.Errorf("left are %v", v.paths)
	}
	for _, r := range v.staging.Rows() { // and a file that comes later joins it
		v.staging.Want(r.Source, false)
	}
	v.receive(paths)
	s.rest()
	if now, all := v.staging.Wanted(); all || len(now) != 1 || now[0] != paths[0] {
		t.Errorf("of the pile and the new file %v are wanted", now)
	}
	must(t, undoLast(t, d))
	part, err := d.Merge(t.Context(), paths, false, nil)
	must(t, err)
	if part.Merged != 1 || part.Files != 1 {
		t.Fatalf("%+v", part)
	}
	list, err := d.Batches()
	must(t, err)
	if len(list) != 2 || list[0].Totals.Merged != 1 || list[0].Undone || list[0].Finished.IsZero() {
		t.Fatalf("%+v", list)
	}
	must(t, d.UndoBatch(t.Context(), list[0].ID))
	if list, err = d.Batches(); err != nil || !list[0].Undone {
		t.Fatalf("%+v %v", list, err)
	}
	if w := model.NewBatch(list[0]); !strings.Contains(w.When, i18n.T("已整批撤回")) {
		t.Errorf("%+v", w)
	}
	v.showBatches()
}

func TestGoldenStaging(t *testing.T) {
	s, dir := demoWindow(t, "zh")
	s.goTo(placeBureau)
	v := s.screen.(*bureauView)
	file := filepath.Join(dir, "sealed", "2019-08", "450200.pdf")
	report, err := s.desk.Merge(t.Context(), []string{file}, true, nil)
	must(t, err)
	v.paths, v.staging = []string{file}, model.NewStaging(report)
	v.choose("files")
	still(s)
	golden(t, s, "staging")
}

// Ten thousand rows cost no more than those in sight.
func BenchmarkStagingScroll(b *testing.B) {
	s := newWindow(b, "zh")
	s.goTo(placeBureau)
	v := s.screen.(*bureauView)
	r := &desk.MergeReport{Files: 10000, Merged: 10000}
	for range 10000 {
		r.Results = append(r.Results, desk.FileOutcome{File: "a/b.pdf", Outcome: desk.Merged, UnitName: "南宁市", Value: "86.96", Revision: 1, AfterRank: 3})
	}
	v.staging = model.NewStaging(r)
	d, _ := v.fileTable()
	d.view()
	o := d.list.CreateItem()
	for i := 0; b.Loop(); i++ {
		d.fill(i%len(d.shown), o)
	}
}

func undoLast(t *testing.T, d *desk.Desk) error {
	t.Helper()
	list, err := d.Batches()
	must(t, err)
	return d.UndoBatch(t.Context(), list[0].ID)
}
