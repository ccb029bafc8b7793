package photo

import "image"

// plane is one component of a picture, a byte for each sample.
type plane struct {
	w, h, stride int
	pix          []byte
}

func newPlane(w, h int) plane { return plane{w, h, w, make([]byte, w*h)} }

// picture is brightness and the two colours; these may be coarser.
type picture [3]plane

// pictureOf looks at the planes of an image without copying them.
func pictureOf(m *image.YCbCr) *picture {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := w, h
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		cw = (w + 1) / 2
	case image.YCbCrSubsampleRatio420:
		cw, ch = (w+1)/2, (h+1)/2
	case image.YCbCrSubsampleRatio440:
		ch = (h + 1) / 2
	case image.YCbCrSubsampleRatio411:
		cw = (w + 3) / 4
	case image.YCbCrSubsampleRatio410:
		cw, ch = (w+3)/4, (h+1)/2
	}
	return &picture{{w, h, m.YStride, m.Y}, {cw, ch, m.CStride, m.Cb}, {cw, ch, m.CStride, m.Cr}}
}

// reduce makes the long side at most side samples long, and the colours half as
// fine as the brightness, as a JPEG stores them.
func reduce(p *picture, side int) *picture {
	w, h := p[0].w, p[0].h
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	cw, ch := (w+1)/2, (h+1)/2
	return &picture{p[0].shrunk(w, h), p[1].shrunk(cw, ch), p[2].shrunk(cw, ch)}
}

// turned brings the picture upright by its EXIF orientation, 1 to 8.
func (p *picture) turned(o int) *image.YCbCr {
	y, cb, cr := p[0].turned(o), p[1].turned(o), p[2].turned(o)
	return &image.YCbCr{Y: y.pix, Cb: cb.pix, Cr: cr.pix, YStride: y.stride, CStride: cb.stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rect(0, 0, y.w, y.h)}
}

func (p plane) turned(o int) plane {
	if o <= 1 || o > 8 {
		return p
	}
	w, h := p.w, p.h
	ow, oh := w, h
	if o >= 5 {
		ow, oh = h, w
	}
	out := newPlane(ow, oh)
	for y := range h {
		for x := range w {
			to := [...][2]int{{x, y}, {w - 1 - x, y}, {w - 1 - x, h - 1 - y}, {x, h - 1 - y}, {y, x}, {h - 1 - y, x}, {h - 1 - y, w - 1 - x}, {y, w - 1 - x}}[o-1]
			out.pix[to[1]*ow+to[0]] = p.pix[y*p.stride+x]
		}
	}
	return out
}

// span says which samples one smaller sample covers, and how much of each; the
// shares add up to one.
type span struct {
	from   int
	shares []uint32 // of one
}

// one is the whole of the shares: small enough that two of them and a byte fit
// in 32 bits.
const one = 1 << 12

// spans are the shares of n samples in m, m at most n, cut where the exact
// borders lie and rounded so that every span adds up to one.
func spans(n, m int) []span {
	out := make([]span, m)
	for i := range out {
		from, to := i*n, (i+1)*n // in 1/m of a sample; a sample is m long
		out[i].from = from / m
		given := uint32(0)
		for at := from / m; at*m < to; at++ {
			sum := uint32((min((at+1)*m, to) - from) * one / n)
			out[i].shares = append(out[i].shares, sum-given)
			given = sum
		}
	}
	return out
}

// shrunk is the plane with w × h samples, each the mean of what it covers. A
// plane that is smaller than that is stretched by repeating.
func (p plane) shrunk(w, h int) plane {
	if p.w < w || p.h < h {
		return p.stretched(w, h)
	}
	out := newPlane(w, h)
	across, down := spans(p.w, w), spans(p.h, h)
	row, sum := make([]uint32, w), make([]uint32, w)
	have := -1 // the row that row holds
	for y, d := range down {
		clear(sum)
		for i, share := range d.shares {
			if at := d.from + i; at != have {
				p.across(row, across, at)
				have = at
			}
			for x, v := range row {
				sum[x] += v * share
			}
		}
		line := out.pix[y*w : y*w+w]
		for x, v := range sum {
			line[x] = byte((v + one*one/2) / (one * one))
		}
	}
	return out
}

// across shrinks one row; its values are one times the samples.
func (p plane) across(row []uint32, spans []span, y int) {
	line := p.pix[y*p.stride : y*p.stride+p.w]
	for x := range row {
		s := &spans[x]
		v := uint32(0)
		for i, b := range line[s.from : s.from+len(s.shares)] {
			v += uint32(b) * s.shares[i]
		}
		row[x] = v
	}
}

// stretched repeats samples: colours that were stored coarser than half.
func (p plane) stretched(w, h int) plane {
	out := newPlane(w, h)
	for y := range h {
		for x := range w {
			out.pix[y*w+x] = p.pix[y*p.h/h*p.stride+x*p.w/w]
		}
	}
	return out
}
