package seal

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"sort"
	"testing"
	"time"

	"xunping/inspection"
)

// The forger's workshop: it makes files that break one rule and keep all
// others, with proper signatures wherever the rule is not about them.

// forger holds what attacks are made from: a team, and a draft that sealed
// honestly is accepted.
type forger struct {
	t  testing.TB
	tm *team
	d  Draft
	c  *inspection.Compiled
	v  *victims // made when they are needed
}

func newForger(t testing.TB) *forger {
	tm := newTeam(t)
	d, c := draftOf(t, tm, File{Name: "机房.txt", Media: "text/plain", Data: []byte("照片")})
	return &forger{t: t, tm: tm, d: d, c: c}
}

// honest is the file with one or two signatures that attacks begin with.
func (f *forger) honest(signatures int) []byte {
	b, err := SealPDF(f.d, f.tm.one, noon)
	must(f.t, err)
	if signatures > 1 {
		b, err = Cosign(b, inspection.FieldCoinspector, f.tm.two, noon.Add(time.Minute))
		must(f.t, err)
	}
	return b
}

// sealing seals like SealPDF, but lets edit change the objects just before they
// are written and signed.
func (f *forger) sealing(s Signer, edit func(*finisher)) []byte {
	file, err := readDrawn(f.d.Pages)
	must(f.t, err)
	p7s, err := f.tm.one.SignCMS(f.d.Record)
	must(f.t, err)
	z := &finisher{f: file, d: f.d, when: noon, catalog: file.dict(file.root)}
	z.cleanCatalog()
	z.embed(p7s)
	must(f.t, z.fields(s))
	z.archive()
	edit(z)
	b, err := z.write(s)
	must(f.t, err)
	return b
}

// bytesOf seals, changes the bytes before the signature's contents, and signs
// the changed bytes anew. Replacements keep their length.
func (f *forger) bytesOf(pairs ...string) []byte {
	b := f.honest(1)
	for i := 0; i < len(pairs); i += 2 {
		if len(pairs[i]) != len(pairs[i+1]) || !bytes.Contains(b, []byte(pairs[i])) {
			f.t.Fatalf("cannot replace %q by %q", pairs[i], pairs[i+1])
		}
		b = bytes.Replace(b, []byte(pairs[i]), []byte(pairs[i+1]), 1)
	}
	f.resign(b, f.tm.one)
	return b
}

// resign signs the last signature object of a file anew, over all of it. Of the
// signature before, which may have been longer, nothing is left.
func (f *forger) resign(b []byte, s Signer) {
	at := bytes.LastIndex(b, []byte("<</Type /Sig "))
	open := bytes.LastIndex(b, []byte("/Contents <")) + len("/Contents <")
	copy(b[open:], bytes.Repeat([]byte("0"), bytes.IndexByte(b[open:], '>')))
	must(f.t, signInPlace(b, at, s))
}

// embedded seals with other embedded files: edit changes the list of members.
func (f *forger) embedded(edit func(files map[string][]byte)) []byte {
	p7s, err := f.tm.one.SignCMS(f.d.Record)
	must(f.t, err)
	files := map[string][]byte{RecordName: f.d.Record, P7SName: p7s, RubricName: f.d.Rubric}
	for _, e := range f.d.Evidence {
		files[hexHash(e.Data)] = e.Data
	}
	edit(files)
	return f.sealing(f.tm.one, func(z *finisher) { replaceFiles(z, files) })
}

func hexHash(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// replaceFiles makes the embedded files be exactly these. The old objects stay
// and are referred to nowhere, which no rule forbids.
func replaceFiles(z *finisher, files map[string][]byte) {
	var names, af pdfArray
	for _, name := range sortedNames(files) {
		relation := pdfName("Supplement")
		if name == RecordName || name == RubricName {
			relation = "Data"
		}
		stream := z.f.add(&pdfStream{dict: pdfDict{"Type": pdfName("EmbeddedFile"), "Filter": pdfName("FlateDecode")}, raw: deflate(files[name])})
		spec := z.f.add(pdfDict{"Type": pdfName("Filespec"), "F": text(name), "UF": text(name), "Desc": text(name), "AFRelationship": relation, "EF": pdfDict{"F": stream, "UF": stream}})
		names, af = append(names, text(name), spec), append(af, spec)
	}
	z.catalog["Names"], z.catalog["AF"] = pdfDict{"EmbeddedFiles": pdfDict{"Names": names}}, af
}

// record seals another record, signed by s, with the score that it claims.
func (f *forger) record(s Signer, edit func(*inspection.Record)) []byte {
	d := f.d
	d.Record = sealedRecord(f.t, f.c, s, func(r *inspection.Record) {
		for _, e := range f.d.Evidence {
			r.Evidence = append(r.Evidence, inspection.EvidenceRef{SHA256: hexHash(e.Data), Name: e.Name, Media: e.Media})
		}
		if edit != nil {
			edit(r)
		}
	})
	b, err := SealPDF(d, s, noon)
	must(f.t, err)
	return b
}

// update appends a revision with these objects. With a signer it holds an object
// at sig that is signed over the whole file.
func (f *forger) update(b []byte, objects map[int]any, sig int, s Signer, edit func(trailer pdfDict)) []byte {
	d, err := readDocument(b)
	must(f.t, err)
	last := d.revisions[len(d.revisions)-1]
	numbers := make([]int, 0, len(objects))
	highest := last.xref.size - 1
	for n := range objects {
		numbers = append(numbers, n)
		highest = max(highest, n)
	}
	sort.Ints(numbers)
	out := bytes.NewBuffer(bytes.Clone(b))
	offsets := writeObjects(out, numbers, func(n int) any { return objects[n] })
	trailer := pdfDict{"Size": num(highest + 1), "Prev": num(last.xref.at)}
	for _, k := range []pdfName{"Root", "Info", "ID"} {
		trailer[k] = last.xref.trailer[k]
	}
	if edit != nil {
		edit(trailer)
	}
	writeXref(out, numbers, offsets, trailer, false)
	if s != nil {
		must(f.t, signInPlace(out.Bytes(), offsets[sig], s))
	}
	return out.Bytes()
}

// cosigning is an update that fills the co-inspector's field like Cosign, but
// lets edit change the objects first.
func (f *forger) cosigning(s Signer, edit func(d *document, objects map[int]any, field, size int)) []byte {
	b := f.honest(1)
	d, err := readDocument(b)
	must(f.t, err)
	refs, err := d.fieldRefs()
	must(f.t, err)
	field, size := int(refs[1]), d.revisions[0].xref.size
	widget := pdfDict{}
	for k, v := range d.dict(refs[1]) {
		widget[k] = v
	}
	widget["V"], widget["AP"] = pdfRef(size), pdfDict{"N": pdfRef(size + 1)}
	objects := map[int]any{field: widget, size: sigObject(s.Certificate(), noon, false), size + 1: emptyStamp(10, 10)}
	if edit != nil {
		edit(d, objects, field, size)
	}
	return f.update(b, objects, size, s, nil)
}

// find gives the number of the object that holds a record or another file.
func (f *forger) find(b []byte, want func(v any) bool) int {
	d, err := readDocument(b)
	must(f.t, err)
	for n := 1; n < d.revisions[0].xref.size; n++ {
		if want(d.now[n]) {
			return n
		}
	}
	f.t.Fatal("no such object")
	return 0
}

// cmsForger signs like an identity but lets edit change the CMS before it is
// encoded; the signature itself is right for what the attributes say.
type cmsForger struct {
	*Identity
	attributes func(list [][]byte) [][]byte
	edit       func(*forgedData)
	der        func([]byte) []byte
	digest     func([]byte) []byte
	raw        bool // the record keeps an honest signature, only pages are forged
	record     []byte
}

// forgedData is SignedData with what the profile forbids.
type forgedData struct {
	Version      int
	Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
	Encap        forgedContent
	Certificates asn1.RawValue  `asn1:"tag:0"`
	CRLs         asn1.RawValue  `asn1:"optional,tag:1"`
	Signers      []forgedSigner `asn1:"set"`
}

type forgedContent struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"optional,explicit,tag:0"`
}

type forgedSigner struct {
	Version   int
	ID        issuerSerial
	Digest    pkix.AlgorithmIdentifier
	Attrs     asn1.RawValue `asn1:"tag:0"`
	Algorithm pkix.AlgorithmIdentifier
	Signature []byte
	Unsigned  asn1.RawValue `asn1:"optional,tag:1"`
}

func context(tag int, b []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: b}
}

// Certificate asks for more room than an honest signature needs.
func (c *cmsForger) Certificate() *x509.Certificate {
	wide := *c.cert
	wide.Raw = append(bytes.Clone(wide.Raw), make([]byte, 2048)...)
	return &wide
}

func (c *cmsForger) SignCMS(content []byte) ([]byte, error) {
	if bytes.Equal(content, c.record) {
		return c.Identity.SignCMS(content)
	}
	digest := sha256.Sum256(content)
	sum := digest[:]
	if c.digest != nil {
		sum = c.digest(content)
	}
	attrs, err := signedAttributes(sum, c.cert)
	if err != nil {
		return nil, err
	}
	if c.attributes != nil {
		var list [][]byte
		for rest := attrs; len(rest) > 0; {
			var a asn1.RawValue
			next, err := asn1.Unmarshal(rest, &a)
			if err != nil {
				return nil, err
			}
			list, rest = append(list, a.FullBytes), next
		}
		attrs = bytes.Join(c.attributes(list), nil)
	}
	signed, err := c.over(attrs)
	if err != nil {
		return nil, err
	}
	hash := pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	sd := forgedData{Version: 1, Digests: []pkix.AlgorithmIdentifier{hash}, Encap: forgedContent{Type: oidData}, Certificates: context(0, c.cert.Raw),
		Signers: []forgedSigner{{Version: 1, ID: issuerSerial{asn1.RawValue{FullBytes: c.cert.RawIssuer}, c.cert.SerialNumber}, Digest: hash,
			Attrs: context(0, attrs), Algorithm: pkix.AlgorithmIdentifier{Algorithm: oidECDSA256}, Signature: signed}}}
	if c.edit != nil {
		c.edit(&sd)
	}
	inner, err := asn1.Marshal(sd)
	if err != nil {
		return nil, err
	}
	der, err := asn1.Marshal(contentInfo{oidSignedData, context(0, inner)})
	if err == nil && c.der != nil {
		der = c.der(der)
	}
	return der, err
}

// over signs attributes as the SET that they are.
func (c *cmsForger) over(attrs []byte) ([]byte, error) {
	set, err := asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: attrs})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(set)
	return c.key.Sign(nil, sum[:], crypto.SHA256)
}

// other is an attribute of the forger's own.
func other(n int, value any) []byte {
	v, err := asn1.Marshal(value)
	if err != nil {
		panic(err)
	}
	b, err := asn1.Marshal(attribute{asn1.ObjectIdentifier{1, 2, 3, n}, asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: v}})
	if err != nil {
		panic(err)
	}
	return b
}

// forgedCMS seals with a forged page signature.
func (f *forger) forgedCMS(c *cmsForger) []byte {
	c.Identity, c.record = f.tm.one, f.d.Record
	b, err := SealPDF(f.d, c, noon)
	must(f.t, err)
	return b
}
