package seal

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"reflect"
	"slices"

	"xunping/inspection"
)

// Signature is a proven signature on a scorecard. Time is what the signer
// claims; whether the key counts says the roster.
type Signature struct {
	Field string
	SPKI  string
	Cert  *x509.Certificate
	Time  string // RFC 3339, a claim

	der []byte
}

// fieldRefs are the three signature fields in the order of the profile.
func (d *document) fieldRefs() ([]pdfRef, error) {
	root, _ := d.revisions[0].xref.trailer.ref("Root")
	form, ok := d.dict(root)["AcroForm"].(pdfDict)
	if !ok {
		return nil, structure(4, "no AcroForm")
	}
	for k := range form {
		if k != "Fields" && k != "SigFlags" {
			return nil, structure(4, "AcroForm key %s", k)
		}
	}
	list, _ := form["Fields"].(pdfArray)
	if len(list) != len(fieldNames) {
		return nil, structure(4, "fields")
	}
	refs := make([]pdfRef, len(list))
	for i, v := range list {
		r, ok := v.(pdfRef)
		if !ok || d.dict(r).text("T") != fieldNames[i] || d.dict(r).name("FT") != "Sig" || d.dict(r).name("Subtype") != "Widget" {
			return nil, structure(4, "field %s", fieldNames[i])
		}
		refs[i] = r
	}
	return refs, d.onlyWidgets(refs)
}

// onlyWidgets refuses annotations that are not the three fields: they could
// lie over the pages.
func (d *document) onlyWidgets(refs []pdfRef) error {
	for n, v := range d.now {
		x, ok := v.(pdfDict)
		if !ok {
			continue
		}
		if x.name("Type") == "Annot" && !slices.Contains(refs, pdfRef(n)) {
			return structure(2, "annotation %d", n)
		}
		annots, _ := x["Annots"].(pdfArray)
		for _, a := range annots {
			if r, ok := a.(pdfRef); !ok || !slices.Contains(refs, r) {
				return structure(2, "annotation on object %d", n)
			}
		}
	}
	return nil
}

// checkSignatures is rules 4 to 6: each revision carries exactly one
// signature, over all of the file up to its end; a later one fills one empty
// field and changes nothing else.
func (d *document) checkSignatures() ([]Signature, error) {
	fields, err := d.fieldRefs()
	if err != nil {
		return nil, err
	}
	state := map[int]any{}
	size := 0
	var out []Signature
	for i, r := range d.revisions {
		field, err := r.filled(i, fields, state, size)
		if err != nil {
			return nil, err
		}
		for n, v := range r.objects {
			state[n] = v
		}
		size = r.xref.size
		sig, err := d.prove(r, state, field)
		if err != nil {
			return nil, err
		}
		out = append(out, *sig)
	}
	if out[0].Field != inspection.FieldInspector {
		return nil, structure(4, "first signature is %s", out[0].Field)
	}
	return out, nil
}

// filled finds the one field that a revision signs, and proves that it changes
// nothing else (rule 5).
func (r *pdfRevision) filled(i int, fields []pdfRef, state map[int]any, size int) (pdfRef, error) {
	found := pdfRef(0)
	for _, f := range fields {
		now, _ := r.objects[int(f)].(pdfDict)
		if now == nil {
			continue
		}
		if _, signed := now["V"]; !signed {
			if i > 0 {
				return 0, structure(5, "field redefined without a signature")
			}
			continue
		}
		if found != 0 {
			return 0, structure(4, "two signatures in one revision")
		}
		found = f
	}
	if found == 0 {
		return 0, refuse(4, "有一个版本没有签名")
	}
	if i == 0 {
		return found, nil
	}
	for n := range r.objects {
		if n != int(found) && n < size {
			return 0, refuse(5, "签名之后又改动了文件（对象 %d）", n)
		}
	}
	if len(r.objects) != 3 {
		return 0, structure(5, "%d objects in a later revision", len(r.objects))
	}
	before, _ := state[int(found)].(pdfDict)
	after := r.objects[int(found)].(pdfDict)
	if _, signed := before["V"]; signed || before == nil {
		return 0, refuse(5, "已签的栏又被改动")
	}
	for _, d := range []pdfDict{before, after} {
		for k, v := range d {
			if k != "V" && k != "AP" && !sameObject(before[k], after[k]) {
				return 0, structure(5, "field key %s changed (%v)", k, v)
			}
		}
	}
	return found, r.plainLook(after, size)
}

// plainLook proves that what a later signature shows is its own new drawing and
// nothing else: one form, in the same revision.
func (r *pdfRevision) plainLook(field pdfDict, size int) error {
	ap, _ := field["AP"].(pdfDict)
	ref, ok := ap.ref("N")
	look, isStream := r.objects[int(ref)].(*pdfStream)
	if !ok || len(ap) != 1 || int(ref) < size || !isStream || look.dict.name("Subtype") != "Form" {
		return structure(5, "appearance of a signature")
	}
	return nil
}

// sameObject compares two direct objects as they would be written.
func sameObject(a, b any) bool {
	if (a == nil) != (b == nil) || reflect.TypeOf(a) != reflect.TypeOf(b) {
		return false
	}
	var x, y bytes.Buffer
	writeObj(&x, a)
	writeObj(&y, b)
	return bytes.Equal(x.Bytes(), y.Bytes())
}

var sigKeys = map[pdfName]bool{"Type": true, "Filter": true, "SubFilter": true, "M": true, "Name": true, "Reference": true, "ByteRange": true, "Contents": true}

// prove proves the signature of a field over the revision's bytes (rules 4, 6).
func (d *document) prove(r *pdfRevision, state map[int]any, field pdfRef) (*Signature, error) {
	widget := state[int(field)].(pdfDict)
	ref, ok := widget.ref("V")
	sig, isDict := r.objects[int(ref)].(pdfDict)
	if !ok || !isDict || sig.name("Type") != "Sig" || sig.name("Filter") != "Adobe.PPKLite" || sig.name("SubFilter") != "ETSI.CAdES.detached" {
		return nil, structure(4, "signature dictionary")
	}
	for k := range sig {
		if !sigKeys[k] {
			return nil, structure(4, "signature key %s", k)
		}
	}
	for n, v := range r.objects {
		if x, ok := v.(pdfDict); ok && n != int(ref) && (x.name("Type") == "Sig" || x["ByteRange"] != nil) {
			return nil, structure(4, "a second signature dictionary")
		}
	}
	der, signed, err := d.covered(r, sig)
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	for _, part := range signed {
		digest.Write(part)
	}
	cert, err := verifyCMSOf(der, [sha256.Size]byte(digest.Sum(nil)))
	if err != nil {
		return nil, err
	}
	return &Signature{Field: widget.text("T"), SPKI: SPKI(cert), Cert: cert, Time: parseDate(sig.text("M")), der: der}, nil
}

// covered checks range and contents: the signature covers every byte of the
// file up to the end of its revision but its own hex string, which holds the
// DER and then only zeros. It gives the DER and what is covered, in its two parts.
func (d *document) covered(r *pdfRevision, sig pdfDict) (der []byte, signed [2][]byte, err error) {
	c, ok := sig["Contents"].(pdfString)
	if !ok || !c.hex {
		return nil, signed, structure(4, "Contents")
	}
	want := []int{0, c.start, c.end, r.end - c.end}
	have, _ := sig["ByteRange"].(pdfArray)
	if len(have) != len(want) {
		return nil, signed, structure(4, "ByteRange")
	}
	for i, w := range want {
		if n, ok := intOf(have[i]); !ok || n != w {
			return nil, signed, refuse(4, "签名没有覆盖整个文件")
		}
	}
	hexes := d.b[c.start+1 : c.end-1]
	if !bytes.Equal(bytes.ToLower(hexes), hexes) {
		return nil, signed, structure(4, "Contents is not lower-case")
	}
	n := derLength(c.data)
	if n == 0 || len(bytes.Trim(c.data[n:], "\x00")) > 0 {
		return nil, signed, structure(4, "Contents is not DER and zeros")
	}
	return c.data[:n], [2][]byte{d.b[:c.start], d.b[c.end:r.end]}, nil
}

// derLength is the length of the DER value at the beginning of b, 0 if there
// is none.
func derLength(b []byte) int {
	if len(b) < 4 || b[0] != 0x30 {
		return 0
	}
	n, head := int(b[1]), 2
	switch {
	case b[1] == 0x82:
		n, head = int(b[2])<<8|int(b[3]), 4
	case b[1] == 0x81:
		n, head = int(b[2]), 3
	case b[1] >= 0x80:
		return 0
	}
	if head+n > len(b) {
		return 0
	}
	return head + n
}
