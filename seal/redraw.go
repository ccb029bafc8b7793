package seal

import (
	"bytes"
	"crypto/x509"
	"time"
)

// replay is a signer that repeats signatures made before: of the record, and
// of the pages. It holds no key.
type replay struct {
	cert        *x509.Certificate
	record      []byte
	p7s, onPage []byte
}

func (r *replay) SPKI() string                   { return SPKI(r.cert) }
func (r *replay) Certificate() *x509.Certificate { return r.cert }

func (r *replay) SignCMS(content []byte) ([]byte, error) {
	if bytes.Equal(content, r.record) {
		return r.p7s, nil
	}
	return r.onPage, nil
}

// Pages tells how the pages of a file compare with those of its record.
type Pages string

// What a comparison of the pages gives.
const (
	PagesSame      Pages = "same"
	PagesDifferent Pages = "different"
	PagesOther     Pages = "other_version" // drawn by another version of the program: no statement
)

// ComparePages tells whether the first revision of a sealed file is, byte for
// byte, what sealing d gives: the pages that people read are then those of the
// record, and nothing was drawn beside them. The signatures are taken from the
// file; whether they hold says OpenPDF.
func ComparePages(file []byte, d Draft) (Pages, error) {
	doc, err := readDocument(file)
	if err != nil {
		return "", err
	}
	sigs, err := doc.checkSignatures()
	if err != nil {
		return "", err
	}
	files, err := doc.embedded()
	if err != nil {
		return "", err
	}
	when, err := time.Parse(time.RFC3339, sigs[0].Time)
	if err != nil {
		return PagesDifferent, nil // this program always writes the time
	}
	again, err := SealPDF(d, &replay{cert: sigs[0].Cert, record: d.Record, p7s: files[P7SName], onPage: sigs[0].der}, when)
	if err != nil {
		return "", err
	}
	switch {
	case bytes.Equal(file[:doc.revisions[0].end], again):
		return PagesSame, nil
	case doc.drawnBy() != d.Drawing:
		return PagesOther, nil
	}
	return PagesDifferent, nil
}

// drawnBy is the version of the drawing that the metadata names.
func (d *document) drawnBy() string {
	root, _ := d.revisions[0].xref.trailer.ref("Root")
	ref, _ := d.dict(root).ref("Metadata")
	s, ok := d.now[int(ref)].(*pdfStream)
	if !ok {
		return ""
	}
	_, rest, _ := bytes.Cut(s.raw, []byte("<xmp:CreatorTool>"))
	tool, _, _ := bytes.Cut(rest, []byte("</xmp:CreatorTool>"))
	return string(bytes.TrimPrefix(tool, []byte(producer+" ")))
}
