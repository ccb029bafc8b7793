package seal

import (
	"crypto/x509"
	"encoding/base64"
	"slices"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

// SignedRoster is a proven roster with its signature and the root that made
// it.
type SignedRoster struct {
	Roster *inspection.Roster
	JSON   []byte // canonical
	P7S    []byte
	Hash   string
	Root   *x509.Certificate
	roots  []*x509.Certificate // Root and those before it
}

// Issuer is the root that issued a certificate of the roster, or nil.
func (s *SignedRoster) Issuer(cert *x509.Certificate) *x509.Certificate {
	for _, r := range s.roots {
		if cert.CheckSignatureFrom(r) == nil {
			return r
		}
	}
	return nil
}

// SignRoster signs a roster and wraps it into a pack.
func (r *Root) SignRoster(roster *inspection.Roster, when time.Time) ([]byte, error) {
	b, _, err := roster.Canonical()
	if err != nil {
		return nil, err
	}
	p7s, err := r.SignCMS(b)
	if err != nil {
		return nil, err
	}
	return WritePack(PackRoster, map[string][]byte{RosterName: b, RosterName + ".p7s": p7s}, r, when)
}

// OpenRoster proves a roster pack: the roster is signed by the root whose
// certificate has the fingerprint that a person confirmed, or by one that
// succeeded it along the chain, and each entry's certificate belongs to its key
// and was issued by one of these roots. An empty fingerprint is for showing only:
// the caller must not rely on the roster then.
func OpenRoster(pack []byte, fingerprint string) (*SignedRoster, error) {
	p, err := OpenPack(pack)
	if err != nil {
		return nil, err
	}
	if p.Kind != PackRoster {
		return nil, i18n.E("这不是名册文件")
	}
	return ProveRoster(p.File(RosterName), p.File(RosterName+".p7s"), fingerprint)
}

// ProveRoster is OpenRoster for a roster already taken out of its pack.
func ProveRoster(b, p7s []byte, fingerprint string) (*SignedRoster, error) {
	if b == nil || p7s == nil || !canon.IsCanonical(b) {
		return nil, i18n.E("名册文件缺少内容，或不是规范形式")
	}
	root, err := verifyCMS(p7s, b)
	if err != nil {
		return nil, i18n.E("名册的签名不成立", err)
	}
	r, err := inspection.ReadRoster(b)
	if err != nil {
		return nil, err
	}
	links, err := readChain(r, root)
	if err != nil {
		return nil, err
	}
	roots := []*x509.Certificate{root}
	for _, l := range links {
		roots = append(roots, l.root)
	}
	s := &SignedRoster{Roster: r, JSON: b, P7S: p7s, Hash: canon.Hash(b), Root: root, roots: roots}
	if fingerprint != "" {
		if err := s.Under(fingerprint); err != nil {
			return nil, err
		}
	}
	for _, e := range r.Entries {
		cert, err := EntryCertificate(e)
		if err != nil || SPKI(cert) != e.SPKI || !issued(cert, e, roots) {
			return nil, i18n.E("名册中 %s 的证书与密钥不符，或不是这个根签发的", e.Name)
		}
	}
	return s, nil
}

// Under tells whether a root signed the roster, or one that succeeded it along
// the roster's chain.
func (s *SignedRoster) Under(fingerprint string) error {
	if slices.ContainsFunc(s.roots, func(root *x509.Certificate) bool { return Fingerprint(root) == fingerprint }) {
		return nil
	}
	return i18n.E("名册不是已确认的根、也不是它引见的新根签发的：它的根指纹是 %s。更换以前的旧根签发的不再采信", Fingerprint(s.Root))
}

// issued tells whether one of the roots issued a certificate. That of a root,
// which has no roles, is its own.
func issued(cert *x509.Certificate, e inspection.RosterEntry, roots []*x509.Certificate) bool {
	if cert.IsCA {
		return len(e.Roles) == 0
	}
	return slices.ContainsFunc(roots, func(root *x509.Certificate) bool { return cert.CheckSignatureFrom(root) == nil })
}

// EntryCertificate is the certificate of a roster entry.
func EntryCertificate(e inspection.RosterEntry) (*x509.Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(e.Certificate)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// NewEntry is the roster entry of an issued certificate.
func NewEntry(cert *x509.Certificate, roles []inspection.Role) inspection.RosterEntry {
	p := Holder(cert)
	return inspection.RosterEntry{Name: p.Name, Number: p.Number, Org: p.Org, Roles: roles, SPKI: SPKI(cert),
		Certificate: base64.StdEncoding.EncodeToString(cert.Raw), From: cert.NotBefore.Format(time.DateOnly), To: cert.NotAfter.Format(time.DateOnly)}
}
