package desk

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// wideBook has one value in the last column that Excel knows.
func wideBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must(t, f.SetCellValue("Sheet1", "A1", "名称"))
	must(t, f.SetCellValue("Sheet1", "XFD2", "x"))
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}
