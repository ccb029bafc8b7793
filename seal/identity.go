package seal

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"xunping/assets/i18n"
)

// ErrPassphrase is a wrong passphrase, or a damaged key file: the two cannot be
// told apart.
var ErrPassphrase = i18n.E("口令不对，或密钥文件已损坏；没有改动任何内容")

var errKey = i18n.E("密钥种类不合要求：只接受 ECDSA P-256 或 2048 位以上的 RSA")

// Iterations of the key derivation of a PKCS#12 file.
const Iterations = 600_000

// Person is the holder of a key.
type Person struct{ Name, Number, Org string }

// Signer makes detached signatures. Identity is the one there is; a hardware
// key can take its place.
type Signer interface {
	SPKI() string // SHA-256 of the public key, lower-case hex: the signer's identity
	Certificate() *x509.Certificate
	SignCMS(content []byte) ([]byte, error)
}

// Identity is a private key with its certificate. It is never written
// unencrypted.
type Identity struct {
	key  crypto.Signer
	cert *x509.Certificate
	ca   []*x509.Certificate
}

var _ Signer = (*Identity)(nil)

// NewIdentity makes an ECDSA P-256 key with a certificate signed by itself,
// which holds until the bureau issues one.
func NewIdentity(p Person, now time.Time) (*Identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	t := template(p, now.Add(-time.Hour), now.AddDate(3, 0, 0))
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Identity{key: key, cert: cert}, nil
}

// oidDocumentSigning is the extended key usage of RFC 9336.
var oidDocumentSigning = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 36}

func template(p Person, from, to time.Time) *x509.Certificate {
	return &x509.Certificate{SerialNumber: serial(), Subject: p.subject(), NotBefore: from, NotAfter: to,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		// Readers that know no document signing (NSS) ask for e-mail protection.
		ExtKeyUsage:        []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection},
		UnknownExtKeyUsage: []asn1.ObjectIdentifier{oidDocumentSigning}, BasicConstraintsValid: true}
}

func (p Person) subject() pkix.Name {
	n := pkix.Name{CommonName: p.Name, SerialNumber: p.Number}
	if p.Org != "" {
		n.Organization = []string{p.Org}
	}
	return n
}

func serial() *big.Int {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic("no randomness: " + err.Error()) // crypto/rand never fails on supported systems
	}
	b[0] &= 0x7F
	b[0] |= 0x01
	return new(big.Int).SetBytes(b[:])
}

// SPKI is the SHA-256 of the public key in lower-case hex, by which signers
// are known.
func (id *Identity) SPKI() string { return SPKI(id.cert) }

// SPKI is the key hash of a certificate.
func SPKI(c *x509.Certificate) string {
	h := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(h[:])
}

// Certificate is the identity's certificate.
func (id *Identity) Certificate() *x509.Certificate { return id.cert }

// Person is who the certificate names.
func (id *Identity) Person() Person { return Holder(id.cert) }

// Holder is who a certificate names.
func Holder(c *x509.Certificate) Person {
	p := Person{Name: c.Subject.CommonName, Number: c.Subject.SerialNumber}
	if len(c.Subject.Organization) > 0 {
		p.Org = c.Subject.Organization[0]
	}
	return p
}

// SignCMS makes the detached signature of content.
func (id *Identity) SignCMS(content []byte) ([]byte, error) { return signCMS(content, id.key, id.cert) }

// Encode writes the identity as PKCS#12 under a passphrase.
func (id *Identity) Encode(pass string, iterations int) ([]byte, error) {
	b, err := pkcs12.Modern2023.WithIterations(iterations).Encode(id.key, id.cert, id.ca, pass)
	if err != nil {
		return nil, i18n.E("密钥写不出来：%s", err.Error(), err)
	}
	return b, nil
}

// OpenIdentity reads a PKCS#12 file. A wrong passphrase is ErrPassphrase.
func OpenIdentity(p12 []byte, pass string) (*Identity, error) {
	if len(p12) > 1<<20 {
		return nil, i18n.E("密钥文件太大，不像 PKCS#12 文件")
	}
	key, cert, ca, err := pkcs12.DecodeChain(p12, pass)
	if errors.Is(err, pkcs12.ErrIncorrectPassword) {
		return nil, fmt.Errorf("open key: %w", ErrPassphrase)
	}
	if err != nil {
		return nil, i18n.E("密钥文件读不出来，不是 PKCS#12 文件或已损坏；没有改动任何内容", err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errKey
	}
	if err := KeyAllowed(signer.Public()); err != nil {
		return nil, err
	}
	return &Identity{key: signer, cert: cert, ca: ca}, nil
}

// Request is the certificate request (PKCS#10, PEM) that goes to the bureau.
func (id *Identity) Request() ([]byte, error) {
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: id.cert.Subject}, id.key)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}), nil
}

// Accept is the identity with the certificate that the bureau issued for its
// key, and the root that issued it.
func (id *Identity) Accept(cert, root *x509.Certificate) (*Identity, error) {
	if SPKI(cert) != id.SPKI() {
		return nil, i18n.E("证书不是为这把密钥签发的")
	}
	if root == nil || cert.CheckSignatureFrom(root) != nil {
		return nil, i18n.E("证书不是这个根签发的")
	}
	return &Identity{key: id.key, cert: cert, ca: []*x509.Certificate{root}}, nil
}
