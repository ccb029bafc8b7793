package desk

import (
	"errors"

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
// another root than the confirmed one is a refusal.
func openRoster(pack []byte, root string) (*seal.SignedRoster, error) {
	if _, err := seal.OpenRoster(pack, ""); err != nil {
		return nil, damaged{err}
	}
	return seal.OpenRoster(pack, root)
}
