package desk

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xunping/inspection"
)

// flat is a text without white space: lines break anywhere in Chinese.
func flat(s string) string { return strings.Join(strings.Fields(s), "") }

// bothSay wants the words in a document written as PDF and as DOCX, and the PDF
// sound by programs that are not this one. Documents stay in o.papers for opened;
// XUNPING_KEEP=DIR keeps them for people.
func (o *office) bothSay(name string, write func(path string) error, want ...string) {
	o.Helper()
	dir := o.paperDir()
	pdf, docx := filepath.Join(dir, name+".pdf"), filepath.Join(dir, name+".docx")
	must(o.T, write(pdf))
	must(o.T, write(docx))
	o.papers[docx] = want
	o.refused(write(filepath.Join(dir, name+".txt")), ".pdf 或 .docx")
	o.says(name+".docx", wordText(o.T, docx), want)
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		out, err := exec.Command(tool, "-raw", pdf, "-").Output()
		must(o.T, err)
		o.says(name+".pdf", string(out), want)
	}
	for _, check := range [][]string{{"qpdf", "--check", pdf}, {"mutool", "info", pdf}} {
		if tool, err := exec.LookPath(check[0]); err == nil {
			if out, err := exec.Command(tool, check[1:]...).CombinedOutput(); err != nil || strings.Contains(string(out), "repair") {
				o.Errorf("%s: %v: %s", check[0], err, out)
			}
		}
	}
}

// paperDir is where the documents of a test lie.
func (o *office) paperDir() string {
	if o.papers == nil {
		o.papers, o.paperAt = map[string][]string{}, o.T.TempDir()
		if keep := os.Getenv("XUNPING_KEEP"); keep != "" {
			o.paperAt = keep
		}
	}
	return o.paperAt
}

func (o *office) says(name, text string, want []string) {
	o.Helper()
	for _, w := range want {
		if !strings.Contains(flat(text), flat(w)) {
			o.Errorf("%s does not say %q", name, w)
		}
	}
}

// opened wants LibreOffice to open every document so far, and its pages to say the
// same.
func (o *office) opened() {
	o.Helper()
	if testing.Short() {
		return // starting an office takes seconds
	}
	o.T.Run("LibreOffice", func(t *testing.T) { // skips alone
		for name, text := range inOffice(t, sortedKeys(o.papers)...) {
			o.says(name+" in LibreOffice", text, o.papers[filepath.Join(o.paperAt, name)])
		}
	})
}

// The notice says to the unit what is wrong, what counts as done and by when; a
// later day is named beside the first; one that is replaced says so.
func TestRectifyNoticePaper(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, f := o.faulty()
	_, rec := o.head(unit)
	key := FindingKey(code, f.ID)
	entry := RectifyEntry{Record: hash, Number: "桂数改〔2019〕1号", Date: "2019-09-09", Text: "整改情况纳入下轮检查。",
		Items: map[string]inspection.ActItem{key: {Text: "全部系统迁移上云，<提供>迁移证明 & 清单", Until: "2019-09-30"}}}
	notice := o.did(d.DemandRectify(ctx, entry, o.key, ""))
	o.did(d.Extend(ctx, RectifyStep{Notice: notice, Date: "2019-09-20", Items: map[string]inspection.ActItem{key: {Text: "采购延误", Until: "2019-10-31"}}}, o.key, ""))
	write := func(path string) error { return d.WriteRectifyNotice(ctx, notice, path) }
	o.bothSay("整改通知单", write, "整改通知单", "桂数改〔2019〕1号", rec.Unit.Name+"：", code, f.Note, "<提供>迁移证明 & 清单", "2019年9月30日", "后改为2019年10月31日",
		"整改情况纳入下轮检查", "2019年9月9日", "（盖章处）", "试评", notice[:16], hash[:16], "第 1 页")
	o.refused(d.WriteRectifyNotice(ctx, hash, filepath.Join(t.TempDir(), "x.pdf")), "整改通知")
	entry.Replaces = notice
	o.did(d.DemandRectify(ctx, entry, o.key, ""))
	o.bothSay("整改通知单-旧", write, "已被新的文书代替")
}

// The ruling on an objection says what was claimed, what was ruled and by whom, and
// what becomes of the score, before and after it was changed.
func TestRulingPaper(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	o.did(d.SetObjectionLimit(ctx, "2019-08", 5, "方案", o.key, ""))
	unit, hash, code, _ := o.faulty()
	_, rec := o.head(unit)
	c, err := d.Compiled(rec.Rubric.SHA256)
	must(t, err)
	was := rec.Score(c).Total.Value()
	objection := o.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-08-27", Received: "2019-09-04", Number: "南数函〔2019〕77号",
		Claims: map[string]inspection.ActItem{code: {Text: "七月已完成", Claim: "0"}}}, o.key, ""))
	ruling := o.did(d.Rule(ctx, RulingEntry{Objection: objection, Decision: inspection.Partly, Number: "桂数复〔2019〕1号", Date: "2019-09-05",
		Items: map[string]inspection.ActItem{code: {Text: "七月的记录属实", Claim: "0"}}, By: inspection.Person{Name: "复核员", Number: "F001"}}, o.key, ""))
	write := func(path string) error { return d.WriteRuling(ctx, ruling, path) }
	said := []string{"关于" + rec.Unit.Name + "异议的复核意见", "桂数复〔2019〕1号", "南数函〔2019〕77号", "2019年8月27日送达", "异议期到2019年9月3日为止，收到时已经超过",
		code, "七月已完成（主张 0 分）", "改为 0 分。七月的记录属实", "部分采纳异议", "复核员（F001）", "没有参加对该单位的检查", "原总分 " + was + " 分", ruling[:16]}
	o.bothSay("复核意见-待改分", write, append(said, "尚待签发")...)
	in, err := d.CorrectByRuling(ruling)
	must(t, err)
	for _, f := range in.Record().Entries[code].Findings {
		must(t, in.RemoveFinding(code, f.ID))
	}
	_, err = in.sealWith(ctx, o.key, nil, "")
	must(t, err)
	now, rec := o.head(unit)
	o.bothSay("复核意见", write, append(said[:len(said)-2], "由 "+was+" 分更正为 "+rec.Score(c).Total.Value()+" 分", "第 2 版", now[:16])...)
}

// The sheet for approval prints the hash that is approved, with room for the pen
// before a step and with its decision after it; what is overridden was frozen with
// the reason and stays on the sheet when time has closed it.
func TestApprovalSheet(t *testing.T) {
	o := newOffice(t, 4)
	ctx, d := t.Context(), o.bureau
	unit, _, code, f := o.faulty()
	_, rec := o.head(unit)
	o.did(d.SetObjectionLimit(ctx, "2019-08", 5, "方案", o.key, ""))
	for _, u := range o.units {
		if h, _ := o.head(u); u != unit {
			o.did(d.RegisterService(ctx, ServiceEntry{Record: h, Served: "2019-08-20"}, o.key, ""))
		}
	}
	o.day("2019-08-30")
	change := o.did(d.ChangeLists(ctx, "2019-08", unit, map[string]inspection.ActItem{"黑榜": {Claim: ListAdd, Text: "瞒报"}}, o.key, ""))
	o.did(d.Approve(ctx, ApprovalEntry{About: change, Decision: inspection.Accepted, By: issuer, Number: "会议纪要3号", Date: "2019-08-29"}, o.key, ""))
	s := o.freeze(FreezeRequest{Scope: ScopeInternal, Override: "经局长同意先行发布", Text: "附台账"})
	write := func(path string) error { return d.WriteApprovalSheet(ctx, "2019-08", s.Hash, path) }
	said := []string{"呈批单", s.Hash, "内部", "拟稿人（D001）", "没有登记送达（1 个）：" + rec.Unit.Name, "经局长同意先行发布", "5 个工作日", rec.Unit.Name + " 列入黑榜，理由：瞒报", "会议纪要3号", "附台账", "报批的结果"}
	o.bothSay("呈批单-待审", write, append(said, "审核人（签名）：", "签发人（签名）：", "尚未发布")...)
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	first := o.did(d.Publish(ctx, s, o.key, ""))
	o.day("2019-10-30")
	o.bothSay("呈批单", write, append(said, "审核人：处长（D002）", "签发人：局长（D003）", "桂数通〔2019〕1号", first[:16])...)

	o.touch(unit, code, f.ID)
	again := o.freeze(FreezeRequest{Scope: ScopeInternal, Replaces: first, Override: "x"})
	o.bothSay("呈批单-更正", func(path string) error { return d.WriteApprovalSheet(ctx, "2019-08", "", path) }, again.Hash, "更正已经发布的", "更正的内容", "附件2", first[:16])
	_, hash, code2, _ := o.faulty()
	o.approveAll(again, "桂数通〔2019〕2号", "2019-10-30")
	o.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-10-29", Received: "2019-10-30", Claims: map[string]inspection.ActItem{code2: {Text: "x", Claim: "0"}}}, o.key, ""))
	_, err := d.Publish(ctx, again, o.key, "")
	o.refused(err, "拟稿时还没有")
}

// The list of what is to be put right carries the whole way of a finding: notice,
// extension, answer, recheck; and counts by unit.
func TestClearance(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d := t.Context(), o.bureau
	path := filepath.Join(t.TempDir(), "销号台账.xlsx")
	o.refused(d.WriteClearance(ctx, "2019-08", path), "还没有整改通知")
	unit, hash, code, f := o.faulty()
	_, rec := o.head(unit)
	items := map[string]inspection.ActItem{}
	for code, e := range rec.Entries {
		for _, f := range e.Findings {
			items[FindingKey(code, f.ID)] = inspection.ActItem{Text: "=整改到位", Until: "2019-09-30"}
		}
	}
	key := FindingKey(code, f.ID)
	notice := o.did(d.DemandRectify(ctx, RectifyEntry{Record: hash, Number: "桂数改〔2019〕1号", Date: "2019-09-09", Items: items}, o.key, ""))
	step := func(date, claim, text, until string) RectifyStep {
		return RectifyStep{Notice: notice, Date: date, By: inspection.Person{Name: "复查员"}, Items: map[string]inspection.ActItem{key: {Claim: claim, Text: text, Until: until}}}
	}
	o.did(d.Extend(ctx, step("2019-09-20", "", "采购延误", "2019-10-31"), o.key, ""))
	o.did(d.AnswerRectify(ctx, step("2019-10-20", "", "已经迁移", "2019-10-19"), o.key, ""))
	o.did(d.Recheck(ctx, step("2019-10-25", RecheckDone, "属实", ""), o.key, ""))
	o.day("2019-11-01")
	must(t, d.WriteClearance(ctx, "", path))
	x, err := excelize.OpenFile(path)
	must(t, err)
	defer x.Close()
	rows, err := x.GetRows("明细")
	must(t, err)
	if len(rows) != 1+len(items) {
		t.Fatalf("%d rows for %d findings", len(rows), len(items))
	}
	at := func(row []string, head string) string {
		if c := slices.Index(rows[0], head); c >= 0 && c < len(row) {
			return row[c]
		}
		return ""
	}
	overdue := 0
	for _, r := range rows[1:] {
		if at(r, "逾期") != "" {
			overdue++
		}
		if at(r, "怎样算整改完成") != "=整改到位" || at(r, "单位") != rec.Unit.Name || at(r, "通知短码") != notice[:16] || at(r, "原期限") != "2019-09-30" {
			t.Errorf("row %q", r)
		}
		if at(r, "状态") == "已销号" && (at(r, "现期限") != "2019-10-31" || at(r, "延期次数") != "1" || at(r, "整改措施（单位答复）") != "已经迁移" ||
			at(r, "完成日期（单位答复）") != "2019-10-19" || at(r, "复查结论") != RecheckDone || at(r, "复查日期") != "2019-10-25" || at(r, "复查人") != "复查员" || !strings.HasPrefix(at(r, "指标"), code)) {
			t.Errorf("the settled row is %q", r)
		}
	}
	short, err := x.GetRows("销号台账")
	must(t, err)
	said := ""
	for _, r := range short {
		said += strings.Join(r, "|") + "\n"
	}
	for _, want := range []string{"|2019-10-31|1 次，原 2019-09-30|已经迁移（2019-10-19，佐证 0 件）|2019-10-25 已整改 属实|0|已销号", "待整改，逾期"} {
		if len(short) != len(rows) || !strings.Contains(said, want) {
			t.Errorf("the list to print lacks %q:\n%s", want, said)
		}
	}
	sums, err := x.GetRows("单位汇总")
	must(t, err)
	want := []string{unit, rec.Unit.Name, strconv.Itoa(len(items)), "1", strconv.Itoa(len(items) - 1), strconv.Itoa(overdue), "0"}
	if len(sums) != 2 || !slices.Equal(sums[1], want) || overdue != len(items)-1 {
		t.Errorf("the unit is %q, want %q", sums, want)
	}
}
