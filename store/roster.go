package store

import (
	"context"
	"database/sql"
	"reflect"
	"slices"
	"sync"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

const settingRoot = "root"

// RootPin is the fingerprint of the root that a person confirmed here; "" when
// none was.
func (w *Workbook) RootPin(ctx context.Context) (string, error) { return w.Setting(ctx, settingRoot) }

// RosterRow is a kept roster 名册 with its signature.
type RosterRow struct {
	Hash      string
	Version   int
	Canonical []byte
	P7S       []byte
	Roster    *inspection.Roster
}

// PutRoster keeps a roster that the root with this fingerprint signed, proven
// against the pinned one. The highest version counts; new tells whether it is a
// higher one. The same version with another hash is refused, naming both. The pin
// moves to the root of the highest, so that a root that was changed has no say any
// more. All that the changed keys signed is looked at again, in the same
// transaction.
func (w *Workbook) PutRoster(ctx context.Context, canonical, p7s []byte, root string) (isNew bool, err error) {
	return w.putRoster(ctx, canonical, p7s, root, "", false)
}

// PutRoster is that of the workbook, with the copy that BackupInto asks for before
// a roster that is new takes the place of another: no undo brings that one back.
// The roster does not belong to the batch.
func (b *Batch) PutRoster(ctx context.Context, canonical, p7s []byte, root string) (isNew bool, err error) {
	isNew, err = b.w.putRoster(ctx, canonical, p7s, root, b.backups, false)
	if isNew {
		b.backups = "" // what follows in the batch needs no second one
	}
	return isNew, err
}

// StartAgain drops all rosters and takes one of another root, whatever its
// version. Only a person who compared the fingerprint may lead here. The workbook
// is copied into backups before, as by BackupInto.
func (w *Workbook) StartAgain(ctx context.Context, canonical, p7s []byte, root, backups string) error {
	_, err := w.putRoster(ctx, canonical, p7s, root, backups, true)
	return err
}

func (w *Workbook) putRoster(ctx context.Context, canonical, p7s []byte, root, backups string, again bool) (isNew bool, err error) {
	if _, err := unhex(root); err != nil {
		return false, err
	}
	r, err := inspection.ReadRoster(canonical)
	if err != nil {
		return false, err
	}
	hash := canon.Hash(canonical)
	h, err := unhex(hash)
	if err != nil {
		return false, err
	}
	err = w.write(ctx, func(t *tx) error {
		before, _, err := t.roster()
		if err != nil {
			return err
		}
		if backups != "" && before != nil && (before.Version < r.Version || again) {
			if err := w.backupBefore(t, backups); err != nil {
				return err
			}
		}
		if again {
			if err := t.exec(`DELETE FROM roster`); err != nil {
				return err
			}
		}
		var same []byte
		found, err := t.one([]any{&same}, `SELECT hash FROM roster WHERE version = ?`, r.Version)
		if err != nil {
			return err
		}
		if found && hexed(same) != hash {
			return i18n.E("名册第 %d 版已经有了，内容却不同：这里的是 %s，送来的是 %s。没有改动任何内容；请向发名册的人核对。", r.Version, hexed(same), hash, ErrExists)
		}
		if highest := before == nil || before.Version <= r.Version || again; highest {
			if err := t.set(settingRoot, root); err != nil {
				return err
			}
		}
		if found {
			return nil
		}
		if err := t.exec(`INSERT INTO roster(version, hash, payload, p7s) VALUES (?, ?, ?, ?)`, r.Version, h, deflate(canonical), notNil(p7s)); err != nil {
			return err
		}
		if err := w.logTx(t, "roster", map[string]any{"version": r.Version, "hash": hash, "root": root}); err != nil {
			return err
		}
		if before != nil && before.Version > r.Version && !again {
			return nil // an older one that was not here: kept, changes nothing
		}
		isNew = true
		w.trust.drop()
		c := newTouch()
		for _, spki := range changedKeys(before, r) {
			if err := t.touchSigner(c, spki); err != nil {
				return err
			}
		}
		return w.derive(t, c)
	})
	return isNew, err
}

// changedKeys are the keys whose say is not the same under both rosters.
func changedKeys(a, b *inspection.Roster) []string {
	var out []string
	all := map[string]bool{}
	for _, r := range []*inspection.Roster{a, b} {
		if r == nil {
			continue
		}
		for _, e := range r.Entries {
			all[e.SPKI] = true
		}
	}
	for spki := range all {
		if !reflect.DeepEqual(a.Entry(spki), b.Entry(spki)) {
			out = append(out, spki)
		}
	}
	slices.Sort(out)
	return out
}

// Roster is the highest roster, nil when there is none yet.
func (w *Workbook) Roster(ctx context.Context) (*RosterRow, error) {
	return readRoster(ctx, w.rdb)
}

func readRoster(ctx context.Context, q querier) (*RosterRow, error) {
	var row *RosterRow
	err := each(ctx, q, func(r *sql.Rows) error {
		var x RosterRow
		var h, packed []byte
		err := r.Scan(&x.Version, &h, &packed, &x.P7S)
		if err != nil {
			return err
		}
		x.Hash = hexed(h)
		if x.Canonical, err = inflate(packed); err != nil {
			return err
		}
		if x.Roster, err = inspection.ReadRoster(x.Canonical); err != nil {
			return err
		}
		row = &x
		return nil
	}, `SELECT version, hash, payload, p7s FROM roster ORDER BY version DESC LIMIT 1`)
	return row, err
}

func (t *tx) roster() (*inspection.Roster, string, error) {
	row, err := readRoster(t.ctx, t)
	if err != nil || row == nil {
		return nil, "", err
	}
	return row.Roster, row.Hash, nil
}

// trustCache keeps the trust of the highest roster between transactions.
type trustCache struct {
	mu    sync.Mutex
	trust *inspection.Trust
}

func (c *trustCache) drop() {
	c.mu.Lock()
	c.trust = nil
	c.mu.Unlock()
}

// trustTx is the trust as of this transaction. The chains of revoked keys are
// read, others are not needed.
func (w *Workbook) trustTx(t *tx) (*inspection.Trust, error) {
	w.trust.mu.Lock()
	defer w.trust.mu.Unlock()
	if w.trust.trust != nil {
		return w.trust.trust, nil
	}
	roster, _, err := t.roster()
	if err != nil {
		return nil, err
	}
	trust, err := makeTrust(t.ctx, t, roster)
	if err == nil {
		w.trust.trust = trust
	}
	return trust, err
}

func makeTrust(ctx context.Context, q querier, roster *inspection.Roster, links ...inspection.Link) (*inspection.Trust, error) {
	if roster != nil {
		for _, e := range roster.Entries {
			if e.Revoked == nil {
				continue
			}
			spki, err := unhex(e.SPKI)
			if err != nil {
				return nil, err
			}
			err = each(ctx, q, func(r *sql.Rows) error {
				var h, prev []byte
				if err := r.Scan(&h, &prev); err != nil {
					return err
				}
				links = append(links, inspection.Link{Hash: hexed(h), Signer: e.SPKI, Previous: hexed(prev)})
				return nil
			}, `SELECT hash, previous FROM object WHERE signer = ?`, spki)
			if err != nil {
				return nil, err
			}
		}
	}
	return inspection.NewTrust(roster, links), nil
}

// Trust is the trust of the highest roster, for asking about single objects
// and signatures.
func (w *Workbook) Trust(ctx context.Context, more ...inspection.Link) (*inspection.Trust, error) {
	row, err := w.Roster(ctx)
	if err != nil || row == nil {
		return inspection.NewTrust(nil, nil), err
	}
	return makeTrust(ctx, w.rdb, row.Roster, more...)
}
