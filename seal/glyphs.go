package seal

import (
	"encoding/binary"
	"errors"
)

// outlineGrid is the grid, in units of the font (1,000 to the size of the text),
// that outlines in a file are laid on: finer than any printer, and a tenth fewer
// bytes. Much type is drawn on 256.
const outlineGrid = 2

var errGlyph = errors.New("glyph of a drawn font")

// Bits of the flags of a point in a TrueType outline.
const (
	onCurve, shortX, shortY, repeated, sameX, sameY = 1, 2, 4, 8, 16, 32
)

// coarse lays the outlines of a font on outlineGrid: new glyf and loca, and hmtx,
// where each glyph's left edge stands, brought into line. Glyphs put together
// from others stay as they are; those of our fonts are not.
func coarse(tables map[string][]byte) error {
	glyf, loca, hmtx := tables["glyf"], tables["loca"], append([]byte(nil), tables["hmtx"]...)
	if len(tables["head"]) < 54 || tables["head"][51] != 0 {
		return nil // long offsets: far larger than what a page needs
	}
	var out, places []byte
	for i := 0; i+4 <= len(loca); i += 2 {
		from, to := 2*int(binary.BigEndian.Uint16(loca[i:])), 2*int(binary.BigEndian.Uint16(loca[i+2:]))
		if from > to || to > len(glyf) || 2*i+4 > len(hmtx) {
			return errGlyph
		}
		places = binary.BigEndian.AppendUint16(places, uint16(len(out)/2))
		g := glyf[from:to]
		if len(g) < 10 || int16(binary.BigEndian.Uint16(g)) < 0 {
			out = append(out, g...)
			continue
		}
		p, err := readOutline(g)
		if err != nil {
			return err
		}
		old := int16(binary.BigEndian.Uint16(g[2:]))
		small, left := p.encode()
		out = append(out, small...)
		edge := hmtx[2*i+2:]
		binary.BigEndian.PutUint16(edge, binary.BigEndian.Uint16(edge)+uint16(left-old))
	}
	places = binary.BigEndian.AppendUint16(places, uint16(len(out)/2))
	tables["glyf"], tables["loca"], tables["hmtx"] = out, places, hmtx
	return nil
}

// outline is a glyph as points; ends is the table of where contours end, as it
// stands.
type outline struct {
	ends []byte
	on   []bool
	x, y []int
}

func readOutline(g []byte) (*outline, error) {
	contours := int(binary.BigEndian.Uint16(g))
	at := 10 + 2*contours
	if contours == 0 || at+2 > len(g) {
		return nil, errGlyph
	}
	o := &outline{ends: g[10:at]}
	points := int(binary.BigEndian.Uint16(g[at-2:])) + 1
	at += 2 + int(binary.BigEndian.Uint16(g[at:])) // what hints it, if anything does
	flags := make([]byte, 0, points)
	for len(flags) < points {
		if at+2 > len(g) {
			return nil, errGlyph
		}
		f, times := g[at], 1
		at++
		if f&repeated != 0 {
			times += int(g[at])
			at++
		}
		for range times {
			flags = append(flags, f)
		}
	}
	if len(flags) != points {
		return nil, errGlyph
	}
	for _, f := range flags {
		o.on = append(o.on, f&onCurve != 0)
	}
	var ok1, ok2 bool
	o.x, at, ok1 = coordinates(g, at, flags, shortX, sameX)
	o.y, _, ok2 = coordinates(g, at, flags, shortY, sameY)
	if !ok1 || !ok2 {
		return nil, errGlyph
	}
	return o, nil
}

func coordinates(g []byte, at int, flags []byte, short, same byte) (out []int, end int, ok bool) {
	v := 0
	for _, f := range flags {
		switch {
		case f&short != 0:
			if at >= len(g) {
				return nil, at, false
			}
			if d := int(g[at]); f&same != 0 {
				v += d
			} else {
				v -= d
			}
			at++
		case f&same == 0:
			if at+2 > len(g) {
				return nil, at, false
			}
			v += int(int16(binary.BigEndian.Uint16(g[at:])))
			at += 2
		}
		out = append(out, v)
	}
	return out, at, true
}

// encode writes the outline on the grid, and gives its left edge.
func (o *outline) encode() (g []byte, left int16) {
	for i := range o.x {
		o.x[i], o.y[i] = onGrid(o.x[i]), onGrid(o.y[i])
	}
	var flags, xs, ys []byte
	px, py := 0, 0
	for i := range o.x {
		f := byte(0)
		if o.on[i] {
			f = onCurve
		}
		fx, fy := byte(0), byte(0)
		fx, xs = step(xs, o.x[i]-px, shortX, sameX)
		fy, ys = step(ys, o.y[i]-py, shortY, sameY)
		flags = append(flags, f|fx|fy)
		px, py = o.x[i], o.y[i]
	}
	x0, x1 := bounds(o.x)
	y0, y1 := bounds(o.y)
	for _, v := range []int{len(o.ends) / 2, x0, y0, x1, y1} {
		g = binary.BigEndian.AppendUint16(g, uint16(v))
	}
	g = append(append(g, o.ends...), 0, 0)
	for i := 0; i < len(flags); {
		n := 1
		for i+n < len(flags) && flags[i+n] == flags[i] && n < 256 {
			n++
		}
		if n > 2 {
			g = append(g, flags[i]|repeated, byte(n-1))
		} else {
			g = append(g, flags[i:i+n]...)
		}
		i += n
	}
	g = append(append(g, xs...), ys...)
	if len(g)%2 == 1 {
		g = append(g, 0)
	}
	return g, int16(x0)
}

// onGrid is the nearest multiple of outlineGrid, halves upwards.
func onGrid(v int) int {
	v += outlineGrid / 2
	return v - ((v%outlineGrid)+outlineGrid)%outlineGrid
}

// step writes one difference of coordinates the shortest way.
func step(b []byte, d int, short, same byte) (flag byte, out []byte) {
	switch {
	case d == 0:
		return same, b
	case d > 0 && d < 256:
		return short | same, append(b, byte(d))
	case d < 0 && d > -256:
		return short, append(b, byte(-d))
	}
	return 0, binary.BigEndian.AppendUint16(b, uint16(d))
}

func bounds(v []int) (low, high int) {
	low, high = v[0], v[0]
	for _, x := range v {
		low, high = min(low, x), max(high, x)
	}
	return low, high
}
