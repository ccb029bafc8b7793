package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// KeyInfo is a key this machine knows. The private key stays in its file.
type KeyInfo struct {
	Path, Name, Number, Org, SPKI string
	Roles                         []string // by the roster
	Known                         bool     // in the roster and not revoked
}

// maxKey is the largest key file that is read.
const maxKey = 1 << 20

// minPassphrase is the shortest passphrase of a new key, in bytes.
const minPassphrase = 8

// Keys are the keys this machine knows, with their standing by the roster.
func (d *Desk) Keys() ([]KeyInfo, error) {
	ctx := context.Background()
	rows, err := d.wb.Identities(ctx)
	if err != nil {
		return nil, err
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	var out []KeyInfo
	for _, r := range rows {
		k := KeyInfo{Path: r.Path, Name: r.Name, Number: r.Number, Org: r.Org, SPKI: r.SPKI}
		if e := roster.Entry(r.SPKI); e != nil {
			k.Known = e.Revoked == nil
			for _, role := range e.Roles {
				k.Roles = append(k.Roles, string(role))
			}
		}
		out = append(out, k)
	}
	return out, nil
}

// NewKey makes a key, writes it as PKCS#12 under a passphrase, and remembers
// where it is. An existing file is not overwritten.
func (d *Desk) NewKey(path string, p seal.Person, passphrase string) (KeyInfo, error) {
	id, err := NewKeyFile(path, p, passphrase, d.clock)
	if err != nil {
		return KeyInfo{}, err
	}
	return d.remember(path, id)
}

// NewPersonKey is NewKey for callers that do not know package seal.
func (d *Desk) NewPersonKey(path, name, number, org, passphrase string) (KeyInfo, error) {
	return d.NewKey(path, seal.Person{Name: name, Number: number, Org: org}, passphrase)
}

// ImportKey copies a key file from elsewhere into the folder of keys beside the
// workbook, and remembers the copy: a stick is taken away again, and what another
// program wrote is often derived from the passphrase with few rounds. The copy is
// encrypted anew, under next or, with "", under the passphrase it had. The file
// that was there is not touched.
func (d *Desk) ImportKey(path, passphrase, next string) (KeyInfo, error) {
	id, err := OpenKey(path, passphrase)
	if err != nil {
		return KeyInfo{}, err
	}
	if next == "" {
		next = passphrase
	}
	out := d.importPath(path, id)
	if err := rewriteKey(out, id, next); err != nil {
		return KeyInfo{}, err
	}
	return d.AddKey(out, next)
}

// importPath is where the copy of a key goes: its name holds the key, so that
// only the same key is ever replaced. A file that lies there already stays.
func (d *Desk) importPath(path string, id *seal.Identity) string {
	dir := filepath.Join(filepath.Dir(d.Path()), "keys")
	if abs, err := filepath.Abs(path); err == nil && filepath.Dir(abs) == dir {
		return abs
	}
	name := id.Person().Number
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	return filepath.Join(dir, fileName(name)+"-"+id.SPKI()[:8]+".p12")
}

// AddKey remembers a key file that exists.
func (d *Desk) AddKey(path, passphrase string) (KeyInfo, error) {
	id, err := OpenKey(path, passphrase)
	if err != nil {
		return KeyInfo{}, err
	}
	return d.remember(path, id)
}

func (d *Desk) remember(path string, id *seal.Identity) (KeyInfo, error) {
	p := id.Person()
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	row := store.IdentityRow{SPKI: id.SPKI(), Path: abs, Name: p.Name, Number: p.Number, Org: p.Org, Cert: id.Certificate().Raw}
	if err := d.wb.PutIdentity(context.Background(), row); err != nil {
		return KeyInfo{}, err
	}
	return KeyInfo{Path: abs, Name: p.Name, Number: p.Number, Org: p.Org, SPKI: id.SPKI()}, nil
}

// OpenKey reads a key file.
func OpenKey(path, passphrase string) (*seal.Identity, error) {
	b, err := readFile(path, maxKey)
	if err != nil {
		return nil, err
	}
	return openIdentity(b, passphrase)
}

// Roster is the roster in force, or nil when there is none yet.
func (d *Desk) Roster() (*inspection.Roster, error) {
	row, err := d.wb.Roster(context.Background())
	if err != nil || row == nil {
		return nil, err
	}
	return row.Roster, nil
}

// IsBureau tells whether the bureau works here: with a key that has its role, or in
// a workbook that was made for it.
func (d *Desk) IsBureau() bool {
	keys, err := d.Keys()
	return d.Setting("kind", "") == "bureau" || err == nil && slices.ContainsFunc(keys, func(k KeyInfo) bool {
		return k.Known && slices.Contains(k.Roles, string(inspection.RoleBureau))
	})
}
