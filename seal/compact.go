package seal

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sort"
	"sync"
)

// compact makes the drawn pages smaller without changing what they show: the
// drawing library compresses for speed, leaves tables in the fonts that no
// reader of a PDF needs, and writes the width of every character.
//
// The streams are worked on side by side, for a person waits for the signature;
// each comes out the same whichever is first.
func (f *pdfFile) compact() error {
	errs := make([]error, len(f.objects))
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, v := range f.objects {
		switch x := v.(type) {
		case pdfDict:
			if w, ok := x["W"].(pdfArray); ok && x.name("Subtype") == "CIDFontType2" {
				x["W"] = compactWidths(w, x["DW"])
			}
		case *pdfStream:
			room <- struct{}{}
			wg.Go(func() {
				errs[i] = x.compact()
				<-room
			})
		}
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (s *pdfStream) compact() error {
	filter, has := s.dict["Filter"]
	if has && filter != pdfName("FlateDecode") || s.dict["DecodeParms"] != nil {
		return nil // a photo, or made by another means
	}
	plain, err := s.inflate(maxInflated)
	if err != nil {
		return fmt.Errorf("drawn stream: %w", err)
	}
	if _, font := s.dict["Length1"]; font {
		if plain, err = bareFont(plain); err != nil {
			return err
		}
		s.dict["Length1"] = num(len(plain))
	}
	if small := deflate(plain); has || len(small) < len(plain) {
		s.raw, s.dict["Filter"] = small, pdfName("FlateDecode")
	}
	return nil
}

// deflaters are writers at rest: a new one costs more than what it compresses. The
// best level takes a quarter longer for a whole file and saves nothing.
var deflaters = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(io.Discard, zlib.DefaultCompression)
	if err != nil {
		panic(err) // the level is valid
	}
	return w
}}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

// compactWidths leaves out the characters as wide as usual, which are nearly
// all Chinese ones, and gathers neighbours in one list.
func compactWidths(w pdfArray, usual any) pdfArray {
	wide := map[int]any{}
	for i := 0; i < len(w); {
		first, ok := intOf(w[i])
		if !ok || i+1 == len(w) {
			return w
		}
		if list, ok := w[i+1].(pdfArray); ok {
			for k, v := range list {
				wide[first+k] = v
			}
			i += 2
			continue
		}
		last, ok := intOf(w[i+1])
		if !ok || i+2 == len(w) || last > 0xFFFF {
			return w
		}
		for c := first; c <= last; c++ {
			wide[c] = w[i+2]
		}
		i += 3
	}
	codes := make([]int, 0, len(wide))
	for c, v := range wide {
		if v != usual {
			codes = append(codes, c)
		}
	}
	sort.Ints(codes)
	var out pdfArray
	for i := 0; i < len(codes); {
		var run pdfArray
		first := codes[i]
		for ; i < len(codes) && codes[i] == first+len(run); i++ {
			run = append(run, wide[codes[i]])
		}
		out = append(out, num(first), run)
	}
	return out
}

// bareTables are what a font inside a PDF needs: outlines and their measures.
// Characters are found by the map beside it, not by the font's own; our fonts
// have no hinting, so what prepares it goes too.
var bareTables = []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"}

// bareFont is a TrueType font with bareTables only, its outlines on outlineGrid.
func bareFont(b []byte) ([]byte, error) {
	broken := fmt.Errorf("drawn font: %w", errSyntax)
	if len(b) < 12 {
		return nil, broken
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		e := 12 + 16*i
		if e+16 > len(b) {
			return nil, broken
		}
		at, size := uint64(binary.BigEndian.Uint32(b[e+8:])), uint64(binary.BigEndian.Uint32(b[e+12:]))
		if at+size > uint64(len(b)) {
			return nil, broken
		}
		tables[string(b[e:e+4])] = b[at : at+size]
	}
	if err := coarse(tables); err != nil {
		return nil, err
	}
	n := len(bareTables) // six: 4 is the largest power of two in it
	out := binary.BigEndian.AppendUint32(make([]byte, 0, len(b)), 0x00010000)
	for _, v := range []int{n, 4 * 16, 2, n*16 - 4*16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*n
	for _, name := range bareTables {
		t := tables[name]
		if len(t) == 0 || name == "head" && len(t) < 12 {
			return nil, broken
		}
		out = append(out, name...)
		for _, v := range []uint32{fontSum(t, name), uint32(at), uint32(len(t))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		at += (len(t) + 3) &^ 3
	}
	head := 0
	for _, name := range bareTables {
		if name == "head" {
			head = len(out)
		}
		out = append(out, tables[name]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	clear(out[head+8 : head+12])
	binary.BigEndian.PutUint32(out[head+8:], 0xB1B0AFBA-fontSum(out, ""))
	return out, nil
}

// fontSum is the checksum of a table; that of head counts without the sum of
// the whole font in it.
func fontSum(b []byte, name string) (sum uint32) {
	for i := 0; i < len(b); i += 4 {
		if name == "head" && i == 8 {
			continue
		}
		var word [4]byte
		copy(word[:], b[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
