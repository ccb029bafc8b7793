package desk

import (
	"context"
	"crypto/x509"
	"path/filepath"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
)

// EnvelopeSuffix is what the name of an encrypted file ends with: CMS, as mail
// programs and openssl name it.
const EnvelopeSuffix = ".p7m"

// bureauCertificates are the certificates of the bureau's keys that a roster
// believes: who opens what is encrypted for the bureau.
func bureauCertificates(r *inspection.Roster) ([]*x509.Certificate, error) {
	var out []*x509.Certificate
	if r != nil {
		for _, e := range r.Entries {
			if !e.Has(inspection.RoleBureau) || e.Revoked != nil {
				continue
			}
			c, err := seal.EntryCertificate(e)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil, i18n.E("名册里没有汇总单位的密钥，不能加密；请先导入名册")
	}
	return out, nil
}

// EncryptFor writes a file encrypted to the bureau's keys in a roster.
func EncryptFor(r *inspection.Roster, path, out string) error {
	to, err := bureauCertificates(r)
	if err != nil {
		return err
	}
	b, err := ReadFile(path)
	if err != nil {
		return err
	}
	if b, err = seal.Envelop(b, to); err != nil {
		return err
	}
	return writeFile(out, b)
}

// Decrypt opens an encrypted file with a key and writes what is in it. Nothing
// of it is proven by that.
func Decrypt(path, keyPath, passphrase, out string) error {
	b, err := ReadFile(path)
	if err != nil {
		return err
	}
	if !seal.IsEnvelope(b) {
		return i18n.E("%s 不是加密的文件，没有改动", filepath.Base(path))
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return err
	}
	if b, err = id.Unwrap(b); err != nil {
		return err
	}
	return writeFile(out, b)
}

// UseKey lets this desk open encrypted files with a key, until it is closed: a
// merge then reads what is inside like any other file. The key stays in memory
// only.
func (d *Desk) UseKey(keyPath, passphrase string) error {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return err
	}
	d.opener = id
	return nil
}

// CanDecrypt tells whether a key is at hand for encrypted files.
func (d *Desk) CanDecrypt() bool { return d.opener != nil }

// inside is what an envelope holds when a key is at hand; nil for any other
// file, and without a key: an envelope stays what it is then.
func (d *Desk) inside(b []byte) ([]byte, error) {
	if d.opener == nil || seal.Detect(b) != seal.KindEnvelope {
		return nil, nil
	}
	return d.opener.Unwrap(b)
}

// IsEncrypted tells whether a file is an encrypted one, by its beginning.
func IsEncrypted(path string) bool {
	if !strings.HasSuffix(path, EnvelopeSuffix) {
		return false
	}
	b, err := readHead(path, 64)
	return err == nil && seal.IsEnvelope(b)
}

// Encrypted lists the encrypted files among paths and below folders.
func Encrypted(ctx context.Context, paths []string) ([]string, error) {
	files, _, err := walk(ctx, paths)
	var out []string
	for _, f := range files {
		if IsEncrypted(f) {
			out = append(out, f)
		}
	}
	return out, err
}

// encrypted wraps a pack for the bureau of this workbook's roster.
func (d *Desk) encrypted(pack []byte) ([]byte, error) {
	r, err := d.Roster()
	if err != nil {
		return nil, err
	}
	to, err := bureauCertificates(r)
	if err != nil {
		return nil, err
	}
	return seal.Envelop(pack, to)
}
