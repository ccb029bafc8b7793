package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"errors"
)

// Unwrap takes the file out of an envelope that is encrypted to this key. The
// recipients' names are not looked at: a renewed certificate has another serial
// number and the same key, so each recipient of the key's kind is tried.
func (id *Identity) Unwrap(envelope []byte) ([]byte, error) {
	if len(envelope) > maxEnvelope {
		return nil, errEnvelope(errors.New("too large"))
	}
	e, err := readEnvelope(envelope)
	if err != nil {
		return nil, errEnvelope(err)
	}
	for _, r := range e.Recipients {
		key, err := id.contentKey(r)
		if err != nil {
			return nil, errEnvelope(err)
		}
		if key != nil {
			return e.open(key)
		}
	}
	return nil, errNotForKey
}

// readEnvelope reads the structure; only what Envelop writes is of the profile.
func readEnvelope(b []byte) (*authEnveloped, error) {
	var ci contentInfo
	if err := unmarshal(b, &ci); err != nil || !ci.Type.Equal(oidAuthEnveloped) || !tagged(ci.Content) {
		return nil, errors.New("not AuthEnvelopedData")
	}
	e := &authEnveloped{}
	if err := unmarshal(ci.Content.Bytes, e); err != nil {
		return nil, err
	}
	d := e.Content.Data
	if e.Version != 0 || len(e.Recipients) == 0 || len(e.Recipients) > maxRecipients || !e.Content.Type.Equal(oidData) ||
		d.Class != asn1.ClassContextSpecific || d.Tag != 0 || d.IsCompound || len(d.Bytes) > maxFile {
		return nil, errors.New("not of the profile")
	}
	return e, nil
}

func (e *authEnveloped) open(key []byte) ([]byte, error) {
	var p gcmParameters
	a := e.Content.Algorithm
	if !a.Algorithm.Equal(oidAES256GCM) || unmarshal(a.Parameters.FullBytes, &p) != nil || len(p.Nonce) != gcmNonce || p.ICV != gcmTag || len(e.MAC) != gcmTag {
		return nil, errEnvelope(errors.New("not AES-256-GCM"))
	}
	gcm, err := gcmOf(key)
	if err != nil {
		return nil, errEnvelope(err)
	}
	file, err := gcm.Open(nil, p.Nonce, append(append(make([]byte, 0, len(e.Content.Data.Bytes)+gcmTag), e.Content.Data.Bytes...), e.MAC...), nil)
	if err != nil {
		return nil, errEnvelope(err)
	}
	return file, nil
}

// contentKey is the key of the content if the recipient is this key; nil if it
// is another.
func (id *Identity) contentKey(r asn1.RawValue) ([]byte, error) {
	agreement := r.Class == asn1.ClassContextSpecific && r.Tag == 1
	switch k := id.key.(type) {
	case *rsa.PrivateKey:
		if agreement {
			return nil, nil
		}
		var t keyTransport
		if err := unmarshal(r.FullBytes, &t); err != nil {
			return nil, err
		}
		if want, err := oaep(); err != nil || !sameAlgorithm(t.Algorithm, want) || t.Version != 0 {
			return nil, errors.New("not RSA-OAEP with SHA-256")
		}
		return ofLength(rsa.DecryptOAEP(sha256.New(), nil, k, t.Key, nil))
	case *ecdsa.PrivateKey:
		if !agreement {
			return nil, nil
		}
		own, err := k.ECDH()
		if err != nil {
			return nil, err
		}
		return agreedContentKey(own, r.FullBytes)
	}
	return nil, errKey
}

// ofLength gives a content key, or nil when it was meant for another key.
func ofLength(key []byte, err error) ([]byte, error) {
	if err != nil || len(key) != 32 {
		return nil, nil
	}
	return key, nil
}

func agreedContentKey(own *ecdh.PrivateKey, der []byte) ([]byte, error) {
	var a keyAgreement
	if rest, err := asn1.UnmarshalWithParams(der, &a, "tag:1"); err != nil || len(rest) > 0 {
		return nil, errors.New("not a key agreement")
	}
	var from originatorKey
	if rest, err := asn1.UnmarshalWithParams(a.Originator.Bytes, &from, "tag:1"); err != nil || len(rest) > 0 || !tagged(a.Originator) {
		return nil, errors.New("not a fresh key")
	}
	if a.Version != 3 || len(a.Keys) != 1 || !from.Algorithm.Algorithm.Equal(oidECPublicKey) || len(from.Algorithm.Parameters.FullBytes) > 0 {
		return nil, errors.New("not of the profile")
	}
	point, err := own.Curve().NewPublicKey(from.Point.RightAlign())
	if err != nil {
		return nil, err
	}
	wrapper, alg, err := agreed(own, point)
	if err != nil {
		return nil, err
	}
	if !sameAlgorithm(a.Algorithm, alg) {
		return nil, errors.New("not ECDH with SHA-256 and AES-256 key wrap")
	}
	return ofLength(unwrap(wrapper, a.Keys[0].Key))
}

func sameAlgorithm(a, b pkix.AlgorithmIdentifier) bool {
	return a.Algorithm.Equal(b.Algorithm) && bytes.Equal(a.Parameters.FullBytes, b.Parameters.FullBytes)
}

// agreed is the key-wrapping key of two keys by RFC 5753: ECDH, then the KDF of
// X9.63 with SHA-256, of which one block is enough.
func agreed(private *ecdh.PrivateKey, public *ecdh.PublicKey) (cipher.Block, pkix.AlgorithmIdentifier, error) {
	none := pkix.AlgorithmIdentifier{}
	shared, err := private.ECDH(public)
	if err != nil {
		return nil, none, err
	}
	wrapping := pkix.AlgorithmIdentifier{Algorithm: oidAES256Wrap}
	info, err := asn1.Marshal(struct {
		Wrapping pkix.AlgorithmIdentifier
		Bits     []byte `asn1:"explicit,tag:2"`
	}{wrapping, []byte{0, 0, 1, 0}})
	if err != nil {
		return nil, none, err
	}
	sum := sha256.Sum256(append(append(shared, 0, 0, 0, 1), info...))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		return nil, none, err
	}
	param, err := asn1.Marshal(wrapping)
	return block, pkix.AlgorithmIdentifier{Algorithm: oidECDHSHA256, Parameters: asn1.RawValue{FullBytes: param}}, err
}

var wrapIV = [8]byte{0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6}

// wrap is the AES key wrap of RFC 3394 for a key of whole 8-byte blocks.
func wrap(block cipher.Block, key []byte) []byte {
	out := append(wrapIV[:], key...)
	var b [16]byte
	n := len(key) / 8
	for step := range 6 * n {
		r := out[8*(step%n)+8:][:8]
		copy(b[:8], out[:8])
		copy(b[8:], r)
		block.Encrypt(b[:], b[:])
		binary.BigEndian.PutUint64(out[:8], binary.BigEndian.Uint64(b[:8])^uint64(step+1))
		copy(r, b[8:])
	}
	return out
}

// unwrap undoes wrap; an error says that the key was wrapped by another one.
func unwrap(block cipher.Block, wrapped []byte) ([]byte, error) {
	n := len(wrapped)/8 - 1
	if n < 2 || len(wrapped)%8 != 0 || n > 64 {
		return nil, errors.New("bad length of a wrapped key")
	}
	out := bytes.Clone(wrapped)
	var b [16]byte
	for step := 6*n - 1; step >= 0; step-- {
		r := out[8*(step%n)+8:][:8]
		binary.BigEndian.PutUint64(b[:8], binary.BigEndian.Uint64(out[:8])^uint64(step+1))
		copy(b[8:], r)
		block.Decrypt(b[:], b[:])
		copy(out[:8], b[:8])
		copy(r, b[8:])
	}
	if subtle.ConstantTimeCompare(out[:8], wrapIV[:]) != 1 {
		return nil, errors.New("wrapped by another key")
	}
	return out[8:], nil
}
