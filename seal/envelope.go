package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"

	"xunping/assets/i18n"
)

// A stick may be lost. A pack (or a scorecard) can therefore travel inside an
// envelope that only the bureau's keys open: CMS AuthEnvelopedData (RFC 5083)
// with AES-256-GCM, one recipient for each key. It is an outer wrapping only:
// who sent it is not in it, and nothing of it is believed. The file inside is
// read as strictly as one that came without.
//
// CMS and not age: the bureau's keys are the P-256 and RSA keys of its
// certificates, which age cannot open by itself, and a second kind of key would
// have to be made, kept and compared. OpenSSL opens these envelopes, too
// (openssl cms -decrypt). The content key goes to P-256 keys by ECDH with a
// fresh key per recipient (RFC 5753, X9.63 KDF with SHA-256, AES-256 key wrap)
// and to RSA keys by OAEP with SHA-256. The keys also sign with ECDSA; the two
// uses never meet in one computation, and signatures are made over attributes
// that cannot be taken for a shared secret.
var (
	oidAuthEnveloped = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 23}
	oidAES256GCM     = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 46}
	oidAES256Wrap    = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 45}
	oidECDHSHA256    = asn1.ObjectIdentifier{1, 3, 132, 1, 11, 1}
	oidECPublicKey   = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidOAEP          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 7}
	oidMGF1          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
)

// Limits of an envelope: what is inside is a file of the formats.
const (
	maxRecipients = 64
	maxEnvelope   = maxFile + 1<<20
	gcmNonce      = 12
	gcmTag        = 16
)

type authEnveloped struct {
	Version    int
	Recipients []asn1.RawValue `asn1:"set"`
	Content    encryptedContent
	MAC        []byte
}

type encryptedContent struct {
	Type      asn1.ObjectIdentifier
	Algorithm pkix.AlgorithmIdentifier
	Data      asn1.RawValue // [0] IMPLICIT OCTET STRING
}

type gcmParameters struct {
	Nonce []byte
	ICV   int
}

// keyTransport is the recipient of an RSA key.
type keyTransport struct {
	Version   int
	ID        issuerSerial
	Algorithm pkix.AlgorithmIdentifier
	Key       []byte
}

// keyAgreement is the recipient of a P-256 key, behind the tag [1].
type keyAgreement struct {
	Version    int
	Originator asn1.RawValue `asn1:"tag:0"` // of the choice, originatorKey under [1]
	Algorithm  pkix.AlgorithmIdentifier
	Keys       []agreedKey
}

type originatorKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Point     asn1.BitString
}

type agreedKey struct {
	ID  issuerSerial
	Key []byte
}

// errNotForKey: the envelope is sound as far as can be seen, but for others.
var errNotForKey = i18n.E("这个文件不是加密给这把密钥的，没有解开")

// errEnvelope: not an envelope of the profile, or changed on its way.
func errEnvelope(cause error) error {
	return i18n.E("加密的文件已损坏或不合规定，没有解开", cause)
}

// IsEnvelope tells whether a file claims to be an encrypted one.
func IsEnvelope(b []byte) bool {
	oid, err := asn1.Marshal(oidAuthEnveloped)
	return err == nil && len(b) > 32 && b[0] == 0x30 && bytes.Contains(b[:8+len(oid)], oid)
}

// Envelop encrypts a file to the keys of certificates.
func Envelop(file []byte, to []*x509.Certificate) ([]byte, error) {
	if len(file) > maxFile {
		return nil, i18n.E("文件超过 %d MiB", maxFile>>20)
	}
	if len(to) == 0 || len(to) > maxRecipients {
		return nil, i18n.E("加密要有 1 至 %d 把收件的密钥", maxRecipients)
	}
	key, nonce := random(32), random(gcmNonce)
	e := authEnveloped{}
	for _, c := range to {
		r, err := recipient(c, key)
		if err != nil {
			return nil, err
		}
		e.Recipients = append(e.Recipients, asn1.RawValue{FullBytes: r})
	}
	gcm, err := gcmOf(key)
	if err != nil {
		return nil, err
	}
	params, err := asn1.Marshal(gcmParameters{nonce, gcmTag})
	if err != nil {
		return nil, err
	}
	sealed := gcm.Seal(make([]byte, 0, len(file)+gcmTag), nonce, file, nil)
	e.MAC = sealed[len(file):]
	e.Content = encryptedContent{Type: oidData, Algorithm: pkix.AlgorithmIdentifier{Algorithm: oidAES256GCM, Parameters: asn1.RawValue{FullBytes: params}},
		Data: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, Bytes: sealed[:len(file)]}}
	inner, err := asn1.Marshal(e)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(contentInfo{oidAuthEnveloped, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner}})
}

func random(n int) []byte {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		panic("no randomness: " + err.Error()) // crypto/rand never fails on supported systems
	}
	return b
}

func gcmOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// recipient is the content key for one certificate.
func recipient(c *x509.Certificate, key []byte) ([]byte, error) {
	if err := KeyAllowed(c.PublicKey); err != nil {
		return nil, err
	}
	id := issuerSerial{asn1.RawValue{FullBytes: c.RawIssuer}, c.SerialNumber}
	if k, ok := c.PublicKey.(*rsa.PublicKey); ok {
		wrapped, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, k, key, nil)
		if err != nil {
			return nil, fmt.Errorf("encrypt key: %w", err)
		}
		alg, err := oaep()
		if err != nil {
			return nil, err
		}
		return asn1.Marshal(keyTransport{0, id, alg, wrapped})
	}
	pub, err := c.PublicKey.(*ecdsa.PublicKey).ECDH() // KeyAllowed knows only these two
	if err != nil {
		return nil, fmt.Errorf("encrypt key: %w", err)
	}
	fresh, err := pub.Curve().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("encrypt key: %w", err)
	}
	wrapper, alg, err := agreed(fresh, pub)
	if err != nil {
		return nil, err
	}
	point := fresh.PublicKey().Bytes()
	from, err := asn1.MarshalWithParams(originatorKey{pkix.AlgorithmIdentifier{Algorithm: oidECPublicKey}, asn1.BitString{Bytes: point, BitLength: 8 * len(point)}}, "tag:1")
	if err != nil {
		return nil, err
	}
	return asn1.MarshalWithParams(keyAgreement{Version: 3, Algorithm: alg, Keys: []agreedKey{{id, wrap(wrapper, key)}},
		Originator: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: from}}, "tag:1")
}

// oaep is RSA-OAEP with SHA-256 in both places.
func oaep() (pkix.AlgorithmIdentifier, error) {
	hash := pkix.AlgorithmIdentifier{Algorithm: oidSHA256, Parameters: asn1.NullRawValue}
	inner, err := asn1.Marshal(hash)
	if err != nil {
		return pkix.AlgorithmIdentifier{}, err
	}
	b, err := asn1.Marshal(struct {
		Hash pkix.AlgorithmIdentifier `asn1:"explicit,tag:0"`
		MGF  pkix.AlgorithmIdentifier `asn1:"explicit,tag:1"`
	}{hash, pkix.AlgorithmIdentifier{Algorithm: oidMGF1, Parameters: asn1.RawValue{FullBytes: inner}}})
	return pkix.AlgorithmIdentifier{Algorithm: oidOAEP, Parameters: asn1.RawValue{FullBytes: b}}, err
}
