package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The bureau's looking and changing between receiving and publishing, by commands
// alone.
func TestReviewByCommands(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var demo struct{ Workbook string }
	must(t, &demo, "demo", "-o", dir, "--units", "8", "--seed", "4", "--conflicts", "1")
	wb, pass, key := demo.Workbook, filepath.Join(dir, "keys", "passphrase.txt"), filepath.Join(dir, "keys", "bureau.p12")
	o := newOffice(t)
	var over struct {
		Expected, Received int
		Missing, Conflicts []struct{ Code string }
	}
	must(t, &over, "overview", "--round", "2019-08", "--workbook", wb)
	if over.Expected != 8 || over.Received != 8 || len(over.Conflicts) != 1 || len(over.Missing) != 0 {
		t.Errorf("overview %+v", over)
	}
	var rows []struct {
		Indicator string
		Unit      struct{ Code string }
		Why       string
		Record    string
		Decided   bool
		Finding   *struct{ ID, Note string }
	}
	must(t, &rows, "review", "list", "--round", "2019-08", "--workbook", wb)
	if len(rows) == 0 {
		t.Fatal("nothing was judged")
	}
	row := rows[0]
	must(t, nil, "record", "export", "--round", "2019-08", "--unit", row.Unit.Code, "-o", o.path("r.json"), "--workbook", wb)
	b, err := os.ReadFile(o.path("r.json"))
	if err != nil {
		t.Fatal(err)
	}
	var rec struct{ Entries map[string]map[string]any }
	if err := json.Unmarshal(b, &rec); err != nil {
		t.Fatal(err)
	}
	entry := rec.Entries[row.Indicator]
	entry["note"] = "横向复核：尺度一致"
	choices, _ := json.Marshal(map[string]any{row.Indicator: map[string]any{"entry": entry, "reason": "补充说明"}})
	var done struct {
		Revision int
		SHA256   string
	}
	must(t, &done, "review", "change", "--round", "2019-08", "--unit", row.Unit.Code, "--choices", o.write("c.json", string(choices)), "--key", key,
		"--passphrase-file", pass, "-o", o.path("c.pdf"), "--workbook", wb)
	if done.Revision != 2 {
		t.Errorf("revised %+v", done)
	}
	must(t, &rows, "review", "list", "--round", "2019-08", "--indicator", row.Indicator, "--workbook", wb)
	found := false
	for _, r := range rows {
		found = found || r.Record == done.SHA256 && r.Decided
		if r.Indicator != row.Indicator {
			t.Errorf("%s is in the list of %s", r.Indicator, row.Indicator)
		}
	}
	if !found {
		t.Error("the revision is not in the list")
	}
	var heat struct {
		Columns []struct{ Code string }
		Rows    []struct{ Lost map[string]string }
	}
	must(t, &heat, "heat", "--round", "2019-08", "--workbook", wb)
	if len(heat.Rows) != 7 || len(heat.Rows[0].Lost) != len(heat.Columns) {
		t.Errorf("heat %+v", heat)
	}
	var trend []struct{ Rank, Of int }
	must(t, &trend, "trend", "--unit", row.Unit.Code, "--workbook", wb)
	if len(trend) != 1 || trend[0].Of != 7 || trend[0].Rank < 1 {
		t.Errorf("trend %+v", trend)
	}
	var cards struct{ Written []string }
	must(t, &cards, "scorecards", "--round", "2019-08", "-o", o.path("cards"), "--workbook", wb)
	if len(cards.Written) != 7 {
		t.Errorf("cards %+v", cards)
	}
	must(t, nil, "ledger", "--round", "2019-08", "-o", o.path("l.xlsx"), "--csv", o.path("csv"), "--workbook", wb)
	about, err := os.ReadFile(filepath.Join(o.path("csv"), "01-说明.csv"))
	if err != nil || !strings.Contains(string(about), "巡评") {
		t.Errorf("the first sheet: %v %s", err, about)
	}
}
