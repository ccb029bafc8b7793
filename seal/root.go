package seal

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"time"

	"xunping/assets/i18n"
)

// Root is the bureau's own certificate authority. It is private: no system
// trusts it by itself, and a person pins it after comparing its fingerprint.
type Root struct{ Identity }

// NewRoot makes the root key of an organisation, valid between the two times.
func NewRoot(org string, from, to time.Time) (*Root, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	t := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: org + " 巡评根证书", Organization: []string{org}},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make root: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Root{Identity{key: key, cert: cert}}, nil
}

// OpenRoot reads a root key.
func OpenRoot(p12 []byte, pass string) (*Root, error) {
	id, err := OpenIdentity(p12, pass)
	if err != nil {
		return nil, err
	}
	if !id.cert.IsCA {
		return nil, i18n.E("这不是根密钥")
	}
	return &Root{*id}, nil
}

// Fingerprint is the SHA-256 of a root certificate, as openssl x509
// -fingerprint -sha256 prints it, in lower-case hex without colons.
func Fingerprint(c *x509.Certificate) string {
	h := sha256.Sum256(c.Raw)
	return hex.EncodeToString(h[:])
}

// ReadRequest reads a certificate request and proves that who made it holds
// the key.
func ReadRequest(b []byte) (*x509.CertificateRequest, Person, error) {
	block, _ := pem.Decode(b)
	if block == nil || block.Type != "CERTIFICATE REQUEST" {
		return nil, Person{}, i18n.E("这不是证书申请文件")
	}
	r, err := x509.ParseCertificateRequest(block.Bytes)
	if err == nil {
		err = r.CheckSignature()
	}
	if err != nil {
		return nil, Person{}, i18n.E("证书申请文件已损坏或被改过", err)
	}
	if err := KeyAllowed(r.PublicKey); err != nil {
		return nil, Person{}, err
	}
	p := Holder(&x509.Certificate{Subject: r.Subject})
	if p.Name == "" || p.Number == "" {
		return nil, p, i18n.E("证书申请缺少姓名或证件号码")
	}
	return r, p, nil
}

// Issue makes the certificate for a proven request.
func (r *Root) Issue(req *x509.CertificateRequest, from, to time.Time) (*x509.Certificate, error) {
	t := template(Holder(&x509.Certificate{Subject: req.Subject}), from, to)
	der, err := x509.CreateCertificate(rand.Reader, t, r.cert, req.PublicKey, r.key)
	if err != nil {
		return nil, fmt.Errorf("issue certificate: %w", err)
	}
	return x509.ParseCertificate(der)
}

// VerifyDetached proves a detached signature over content and gives the
// certificate of its signer. Whether that signer counts says the roster.
func VerifyDetached(p7s, content []byte) (*x509.Certificate, error) { return verifyCMS(p7s, content) }
