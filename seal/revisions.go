package seal

import (
	"bytes"
	"errors"
	"slices"
)

// pdfRevision is one revision of a file as it stands in the bytes.
type pdfRevision struct {
	begin, end int // its bytes
	xref       *xrefTable
	objects    map[int]any // the objects it defines
	offsets    map[int]int
}

// document is a file read under rules 1 to 5: all its revisions, each object
// inside its own, nothing unaccounted for.
type document struct {
	b         []byte
	revisions []*pdfRevision
	now       map[int]any // newest state of each object
}

// readDocument reads the structure of a file strictly (rule 1).
func readDocument(b []byte) (*document, error) {
	if len(b) > maxFile {
		return nil, refuse(1, "文件超过 %d MiB", maxFile>>20)
	}
	if !bytes.HasPrefix(b, []byte("%PDF-1.")) {
		return nil, refuse(1, "这不是 PDF 文件")
	}
	if !bytes.HasPrefix(b, []byte(header)) {
		return nil, structure(1, "header")
	}
	tables, err := chain(b)
	if err != nil {
		return nil, ruled(1, err)
	}
	d := &document{b: b, now: map[int]any{}}
	begin := 0
	for _, x := range tables {
		r := &pdfRevision{begin: begin, end: x.end, xref: x}
		if x.at <= begin {
			return nil, structure(1, "revisions overlap")
		}
		if err := r.read(b); err != nil {
			return nil, ruled(1, err)
		}
		for n, v := range r.objects {
			d.now[n] = v
		}
		d.revisions = append(d.revisions, r)
		begin = x.end
	}
	if begin != len(b) {
		return nil, structure(1, "bytes after the end")
	}
	return d, nil
}

// ruled gives a technical error the number of a rule.
func ruled(rule int, err error) error {
	var r *Refusal
	if errors.As(err, &r) {
		return err
	}
	return structure(rule, "%v", err)
}

// chain follows startxref and Prev from the end to the first revision and
// gives the sections oldest first.
func chain(b []byte) ([]*xrefTable, error) {
	if !bytes.HasSuffix(b, []byte("\n%%EOF\n")) {
		return nil, refuse(1, "文件不完整，或结尾之后还有内容")
	}
	at, err := startxref(b, len(b))
	if err != nil {
		return nil, err
	}
	var tables []*xrefTable
	for {
		p := &parser{b: b, pos: at}
		x, err := p.xref()
		if err != nil {
			return nil, err
		}
		if err := trailerKeys(x.trailer); err != nil {
			return nil, err
		}
		tables = append(tables, x)
		prev, has := x.trailer["Prev"]
		if !has {
			break
		}
		before, ok := intOf(prev)
		if !ok || before >= at || len(tables) > len(fieldNames) {
			return nil, structure(1, "Prev")
		}
		at = before
	}
	slices.Reverse(tables)
	return tables, nil
}

func trailerKeys(t pdfDict) error {
	for k := range t {
		switch k {
		case "Size", "Root", "Info", "ID", "Prev":
		default:
			return structure(1, "trailer key %s", k)
		}
	}
	return nil
}

// read reads the revision's objects. They lie one behind the other between the
// revision's begin and its xref, with nothing between them: no byte of a sealed
// file is unaccounted for.
func (r *pdfRevision) read(b []byte) error {
	r.objects, r.offsets = map[int]any{}, r.xref.entries
	at := r.begin
	if at == 0 {
		at = len(header)
	}
	order := make([]int, 0, len(r.offsets))
	for n := range r.offsets {
		order = append(order, n)
	}
	slices.SortFunc(order, func(a, c int) int { return r.offsets[a] - r.offsets[c] })
	for _, n := range order {
		if r.offsets[n] != at {
			return structure(1, "object %d is not where the file is read", n)
		}
		p := &parser{b: b[:r.xref.at], pos: at}
		got, v, err := p.indirect()
		if err != nil {
			return err
		}
		if got != n || !p.literal("\n") {
			return structure(1, "object %d", n)
		}
		if err := plainStream(v); err != nil {
			return err
		}
		r.objects[n] = v
		at = p.pos
	}
	if at != r.xref.at {
		return structure(1, "bytes before xref")
	}
	return nil
}

// plainStream refuses cross-reference and object streams, external streams and
// filters that are not of the profile.
func plainStream(v any) error {
	s, ok := v.(*pdfStream)
	if !ok {
		return nil
	}
	switch s.dict.name("Type") {
	case "XRef", "ObjStm":
		return structure(1, "%s", s.dict.name("Type"))
	}
	for _, k := range []pdfName{"F", "FFilter", "DL"} {
		if _, has := s.dict[k]; has {
			return structure(1, "external stream")
		}
	}
	if f, has := s.dict["Filter"]; has && f != pdfName("FlateDecode") && f != pdfName("DCTDecode") {
		return structure(1, "filter")
	}
	return nil
}

// catalogKeys are the keys a catalog may have (rule 2).
var catalogKeys = map[pdfName]bool{"Type": true, "Pages": true, "Names": true, "AF": true, "AcroForm": true, "Perms": true,
	"Metadata": true, "OutputIntents": true, "Lang": true, "MarkInfo": true, "StructTreeRoot": true, "Outlines": true, "ViewerPreferences": true}

// forbidden keys anywhere in the file: what runs, plays, hides or fetches.
var forbidden = map[pdfName]bool{"JavaScript": true, "JS": true, "AA": true, "A": true, "OpenAction": true, "Launch": true, "XFA": true,
	"RichMedia": true, "Ref": true, "Alternates": true, "OPI": true, "OC": true, "OCGs": true, "OCProperties": true, "URI": true, "Encrypt": true, "XRefStm": true}

// checkCatalog is rule 2: one catalog in all revisions, with known keys only,
// and nothing active anywhere.
func (d *document) checkCatalog() error {
	root, ok := d.revisions[0].xref.trailer.ref("Root")
	if !ok {
		return structure(2, "no Root")
	}
	for _, r := range d.revisions {
		if got, ok := r.xref.trailer.ref("Root"); !ok || got != root {
			return structure(2, "another Root")
		}
	}
	for i, r := range d.revisions {
		if _, again := r.objects[int(root)]; again != (i == 0) {
			return structure(2, "catalog redefined")
		}
		for n, v := range r.objects {
			if bad := findForbidden(v); bad != "" {
				return structure(2, "object %d has /%s", n, bad)
			}
		}
	}
	cat := d.dict(root)
	if cat.name("Type") != "Catalog" {
		return structure(2, "no catalog")
	}
	for k := range cat {
		if !catalogKeys[k] {
			return structure(2, "catalog key %s", k)
		}
	}
	if names, has := cat["Names"].(pdfDict); !has || len(names) != 1 || names["EmbeddedFiles"] == nil {
		return structure(2, "Names")
	}
	return nil
}

func findForbidden(v any) pdfName {
	switch x := v.(type) {
	case pdfDict:
		for k, e := range x {
			if forbidden[k] {
				return k
			}
			if bad := findForbidden(e); bad != "" {
				return bad
			}
		}
		if x.name("Type") == "OCG" || x.name("Type") == "OCMD" || x.name("S") == "JavaScript" || x.name("S") == "Launch" {
			return x.name("Type") + x.name("S")
		}
	case pdfArray:
		for _, e := range x {
			if bad := findForbidden(e); bad != "" {
				return bad
			}
		}
	case *pdfStream:
		return findForbidden(x.dict)
	}
	return ""
}

func (d *document) dict(r pdfRef) pdfDict {
	switch x := d.now[int(r)].(type) {
	case pdfDict:
		return x
	case *pdfStream:
		return x.dict
	}
	return nil
}

// checkReferences is rule 3: in every revision each reference is defined and
// Size is the highest number plus one. References to what comes later are how
// shadow attacks hide things.
func (d *document) checkReferences() error {
	defined, highest := map[int]bool{}, 0
	var refs []int
	for _, r := range d.revisions {
		for n, v := range r.objects {
			defined[n] = true
			highest = max(highest, n)
			refs = collect(v, refs)
		}
		refs = collect(r.xref.trailer, refs)
		for _, n := range refs {
			if !defined[n] {
				return structure(3, "object %d is not defined", n)
			}
		}
		if r.xref.size != highest+1 || len(defined) != highest {
			return structure(3, "Size")
		}
		refs = refs[:0]
	}
	return nil
}

func collect(v any, refs []int) []int {
	switch x := v.(type) {
	case pdfRef:
		refs = append(refs, int(x))
	case pdfDict:
		for _, e := range x {
			refs = collect(e, refs)
		}
	case pdfArray:
		for _, e := range x {
			refs = collect(e, refs)
		}
	case *pdfStream:
		refs = collect(x.dict, refs)
	}
	return refs
}
