package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A round is prepared and handed to a team by commands alone.
func TestPreparingARound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var demo struct{ Workbook, Root string }
	must(t, &demo, "demo", "-o", dir, "--units", "6", "--seed", "2")
	wb, pass, key := demo.Workbook, filepath.Join(dir, "keys", "passphrase.txt"), filepath.Join(dir, "keys", "bureau.p12")
	o := newOffice(t)
	must(t, nil, "round", "new", "2019-09", "--title", "2019年9月检查", "--workbook", wb)
	var units []struct{ Code string }
	must(t, &units, "unit", "list", "--workbook", wb)
	var plan struct {
		Told  bool
		Teams []struct {
			Name  string
			Units []string
		}
	}
	table := "代码,检查组\n" + units[0].Code + ",甲组\n" + units[1].Code + ",乙组\n" + units[2].Code + ",甲组\n"
	must(t, &plan, "round", "teams", "2019-09", o.write("teams.csv", table), "--workbook", wb)
	if len(plan.Teams) != 2 || len(plan.Teams[0].Units) != 2 {
		t.Fatalf("teams %+v", plan)
	}
	if code, _, errOut := ctl("round", "teams", "2019-09", o.write("bad.csv", "代码,检查组\n0,甲组\n"), "--workbook", wb); code != 1 || !strings.Contains(errOut, "A2") {
		t.Errorf("a unit that is not there: exit %d, %s", code, errOut)
	}
	var round struct{ Cutoff string }
	must(t, &round, "round", "edit", "2019-09", "--cutoff", "2019-08-31", "--told", "no", "--workbook", wb)
	must(t, &plan, "round", "teams", "2019-09", "--workbook", wb)
	if round.Cutoff != "2019-08-31" || plan.Told || len(plan.Teams) != 2 {
		t.Errorf("after the edit: %+v %+v", round, plan)
	}
	must(t, nil, "figures", "export", "--round", "2019-09", "-o", o.path("f.xlsx"), "--workbook", wb)
	var figures struct{ Figures, Units int }
	csv := "单位代码,完成情况,完成,总数,截至\n" + units[0].Code + ",A2-m1,3,4,2019-08-31\n" + units[1].Code + ",A2-m1,4,4,2019-08-31\n"
	must(t, &figures, "figures", "import", o.write("f.csv", csv), "--round", "2019-09", "--workbook", wb)
	if figures.Figures != 2 || figures.Units != 2 {
		t.Errorf("figures %+v", figures)
	}
	var packs []struct {
		File, Team                      string
		Units, Figures, Records, Roster int
	}
	must(t, &packs, "task", "export", "--round", "2019-09", "--key", key, "--passphrase-file", pass, "-o", o.dir+"/packs/", "--workbook", wb)
	if len(packs) != 2 || packs[0].Units != 2 || packs[0].Figures != 1 || packs[0].Records != 2 {
		t.Fatalf("packs %+v", packs)
	}
	team := o.path("team.xpb")
	must(t, nil, "init", team)
	if code, _, errOut := ctl("task", "import", packs[0].File, "--workbook", team); code != 1 || !strings.Contains(errOut, "--root") {
		t.Errorf("without a root: exit %d, %s", code, errOut)
	}
	must(t, nil, "task", "import", packs[0].File, "--root", demo.Root, "--workbook", team)
	var rounds []struct {
		Code, Cutoff string
		Units        []string
	}
	must(t, &rounds, "round", "list", "--workbook", team)
	if len(rounds) != 1 || rounds[0].Cutoff != "2019-08-31" || len(rounds[0].Units) != 2 {
		t.Errorf("the laptop has %+v", rounds)
	}
}
