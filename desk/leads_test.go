package desk

import (
	"os"
	"path/filepath"
	"testing"

	"xunping/inspection"
)

// A finding for which another unit answers is a lead there.
func TestLeads(t *testing.T) {
	d, dir, _ := bureauOf(t, 6)
	rows, err := d.Review(t.Context(), "2019-08", nil)
	must(t, err)
	row := rows[0]
	other := "450200"
	if row.Unit.Code == other {
		other = "450100"
	}
	rec, _, _, err := d.oneHead("2019-08", row.Unit.Code)
	must(t, err)
	e := clone(rec).Entries[row.Indicator]
	for i := range e.Findings {
		if e.Findings[i].ID == row.Finding.ID {
			e.Findings[i].Responsible = other
		}
	}
	a, err := d.Amend("2019-08", row.Unit.Code, map[string]Choice{row.Indicator: {Entry: &e, Reason: "责任在另一单位"}})
	must(t, err)
	_, err = d.SignAmendment(t.Context(), a, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "x.pdf"))
	must(t, err)
	all, err := d.Leads("2019-08")
	must(t, err)
	leads := all[other]
	if len(all) != 1 || len(leads) != 1 || leads[0].For.Code != other || leads[0].From.Code != row.Unit.Code || leads[0].Finding.ID != row.Finding.ID {
		t.Errorf("leads %+v", leads)
	}
	openLeads(t, d, dir, other, row.Indicator)
}

// openLeads: a lead stays open over a round in which nobody visited the unit, also
// on the laptop that gets the task, until a later result of the unit deals with the
// indicator.
func openLeads(t *testing.T, d *Desk, dir, unit, indicator string) {
	t.Helper()
	_, err := d.NewRound(RoundPlan{Code: "2019-10", Title: "2019年10月检查", Cutoff: "2019-09-30"})
	must(t, err)
	team, err := Open(filepath.Join(dir, "inspectors", "inspector-1.xpb"))
	must(t, err)
	defer team.Close()
	for _, round := range []string{"2019-09", "2019-10"} {
		if list, err := d.OpenLeads(round, unit); err != nil || len(list) != 1 || list[0].Round != "2019-08" || list[0].Indicator != indicator {
			t.Errorf("in %s the open leads are %+v, %v", round, list, err)
		}
	}
	takeTask(t, d, team, dir, "2019-10")
	if list, err := team.OpenLeads("2019-10", unit); err != nil || len(list) != 1 {
		t.Errorf("the laptop knows of the leads %+v, %v", list, err)
	}
	in, err := team.Inspect("2019-09", unit)
	if err == nil {
		t.Fatalf("the laptop has a round that its task does not bring: %v", in)
	}
	in, err = team.Inspect("2019-10", unit)
	must(t, err)
	rec := clone(in.Record())
	last, _ := d.lastRecord("2019-08", unit)
	rec.Entries, rec.Visit, rec.People = clone(last).Entries, last.Visit, last.People
	for k, e := range rec.Entries {
		e.Evidence = nil
		for i := range e.Findings {
			e.Findings[i].Evidence = nil
		}
		rec.Entries[k] = e
	}
	rec.People.Inspectors = []inspection.Person{{Name: "检查员甲", Number: "J001"}}
	path := filepath.Join(dir, "october.json")
	rec.Round.Signers = 1
	raw, _, err := rec.Canonical()
	must(t, err)
	must(t, os.WriteFile(path, raw, 0o600))
	_, err = SealFile(t.Context(), team, FileSeal{Record: path, Key: filepath.Join(dir, "keys", "inspector-1.p12"), Passphrase: DemoPassphrase, Out: filepath.Join(dir, "october.pdf")})
	must(t, err)
	_, err = d.Merge(t.Context(), []string{filepath.Join(dir, "october.pdf")}, false, nil)
	must(t, err)
	if list, err := d.OpenLeads("2019-11", unit); err != nil || len(list) != 0 {
		t.Errorf("after the visit the open leads are %+v, %v", list, err)
	}
}

// takeTask brings the task of a round to a laptop.
func takeTask(t *testing.T, d, team *Desk, dir, round string) {
	t.Helper()
	task := filepath.Join(t.TempDir(), "task.zip")
	_, err := d.ExportTask(t.Context(), round, "", bureauKey(dir), DemoPassphrase, task)
	must(t, err)
	plan, err := team.PlanTask(task, "")
	must(t, err)
	must(t, team.TakeTask(t.Context(), plan))
}
