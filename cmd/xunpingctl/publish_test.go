package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A round is published from the terminal: draft, review, issue, publish; what
// must fail fails with exit 1 and a sentence.
func TestPublishFromTheTerminal(t *testing.T) {
	dir, _ := demoIn(t)
	wb, key, pass := filepath.Join(dir, "bureau.xpb"), filepath.Join(dir, "keys", "bureau.p12"), filepath.Join(dir, "keys", "passphrase.txt")
	signed := []string{"--key", key, "--passphrase-file", pass, "--workbook", wb}
	refuse := func(words string, args ...string) {
		t.Helper()
		if code, _, e := ctl(args...); code != exitRefused || !strings.Contains(e, words) {
			t.Errorf("%v: exit %d, %s; want %s", args, code, e, words)
		}
	}
	var limit struct{ Days int }
	must(t, &limit, "act", "limit", "--round", "2019-08", "--workbook", wb)
	if limit.Days != 0 {
		t.Errorf("a limit of %d days is assumed", limit.Days)
	}
	refuse("还没有拟稿", append([]string{"publish", "--round", "2019-08"}, signed...)...)
	must(t, &limit, append([]string{"act", "limit", "--round", "2019-08", "--days", "5"}, signed...)...)
	refuse("没有登记送达", "publish", "draft", "--round", "2019-08", "--scope", "内部", "--by", "拟稿人", "--workbook", wb)
	var draft struct {
		Snapshot string
		Rows     int
		Blockers []struct{ Kind string }
	}
	must(t, &draft, "publish", "draft", "--round", "2019-08", "--scope", "内部", "--by", "拟稿人", "--override", "示例发布", "--workbook", wb)
	if len(draft.Snapshot) != 64 || draft.Rows != 6 || len(draft.Blockers) != 6 || draft.Blockers[0].Kind != "unserved" {
		t.Errorf("drafted %+v", draft)
	}
	approve := func(by, step string, more ...string) []string {
		return append(append([]string{"publish", "approve", "--round", "2019-08", "--by", by, "--step", step}, more...), signed...)
	}
	refuse("拟稿人", approve("拟稿人", "审核")...)
	must(t, nil, approve("处长,D2", "审核")...)
	refuse("文号", approve("局长,D3", "签发")...)
	inspector := append([]string{"publish", "--round", "2019-08", "--key", filepath.Join(dir, "keys", "inspector-1.p12")}, "--passphrase-file", pass, "--workbook", wb)
	must(t, nil, approve("局长,D3", "签发", "--number", "桂数通〔2019〕1号", "--date", "2019-08-30")...)
	refuse("角色", inspector...)
	var done struct{ SHA256, Snapshot, Number string }
	must(t, &done, append([]string{"publish", "--round", "2019-08", "-o", filepath.Join(dir, "publication.zip")}, signed...)...)
	if done.Snapshot != draft.Snapshot || done.Number != "桂数通〔2019〕1号" {
		t.Errorf("published %+v", done)
	}
	refuse("已经发布过", append([]string{"publish", "--round", "2019-08"}, signed...)...)
	var status struct {
		Drafts       []struct{ Stage string }
		Publications []struct {
			SHA256, Fault, Override string
			Current                 bool
			Changed                 []string
		}
	}
	must(t, &status, "publish", "status", "--round", "2019-08", "--workbook", wb)
	if len(status.Drafts) != 1 || status.Drafts[0].Stage != "published" || len(status.Publications) != 1 || !status.Publications[0].Current ||
		status.Publications[0].SHA256 != done.SHA256 || status.Publications[0].Override != "示例发布" || len(status.Publications[0].Changed) != 0 {
		t.Errorf("the status is %+v", status)
	}
	if out := must(t, nil, "act", "timeline", "--unit", "450100", "--round", "2019-08", "--workbook", wb); !strings.Contains(out, "评分表") || !strings.Contains(out, "内部 发布") {
		t.Errorf("the timeline is\n%s", out)
	}
}

// Notice, form, answer, recheck, receipts and export from the terminal.
func TestRectifyFromTheTerminal(t *testing.T) {
	dir, _ := demoIn(t)
	o := newOffice(t)
	wb, key, pass := filepath.Join(dir, "bureau.xpb"), filepath.Join(dir, "keys", "bureau.p12"), filepath.Join(dir, "keys", "passphrase.txt")
	signed := []string{"--key", key, "--passphrase-file", pass, "--workbook", wb}
	var rows []struct {
		Unit struct{ Code string }
	}
	must(t, &rows, "rank", "--round", "2019-08", "--workbook", wb)
	notice := ""
	for _, r := range rows {
		rec := o.path(r.Unit.Code + ".json")
		must(t, nil, "record", "export", "--round", "2019-08", "--unit", r.Unit.Code, "-o", rec, "--workbook", wb)
		if notice = noticeOf(t, o, rec, signed); notice != "" {
			break
		}
	}
	if notice == "" {
		t.Fatal("the demonstration has no finding")
	}
	var open []struct{ What, State, Until string }
	must(t, &open, "act", "open", "--round", "2019-08", "--workbook", wb)
	if len(open) != 1 || open[0].What != "rectify" || open[0].State != "open" || open[0].Until != "2019-09-30" {
		t.Errorf("open is %+v", open)
	}
	form := o.path("form.xlsx")
	must(t, nil, "act", "form", notice[:12], "-o", form, "--workbook", wb)
	if code, _, e := ctl(append([]string{"act", "answer", form}, signed...)...); code != exitRefused || !strings.Contains(e, "没有填写任何一条") {
		t.Errorf("an empty form: exit %d, %s", code, e)
	}
	fill(t, form, map[string]string{"G2": "已完成", "H2": "2019-09-20"})
	must(t, nil, append([]string{"act", "answer", form, "--by", "联络员"}, signed...)...)
	must(t, &open, "act", "open", "--round", "2019-08", "--workbook", wb)
	if len(open) != 1 || open[0].State != "answered" {
		t.Errorf("after the answer open is %+v", open)
	}
	var receipts []struct {
		Inspector, File string
		Records         int
	}
	must(t, &receipts, append([]string{"act", "receipts", "--round", "2019-08", "-o", o.path("receipts")}, signed...)...)
	n := 0
	for _, r := range receipts {
		n += r.Records
	}
	if n != 6 {
		t.Errorf("receipts for %d records: %+v", n, receipts)
	}
	var exported struct{ Acts int }
	must(t, &exported, append([]string{"act", "export", "-o", o.path("acts.zip")}, signed...)...)
	var list []struct{ Act struct{ Kind string } }
	must(t, &list, "act", "list", "--workbook", wb)
	if exported.Acts != len(list) {
		t.Errorf("exported %d of %d", exported.Acts, len(list))
	}
	must(t, &list, "act", "list", "--kind", "answer", "--workbook", wb)
	if len(list) != 1 {
		t.Errorf("answers: %+v", list)
	}
}
