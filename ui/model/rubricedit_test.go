package model

import (
	"path/filepath"
	"slices"
	"testing"

	"xunping/desk"
)

func rubricEdit(t *testing.T) *RubricEdit {
	t.Helper()
	d, err := desk.Create(filepath.Join(t.TempDir(), "w.xpb"), desk.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	c, err := desk.FindRubric(d, "jutongyong-2019", "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := d.NewRubricDraft(c)
	if err != nil {
		t.Fatal(err)
	}
	return NewRubricEdit(e)
}

// Sums turn wrong and right while somebody types, and the lines say where.
func TestRubricEditSeesSums(t *testing.T) {
	m := rubricEdit(t)
	if _, right := m.SumWords(); len(right) != 2 || slices.Contains(right, false) {
		t.Fatal(right)
	}
	at := slices.IndexFunc(m.Nodes(), func(n RubricNode) bool { return n.Type == "指标" && n.Code == "A1" })
	n := m.Nodes()[at]
	m.Open(n.Setting, n.At)
	if err := m.E.Set(m.Setting, m.At, "分值", n.Points+"0"); err != nil {
		t.Fatal(err)
	}
	if _, right := m.SumWords(); right[0] {
		t.Error("80 points for A1 and the sum is right")
	}
	m.OnlyWrong(true)
	if nodes := m.Nodes(); len(nodes) != 1 || nodes[0].Type != "部分" {
		t.Error(nodes)
	}
	if err := m.E.Set(m.Setting, m.At, "分值", n.Points); err != nil {
		t.Fatal(err)
	}
	if len(m.Nodes()) != 0 {
		t.Error("still wrong", m.Nodes())
	}
}

// Every head that a line of the built-in rubric uses can be written in the
// window, and statuses cannot.
func TestRubricEditHasAFieldForAll(t *testing.T) {
	m := rubricEdit(t)
	for _, n := range m.Nodes() {
		m.Open(n.Setting, n.At)
		l, _ := m.Line()
		fields := m.Fields()
		if n.Setting && (l.Cells["代码"] == "points_status" || l.Cells["代码"] == "rules_status") {
			if len(fields) > 0 {
				t.Error("a status can be written")
			}
			continue
		}
		for head, v := range l.Cells {
			if head == "类型" || v == "" || n.Setting && (head == "代码" || l.Type == "设置") {
				continue
			}
			if !slices.ContainsFunc(fields, func(f RubricField) bool { return f.Head == head }) {
				t.Errorf("%s %s has no field for %s", l.Type, n.Code, head)
			}
		}
	}
}
