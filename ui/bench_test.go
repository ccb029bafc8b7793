package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"xunping/desk"
	"xunping/scoring"
	"xunping/ui/model"
)

// bigRubric has 300 indicators, each with a rule, a measure and guidance.
func bigRubric(t testing.TB) string {
	t.Helper()
	var groups []any
	for g := range 10 {
		var list []any
		for i := range 30 {
			code := fmt.Sprintf("G%dI%d", g, i+1)
			points := "0.3"
			if g == 0 && i == 0 {
				points = "10.3" // 299 × 0.3 + 10.3 = 100
			}
			list = append(list, map[string]any{"code": code, "title": "第" + code + "项指标", "points": points,
				"rules":    []any{map[string]any{"code": code + "-1", "text": "没有完成的事项", "kind": "each", "per": "0.1", "unit": "个"}},
				"measures": []any{map[string]any{"code": code + "-m1", "label": "已完成 / 应完成"}},
				"guide":    map[string]any{"problem": "存在的问题", "goal": "目标"}})
		}
		groups = append(groups, map[string]any{"code": fmt.Sprint("G", g), "title": "分组", "indicators": list})
	}
	b, err := json.Marshal(map[string]any{"format": "xunping.rubric/1", "code": "big", "version": "1", "title": "三百项指标", "points_status": "illustrative",
		"rules_status": "illustrative", "free_findings": "allowed", "places": 2, "bands": []any{map[string]any{"name": "全部", "from": "0"}}, "lists": []any{},
		"parts": []any{map[string]any{"code": "X", "title": "扣分", "kind": "deduct", "full": "100", "absence": map[string]any{"policy": "none"}, "groups": groups}}})
	must(t, err)
	path := filepath.Join(t.TempDir(), "big.json")
	must(t, os.WriteFile(path, b, 0o600))
	return path
}

// walkOf opens a unit on a rubric of 22 or of 300 indicators.
func walkOf(b testing.TB, indicators int) *walkView {
	s := newWindow(b, "zh")
	if indicators > 22 {
		_, err := s.desk.NewRound(desk.RoundPlan{Code: "2019-09", Title: "大", Rubric: bigRubric(b)})
		must(b, err)
		must(b, s.chooseRound("2019-09"))
	}
	v := at(b, s, "450100")
	if n := v.in.Compiled().Engine.Len(); n != indicators {
		b.Fatalf("%d indicators", n)
	}
	return v
}

// Our own work for one key press must stay under 16 ms, a frame.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{22, 300} {
		b.Run(fmt.Sprintf("switch/%d", n), func(b *testing.B) {
			v := walkOf(b, n)
			for i := 0; b.Loop(); i++ {
				if v.step(1); i%(n-1) == n-2 {
					v.open(v.walk.Rows()[1].Code)
				}
			}
		})
		b.Run(fmt.Sprintf("count/%d", n), func(b *testing.B) {
			v := walkOf(b, n)
			code, rule := "A2", "A2-2"
			if n > 22 {
				code, rule = "G3I3", "G3I3-1"
			}
			v.open(code)
			for i := 0; b.Loop(); i++ {
				v.entry.apply(func() error { return v.in.SetCount(code, rule, scoring.Decimal(1+i%3)*scoring.One) })
			}
		})
		b.Run(fmt.Sprintf("type/%d", n), func(b *testing.B) {
			v := walkOf(b, n)
			v.focusNote()
			for i := 0; b.Loop(); i++ {
				if i%200 == 0 { // a note, not a novel
					v.entry.note.SetText("")
				}
				v.entry.note.TypedRune('字')
			}
		})
	}
}

// Filtering 2,000 units as somebody types.
func BenchmarkFilterUnits(b *testing.B) {
	s := newWindow(b, "zh")
	v := s.screen.(*unitsView)
	rows := make([]desk.UnitRow, 2000)
	for i := range rows {
		rows[i] = v.shown[i%len(v.shown)]
	}
	v.units = model.NewUnits(rows)
	for i := 0; b.Loop(); i++ {
		v.units.Text = []string{"n", "nn", "nns", ""}[i%4]
		v.refresh()
	}
}
