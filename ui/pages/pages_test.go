package pages

import (
	"image"
	"os"
	"testing"

	"bytes"
	"github.com/jung-kurt/gofpdf"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestMain lets the test program be its own child process.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == PrepareFlag {
		if Compile(os.Args[2]) != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// dark counts the dark pixels in a part of a page, given in hundredths.
func dark(img image.Image, x0, y0, x1, y1 int) int {
	b, n := img.Bounds(), 0
	for y := b.Dy() * y0 / 100; y < b.Dy()*y1/100; y++ {
		for x := b.Dx() * x0 / 100; x < b.Dx()*x1/100; x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}

func TestPagesAreDrawn(t *testing.T) {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.Rect(0, 0, 105, 148, "F") // upper left quarter
	pdf.AddPage()
	var b bytes.Buffer
	must(t, pdf.Output(&b))

	cache := t.TempDir()
	if Ready(cache) {
		t.Fatal("an empty cache is called ready")
	}
	must(t, Prepare(t.Context(), cache))
	if !Ready(cache) {
		t.Fatal("the cache is not ready after preparing")
	}
	d, err := Open(b.Bytes(), cache)
	must(t, err)
	defer d.Close()
	if d.Pages != 2 {
		t.Fatalf("%d pages", d.Pages)
	}
	one, err := d.Page(0, 420)
	must(t, err)
	if w := one.Bounds().Dx(); w != 420 {
		t.Errorf("width %d", w)
	}
	if dark(one, 5, 5, 45, 45) == 0 || dark(one, 55, 55, 95, 95) != 0 {
		t.Error("the black quarter is not where it was drawn")
	}
	two, err := d.Page(1, 420)
	must(t, err)
	if dark(two, 0, 0, 100, 100) != 0 {
		t.Error("the empty page is not empty")
	}
	if _, err := d.Page(2, 420); err == nil {
		t.Error("a page that is not there was drawn")
	}
	if _, err := Open([]byte("%PDF-1.7 nothing"), cache); err == nil {
		t.Error("rubbish was opened")
	}
}
