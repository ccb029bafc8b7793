package report

import (
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// FormSheet is a sheet of an Excel workbook that a person fills in and gives
// back. Everything is text, so that Excel turns no code and no figure into
// something else.
type FormSheet struct {
	Name    string
	Heads   []string
	Rows    [][]string
	Choices map[string][]string                 // by head: the drop-down
	Only    func(row int, head string) []string // of one cell; nil for none
	Locked  func(row int, head string) bool     // a cell that keeps its text
	Kept    string                              // what is said to who writes another there
	Strong  func(row int) bool                  // a line that others belong to
	Wide    map[string]float64                  // by head
	Spare   int                                 // empty rows below that can be filled in too
}

// Form is such a workbook: a first sheet that explains, the sheets to fill in,
// and parts of the original that nobody sees, to tell an untouched form.
type Form struct {
	Explains []string
	Sheets   []FormSheet
	Original []string
}

// Names of the sheets of every form that are not filled in.
const (
	FormExplains = "说明"
	FormOriginal = "原件"
)

// ErrLongCell says that a text does not fit into a cell of Excel.
var ErrLongCell = fmt.Errorf("a text is longer than %d characters", maxCell)

// WriteForm writes the workbook as XLSX. Locked cells take no other text: it keeps a
// slip of the hand out, not a person. An error of the writer, or ErrLongCell.
func WriteForm(w io.Writer, form Form) error {
	f := excelize.NewFile()
	defer f.Close()
	b, err := newBook(f)
	if err != nil {
		return fmt.Errorf("form: %w", err)
	}
	about := sheet{name: FormExplains, heads: []string{FormExplains}, wide: map[int]float64{1: 100}}
	for _, t := range form.Explains {
		about.rows = append(about.rows, []any{t})
	}
	if err := b.write(0, about); err != nil {
		return fmt.Errorf("form: %w", err)
	}
	for _, s := range form.Sheets {
		if err := b.fillIn(s); err != nil {
			return fmt.Errorf("form: sheet %s: %w", s.Name, err)
		}
	}
	if err := b.original(form.Original); err != nil {
		return fmt.Errorf("form: %w", err)
	}
	f.SetActiveSheet(min(1, len(form.Sheets)))
	if err := f.Write(w); err != nil {
		return fmt.Errorf("form: %w", err)
	}
	return nil
}

// fillIn writes a sheet whose cells can be written in.
func (b *book) fillIn(s FormSheet) error {
	if _, err := b.f.NewSheet(s.Name); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for c, h := range s.Heads {
		wide := s.Wide[h]
		if wide == 0 {
			wide = max(float64(units(h))+2, 10)
		}
		if err := w.SetColWidth(c+1, c+1, wide); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(s.Heads))
	for c, h := range s.Heads {
		head[c] = excelize.Cell{StyleID: b.head, Value: h}
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for n := range len(s.Rows) + s.Spare {
		cells, err := b.open(s, n)
		if err != nil {
			return err
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n+2), cells); err != nil {
			return err
		}
	}
	if err := b.guard(s); err != nil {
		return err
	}
	return w.Flush()
}

// open are the cells of a row, those that may be changed unlocked.
func (b *book) open(s FormSheet, n int) ([]any, error) {
	cells := make([]any, len(s.Heads))
	for c, h := range s.Heads {
		value := ""
		if n < len(s.Rows) && c < len(s.Rows[n]) {
			value = s.Rows[n][c]
		}
		if utf8.RuneCountInString(value) > maxCell {
			return nil, ErrLongCell
		}
		style := b.free
		switch {
		case n < len(s.Rows) && s.Locked != nil && s.Locked(n, h):
			style = b.kept
		case n < len(s.Rows) && s.Strong != nil && s.Strong(n):
			style = b.strong
		}
		cells[c] = excelize.Cell{StyleID: style, Value: value}
	}
	return cells, nil
}

// guard adds the drop-downs, the filter, the page and the protection.
func (b *book) guard(s FormSheet) error {
	heads := slices.Clone(s.Heads)
	for c, h := range heads {
		choices := s.Choices[h]
		if len(choices) == 0 {
			continue
		}
		col, err := excelize.ColumnNumberToName(c + 1)
		if err != nil {
			return err
		}
		if err := b.choose(s.Name, fmt.Sprintf("%s2:%s%d", col, col, len(s.Rows)+s.Spare+1000), choices); err != nil {
			return err
		}
	}
	if err := b.chooseOnly(s); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.Heads), len(s.Rows)+s.Spare+1)
	if err != nil {
		return err
	}
	if err := b.page(sheet{name: s.Name, rows: make([][]any, len(s.Rows)+s.Spare)}, last); err != nil {
		return err
	}
	return b.keep(s)
}

// keep refuses another text in the locked cells. The sheet itself is not protected:
// then no row with a locked cell could be taken out, and a row put in between would
// have locked cells of its own.
func (b *book) keep(s FormSheet) error {
	for n := range s.Rows {
		for c, h := range s.Heads {
			if s.Locked == nil || !s.Locked(n, h) || c >= len(s.Rows[n]) || s.Rows[n][c] == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(c+1, n+2)
			if err != nil {
				return err
			}
			v := excelize.NewDataValidation(false)
			v.Sqref = cell
			if err := v.SetDropList([]string{s.Rows[n][c]}); err != nil {
				return err
			}
			v.SetError(excelize.DataValidationErrorStyleStop, h, s.Kept)
			if err := b.f.AddDataValidation(s.Name, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// choose gives cells a drop-down.
func (b *book) choose(sheet, cells string, choices []string) error {
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	if err := v.SetDropList(choices); err != nil {
		return err
	}
	return b.f.AddDataValidation(sheet, v)
}

// chooseOnly gives single cells their own drop-downs.
func (b *book) chooseOnly(s FormSheet) error {
	for n := range s.Rows {
		for c, h := range s.Heads {
			if s.Only == nil || s.Only(n, h) == nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(c+1, n+2)
			if err != nil {
				return err
			}
			if err := b.choose(s.Name, cell, s.Only(n, h)); err != nil {
				return err
			}
		}
	}
	return nil
}

// original writes what tells an untouched form into a sheet that is not shown.
func (b *book) original(parts []string) error {
	if len(parts) == 0 {
		return nil
	}
	if _, err := b.f.NewSheet(FormOriginal); err != nil {
		return err
	}
	for i, p := range parts {
		if err := b.f.SetCellStr(FormOriginal, fmt.Sprintf("A%d", i+1), p); err != nil {
			return err
		}
	}
	return b.f.SetSheetVisible(FormOriginal, false, true)
}
