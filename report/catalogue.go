package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// ArchiveItem is one 件 of an archive, with the columns that a 归档文件目录 has.
type ArchiveItem struct {
	Number int    `xml:"序号"`
	Code   string `xml:"档号"`
	Doc    string `xml:"文号"`
	Who    string `xml:"责任者"`
	Title  string `xml:"题名"`
	Date   string `xml:"日期"`
	Level  string `xml:"密级"`
	Pages  int    `xml:"页数"`
	Note   string `xml:"备注"`
	Place  string `xml:"位置"` // path inside the archive
}

// Catalogue 归档文件目录 is the list of an archive.
type Catalogue struct {
	XMLName   xml.Name      `xml:"归档文件目录"`
	Title     string        `xml:"题名,attr"`
	Retention string        `xml:"保管期限,attr"`
	Made      string        `xml:"编制时间,attr"`
	Items     []ArchiveItem `xml:"件"`
}

// WriteCatalogue writes the list as XLSX. An error of the writer.
func WriteCatalogue(w io.Writer, c Catalogue) error {
	f := excelize.NewFile()
	defer f.Close()
	b, err := newBook(f)
	if err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	s := sheet{name: "归档文件目录", heads: []string{"序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注", "保管期限", "位置"},
		wide: map[int]float64{1: 8, 2: 22, 3: 20, 4: 22, 5: 60, 6: 12, 7: 8, 8: 8, 9: 30, 10: 10, 11: 60}}
	for _, x := range c.Items {
		pages := any("")
		if x.Pages > 0 {
			pages = x.Pages
		}
		s.rows = append(s.rows, []any{x.Number, x.Code, x.Doc, x.Who, x.Title, x.Date, x.Level, pages, x.Note, c.Retention, x.Place})
	}
	if err := b.write(0, s); err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	return nil
}

// XML is the list as XML, for programs that outlive this one.
func (c Catalogue) XML() ([]byte, error) {
	b, err := xml.MarshalIndent(c, "", " ")
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}
