package store

import (
	"context"
	"database/sql"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

// Setting is the remembered value of key, "" when there is none.
func (w *Workbook) Setting(ctx context.Context, key string) (string, error) {
	var v string
	err := each(ctx, w.rdb, func(r *sql.Rows) error { return r.Scan(&v) }, `SELECT value FROM setting WHERE key = ?`, key)
	return v, err
}

// SetSetting remembers a value of this machine; it is no part of the set.
func (w *Workbook) SetSetting(ctx context.Context, key, value string) error {
	return w.write(ctx, func(tx *tx) error { return tx.set(key, value) })
}

func (t *tx) set(key, value string) error {
	return t.exec(`INSERT INTO setting(key, value) VALUES (?, ?)
		ON CONFLICT(key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`, key, value)
}

// Settings are the remembered values whose keys begin with prefix, by key.
func (w *Workbook) Settings(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var k, v string
		err := r.Scan(&k, &v)
		out[k] = v
		return err
	}, `SELECT key, value FROM setting WHERE substr(key, 1, length(?1)) = ?1`, prefix)
	return out, err
}

// SetSettings remembers many values in one transaction: all of them or none.
func (w *Workbook) SetSettings(ctx context.Context, values map[string]string) error {
	return w.write(ctx, func(tx *tx) error {
		for key, value := range values {
			if err := tx.set(key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// UnitRow is one unit 被检查单位 of the local list. Pinyin are the initials
// that find it by keyboard.
type UnitRow struct {
	Code, Name, Kind, Liaison, Phone, Pinyin string
}

// PutUnits adds units or replaces those with the same code; the order given is
// the order of lists.
func (w *Workbook) PutUnits(ctx context.Context, units []UnitRow) error {
	return w.write(ctx, func(tx *tx) error { return tx.putUnits(units) })
}

// ImportUnits is PutUnits with a line in the log that says what it changed: both or
// neither.
func (w *Workbook) ImportUnits(ctx context.Context, units []UnitRow, fields map[string]any) error {
	return w.write(ctx, func(tx *tx) error {
		if err := tx.putUnits(units); err != nil {
			return err
		}
		return w.logTx(tx, "units", fields)
	})
}

func (t *tx) putUnits(units []UnitRow) error {
	var last int
	if _, err := t.one([]any{&last}, `SELECT coalesce(max(pos), 0) FROM unit`); err != nil {
		return err
	}
	for i, u := range units {
		err := t.exec(`INSERT INTO unit(code, pos, name, kind, liaison, phone, pinyin) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT(code) DO UPDATE SET name = excluded.name, kind = excluded.kind, liaison = excluded.liaison,
			phone = excluded.phone, pinyin = excluded.pinyin`, u.Code, last+i+1, u.Name, u.Kind, u.Liaison, u.Phone, u.Pinyin)
		if err != nil {
			return err
		}
	}
	return nil
}

// Units is the whole list in its order.
func (w *Workbook) Units(ctx context.Context) ([]UnitRow, error) {
	return w.units(ctx, `SELECT code, name, kind, liaison, phone, pinyin FROM unit ORDER BY pos, code`)
}

// Unit finds one unit; ErrNotFound when the list does not have it.
func (w *Workbook) Unit(ctx context.Context, code string) (UnitRow, error) {
	us, err := w.units(ctx, `SELECT code, name, kind, liaison, phone, pinyin FROM unit WHERE code = ?`, code)
	if err == nil && len(us) == 0 {
		err = i18n.E("单位列表里没有 %s", code, ErrNotFound)
	}
	if err != nil {
		return UnitRow{}, err
	}
	return us[0], nil
}

func (w *Workbook) units(ctx context.Context, query string, args ...any) ([]UnitRow, error) {
	var out []UnitRow
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var u UnitRow
		if err := r.Scan(&u.Code, &u.Name, &u.Kind, &u.Liaison, &u.Phone, &u.Pinyin); err != nil {
			return err
		}
		out = append(out, u)
		return nil
	}, query, args...)
	return out, err
}

// RoundRow 检查轮次 is a round as this workbook defines it: what records carry,
// the rubric it ranks, and the units to visit.
type RoundRow struct {
	inspection.Round
	RubricHash string
	Closed     bool
	Units      []string // codes, in order
}

// PutRound adds a round or replaces the one with its code.
func (w *Workbook) PutRound(ctx context.Context, r RoundRow) error {
	body, err := canon.Encode(r.Round)
	if err != nil {
		return err
	}
	rubric, err := unhex(r.RubricHash)
	if err != nil {
		return err
	}
	return w.write(ctx, func(tx *tx) error {
		err := tx.exec(`INSERT INTO round(code, body, rubric, closed) VALUES (?, ?, ?, ?)
			ON CONFLICT(code) DO UPDATE SET body = excluded.body, rubric = excluded.rubric, closed = excluded.closed`,
			r.Code, string(body), rubric, r.Closed)
		if err != nil {
			return err
		}
		if err := tx.exec(`DELETE FROM round_unit WHERE round = ?`, r.Code); err != nil {
			return err
		}
		for i, u := range r.Units {
			if err := tx.exec(`INSERT INTO round_unit(round, pos, unit) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, r.Code, i, u); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rounds are all rounds by code, with their units.
func (w *Workbook) Rounds(ctx context.Context) ([]RoundRow, error) {
	out, err := w.RoundHeads(ctx)
	for i := range out {
		if err == nil {
			out[i].Units, err = w.unitsOf(ctx, out[i].Code)
		}
	}
	return out, err
}

// RoundHeads are all rounds by code, without their units: who opens one unit does
// not read ten thousand.
func (w *Workbook) RoundHeads(ctx context.Context) ([]RoundRow, error) {
	return w.rounds(ctx, `SELECT code, body, rubric, closed FROM round ORDER BY code`)
}

// Round finds a round; ErrNotFound when this workbook does not define it.
func (w *Workbook) Round(ctx context.Context, code string) (RoundRow, error) {
	r, err := w.RoundHead(ctx, code)
	if err == nil {
		r.Units, err = w.unitsOf(ctx, code)
	}
	return r, err
}

// RoundHead is Round without its units.
func (w *Workbook) RoundHead(ctx context.Context, code string) (RoundRow, error) {
	rs, err := w.rounds(ctx, `SELECT code, body, rubric, closed FROM round WHERE code = ?`, code)
	if err == nil && len(rs) == 0 {
		err = i18n.E("没有轮次 %s", code, ErrNotFound)
	}
	if err != nil {
		return RoundRow{Round: inspection.Round{Code: code}}, err
	}
	return rs[0], nil
}

// RoundBefore is the code of the last round before one, defined here or known from
// records; "" for none.
func (w *Workbook) RoundBefore(ctx context.Context, code string) (string, error) {
	var before sql.NullString
	err := w.rdb.QueryRowContext(ctx, `SELECT max(c) FROM (SELECT max(code) AS c FROM round WHERE code < ?1
		UNION ALL SELECT max(round) FROM case_view WHERE round < ?1)`, code).Scan(&before)
	return before.String, err
}

func (w *Workbook) unitsOf(ctx context.Context, round string) (out []string, err error) {
	err = each(ctx, w.rdb, func(r *sql.Rows) error {
		var u string
		if err := r.Scan(&u); err != nil {
			return err
		}
		out = append(out, u)
		return nil
	}, `SELECT unit FROM round_unit WHERE round = ? ORDER BY pos`, round)
	return out, err
}

func (w *Workbook) rounds(ctx context.Context, query string, args ...any) ([]RoundRow, error) {
	var out []RoundRow
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var row RoundRow
		var code, body string
		var rubric []byte
		if err := r.Scan(&code, &body, &rubric, &row.Closed); err != nil {
			return err
		}
		if err := canon.Decode([]byte(body), &row.Round); err != nil {
			return err
		}
		row.RubricHash = hexed(rubric)
		out = append(out, row)
		return nil
	}, query, args...)
	return out, err
}

// IdentityRow is the public part of a key this machine knows: where its
// PKCS#12 file lies and whose it is. The key itself never comes here.
type IdentityRow struct {
	SPKI, Path, Name, Number, Org string
	Cert                          []byte // DER
}

// PutIdentity remembers a key, or its new path.
func (w *Workbook) PutIdentity(ctx context.Context, id IdentityRow) error {
	spki, err := unhex(id.SPKI)
	if err != nil {
		return err
	}
	return w.write(ctx, func(tx *tx) error {
		return tx.exec(`INSERT INTO identity(spki, path, name, number, org, cert) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT(spki) DO UPDATE SET path = excluded.path, name = excluded.name, number = excluded.number,
			org = excluded.org, cert = excluded.cert`, spki, id.Path, id.Name, id.Number, id.Org, notNil(id.Cert))
	})
}

// Identities are the keys this machine knows, by name.
func (w *Workbook) Identities(ctx context.Context) ([]IdentityRow, error) {
	var out []IdentityRow
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		var id IdentityRow
		var spki []byte
		if err := r.Scan(&spki, &id.Path, &id.Name, &id.Number, &id.Org, &id.Cert); err != nil {
			return err
		}
		id.SPKI = hexed(spki)
		out = append(out, id)
		return nil
	}, `SELECT spki, path, name, number, org, cert FROM identity ORDER BY name, spki`)
	return out, err
}

// notNil is b as an empty value instead of NULL.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
