package desk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xunping/inspection"
)

// fillForm writes cells of a form.
func fillForm(t *testing.T, path string, cells map[string]any) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	for cell, v := range cells {
		must(t, f.SetCellValue(f.GetSheetName(0), cell, v))
	}
	must(t, f.Save())
}

// The form goes out, is filled in by the unit, comes back as an answer; a wrong
// one names every cell and changes nothing.
func TestAnswerForm(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.bureau
	_, hash, code, f := o.faulty()
	notice := o.did(d.DemandRectify(ctx, RectifyEntry{Record: hash, Date: "2019-08-26",
		Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Text: "完成迁移", Until: "2019-09-30"}}}, o.key, ""))
	dir := t.TempDir()
	form := filepath.Join(dir, "form.xlsx")
	fresh := func() {
		t.Helper()
		must(t, d.WriteAnswerForm(notice, form))
	}
	fresh()
	must(t, os.WriteFile(filepath.Join(dir, "割接报告.pdf"), []byte("%PDF-1.4 report"), 0o600))
	for name, x := range map[string]struct {
		cells map[string]any
		words string
	}{
		"nothing filled in":  {nil, "没有填写任何一条"},
		"no measure":         {map[string]any{"H2": "2019-09-20"}, "G2"},
		"no day":             {map[string]any{"G2": "完成"}, "H2"},
		"a day that is none": {map[string]any{"G2": "完成", "H2": "九月底"}, "H2"},
		"evidence elsewhere": {map[string]any{"G2": "完成", "H2": "2019-09-20", "I2": "../secret"}, "I2"},
		"evidence missing":   {map[string]any{"G2": "完成", "H2": "2019-09-20", "I2": "没有.jpg"}, "I2"},
		"another item":       {map[string]any{"B2": "A1/f9", "G2": "完成", "H2": "2019-09-20"}, "B2"},
		"another notice":     {map[string]any{"A3": strings.Repeat("0", 64), "B3": "x", "G3": "y", "G2": "完成", "H2": "2019-09-20"}, "A3"},
		"an unknown notice":  {map[string]any{"A2": strings.Repeat("0", 64), "G2": "完成"}, "不在工作簿里"},
		"no form at all":     {map[string]any{"A1": "x"}, "不是整改答复表"},
	} {
		fresh()
		fillForm(t, form, x.cells)
		_, err := d.ReadAnswerForm(form, "")
		if err == nil || !strings.Contains(err.Error(), x.words) {
			t.Errorf("%s: want %s, got %v", name, x.words, err)
		}
	}
	fresh()
	fillForm(t, form, map[string]any{"G2": "已割接，旧专线停用", "H2": 43728, "I2": "割接报告.pdf"}) // Excel keeps 2019-09-20 as a number
	read, err := d.ReadAnswerForm(form, "")
	must(t, err)
	o.did(d.EnterAnswer(ctx, read, "2019-09-23", inspection.Person{Name: "联络员"}, o.key, ""))
	i := item(t, d, notice)
	if i.State != RectifyAnswered || i.Answer.Measure != "已割接，旧专线停用" || i.Answer.Done != "2019-09-20" || len(i.Answer.Evidence) != 1 {
		t.Fatalf("answered as %+v", i.Answer)
	}
	if data, _, err := d.ActScan(i.Answer.Evidence[0]); err != nil || string(data) != "%PDF-1.4 report" {
		t.Errorf("the evidence is %q, %v", data, err)
	}
	// A second form holds the first answer. Handed in as it is, it changes nothing;
	// with other words it keeps what was shown before.
	fresh()
	if _, err := d.ReadAnswerForm(form, ""); err == nil || !strings.Contains(err.Error(), "与上次相同") {
		t.Errorf("the form as it was written: %v", err)
	}
	fillForm(t, form, map[string]any{"G2": "已割接，旧专线停用并退网"})
	read, err = d.ReadAnswerForm(form, "")
	must(t, err)
	o.did(d.EnterAnswer(ctx, read, "2019-09-25", inspection.Person{Name: "联络员"}, o.key, ""))
	if again := item(t, d, notice); again.Answer.Measure != "已割接，旧专线停用并退网" || !slices.Equal(again.Answer.Evidence, i.Answer.Evidence) {
		t.Errorf("answered again as %+v", again.Answer)
	}
	o.did(d.Recheck(ctx, RectifyStep{Notice: notice, Date: "2019-09-27", Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Claim: RecheckDone}}}, o.key, ""))
	if err := d.WriteAnswerForm(notice, form); err == nil {
		t.Error("a form is written for a notice of which all is done")
	}
}

// What is open travels with the next task and is known on the laptop.
func TestTaskCarriesOpenItems(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.bureau
	unit, hash, code, f := o.faulty()
	notice := o.did(d.DemandRectify(ctx, RectifyEntry{Record: hash, Date: "2019-08-26",
		Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Text: "完成迁移", Until: "2019-09-30"}}}, o.key, ""))
	o.did(d.Recheck(ctx, RectifyStep{Notice: notice, Date: "2019-09-02", Items: map[string]inspection.ActItem{FindingKey(code, f.ID): {Claim: RecheckPart, Text: "还剩一个"}}}, o.key, ""))
	_, err := d.NewRound(RoundPlan{Code: "2019-09"})
	must(t, err)
	out := filepath.Join(t.TempDir(), "task.zip")
	info, err := d.exportTask(ctx, "2019-09", "", o.key, out)
	must(t, err)
	if info.Acts != 2 || info.Letters != 0 && info.Records < 1 {
		t.Errorf("packed %+v", info)
	}
	root, err := d.RootPin()
	must(t, err)
	laptop, err := Create(filepath.Join(t.TempDir(), "w.xpb"), CreateOptions{})
	must(t, err)
	defer laptop.Close()
	plan, err := laptop.PlanTask(out, root)
	must(t, err)
	must(t, laptop.TakeTask(ctx, plan))
	open, err := laptop.OpenItems(unit)
	must(t, err)
	if len(open) != 1 || open[0].State != RectifyPart || open[0].Finding.ID != f.ID || open[0].RecheckNote != "还剩一个" {
		t.Errorf("on the laptop open are %+v", open)
	}
}
