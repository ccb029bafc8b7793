package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// All that follows a score, from the terminal alone: no act is written by hand, and
// each document is written from what was signed.
func TestAfterTheScoreFromTheTerminal(t *testing.T) {
	dir, _ := demoIn(t)
	o := newOffice(t)
	wb, pass := filepath.Join(dir, "bureau.xpb"), filepath.Join(dir, "keys", "passphrase.txt")
	signed := []string{"--key", filepath.Join(dir, "keys", "bureau.p12"), "--passphrase-file", pass, "--workbook", wb}
	here := []string{"--round", "2019-08", "--workbook", wb}
	call := func(args ...string) []string { return append(args, signed...) }
	var made struct{ SHA256, File string }

	var served struct{ SHA256 []string }
	must(t, &served, call("act", "service", "--round", "2019-08", "--unit", "450100", "--date", "2019-08-27", "--how", "直接送达")...)
	must(t, &served, call("act", "service", "--round", "2019-08", "--date", "2019-08-27")...)
	if len(served.SHA256) != 5 {
		t.Errorf("%d more units were served", len(served.SHA256))
	}
	unit, key := "", ""
	var rows []struct{ Unit struct{ Code string } }
	must(t, &rows, append([]string{"rank"}, here...)...)
	for _, r := range rows {
		var findings []struct{ Key, Rule, Points, Note string }
		must(t, &findings, append([]string{"act", "findings", "--unit", r.Unit.Code}, here...)...)
		if len(findings) > 1 {
			unit, key = r.Unit.Code, findings[0].Key
		}
	}
	if unit == "" {
		t.Fatal("the demonstration has no unit with two findings")
	}
	code, _, _ := strings.Cut(key, "/")

	if exit, _, e := ctl(call("act", "objection", "--round", "2019-08", "--unit", unit, "--served", "2019-08-27", "--received", "2019-09-02", "--item", code+"=0")...); exit != 2 || !strings.Contains(e, "三段") {
		t.Errorf("an item in two parts: %d %s", exit, e)
	}
	must(t, &made, call("act", "objection", "--round", "2019-08", "--unit", unit, "--served", "2019-08-27", "--received", "2019-09-02", "--number", "函1号", "--item", code+":0:七月：已完成")...)
	objection := made.SHA256
	if exit, _, e := ctl(call("act", "ruling", objection[:12], "--decision", "refused", "--by", "复核员", "--text", "x")...); exit != 1 || !strings.Contains(e, "证件号码") {
		t.Errorf("a ruling without a number: %d %s", exit, e)
	}
	must(t, &made, call("act", "ruling", objection[:12], "--decision", "refused", "--by", "复核员,F001", "--item", code+"::不属实", "--number", "复1号", "--date", "2019-09-05")...)
	for _, name := range []string{"ruling.pdf", "ruling.docx"} {
		must(t, nil, "paper", "ruling", made.SHA256[:12], "-o", o.path(name), "--workbook", wb)
	}
	must(t, &made, call("act", "return", "--round", "2019-08", "--unit", unit, "--item", code+":2019-09-03:照片不清", "-o", o.path("return.zip"))...)

	must(t, &made, call("act", "notice", "--round", "2019-08", "--unit", unit, "--item", key+":2019-09-30:完成迁移", "--done", "按要求整改", "--until", "2019-10-15", "--number", "改1号", "--date", "2019-09-09")...)
	notice := made.SHA256
	if exit, _, e := ctl(call("act", "extend", notice[:12], "--date", "2019-10-01", "--item", key+":2019-10-20:晚了")...); exit != 1 || !strings.Contains(e, "已过") {
		t.Errorf("a late extension: %d %s", exit, e)
	}
	must(t, nil, call("act", "extend", notice[:12], "--date", "2019-09-20", "--item", key+":2019-10-20:采购延误")...)
	must(t, &made, call("act", "recheck", notice[:12], "--date", "2019-10-18", "--item", key+":未整改:看错了", "--by", "复查员")...)
	wrong := made.SHA256
	must(t, &made, call("act", "recheck", notice[:12], "--date", "2019-10-18", "--item", key+":已整改:现场核实", "--by", "复查员", "--replaces", wrong[:12])...)
	if exit, _, e := ctl(call("act", "recheck", notice[:12], "--date", "2019-10-18", "--item", key+":部分:x", "--replaces", wrong[:12])...); exit != 1 || !strings.Contains(e, made.SHA256[:8]) {
		t.Errorf("replaced twice: %d %s", exit, e)
	}
	if exit, _, e := ctl(call("act", "service", "--round", "2019-08", "--date", "2019-08-28", "--replaces", served.SHA256[0])...); exit != 2 || !strings.Contains(e, "--unit") {
		t.Errorf("which service is wrong: %d %s", exit, e)
	}
	must(t, nil, "paper", "notice", notice[:12], "-o", o.path("notice.docx"), "--workbook", wb)
	must(t, nil, "paper", "clearance", "-o", o.path("clearance.xlsx"), "--workbook", wb)
	var open []struct{ What, State, Until string }
	must(t, &open, append([]string{"act", "open"}, here...)...)
	rectify := 0
	for _, x := range open {
		if x.What == "rectify" {
			rectify++
			if x.Until != "2019-10-15" {
				t.Errorf("open is %+v", x)
			}
		}
	}
	if rectify == 0 {
		t.Errorf("open is %+v", open)
	}

	must(t, &made, call("act", "lists", "--round", "2019-08", "--unit", unit, "--item", "黑榜:列入:瞒报")...)
	must(t, nil, call("act", "approve", made.SHA256[:12], "--by", "局长,D3", "--number", "纪要3号", "--date", "2019-09-04")...)
	must(t, nil, "publish", "draft", "--round", "2019-08", "--scope", "内部", "--by", "拟稿人,D1", "--workbook", wb)
	must(t, nil, append([]string{"paper", "approval", "-o", o.path("approval.pdf")}, here...)...)

	scan := o.write("scan.txt", "scan")
	must(t, nil, "act", "opinion", "--round", "2019-08", "--unit", unit, "--scan", scan, "--decision", "partly", "--item", code+"::不同意", "-o", o.path("opinion.zip"),
		"--key", filepath.Join(dir, "keys", "inspector-1.p12"), "--passphrase-file", pass, "--workbook", wb)
	for _, name := range []string{"ruling.pdf", "ruling.docx", "return.zip", "notice.docx", "clearance.xlsx", "approval.pdf", "opinion.zip"} {
		if b, err := os.ReadFile(o.path(name)); err != nil || len(b) < 1000 {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
		}
	}
}
