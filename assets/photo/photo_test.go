package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
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
