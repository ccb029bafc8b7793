package report

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Number marks a decimal text as a number for a sheet.
func Number(s string) any { return number(s) }

// WriteTable writes one table as a workbook of its own: text, int or Number.
func WriteTable(w io.Writer, name string, heads []string, rows [][]any) error {
	f := excelize.NewFile()
	defer f.Close()
	b, err := newBook(f)
	if err == nil {
		err = b.write(0, sheet{name: name, heads: heads, rows: rows})
	}
	if err == nil {
		err = f.Write(w)
	}
	if err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}
