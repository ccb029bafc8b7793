package report

import (
	"bytes"
	"fmt"
	"time"

	"github.com/jung-kurt/gofpdf"

	"xunping/assets/fonts"
	"xunping/assets/typeset"
)

// A4 with room for binding at the left, in millimetres.
const (
	marginLeft, marginRight = 25.0, 20.0
	marginTop, marginBottom = 20.0, 22.0
	pageWidth, pageHeight   = 210.0, 297.0
	textWidth               = pageWidth - marginLeft - marginRight
	hairline                = 0.3 * 25.4 / 72
)

// area is what is left free at the four edges of a page, in millimetres.
type area struct{ left, top, right, bottom float64 }

func (a area) width() float64 { return pageWidth - a.left - a.right }

// house are the margins of the program's own papers.
var house = area{marginLeft, marginTop, marginRight, marginBottom}

// pen draws text and lines on pages. Its place is the upper left corner of
// what comes next.
type pen struct {
	pdf     *gofpdf.Fpdf
	area    area
	y       float64
	size    float64 // points
	pitch   float64 // distance of lines in millimetres, 0 as the size wants it
	bold    bool
	serif   bool // the face of official documents
	missing map[rune]bool
	bottom  float64 // millimetres kept free above the foot
	heads   []Heading
}

// newPen begins a document; text is all that will be drawn, for the choice of
// fonts; when dates it, so that equal input gives equal bytes.
func newPen(text string, when time.Time) *pen {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(when)
	pdf.SetModificationDate(when)
	regular, bold := fontsFor(text)
	pdf.AddUTF8FontFromBytes("n", "", regular)
	pdf.AddUTF8FontFromBytes("n", "B", bold)
	pdf.SetMargins(marginLeft, marginTop, marginRight)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.SetLineWidth(hairline)
	pdf.AliasNbPages("{nb}")
	return &pen{pdf: pdf, area: house, missing: map[rune]bool{}}
}

// font sets size and weight.
func (p *pen) font(size float64, bold bool) {
	p.size, p.bold = size, bold
	style := ""
	if bold {
		style = "B"
	}
	face := "n"
	if p.serif {
		face = "s"
	}
	p.pdf.SetFont(face, style, size)
}

// advance is how wide a rune is at the present weight, in 1/fonts.EM of the size.
func (p *pen) advance(r rune) float64 {
	if p.serif {
		return fonts.AdvanceSerif(p.bold, r)
	}
	return fonts.Advance(p.bold, r)
}

// lineHeight is the distance of lines in millimetres at the present size.
func (p *pen) lineHeight() float64 {
	if p.pitch > 0 {
		return p.pitch
	}
	return p.size * 1.42 * 25.4 / 72
}

func (p *pen) wrap(s string, width float64) []string {
	k := p.size / fonts.EM * 25.4 / 72
	return typeset.WrapAdvance(printable(s, p.missing), width, func(r rune) float64 { return p.advance(r) * k })
}

// left is the room to the bottom of the page.
func (p *pen) left() float64 { return pageHeight - p.area.bottom - p.bottom - p.y }

func (p *pen) newPage() {
	p.pdf.AddPage()
	p.y = p.area.top
	p.font(p.size, p.bold)
}

// need begins a new page unless h millimetres are left on this one.
func (p *pen) need(h float64) {
	if p.left() < h {
		p.newPage()
	}
}

// text draws one line at x, y; align is L, C or R within w.
func (p *pen) text(x, y, w float64, s, align string) {
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(w, p.lineHeight(), printable(s, p.missing), "", 0, align+"M", false, 0, "")
}

// lines draws lines one below the other.
func (p *pen) lines(x, y, w float64, lines []string, align string) {
	for i, l := range lines {
		p.text(x, y+float64(i)*p.lineHeight(), w, l, align)
	}
}

// para draws a paragraph over the whole width, over pages if it must.
func (p *pen) para(s string) {
	for _, l := range p.wrap(s, p.area.width()) {
		p.need(p.lineHeight())
		p.text(p.area.left, p.y, p.area.width(), l, "L")
		p.y += p.lineHeight()
	}
}

// head draws the title of a section with a little room around it, and keeps
// it with at least keep millimetres of what follows.
func (p *pen) head(s string, keep float64) {
	p.y += 3
	p.font(11, true)
	p.need(p.lineHeight() + keep)
	p.heads = append(p.heads, Heading{s, p.pdf.PageNo(), p.y})
	p.text(marginLeft, p.y, textWidth, s, "L")
	p.y += p.lineHeight() + 1
}

func (p *pen) rect(x, y, w, h float64) { p.pdf.Rect(x, y, w, h, "D") }

func (p *pen) hline(x1, x2, y float64) { p.pdf.Line(x1, y, x2, y) }

// output ends the document. A panic of the drawing library becomes an error.
func (p *pen) output() (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("draw pages: %v", r)
		}
	}()
	var buf bytes.Buffer
	if err := p.pdf.Output(&buf); err != nil {
		return nil, fmt.Errorf("draw pages: %w", err)
	}
	return buf.Bytes(), nil
}
