package desk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xunping/assets/i18n"
	"xunping/assets/rubrics"
	"xunping/inspection"
)

// draftHere begins a draft of the built-in rubric in a new workbook.
func draftHere(t *testing.T) (*Desk, *RubricEditor) {
	t.Helper()
	d, err := Create(filepath.Join(t.TempDir(), "w.xpb"), CreateOptions{})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	c, err := FindRubric(d, "jutongyong-2019", "")
	must(t, err)
	e, err := d.NewRubricDraft(c)
	must(t, err)
	return d, e
}

func firstLine(t *testing.T, e *RubricEditor, kind string, is func(RubricLine) bool) RubricLine {
	t.Helper()
	i := slices.IndexFunc(e.Lines(), func(l RubricLine) bool { return l.Type == kind && is(l) })
	if i < 0 {
		t.Fatal("no line", kind)
	}
	return e.Lines()[i]
}

// Another kind of rule has other columns: what the old one had is emptied, not
// hidden, and one undo brings all of it back.
func TestAnotherKindEmptiesColumns(t *testing.T) {
	_, e := draftHere(t)
	l := firstLine(t, e, lineRule, func(l RubricLine) bool { return l.Cells["方式"] == "每次" && l.Cells["上限"] != "" })
	was := l.Cells["上限"]
	must(t, e.Set(false, l.At, "方式", "一次"))
	if now := e.Lines()[l.At].Cells; now["上限"] != "" || now["单位"] != "" || now["分值"] == "" || !slices.Contains(e.Cleared(), "上限") {
		t.Fatal(now, e.Cleared())
	}
	c, err := e.Compiled()
	must(t, err)
	if i, _ := c.Engine.Index(strings.SplitN(l.Cells["代码"], "-", 2)[0]); c.Engine.Rule(i, l.Cells["代码"]).Cap != nil {
		t.Error("the rubric carries the cap of the old kind")
	}
	must(t, e.Undo())
	if now := e.Lines()[l.At].Cells; now["上限"] != was || now["方式"] != "每次" {
		t.Error("undo leaves", now)
	}
}

// What stands in a column that does not count, or twice, is named by its cell.
func TestRubricBookDropsNothing(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	b := bookOf(t, c)
	f, err := excelize.OpenReader(strings.NewReader(string(b)))
	must(t, err)
	rows, err := f.GetRows(rubricSheet)
	must(t, err)
	at := func(kind, how string) int {
		for i, r := range rows {
			if r[0] == kind && (how == "" || len(r) > 3 && r[3] == how) {
				return i + 1
			}
		}
		t.Fatal("no line", kind, how)
		return 0
	}
	fixed, absent, part, goal := at(lineRule, "一次"), at(lineAbsent, ""), at(linePart, "扣分"), at(lineGuide, "目标")
	second := absent + 1
	settings, err := f.GetRows(settingSheet)
	must(t, err)
	last := len(settings) + 1
	for name, x := range map[string]struct {
		sheet, cell, value, says string
	}{
		"a cap of a fixed rule":      {rubricSheet, cellName(rubricSheet, "上限", fixed), "3", "上限"},
		"points of an aspect":        {rubricSheet, cellName(rubricSheet, "分值", absent), "3", "分值"},
		"a title of a goal":          {rubricSheet, cellName(rubricSheet, "名称", goal), "题", "名称"},
		"a gate that looks nowhere":  {rubricSheet, cellName(rubricSheet, "最少", part), "70", "门槛"},
		"an indicator absent twice":  {rubricSheet, cellName(rubricSheet, "对应", second), rows[absent-1][slices.Index(rubricHeads, "对应")], "可以没有"},
		"a second value of a title":  {settingSheet, "E4", "x", "另一值"},
		"a text in a list of grades": {settingSheet, "F14", "x", "内容"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems, err := ReadRubricBook("r.xlsx", edited(t, b, func(f *excelize.File) { must(t, f.SetCellStr(x.sheet, x.cell, x.value)) }))
			must(t, err)
			where := x.cell
			if strings.HasPrefix(name, "a gate") {
				where = cellName(rubricSheet, "对应", part)
			}
			if !slices.ContainsFunc(problems, func(p CellProblem) bool {
				return p.Sheet == x.sheet && p.Cell == where && strings.Contains(p.Text, x.says)
			}) {
				t.Error(where, problems)
			}
		})
	}
	_, problems, err := ReadRubricBook("r.xlsx", edited(t, b, func(f *excelize.File) {
		must(t, f.SetSheetRow(settingSheet, cellName(settingSheet, "类型", last), &[]any{lineSetting, "title", "名称", "另一个"}))
	}))
	if err != nil || len(problems) != 1 || problems[0].Cell != cellName(settingSheet, "代码", last) {
		t.Error("a setting twice:", problems, err)
	}
	_, _, err = ReadRubricBook("r.xlsx", edited(t, b, func(f *excelize.File) { must(t, f.SetCellStr(rubricSheet, "Z1", "分值")) }))
	if err == nil || !strings.Contains(err.Error(), "Z") {
		t.Error("two columns of one head:", err)
	}
}

// What is wrong is said in the words of the form, in both languages.
func TestRubricProblemsSpeakTheForm(t *testing.T) {
	defer i18n.Use("zh")
	for lang, want := range map[string]string{"zh": "“幅度”的规则缺少“最多”", "en": "a rule of kind “Range” needs “Most”"} {
		i18n.Use(lang)
		_, e := draftHere(t)
		l := firstLine(t, e, lineRule, func(l RubricLine) bool { return l.Cells["方式"] == "一次" })
		must(t, e.Set(false, l.At, "方式", "幅度"))
		must(t, e.Set(false, l.At, "最少", "1"))
		if got := e.LineProblems(false, l.At)["最多"]; got != want {
			t.Errorf("%s: %q", lang, got)
		}
		// A form that came with what does not count: it stays, and is named.
		must(t, e.Set(false, l.At, "方式", "一次"))
		must(t, e.Set(false, l.At, "分值", "1"))
		path := filepath.Join(t.TempDir(), "r.xlsx")
		c, err := e.Compiled()
		must(t, err)
		b := edited(t, bookOf(t, c), func(f *excelize.File) {
			must(t, f.SetCellStr(rubricSheet, cellOf(t, f, rubricSheet, lineRule, l.Cells["代码"], "最多"), "9"))
		})
		must(t, os.WriteFile(path, b, 0o600))
		_, err = e.Take(path)
		must(t, err)
		now := firstLine(t, e, lineRule, func(x RubricLine) bool { return x.Cells["代码"] == l.Cells["代码"] })
		if len(e.Problems()) != 1 || now.Cells["最多"] != "9" || !slices.Equal(now.Idle(), []string{"最多"}) || e.LineProblems(false, now.At)["最多"] == "" {
			t.Error(e.Problems(), now.Cells)
		}
	}
}
