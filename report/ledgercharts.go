package report

import (
	"archive/zip"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// quick lets the file be compressed by a faster writer of the same format: most
// of the time of a large ledger is compression.
func quick(f *excelize.File) {
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
		return z
	})
}

// chartSheet is the sheet of the charts; their data stand on the other sheets.
const chartSheet = "图表"

// maxBars is how many bars a chart takes before nobody can read it.
const maxBars = 40

// One dark and one light fill that a bad printer keeps apart.
const (
	inkFill   = "3B4656"
	paleFill  = "B9C2CE"
	blackFill = "1D2129"
)

// charts draws the charts of the ledger, each from the cells of another sheet.
// Every bar carries its figure, so that a print in black and white says as much.
func charts(f *excelize.File, l Ledger) error {
	if _, err := f.NewSheet(chartSheet); err != nil {
		return err
	}
	// Rows of a fixed height, before the charts are anchored to them: programs
	// differ in how high a row of the default font is.
	yes, high := true, 15.0
	if err := f.SetSheetProps(chartSheet, &excelize.SheetPropsOptions{FitToPage: &yes, DefaultRowHeight: &high, CustomHeight: &yes}); err != nil {
		return err
	}
	ranked := 0
	for _, r := range l.Ranking {
		if r.Rank > 0 {
			ranked++
		}
	}
	if ranked == 0 {
		return f.SetCellValue(chartSheet, "A1", "还没有可排名的结果")
	}
	title := "总分（按名次）"
	if ranked > maxBars {
		title = fmt.Sprintf("总分（前 %d 名，共 %d 个）", maxBars, ranked)
	}
	plots := []plot{
		{at: "A1", title: title, sheet: "排名", names: "C", values: []string{"G"}, rows: min(ranked, maxBars), kind: excelize.Bar, fills: []string{inkFill}, places: "0.00"},
		{at: "A35", title: "各扣分指标合计失分", sheet: "指标失分", names: "A", values: []string{"D"}, rows: len(l.Losses), kind: excelize.Col, fills: []string{inkFill}},
		{at: "A69", title: "各等级和榜单的单位数", sheet: "等级与榜单", names: "A", values: []string{"B"}, rows: len(l.Bands), kind: excelize.Col, fills: []string{inkFill}},
		{at: "A103", title: "历轮红榜与黑榜", sheet: "历轮", names: "A", values: []string{"D", "E"}, rows: len(l.Rounds), kind: excelize.Col, fills: []string{paleFill, blackFill}},
	}
	for _, p := range plots {
		if err := p.draw(f); err != nil {
			return err
		}
	}
	return chartPage(f)
}

// plot is one chart: columns of a sheet against a column of names.
type plot struct {
	at, title, sheet, names string
	values                  []string
	rows                    int
	kind                    excelize.ChartType
	fills                   []string
	places                  string
}

func (p plot) draw(f *excelize.File) error {
	if p.rows == 0 {
		return nil
	}
	column := func(c string) string { return fmt.Sprintf("'%s'!$%s$2:$%s$%d", p.sheet, c, c, p.rows+1) }
	var series []excelize.ChartSeries
	for i, c := range p.values {
		series = append(series, excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$%s$1", p.sheet, c), Categories: column(p.names), Values: column(c),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{p.fills[i]}}})
	}
	legend := "none"
	if len(series) > 1 {
		legend = "bottom"
	}
	text, high := excelize.Font{Size: 9, Color: "1D2129"}, 520
	lying := p.kind == excelize.Bar // names stand beside the bars, the first at the top
	if lying {
		high = min(140+18*p.rows, 620)
	}
	return f.AddChart(chartSheet, p.at, &excelize.Chart{Type: p.kind, Series: series,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: p.title, Font: &excelize.Font{Size: 12, Bold: true, Color: "1D2129"}}}},
		Legend:    excelize.ChartLegend{Position: legend},
		PlotArea:  excelize.ChartPlotArea{ShowVal: p.rows <= maxBars/2 || len(p.values) == 1 && p.rows <= maxBars, NumFmt: excelize.ChartNumFmt{CustomNumFmt: p.places}},
		XAxis:     excelize.ChartAxis{Font: text, ReverseOrder: lying},
		YAxis:     excelize.ChartAxis{Font: text, MajorGridLines: !lying},
		Dimension: excelize.ChartDimension{Width: 980, Height: uint(high)}})
}

// chartPage prints one chart to a page, landscape.
func chartPage(f *excelize.File) error {
	landscape, a4, one, any := "landscape", 9, 1, 0
	if err := f.SetPageLayout(chartSheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return err
	}
	for _, row := range []string{"A35", "A69", "A103"} {
		if err := f.InsertPageBreak(chartSheet, row); err != nil {
			return err
		}
	}
	return nil
}
