package seal

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

// attack is one file that breaks one rule of FORMATS §4. Rule 0 is a file that
// is accepted, with what check says of it.
type attack struct {
	name string
	rule int
	data bool // the record's own signature still holds
	file func(*forger) []byte
}

// catalogWith seals with one more key in the catalog.
func catalogWith(key pdfName, v any) func(*forger) []byte {
	return func(f *forger) []byte {
		return f.sealing(f.tm.one, func(z *finisher) { z.catalog[key] = v })
	}
}

// page seals with another key on the first page.
func page(key pdfName, v func(z *finisher) any) func(*forger) []byte {
	return func(f *forger) []byte {
		return f.sealing(f.tm.one, func(z *finisher) {
			pages, _ := z.pages()
			z.f.dict(pages[0])[key] = v(z)
		})
	}
}

func direct(v any) func(*finisher) any { return func(*finisher) any { return v } }

// attacks on rules 1 to 3: structure, catalog, references.
func structureAttacks() []attack {
	return []attack{
		{"no PDF", 1, false, func(f *forger) []byte { return []byte("PK\x03\x04") }},
		{"bytes before the header", 1, false, func(f *forger) []byte { return append([]byte(" "), f.honest(1)...) }},
		{"another header", 1, false, func(f *forger) []byte { return f.bytesOf("%PDF-1.7", "%PDF-1.6") }},
		{"bytes after the end", 1, false, func(f *forger) []byte { return append(f.honest(2), "evil"...) }},
		{"a line feed after the end", 1, false, func(f *forger) []byte { return append(f.honest(2), '\n') }},
		{"cross-reference stream", 1, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.f.add(&pdfStream{dict: pdfDict{"Type": pdfName("XRef")}, raw: []byte("x")}) })
		}},
		{"object stream", 1, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.f.add(&pdfStream{dict: pdfDict{"Type": pdfName("ObjStm")}, raw: []byte("x")}) })
		}},
		{"external stream", 1, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.f.add(&pdfStream{dict: pdfDict{"F": text("x.bin")}, raw: []byte("x")}) })
		}},
		{"a filter of one's own", 1, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				z.f.add(&pdfStream{dict: pdfDict{"Filter": pdfName("Crypt")}, raw: []byte("x")})
			})
		}},
		{"XRefStm in the trailer", 1, false, trailerKey("XRefStm", num(9))},
		{"Encrypt in the trailer", 1, false, trailerKey("Encrypt", pdfRef(1))},
		{"startxref to another place", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			at := bytes.LastIndex(b, []byte("startxref\n")) + len("startxref\n")
			b[at] ^= 1
			return b
		}},
		{"Prev forward", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			return f.update(b, map[int]any{sizeOf(f, b): pdfNull{}}, 0, nil, func(t pdfDict) { t["Prev"] = num(len(b) + 1) })
		}},
		{"Prev past the first revision", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			return f.update(b, map[int]any{sizeOf(f, b): pdfNull{}}, 0, nil, func(t pdfDict) { t["Prev"] = num(20) })
		}},
		{"object read at another place", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			at := bytes.Index(b, []byte("\n0000000015 00000 n"))
			return append(append(append([]byte{}, b[:at]...), "\n0000000016 00000 n"...), b[at+19:]...)
		}},
		{"bytes between objects", 1, false, func(f *forger) []byte { return f.bytesOf("endobj\n2 0 obj", "endobj 2 0 obj") }},
		{"comment between objects", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			return bytes.Replace(b, []byte("endobj\n2 0 obj"), []byte("endobj\n%x\n2 0 obj"), 1)
		}},
		{"duplicate dictionary key", 1, false, func(f *forger) []byte { return f.bytesOf("/MarkInfo", "/Metadata") }},
		{"65 arrays deep", 1, false, deep(65)},
		{"10,000 arrays deep", 1, false, deep(10000)},
		{"50,001 objects", 1, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				for len(z.f.objects) < maxObjects+2 {
					z.f.add(pdfNull{})
				}
			})
		}},
		{"above 64 MiB", 1, false, func(f *forger) []byte { return make([]byte, maxFile+1) }},
		{"a compression bomb as rubric", 1, false, func(f *forger) []byte {
			return f.embedded(func(files map[string][]byte) { files[RubricName] = make([]byte, maxInflated+1) })
		}},
		{"update without xref", 1, false, func(f *forger) []byte {
			return append(f.honest(1), "5 0 obj\n<</Evil true>>\nendobj\n%%EOF\n"...)
		}},
		{"update with a trailer only", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			return append(b, fmt.Sprintf("trailer\n<</Root 1 0 R /Size 9 /Prev %d>>\nstartxref\n%d\n%%%%EOF\n", 20, len(b))...)
		}},

		{"another Root in a later revision", 2, true, func(f *forger) []byte {
			b := f.honest(1)
			n := sizeOf(f, b)
			return f.update(b, map[int]any{n: pdfDict{"Type": pdfName("Catalog")}}, 0, nil, func(t pdfDict) { t["Root"] = pdfRef(n) })
		}},
		{"a new catalog with a second package", 2, true, func(f *forger) []byte {
			b := f.honest(1)
			d, err := readDocument(b)
			must(f.t, err)
			root, _ := d.revisions[0].xref.trailer.ref("Root")
			cat := pdfDict{}
			for k, v := range d.dict(root) {
				cat[k] = v
			}
			cat["Names"] = pdfDict{"EmbeddedFiles": pdfDict{"Names": pdfArray{}}}
			return f.update(b, map[int]any{int(root): cat}, 0, nil, nil)
		}},
		{"OpenAction", 2, true, catalogWith("OpenAction", pdfDict{"S": pdfName("GoTo")})},
		{"AA", 2, true, catalogWith("AA", pdfDict{})},
		{"OCProperties", 2, true, catalogWith("OCProperties", pdfDict{})},
		{"JavaScript among the names", 2, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				names := z.catalog["Names"].(pdfDict)
				names["JavaScript"] = pdfDict{}
			})
		}},
		{"XFA in the form", 2, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.catalog["AcroForm"].(pdfDict)["XFA"] = text("x") })
		}},
		{"an unknown catalog key", 2, true, catalogWith("Collection", pdfDict{})},
		{"an action of a page", 2, true, page("AA", direct(pdfDict{}))},
		{"an optional content group", 2, true, page("X", direct(pdfDict{"Type": pdfName("OCG")}))},
		{"an optional content membership", 2, true, page("X", direct(pdfDict{"Type": pdfName("OCMD")}))},
		{"a page content from another file", 2, true, page("X", direct(pdfDict{"Subtype": pdfName("Form"), "Ref": pdfDict{"F": text("x.pdf")}}))},
		{"another picture when printed", 2, true, page("X", direct(pdfDict{"Subtype": pdfName("Image"), "Alternates": pdfArray{}}))},
		{"a launch action", 2, true, page("X", direct(pdfDict{"S": pdfName("Launch")}))},
		{"RichMedia", 2, true, page("RichMedia", direct(pdfDict{}))},
		{"an annotation over a page", 2, true, page("Annots", func(z *finisher) any {
			return pdfArray{z.f.add(pdfDict{"Type": pdfName("Annot"), "Subtype": pdfName("Square"), "Rect": pdfArray{num(0), num(0), num(300), num(300)}})}
		})},
		{"a direct annotation", 2, true, page("Annots", direct(pdfArray{pdfDict{"Subtype": pdfName("Square")}}))},
		{"an annotation in a signed update", 2, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) {
				o[size+2] = pdfDict{"Type": pdfName("Annot"), "Subtype": pdfName("FreeText")}
			})
		}},

		{"an undefined reference", 3, true, page("X", direct(pdfRef(4000)))},
		{"an undefined reference that a colleague defines", 3, true, func(f *forger) []byte {
			// The shadow: revision 1 refers to an object that revision 2 brings.
			b := f.sealing(f.tm.one, func(z *finisher) {
				pages, _ := z.pages()
				z.f.dict(pages[0])["X"] = pdfRef(len(z.f.objects) + 1)
			})
			n := sizeOf(f, b)
			return f.update(b, map[int]any{n: pdfNull{}, n + 1: pdfDict{"Evil": pdfBool(true)}}, 0, nil, nil)
		}},
		{"Size too large", 3, true, func(f *forger) []byte {
			b := f.honest(1)
			n := sizeOf(f, b)
			return f.bytesOf(fmt.Sprintf("/Size %d>>", n), fmt.Sprintf("/Size %d>>", n+1))
		}},
		{"a gap in the numbers", 3, true, func(f *forger) []byte {
			b := f.honest(1)
			return f.update(b, map[int]any{sizeOf(f, b) + 3: pdfNull{}}, 0, nil, nil)
		}},
	}
}

func sizeOf(f *forger, b []byte) int {
	d, err := readDocument(b)
	must(f.t, err)
	return d.revisions[len(d.revisions)-1].xref.size
}

func trailerKey(key pdfName, v any) func(*forger) []byte {
	return func(f *forger) []byte {
		b := f.honest(1)
		return f.update(b, map[int]any{sizeOf(f, b): pdfNull{}}, 0, nil, func(t pdfDict) { t[key] = v })
	}
}

func deep(n int) func(*forger) []byte {
	return func(f *forger) []byte {
		return f.sealing(f.tm.one, func(z *finisher) { z.f.add([]byte(strings.Repeat("[", n) + strings.Repeat("]", n))) })
	}
}

// attacks on rules 4 to 6: signatures, updates, CMS.
func signatureAttacks() []attack {
	cms := func(c cmsForger) func(*forger) []byte {
		return func(f *forger) []byte { return f.forgedCMS(&c) }
	}
	edit := func(e func(*forgedData)) func(*forger) []byte { return cms(cmsForger{edit: e}) }
	attributes := func(e func([][]byte) [][]byte) func(*forger) []byte { return cms(cmsForger{attributes: e}) }
	return []attack{
		{"an unsigned update", 4, true, func(f *forger) []byte {
			b := f.honest(1)
			return f.update(b, map[int]any{sizeOf(f, b): pdfNull{}}, 0, nil, nil)
		}},
		{"an unsigned update that replaces the record", 4, true, replaceRecord(nil)},
		{"no signature at all", 4, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				refs := z.catalog["AcroForm"].(pdfDict)["Fields"].(pdfArray)
				delete(z.f.dict(refs[0].(pdfRef)), "V")
			})
		}},
		{"two fields with one signature", 4, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				refs := z.catalog["AcroForm"].(pdfDict)["Fields"].(pdfArray)
				z.f.dict(refs[1].(pdfRef))["V"] = z.sig
			})
		}},
		{"a second signature dictionary", 4, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.f.add(pdfDict{"Type": pdfName("Sig")}) })
		}},
		{"a second ByteRange", 4, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.f.add(pdfDict{"ByteRange": pdfArray{num(0)}}) })
		}},
		{"the co-inspector signs first", 4, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				refs := z.catalog["AcroForm"].(pdfDict)["Fields"].(pdfArray)
				a, b := z.f.dict(refs[0].(pdfRef)), z.f.dict(refs[1].(pdfRef))
				b["V"] = a["V"]
				delete(a, "V")
			})
		}},
		{"a missing field", 4, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				form := z.catalog["AcroForm"].(pdfDict)
				form["Fields"] = form["Fields"].(pdfArray)[:2]
			})
		}},
		{"a field of another name", 4, true, func(f *forger) []byte { return f.bytesOf("/T (bureau)", "/T (buro_u)") }},
		{"another SubFilter", 4, true, func(f *forger) []byte { return f.bytesOf("/ETSI.CAdES.detached", "/adbe.pkcs7.detached") }},
		{"a signature key of one's own", 4, true, func(f *forger) []byte { return f.bytesOf("/Name ", "/Rname") }},
		{"ByteRange from 1", 4, true, byteRange(0, 1)},
		{"ByteRange ends early", 4, true, byteRange(3, -1)},
		{"ByteRange with a wider gap", 4, true, byteRange(1, -1)},
		{"ByteRange under another name", 4, true, func(f *forger) []byte { return afterSigning(f, "/ByteRange ", "/BiteRange ") }},
		{"Contents under another name", 4, true, func(f *forger) []byte { return afterSigning(f, "/Contents <", "/Kontents <") }},
		{"Contents of zeros", 4, true, func(f *forger) []byte {
			return overContents(f, func(h []byte) { copy(h, bytes.Repeat([]byte("0"), len(h))) })
		}},
		{"Contents in capitals", 4, true, func(f *forger) []byte { return overContents(f, func(h []byte) { copy(h, bytes.ToUpper(h)) }) }},
		{"padding in Contents", 4, true, func(f *forger) []byte { return overContents(f, func(h []byte) { h[len(h)-1] = '1' }) }},
		{"a blank in Contents", 1, false, func(f *forger) []byte { return overContents(f, func(h []byte) { h[len(h)-1], h[len(h)-2] = ' ', ' ' }) }},
		{"signature wrapping", 4, true, func(f *forger) []byte {
			b := f.honest(1)
			n := sizeOf(f, b)
			old := bytes.LastIndex(b, []byte("<</Type /Sig "))
			end := old + bytes.Index(b[old:], []byte("\nendobj"))
			return f.update(b, map[int]any{n: bytes.Clone(b[old:end])}, 0, nil, nil)
		}},

		{"the record replaced, and a trusted colleague signs", 5, true, func(f *forger) []byte { return replaceRecord(f.tm.two)(f) }},
		{"a colleague's update redefines a page", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) { o[3] = d.now[3] })
		}},
		{"a field moved when signed", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) {
				o[field].(pdfDict)["Rect"] = pdfArray{num(0), num(0), num(595), num(842)}
			})
		}},
		{"a field with a new key when signed", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) { o[field].(pdfDict)["MK"] = pdfDict{} })
		}},
		{"a stamp that is a page when signed", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) { o[field].(pdfDict)["AP"] = pdfDict{"N": pdfRef(3)} })
		}},
		{"a stamp with a second look when signed", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) {
				o[field].(pdfDict)["AP"] = pdfDict{"N": pdfRef(size + 1), "D": pdfRef(size + 1)}
			})
		}},
		{"one more object in a signed update", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.two, func(d *document, o map[int]any, field, size int) { o[size+2] = pdfNull{} })
		}},
		{"the inspector's field signed again", 5, true, func(f *forger) []byte {
			return f.cosigning(f.tm.one, func(d *document, o map[int]any, field, size int) {
				refs, _ := d.fieldRefs()
				again := pdfDict{}
				for k, v := range d.dict(refs[0]) {
					again[k] = v
				}
				again["V"], again["AP"] = pdfRef(size), pdfDict{"N": pdfRef(size + 1)}
				delete(o, field)
				o[int(refs[0])] = again
			})
		}},
		{"a field emptied in an update", 5, true, func(f *forger) []byte {
			b := f.honest(2)
			d, err := readDocument(b)
			must(f.t, err)
			refs, _ := d.fieldRefs()
			empty := pdfDict{}
			for k, v := range d.dict(refs[1]) {
				if k != "V" {
					empty[k] = v
				}
			}
			return f.update(b, map[int]any{int(refs[1]): empty}, 0, nil, nil)
		}},

		{"a changed byte on a page", 6, true, func(f *forger) []byte { return changed(f, "/MediaBox [0 0 595.28", "/MediaBox [0 0 595.29") }},
		{"two signers", 6, true, edit(func(d *forgedData) { d.Signers = append(d.Signers, d.Signers[0]) })},
		{"no signer", 6, true, edit(func(d *forgedData) { d.Signers = nil })},
		{"content in the CMS", 6, true, edit(func(d *forgedData) { d.Encap.Content = asn1.RawValue{FullBytes: []byte{0xA0, 3, 4, 1, 'x'}} })},
		{"a digest other than SHA-256", 6, true, edit(func(d *forgedData) { d.Signers[0].Digest.Algorithm = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26} })},
		{"a second certificate", 6, true, func(f *forger) []byte {
			return edit(func(d *forgedData) {
				d.Certificates = context(0, append(bytes.Clone(d.Certificates.Bytes), f.tm.two.cert.Raw...))
			})(f)
		}},
		{"no certificate", 6, true, edit(func(d *forgedData) { d.Certificates = context(0, nil) })},
		{"the certificate of a colleague", 6, true, func(f *forger) []byte {
			return edit(func(d *forgedData) { d.Certificates = context(0, f.tm.two.cert.Raw) })(f)
		}},
		{"CRLs", 6, true, edit(func(d *forgedData) { d.CRLs = context(1, []byte{0x30, 0}) })},
		{"unsigned attributes", 6, true, edit(func(d *forgedData) { d.Signers[0].Unsigned = context(1, other(9, 1)) })},
		{"no signing certificate", 6, true, attributes(func(l [][]byte) [][]byte { return without(l, oidCertV2) })},
		{"no message digest", 6, true, attributes(func(l [][]byte) [][]byte { return without(l, oidDigest) })},
		{"no content type", 6, true, attributes(func(l [][]byte) [][]byte { return without(l, oidContentType) })},
		{"an attribute twice", 6, true, attributes(func(l [][]byte) [][]byte { return append(l[:1:1], l...) })},
		{"attributes out of order", 6, true, attributes(func(l [][]byte) [][]byte { l[0], l[1] = l[1], l[0]; return l })},
		{"the digest of something else", 6, true, cms(cmsForger{digest: func([]byte) []byte { return make([]byte, 32) }})},
		{"a signature of zeros", 6, true, edit(func(d *forgedData) { d.Signers[0].Signature = []byte{0x30, 6, 2, 1, 0, 2, 1, 0} })},
		{"BER lengths", 6, true, cms(cmsForger{der: func(b []byte) []byte { return longLength(b) }})},
		{"an algorithm of another kind", 6, true, edit(func(d *forgedData) { d.Signers[0].Algorithm.Algorithm = oidRSA256 })},
	}
}

func without(list [][]byte, oid asn1.ObjectIdentifier) [][]byte {
	want, _ := asn1.Marshal(oid)
	var out [][]byte
	for _, b := range list {
		if !bytes.Contains(b[:len(want)+4], want) {
			out = append(out, b)
		}
	}
	return out
}

// longLength writes the length of the content in one byte more than it needs.
func longLength(b []byte) []byte {
	const at = 4 + 11 // behind the head of the whole and the object identifier
	if b[1] != 0x82 || b[at+1] != 0x82 {
		panic("the CMS is not as the test thinks")
	}
	n := int(b[2])<<8 + int(b[3]) + 1
	out := append([]byte{b[0], 0x82, byte(n >> 8), byte(n)}, b[4:at]...)
	return append(append(out, b[at], 0x83, 0, b[at+2], b[at+3]), b[at+4:]...)
}

// changed changes bytes and signs nothing anew.
func changed(f *forger, from, to string) []byte {
	b := f.honest(1)
	if !bytes.Contains(b, []byte(from)) {
		f.t.Fatalf("the file lacks %q", from)
	}
	return bytes.Replace(b, []byte(from), []byte(to), 1)
}

// afterSigning changes the signature dictionary, which signing fills by place.
func afterSigning(f *forger, from, to string) []byte { return changed(f, from, to) }

// byteRange adds to one number of the range and signs what it then covers.
func byteRange(which, by int) func(*forger) []byte {
	return func(f *forger) []byte {
		b := f.honest(1)
		at := bytes.LastIndex(b, []byte("/ByteRange [")) + len("/ByteRange [")
		end := at + bytes.IndexByte(b[at:], ']')
		var n [4]int
		_, err := fmt.Sscan(string(b[at:end]), &n[0], &n[1], &n[2], &n[3])
		must(f.t, err)
		n[which] += by
		s := fmt.Sprintf("%d %d %d %d]", n[0], n[1], n[2], n[3])
		copy(b[at:], s+strings.Repeat(" ", max(0, end+1-at-len(s))))
		signed := append(bytes.Clone(b[n[0]:n[0]+n[1]-n[0]]), b[n[2]:n[2]+n[3]]...)
		der, err := f.tm.one.SignCMS(signed)
		must(f.t, err)
		hex.Encode(b[bytes.LastIndex(b, []byte("/Contents <"))+len("/Contents <"):], der)
		return b
	}
}

// overContents changes the hex digits of the signature, which no signature
// covers.
func overContents(f *forger, do func(hexes []byte)) []byte {
	b := f.honest(1)
	at := bytes.LastIndex(b, []byte("/Contents <")) + len("/Contents <")
	do(b[at : at+bytes.IndexByte(b[at:], '>')])
	return b
}

// replaceRecord appends an update in which the embedded record is another one,
// signed by s or by nobody.
func replaceRecord(s Signer) func(*forger) []byte {
	return func(f *forger) []byte {
		b := f.honest(1)
		evil := sealedRecord(f.t, f.c, f.tm.one, func(r *inspection.Record) { r.Unit.Name = "别的市" })
		n := f.find(b, func(v any) bool {
			x, ok := v.(*pdfStream)
			if !ok || x.dict.name("Type") != "EmbeddedFile" {
				return false
			}
			data, err := x.inflate(maxInflated)
			return err == nil && bytes.Equal(data, f.d.Record)
		})
		stream := &pdfStream{dict: pdfDict{"Type": pdfName("EmbeddedFile"), "Filter": pdfName("FlateDecode")}, raw: deflate(evil)}
		if s == nil {
			return f.update(b, map[int]any{n: stream}, 0, nil, nil)
		}
		return f.cosigning(s, func(d *document, o map[int]any, field, size int) { o[n] = stream })
	}
}

// attacks on rule 7: the payload. The pages are signed by the record's signer.
func payloadAttacks() []attack {
	embed := func(edit func(f *forger, files map[string][]byte)) func(*forger) []byte {
		return func(f *forger) []byte { return f.embedded(func(files map[string][]byte) { edit(f, files) }) }
	}
	signed := func(edit func(record string) string) func(*forger) []byte {
		return embed(func(f *forger, files map[string][]byte) {
			files[RecordName] = []byte(edit(string(files[RecordName])))
			p7s, err := f.tm.one.SignCMS(files[RecordName])
			must(f.t, err)
			files[P7SName] = p7s
		})
	}
	swap := func(from, to string) func(string) string {
		return func(s string) string { return strings.Replace(s, from, to, 1) }
	}
	return []attack{
		{"an extra embedded file", 7, true, embed(func(f *forger, files map[string][]byte) { files["evil.txt"] = []byte("x") })},
		{"evidence that is not listed", 7, true, embed(func(f *forger, files map[string][]byte) { files[hexHash([]byte("x"))] = []byte("x") })},
		{"no rubric", 7, true, embed(func(f *forger, files map[string][]byte) { delete(files, RubricName) })},
		{"no signature of the record", 7, false, embed(func(f *forger, files map[string][]byte) { delete(files, P7SName) })},
		{"no record", 7, false, embed(func(f *forger, files map[string][]byte) { delete(files, RecordName) })},
		{"changed evidence", 7, true, embed(func(f *forger, files map[string][]byte) { files[hexHash([]byte("照片"))] = []byte("假片") })},
		{"a record that is not canonical", 7, true, signed(swap(`{"`, `{ "`))},
		{"a JSON key twice", 7, false, signed(swap(`"revision":1`, `"revision":1,"revision":2`))},
		{"an unknown member", 7, false, signed(swap(`"revision":1`, `"revised":true,"revision":1`))},
		{"a higher score", 7, true, signed(swap(`"value":"100.00"`, `"value":"100.50"`))},
		{"a record without a visit", 7, true, signed(swap(`"from":"2019-08-06T09:00:00+08:00"`, `"place":"x"`))},
		{"the signature of another record", 7, false, embed(func(f *forger, files map[string][]byte) {
			p7s, err := f.tm.one.SignCMS(sealedRecord(f.t, f.c, f.tm.one, func(r *inspection.Record) { r.Unit.Name = "别的市" }))
			must(f.t, err)
			files[P7SName] = p7s
		})},
		{"the record signed by another key", 7, false, embed(func(f *forger, files map[string][]byte) {
			p7s, err := f.tm.two.SignCMS(files[RecordName])
			must(f.t, err)
			files[P7SName] = p7s
		})},
		{"a colleague's record under one's own pages", 7, true, embed(func(f *forger, files map[string][]byte) {
			files[RecordName] = sealedRecord(f.t, f.c, f.tm.two, nil)
			delete(files, hexHash([]byte("照片")))
			p7s, err := f.tm.two.SignCMS(files[RecordName])
			must(f.t, err)
			files[P7SName] = p7s
		})},
		{"a rubric of the same code with other points", 7, true, embed(func(f *forger, files map[string][]byte) {
			r := bytes.Replace(files[RubricName], []byte(`"code":"A1","due":"2019-06-30"`), []byte(`"code":"A1","due":"2019-07-30"`), 1)
			if bytes.Equal(r, files[RubricName]) {
				f.t.Fatal("the rubric is not as the test thinks")
			}
			files[RubricName] = r
		})},
		{"a rubric that is not canonical", 7, true, embed(func(f *forger, files map[string][]byte) {
			files[RubricName] = append([]byte(" "), files[RubricName]...)
		})},
		{"an official record on illustrative points", 7, true, func(f *forger) []byte {
			return f.record(f.tm.one, func(r *inspection.Record) { r.Round.Trial = false })
		}},
		{"an inspector of the unit itself", 7, true, func(f *forger) []byte {
			return f.record(f.tm.one, func(r *inspection.Record) { r.People.Inspectors[1].Org = r.Unit.Name })
		}},
		{"an indicator left unchecked", 7, true, func(f *forger) []byte {
			return f.record(f.tm.one, func(r *inspection.Record) { delete(r.Entries, "B1") })
		}},
		{"embedded files out of order", 7, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				list := z.catalog["Names"].(pdfDict)["EmbeddedFiles"].(pdfDict)["Names"].(pdfArray)
				af := z.catalog["AF"].(pdfArray)
				list[0], list[1], list[2], list[3] = list[2], list[3], list[0], list[1]
				af[0], af[1] = af[1], af[0]
			})
		}},
		{"the record as a supplement", 7, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				for _, v := range z.f.objects {
					if d, ok := v.(pdfDict); ok && d.text("F") == RecordName {
						d["AFRelationship"] = pdfName("Supplement")
					}
				}
			})
		}},
		{"two names for one file", 7, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) {
				for _, v := range z.f.objects {
					if d, ok := v.(pdfDict); ok && d.text("F") == RecordName {
						d["UF"] = text("evil.json")
					}
				}
			})
		}},
	}
}

func allAttacks() []attack {
	var out []attack
	for _, list := range [][]attack{structureAttacks(), signatureAttacks(), payloadAttacks(), deepAttacks(), acceptedFiles()} {
		out = append(out, list...)
	}
	return out
}

// Each attack is refused under the rule it breaks, by the check that it is made
// for, with a sentence in either language, and says whether the record's own signature still holds.
func TestAttacks(t *testing.T) {
	f := newForger(t)
	for _, a := range allAttacks() {
		t.Run(a.name, func(t *testing.T) {
			card, err := OpenPDF(a.file(f))
			if a.rule == 0 {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				if card.Inspection.Unit.Code != "450100" || card.Hash != canon.Hash(card.Record) {
					t.Error("another record came out")
				}
				return
			}
			var r *Refusal
			if err == nil || !errors.As(err, &r) {
				t.Fatalf("not refused: %v", err)
			}
			if r.Rule != a.rule || r.DataSignature != a.data {
				t.Errorf("refused under rule %d, data signature %t (%v); want rule %d, %t", r.Rule, r.DataSignature, err, a.rule, a.data)
			}
			zh := r.Error()
			if place := places[a.name]; place == "" || !strings.Contains(zh, place) {
				t.Errorf("it is refused because “%s”, want “%s”", zh, place)
			}
			i18n.Use("en")
			en := r.Error()
			i18n.Use("zh")
			if zh == "" || en == zh {
				t.Errorf("it says %q and %q", zh, en)
			}
		})
	}
}

// What the exceptions leave behind is named.
func TestWhatAcceptedFilesSay(t *testing.T) {
	f := newForger(t)
	open := func(name string) *Scorecard {
		for _, a := range acceptedFiles() {
			if a.name == name {
				card, err := OpenPDF(a.file(f))
				must(t, err)
				return card
			}
		}
		t.Fatalf("no file %s", name)
		return nil
	}
	if c := open("evidence left out"); len(c.Missing) != 1 || c.Missing[0] != hexHash([]byte("照片")) {
		t.Errorf("missing evidence is %v", c.Missing)
	}
	if c := open("a countersignature rolled back"); len(c.Signatures) != 1 {
		t.Errorf("%d signatures", len(c.Signatures))
	}
	roster := &inspection.Roster{Entries: []inspection.RosterEntry{NewEntry(f.tm.one.cert, []inspection.Role{inspection.RoleInspector}),
		NewEntry(f.tm.two.cert, []inspection.Role{inspection.RoleInspector})}}
	trust := inspection.NewTrust(roster, nil)
	outsider := open("an outsider with the same name and number")
	n := inspection.NewNode(outsider.Inspection, outsider.Hash, outsider.Rubric)
	if r := trust.Record(&n); r != inspection.ReasonUnknown {
		t.Errorf("the outsider is %q", r)
	}
	co := open("an outsider in the co-inspector's field")
	s := co.Signatures[1]
	if got := trust.Signature(inspection.Signature{Object: co.Hash, Field: s.Field, SPKI: s.SPKI}, co.Inspection.Signer); got != inspection.SignatureUnknown {
		t.Errorf("the outsider's signature is %s", got)
	}
	n = inspection.NewNode(co.Inspection, co.Hash, co.Rubric)
	if r := trust.Record(&n); r != "" {
		t.Errorf("with an outsider's signature beside it the record is %q", r)
	}
}
