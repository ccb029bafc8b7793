package report

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/jung-kurt/gofpdf"

	"xunping/assets/photo"
	"xunping/inspection"
)

// pictureSide is the long side of a picture on paper, in pixels.
const pictureSide = 1000

// PictureMaker names what makes pictures here: one that another version of this
// drawing made, or that another compiler's library wrote, may have other bytes.
var PictureMaker = Drawing + " " + runtime.Version()

// Picture is an evidence file as the pages show it, an error if it is none. It
// follows from the bytes alone, so it may be made when a photo is taken in and
// kept: decoding is most of the work of drawing pages with photos.
func Picture(evidence []byte) ([]byte, error) { return photo.Reduce(evidence, pictureSide) }

// photos appends the pictures, two in a row, with number and caption.
func (k *card) photos() {
	const gap, caption = 5.0, 10.0
	w := (textWidth - gap) / 2
	h := w * 0.75
	column, begun := 0, false
	k.c.MakePictures()
	for i, e := range k.r.Evidence {
		jpg := k.c.Pictures[e.SHA256]
		if jpg == nil {
			continue // listed above as a file
		}
		if column == 0 {
			if !begun {
				k.head("照片", h+caption)
				begun = true
			}
			k.need(h + caption)
		}
		k.photo(marginLeft+float64(column)*(w+gap), w, h, e, i+1, jpg)
		if column = 1 - column; column == 0 {
			k.y += h + caption
		}
	}
	if column == 1 {
		k.y += h + caption
	}
}

// MakePictures makes the pictures of the evidence that are not at hand, on all
// cores, and tells which it made. A file that is no picture has none.
func (c *Scorecard) MakePictures() (made []string) {
	var lack []string
	for _, e := range c.Record.Evidence {
		if c.Pictures[e.SHA256] == nil {
			lack = append(lack, e.SHA256)
		}
	}
	if c.Pictures == nil {
		c.Pictures = map[string][]byte{}
	}
	out := make([][]byte, len(lack))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(lack)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(lack); i = int(next.Add(1)) - 1 {
				out[i], _ = Picture(c.Evidence[lack[i]]) // an error: listed as a file
			}
		})
	}
	wg.Wait()
	for i, h := range lack {
		if out[i] != nil {
			c.Pictures[h] = out[i]
			made = append(made, h)
		}
	}
	return made
}

func (k *card) photo(x, w, h float64, e inspection.EvidenceRef, number int, jpg []byte) {
	opt := gofpdf.ImageOptions{ImageType: "JPG"}
	info := k.pdf.RegisterImageOptionsReader(e.SHA256, opt, bytes.NewReader(jpg))
	scale := min(w/info.Width(), h/info.Height())
	iw, ih := info.Width()*scale, info.Height()*scale
	k.pdf.ImageOptions(e.SHA256, x+(w-iw)/2, k.y+(h-ih)/2, iw, ih, false, opt, 0, "")
	k.rect(x, k.y, w, h)
	k.font(8, false)
	name := e.Name
	if e.Caption != "" {
		name = e.Caption
	}
	lines := k.wrap(fmt.Sprintf("佐证 %d　%s", number, name), w)
	k.lines(x, k.y+h+0.5, w, lines[:min(2, len(lines))], "L")
}
