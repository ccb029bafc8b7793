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

// packRecord proves a record of a pack with the signatures beside it.
func packRecord(z *seal.Pack, name string, data []byte, known func(string) []byte) member {
	hash := strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".inspection.json")
	if canon.Hash(data) != hash {
		return member{err: i18n.E("记录的名称与内容不符：%s", name)}
	}
	loose, err := inspection.ReadRecord(data)
	if err != nil {
		return member{err: err}
	}
	stem := strings.TrimSuffix(name, ".inspection.json")
	folder := name[:strings.LastIndexByte(name, '/')+1]
	rubric := z.Files[folder+loose.Rubric.SHA256+".rubric.json"]
	if rubric == nil {
		rubric = known(loose.Rubric.SHA256)
	}
	if rubric == nil {
		return member{err: i18n.E("包里没有记录所用的指标体系")}
	}
	rec, c, err := seal.ProveRecord(data, z.Files[stem+"."+loose.Signer+".p7s"], rubric)
	if err != nil {
		return member{err: err}
	}
	card := &seal.Scorecard{Record: data, Hash: hash, Inspection: rec, Rubric: c, Evidence: map[string][]byte{}}
	for _, e := range rec.Evidence {
		if b := z.Files[folder+e.SHA256+".bin"]; b != nil && canon.Hash(b) == e.SHA256 {
			card.Evidence[e.SHA256] = b
		}
	}
	r := received(card)
	for n, p7s := range z.Files {
		if rest, ok := strings.CutPrefix(n, stem+"."); ok && strings.HasSuffix(rest, ".p7s") {
			cert, err := seal.VerifyDetached(p7s, data)
			if err != nil || seal.SPKI(cert) != strings.TrimSuffix(rest, ".p7s") {
				return member{err: i18n.E("包里的签名不成立：%s", n)}
			}
			r.Signatures = append(r.Signatures, packSignature(cert, p7s, rec.Signer))
		}
	}
	return member{record: &r, insp: rec}
}

// packSignature gives a signature of a pack its field: the signer's is
// inspector; whether another is the bureau's is decided by the merge, which
// knows the roster.
func packSignature(cert *x509.Certificate, p7s []byte, signer string) store.Sig {
	s := store.Sig{Field: inspection.FieldCoinspector, SPKI: seal.SPKI(cert), Cert: cert.Raw, P7S: p7s}
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
	p7s := z.Files[name+".p7s"]
	cert, err := seal.VerifyDetached(p7s, data)
	if err != nil || seal.SPKI(cert) != a.Signer {
		return member{err: i18n.E("行为记录的签名不成立", err)}
	}
	act := store.ReceivedAct{Hash: hash, JSON: data, Node: inspection.NewActNode(a, hash), Names: a.Files, Evidence: map[string]store.Evidence{},
		Signatures: []store.Sig{{Field: store.FieldAct, SPKI: a.Signer, Cert: cert.Raw, P7S: p7s}}}
	folder := name[:strings.LastIndexByte(name, '/')+1]
	for _, f := range a.Files {
		if b := z.Files[folder+f+".bin"]; b != nil && canon.Hash(b) == f {
			act.Evidence[f] = store.Evidence{Media: "application/octet-stream", Data: b}
		}
	}
	return member{act: &act}
}
