package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

var migrations, _ = fs.Sub(migrationFiles, "migrations") // a constant, valid name

// registered makes a stored document readable for a migration. SQLite hands
// functions to connections that are opened later, so this is done first of all.
var registered = sqlite.RegisterDeterministicScalarFunction("inflated", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	packed, ok := args[0].([]byte)
	if !ok {
		return nil, fmt.Errorf("inflated: %T", args[0])
	}
	b, err := inflate(packed)
	return string(b), err
})

// migrate runs the missing migrations, one transaction each. A failing one
// leaves the workbook as it was before it.
func migrate(ctx context.Context, db *sql.DB, files fs.FS) error {
	if registered != nil {
		return fmt.Errorf("migrations: %w", registered)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// deriveAgain derives what a migration has asked for: the cases of units of which an
// act has taken the place of another. The wish stays in the workbook until it is done.
func (w *Workbook) deriveAgain(ctx context.Context) error {
	if wish, err := w.Setting(ctx, settingDerive); err != nil || wish == "" {
		return err
	}
	return w.write(ctx, func(t *tx) error {
		c := newTouch()
		err := each(t.ctx, t, func(r *sql.Rows) error {
			var unit string
			err := r.Scan(&unit)
			c.units[unit] = true
			return err
		}, `SELECT DISTINCT k.unit FROM object o JOIN case_key k ON k.id = o.case_id
			WHERE o.kind = 2 AND json_extract(CAST(o.node AS TEXT), '$.replaces') <> ''`)
		if err == nil {
			err = w.derive(t, c)
		}
		if err != nil {
			return err
		}
		return t.exec(`DELETE FROM setting WHERE key = ?`, settingDerive)
	})
}

// settingDerive is set by a migration that changes what results follow from.
const settingDerive = "derive again"
