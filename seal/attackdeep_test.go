package seal

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"strings"
)

// deepAttacks reach the checks that lie behind others of the same rule: what is
// wrong is left out or empty, not misspelt.
func deepAttacks() []attack {
	return append(append(deepStructure(), deepSignatures()...), deepFiles()...)
}

func deepStructure() []attack {
	return []attack{
		{"an update without objects", 1, false, func(f *forger) []byte { return f.update(f.honest(1), nil, 0, nil, nil) }},
		{"Prev to itself", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			return f.update(b, map[int]any{sizeOf(f, b): pdfNull{}}, 0, nil, func(t pdfDict) { t["Prev"] = num(1 << 30) })
		}},
		{"Prev that is no number", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			return f.update(b, map[int]any{sizeOf(f, b): pdfNull{}}, 0, nil, func(t pdfDict) { t["Prev"] = text("20") })
		}},
		{"five revisions", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			n := sizeOf(f, b)
			for i := range 4 {
				b = f.update(b, map[int]any{n + i: pdfNull{}}, 0, nil, nil)
			}
			return b
		}},
		{"an object that no table knows", 1, false, func(f *forger) []byte {
			b := f.honest(1)
			at := bytes.LastIndex(b, []byte("\nxref\n")) + 1
			const evil = "9999 0 obj\n<</Evil true>>\nendobj\n"
			tail := bytes.Replace(bytes.Clone(b[at:]), []byte(fmt.Sprintf("startxref\n%d\n", at)), []byte(fmt.Sprintf("startxref\n%d\n", at+len(evil))), 1)
			b = append(append(bytes.Clone(b[:at]), evil...), tail...)
			f.resign(b, f.tm.one)
			return b
		}},
		{"no Root", 2, false, func(f *forger) []byte {
			b := f.honest(1)
			at := bytes.LastIndex(b, []byte("/Root "))
			end := at + bytes.IndexByte(b[at:], 'R') + 1
			end += bytes.IndexByte(b[end:], 'R') + 1
			copy(b[at:end], bytes.Repeat([]byte(" "), end-at))
			f.resign(b, f.tm.one)
			return b
		}},
		{"a catalog of another type", 2, true, catalogWith("Type", pdfName("Katalog"))},
		{"destinations among the names", 2, true, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.catalog["Names"].(pdfDict)["Dests"] = pdfDict{} })
		}},
		{"a script in an array", 2, true, page("X", direct(pdfArray{pdfDict{"JS": text("x")}}))},
	}
}

func deepSignatures() []attack {
	form := func(edit func(z *finisher)) func(*forger) []byte {
		return func(f *forger) []byte { return f.sealing(f.tm.one, edit) }
	}
	return []attack{
		{"no form", 4, true, form(func(z *finisher) { delete(z.catalog, "AcroForm") })},
		{"a form that redraws its fields", 4, true, form(func(z *finisher) { z.catalog["AcroForm"].(pdfDict)["NeedAppearances"] = pdfBool(true) })},
		{"no ByteRange", 4, true, func(f *forger) []byte { return f.emptied("/ByteRange [", "]", "") }},
		{"an empty ByteRange", 4, true, func(f *forger) []byte { return f.emptied("/ByteRange [", "]", "/ByteRange []") }},
		{"no Contents", 4, true, func(f *forger) []byte { return f.emptied("/Contents <", ">", "") }},
		{"Contents as a literal string", 4, true, func(f *forger) []byte { return f.emptied("/Contents <", ">", "/Contents ()") }},
		{"an empty Contents", 4, true, emptyContents},
		{"Contents of a length without end", 4, true, func(f *forger) []byte { return overContents(f, func(h []byte) { copy(h, "3080") }) }},
		{"Contents longer than its room", 4, true, func(f *forger) []byte { return overContents(f, func(h []byte) { copy(h, "3082ffff") }) }},
		{"a key in the gap", 4, true, func(f *forger) []byte { return f.inTheGap(false) }},
		{"an object in the gap", 4, true, func(f *forger) []byte { return f.inTheGap(true) }},
		{"content of the CMS under another tag", 6, true, func(f *forger) []byte {
			return f.forgedCMS(&cmsForger{der: func(b []byte) []byte {
				b[4+11] = 0xA1
				return b
			}})
		}},
		{"a value beside the content of the CMS", 6, true, func(f *forger) []byte {
			return f.forgedCMS(&cmsForger{der: func(b []byte) []byte {
				n := int(b[2])<<8 + int(b[3]) + 2
				b[2], b[3] = byte(n>>8), byte(n)
				return append(b, asn1.NullBytes...)
			}})
		}},
		{"certificates as a primitive value", 6, true, func(f *forger) []byte {
			return f.forgedCMS(&cmsForger{edit: func(d *forgedData) { d.Certificates.IsCompound = false }})
		}},
		{"certificates under the tag of CRLs", 6, true, func(f *forger) []byte {
			return f.forgedCMS(&cmsForger{edit: func(d *forgedData) { d.Certificates = context(1, d.Certificates.Bytes) }})
		}},
	}
}

func deepFiles() []attack {
	stream := func(edit func(s *pdfStream)) func(*forger) []byte {
		return func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { edit(z.streamOf(RecordName)) })
		}
	}
	return []attack{
		{"a tree of embedded files", 7, false, func(f *forger) []byte {
			return f.sealing(f.tm.one, func(z *finisher) { z.catalog["Names"].(pdfDict)["EmbeddedFiles"].(pdfDict)["Kids"] = pdfArray{} })
		}},
		{"an embedded file as a picture", 7, false, stream(func(s *pdfStream) { s.dict["Filter"] = pdfName("DCTDecode") })},
		{"an embedded file that is not compressed as it says", 7, false, stream(func(s *pdfStream) { s.raw = []byte("plain") })},
		{"an embedded file cut off", 7, false, stream(func(s *pdfStream) { s.raw = s.raw[:len(s.raw)/2] })},
		{"a plain file behind a compression bomb", 1, false, plainAfterBomb},
	}
}

// emptied puts what is said in the place of a key of the last signature, which
// begins with from and ends with to; blanks keep the length.
func (f *forger) emptied(from, to, by string) []byte {
	b := f.honest(1)
	at := bytes.LastIndex(b, []byte(from))
	end := at + bytes.Index(b[at:], []byte(to)) + len(to)
	copy(b[at:end], by+strings.Repeat(" ", end-at-len(by)))
	return b
}

// emptyContents has a range that fits an empty string: every byte but two is
// covered, by nothing.
func emptyContents(f *forger) []byte {
	b := f.emptied("/Contents <", ">", "/Contents <>")
	open := bytes.LastIndex(b, []byte("/Contents <>")) + len("/Contents ")
	setRange(b, open, open+2)
	return b
}

// setRange writes the range of the last signature.
func setRange(b []byte, open, end int) {
	at := bytes.LastIndex(b, []byte("/ByteRange [")) + len("/ByteRange ")
	r := fmt.Sprintf("[0 %d %d %d]", open, end, len(b)-end)
	copy(b[at:at+rangeWidth], r+strings.Repeat(" ", rangeWidth-len(r)))
}

// inTheGap makes a colleague's signature of which the gap holds more than its
// own digits: another key, or all of the stamp, which can then be drawn anew at
// any time while the signature stays right.
func (f *forger) inTheGap(object bool) []byte {
	b := f.cosigning(f.tm.two, nil)
	open := bytes.LastIndex(b, []byte("/Contents <")) + len("/Contents ")
	end := open + bytes.IndexByte(b[open:], '>') + 1
	xref := bytes.LastIndex(b, []byte("\nxref\n")) + 1
	digits := 2 * (hex.DecodedLen(len(bytes.TrimRight(b[open+1:end-1], "0"))) + 16)
	saved := end - open - 2 - digits
	short := "<" + strings.Repeat("0", digits) + ">"
	if !object {
		copy(b[open:end], short+" /Reference ("+strings.Repeat(" ", saved-len(" /Reference ()"))+")")
	} else {
		// The digits that are saved go into a key of the stamp, which moves forward.
		rest := b[end:xref]
		at := bytes.Index(rest, []byte(" 0 obj\n<<")) + len(" 0 obj\n<<")
		was := end + bytes.Index(rest, []byte("\nendobj\n")) + len("\nendobj\n")
		moved := string(rest[:at]) + "/Pa <" + strings.Repeat("0", saved-len("/Pa <>")) + ">" + string(rest[at:])
		copy(b[open:xref], short+moved)
		from, to := fmt.Sprintf("%010d 00000 n", was), fmt.Sprintf("%010d 00000 n", was-saved)
		copy(b[xref:], bytes.Replace(bytes.Clone(b[xref:]), []byte(from), []byte(to), 1))
		end = xref
	}
	setRange(b, open, end)
	signed := append(bytes.Clone(b[:open]), b[end:]...)
	der, err := f.tm.two.SignCMS(signed)
	must(f.t, err)
	hex.Encode(b[open+1:], der)
	return b
}

// plainAfterBomb fills what may be inflated with one file, so that the next one
// is too large without being compressed at all.
func plainAfterBomb(f *forger) []byte {
	return f.sealing(f.tm.one, func(z *finisher) {
		replaceFiles(z, map[string][]byte{hexHash(nil): make([]byte, maxInflated), RecordName: f.d.Record})
		s := z.streamOf(RecordName)
		delete(s.dict, "Filter")
		s.raw = f.d.Record
	})
}

// streamOf is the embedded file of a name.
func (z *finisher) streamOf(name string) *pdfStream {
	af := z.catalog["AF"].(pdfArray)
	for _, ref := range af {
		if spec := z.f.dict(ref.(pdfRef)); spec.text("F") == name {
			at, _ := spec["EF"].(pdfDict).ref("F")
			return z.f.objects[int(at)].(*pdfStream)
		}
	}
	panic("no file " + name)
}
