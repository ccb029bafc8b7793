package desk

import (
	"context"
	"crypto/x509"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// OpenRoot reads a root key file.
func OpenRoot(path, passphrase string) (*seal.Root, error) {
	b, err := readFile(path, maxKey)
	if err != nil {
		return nil, err
	}
	root, err := seal.OpenRoot(b, passphrase)
	if err != nil {
		if _, err := openIdentity(b, passphrase); err != nil {
			return nil, err
		}
	}
	return root, err
}

// StartRoster pins a root made here and puts its first, empty roster.
func (d *Desk) StartRoster(root *seal.Root) error {
	pinned, err := d.RootPin()
	if err != nil {
		return err
	}
	if pinned != "" && pinned != seal.Fingerprint(root.Certificate()) {
		return i18n.E("已确认的根指纹是 %s，与给出的不同；没有改动", pinned)
	}
	if row, err := d.Roster(); err != nil || row != nil {
		return err
	}
	_, err = d.issueRoster(root, func(*inspection.Roster) error { return nil })
	return err
}

// Enrol issues a certificate for a request and adds it to the roster. The
// reply is the new roster, which carries the certificate.
func (d *Desk) Enrol(root *seal.Root, request []byte, roles []inspection.Role) (reply []byte, who seal.Person, err error) {
	csr, who, err := seal.ReadRequest(request)
	if err != nil {
		return nil, who, err
	}
	now := d.clock()
	cert, err := root.Issue(csr, now.Add(-time.Hour), earliest(now.AddDate(3, 0, 0), root.Certificate().NotAfter))
	if err != nil {
		return nil, who, err
	}
	reply, err = d.enter(root, cert, roles)
	return reply, who, err
}

func (d *Desk) enter(root *seal.Root, cert *x509.Certificate, roles []inspection.Role) ([]byte, error) {
	if len(roles) == 0 {
		return nil, i18n.E("要写明角色：inspector 或 bureau")
	}
	return d.issueRoster(root, func(r *inspection.Roster) error {
		if e := r.Entry(seal.SPKI(cert)); e != nil {
			return i18n.E("这把密钥已经在名册里：%s", e.Name)
		}
		r.Entries = append(r.Entries, seal.NewEntry(cert, roles))
		return nil
	})
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Revoke revokes the keys of a person, or one key: of what they signed only the
// objects named in last, and what these reach, are believed any more. who is a
// number or a key's hash. Doing it again changes the list, so that an honest
// fork found later can be kept by naming both heads.
func (d *Desk) Revoke(root *seal.Root, who string, last []string, reason string) ([]byte, error) {
	return d.issueRoster(root, func(r *inspection.Roster) error {
		places, err := revocable(r, who)
		if err != nil {
			return err
		}
		var keys []string
		for _, i := range places {
			keys = append(keys, r.Entries[i].SPKI)
		}
		believed, err := d.lastBelieved(keys, last)
		if err != nil {
			return err
		}
		for _, i := range places {
			r.Entries[i].Revoked = &inspection.Revoked{Last: believed, Reason: reason}
		}
		return nil
	})
}

// validFor is how long a roster counts as fresh: an older one only warns.
const validFor = 13 // months

// issueRoster makes, signs and keeps the next version of the roster. The root is
// the pinned one, or one that succeeded it.
func (d *Desk) issueRoster(root *seal.Root, edit func(*inspection.Roster) error) ([]byte, error) {
	s, pack, err := d.signRoster(root, edit)
	if err != nil {
		return nil, err
	}
	_, err = d.putRoster(context.Background(), s, pack, d.wb.PutRoster)
	return pack, err
}

// signRoster is issueRoster without keeping it.
func (d *Desk) signRoster(root *seal.Root, edit func(*inspection.Roster) error) (*seal.SignedRoster, []byte, error) {
	pinned, err := d.RootPin()
	if err != nil {
		return nil, nil, err
	}
	old, err := d.Roster()
	if err != nil {
		return nil, nil, err
	}
	next := inspection.Roster{Format: inspection.RosterFormat, Org: seal.Holder(root.Certificate()).Org, Chain: []inspection.OldRoster{}, Entries: []inspection.RosterEntry{}}
	if old != nil {
		next = *old
		next.Entries = append([]inspection.RosterEntry{}, old.Entries...)
		next.Chain = append([]inspection.OldRoster{}, old.Chain...)
	}
	if err := edit(&next); err != nil {
		return nil, nil, err
	}
	now := d.clock().Truncate(time.Second)
	next.Version, next.Issued = next.Version+1, now.Format(time.RFC3339)
	next.ValidUntil = now.AddDate(0, validFor, 0).Format(time.DateOnly)
	pack, err := root.SignRoster(&next, now)
	if err != nil {
		return nil, nil, err
	}
	if pinned == "" { // the person who holds the root key needs no other proof
		pinned = seal.Fingerprint(root.Certificate())
	}
	s, err := seal.OpenRoster(pack, pinned)
	return s, pack, err
}

// RotateRoot changes the root: a last roster of the old one announces the new
// one, and a first roster of the new one carries it in its chain. Laptops that
// pinned the old root take the new roster without comparing anything again.
func (d *Desk) RotateRoot(from, to *seal.Root) ([]byte, error) {
	last, pack, err := d.signRoster(from, func(r *inspection.Roster) error {
		if r.Entry(to.SPKI()) != nil {
			return i18n.E("这把密钥已经在名册里：%s", seal.Holder(to.Certificate()).Name)
		}
		from.Succeeds(to, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if _, err := d.putRoster(context.Background(), last, pack, d.wb.PutRoster); err != nil {
		return nil, err
	}
	return d.issueRoster(to, func(r *inspection.Roster) error {
		r.Chain = append(r.Chain, last.Link())
		return nil
	})
}

// Renew issues a new certificate for each key of a person that is not revoked.
// The reply is the new roster.
func (d *Desk) Renew(root *seal.Root, number string) ([]byte, error) {
	now := d.clock()
	return d.issueRoster(root, func(r *inspection.Roster) error {
		found := false
		for i := range r.Entries {
			e := &r.Entries[i]
			if e.Number != number || e.Revoked != nil {
				continue
			}
			old, err := seal.EntryCertificate(*e)
			if err != nil {
				return err
			}
			cert, err := root.Renew(old, now.Add(-time.Hour), earliest(now.AddDate(3, 0, 0), root.Certificate().NotAfter))
			if err != nil {
				return err
			}
			*e, found = seal.NewEntry(cert, e.Roles), true
		}
		if !found {
			return i18n.E("名册里没有证件号码 %s", number)
		}
		return nil
	})
}

// RosterWarning says that the roster is old, or "". Dates decide nothing.
func (d *Desk) RosterWarning() (string, error) {
	r, err := d.Roster()
	if err != nil {
		return "", err
	}
	return OldRoster(r, d.clock()), nil
}

// OldRoster is RosterWarning of a roster at hand, nil for none.
func OldRoster(r *inspection.Roster, now time.Time) string {
	if r == nil || r.ValidUntil == "" || now.Format(time.DateOnly) <= r.ValidUntil {
		return ""
	}
	return i18n.T("名册（第 %d 版）有效到 %s，请向汇总单位要新的名册；核验照常进行", r.Version, r.ValidUntil)
}

// AcceptReply gives a key the certificate that the bureau issued for it. The
// reply is a roster whose root a person confirmed by its fingerprint.
func AcceptReply(keyPath, passphrase, replyPath, root string) (*inspection.RosterEntry, error) {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return nil, err
	}
	b, err := ReadFile(replyPath)
	if err != nil {
		return nil, err
	}
	s, err := openRoster(b, root)
	if err != nil {
		return nil, err
	}
	e := s.Roster.Entry(id.SPKI())
	if e == nil {
		return nil, i18n.E("回复里没有这把密钥的证书")
	}
	cert, err := seal.EntryCertificate(*e)
	if err != nil {
		return nil, err
	}
	if id, err = id.Accept(cert, s.Issuer(cert)); err != nil {
		return nil, err
	}
	p12, err := id.Encode(passphrase, seal.Iterations)
	if err != nil {
		return nil, err
	}
	return e, writeSecret(keyPath, p12)
}

// isNotFound tells a missing thing from a failure.
func isNotFound(err error) bool { return store.IsNotFound(err) }
