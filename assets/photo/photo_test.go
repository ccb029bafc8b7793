package photo

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
)

// shot is a JPEG, red at the left and blue at the right, with an EXIF
// orientation.
func shot(t *testing.T, w, h int, o byte) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 0, 0, 255}
			if x > w/2 {
				c = color.RGBA{0, 0, 255, 255}
			}
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), o, 0, 0, 0, 0, 0, 0)
	head := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(len(exif) + 2)}, exif...)
	return append(head, b.Bytes()[2:]...)
}

func TestReduceTurnsAndShrinks(t *testing.T) {
	jpg, err := Reduce(shot(t, 400, 200, 6), 100) // held upright: turn right
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(jpg))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 50 || img.Bounds().Dy() != 100 {
		t.Errorf("size %v", img.Bounds())
	}
	if r, _, b, _ := img.At(25, 5).RGBA(); r < b {
		t.Error("red is not on top: not turned")
	}
	if bytes.Contains(jpg, []byte("Exif")) {
		t.Error("metadata is kept")
	}
}

func TestReduceRefusesWhatIsNoPicture(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("x"), shot(t, 40, 40, 1)[:60]} {
		if _, err := Reduce(b, 100); err == nil {
			t.Error("accepted")
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08"))
	f.Fuzz(func(t *testing.T, b []byte) { _, _ = Decode(b, 64); _ = orientation(b) })
}

// means is the exact mean of what a smaller sample covers, slowly.
func means(p plane, w, h int) plane {
	out := newPlane(w, h)
	for y := range h {
		for x := range w {
			sum := 0
			for sy := range p.h {
				dy := min((sy+1)*h, (y+1)*p.h) - max(sy*h, y*p.h)
				for sx := range p.w {
					if dx := min((sx+1)*w, (x+1)*p.w) - max(sx*w, x*p.w); dx > 0 && dy > 0 {
						sum += dx * dy * int(p.pix[sy*p.stride+sx])
					}
				}
			}
			out.pix[y*w+x] = byte((2*sum + p.w*p.h) / (2 * p.w * p.h))
		}
	}
	return out
}

// Every size is the mean of what it covers, to one in 255 of the exact one; a
// plain colour stays exactly that, however odd the sizes.
func TestShrunkIsTheMean(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][4]int{{64, 48, 31, 23}, {41, 29, 40, 28}, {100, 3, 7, 1}, {1, 1, 1, 1}, {97, 61, 2, 2}, {33, 33, 33, 33}} {
		p := newPlane(size[0], size[1])
		for i := range p.pix {
			p.pix[i] = byte(rng.IntN(256))
		}
		got, want := p.shrunk(size[2], size[3]), means(p, size[2], size[3])
		for i := range want.pix {
			if d := int(got.pix[i]) - int(want.pix[i]); d < -1 || d > 1 {
				t.Fatalf("%v: sample %d is %d, the mean %d", size, i, got.pix[i], want.pix[i])
			}
		}
		for i := range p.pix {
			p.pix[i] = 200
		}
		for i, v := range p.shrunk(size[2], size[3]).pix {
			if v != 200 {
				t.Fatalf("%v: plain 200 became %d at %d", size, v, i)
			}
		}
	}
}

// All kinds of pictures come out in their colours: every way JPEG stores them,
// gray, indexed, transparent on white.
func TestDecodeKeepsColours(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410} {
		m := image.NewYCbCr(image.Rect(0, 0, 61, 45), ratio)
		y, cb, cr := color.RGBToYCbCr(200, 30, 60)
		for _, p := range []struct {
			pix []byte
			v   byte
		}{{m.Y, y}, {m.Cb, cb}, {m.Cr, cr}} {
			for i := range p.pix {
				p.pix[i] = p.v
			}
		}
		near(t, ratio.String(), reduce(pictureOf(m), 20).turned(6), color.RGBA{200, 30, 60, 255})
		near(t, ratio.String()+" whole", reduce(pictureOf(m), 100).turned(1), color.RGBA{200, 30, 60, 255})
	}
	rect := image.Rect(5, 5, 45, 35)
	clear := image.NewNRGBA(rect)
	gray := image.NewGray(rect)
	for i := range gray.Pix {
		gray.Pix[i] = 90
	}
	index := image.NewPaletted(rect, color.Palette{color.RGBA{10, 120, 240, 255}})
	for name, c := range map[string]struct {
		img  image.Image
		want color.RGBA
	}{"transparent": {clear, color.RGBA{255, 255, 255, 255}}, "gray": {gray, color.RGBA{90, 90, 90, 255}}, "indexed": {index, color.RGBA{10, 120, 240, 255}}} {
		var b bytes.Buffer
		if err := png.Encode(&b, c.img); err != nil {
			t.Fatal(err)
		}
		got, err := Decode(b.Bytes(), 16)
		if err != nil {
			t.Fatal(err)
		}
		near(t, name, got, c.want)
	}
}

func near(t *testing.T, name string, img image.Image, want color.RGBA) {
	t.Helper()
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			for _, d := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
				if d < -3 || d > 3 {
					t.Fatalf("%s: %v at %d,%d, want %v", name, img.At(x, y), x, y, want)
				}
			}
		}
	}
}

// The bytes are a function of the file alone: pages that were signed are drawn
// again elsewhere and compared. When this fails with a new toolchain, raise
// report.Drawing.
func TestReduceGivesTheSameBytesEverywhere(t *testing.T) {
	jpg, err := Reduce(shot(t, 301, 203, 3), 100)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(jpg)); got != "caef418aa12a1a534b8b451877128cc6ecc65a4898d5dd8c580525eeb11179da" {
		t.Errorf("reduced picture hashes to %s", got)
	}
}

// BenchmarkReduce reduces a kept photo for the page.
func BenchmarkReduce(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 2048, 1536))
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range img.Pix {
		x, y := i/4%2048, i/4/2048
		img.Pix[i] = uint8((x*(1+i%4)/13+y/7)%200) + uint8(rng.IntN(24))
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 82}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Reduce(out.Bytes(), 1000); err != nil {
			b.Fatal(err)
		}
	}
}
