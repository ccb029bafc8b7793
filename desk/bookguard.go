package desk

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"xunping/assets/i18n"
)

// What an Excel workbook from outside may hold. The library that reads it keeps every
// element in memory, fills each row up to its last cell, and compares each merged
// range with all others: 70 kB of zip can ask for gigabytes and minutes. So the parts
// are counted first, as they stream by, and nothing is kept of them.
const (
	bookParts    = 1000
	bookElements = 500_000   // tags in all parts; a table of 20,000 lines has 360,000
	bookCells    = 1_500_000 // of a sheet, each row taken as wide as its last cell
	bookColumns  = 256
	bookRows     = 50_000
	bookMerges   = 2000
	bookDepth    = 100
)

var (
	errTooMuch = errors.New("more than a workbook may hold")
	errTooWide = fmt.Errorf("a cell in a column too far right: %w", errTooMuch)
)

// guardBook refuses a workbook that holds more than these.
func guardBook(name string, b []byte) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return i18n.E("表格 %s 读不出来，可能已损坏或太大；没有改动", name, err)
	}
	g := bookGuard{left: bookElements}
	if len(z.File) > bookParts {
		err = errTooMuch
	}
	whole := uint64(0)
	for _, f := range z.File {
		// A part is read to its end, or something could stand beyond what was counted.
		if whole += f.UncompressedSize64; f.UncompressedSize64 > uint64(sheetOptions.UnzipXMLSizeLimit) || whole > uint64(sheetOptions.UnzipSizeLimit) {
			err = errTooMuch
		}
		if err != nil {
			break
		}
		err = g.part(f)
		if ext := path.Ext(f.Name); ext != ".xml" && ext != ".rels" && !errors.Is(err, errTooMuch) {
			err = nil // a picture; but a sheet may have any name
		}
	}
	switch {
	case errors.Is(err, errTooWide):
		return i18n.E("表格 %s 超过 %d 列；没有改动", name, bookColumns, err)
	case errors.Is(err, errTooMuch):
		return i18n.E("表格 %s 的内容超过限度（单元格、合并或样式太多），可能是恶意文件；没有改动。正常的表格请另存一份只有这些内容的再试", name, err)
	case err != nil:
		return i18n.E("表格 %s 读不出来，可能已损坏或太大；没有改动", name, err)
	}
	return nil
}

// bookGuard counts what is in a workbook; cells, row and merges are those of a sheet.
type bookGuard struct {
	left, depth                int
	cells, row, column, merges int
}

func (g *bookGuard) part(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	g.depth, g.cells, g.row, g.column, g.merges = 0, 0, 0, 0, 0
	d := xml.NewDecoder(r) // no more comes than the size that the zip names
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			g.depth--
		case xml.StartElement:
			g.left--
			g.depth++
			g.element(t)
		}
		switch {
		case g.column > bookColumns:
			return errTooWide
		case g.left < 0, g.depth > bookDepth, g.cells > bookCells, g.row > bookRows, g.merges > bookMerges:
			return errTooMuch
		}
	}
}

// element counts one tag. A row or cell without its number comes after the last.
func (g *bookGuard) element(t xml.StartElement) {
	switch t.Name.Local {
	case "row":
		g.row++
		if n, err := strconv.Atoi(reference(t)); err == nil {
			g.row = n
		}
		g.column = 0
	case "c":
		before := g.column
		g.column++
		if n := columnNumber(reference(t)); n > 0 {
			g.column = n
		}
		g.cells += max(g.column-before, 0)
	case "mergeCell":
		g.merges++
	}
}

// reference is the place that a row or a cell gives for itself.
func reference(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "r" && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnNumber is the column of a reference like BC12, 0 for none; what no column can
// be is one too many.
func columnNumber(ref string) (n int) {
	for _, c := range strings.ToUpper(ref) {
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > bookColumns {
			return bookColumns + 1
		}
	}
	return n
}
