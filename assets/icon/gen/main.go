// Command gen draws the program's icon, a checklist under the arc of a score,
// as pixels and as SVG from the same figures. Run it from assets/icon:
// go run ./gen
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
)

// Figures of the drawing, in pixels of a picture of size by size.
const (
	size         = 512
	border       = 16 // ground: a rounded square
	corner       = 96
	arcX, arcY   = 256, 300 // the arc: an upper half circle, paper up to turn, then green
	inner, outer = 168, 204
	turn         = -0.25 * math.Pi
	rows, rowGap = 3, 64 // the list: rows of a box and a line
)

// box and bar are the two rounded rectangles of the row whose top is y.
func box(y float64) rect { return rect{132, y - 6, 172, y + 34, 8} }
func bar(y float64) rect { return rect{216, y, 392, y + 24, 12} }

func rowTop(i int) float64 { return 250 + rowGap*float64(i) }

// rect is a rectangle with rounded corners of radius r.
type rect struct{ x0, y0, x1, y1, r float64 }

var (
	act   = color.NRGBA{0x1D, 0x5F, 0xB8, 255}
	paper = color.NRGBA{255, 255, 255, 255}
	gain  = color.NRGBA{0x6C, 0xCB, 0x98, 255}

	ground = rect{border, border, size - border, size - border, corner}
)

func main() {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			img.SetNRGBA(x, y, at(float64(x)+.5, float64(y)+.5))
		}
	}
	var pixels bytes.Buffer
	if err := png.Encode(&pixels, img); err != nil {
		log.Fatal(err)
	}
	for name, b := range map[string][]byte{"icon.png": pixels.Bytes(), "icon.svg": svg()} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// svg is the same drawing as paths.
func svg() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", size, size)
	draw := func(q rect, c color.NRGBA) {
		fmt.Fprintf(&b, " <rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" rx=\"%g\" fill=\"%s\"/>\n", q.x0, q.y0, q.x1-q.x0, q.y1-q.y0, q.r, hex(c))
	}
	arc := func(from, to float64, c color.NRGBA) {
		const r = (inner + outer) / 2.0
		fmt.Fprintf(&b, " <path d=\"M%.2f %.2fA%g %g 0 0 1 %.2f %.2f\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>\n",
			arcX+r*math.Cos(from), arcY+r*math.Sin(from), r, r, arcX+r*math.Cos(to), arcY+r*math.Sin(to), hex(c), outer-inner)
	}
	draw(ground, act)
	arc(-math.Pi, turn, paper)
	arc(turn, 0, gain)
	for i := range rows {
		draw(bar(rowTop(i)), paper)
		draw(box(rowTop(i)), gain)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// at is the colour at a point, the mean of 16 samples for smooth edges.
func at(x, y float64) color.NRGBA {
	var r, g, b, a int
	for i := range 16 {
		c := sample(x+float64(i%4)/4-.375, y+float64(i/4)/4-.375)
		r, g, b, a = r+int(c.R)*int(c.A), g+int(c.G)*int(c.A), b+int(c.B)*int(c.A), a+int(c.A)
	}
	if a == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a / 16)}
}

// sample is the colour at a point without smoothing.
func sample(x, y float64) color.NRGBA {
	if !ground.holds(x, y) {
		return color.NRGBA{}
	}
	cx, cy := x-arcX, y-arcY
	d, angle := math.Hypot(cx, cy), math.Atan2(cy, cx)
	if d > inner && d < outer && angle < 0 {
		if angle < turn {
			return paper
		}
		return gain
	}
	for i := range rows {
		if bar(rowTop(i)).holds(x, y) {
			return paper
		}
		if box(rowTop(i)).holds(x, y) {
			return gain
		}
	}
	return act
}

func (q rect) holds(x, y float64) bool {
	if x < q.x0 || x > q.x1 || y < q.y0 || y > q.y1 {
		return false
	}
	dx := math.Max(0, math.Max(q.x0+q.r-x, x-(q.x1-q.r)))
	dy := math.Max(0, math.Max(q.y0+q.r-y, y-(q.y1-q.r)))
	return math.Hypot(dx, dy) <= q.r
}
