package desk

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Units without a team are named, a team whose units left the round is none any more,
// and who is in two teams takes both packs on one laptop.
func TestTeamsOfARound(t *testing.T) {
	d, dir, root := bureauOf(t, 6)
	units, err := d.Units()
	must(t, err)
	code := func(i int) string { return units[i].Code }
	r, err := d.Round("2019-09")
	must(t, err)
	plan := Plan{Told: true}.With("甲组", code(0), code(1)).With("乙组", code(2)).With("丙组", code(3))
	must(t, d.PutPlan(r.Code, plan))
	r.Units = slices.DeleteFunc(r.Units, func(u string) bool { return u == code(3) })
	must(t, d.PutRound(r))
	if plan, err = d.Plan(r.Code); err != nil || len(plan.Teams) != 2 || plan.TeamOf(code(3)) != "" {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
	left, err := d.Teamless(r.Code)
	must(t, err)
	if len(left) != 2 || left[0].Code != code(4) || !strings.Contains(TeamlessWords(left), units[4].Name) || TeamlessWords(nil) != "" {
		t.Errorf("without a team: %+v, %s", left, TeamlessWords(left))
	}
	out, err := d.NotInRound(r)
	must(t, err)
	if len(out) == 0 || out[0].Code != code(3) || !strings.Contains(NotInRoundWords(out), units[3].Name) || NotInRoundWords(nil) != "" {
		t.Errorf("not in the round: %+v", out)
	}
	for _, u := range out {
		if u.Kind != units[0].Kind {
			t.Errorf("a unit of another kind: %+v", u)
		}
	}
	list, err := d.ExportTasks(t.Context(), r.Code, bureauKey(dir), DemoPassphrase, t.TempDir(), nil)
	must(t, err)
	if len(list) != 2 {
		t.Fatalf("%d packs", len(list))
	}
	o, err := d.Overview(r.Code)
	must(t, err)
	if len(o.Teams) != 2 {
		t.Errorf("teams in the overview: %+v", o.Teams)
	}

	laptop, err := Create(filepath.Join(t.TempDir(), "two.xpb"), CreateOptions{Empty: true})
	must(t, err)
	defer laptop.Close()
	for _, x := range []TaskInfo{list[0], list[1], list[0]} {
		task, err := laptop.PlanTask(x.File, root)
		must(t, err)
		must(t, laptop.TakeTask(t.Context(), task))
	}
	have, err := laptop.Round(r.Code)
	must(t, err)
	slices.Sort(have.Units)
	if !slices.Equal(have.Units, []string{code(0), code(1), code(2)}) {
		t.Errorf("after the packs of two teams the laptop has %v", have.Units)
	}
	// A new pack of the same team replaces what that team had.
	must(t, d.PutPlan(r.Code, Plan{Told: true}.With("甲组", code(1)).With("乙组", code(2))))
	if list, err = d.ExportTasks(t.Context(), r.Code, bureauKey(dir), DemoPassphrase, t.TempDir(), nil); err != nil {
		t.Fatal(err)
	}
	task, err := laptop.PlanTask(list[0].File, root)
	must(t, err)
	must(t, laptop.TakeTask(t.Context(), task))
	if have, err = laptop.Round(r.Code); err != nil || slices.Contains(have.Units, code(0)) || !slices.Contains(have.Units, code(2)) {
		t.Errorf("after a new pack of one team: %v, %v", have.Units, err)
	}
}
