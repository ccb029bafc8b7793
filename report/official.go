package report

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"xunping/assets/fonts"
)

// Official is a document between organs 公文: a title, whom it goes to, numbered
// parts with text and tables, annexes, who signs and when. It is drawn as PDF by
// DrawOfficial and as DOCX by WriteOfficial, with the same sentences.
type Official struct {
	Title, Number, To string
	Marks             []string // on every page: 草稿·未发布, 试评, 示例分值
	Blocks            []Block
	Annexes           []Annex
	Signer, Date      string    // without both there is no place for a seal
	After             []string  // lines below the seal: 签收, copies
	When              time.Time // of the drawing, so that equal input gives equal bytes
}

// Say adds a paragraph, Part the title of a part, Show a table.
func (o *Official) Say(text string) { o.Blocks = append(o.Blocks, Block{Text: text}) }

// Part adds the title of a part.
func (o *Official) Part(title string) { o.Blocks = append(o.Blocks, Block{Head: true, Text: title}) }

// Show adds a table within the text.
func (o *Official) Show(t Table) { o.Blocks = append(o.Blocks, Block{Table: &t}) }

// Block is a paragraph, the title of a part (Head), or a table within the text.
type Block struct {
	Head  bool
	Text  string
	Table *Table
}

// Table is rows under heads. Without heads it is a form: the first column names
// what stands beside it. Wide are the shares of the columns in the text width.
type Table struct {
	Heads []string
	Wide  []float64
	Rows  [][]string
}

// Annex 附件 is a table on pages of its own.
type Annex struct {
	Title string
	Table
}

// GB/T 9704 as FIELD knows it: margins 37, 35, 28 and 26 mm; 22 lines of 28
// characters. Of size 3号 (16 pt) 28 characters are 2 mm more than a line has, so
// the body is set 1 % smaller, and every line holds exactly what it must.
var officialArea = area{left: 28, top: 37, right: 26, bottom: 35}

const (
	officialLine  = (pageHeight - 37 - 35) / 22
	officialWidth = (pageWidth - 28 - 26) / 28.0   // of a character, millimetres
	officialBody  = officialWidth*72/25.4 - 0.0001 // points
	officialTitle = 22                             // 2号
	officialForm  = 12                             // 小四, in forms
	officialTable = 10.5                           // 五号, in tables within the text
	officialAnnex = 9                              // 小五
	officialFoot  = 8
)

func (o Official) all() string {
	tables := ""
	for _, b := range o.Blocks {
		if b.Table != nil {
			tables += fmt.Sprint(*b.Table)
		}
	}
	return fmt.Sprint(o.Title, o.Number, o.To, o.Marks, o.Blocks, tables, o.Annexes, o.Signer, o.Date, o.After)
}

// DrawOfficial draws the document as PDF: order, measures and sizes of a 公文. The
// typefaces are the nearest at hand: Noto Serif SC for 仿宋 and, bold, for 小标宋,
// Noto Sans SC for 黑体, and for all where the serif face lacks a character. The DOCX
// names the real ones and shows them where they are installed.
func DrawOfficial(o Official) ([]byte, error) {
	all := o.all() + "附件第页共0123456789（盖章处）（无）　"
	p := newPen(all+extra, o.When)
	p.area = officialArea
	if p.serif = fonts.HasSerif(all); p.serif {
		p.pdf.AddUTF8FontFromBytes("s", "", bytes.Clone(fonts.SerifRegular))
		p.pdf.AddUTF8FontFromBytes("s", "B", bytes.Clone(fonts.SerifBold))
	}
	p.pdf.SetFooterFunc(func() { p.officialFoot(o.Marks) })
	p.body(false)
	p.newPage()
	p.font(officialTitle, true)
	p.centred(o.Title)
	p.body(false)
	if o.Number != "" {
		p.centred(o.Number)
	}
	p.y += officialLine / 2
	if o.To != "" {
		p.para(o.To + "：")
	}
	for i, b := range o.Blocks {
		p.keepSigned(o, i)
		p.block(b)
	}
	p.body(false)
	p.signed(o)
	for i, a := range o.Annexes {
		p.annex(i+1, len(o.Annexes), a)
	}
	return p.output()
}

// body sets the size and the lines of the text.
func (p *pen) body(bold bool) {
	p.pitch = officialLine
	p.font(officialBody, bold)
}

// officialFoot is below the text, the number of the page at its outer end.
func (p *pen) officialFoot(marks []string) {
	size, bold, pitch := p.size, p.bold, p.pitch
	defer func() { p.size, p.bold, p.pitch = size, bold, pitch }() // the page that follows goes on as it was
	p.pitch = 0
	p.font(officialFoot, false)
	y, w := pageHeight-p.area.bottom+7, p.area.width()
	p.lines(p.area.left, y, w, p.wrap(strings.Join(marks, "　"), w-36), "L")
	p.text(p.area.left, y, w, fmt.Sprintf("第 %d 页　共 {nb} 页", p.pdf.PageNo()), "R")
}

// centred draws lines in the middle of the page.
func (p *pen) centred(s string) {
	for _, l := range p.wrap(s, p.area.width()) {
		p.text(p.area.left, p.y, p.area.width(), l, "C")
		p.y += p.lineHeight()
	}
}

func (p *pen) block(b Block) {
	switch {
	case b.Table != nil && len(b.Table.Heads) == 0:
		p.officialTable(*b.Table, officialForm)
	case b.Table != nil:
		p.officialTable(*b.Table, officialTable)
	case b.Head:
		p.black("　　"+b.Text, 2)
	default:
		p.body(false)
		p.para("　　" + b.Text)
	}
}

// black draws a line in 黑体, with so many lines of room for what follows.
func (p *pen) black(s string, lines float64) {
	serif := p.serif
	p.serif = false
	p.body(true)
	p.need(lines * p.lineHeight())
	p.para(s)
	p.serif = serif
	p.body(false)
}

func (p *pen) officialTable(o Table, size float64) {
	p.pitch = 0
	p.y += 2
	t := &table{p: p, size: size, bare: len(o.Heads) == 0}
	sum := 0.0
	for _, w := range o.Wide {
		sum += w
	}
	for i, w := range o.Wide {
		c := column{width: w * p.area.width() / sum, align: "L"}
		if !t.bare {
			c.title = o.Heads[i]
		}
		t.columns = append(t.columns, c)
	}
	t.begin()
	for _, r := range o.Rows {
		cells := make([]cell, len(r))
		for i, text := range r {
			cells[i] = cell{text: text, bold: t.bare && i == 0}
		}
		t.row(cells...)
	}
	p.y += 3
	p.body(false)
}

// keepSigned keeps the last paragraph, with the title of its part, on the page of
// who signs: a page with nothing but a seal could be put under any text.
func (p *pen) keepSigned(o Official, i int) {
	if !o.closing(i) {
		return
	}
	lines := len(o.Annexes) + len(o.After) + 5
	for _, b := range o.Blocks[i:] {
		p.body(b.Head)
		lines += len(p.wrap("　　"+b.Text, p.area.width()))
	}
	p.need(float64(lines) * p.lineHeight())
}

// closing tells whether a block goes with who signs: the last one if it is a
// paragraph, and the title above it.
func (o *Official) closing(i int) bool {
	last := len(o.Blocks) - 1
	return (o.Signer != "" || o.Date != "") && o.Blocks[last].Table == nil && (i == last || i == last-1 && o.Blocks[i].Head)
}

// signed is who signs and when, with the place of the seal left free: the day ends
// four characters before the edge, the name stands over its middle.
func (p *pen) signed(o Official) {
	if o.Signer != "" || o.Date != "" {
		for i, a := range o.Annexes {
			if i == 0 {
				p.y += p.lineHeight() / 2
			}
			p.para("　　" + annexName(i+1, len(o.Annexes)) + "：" + a.Title)
		}
		p.need(4 * p.lineHeight())
		p.y += 1.5 * p.lineHeight()
		edge := p.area.left + p.area.width()
		middle := edge - 4*officialWidth - p.width(o.Date)/2
		for _, s := range []string{o.Signer, o.Date} {
			w := p.width(s)
			p.text(min(middle-w/2, edge-w), p.y, w, s, "L")
			p.y += p.lineHeight()
		}
		p.pitch = 0
		p.font(officialAnnex, false)
		const seal = "（盖章处）"
		p.text(middle-p.width(seal)/2, p.y, p.width(seal), seal, "L")
		p.body(false)
		p.y += p.lineHeight()
	}
	for _, s := range o.After {
		p.para(s)
	}
}

// annexName is 附件 with its number, where there are several.
func annexName(n, of int) string {
	if of == 1 {
		return "附件"
	}
	return fmt.Sprintf("附件%d", n)
}

// width is how wide a line is, in millimetres.
func (p *pen) width(s string) float64 {
	w := 0.0
	for _, r := range printable(s, p.missing) {
		w += p.advance(r)
	}
	return w * p.size / fonts.EM * 25.4 / 72
}

func (p *pen) annex(n, of int, a Annex) {
	p.newPage()
	p.black(annexName(n, of), 1)
	p.body(true)
	p.centred(a.Title)
	if len(a.Rows) == 0 {
		p.body(false)
		p.para("（无）")
		return
	}
	p.officialTable(a.Table, officialAnnex)
}
