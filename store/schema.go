package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"strings"
	"sync"
)

// schemaOf is the text of all tables, indexes and triggers, but those that
// SQLite makes by itself when it tidies up.
func schemaOf(ctx context.Context, q querier) (string, error) {
	var b strings.Builder
	err := each(ctx, q, func(r *sql.Rows) error {
		var kind, name, text string
		if err := r.Scan(&kind, &name, &text); err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %s %s\n", kind, name, text)
		return nil
	}, `SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type, name`)
	return b.String(), err
}

// expectedSchema is what the migrations of this program lay.
var expectedSchema = sync.OnceValues(func() (string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	ctx := context.Background()
	if err := migrate(ctx, db, migrations); err != nil {
		return "", err
	}
	return schemaOf(ctx, db)
})

func matches(hash, payload []byte, packed bool) bool {
	if packed {
		b, err := inflate(payload)
		if err != nil {
			return false
		}
		payload = b
	}
	h := sha256.Sum256(payload)
	return bytes.Equal(h[:], hash)
}
