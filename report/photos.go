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

// reduceSide is the long side of a picture on paper, in pixels.
const reduceSide = 1000

// photos appends the pictures, two in a row, with number and caption.
func (k *card) photos() {
	const gap, caption = 5.0, 10.0
	w := (textWidth - gap) / 2
	h := w * 0.75
	column, begun := 0, false
	small := reduced(k.r.Evidence, k.c.Evidence)
	for i, e := range k.r.Evidence {
		jpg := small[i]
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

// reduced are the pictures as they are printed, in their order; nil for what is
// none. Decoding is most of the work of sealing, so it is done on all cores.
func reduced(list []inspection.EvidenceRef, bytes map[string][]byte) [][]byte {
	out := make([][]byte, len(list))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(list)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(list); i = int(next.Add(1)) - 1 {
				if jpg, err := photo.Reduce(bytes[list[i].SHA256], reduceSide); err == nil {
					out[i] = jpg
				}
			}
		})
	}
	wg.Wait()
	return out
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
