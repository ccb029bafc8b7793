package seal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"sort"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

// Names of the embedded files.
const (
	RecordName = "inspection.json"
	P7SName    = "inspection.json.p7s"
	RubricName = "rubric.json"
)

// File is a piece of evidence.
type File struct {
	Name  string // as people called it
	Media string
	Data  []byte
}

// Field is the place of a signature on the pages: page from 1, millimetres
// from the upper left corner.
type Field struct {
	Name       string
	Page       int
	X, Y, W, H float64
}

// Draft is what is sealed: the drawn pages, the canonical record and rubric,
// and the evidence that the record lists.
type Draft struct {
	Pages    []byte
	Record   []byte
	Rubric   []byte
	Evidence []File
	Fields   []Field
	Outline  []Heading
	Title    string
	Drawing  string // version of the drawing of the pages, for ComparePages
}

var fieldNames = []string{inspection.FieldInspector, inspection.FieldCoinspector, inspection.FieldBureau}

// SealPDF makes the signed scorecard: pages, record with its own signature,
// rubric and evidence in one PDF of one revision, with the inspector's
// signature in it and empty fields for the others. Equal inputs give equal
// bytes when the key signs deterministically (ECDSA does). when is the claimed
// time of signing.
func SealPDF(d Draft, s Signer, when time.Time) ([]byte, error) {
	f, err := readDrawn(d.Pages)
	if err != nil {
		return nil, fmt.Errorf("read drawn pages: %w", err)
	}
	p7s, err := s.SignCMS(d.Record)
	if err != nil {
		return nil, fmt.Errorf("sign record: %w", err)
	}
	z := &finisher{f: f, d: d, when: when, catalog: f.dict(f.root)}
	z.cleanCatalog()
	z.embed(p7s)
	if err := z.fields(s); err != nil {
		return nil, err
	}
	if err := z.outline(); err != nil {
		return nil, err
	}
	z.archive()
	b, err := z.write(s)
	if err != nil {
		return nil, err
	}
	if len(b) > maxFile {
		return nil, i18n.E("评分表超过 %d MiB，请减少佐证；没有签发", maxFile>>20)
	}
	return b, nil
}

// finisher extends the drawn file to the sealed one.
type finisher struct {
	f       *pdfFile
	d       Draft
	when    time.Time
	catalog pdfDict
	sig     pdfRef
}

// cleanCatalog drops what the drawing library adds and the profile forbids.
func (z *finisher) cleanCatalog() {
	for k := range z.catalog {
		if k != "Type" && k != "Pages" {
			delete(z.catalog, k)
		}
	}
	z.catalog["Lang"] = text("zh-CN")
	z.catalog["ViewerPreferences"] = pdfDict{"DisplayDocTitle": pdfBool(true)}
	z.catalog["MarkInfo"] = pdfDict{"Marked": pdfBool(false)}
}

// embed attaches record, signature, rubric and evidence, sorted by name.
func (z *finisher) embed(p7s []byte) {
	type member struct {
		name, media, desc string
		relation          pdfName
		data              []byte
	}
	all := []member{
		{RecordName, "application/json", "检查记录", "Data", z.d.Record},
		{P7SName, "application/pkcs7-signature", "检查记录的签名", "Supplement", p7s},
		{RubricName, "application/json", "指标体系", "Data", z.d.Rubric},
	}
	for _, e := range z.d.Evidence {
		all = append(all, member{canon.Hash(e.Data), e.Media, e.Name, "Supplement", e.Data})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].name < all[j].name })
	var names, af pdfArray
	for _, m := range all {
		if m.media == "" {
			m.media = "application/octet-stream"
		}
		stream := &pdfStream{dict: pdfDict{"Type": pdfName("EmbeddedFile"), "Subtype": pdfName(m.media),
			"Params": pdfDict{"Size": num(len(m.data)), "ModDate": pdfString{data: []byte(pdfDate(z.when))}}}, raw: m.data}
		if m.media == "application/json" {
			stream.raw, stream.dict["Filter"] = deflate(m.data), pdfName("FlateDecode")
		}
		file := z.f.add(stream)
		spec := z.f.add(pdfDict{"Type": pdfName("Filespec"), "F": text(m.name), "UF": text(m.name), "Desc": text(m.desc),
			"AFRelationship": m.relation, "EF": pdfDict{"F": file, "UF": file}})
		names = append(names, text(m.name), spec)
		af = append(af, spec)
	}
	z.catalog["Names"] = pdfDict{"EmbeddedFiles": pdfDict{"Names": names}}
	z.catalog["AF"] = af
}

// fields makes the three signature fields, the inspector's signed.
func (z *finisher) fields(s Signer) error {
	pages, err := z.pages()
	if err != nil {
		return err
	}
	who := Holder(s.Certificate())
	z.sig = z.f.add(sigObject(s.Certificate(), z.when, true))
	var refs pdfArray
	for _, name := range fieldNames {
		field := Field{Name: name, Page: 1}
		for _, f := range z.d.Fields {
			if f.Name == name {
				field = f
			}
		}
		if field.Page < 1 || field.Page > len(pages) {
			return fmt.Errorf("signature field %s on page %d of %d", name, field.Page, len(pages))
		}
		page := pages[field.Page-1]
		rect, w, h := place(z.f.dict(page), field)
		look := emptyStamp(w, h)
		widget := pdfDict{"Type": pdfName("Annot"), "Subtype": pdfName("Widget"), "FT": pdfName("Sig"), "T": text(name),
			"Rect": rect, "F": num(132), "P": page}
		if name == inspection.FieldInspector {
			widget["V"] = z.sig
			look = stamp(w, h, stampLines(who, z.when, canon.Hash(z.d.Record)))
		}
		widget["AP"] = pdfDict{"N": z.f.add(look)}
		ref := z.f.add(widget)
		refs = append(refs, ref)
		d := z.f.dict(page)
		annots, _ := d["Annots"].(pdfArray)
		d["Annots"] = append(annots, ref)
	}
	z.catalog["AcroForm"] = pdfDict{"Fields": refs, "SigFlags": num(3)}
	z.catalog["Perms"] = pdfDict{"DocMDP": z.sig}
	return nil
}

// stampLines is what the stamp says; the time is a claim of the signer.
func stampLines(who Person, when time.Time, hash string) []string {
	return []string{"电子签名 " + who.Name + " " + who.Number, "时间（自称）" + when.Format("2006-01-02 15:04"), "记录 " + hash[:16]}
}

// pages are the references of the pages in order.
func (z *finisher) pages() ([]pdfRef, error) {
	root, _ := z.catalog.ref("Pages")
	kids, ok := z.f.dict(root)["Kids"].(pdfArray)
	if !ok || len(kids) == 0 {
		return nil, fmt.Errorf("pages without kids: %w", errSyntax)
	}
	out := make([]pdfRef, len(kids))
	for i, k := range kids {
		if out[i], ok = k.(pdfRef); !ok || z.f.dict(out[i]) == nil {
			return nil, fmt.Errorf("page %d: %w", i+1, errSyntax)
		}
	}
	return out, nil
}

// a4 is the height of a page in points, where the page does not say its own.
const a4 = 841.89

// place turns a field's millimetres into a rectangle in points. A field
// without size is invisible.
func place(page pdfDict, f Field) (rect pdfArray, w, h float64) {
	const mm = 72 / 25.4
	height := a4
	if box, ok := page["MediaBox"].(pdfArray); ok && len(box) == 4 {
		if n, ok := box[3].(pdfNum); ok {
			height = n.float()
		}
	}
	x, y := f.X*mm, height-(f.Y+f.H)*mm
	w, h = round2(f.W*mm), round2(f.H*mm)
	return pdfArray{real(round2(x)), real(round2(y)), real(round2(x + w)), real(round2(y + h))}, w, h
}

// archive adds what PDF/A-3 asks for: metadata, output intent, document
// information that agrees with it.
func (z *finisher) archive() {
	stamp := z.when.Format(time.RFC3339)
	z.catalog["Metadata"] = z.f.add(&pdfStream{dict: pdfDict{"Type": pdfName("Metadata"), "Subtype": pdfName("XML")}, raw: xmp(z.d.Title, z.d.Drawing, stamp)})
	profile := srgb()
	icc := z.f.add(&pdfStream{dict: pdfDict{"N": num(3), "Filter": pdfName("FlateDecode")}, raw: deflate(profile)})
	z.catalog["OutputIntents"] = pdfArray{pdfDict{"Type": pdfName("OutputIntent"), "S": pdfName("GTS_PDFA1"),
		"OutputConditionIdentifier": text("sRGB"), "Info": text("sRGB"), "DestOutputProfile": icc}}
	date := pdfString{data: []byte(pdfDate(z.when))}
	z.f.objects[z.f.info] = pdfDict{"Title": text(z.d.Title), "Producer": text(producer), "CreationDate": date, "ModDate": date}
}

// producer names the program. Its version is not written: what matters to a
// reader is the version of the drawing, which rises only when pages change.
const producer = "Xunping"

// write lays the file out and signs it.
func (z *finisher) write(s Signer) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(z.f.streams() + 64<<10)
	b.WriteString(header)
	numbers := make([]int, 0, len(z.f.objects)-1)
	for n := 1; n < len(z.f.objects); n++ {
		if z.f.objects[n] == nil {
			return nil, fmt.Errorf("object %d is missing", n)
		}
		numbers = append(numbers, n)
	}
	offsets := writeObjects(&b, numbers, func(n int) any { return z.f.objects[n] })
	sum := sha256.Sum256(z.d.Record)
	id := pdfString{data: sum[:16], hex: true}
	writeXref(&b, numbers, offsets, pdfDict{"Size": num(len(z.f.objects)), "Root": z.f.root, "Info": z.f.info, "ID": pdfArray{id, id}}, true)
	file := b.Bytes()
	return file, signInPlace(file, offsets[int(z.sig)], s)
}

// Short is the short code 短码 of a record: the first 16 digits of its hash.
func Short(hash string) string {
	if len(hash) < 16 {
		return hash
	}
	return hash[:16]
}
