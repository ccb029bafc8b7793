package seal

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"sort"
)

// The CMS we write and accept: SignedData, detached, one signer, SHA-256,
// exactly one certificate, no CRLs, no unsigned attributes; signed attributes
// content-type, message-digest and signing-certificate-v2 (CAdES B-B). The time
// is not in it: it would be the signer's claim only, and stands in the PDF.
var (
	oidSignedData  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidData        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidContentType = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidCertV2      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256      = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidECDSA256    = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidRSA         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidRSA256      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
)

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue `asn1:"explicit,tag:0"`
}

type signedData struct {
	Version      int
	Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
	Encap        encap
	Certificates asn1.RawValue `asn1:"tag:0"`
	Signers      []signerInfo  `asn1:"set"`
}

type encap struct{ Type asn1.ObjectIdentifier }

type signerInfo struct {
	Version   int
	ID        issuerSerial
	Digest    pkix.AlgorithmIdentifier
	Attrs     asn1.RawValue `asn1:"tag:0"`
	Algorithm pkix.AlgorithmIdentifier
	Signature []byte
}

type issuerSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values asn1.RawValue // SET OF
}

type certIDv2 struct {
	Algorithm pkix.AlgorithmIdentifier `asn1:"optional"` // default SHA-256
	Hash      []byte
	Rest      asn1.RawValue `asn1:"optional"` // issuer and serial
}

type signingCertificateV2 struct{ Certs []certIDv2 }

// signCMS makes the detached signature of content.
func signCMS(content []byte, key crypto.Signer, cert *x509.Certificate) ([]byte, error) {
	digest := sha256.Sum256(content)
	attrs, err := signedAttributes(digest[:], cert)
	if err != nil {
		return nil, err
	}
	// The signature is over the attributes as a SET, not as the tagged field.
	set, err := asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: attrs})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(set)
	// A nil source of randomness makes ECDSA deterministic (RFC 6979).
	sig, err := key.Sign(nil, sum[:], crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	alg := pkix.AlgorithmIdentifier{Algorithm: oidECDSA256}
	if _, isRSA := key.Public().(*rsa.PublicKey); isRSA {
		alg = pkix.AlgorithmIdentifier{Algorithm: oidRSA256, Parameters: asn1.NullRawValue}
	}
	hash := pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	sd := signedData{Version: 1, Digests: []pkix.AlgorithmIdentifier{hash}, Encap: encap{oidData},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: cert.Raw},
		Signers: []signerInfo{{Version: 1, ID: issuerSerial{asn1.RawValue{FullBytes: cert.RawIssuer}, cert.SerialNumber},
			Digest: hash, Attrs: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: attrs},
			Algorithm: alg, Signature: sig}}}
	inner, err := asn1.Marshal(sd)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(contentInfo{oidSignedData, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner}})
}

// signedAttributes are the encoded attributes in DER's set order.
func signedAttributes(digest []byte, cert *x509.Certificate) ([]byte, error) {
	certHash := sha256.Sum256(cert.Raw)
	var all [][]byte
	for _, a := range []struct {
		oid asn1.ObjectIdentifier
		val any
	}{{oidContentType, oidData}, {oidDigest, digest}, {oidCertV2, struct{ Certs []struct{ Hash []byte } }{[]struct{ Hash []byte }{{certHash[:]}}}}} {
		v, err := asn1.Marshal(a.val)
		if err != nil {
			return nil, err
		}
		b, err := asn1.Marshal(attribute{a.oid, asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: v}})
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	sort.Slice(all, func(i, j int) bool { return bytes.Compare(all[i], all[j]) < 0 })
	return bytes.Join(all, nil), nil
}

// verifyCMS proves that der is a signature over content in the strict profile,
// and gives the certificate of its signer. It says nothing of trust.
func verifyCMS(der, content []byte) (*x509.Certificate, error) {
	return verifyCMSOf(der, sha256.Sum256(content))
}

// verifyCMSOf is verifyCMS for content that has this digest.
func verifyCMSOf(der []byte, digest [sha256.Size]byte) (*x509.Certificate, error) {
	var ci contentInfo
	if err := unmarshal(der, &ci); err != nil || !ci.Type.Equal(oidSignedData) {
		return nil, structure(6, "CMS: not SignedData")
	}
	var sd signedData
	if err := unmarshal(ci.Content.Bytes, &sd); err != nil {
		return nil, structure(6, "CMS: %v", err)
	}
	if again, err := asn1.Marshal(sd); err != nil || !bytes.Equal(again, ci.Content.Bytes) {
		return nil, structure(6, "CMS: does not re-encode to the same bytes")
	}
	if again, err := asn1.Marshal(ci); err != nil || !bytes.Equal(again, der) || !tagged(ci.Content) {
		return nil, structure(6, "CMS: does not re-encode to the same bytes")
	}
	if len(sd.Signers) != 1 || len(sd.Digests) != 1 || sd.Version != 1 || !sd.Encap.Type.Equal(oidData) || !isSHA256(sd.Digests[0]) {
		return nil, structure(6, "CMS: not one signer, detached, SHA-256")
	}
	// A raw value takes any tag: certificates under the tag of CRLs would pass.
	if !tagged(sd.Certificates) || !tagged(sd.Signers[0].Attrs) {
		return nil, structure(6, "CMS: wrong tag")
	}
	cert, err := x509.ParseCertificate(sd.Certificates.Bytes)
	if err != nil || !bytes.Equal(cert.Raw, sd.Certificates.Bytes) {
		return nil, structure(6, "CMS: not exactly one certificate")
	}
	si := &sd.Signers[0]
	if si.Version != 1 || !isSHA256(si.Digest) || !bytes.Equal(si.ID.Issuer.FullBytes, cert.RawIssuer) || si.ID.Serial.Cmp(cert.SerialNumber) != 0 {
		return nil, structure(6, "CMS: signer is not the certificate's")
	}
	if err := checkAttributes(si.Attrs.Bytes, digest[:], cert); err != nil {
		return nil, err
	}
	set, err := asn1.Marshal(asn1.RawValue{Tag: asn1.TagSet, IsCompound: true, Bytes: si.Attrs.Bytes})
	if err != nil {
		return nil, structure(6, "CMS: %v", err)
	}
	return cert, checkSignature(cert, si, set)
}

// tagged tells whether a raw value stands under [0], constructed.
func tagged(v asn1.RawValue) bool {
	return v.Class == asn1.ClassContextSpecific && v.Tag == 0 && v.IsCompound
}

// unmarshal reads the one DER value in b; what it does not cover is an error.
func unmarshal(b []byte, v any) error {
	rest, err := asn1.Unmarshal(b, v)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("trailing bytes")
	}
	return err
}

func isSHA256(a pkix.AlgorithmIdentifier) bool {
	return a.Algorithm.Equal(oidSHA256) && (len(a.Parameters.FullBytes) == 0 || bytes.Equal(a.Parameters.FullBytes, asn1.NullBytes))
}

// checkAttributes proves the three signed attributes, each once and right;
// others may stand beside them, in DER's order.
func checkAttributes(b, digest []byte, cert *x509.Certificate) error {
	seen := map[string]int{}
	var before []byte
	for rest := b; len(rest) > 0; {
		var a attribute
		next, err := asn1.Unmarshal(rest, &a)
		if err != nil {
			return structure(6, "CMS attributes: %v", err)
		}
		this := rest[:len(rest)-len(next)]
		if again, err := asn1.Marshal(a); err != nil || !bytes.Equal(again, this) || bytes.Compare(before, this) >= 0 {
			return structure(6, "CMS attributes: not DER")
		}
		before, rest = this, next
		seen[a.Type.String()]++
		if !attributeRight(a, digest, cert) {
			return structure(6, "CMS attribute %s is wrong", a.Type)
		}
	}
	for _, oid := range []asn1.ObjectIdentifier{oidContentType, oidDigest, oidCertV2} {
		if seen[oid.String()] != 1 {
			return structure(6, "CMS attribute %s is missing or repeated", oid)
		}
	}
	return nil
}

func attributeRight(a attribute, digest []byte, cert *x509.Certificate) bool {
	if a.Values.Tag != asn1.TagSet || a.Values.Class != asn1.ClassUniversal {
		return false
	}
	switch v := a.Values.Bytes; {
	case a.Type.Equal(oidContentType):
		var oid asn1.ObjectIdentifier
		return unmarshal(v, &oid) == nil && oid.Equal(oidData)
	case a.Type.Equal(oidDigest):
		var d []byte
		return unmarshal(v, &d) == nil && bytes.Equal(d, digest)
	case a.Type.Equal(oidCertV2):
		var s signingCertificateV2
		if unmarshal(v, &s) != nil || len(s.Certs) != 1 {
			return false
		}
		c := s.Certs[0]
		want := sha256.Sum256(cert.Raw)
		return (len(c.Algorithm.Algorithm) == 0 || isSHA256(c.Algorithm)) && bytes.Equal(c.Hash, want[:])
	}
	return true
}

func checkSignature(cert *x509.Certificate, si *signerInfo, signed []byte) error {
	sum := sha256.Sum256(signed)
	if err := KeyAllowed(cert.PublicKey); err != nil {
		return &Refusal{Rule: 6, Reason: err}
	}
	ok := false
	switch k := cert.PublicKey.(type) {
	case *ecdsa.PublicKey:
		ok = si.Algorithm.Algorithm.Equal(oidECDSA256) && len(si.Algorithm.Parameters.FullBytes) == 0 && strictECDSA(si.Signature) && ecdsa.VerifyASN1(k, sum[:], si.Signature)
	case *rsa.PublicKey:
		a := si.Algorithm.Algorithm
		ok = (a.Equal(oidRSA256) || a.Equal(oidRSA)) && rsa.VerifyPKCS1v15(k, crypto.SHA256, sum[:], si.Signature) == nil
	}
	if !ok {
		return refuse(6, "签名不成立：内容在签名之后被改过，或不是这把密钥签的")
	}
	return nil
}

// strictECDSA wants the signature in its one DER spelling.
func strictECDSA(sig []byte) bool {
	var v struct{ R, S *big.Int }
	if unmarshal(sig, &v) != nil {
		return false
	}
	again, err := asn1.Marshal(v)
	return err == nil && bytes.Equal(again, sig)
}

// KeyAllowed tells why a public key may not sign: only ECDSA P-256, and RSA
// of at least 2048 bits.
func KeyAllowed(pub any) error {
	switch k := pub.(type) {
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() {
			return nil
		}
	case *rsa.PublicKey:
		if k.N.BitLen() >= 2048 && k.N.BitLen() <= 8192 {
			return nil
		}
	}
	return errKey
}
