package seal

import (
	"bytes"
	"fmt"

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

func drawLine(c *bytes.Buffer, line string, x, y, size float64) {
	k := size / fonts.EM
	for _, r := range line {
		segments, err := fonts.Outline(false, r)
		if err == nil && len(segments) > 0 {
			fmt.Fprintf(c, "q %s 0 0 %s %s %s cm\n", real(round4(k)), real(round4(k)), real(round2(x)), real(round2(y)))
			drawGlyph(c, segments)
			c.WriteString("f Q\n")
		}
		x += fonts.Advance(false, r) * k
	}
}

func round4(v float64) float64 { return float64(int(v*10000+0.5)) / 10000 }

// drawGlyph writes an outline as a path; quadratic curves become cubic ones.
func drawGlyph(c *bytes.Buffer, segments sfnt.Segments) {
	var cur fixed.Point26_6
	at := func(p fixed.Point26_6) (float64, float64) { return float64(p.X) / 64, -float64(p.Y) / 64 }
	for _, s := range segments {
		x, y := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			fmt.Fprintf(c, "%.0f %.0f m\n", x, y)
			cur = s.Args[0]
		case sfnt.SegmentOpLineTo:
			fmt.Fprintf(c, "%.0f %.0f l\n", x, y)
			cur = s.Args[0]
		case sfnt.SegmentOpQuadTo:
			x0, y0 := at(cur)
			x2, y2 := at(s.Args[1])
			fmt.Fprintf(c, "%.0f %.0f %.0f %.0f %.0f %.0f c\n", x0+2*(x-x0)/3, y0+2*(y-y0)/3, x2+2*(x-x2)/3, y2+2*(y-y2)/3, x2, y2)
			cur = s.Args[1]
		case sfnt.SegmentOpCubeTo:
			x1, y1 := at(s.Args[1])
			x2, y2 := at(s.Args[2])
			fmt.Fprintf(c, "%.0f %.0f %.0f %.0f %.0f %.0f c\n", x, y, x1, y1, x2, y2)
			cur = s.Args[2]
		}
	}
}
