package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A result of a unit that is not on the round's list is named, and neither expected
// nor ranked nor published; the others keep the ranks they have without it.
func TestUnitsOutsideTheRound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	made, err := Demo(t.Context(), DemoOptions{Dir: dir, Units: 6, Rounds: 1, Seed: 8}, nil)
	must(t, err)
	office, err := Open(made.Workbook)
	must(t, err)
	r, err := office.Round("2019-08")
	must(t, err)
	must(t, office.Close())
	d, err := Create(filepath.Join(t.TempDir(), "empty.xpb"), CreateOptions{})
	must(t, err)
	defer d.Close()
	roster, err := os.ReadFile(filepath.Join(dir, "roster.zip"))
	must(t, err)
	_, err = d.ImportRoster(roster, made.Root)
	must(t, err)
	r.Units = r.Units[:4]
	must(t, d.PutRound(r))
	report, err := d.Merge(t.Context(), []string{filepath.Join(dir, "sealed")}, false, nil)
	must(t, err)
	said := 0
	for _, f := range report.Results {
		if strings.Contains(f.Reason, "不在本轮名单") {
			said++
		}
	}
	o, err := d.Overview("2019-08")
	must(t, err)
	if said != 2 || o.Expected != 4 || o.Received != 4 || len(o.Missing) != 0 || len(o.Apart) != 2 {
		t.Errorf("%d files say so; expected %d, received %d, apart %+v", said, o.Expected, o.Received, o.Apart)
	}
	rows, err := d.Rank("2019-08", "")
	must(t, err)
	ranked := 0
	for _, row := range rows {
		stranger := row.Unit.Code == "450500" || row.Unit.Code == "450600"
		if row.Stranger != stranger || stranger && (row.Rank != 0 || len(row.Lists) > 0 || row.Reason == "") {
			t.Errorf("%+v", row)
		}
		if row.Rank > 0 {
			if ranked++; row.Rank > 4 {
				t.Errorf("rank %d of 4", row.Rank)
			}
		}
	}
	if len(rows) != 6 || ranked == 0 {
		t.Errorf("%d rows, %d ranked", len(rows), ranked)
	}
	unserved, err := d.Unserved("2019-08")
	must(t, err)
	s, err := d.frozen(t.Context(), FreezeRequest{Round: "2019-08", Scope: "internal", Override: "试"})
	must(t, err)
	if len(unserved) != 4 || len(s.Act.Rows) != 4 {
		t.Errorf("%d unserved, %d rows of a publication", len(unserved), len(s.Act.Rows))
	}
	r.Units = nil // a workbook that does not know the list ranks all
	must(t, d.PutRound(r))
	if o, err = d.Overview("2019-08"); err != nil || o.Expected != 6 || len(o.Apart) != 0 {
		t.Errorf("without a list %+v %v", o, err)
	}
}
