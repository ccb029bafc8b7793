package seal

import (
	"crypto/x509"
	"encoding/base64"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

// A bureau changes its root without asking every laptop to compare a
// fingerprint again: the last roster of the old root announces the new one, as
// an entry without roles, and every later roster carries that roster with its
// signature in its chain. Who pinned any root of the chain can walk from it to
// the root of today; a root that nobody announced is refused.

// link is one older roster of a chain, proven by its own signature.
type link struct {
	roster *inspection.Roster
	root   *x509.Certificate
}

// announces tells whether a roster names a certificate as the next root.
func announces(r *inspection.Roster, next *x509.Certificate) bool {
	e := r.Entry(SPKI(next))
	return e != nil && len(e.Roles) == 0 && e.Revoked == nil && next.IsCA
}

// readChain proves each roster of a chain and that each announces the root of
// what follows, up to the root of the roster itself.
func readChain(r *inspection.Roster, root *x509.Certificate) ([]link, error) {
	broken := i18n.E("名册的根更换过，但前后接不上")
	if len(r.Chain) > maxChain {
		return nil, broken
	}
	var out []link
	version := 0
	for _, old := range r.Chain {
		b, err1 := base64.StdEncoding.DecodeString(old.Roster)
		p7s, err2 := base64.StdEncoding.DecodeString(old.P7S)
		if err1 != nil || err2 != nil || !canon.IsCanonical(b) {
			return nil, broken
		}
		cert, err := verifyCMS(p7s, b)
		if err != nil {
			return nil, broken
		}
		before, err := inspection.ReadRoster(b)
		if err != nil || before.Version <= version {
			return nil, broken
		}
		version = before.Version
		if n := len(out); n > 0 && !announces(out[n-1].roster, cert) {
			return nil, broken
		}
		out = append(out, link{before, cert})
	}
	if n := len(out); n > 0 && (!announces(out[n-1].roster, root) || version >= r.Version) {
		return nil, broken
	}
	return out, nil
}

// maxChain is how often a root may change.
const maxChain = 32

// Succeeds makes the last roster of a root: it announces the next one.
func (r *Root) Succeeds(next *Root, roster *inspection.Roster) {
	e := NewEntry(next.cert, []inspection.Role{})
	e.Number = "root"
	roster.Entries = append(roster.Entries, e)
}

// Link is a signed roster as later rosters carry it in their chain.
func (s *SignedRoster) Link() inspection.OldRoster {
	return inspection.OldRoster{Roster: base64.StdEncoding.EncodeToString(s.JSON), P7S: base64.StdEncoding.EncodeToString(s.P7S)}
}

// Renew issues a new certificate for a key that has one, for the same person.
func (r *Root) Renew(old *x509.Certificate, from, to time.Time) (*x509.Certificate, error) {
	return r.Issue(&x509.CertificateRequest{Subject: old.Subject, PublicKey: old.PublicKey}, from, to)
}
