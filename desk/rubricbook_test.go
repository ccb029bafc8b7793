package desk

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/internal/randomrubric"
	"xunping/report"
)

func bookOf(t interface{ Fatal(...any) }, c *inspection.Compiled) []byte {
	var b bytes.Buffer
	if err := WriteRubricBook(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edited changes a workbook as a clerk would and gives its bytes.
func edited(t interface{ Fatal(...any) }, b []byte, change func(*excelize.File)) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	change(f)
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The hash stays, with the hidden original and without it.
func TestRubricBookGivesTheSameRubric(t *testing.T) {
	same := func(fatal interface{ Fatal(...any) }, c *inspection.Compiled, b []byte, how string) {
		got, problems, err := ReadRubricBook("r.xlsx", b)
		if err != nil || len(problems) > 0 {
			fatal.Fatal(how, err, problems)
		}
		again, err := inspection.Compile(got)
		if err != nil {
			fatal.Fatal(how, err)
		}
		if again.Hash != c.Hash {
			fatal.Fatal(how, "another rubric:\n", string(c.JSON), "\n", string(again.JSON))
		}
	}
	bare := func(f *excelize.File) {
		if err := f.DeleteSheet(report.FormOriginal); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range rubrics.List() {
		c, err := inspection.Compile(r.JSON)
		if err != nil {
			t.Fatal(err)
		}
		b := bookOf(t, c)
		same(t, c, b, r.Code)
		same(t, c, edited(t, b, bare), r.Code+" without its original")
	}
	if os.Getenv("XUNPING_LONG") == "1" { // else a sample of 100
		must(t, flag.Set("rapid.checks", "1000"))
		defer func() { must(t, flag.Set("rapid.checks", "100")) }()
	}
	n := 0
	defer func() { t.Logf("%d random rubrics went to Excel and back (1000 with XUNPING_LONG=1)", n) }()
	rapid.Check(t, func(rt *rapid.T) {
		j, err := json.Marshal(randomrubric.Draw(rt))
		if err != nil {
			rt.Fatal(err)
		}
		c, err := inspection.Compile(j)
		if err != nil {
			rt.Fatal(err)
		}
		if n++; n%2 == 0 {
			same(rt, c, bookOf(rt, c), "random")
			return
		}
		same(rt, c, edited(rt, bookOf(rt, c), bare), "random without its original")
	})
}

// What LibreOffice opened and saved again is still the same rubric, to the hash.
func TestRubricBookSurvivesOffice(t *testing.T) {
	office, err := exec.LookPath("libreoffice")
	if err != nil || testing.Short() {
		t.Skip("no libreoffice, or no time for it")
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "again")}
	for _, r := range rubrics.List() {
		c, err := inspection.Compile(r.JSON)
		must(t, err)
		path := filepath.Join(dir, r.Code+".xlsx")
		must(t, SaveRubricBook(path, c))
		args = append(args, path)
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, r := range rubrics.List() {
		c, err := inspection.Compile(r.JSON)
		must(t, err)
		again, problems, err := OpenRubricBook(filepath.Join(dir, "again", r.Code+".xlsx"))
		if err != nil || len(problems) > 0 || again.Hash != c.Hash {
			t.Error(r.Code, err, problems)
		}
	}
}

// cellOf finds a line by its type and code and gives the cell of a head.
func cellOf(t *testing.T, f *excelize.File, sheet, kind, code, head string) string {
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if len(r) > 1 && r[0] == kind && r[1] == code {
			return cellName(sheet, head, i+1)
		}
	}
	t.Fatal("no line ", kind, code)
	return ""
}

func TestRubricBookAsAClerkChangesIt(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	if err != nil {
		t.Fatal(err)
	}
	b := bookOf(t, c)
	first := c.Rubric.Parts[0].Groups[0].Indicators[0]
	type want struct{ sheet, head, kind, code, text string }
	for name, x := range map[string]struct {
		change func(f *excelize.File)
		want   *want
	}{
		"another text is taken": {func(f *excelize.File) {
			must(t, f.SetCellStr(rubricSheet, cellOf(t, f, rubricSheet, lineRule, first.Rules[0].Code, "名称"), "换了说法"))
		}, nil},
		"a sum that is wrong": {func(f *excelize.File) {
			must(t, f.SetCellValue(rubricSheet, cellOf(t, f, rubricSheet, lineIndicator, first.Code, "分值"), 77))
		}, &want{rubricSheet, "分值", linePart, c.Rubric.Parts[0].Code, "之和"}},
		"words for points": {func(f *excelize.File) {
			must(t, f.SetCellStr(rubricSheet, cellOf(t, f, rubricSheet, lineIndicator, first.Code, "分值"), "五分"))
		}, &want{rubricSheet, "分值", lineIndicator, first.Code, ""}},
		"a formula": {func(f *excelize.File) {
			must(t, f.SetCellFormula(rubricSheet, cellOf(t, f, rubricSheet, lineIndicator, first.Code, "分值"), "2+3"))
		}, &want{rubricSheet, "分值", lineIndicator, first.Code, "公式"}},
		"an unknown kind": {func(f *excelize.File) {
			must(t, f.SetCellStr(rubricSheet, cellOf(t, f, rubricSheet, lineRule, first.Rules[0].Code, "方式"), "随便"))
		}, &want{rubricSheet, "方式", lineRule, first.Rules[0].Code, ""}},
		"a kind of unit that is none": {func(f *excelize.File) {
			must(t, f.SetCellStr(rubricSheet, cellOf(t, f, rubricSheet, lineRule, first.Rules[0].Code, "适用"), "社区"))
		}, &want{rubricSheet, "适用", lineRule, first.Rules[0].Code, "社区"}},
		"a number where a version stands is a version": {func(f *excelize.File) {
			must(t, f.SetCellValue(settingSheet, cellOf(t, f, settingSheet, lineSetting, "version", "值"), 2))
		}, nil},
		"a setting that is none": {func(f *excelize.File) {
			must(t, f.SetCellStr(settingSheet, cellOf(t, f, settingSheet, lineSetting, "free_findings", "值"), "也许"))
		}, &want{settingSheet, "值", lineSetting, "free_findings", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			changed := edited(t, b, x.change)
			out, problems, err := ReadRubricBook("r.xlsx", changed)
			if err != nil {
				t.Fatal(err)
			}
			if x.want == nil {
				if len(problems) > 0 {
					t.Fatal(problems)
				}
				again, err := inspection.Compile(out)
				if err != nil || again.Hash == c.Hash {
					t.Fatal("the change is lost", err)
				}
				return
			}
			f, err := excelize.OpenReader(bytes.NewReader(changed))
			must(t, err)
			cell := cellOf(t, f, x.want.sheet, x.want.kind, x.want.code, x.want.head)
			for _, p := range problems {
				if p.Sheet == x.want.sheet && p.Cell == cell && strings.Contains(p.Text, x.want.text) {
					return
				}
			}
			t.Fatalf("no problem at %s %s: %v", x.want.sheet, cell, problems)
		})
	}
}

// Every setting that takes one of a few values offers them, and what they offer
// can be read back.
func TestSettingsHaveDropDowns(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	b := bookOf(t, c)
	f, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	defer f.Close()
	list, err := f.GetDataValidations(settingSheet)
	must(t, err)
	offered := map[string]string{}
	for _, v := range list {
		offered[v.Sqref] = v.Formula1
	}
	settings, _ := rubricLines(c.Rubric)
	n := 0
	for i, r := range settings {
		cell := cellName(settingSheet, "值", i+2)
		choices := settingChoices[r["代码"]]
		if r["类型"] != lineSetting {
			choices = nil
		}
		if (offered[cell] != "") != (choices != nil) {
			t.Errorf("%s of %s offers %q", cell, r["代码"], offered[cell])
		}
		for _, x := range choices {
			n++
			if !strings.Contains(offered[cell], x) {
				t.Errorf("%s does not offer %s", r["代码"], x)
			}
			if _, problems, err := ReadRubricBook("r.xlsx", edited(t, b, func(f *excelize.File) { must(t, f.SetCellStr(settingSheet, cell, x)) })); err != nil || len(problems) > 0 {
				t.Errorf("%s %s: %v %v", r["代码"], x, problems, err)
			}
		}
		if choices == nil {
			continue
		}
		if _, problems, _ := ReadRubricBook("r.xlsx", edited(t, b, func(f *excelize.File) { must(t, f.SetCellStr(settingSheet, cell, "别的")) })); len(problems) != 1 || problems[0].Cell != cell {
			t.Errorf("%s takes anything: %v", r["代码"], problems)
		}
	}
	if n != 12 {
		t.Error(n, "choices")
	}
}

// One changed line leaves every other indicator as it was.
func TestRubricBookChangesOneIndicatorOnly(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	first := c.Rubric.Parts[0].Groups[0].Indicators[0]
	out, problems, err := ReadRubricBook("r.xlsx", edited(t, bookOf(t, c), func(f *excelize.File) {
		must(t, f.SetCellStr(rubricSheet, cellOf(t, f, rubricSheet, lineRule, first.Rules[0].Code, "名称"), "换了说法"))
	}))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	again, err := inspection.Compile(out)
	must(t, err)
	list, err := inspection.CompareRubrics(c, again)
	must(t, err)
	for _, x := range list {
		if (x.Change != inspection.ChangeSame) != (x.Indicator == first.Code) {
			t.Errorf("%s: %s %v", x.Indicator, x.Change, x.Members)
		}
	}
}

// Codes that are there take no other text; rows can be put in, taken out and moved, as
// the first sheet says, which a protected sheet does not let.
func TestCodesOfTheFormAreKept(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(bookOf(t, c)))
	must(t, err)
	defer f.Close()
	list, err := f.GetDataValidations(rubricSheet)
	must(t, err)
	kept := map[string]string{}
	for _, v := range list {
		if v.ErrorStyle != nil && *v.ErrorStyle == "stop" && v.ShowErrorMessage {
			kept[v.Sqref] = v.Formula1
		}
	}
	_, lines := rubricLines(c.Rubric)
	n := 0
	for i, l := range lines {
		if l["类型"] != lineRule {
			continue
		}
		n++
		if at := cellName(rubricSheet, "代码", i+2); !strings.Contains(kept[at], l["代码"]) {
			t.Errorf("%s takes any code: %q", at, kept[at])
		}
	}
	if p, err := f.GetSheetProtection(rubricSheet); err != nil || p != (excelize.SheetProtectionOptions{}) {
		t.Errorf("the sheet is protected: %+v %v", p, err)
	}
	if n < 20 {
		t.Error(n, "rules")
	}
}

// What is no number, no day or no text is not taken for one.
func TestCellsOfOtherTypes(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	b, err := inspection.Compile(builtin.JSON)
	must(t, err)
	odd := *b.Rubric
	odd.Version, odd.Title = "43708", "43709"
	raw, err := rubricBytes(&odd)
	must(t, err)
	c, err := inspection.Compile(raw)
	must(t, err)
	book := bookOf(t, c)
	back, problems, err := ReadRubricBook("r.xlsx", edited(t, book, func(f *excelize.File) {
		must(t, f.SetCellStr(settingSheet, cellOf(t, f, settingSheet, lineSetting, "basis", "值"), "43710"))
	}))
	must(t, err)
	if r, _, err := inspection.ReadRubric(back); err != nil || len(problems) > 0 || r.Version != "43708" || r.Title != "43709" || r.Basis != "43710" {
		t.Errorf("numbers that are texts came back as %+v %v %v", r, problems, err)
	}
	at := func(f *excelize.File, code string) string {
		return cellOf(t, f, settingSheet, lineSetting, code, "值")
	}
	back, problems, err = ReadRubricBook("r.xlsx", edited(t, book, func(f *excelize.File) {
		yes := true
		must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		must(t, f.SetCellValue(settingSheet, at(f, "from"), 42216))
	}))
	must(t, err)
	if r, _, err := inspection.ReadRubric(back); err != nil || len(problems) > 0 || r.Effective.From != "2019-08-01" {
		t.Errorf("a day since 1904 came back as %q %v %v", r.Effective.From, problems, err)
	}
	for name, change := range map[string]func(*excelize.File){
		"true for points": func(f *excelize.File) {
			must(t, f.SetCellBool(rubricSheet, cellOf(t, f, rubricSheet, lineRule, "A1-1", "分值"), true))
		},
		"no row of places": func(f *excelize.File) {
			_, row, err := excelize.CellNameToCoordinates(at(f, "places"))
			must(t, err)
			must(t, f.RemoveRow(settingSheet, row))
		},
	} {
		if _, problems, err := ReadRubricBook("r.xlsx", edited(t, book, change)); err != nil || len(problems) == 0 {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}

// A draft with faults goes to Excel and comes back with the same faults.
func TestADraftWithFaultsIsExported(t *testing.T) {
	d, e, _ := editorOf(t)
	must(t, e.Set(false, lineOf(t, e, lineIndicator, "A1"), "分值", "九"))
	path := filepath.Join(t.TempDir(), "d.xlsx")
	must(t, e.SaveBook(path))
	again, err := d.NewRubricDraft(mustCompile(t))
	must(t, err)
	_, err = again.Take(path)
	must(t, err)
	if len(again.Problems()) != len(e.Problems()) || len(e.Problems()) == 0 || again.Lines()[lineOf(t, again, lineIndicator, "A1")].Cells["分值"] != "九" {
		t.Errorf("it had %v, and has %v", e.Problems(), again.Problems())
	}
}

func mustCompile(t *testing.T) *inspection.Compiled {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	return c
}
