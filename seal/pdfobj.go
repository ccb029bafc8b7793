package seal

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
)

// The PDF objects of our profile. Numbers keep their spelling, so that what
// was read is written back the same.
type (
	pdfName  string
	pdfNum   string
	pdfBool  bool
	pdfNull  struct{}
	pdfArray []any
	pdfRef   int // object number; generations are always 0
	// pdfString is a string with the place it was read from.
	pdfString struct {
		data       []byte
		hex        bool
		start, end int // of the token in the file
	}
	pdfDict   map[pdfName]any
	pdfStream struct {
		dict pdfDict
		raw  []byte // as stored, perhaps compressed
	}
)

func (d pdfDict) name(key pdfName) pdfName {
	n, _ := d[key].(pdfName)
	return n
}

func (d pdfDict) ref(key pdfName) (pdfRef, bool) {
	r, ok := d[key].(pdfRef)
	return r, ok
}

func (d pdfDict) text(key pdfName) string {
	s, _ := d[key].(pdfString)
	return string(s.data)
}

func (d pdfDict) int(key pdfName) (int, bool) { return intOf(d[key]) }

func intOf(v any) (int, bool) {
	n, ok := v.(pdfNum)
	if !ok || len(n) > 10 {
		return 0, false
	}
	i, err := strconv.Atoi(string(n))
	return i, err == nil && i >= 0 && strconv.Itoa(i) == string(n)
}

func num(i int) pdfNum { return pdfNum(strconv.Itoa(i)) }

func real(f float64) pdfNum { return pdfNum(strconv.FormatFloat(f, 'f', -1, 64)) }

// writeObj writes an object; members of a dictionary are sorted, so equal
// objects have equal bytes.
func writeObj(b *bytes.Buffer, v any) {
	switch x := v.(type) {
	case pdfName:
		writeName(b, x)
	case pdfNum:
		b.WriteString(string(x))
	case pdfBool:
		fmt.Fprintf(b, "%t", bool(x))
	case pdfNull:
		b.WriteString("null")
	case pdfRef:
		fmt.Fprintf(b, "%d 0 R", int(x))
	case pdfString:
		writeString(b, x)
	case pdfArray:
		b.WriteByte('[')
		for i, e := range x {
			if i > 0 {
				b.WriteByte(' ')
			}
			writeObj(b, e)
		}
		b.WriteByte(']')
	case pdfDict:
		writeDict(b, x)
	case *pdfStream:
		x.dict["Length"] = num(len(x.raw))
		writeDict(b, x.dict)
		b.WriteString("\nstream\n")
		b.Write(x.raw)
		b.WriteString("\nendstream")
	}
}

func writeDict(b *bytes.Buffer, d pdfDict) {
	keys := make([]string, 0, len(d))
	for k := range d {
		keys = append(keys, string(k))
	}
	sort.Strings(keys)
	b.WriteString("<<")
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(' ')
		}
		writeName(b, pdfName(k))
		b.WriteByte(' ')
		writeObj(b, d[pdfName(k)])
	}
	b.WriteString(">>")
}

func writeName(b *bytes.Buffer, n pdfName) {
	b.WriteByte('/')
	for _, c := range []byte(n) {
		if c <= ' ' || c > '~' || bytes.IndexByte([]byte("#/%()<>[]{}"), c) >= 0 {
			fmt.Fprintf(b, "#%02x", c)
			continue
		}
		b.WriteByte(c)
	}
}

func writeString(b *bytes.Buffer, s pdfString) {
	if s.hex {
		fmt.Fprintf(b, "<%x>", s.data)
		return
	}
	b.WriteByte('(')
	for _, c := range s.data {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(b, "\\%03o", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(')')
}

// text is a string for people: ASCII as it is, else UTF-16 with its mark.
func text(s string) pdfString {
	ascii := true
	for _, r := range s {
		ascii = ascii && r >= ' ' && r <= '~'
	}
	if ascii {
		return pdfString{data: []byte(s)}
	}
	out := []byte{0xFE, 0xFF}
	for _, r := range s {
		if r > 0xFFFF {
			r -= 0x10000
			hi, lo := 0xD800+r>>10, 0xDC00+r&0x3FF
			out = append(out, byte(hi>>8), byte(hi), byte(lo>>8), byte(lo))
			continue
		}
		out = append(out, byte(r>>8), byte(r))
	}
	return pdfString{data: out}
}

// float is the number's value, 0 if it is none.
func (n pdfNum) float() float64 {
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return 0
	}
	return f
}
