package desk

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
)

// KeyView is what a key file says of itself. Dates are YYYY-MM-DD.
type KeyView struct {
	Name        string `json:"name"`
	Number      string `json:"number"`
	Org         string `json:"org"`
	SPKI        string `json:"spki"`
	Fingerprint string `json:"fingerprint"` // of the certificate
	Algorithm   string `json:"algorithm"`
	Issuer      string `json:"issuer"`
	Own         bool   `json:"self_signed"` // no bureau has issued it yet
	Root        bool   `json:"root"`
	From        string `json:"from"`
	To          string `json:"to"`
}

// ShowKey opens a key file and says whose it is.
func ShowKey(path, passphrase string) (KeyView, error) {
	id, err := OpenKey(path, passphrase)
	if err != nil {
		return KeyView{}, err
	}
	c, p := id.Certificate(), id.Person()
	return KeyView{Name: p.Name, Number: p.Number, Org: p.Org, SPKI: id.SPKI(), Fingerprint: seal.Fingerprint(c), Algorithm: algorithm(c),
		Issuer: c.Issuer.CommonName, Own: c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil, Root: c.IsCA,
		From: c.NotBefore.Format(time.DateOnly), To: c.NotAfter.Format(time.DateOnly)}, nil
}

func algorithm(c *x509.Certificate) string {
	switch k := c.PublicKey.(type) {
	case *ecdsa.PublicKey:
		return "ECDSA " + k.Curve.Params().Name
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d", k.N.BitLen())
	}
	return c.PublicKeyAlgorithm.String()
}

// Groups writes a hash in groups of four, as people compare it.
func Groups(hash string) string {
	var b strings.Builder
	for i, r := range hash {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// NewKeyFile makes a key file; an existing one is not overwritten.
func NewKeyFile(path string, p seal.Person, passphrase string, clock func() time.Time) (*seal.Identity, error) {
	if p.Name == "" || p.Number == "" {
		return nil, i18n.E("密钥要写姓名和证件号码")
	}
	if err := newSecret(path, passphrase); err != nil {
		return nil, err
	}
	id, err := seal.NewIdentity(p, clock())
	if err != nil {
		return nil, err
	}
	b, err := id.Encode(passphrase, seal.Iterations)
	if err != nil {
		return nil, err
	}
	return id, writeSecret(path, b)
}

// NewPersonKeyFile is NewKeyFile for callers that do not know package seal; it
// gives the key's SPKI hash.
func NewPersonKeyFile(path, name, number, org, passphrase string, clock func() time.Time) (string, error) {
	id, err := NewKeyFile(path, seal.Person{Name: name, Number: number, Org: org}, passphrase, clock)
	if err != nil {
		return "", err
	}
	return id.SPKI(), nil
}

// NewRootFile makes the root key of an organisation and writes it under a
// passphrase; the fingerprint is what people compare.
func NewRootFile(path, org, passphrase string, now time.Time) (root *seal.Root, fingerprint string, err error) {
	if org == "" {
		return nil, "", i18n.E("根证书要写单位名称")
	}
	if err := newSecret(path, passphrase); err != nil {
		return nil, "", err
	}
	if root, err = seal.NewRoot(org, now.Add(-time.Hour), now.AddDate(20, 0, 0)); err != nil {
		return nil, "", err
	}
	b, err := root.Encode(passphrase, seal.Iterations)
	if err != nil {
		return nil, "", err
	}
	return root, seal.Fingerprint(root.Certificate()), writeSecret(path, b)
}

// newSecret refuses to make a key over a file, or under a passphrase that
// protects nothing.
func newSecret(path, passphrase string) error {
	if len(passphrase) < minPassphrase {
		return i18n.E("口令至少 %d 个字符", minPassphrase)
	}
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return i18n.E("文件已经存在，没有覆盖：%s", path)
	}
	return nil
}

// WriteRequest writes the certificate request of a key and gives the key's hash.
func WriteRequest(keyPath, passphrase, out string) (spki string, err error) {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return "", err
	}
	b, err := id.Request()
	if err != nil {
		return "", err
	}
	return id.SPKI(), writeFile(out, b)
}

// ChangePassphrase writes a key file anew under another passphrase. The old
// file stays until the new one is proven.
func ChangePassphrase(path, old, passphrase string) error {
	id, err := OpenKey(path, old)
	if err != nil {
		return err
	}
	return rewriteKey(path, id, passphrase)
}

// rewriteKey writes a key under a passphrase that protects it, and proves what it
// writes.
func rewriteKey(path string, id *seal.Identity, passphrase string) error {
	if len(passphrase) < minPassphrase {
		return i18n.E("口令至少 %d 个字符", minPassphrase)
	}
	b, err := id.Encode(passphrase, seal.Iterations)
	if err != nil {
		return err
	}
	if _, err := seal.OpenIdentity(b, passphrase); err != nil {
		return err
	}
	return writeSecret(path, b)
}

// ChangeKeyPassphrase is ChangePassphrase for a key of this machine: what the
// keyring keeps changes with it.
func (d *Desk) ChangeKeyPassphrase(k KeyInfo, old, passphrase string) error {
	if err := ChangePassphrase(k.Path, old, passphrase); err != nil || !d.Remembered(k.SPKI) {
		return err
	}
	return d.Remember(k, passphrase)
}

// NewRootKey is NewRootFile for callers that do not know package seal.
func NewRootKey(path, org, passphrase string, now time.Time) (fingerprint string, err error) {
	_, fingerprint, err = NewRootFile(path, org, passphrase, now)
	return fingerprint, err
}

// StartRosterWith is StartRoster with a root key file.
func (d *Desk) StartRosterWith(keyPath, passphrase string) error {
	root, err := OpenRoot(keyPath, passphrase)
	if err != nil {
		return err
	}
	return d.StartRoster(root)
}

// EnrolFile is Enrol with a root key file; the reply is written to out.
func (d *Desk) EnrolFile(keyPath, passphrase string, request []byte, roles []inspection.Role, out string) (name string, err error) {
	root, err := OpenRoot(keyPath, passphrase)
	if err != nil {
		return "", err
	}
	reply, who, err := d.Enrol(root, request, roles)
	if err != nil {
		return "", err
	}
	return who.Name, writeFile(out, reply)
}

// RevokeWith is Revoke with a root key file; the new roster is written to out,
// unless that is "". It gives the roster's version.
func (d *Desk) RevokeWith(keyPath, passphrase, who string, last []string, reason, out string) (version int, err error) {
	root, err := OpenRoot(keyPath, passphrase)
	if err != nil {
		return 0, err
	}
	pack, err := d.Revoke(root, who, last, reason)
	if err != nil {
		return 0, err
	}
	r, err := d.Roster()
	if err != nil || out == "" {
		return r.Version, err
	}
	return r.Version, writeFile(out, pack)
}

// RotateWith is RotateRoot with key files: the new root key is made first, under
// the same passphrase as the old one. It gives the new root's fingerprint.
func (d *Desk) RotateWith(oldPath, passphrase, newPath, org, out string) (fingerprint string, err error) {
	old, err := OpenRoot(oldPath, passphrase)
	if err != nil {
		return "", err
	}
	if org == "" {
		org = seal.Holder(old.Certificate()).Org
	}
	next, fingerprint, err := NewRootFile(newPath, org, passphrase, d.clock())
	if err != nil {
		return "", err
	}
	pack, err := d.RotateRoot(old, next)
	if err != nil {
		return "", err
	}
	if out == "" { // the workbook keeps it, too
		return fingerprint, nil
	}
	return fingerprint, writeFile(out, pack)
}

// RenewWith is Renew with a root key file; the reply is written to out.
func (d *Desk) RenewWith(keyPath, passphrase, number, out string) error {
	root, err := OpenRoot(keyPath, passphrase)
	if err != nil {
		return err
	}
	pack, err := d.Renew(root, number)
	if err != nil {
		return err
	}
	return writeFile(out, pack)
}

// CopyKey writes a key file to two or more other places and opens each copy, so
// that a lost stick is not a lost root.
func CopyKey(path, passphrase string, to ...string) error {
	b, err := readFile(path, maxKey)
	if err != nil {
		return err
	}
	if _, err := openIdentity(b, passphrase); err != nil {
		return err
	}
	for _, p := range to {
		if err := newSecret(p, passphrase); err != nil {
			return err
		}
		if err := writeSecret(p, b); err != nil {
			return err
		}
		if _, err := OpenKey(p, passphrase); err != nil {
			return err
		}
	}
	return nil
}

// ReadRequest tells who asks for a certificate, proven to hold the key, and the
// key's hash, to be compared with what the other screen shows.
func ReadRequest(request []byte) (who, spki string, err error) {
	r, p, err := seal.ReadRequest(request)
	if err != nil {
		return "", "", err
	}
	return strings.TrimSpace(p.Name + " " + p.Number), hashOf(r.RawSubjectPublicKeyInfo), nil
}

// ParseRoles reads a list like “inspector, bureau”.
func ParseRoles(text string) ([]inspection.Role, error) {
	var out []inspection.Role
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' || r == ' ' }) {
		role := inspection.Role(word)
		if role != inspection.RoleInspector && role != inspection.RoleBureau {
			return nil, i18n.E("角色是 inspector 或 bureau，不是“%s”", word)
		}
		out = append(out, role)
	}
	return out, nil
}

// QRCode is a text as an image of a QR code, one pixel a module.
func QRCode(text string) (image.Image, error) { return report.QRCode(text) }
