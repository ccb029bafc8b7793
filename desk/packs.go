package desk

import (
	"crypto/x509"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// signaturesBeside are the names of the signatures in a pack by what they sign:
// the name of a record without “.inspection.json”.
func signaturesBeside(z *seal.Pack) map[string][]string {
	out := map[string][]string{}
	for _, n := range z.Names() {
		base := strings.LastIndexByte(n, '/') + 1
		if stem, rest, ok := strings.Cut(n[base:], "."); ok && strings.HasSuffix(rest, ".p7s") {
			out[n[:base]+stem] = append(out[n[:base]+stem], n)
		}
	}
	return out
}

// packRecord proves a record of a pack with the signatures beside it.
func packRecord(z *seal.Pack, name string, data []byte, signatures map[string][]string, known func(string) []byte) member {
	hash := strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".inspection.json")
	if canon.Hash(data) != hash {
		return member{err: i18n.E("记录的名称与内容不符：%s", name)}
	}
	stem := strings.TrimSuffix(name, ".inspection.json")
	folder := name[:strings.LastIndexByte(name, '/')+1]
	lacking := false
	p, err := seal.ProveRecord(data, func(r *inspection.Record) (p7s, rubric []byte) {
		if rubric = z.File(folder + r.Rubric.SHA256 + ".rubric.json"); rubric == nil {
			rubric = known(r.Rubric.SHA256)
		}
		lacking = rubric == nil
		return z.File(stem + "." + r.Signer + ".p7s"), rubric
	})
	if lacking {
		return member{err: i18n.E("包里没有记录所用的指标体系")}
	}
	if err != nil {
		return member{err: err}
	}
	rec := p.Inspection
	card := &seal.Scorecard{Record: data, Hash: hash, Inspection: rec, Rubric: p.Rubric, Evidence: map[string][]byte{}}
	for _, e := range rec.Evidence {
		if b := z.File(folder + e.SHA256 + ".bin"); b != nil && canon.Hash(b) == e.SHA256 {
			card.Evidence[e.SHA256] = b
		}
	}
	r := received(card)
	for _, n := range signatures[stem] {
		spki, cert := strings.TrimSuffix(n[len(stem)+1:], ".p7s"), p.Cert
		if spki != rec.Signer { // whose signature is proven already
			if cert, err = seal.VerifyDetached(z.File(n), data); err != nil || seal.SPKI(cert) != spki {
				return member{err: i18n.E("包里的签名不成立：%s", n)}
			}
		}
		r.Signatures = append(r.Signatures, packSignature(cert, z.File(n), rec.Signer))
	}
	return member{record: &r, insp: rec}
}

// packSignature gives a signature of a pack its field: the signer's is
// inspector; of what field another is depends on the roster in force, which may
// come later.
func packSignature(cert *x509.Certificate, p7s []byte, signer string) store.Sig {
	s := store.Sig{Field: inspection.FieldBeside, SPKI: seal.SPKI(cert), Cert: cert.Raw, P7S: p7s}
	if s.SPKI == signer {
		s.Field = inspection.FieldInspector
	}
	return s
}

// packAct proves an act of a pack.
func packAct(z *seal.Pack, name string, data []byte) member {
	hash := strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".act.json")
	if canon.Hash(data) != hash || !canon.IsCanonical(data) {
		return member{err: i18n.E("行为记录的名称与内容不符：%s", name)}
	}
	a, err := inspection.ReadAct(data)
	if err != nil {
		return member{err: err}
	}
	p7s := z.File(name + ".p7s")
	cert, err := seal.VerifyDetached(p7s, data)
	if err != nil || seal.SPKI(cert) != a.Signer {
		return member{err: i18n.E("行为记录的签名不成立", err)}
	}
	act := store.ReceivedAct{Hash: hash, JSON: data, Node: inspection.NewActNode(a, hash), Names: a.Files, Evidence: map[string]store.Evidence{},
		Signatures: []store.Sig{{Field: store.FieldAct, SPKI: a.Signer, Cert: cert.Raw, P7S: p7s}}}
	folder := name[:strings.LastIndexByte(name, '/')+1]
	for _, f := range a.Files {
		if b := z.File(folder + f + ".bin"); b != nil && canon.Hash(b) == f {
			act.Evidence[f] = store.Evidence{Media: "application/octet-stream", Data: b}
		}
	}
	return member{act: &act}
}
