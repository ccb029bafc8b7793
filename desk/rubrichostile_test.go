package desk

import (
	"archive/zip"
	"bytes"
	"context"
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

// zipBomb is the workbook with a sheet that unpacks to 300 MB.
func zipBomb(t *testing.T, b []byte) []byte {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		part, err := w.Create(f.Name)
		must(t, err)
		if f.Name == "xl/worksheets/sheet2.xml" {
			row := []byte(strings.Repeat(" ", 1<<20))
			for range 300 {
				_, err := part.Write(row)
				must(t, err)
			}
			continue
		}
		in, err := f.Open()
		must(t, err)
		_, err = io.Copy(part, in)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}
