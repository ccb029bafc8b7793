package seal

import (
	"bytes"
	"compress/zlib"
	"crypto/x509"
	"errors"
	"io"
	"sync"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// Scorecard is what a proven file holds.
type Scorecard struct {
	Record     []byte // canonical
	Hash       string // of Record
	Inspection *inspection.Record
	Rubric     *inspection.Compiled
	P7S        []byte
	Evidence   map[string][]byte // by hash
	Missing    []string          // listed by the record, not in the file
	Signatures []Signature       // in order of signing, the inspector's first
}

// OpenPDF proves a sealed scorecard under rules 1 to 7 and takes out what it
// holds. An error is a *Refusal. It never repairs and never guesses.
func OpenPDF(b []byte) (*Scorecard, error) {
	d, err := readDocument(b)
	if err != nil {
		return nil, err
	}
	for _, check := range []func() error{d.checkCatalog, d.checkReferences} {
		if err := check(); err != nil {
			return nil, d.withData(err)
		}
	}
	sigs, err := d.checkSignatures()
	if err != nil {
		return nil, d.withData(err)
	}
	files, err := d.embedded()
	if err != nil {
		return nil, d.withData(ruled(7, err))
	}
	s := &Scorecard{Signatures: sigs}
	if err := s.prove(files, sigs[0].SPKI); err != nil {
		return nil, d.withData(ruled(7, err))
	}
	return s, nil
}

// withData notes on a refusal whether the record's own signature still holds.
func (d *document) withData(err error) error {
	var r *Refusal
	if !errors.As(err, &r) {
		return err
	}
	if files, e := d.embedded(); e == nil {
		cert, e := verifyCMS(files[P7SName], files[RecordName])
		rec, e2 := inspection.ReadRecord(files[RecordName])
		r.DataSignature = e == nil && e2 == nil && SPKI(cert) == rec.Signer
	}
	return err
}

// embedded takes the embedded files out of revision 1: the name tree and the
// list of associated files name the same ones, exactly.
func (d *document) embedded() (map[string][]byte, error) {
	first := &document{now: d.revisions[0].objects}
	root, _ := d.revisions[0].xref.trailer.ref("Root")
	cat := first.dict(root)
	names, _ := cat["Names"].(pdfDict)
	tree, _ := names["EmbeddedFiles"].(pdfDict)
	list, _ := tree["Names"].(pdfArray)
	af, _ := cat["AF"].(pdfArray)
	if len(tree) != 1 || len(list) == 0 || len(list)%2 != 0 || len(af) != len(list)/2 || len(list) > 2*maxObjects {
		return nil, structure(7, "list of embedded files")
	}
	out := map[string][]byte{}
	left, before := maxInflated, ""
	for i := 0; i < len(list); i += 2 {
		name, _ := list[i].(pdfString)
		ref, ok := list[i+1].(pdfRef)
		if !ok || af[i/2] != ref || i > 0 && string(name.data) <= before {
			return nil, structure(7, "embedded file %d", i/2)
		}
		before = string(name.data)
		data, err := first.file(ref, before, left)
		if err != nil {
			return nil, err
		}
		left -= len(data)
		out[before] = data
	}
	return out, nil
}

func (d *document) file(ref pdfRef, name string, limit int) ([]byte, error) {
	spec := d.dict(ref)
	ef, _ := spec["EF"].(pdfDict)
	at, ok := ef.ref("F")
	s, isStream := d.now[int(at)].(*pdfStream)
	if !ok || !isStream || spec.name("Type") != "Filespec" || spec.text("F") != name || spec.text("UF") != name {
		return nil, structure(7, "embedded file %q", name)
	}
	want := pdfName("Supplement")
	if name == RecordName || name == RubricName {
		want = "Data"
	}
	if spec.name("AFRelationship") != want {
		return nil, structure(7, "relationship of %q", name)
	}
	if name == RubricName {
		return s.inflatedOnce(limit)
	}
	return s.inflate(limit)
}

// inflate gives the stream's bytes, at most limit of them.
func (s *pdfStream) inflate(limit int) ([]byte, error) {
	f, has := s.dict["Filter"]
	if !has {
		if len(s.raw) > limit {
			return nil, refuse(1, "内容展开后超过 %d MiB", maxInflated>>20)
		}
		return s.raw, nil
	}
	if f != pdfName("FlateDecode") || s.dict["DecodeParms"] != nil {
		return nil, structure(7, "filter of an embedded file")
	}
	z, err := inflater(s.raw)
	if err != nil {
		return nil, structure(7, "%v", err)
	}
	defer inflaters.Put(z)
	var b bytes.Buffer
	b.Grow(min(8*len(s.raw), limit) + bytes.MinRead) // what our own files need, in one piece
	if _, err := b.ReadFrom(io.LimitReader(z, int64(limit)+1)); err != nil {
		return nil, structure(7, "%v", err)
	}
	if b.Len() > limit {
		return nil, refuse(1, "内容展开后超过 %d MiB", maxInflated>>20)
	}
	return b.Bytes(), nil
}

// inflaters are used again: each has windows and tables of 40 KiB.
var inflaters sync.Pool

func inflater(raw []byte) (io.ReadCloser, error) {
	if z, ok := inflaters.Get().(io.ReadCloser); ok {
		return z, z.(zlib.Resetter).Reset(bytes.NewReader(raw), nil)
	}
	return zlib.NewReader(bytes.NewReader(raw))
}

// prove is rule 7: record, signature, rubric and evidence are exactly those
// listed, and agree with one another and with the page's signer.
func (s *Scorecard) prove(files map[string][]byte, pageSigner string) error {
	s.Record, s.P7S = files[RecordName], files[P7SName]
	if s.Record == nil || s.P7S == nil || files[RubricName] == nil {
		return refuse(7, "文件里缺少检查记录、签名或指标体系")
	}
	if _, err := s.proveRecord(files[RubricName]); err != nil {
		return err
	}
	if s.Inspection.Signer != pageSigner {
		return refuse(7, "版面的签名人不是记录的签名人")
	}
	s.Evidence = map[string][]byte{}
	listed := map[string]bool{}
	for _, e := range s.Inspection.Evidence {
		listed[e.SHA256] = true
		data, has := files[e.SHA256]
		if !has {
			s.Missing = append(s.Missing, e.SHA256)
			continue
		}
		if canon.Hash(data) != e.SHA256 {
			return refuse(7, "佐证 %s 与记录里的哈希不符", e.Name)
		}
		s.Evidence[e.SHA256] = data
	}
	for name := range files {
		if name != RecordName && name != P7SName && name != RubricName && !listed[name] {
			return refuse(7, "文件里有没有列出的附件：%s", name)
		}
	}
	return nil
}

// Proven is a record that stands by itself: with its rubric, and the
// certificate of the key that it names as signer.
type Proven struct {
	Inspection *inspection.Record
	Rubric     *inspection.Compiled
	Cert       *x509.Certificate
}

// ProveRecord proves a sealed record by itself: canonical, valid with its
// rubric, its score right, signed by the key it names. Which signature and which
// rubric lie beside it says beside, once the record is read.
func ProveRecord(record []byte, beside func(*inspection.Record) (p7s, rubric []byte)) (*Proven, error) {
	if !canon.IsCanonical(record) {
		return nil, refuse(7, "检查记录不是规范形式")
	}
	r, err := inspection.ReadRecord(record)
	if err != nil {
		return nil, &Refusal{Rule: 7, Reason: err}
	}
	p7s, rubric := beside(r)
	cert, err := verifyCMS(p7s, record)
	if err != nil {
		return nil, refuse(7, "检查记录的签名不成立", err)
	}
	if SPKI(cert) != r.Signer {
		return nil, refuse(7, "检查记录的签名不是记录写明的密钥做的")
	}
	wrong := refuse(7, "指标体系与记录里的哈希不符")
	if canon.Hash(rubric) != r.Rubric.SHA256 {
		return nil, wrong
	}
	c, err := compiled(r.Rubric.SHA256, rubric)
	if err != nil {
		return nil, &Refusal{Rule: 7, Reason: err}
	}
	if c.Hash != r.Rubric.SHA256 { // its canonical form has another hash: it is not canonical
		return nil, wrong
	}
	if err := r.CheckSealed(c); err != nil {
		return nil, &Refusal{Rule: 7, Reason: err}
	}
	return &Proven{r, c, cert}, nil
}

// proveRecord proves the record of a scorecard whose signature and rubric are
// at hand.
func (s *Scorecard) proveRecord(rubric []byte) (*Proven, error) {
	p, err := ProveRecord(s.Record, func(*inspection.Record) ([]byte, []byte) { return s.P7S, rubric })
	if err == nil {
		s.Inspection, s.Rubric, s.Hash = p.Inspection, p.Rubric, canon.Hash(s.Record)
	}
	return p, err
}
