package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxCell is the most text a cell takes; the library would cut it silently.
const maxCell = 32767

// book writes sheets one after the other by streams, with one style for each
// meaning.
type book struct {
	f                         *excelize.File
	head, text, whole, points int
	free, kept, strong        int // cells of a form: to fill in, locked, of a line that others belong to
}

func newBook(f *excelize.File) (*book, error) {
	b := &book{f: f}
	if err := f.SetDefaultFont("Noto Sans SC"); err != nil {
		return nil, err
	}
	line := []excelize.Border{{Type: "bottom", Color: "BFBFBF", Style: 1}}
	var err error
	style := func(s *excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		id, err = b.f.NewStyle(s)
		return id
	}
	b.head = style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Color: []string{"ECEFF3"}, Pattern: 1}, Border: line,
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	b.text = style(&excelize.Style{Border: line, NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	b.whole = style(&excelize.Style{Border: line, NumFmt: 1, Alignment: &excelize.Alignment{Vertical: "top"}})
	two := "0.00########"
	b.points = style(&excelize.Style{Border: line, CustomNumFmt: &two, Alignment: &excelize.Alignment{Vertical: "top"}})
	wrap, pale := &excelize.Alignment{Vertical: "top", WrapText: true}, excelize.Fill{Type: "pattern", Color: []string{"F3F4F6"}, Pattern: 1}
	b.free = style(&excelize.Style{Border: line, NumFmt: 49, Alignment: wrap, Protection: &excelize.Protection{}})
	b.strong = style(&excelize.Style{Border: line, NumFmt: 49, Alignment: wrap, Protection: &excelize.Protection{}, Font: &excelize.Font{Bold: true}})
	b.kept = style(&excelize.Style{Border: line, NumFmt: 49, Alignment: wrap, Fill: pale, Font: &excelize.Font{Color: "595F69"}})
	return b, err
}

// write writes one sheet: heads, rows, widths, frozen head, filter, print set-up.
// The order of the calls matters to the streaming writer.
func (b *book) write(i int, s sheet) error {
	if i == 0 {
		if err := b.f.SetSheetName("Sheet1", s.name); err != nil {
			return err
		}
	} else if _, err := b.f.NewSheet(s.name); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(s.heads), s.size()+1)
	if err != nil {
		return err
	}
	if err := b.f.SetSheetDimension(s.name, "A1:"+last); err != nil {
		return err
	}
	yes := true // before the stream begins: it writes these properties first
	if err := b.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	w, err := b.f.NewStreamWriter(s.name)
	if err != nil {
		return err
	}
	if err := b.rows(w, s); err != nil {
		return err
	}
	if err := b.shade(s); err != nil {
		return err
	}
	if err := b.page(s, last); err != nil {
		return err
	}
	return w.Flush()
}

func (b *book) rows(w *excelize.StreamWriter, s sheet) error {
	widths := make([]int, len(s.heads))
	for c, width := range s.widths() {
		widths[c] = int(width)
		if err := w.SetColWidth(c+1, c+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := make([]any, len(s.heads))
	for c, h := range s.heads {
		row[c] = excelize.Cell{StyleID: b.head, Value: h}
	}
	if err := w.SetRow("A1", row); err != nil {
		return err
	}
	for n := range s.size() {
		values := s.at(n)
		cells := make([]any, len(values))
		for c, v := range values {
			cells[c] = b.cell(v)
		}
		if err := w.SetRow("A"+strconv.Itoa(n+2), cells, height(values, widths)...); err != nil {
			return err
		}
	}
	return nil
}

// height makes a row as high as its longest text needs; nothing for one line.
// Programs do not measure the rows of a streamed sheet by themselves.
func height(values []any, widths []int) []excelize.RowOpts {
	most := 1
	for c, v := range values {
		s, ok := v.(string)
		if !ok || c >= len(widths) || len(s) < widths[c] && !strings.Contains(s, "\n") {
			continue
		}
		lines := 0
		for part := range strings.SplitSeq(s, "\n") {
			n := units(part)
			lines += 1 + (n-1)/max(widths[c]-1, 1)
			if n > widths[c] && n == utf8.RuneCountInString(part) {
				lines++ // long words leave a part of a line empty
			}
		}
		most = max(most, lines)
	}
	if most == 1 {
		return nil
	}
	return []excelize.RowOpts{{Height: float64(min(16*most, 400))}}
}

// cell makes numbers numbers and everything else text, never a formula.
func (b *book) cell(v any) excelize.Cell {
	switch x := v.(type) {
	case int:
		return excelize.Cell{StyleID: b.whole, Value: x}
	case number:
		if isDecimal(string(x)) {
			if f, err := strconv.ParseFloat(string(x), 64); err == nil {
				return excelize.Cell{StyleID: b.points, Value: f}
			}
		}
		return excelize.Cell{StyleID: b.text, Value: clip(string(x))}
	}
	return excelize.Cell{StyleID: b.text, Value: clip(fmt.Sprint(v))}
}

// isDecimal tells whether a text is a plain decimal number: no exponent, no
// infinity, no words.
func isDecimal(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(digits, ".")
	return whole != "" && (!point || frac != "") && strings.Trim(whole+frac, "0123456789") == ""
}

// clip keeps a text within a cell and says that it was cut.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if utf8.RuneCountInString(s) <= maxCell {
		return s
	}
	return string([]rune(s)[:maxCell-8]) + "…（已截短）"
}

// widths are those of the columns: as their texts need, a Chinese character counting
// two. The first rows tell enough.
func (s sheet) widths() []float64 {
	most := make([]int, len(s.heads))
	for c, h := range s.heads {
		most[c] = units(h)
	}
	for i := range min(s.size(), 2000) {
		for c, v := range s.at(i) {
			if _, set := s.wide[c+1]; set || c >= len(most) {
				continue
			}
			text, ok := v.(string)
			if !ok {
				text = fmt.Sprint(v)
			}
			most[c] = max(most[c], units(text))
		}
	}
	out := make([]float64, len(most))
	for c, n := range most {
		w, ok := s.wide[c+1]
		if !ok {
			w = min(float64(n)+2, 60)
		}
		out[c] = w
	}
	return out
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2E80 {
			n++
		}
	}
	return n
}

// shade lays a ground under the figures of the columns that are a heat map: the
// larger the darker; the figures stay readable on paper.
func (b *book) shade(s sheet) error {
	if s.heat[0] == 0 || s.heat[1] < s.heat[0] || s.size() == 0 {
		return nil
	}
	first, err := excelize.CoordinatesToCellName(s.heat[0], 2)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(s.heat[1], s.size()+1)
	if err != nil {
		return err
	}
	return b.f.SetConditionalFormat(s.name, first+":"+last, []excelize.ConditionalFormatOptions{
		{Type: "2_color_scale", Criteria: "=", MinType: "num", MinValue: "0", MinColor: "#FFFFFF", MaxType: "max", MaxColor: "#E3A09C"}})
}

func (b *book) page(s sheet, last string) error {
	if s.size() > 0 {
		if err := b.f.AutoFilter(s.name, "A1:"+last, nil); err != nil {
			return err
		}
	}
	landscape, a4, fit, any := "landscape", 9, 1, 0
	if err := b.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &fit, FitToHeight: &any}); err != nil {
		return err
	}
	if err := b.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&L" + s.name + "&R第 &P 页 共 &N 页"}); err != nil {
		return err
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + s.name + "'!$1:$1", Scope: s.name})
}
