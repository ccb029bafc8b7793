package desk

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"xunping/assets/i18n"
)

// cellErrors collects what is wrong in a table from outside, each named by its
// cell, so that a person can mend all of it in one go.
type cellErrors struct {
	what  string // the table
	sheet string // in a workbook
	lines []string
	more  int
}

// maxCellErrors is how many are named.
const maxCellErrors = mostProblems

// add notes what is wrong in a cell; col counts from 0, row as a person counts.
func (e *cellErrors) add(col, row int, what string) {
	name, err := excelize.CoordinatesToCellName(max(col, 0)+1, row)
	if err != nil {
		name = "?"
	}
	e.named(name, what)
}

// named notes what is wrong in a cell of a name.
func (e *cellErrors) named(cell, what string) {
	if len(e.lines) == maxCellErrors {
		e.more++
		return
	}
	e.lines = append(e.lines, strings.TrimSpace(e.sheet+" "+cell)+" "+what)
}

// err is the whole list as one error, or nil.
func (e *cellErrors) err() error {
	if len(e.lines) == 0 {
		return nil
	}
	text := strings.Join(e.lines, "\n")
	if e.more > 0 {
		text += "\n" + i18n.T("还有 %d 处", e.more)
	}
	return i18n.E("%s有 %d 处不对，没有改动：\n%s", e.what, len(e.lines)+e.more, text)
}
