package seal

import (
	"bytes"
	"crypto/x509"
	"slices"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// Cosign adds a signature to a sealed scorecard, in the field coinspector or
// bureau, as an update that changes that one field. The file is proven first;
// what is not a sound scorecard is not signed.
func Cosign(file []byte, field string, s Signer, when time.Time) ([]byte, error) {
	card, err := OpenPDF(file)
	if err != nil {
		return nil, err
	}
	if field == inspection.FieldCoinspector && samePerson(s.Certificate(), card) {
		return nil, i18n.E("第二检查员必须是另一个人，文件没有改动")
	}
	return cosign(file, card.Hash, field, s, when)
}

// cosign is Cosign for a file that was proven, whoever signs: what another program
// would write.
func cosign(file []byte, hash, field string, s Signer, when time.Time) ([]byte, error) {
	d, err := readDocument(file)
	if err != nil {
		return nil, err
	}
	i := slices.Index(fieldNames, field)
	if i < 1 {
		return nil, i18n.E("没有“%s”这个签名栏：只有 coinspector 和 bureau", field)
	}
	refs, err := d.fieldRefs()
	if err != nil {
		return nil, err
	}
	old := d.dict(refs[i])
	if _, signed := old["V"]; signed {
		return nil, i18n.E("这一栏已经签过了，文件没有改动")
	}
	return d.append(refs[i], old, s, hash, when)
}

// samePerson tells whether a certificate is of who sealed the record, also by another
// key: two keys of one person are not two people (FORMATS §3, different numbers).
func samePerson(c *x509.Certificate, card *Scorecard) bool {
	if SPKI(c) == card.Inspection.Signer {
		return true
	}
	for _, s := range card.Signatures {
		if s.Field == inspection.FieldInspector && Holder(s.Cert).Number == Holder(c).Number {
			return true
		}
	}
	return false
}

// append writes the new revision: the field with its signature and appearance.
func (d *document) append(ref pdfRef, old pdfDict, s Signer, hash string, when time.Time) ([]byte, error) {
	last := d.revisions[len(d.revisions)-1]
	size := last.xref.size
	who := Holder(s.Certificate())
	widget := pdfDict{}
	for k, v := range old {
		widget[k] = v
	}
	widget["V"] = pdfRef(size)
	widget["AP"] = pdfDict{"N": pdfRef(size + 1)}
	w, h := rectSize(old)
	objects := map[int]any{int(ref): widget, size: sigObject(s.Certificate(), when, false), size + 1: stamp(w, h, stampLines(who, when, hash))}
	numbers := []int{int(ref), size, size + 1}
	b := bytes.NewBuffer(append(make([]byte, 0, len(d.b)+64<<10), d.b...))
	offsets := writeObjects(b, numbers, func(n int) any { return objects[n] })
	trailer := pdfDict{"Size": num(size + 2), "Prev": num(last.xref.at)}
	for _, k := range []pdfName{"Root", "Info", "ID"} {
		trailer[k] = last.xref.trailer[k]
	}
	writeXref(b, numbers, offsets, trailer, false)
	out := b.Bytes()
	return out, signInPlace(out, offsets[size], s)
}

// rectSize is the width and height of a field in points.
func rectSize(widget pdfDict) (w, h float64) {
	r, _ := widget["Rect"].(pdfArray)
	if len(r) != 4 {
		return 0, 0
	}
	var v [4]float64
	for i := range v {
		n, _ := r[i].(pdfNum)
		v[i] = n.float()
	}
	return round2(v[2] - v[0]), round2(v[3] - v[1])
}
