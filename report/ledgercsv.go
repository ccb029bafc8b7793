package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
)

// CSVFile is one sheet of the ledger as a file.
type CSVFile struct {
	Name string // without folder
	Data []byte
}

// LedgerCSV gives the sheets of the ledger as CSV files, UTF-8 with a mark for
// Excel. A text that a spreadsheet would take for a formula begins with '.
func LedgerCSV(l Ledger) ([]CSVFile, error) {
	var out []CSVFile
	for i, s := range l.sheets() {
		var b bytes.Buffer
		b.WriteString("\uFEFF")
		w := csv.NewWriter(&b)
		w.UseCRLF = true
		if err := w.Write(s.heads); err != nil {
			return nil, fmt.Errorf("write %s: %w", s.name, err)
		}
		for n := range s.size() {
			row := s.at(n)
			cells := make([]string, len(row))
			for c, v := range row {
				cells[c] = csvCell(v)
			}
			if err := w.Write(cells); err != nil {
				return nil, fmt.Errorf("write %s: %w", s.name, err)
			}
		}
		w.Flush()
		if err := w.Error(); err != nil {
			return nil, fmt.Errorf("write %s: %w", s.name, err)
		}
		out = append(out, CSVFile{fmt.Sprintf("%02d-%s.csv", i+1, s.name), b.Bytes()})
	}
	return out, nil
}

// csvCell is a value as CSV keeps it: numbers as they are, text never a formula.
func csvCell(v any) string {
	switch x := v.(type) {
	case int:
		return fmt.Sprint(x)
	case number:
		if isDecimal(string(x)) {
			return string(x)
		}
		return safeText(string(x))
	}
	return safeText(fmt.Sprint(v))
}

func safeText(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
