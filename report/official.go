package report

import (
	"fmt"
	"strings"
	"time"
)

// Official is a document between organs 公文: a title, whom it goes to, numbered
// parts with text and tables, annexes, who signs and when. It is drawn as PDF by
// DrawOfficial and as DOCX by WriteOfficial, with the same sentences.
type Official struct {
	Title, Number, To string
	Marks             []string // on every page: 草稿·未发布, 试评, 示例分值
	Blocks            []Block
	Annexes           []Annex
	Signer, Date      string
	When              time.Time // of the drawing, so that equal input gives equal bytes
}

// Block is a paragraph; Head marks the title of a part.
type Block struct {
	Head bool
	Text string
}

// Annex 附件 is a table on pages of its own. Wide are millimetres and add up to
// the text width of 165.
type Annex struct {
	Title string
	Heads []string
	Wide  []float64
	Rows  [][]string
}

func (o Official) all() string {
	return fmt.Sprint(o.Title, o.Number, o.To, o.Marks, o.Blocks, o.Annexes, o.Signer, o.Date)
}

// DrawOfficial draws the document as PDF. Only the embedded Noto Sans SC is at
// hand, so the PDF has the order and the sizes of a 公文 but not its typefaces;
// the DOCX names those.
func DrawOfficial(o Official) ([]byte, error) {
	p := newPen(o.all()+extra+"附件第页共0123456789（盖章处）", o.When)
	p.pdf.SetFooterFunc(func() {
		size, bold := p.size, p.bold
		defer func() { p.size, p.bold = size, bold }() // the page that follows goes on as it was
		p.font(8, false)
		p.text(marginLeft, pageHeight-12, textWidth, strings.Join(o.Marks, "　"), "L")
		p.text(marginLeft, pageHeight-12, textWidth, fmt.Sprintf("第 %d 页　共 {nb} 页", p.pdf.PageNo()), "R")
	})
	p.font(12, false)
	p.newPage()
	p.font(18, true)
	p.y += 8
	for _, l := range p.wrap(o.Title, textWidth) {
		p.text(marginLeft, p.y, textWidth, l, "C")
		p.y += p.lineHeight()
	}
	p.font(11, false)
	if o.Number != "" {
		p.text(marginLeft, p.y, textWidth, o.Number, "C")
		p.y += p.lineHeight()
	}
	p.y += 6
	p.font(12, false)
	if o.To != "" {
		p.para(o.To + "：")
	}
	for _, b := range o.Blocks {
		p.font(12, b.Head)
		if b.Head {
			p.y += 2
			p.need(3 * p.lineHeight())
		}
		p.para("　　" + b.Text)
	}
	p.font(12, false)
	p.signed(o)
	for i, a := range o.Annexes {
		p.annex(i+1, a)
	}
	return p.output()
}

// signed is who signs and when, with the place of the seal left free.
func (p *pen) signed(o Official) {
	for i, a := range o.Annexes {
		if i == 0 {
			p.y += 4
		}
		p.para(fmt.Sprintf("　　附件%d：%s", i+1, a.Title))
	}
	p.need(40)
	p.y += 14
	p.text(marginLeft, p.y, textWidth-16, o.Signer, "R")
	p.y += p.lineHeight()
	p.text(marginLeft, p.y, textWidth-16, o.Date, "R")
	p.y += p.lineHeight()
	p.text(marginLeft, p.y, textWidth-16, "（盖章处）", "R")
	p.y += p.lineHeight()
}

func (p *pen) annex(n int, a Annex) {
	p.newPage()
	p.font(11, false)
	p.para(fmt.Sprintf("附件%d", n))
	p.font(14, true)
	p.text(marginLeft, p.y, textWidth, a.Title, "C")
	p.y += p.lineHeight() + 2
	t := &table{p: p, size: 9}
	for i, h := range a.Heads {
		t.columns = append(t.columns, column{h, a.Wide[i], "L"})
	}
	t.begin()
	for _, r := range a.Rows {
		cells := make([]cell, len(r))
		for i, text := range r {
			cells[i] = cell{text: text}
		}
		t.row(cells...)
	}
	if len(a.Rows) == 0 {
		p.font(10, false)
		p.para("（无）")
	}
}
