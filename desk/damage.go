package desk

import (
	"errors"

	"xunping/assets/i18n"
	"xunping/seal"
	"xunping/store"
)

// damaged marks an error as damage of a workbook, roster or key itself, as
// opposed to a file that is refused.
type damaged struct{ error }

func (d damaged) Unwrap() error { return d.error }

// IsDamaged tells whether err means that the workbook, roster or key itself is
// damaged or is not one.
func IsDamaged(err error) bool {
	var d damaged
	return errors.As(err, &d) || errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrNotWorkbook) || errors.Is(err, store.ErrNewer)
}

// openIdentity reads a key file of which the bytes are at hand. A wrong passphrase
// is no damage.
func openIdentity(b []byte, passphrase string) (*seal.Identity, error) {
	id, err := seal.OpenIdentity(b, passphrase)
	if err != nil && !errors.Is(err, seal.ErrPassphrase) {
		err = damaged{err}
	}
	return id, err
}

// openRoster proves a roster pack. What does not hold in itself is damage;
// another root than the confirmed one is a refusal, and so is none at all: the file
// would vouch for itself.
func openRoster(pack []byte, root string) (*seal.SignedRoster, error) {
	if root == "" {
		return nil, i18n.E("还没有确认根证书的指纹。请当面核对指纹后用 --root 给出")
	}
	if _, err := seal.OpenRoster(pack, ""); err != nil {
		return nil, damaged{err}
	}
	return seal.OpenRoster(pack, root)
}
