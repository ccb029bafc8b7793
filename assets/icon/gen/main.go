// Command gen draws the program's icon: a checklist under the arc of a score.
// Run it from assets/icon: go run ./gen
package main

import (
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
)

const size = 512

var (
	act   = color.NRGBA{0x1D, 0x5F, 0xB8, 255}
	paper = color.NRGBA{255, 255, 255, 255}
	gain  = color.NRGBA{0x6C, 0xCB, 0x98, 255}
)

func main() {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			img.SetNRGBA(x, y, at(float64(x)+.5, float64(y)+.5))
		}
	}
	f, err := os.Create("icon.png")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		log.Fatal(err)
	}
}

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

func sample(x, y float64) color.NRGBA {
	if !rounded(x, y, 16, 16, 496, 496, 96) {
		return color.NRGBA{}
	}
	cx, cy := x-256, y-300
	d, angle := math.Hypot(cx, cy), math.Atan2(cy, cx)
	if d > 168 && d < 204 && angle < 0 {
		if angle < -0.25*math.Pi {
			return paper
		}
		return gain
	}
	for i := range 3 {
		top := 250 + float64(i)*64
		if rounded(x, y, 216, top, 392, top+24, 12) {
			return paper
		}
		if rounded(x, y, 132, top-6, 172, top+34, 8) {
			return gain
		}
	}
	return act
}

func rounded(x, y, x0, y0, x1, y1, r float64) bool {
	if x < x0 || x > x1 || y < y0 || y > y1 {
		return false
	}
	dx := math.Max(0, math.Max(x0+r-x, x-(x1-r)))
	dy := math.Max(0, math.Max(y0+r-y, y-(y1-r)))
	return math.Hypot(dx, dy) <= r
}
