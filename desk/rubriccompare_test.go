package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xunping/assets/i18n"
	"xunping/assets/rubrics"
	"xunping/inspection"
	"xunping/scoring"
)

// changedRubric is the built-in rubric with a change.
func changedRubric(t *testing.T, change func(*scoring.Rubric)) (before, after *inspection.Compiled) {
	t.Helper()
	b, _ := rubrics.Get("jutongyong-2019")
	before, err := inspection.Compile(b.JSON)
	must(t, err)
	var r scoring.Rubric
	must(t, json.Unmarshal(before.JSON, &r))
	change(&r)
	j, err := rubricBytes(&r)
	must(t, err)
	after, err = inspection.Compile(j)
	must(t, err)
	return before, after
}

// Whatever differs between two versions is told with what stood there before.
func TestCompareRubricsTellsAll(t *testing.T) {
	d := func(n int64) *scoring.Decimal { x := scoring.Decimal(n) * scoring.One; return &x }
	first := func(r *scoring.Rubric) *scoring.Indicator { return &r.Parts[0].Groups[0].Indicators[0] }
	for name, x := range map[string]struct {
		change func(*scoring.Rubric)
		want   string
	}{
		"gate":    {func(r *scoring.Rubric) { r.Parts[1].Gate.AtLeast, r.Parts[1].Gate.Above = nil, d(70) }, "[changed 部分 Y [{最少 70 } {最多  70}]]"},
		"band":    {func(r *scoring.Rubric) { r.Bands[1].From = *d(81) }, "[changed 等级 高 [{值 80 81}]]"},
		"list":    {func(r *scoring.Rubric) { r.Lists[0].AtLeast = d(85) }, "[changed 榜单 红榜 [{值 80 85}]]"},
		"absence": {func(r *scoring.Rubric) { r.Parts[0].Absence.Policy = scoring.FullMarks }, "[changed 部分 X [{缺项时 按比例折算 计满分}]]"},
		"setting": {func(r *scoring.Rubric) { r.FreeFindings = "never" }, "[changed 设置 另加扣分（可以、要审批、不可以） [{值 可以 不可以}]]"},
		"rule":    {func(r *scoring.Rubric) { first(r).Rules[0].Text = "另一种情形"; first(r).Rules[0].Points = d(1) }, ""},
		"group":   {func(r *scoring.Rubric) { r.Parts[0].Groups[0].Title = "新名" }, "[changed 分组 A [{名称 政务数据“通” 新名}]]"},
		"order": {func(r *scoring.Rubric) {
			g := r.Parts[0].Groups[0].Indicators
			g[0].Guide, g[1].Guide = nil, nil
			r.Parts[0].Groups[0].Indicators = slices.Concat(g[1:2], g[:1], g[2:])
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := CompareRubrics(changedRubric(t, x.change))
			must(t, err)
			if len(got.Lines) == 0 {
				t.Fatal("nothing is told")
			}
			if x.want != "" {
				c := got.Lines[0]
				if said := fmt.Sprintf("[%s %s %s %v]", c.Change, c.Type, c.Name, c.Cells); len(got.Lines) != 1 || said != x.want {
					t.Errorf("%s of %d lines, want %s", said, len(got.Lines), x.want)
				}
			}
		})
	}
	a, b := changedRubric(t, func(r *scoring.Rubric) { first(r).Rules[0].Text = "另一种情形" })
	got, err := CompareRubrics(a, b)
	must(t, err)
	if len(got.Lines) != 1 || got.Lines[0].In != "A1" || got.Lines[0].Cells[0].To != "另一种情形" || got.Lines[0].Cells[0].From == "" {
		t.Errorf("%+v", got.Lines)
	}
	if got, err := CompareRubrics(a, a); err != nil || len(got.Lines) != 0 {
		t.Error("a rubric differs from itself", got.Lines, err)
	}
}

// In English, settings and what is chosen are English words; the rubric's own text is
// not touched, even where it is one of the words of the form.
func TestComparedInEnglish(t *testing.T) {
	i18n.Use("en")
	defer i18n.Use("zh")
	got, err := CompareRubrics(changedRubric(t, func(r *scoring.Rubric) {
		r.FreeFindings, r.Issuer, r.Version = "never", "正式", "不可以"
		r.Parts[0].Absence.Policy = scoring.FullMarks
		r.Parts[0].Groups[0].Title = "得满分"
	}))
	must(t, err)
	var said []string
	for _, x := range got.Lines {
		x = x.Said()
		said = append(said, fmt.Sprintf("%s: %s → %s", x.Name, x.Cells[0].From, x.Cells[0].To))
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"Points that no rule lists (allowed, by approval, never): Allowed → Never", "→ 正式", "→ 不可以", "→ 得满分", "Rescale → Full marks"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
}
