package seal

import (
	"bytes"
	"fmt"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"xunping/assets/fonts"
)

// stamp is the visible form of a signature: a plain rectangle with lines of
// text, drawn as outlines so that it needs no font of the document and any
// rare character of a name prints. It is not round and not red: it must not
// look like an official seal.
func stamp(w, h float64, lines []string) *pdfStream {
	var c bytes.Buffer
	fmt.Fprintf(&c, "q 0.5 w 0.25 0.25 %s %s re S\n", real(round2(w-0.5)), real(round2(h-0.5)))
	size := min(9.0, (h-6)/float64(max(len(lines), 1))/1.35)
	for i, line := range lines {
		y := h - 4 - float64(i)*size*1.35 - size*0.88
		drawLine(&c, line, 4, y, fitSize(line, size, w-8))
	}
	c.WriteString("Q")
	return &pdfStream{dict: pdfDict{"Type": pdfName("XObject"), "Subtype": pdfName("Form"), "FormType": num(1),
		"BBox": pdfArray{num(0), num(0), real(round2(w)), real(round2(h))}, "Resources": pdfDict{}, "Filter": pdfName("FlateDecode")}, raw: deflate(c.Bytes())}
}

// emptyStamp is the appearance of a field that waits for its signature.
func emptyStamp(w, h float64) *pdfStream {
	return &pdfStream{dict: stamp(w, h, nil).dict, raw: []byte{}}
}

func round2(v float64) float64 { return float64(int(v*100+0.5)) / 100 }

// fitSize makes the text smaller when the line is wider than the box.
func fitSize(line string, size, width float64) float64 {
	w := 0.0
	for _, r := range line {
		w += fonts.Advance(false, r)
	}
	if w*size/fonts.EM > width {
		return width * fonts.EM / w
	}
	return size
}

// stampGrid is how many units of the font one unit of a stamp's outlines is: at
// the size of a stamp's text a hundredth of a millimetre, and a third fewer bytes
// in the file.
const stampGrid = 4

func drawLine(c *bytes.Buffer, line string, x, y, size float64) {
	k := size / fonts.EM
	for _, r := range line {
		segments, err := fonts.Outline(false, r)
		if err == nil && len(segments) > 0 {
			fmt.Fprintf(c, "q %s 0 0 %s %s %s cm\n", real(round4(k*stampGrid)), real(round4(k*stampGrid)), real(round2(x)), real(round2(y)))
			drawGlyph(c, segments)
			c.WriteString("f Q\n")
		}
		x += fonts.Advance(false, r) * k
	}
}

func round4(v float64) float64 { return float64(int(v*10000+0.5)) / 10000 }

// drawGlyph writes an outline as a path in stampGrid units; quadratic curves
// become cubic ones.
func drawGlyph(c *bytes.Buffer, segments sfnt.Segments) {
	p := &pathWriter{c: c}
	for i := 0; i < len(segments); i++ {
		s := segments[i]
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.move(s.Args[0])
		case sfnt.SegmentOpLineTo:
			p.line(s.Args[0])
		case sfnt.SegmentOpQuadTo:
			if i+1 < len(segments) && segments[i+1].Op == sfnt.SegmentOpQuadTo {
				if c1, c2, ok := joined(p.cur, s.Args[0], s.Args[1], segments[i+1].Args[0], segments[i+1].Args[1]); ok {
					p.curve(c1, c2, segments[i+1].Args[1])
					i++
					continue
				}
			}
			p.curve(toward(p.cur, s.Args[0]), toward(s.Args[1], s.Args[0]), s.Args[1])
		case sfnt.SegmentOpCubeTo:
			p.curve(s.Args[0], s.Args[1], s.Args[2])
		}
	}
	p.flush()
}

// toward is two thirds of the way from a to b.
func toward(a, b fixed.Point26_6) fixed.Point26_6 {
	return fixed.Point26_6{X: a.X + 2*(b.X-a.X)/3, Y: a.Y + 2*(b.Y-a.Y)/3}
}

// joined gives the controls of one cubic curve in the place of two quadratic
// ones, which is what most of them were drawn as. They lie in the tangents of the
// ends, so that the middle is where the two meet; where the quarters would lie
// off by more than stampGrid units there is none. It counts in whole numbers: a
// stamp must come out the same everywhere.
func joined(p0, a, m, b, p3 fixed.Point26_6) (c1, c2 fixed.Point26_6, ok bool) {
	ux, uy, vx, vy := int(a.X-p0.X), int(a.Y-p0.Y), int(b.X-p3.X), int(b.Y-p3.Y)
	// 8 m = p0 + 3 (p0 + s u) + 3 (p3 + t v) + p3
	det := 3 * (ux*vy - uy*vx)
	rx, ry := int(8*m.X-4*p0.X-4*p3.X), int(8*m.Y-4*p0.Y-4*p3.Y)
	s, t := rx*vy-ry*vx, ux*ry-uy*rx // over det
	if det < 0 {
		det, s, t = -det, -s, -t
	}
	if s < 0 || t < 0 || s > 4*det || t > 4*det || det == 0 {
		return c1, c2, false
	}
	c1 = fixed.Point26_6{X: p0.X + fixed.Int26_6(s*ux/det), Y: p0.Y + fixed.Int26_6(s*uy/det)}
	c2 = fixed.Point26_6{X: p3.X + fixed.Int26_6(t*vx/det), Y: p3.Y + fixed.Int26_6(t*vy/det)}
	return c1, c2, quarter(p0, c1, c2, p3, a, m) && quarter(p3, c2, c1, p0, b, m)
}

// quarter tells whether a cubic curve is near the quadratic one from p to m at
// a quarter of its way.
func quarter(p, c1, c2, end, a, m fixed.Point26_6) bool {
	off := func(p, c1, c2, end, a, m fixed.Int26_6) int { return int(27*p+27*c1+9*c2+end) - 16*int(p+2*a+m) }
	x, y := off(p.X, c1.X, c2.X, end.X, a.X, m.X), off(p.Y, c1.Y, c2.Y, end.Y, a.Y, m.Y)
	return x*x+y*y <= (stampGrid*64*64)*(stampGrid*64*64)
}

// pathWriter writes a path on the grid, each piece the shortest way.
type pathWriter struct {
	c    *bytes.Buffer
	cur  fixed.Point26_6
	x, y int  // cur on the grid
	dx   int  // a line that is not written yet, to x, y: the next may
	dy   int  // go on in its direction
	wait bool // there is one
}

func (p *pathWriter) grid(q fixed.Point26_6) (x, y int) {
	return int(math.Round(float64(q.X) / 64 / stampGrid)), int(math.Round(-float64(q.Y) / 64 / stampGrid))
}

func (p *pathWriter) flush() {
	if p.wait {
		fmt.Fprintf(p.c, "%d %d l\n", p.x, p.y)
	}
	p.wait = false
}

func (p *pathWriter) move(q fixed.Point26_6) {
	p.flush()
	p.cur = q
	p.x, p.y = p.grid(q)
	fmt.Fprintf(p.c, "%d %d m\n", p.x, p.y)
}

func (p *pathWriter) line(q fixed.Point26_6) {
	x, y := p.grid(q)
	dx, dy := x-p.x, y-p.y
	if p.cur = q; dx == 0 && dy == 0 {
		return
	}
	if p.wait && p.dx*dy == p.dy*dx && p.dx*dx+p.dy*dy > 0 {
		p.dx, p.dy = p.dx+dx, p.dy+dy
	} else {
		p.flush()
		p.dx, p.dy, p.wait = dx, dy, true
	}
	p.x, p.y = x, y
}

func (p *pathWriter) curve(c1, c2, q fixed.Point26_6) {
	x1, y1 := p.grid(c1)
	x2, y2 := p.grid(c2)
	x, y := p.grid(q)
	if (x1-p.x)*(y-p.y) == (y1-p.y)*(x-p.x) && (x2-p.x)*(y-p.y) == (y2-p.y)*(x-p.x) {
		p.line(q)
		return
	}
	p.flush()
	fmt.Fprintf(p.c, "%d %d %d %d %d %d c\n", x1, y1, x2, y2, x, y)
	p.cur, p.x, p.y = q, x, y
}
