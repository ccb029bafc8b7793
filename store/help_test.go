package store

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

func scanText(out *[]string) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		*out = append(*out, s)
		return err
	}
}

func dumpTable(t testing.TB, w *Workbook, table string) string {
	t.Helper()
	var b strings.Builder
	err := each(ctx, w.rdb, func(r *sql.Rows) error {
		cols, err := r.Columns()
		if err != nil {
			return err
		}
		vals := make([]any, len(cols))
		for i := range vals {
			vals[i] = new(any)
		}
		if err := r.Scan(vals...); err != nil {
			return err
		}
		for i, v := range vals {
			fmt.Fprintf(&b, "%s=%v ", cols[i], *v.(*any))
		}
		b.WriteString("\n")
		return nil
	}, `SELECT * FROM "`+table+`" ORDER BY 1, 2`)
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func logLines(t testing.TB, w *Workbook) int {
	t.Helper()
	n, err := w.VerifyLog(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func mustObjects(t testing.TB, w *Workbook) []Object {
	t.Helper()
	list, err := w.Revisions(ctx, "2019-08", "")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func contains(s, part string) bool { return strings.Contains(s, part) }
