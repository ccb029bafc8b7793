package desk

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
)

// snap is a photo of 1,600 × 1,200 pixels, no two alike.
func snap(t *testing.T, n int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	for y := range 1200 {
		for x := range 1600 {
			img.SetRGBA(x, y, color.RGBA{uint8(x*n/7 + y), uint8(x ^ y*n), uint8(y / 5), 255})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, img, nil))
	return b.Bytes()
}

// A photo's picture for the pages is made when it is taken in and only used when
// it is drawn; the pages are those of the evidence alone, so anyone who draws
// them again from the sealed file gets the same bytes.
func TestPicturesAreMadeOnce(t *testing.T) {
	d := &demo{o: DemoOptions{Dir: filepath.Join(t.TempDir(), "demo"), Units: 3, Rounds: 1, Seed: 3}, clock: &demoClock{time.Date(2019, 8, 1, 8, 0, 0, 0, beijing)}}
	must(t, d.office())
	defer d.close()
	x, r := d.desks[0], &d.rounds[0]
	in, err := x.Inspect(r.Code, d.units[0].Code)
	must(t, err)
	w := &demoWork{demo: d, in: in, rng: d.random("x", 1), unit: d.units[0], people: []int{0, 1}, start: d.clocks[0].now}
	must(t, w.answer())
	refs, err := in.AddEvidence("A2", "", EvidenceFile{"一.jpg", snap(t, 1)}, EvidenceFile{"二.jpg", snap(t, 2)}, EvidenceFile{"表.csv", []byte("名称\n")})
	must(t, err)
	kept := map[string][]byte{}
	for i, ref := range refs {
		jpg, err := x.wb.Picture(t.Context(), ref.SHA256, report.PictureMaker)
		must(t, err)
		if (jpg != nil) != (i < 2) {
			t.Errorf("%s: picture of %d bytes", ref.Name, len(jpg))
		}
		kept[ref.SHA256] = jpg
	}
	card, err := x.cardOf(t.Context(), in.Record(), in.c)
	must(t, err)
	if made := card.MakePictures(); len(made) != 0 {
		t.Errorf("made again: %v", made)
	}
	s, err := in.sealWith(t.Context(), d.keys[0], d.keys[1], "")
	must(t, err)
	v := VerifyBytes("sheet", s.PDF, nil)
	must(t, v.ComparePages())
	if v.Pages != seal.PagesSame || len(v.Card.Evidence) != 3 {
		t.Errorf("pages are %s with %d files", v.Pages, len(v.Card.Evidence))
	}
	for h, jpg := range kept {
		if jpg != nil && (bytes.Count(s.PDF, jpg) != 1 || !bytes.Contains(s.PDF, v.Card.Evidence[h])) {
			t.Errorf("the picture of %s is not on the pages once, or its evidence not in the file", h)
		}
	}
}

// Evidence that came without its picture gets it when it is first drawn.
func TestPicturesAreMadeWhenTheyLack(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	h, err := d.wb.PutEvidence(t.Context(), snap(t, 3), "image/jpeg", nil)
	must(t, err)
	must(t, in.refer("A2", "", []inspection.EvidenceRef{{SHA256: h, Name: "三.jpg", Media: "image/jpeg"}}))
	first, err := in.Preview()
	must(t, err)
	jpg, err := d.wb.Picture(t.Context(), h, report.PictureMaker)
	must(t, err)
	if jpg == nil || bytes.Count(first, jpg) != 1 {
		t.Error("the picture was not kept")
	}
	again, err := in.Preview()
	must(t, err)
	if !bytes.Equal(first, again) {
		t.Error("drawn from the kept picture the pages are other ones")
	}
}
