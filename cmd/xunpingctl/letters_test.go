package main

import (
	"path/filepath"
	"testing"
)

// A letter on which a result rests is registered by a command, and the result is
// no longer provisional for it.
func TestLetterByCommand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var demo struct{ Workbook, Root string }
	must(t, &demo, "demo", "-o", dir, "--units", "3", "--seed", "6")
	pass, key := filepath.Join(dir, "keys", "passphrase.txt"), filepath.Join(dir, "keys", "bureau.p12")
	o := newOffice(t)
	wb := o.path("b.xpb")
	must(t, nil, "init", wb)
	must(t, nil, "roster", "import", filepath.Join(dir, "roster.zip"), "--root", demo.Root, "--workbook", wb)
	must(t, nil, "round", "new", "2019-08", "--rubric", "jutongyong-2019", "--units", "450300", "--workbook", wb)
	must(t, nil, "merge", filepath.Join(dir, "sealed", "2019-08", "450300.pdf"), "--workbook", wb)
	type letter struct {
		SHA256, Number, Date string
		Unit                 struct{ Code string }
		Indicators           []string
	}
	var list []letter
	must(t, &list, "letter", "list", "--round", "2019-08", "--workbook", wb)
	if len(list) == 0 || list[0].SHA256 != "" {
		t.Fatalf("awaited letters: %+v", list)
	}
	for _, l := range list {
		args := []string{"letter", "add", "--round", "2019-08", "--unit", l.Unit.Code, "--number", l.Number, "--date", l.Date, "--decision", "accepted",
			"--from", "2019-07-01", "--to", "2019-12-31", "--scan", o.write("scan.pdf", "%PDF-1.4 scan"), "--key", key, "--passphrase-file", pass,
			"-o", o.path("letter.zip"), "--workbook", wb, "--indicators"}
		indicators := ""
		for i, code := range l.Indicators {
			if i > 0 {
				indicators += ","
			}
			indicators += code
		}
		must(t, &struct{ SHA256 string }{}, append(args, indicators)...)
	}
	must(t, &list, "letter", "list", "--round", "2019-08", "--workbook", wb)
	if len(list) == 0 || list[0].SHA256 == "" {
		t.Errorf("still awaited: %+v", list)
	}
	var rows []struct{ Provisional []string }
	must(t, &rows, "rank", "--round", "2019-08", "--workbook", wb)
	for _, p := range rows[0].Provisional {
		if p == "待核实" {
			t.Error("the result still waits for its letter")
		}
	}
	if code, _, errOut := ctl("letter", "add", "--round", "2019-08", "--unit", "450300", "--number", "x", "--date", "2019-07-01", "--decision", "accepted",
		"--indicators", "B1", "--key", key, "--passphrase-file", pass, "--workbook", wb); code != 1 {
		t.Errorf("a letter for an indicator that cannot be absent: exit %d %s", code, errOut)
	}
}
