package seal

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"xunping/inspection/canon"
)

// fontsOf are the fonts of a file, inflated, by object number.
func fontsOf(t *testing.T, f *pdfFile) map[int][]byte {
	t.Helper()
	out := map[int][]byte{}
	for n, v := range f.objects {
		if s, ok := v.(*pdfStream); ok && s.dict["Length1"] != nil {
			b, err := s.inflate(maxInflated)
			must(t, err)
			out[n] = b
		}
	}
	if len(out) == 0 {
		t.Fatal("no fonts")
	}
	return out
}

func fontTables(b []byte) map[string][]byte {
	out := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		e := b[12+16*i:]
		at, size := binary.BigEndian.Uint32(e[8:]), binary.BigEndian.Uint32(e[12:])
		out[string(e[:4])] = b[at : at+size]
	}
	return out
}

func glyphAt(tables map[string][]byte, i int) []byte {
	at := func(i int) int { return 2 * int(binary.BigEndian.Uint16(tables["loca"][2*i:])) }
	return tables["glyf"][at(i):at(i+1)]
}

// Made smaller, the fonts have the same glyphs, each point within half the grid
// of where it was, its left edge moved with it, the same advance; nothing in them
// was hinted, so nothing is lost with what hints.
func TestCompactKeepsGlyphs(t *testing.T) {
	b := drawn(t)
	before, err := readDrawnAsIs(b)
	must(t, err)
	after, err := readDrawn(b)
	must(t, err)
	small := fontsOf(t, after)
	for n, font := range fontsOf(t, before) {
		old, now := fontTables(font), fontTables(small[n])
		if len(now) != len(bareTables) || fontSum(small[n], "") != 0xB1B0AFBA {
			t.Errorf("font %d has %d tables and the sum %x", n, len(now), fontSum(small[n], ""))
		}
		glyphs := len(old["loca"])/2 - 1
		if glyphs < 10 || len(now["loca"]) != len(old["loca"]) || len(small[n]) >= len(font) {
			t.Fatalf("%d glyphs, %d bytes of %d", glyphs, len(small[n]), len(font))
		}
		for i := range glyphs {
			was, is := glyphAt(old, i), glyphAt(now, i)
			if len(was) == 0 && len(is) == 0 {
				continue
			}
			sameOutline(t, i, was, is)
			edge := func(h, g []byte) int16 {
				return int16(binary.BigEndian.Uint16(h[4*i+2:])) - int16(binary.BigEndian.Uint16(g[2:]))
			}
			if edge(old["hmtx"], was) != edge(now["hmtx"], is) || !bytes.Equal(old["hmtx"][4*i:4*i+2], now["hmtx"][4*i:4*i+2]) {
				t.Errorf("glyph %d stands elsewhere", i)
			}
		}
	}
}

func sameOutline(t *testing.T, i int, was, is []byte) {
	t.Helper()
	if at := 10 + 2*int(binary.BigEndian.Uint16(was)); binary.BigEndian.Uint16(was[at:]) != 0 {
		t.Fatalf("glyph %d is hinted", i)
	}
	p, err := readOutline(was)
	must(t, err)
	q, err := readOutline(is)
	must(t, err)
	if len(p.x) != len(q.x) || !bytes.Equal(p.ends, q.ends) {
		t.Fatalf("glyph %d has %d points, had %d", i, len(q.x), len(p.x))
	}
	near := func(a, b int) bool { return a-b <= outlineGrid/2 && b-a <= outlineGrid/2 }
	for k := range p.x {
		if !near(p.x[k], q.x[k]) || !near(p.y[k], q.y[k]) || p.on[k] != q.on[k] {
			t.Fatalf("glyph %d point %d: %d,%d was %d,%d", i, k, q.x[k], q.y[k], p.x[k], p.y[k])
		}
	}
	x0, x1 := bounds(q.x)
	y0, y1 := bounds(q.y)
	for k, v := range []int{x0, y0, x1, y1} {
		if int(int16(binary.BigEndian.Uint16(is[2+2*k:]))) != v {
			t.Errorf("glyph %d: box is wrong", i)
		}
	}
}

// What making small does to the pages, and the stamp, belong to the drawing that
// a sealed file names: when they change, report.Drawing must rise.
func TestCompactIsTheSameAsBefore(t *testing.T) {
	f, err := readDrawn(drawn(t))
	must(t, err)
	f.add(stamp(153.07, 39.69, []string{"电子签名 检查员甲 J001", "时间（自称）2019-08-06 17:40", "记录 f4b8fb4984ed682f"}))
	var b bytes.Buffer
	for _, v := range f.objects[1:] {
		writeObj(&b, v)
	}
	if got := canon.Hash(b.Bytes()); got != "4277e5a5502616d5857a8415c99419b5e838bd2b312bbf38c698f35718940346" {
		t.Errorf("small pages and stamp have hash %s: raise report.Drawing", got)
	}
}

// A glyph that is cut off, or whose counts lie, is an error and never a panic.
func TestBrokenOutlines(t *testing.T) {
	f, err := readDrawnAsIs(drawn(t))
	must(t, err)
	for _, font := range fontsOf(t, f) {
		tables := fontTables(font)
		for i := range len(tables["loca"])/2 - 1 {
			g := glyphAt(tables, i)
			for n := range g {
				if n >= 10 {
					_, _ = readOutline(g[:n])
				}
				for _, v := range []byte{0, 1, 0x7F, 0xFF} {
					x := bytes.Clone(g)
					x[n] = v
					if o, err := readOutline(x); err == nil && len(o.x) < 1<<12 {
						_, _ = o.encode()
					}
				}
			}
		}
		for n := range min(len(font), 400) {
			_, _ = bareFont(font[:n])
		}
	}
}

// The widths say the same of every character, in fewer words.
func TestCompactKeepsWidths(t *testing.T) {
	b := drawn(t)
	before, err := readDrawnAsIs(b)
	must(t, err)
	after, err := readDrawn(b)
	must(t, err)
	fonts := 0
	for n, v := range before.objects {
		d, ok := v.(pdfDict)
		if !ok || d.name("Subtype") != "CIDFontType2" {
			continue
		}
		fonts++
		old, now := widthsOf(t, d), widthsOf(t, after.dict(pdfRef(n)))
		for c := range 0x10000 {
			if old(c) != now(c) {
				t.Fatalf("character %x is %v wide, was %v", c, now(c), old(c))
			}
		}
		if len(after.dict(pdfRef(n))["W"].(pdfArray)) >= len(d["W"].(pdfArray)) {
			t.Error("the widths are no shorter")
		}
	}
	if fonts == 0 {
		t.Fatal("no fonts")
	}
}

func widthsOf(t *testing.T, d pdfDict) func(int) any {
	t.Helper()
	wide := map[int]any{}
	w := d["W"].(pdfArray)
	for i := 0; i < len(w); {
		first, _ := intOf(w[i])
		if list, ok := w[i+1].(pdfArray); ok {
			for k, v := range list {
				wide[first+k] = v
			}
			i += 2
			continue
		}
		last, _ := intOf(w[i+1])
		for c := first; c <= last; c++ {
			wide[c] = w[i+2]
		}
		i += 3
	}
	return func(c int) any {
		if v, ok := wide[c]; ok {
			return v
		}
		return d["DW"]
	}
}

// Drawn by a program that knows nothing of this, the pages before and after look
// alike and read alike.
func TestCompactPagesLookTheSame(t *testing.T) {
	tm := newTeam(t)
	d, _ := draftOf(t, tm)
	b, err := SealPDF(d, tm.one, noon)
	must(t, err)
	dir := t.TempDir()
	draw := func(name string, b []byte) (image.Image, string) {
		path := filepath.Join(dir, name+".pdf")
		must(t, os.WriteFile(path, b, 0o600))
		if out, err := tool(t, "mutool", "draw", "-r", "200", "-o", filepath.Join(dir, name+".png"), path, "1"); err != nil {
			t.Fatalf("mutool: %s", out)
		}
		text, err := tool(t, "pdftotext", "-l", "1", path, "-")
		must(t, err)
		f, err := os.Open(filepath.Join(dir, name+".png"))
		must(t, err)
		defer f.Close()
		img, err := png.Decode(f)
		must(t, err)
		return img, text
	}
	before, said := draw("before", d.Pages)
	after, says := draw("after", b)
	if said != says || before.Bounds() != after.Bounds() {
		t.Errorf("the page reads %q, read %q", says, said)
	}
	ink, off := 0, 0
	for y := range before.Bounds().Dy() {
		for x := range before.Bounds().Dx() {
			p, _, _, _ := before.At(x, y).RGBA()
			q, _, _, _ := after.At(x, y).RGBA()
			ink += 0xFFFF - int(p)
			off += max(int(p)-int(q), int(q)-int(p))
		}
	}
	if ink == 0 || off*50 > ink {
		t.Errorf("%d of %d parts of the ink differ", off, ink)
	}
}
