package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// wanted are the pragmas a connection must report, read back after opening: a
// misspelt one is ignored by SQLite without a word.
var wanted = []struct{ name, value string }{
	{"synchronous", "2"}, {"foreign_keys", "1"}, {"trusted_schema", "0"},
	{"cell_size_check", "1"}, {"mmap_size", "0"}, {"temp_store", "2"}, {"busy_timeout", "5000"},
	{"cache_size", "-16384"}, {"journal_size_limit", "67108864"},
}

// dsn names the file at path as a URI. mode is rwc, rw or ro; a plain path
// would let a ? or # in a folder's name open another file.
func dsn(path, mode string, extra ...string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("workbook path: %w", err)
	}
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/… on Windows
	}
	q := url.Values{}
	q.Set("mode", mode)
	q.Set("_busy_timeout", "5000")
	q.Set("_synchronous", "FULL")
	q.Set("_foreign_keys", "on")
	q.Set("_txlock", "immediate")
	q.Set("_defensive", "1")
	q.Set("_dqs", "0")
	for _, p := range []string{
		"trusted_schema(0)", "cell_size_check(1)", "mmap_size(0)", "temp_store(2)",
		"cache_size(-16384)", "journal_size_limit(67108864)",
	} {
		q.Add("_pragma", p)
	}
	if mode == "ro" {
		q.Add("_pragma", "query_only(1)")
	} else {
		q.Set("_journal_mode", "WAL")
	}
	for _, e := range extra {
		k, v, _ := strings.Cut(e, "=")
		q.Add(k, v)
	}
	u := url.URL{Scheme: "file", Path: p, RawQuery: q.Encode()}
	return u.String(), nil
}

// checkPragmas reads the pragmas of one connection back.
func checkPragmas(ctx context.Context, c *sql.Conn, writer bool) error {
	want := wanted
	if writer {
		want = append(want[:len(want):len(want)], struct{ name, value string }{"journal_mode", "wal"})
	} else {
		want = append(want[:len(want):len(want)], struct{ name, value string }{"query_only", "1"})
	}
	for _, p := range want {
		var got string
		if err := c.QueryRowContext(ctx, "PRAGMA "+p.name).Scan(&got); err != nil {
			return fmt.Errorf("read pragma %s: %w", p.name, err)
		}
		if got != p.value {
			return fmt.Errorf("pragma %s is %s, want %s", p.name, got, p.value)
		}
	}
	return nil
}
