package desk

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"xunping/assets/rubrics"
	"xunping/inspection"
)

// What is no rubric, or means harm, is refused with a sentence and soon.
func TestRubricBookRefuses(t *testing.T) {
	builtin, _ := rubrics.Get("jutongyong-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	b := bookOf(t, c)
	for name, change := range map[string]func(f *excelize.File){
		"no sheet of indicators":            func(f *excelize.File) { must(t, f.DeleteSheet(rubricSheet)) },
		"a head is gone":                    func(f *excelize.File) { must(t, f.SetCellStr(rubricSheet, "E1", "别的")) },
		"wide":                              func(f *excelize.File) { must(t, f.SetCellStr(rubricSheet, "XFD3", "x")) },
		"long":                              func(f *excelize.File) { must(t, f.SetCellStr(rubricSheet, "A30000", "x")) },
		"long within the limits of a table": func(f *excelize.File) { must(t, f.SetCellStr(rubricSheet, "A7000", "x")) },
		"wide within the limits of a table": func(f *excelize.File) { must(t, f.SetCellStr(rubricSheet, "AZ3", "x")) },
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := bounded(t, edited(t, b, change)); err == nil {
				t.Fatal("taken")
			}
		})
	}
	for name, b := range map[string][]byte{"no workbook": []byte("PK\x03\x04 nothing"), "empty": nil, "half": b[:len(b)/2], "bomb": zipBomb(t, b)} {
		t.Run(name, func(t *testing.T) {
			if _, err := bounded(t, b); err == nil {
				t.Fatal("taken")
			}
		})
	}
	for name, x := range map[string]struct {
		most   int    // problems
		first  string // the cell of one
		change func(f *excelize.File)
	}{
		"booleans, days and nonsense in every cell": {mostProblems + 1, "A300", func(f *excelize.File) {
			for n := 300; n < 3000; n++ {
				must(t, f.SetSheetRow(rubricSheet, cellName(rubricSheet, "类型", n), &[]any{true, 1.5, time.Now(), "#REF!"}))
			}
		}},
		"formulas without end": {mostProblems + 1, "C400", func(f *excelize.File) {
			for n := 400; n < 2000; n++ {
				must(t, f.SetCellFormula(rubricSheet, cellName(rubricSheet, "名称", n), `REPT("x",32767)&C1`))
			}
		}},
		"merged cells": {1, "C3:C5", func(f *excelize.File) { must(t, f.MergeCell(rubricSheet, "C3", "C5")) }},
		"all cells merged": {mostProblems + 1, "A2:A3", func(f *excelize.File) {
			for n := 2; n < 400; n += 2 {
				must(t, f.MergeCell(rubricSheet, cellName(rubricSheet, "类型", n), cellName(rubricSheet, "类型", n+1)))
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			problems, err := bounded(t, edited(t, b, x.change))
			if err != nil || len(problems) == 0 || len(problems) > x.most || !slices.ContainsFunc(problems, func(p CellProblem) bool { return p.Cell == x.first }) {
				t.Fatal(len(problems), "problems, none at", x.first, err)
			}
		})
	}
}

// Limits of reading one hostile workbook: only a hang meets the first, and what
// unpacks without end the second.
const (
	hostileTime   = 20 * time.Second
	hostileMemory = 256 << 20
)

// bounded reads a workbook from outside within these limits.
func bounded(t *testing.T, b []byte) (problems []CellProblem, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), hostileTime)
	defer cancel()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, problems, err = ReadRubricBook("r.xlsx", b)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatal("still reading after", hostileTime)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > hostileMemory {
		t.Errorf("reading took %d MB", used>>20)
	} else {
		t.Logf("reading took %d MB", used>>20)
	}
	return problems, err
}

// What a small file can make of itself: each of these asked for gigabytes or minutes.
func TestRubricBookWithoutMeasure(t *testing.T) {
	builtin, _ := rubrics.Get("zfwz-2019")
	c, err := inspection.Compile(builtin.JSON)
	must(t, err)
	b := bookOf(t, c)
	in := func(before, what string, times int) func(string) string {
		return func(part string) string {
			at := strings.LastIndex(part, before)
			if at < 0 {
				t.Fatalf("no %s", before)
			}
			return part[:at] + strings.Repeat(what, times) + part[at:]
		}
	}
	merges := func(part string) string {
		var m strings.Builder
		for i := range 60_000 {
			fmt.Fprintf(&m, `<mergeCell ref="AA%d:AB%d"/>`, 7000+i, 7000+i)
		}
		return strings.Replace(part, "</sheetData>", "</sheetData><mergeCells>"+m.String()+"</mergeCells>", 1)
	}
	for name, x := range map[string]struct {
		part   string
		change func(string) string
	}{
		"empty cells":           {"xl/worksheets/sheet2.xml", in("</row>", "<c/>", 3_000_000)},
		"empty cells far right": {"xl/worksheets/sheet2.xml", in("</sheetData>", `<row><c r="XFD1"/></row>`, 9000)},
		"cells without end":     {"xl/worksheets/sheet2.xml", in("</sheetData>", `<row><c r="IV1"/></row>`, 9000)},
		"blanks before cells":   {"xl/worksheets/sheet2.xml", func(s string) string { return in("</row>", "<c/>", 3_000_000)(in("</row>", " ", 17<<20)(s)) }},
		"empty rows":            {"xl/worksheets/sheet2.xml", in("</sheetData>", "<row/>", 1_000_000)},
		"a row far down":        {"xl/worksheets/sheet2.xml", in("</sheetData>", `<row r="1048576"/>`, 1)},
		"merged cells":          {"xl/worksheets/sheet2.xml", merges},
		"nested":                {"xl/worksheets/sheet2.xml", in("</sheetData>", "<r>", 100_000)},
		"styles":                {"xl/styles.xml", in("</cellXfs>", `<xf numFmtId="0"/>`, 1_000_000)},
		"sheets":                {"xl/workbook.xml", in("</sheets>", `<sheet name="s" sheetId="9"/>`, 700_000)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := bounded(t, partChanged(t, b, x.part, x.part, x.change)); err == nil {
				t.Fatal("taken")
			}
		})
	}
	t.Run("a sheet of another name", func(t *testing.T) {
		hidden := partChanged(t, b, "xl/worksheets/sheet2.xml", "xl/worksheets/sheet2.dat", in("</row>", "<c/>", 3_000_000))
		hidden = partChanged(t, hidden, "xl/_rels/workbook.xml.rels", "xl/_rels/workbook.xml.rels", func(s string) string { return strings.ReplaceAll(s, "sheet2.xml", "sheet2.dat") })
		if _, err := bounded(t, hidden); err == nil {
			t.Fatal("taken")
		}
	})
	if problems, err := bounded(t, partChanged(t, b, "xl/styles.xml", "xl/styles.xml", func(s string) string { return s })); err != nil || len(problems) > 0 {
		t.Error("what nobody changed is refused:", problems, err)
	}
}

// partChanged is a workbook with one part changed, under another name or its own.
func partChanged(t *testing.T, b []byte, name, as string, change func(string) string) []byte {
	t.Helper()
	return rezipped(t, b, func(w *zip.Writer, f *zip.File) bool {
		if f.Name != name {
			return false
		}
		in, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(in)
		must(t, err)
		part, err := w.Create(as)
		must(t, err)
		_, err = io.WriteString(part, change(string(text)))
		must(t, err)
		return true
	})
}

// rezipped copies a zip; of the parts that instead wrote, it writes no more.
func rezipped(t *testing.T, b []byte, instead func(*zip.Writer, *zip.File) bool) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		if !instead(w, f) {
			must(t, w.Copy(f))
		}
	}
	must(t, w.Close())
	return out.Bytes()
}

// zipBomb is the workbook with a sheet that unpacks to 300 MB.
func zipBomb(t *testing.T, b []byte) []byte {
	return rezipped(t, b, func(w *zip.Writer, f *zip.File) bool {
		if f.Name != "xl/worksheets/sheet2.xml" {
			return false
		}
		part, err := w.Create(f.Name)
		must(t, err)
		row := []byte(strings.Repeat(" ", 1<<20))
		for range 300 {
			_, err := part.Write(row)
			must(t, err)
		}
		return true
	})
}
