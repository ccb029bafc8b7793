package desk

import (
	"bytes"
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/assets/rubrics"
	"xunping/inspection"
)

// A draft may begin with what a file holds, or take it later.

// beginCases gives a draft the cases of the version that it begins with.
func (d *Desk) beginCases(e *RubricEditor, code, hash string) error {
	owner, err := d.casesOf(code, hash)
	if err != nil {
		return err
	}
	return d.wb.CopyRubricCases(context.Background(), owner, e.id)
}

// DraftFile begins a draft with what a file holds: a rubric as JSON, or an Excel
// form, which may be wrong in places and then follows base in undo.
func (d *Desk) DraftFile(path string, base *inspection.Compiled) (*RubricEditor, []CellProblem, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	if !bytes.HasPrefix(b, []byte("PK")) {
		c, err := compileAll(b)
		if err != nil {
			return nil, nil, err
		}
		e, err := d.draftOf(c)
		return e, nil, err
	}
	e, err := d.NewRubricDraft(base)
	if err != nil {
		return nil, nil, err
	}
	problems, err := e.Take(path)
	if err != nil {
		if derr := e.Discard(); derr != nil {
			return nil, nil, derr
		}
		return nil, nil, err
	}
	if code := e.Setting("code"); code != base.Rubric.Code { // another rubric, with cases of its own
		if err := d.wb.DropRubricCases(context.Background(), e.id); err != nil {
			return nil, nil, err
		}
		if err := d.beginCases(e, code, ""); err != nil {
			return nil, nil, err
		}
	}
	return e, problems, nil
}

// compileAll is Compile that names everything that is wrong.
func compileAll(b []byte) (*inspection.Compiled, error) {
	if _, found, err := inspection.ReadRubric(b); err == nil && len(found) > 1 {
		lines := make([]string, min(len(found), mostProblems))
		for i := range lines {
			lines[i] = found[i].Error()
		}
		return nil, i18n.E("指标体系有 %d 处错误：%s", len(found), "\n"+strings.Join(lines, "\n"))
	}
	return inspection.Compile(b)
}

// DraftNamed begins a draft with the rubric that a code, a hash or a file names.
// An Excel form may be wrong in places, which are given.
func (d *Desk) DraftNamed(name string) (*RubricEditor, []CellProblem, error) {
	c, err := d.rubricNamed(name)
	if c == nil && err == nil {
		if b, ok := rubrics.Get(name); ok {
			c, err = inspection.Compile(b.JSON)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if c != nil {
		e, err := d.NewRubricDraft(c)
		return e, nil, err
	}
	base, err := inspection.Compile(rubrics.List()[0].JSON) // what a form is taken into
	if err != nil {
		return nil, nil, err
	}
	return d.DraftFile(name, base)
}

// Take replaces the draft's content by an Excel form, as one change that can be
// undone. What is wrong in it is given by the cells of the file, and shown by
// line like anything typed.
func (e *RubricEditor) Take(path string) ([]CellProblem, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	settings, lines, foreign, err := readForm(path, b)
	if err != nil {
		return nil, err
	}
	wrong := cellErrors{what: i18n.T("指标表格")}
	for _, p := range foreign {
		wrong.named(p.Sheet+" "+p.Cell, p.Text)
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	if err := e.Flush(); err != nil {
		return nil, err
	}
	e.doc.Settings, e.doc.Lines = trimmed(settings), trimmed(lines)
	e.check()
	return e.problems, e.save(i18n.T("从 Excel 读入"))
}

// ProblemText is a list of problems, one a line, with sheet and cell.
func ProblemText(list []CellProblem) string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = strings.TrimSpace(p.Sheet+" "+p.Cell) + "\t" + p.Text
	}
	return strings.Join(lines, "\n")
}
