package seal

import (
	"bytes"
	"fmt"
	"sort"
)

// pdfFile is a whole file as objects by number; 0 is not used.
type pdfFile struct {
	objects []any
	root    pdfRef
	info    pdfRef
}

func (f *pdfFile) add(v any) pdfRef {
	f.objects = append(f.objects, v)
	return pdfRef(len(f.objects) - 1)
}

func (f *pdfFile) dict(r pdfRef) pdfDict {
	if int(r) >= len(f.objects) {
		return nil
	}
	switch x := f.objects[r].(type) {
	case pdfDict:
		return x
	case *pdfStream:
		return x.dict
	}
	return nil
}

// streams is how many bytes all streams have together: nearly the whole file.
func (f *pdfFile) streams() (n int) {
	for _, v := range f.objects {
		if s, ok := v.(*pdfStream); ok {
			n += len(s.raw)
		}
	}
	return n
}

// readDrawn reads the pages as the drawing library wrote them and makes them
// steady and small.
func readDrawn(b []byte) (*pdfFile, error) {
	f, err := readDrawnAsIs(b)
	if err != nil {
		return nil, err
	}
	f.steadyImages()
	return f, f.compact()
}

// readDrawnAsIs reads our own output: one revision, read through its
// cross-reference table.
func readDrawnAsIs(b []byte) (*pdfFile, error) {
	at, err := startxref(b, len(b))
	if err != nil {
		return nil, err
	}
	p := &parser{b: b, pos: at}
	x, err := p.xref()
	if err != nil {
		return nil, err
	}
	f := &pdfFile{objects: make([]any, x.size)}
	for n, offset := range x.entries {
		q := &parser{b: b, pos: offset}
		got, v, err := q.indirect()
		if err != nil || got != n || n >= x.size {
			return nil, fmt.Errorf("object %d: %w", n, errSyntax)
		}
		f.objects[n] = v
	}
	root, ok1 := x.trailer.ref("Root")
	info, ok2 := x.trailer.ref("Info")
	if !ok1 || !ok2 || f.dict(root) == nil {
		return nil, fmt.Errorf("pages without catalog: %w", errSyntax)
	}
	f.root, f.info = root, info
	return f, nil
}

// steadyImages numbers the images by their names, which are hashes of their
// bytes. The drawing library numbers images of one width by chance, and equal
// records must give equal files.
func (f *pdfFile) steadyImages() {
	for _, v := range f.objects {
		d, _ := v.(pdfDict)
		list, ok := d["XObject"].(pdfDict)
		if !ok {
			continue
		}
		var names, numbers = make([]string, 0, len(list)), make([]int, 0, len(list))
		old := map[string]any{}
		for name := range list {
			ref, ok := list.ref(name)
			if !ok || int(ref) >= len(f.objects) {
				return
			}
			names, numbers = append(names, string(name)), append(numbers, int(ref))
			old[string(name)] = f.objects[ref]
		}
		sort.Strings(names)
		sort.Ints(numbers)
		for i, name := range names {
			list[pdfName(name)] = pdfRef(numbers[i])
			f.objects[numbers[i]] = old[name]
		}
	}
}

// startxref is the offset that the last "startxref" before end names.
func startxref(b []byte, end int) (int, error) {
	tail := b[max(0, end-64):end]
	i := bytes.LastIndex(tail, []byte("startxref\n"))
	if i < 0 {
		return 0, fmt.Errorf("no startxref: %w", errSyntax)
	}
	p := &parser{b: tail, pos: i + len("startxref\n")}
	n, ok := intOf(pdfNum(p.token()))
	if !ok || n >= end {
		return 0, fmt.Errorf("bad startxref: %w", errSyntax)
	}
	return n, nil
}

// xrefTable is one cross-reference section with its trailer.
type xrefTable struct {
	at      int // offset of "xref"
	entries map[int]int
	size    int
	trailer pdfDict
	end     int // offset after the section's %%EOF line
}

// xref reads a cross-reference section, its trailer, startxref and %%EOF.
func (p *parser) xref() (*xrefTable, error) {
	x := &xrefTable{at: p.pos, entries: map[int]int{}}
	if !p.literal("xref\n") {
		return nil, p.fail("xref expected")
	}
	for !p.literal("trailer\n") {
		if err := p.subsection(x); err != nil {
			return nil, err
		}
	}
	v, err := p.object()
	if err != nil {
		return nil, err
	}
	d, ok := v.(pdfDict)
	if !ok {
		return nil, p.fail("trailer expected")
	}
	x.trailer = d
	if x.size, ok = d.int("Size"); !ok || x.size > maxObjects {
		return nil, p.fail("bad Size")
	}
	if !p.literal("\nstartxref\n") || p.token() != fmt.Sprint(x.at) || !p.literal("\n%%EOF") {
		return nil, p.fail("startxref and end expected")
	}
	p.literal("\n")
	x.end = p.pos
	return x, nil
}

func (p *parser) subsection(x *xrefTable) error {
	first, ok := intOf(pdfNum(p.token()))
	if !ok || !p.literal(" ") {
		return p.fail("bad xref section")
	}
	count, ok := intOf(pdfNum(p.token()))
	if !ok || !p.literal("\n") || first+count > maxObjects {
		return p.fail("bad xref section")
	}
	for n := first; n < first+count; n++ {
		if len(p.b)-p.pos < 20 {
			return p.fail("xref cut off")
		}
		line := p.b[p.pos : p.pos+20]
		p.pos += 20
		if n == 0 {
			if string(line) != "0000000000 65535 f \n" {
				return p.fail("bad free entry")
			}
			continue
		}
		if string(line[10:]) != " 00000 n \n" {
			return p.fail("bad xref entry")
		}
		offset := 0
		for _, c := range line[:10] {
			if c < '0' || c > '9' {
				return p.fail("bad xref entry")
			}
			offset = offset*10 + int(c-'0')
		}
		if _, dup := x.entries[n]; dup {
			return p.fail("xref entry twice")
		}
		x.entries[n] = offset
	}
	return nil
}

// header of every file we write.
const header = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

// writeObjects writes objects with their numbers and gives their offsets.
func writeObjects(b *bytes.Buffer, numbers []int, get func(int) any) map[int]int {
	offsets := map[int]int{}
	for _, n := range numbers {
		offsets[n] = b.Len()
		fmt.Fprintf(b, "%d 0 obj\n", n)
		if raw, ok := get(n).([]byte); ok {
			b.Write(raw)
		} else {
			writeObj(b, get(n))
		}
		b.WriteString("\nendobj\n")
	}
	return offsets
}

// writeXref writes the cross-reference section of the given objects, sorted by
// number, and the end of the revision.
func writeXref(b *bytes.Buffer, numbers []int, offsets map[int]int, trailer pdfDict, first bool) {
	at := b.Len()
	b.WriteString("xref\n")
	if first {
		fmt.Fprintf(b, "0 %d\n0000000000 65535 f \n", len(numbers)+1)
	}
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if !first {
			fmt.Fprintf(b, "%d %d\n", numbers[i], j-i+1)
		}
		for ; i <= j; i++ {
			fmt.Fprintf(b, "%010d 00000 n \n", offsets[numbers[i]])
		}
	}
	b.WriteString("trailer\n")
	writeObj(b, trailer)
	fmt.Fprintf(b, "\nstartxref\n%d\n%%%%EOF\n", at)
}
