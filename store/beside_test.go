package store

import (
	"testing"

	"xunping/inspection"
)

// A workbook of before has settled the field of what came beside a record; what
// is only in a PDF keeps the field it was made for.
func TestFieldsOfBeforeAreUnsettled(t *testing.T) {
	db := laidBefore(t, 4)
	for i, s := range []struct{ field, p7s, key string }{
		{"inspector", "x", "a"}, {"coinspector", "x", "b"}, {"bureau", "x", "b"}, {"bureau", "x", "c"}, {"coinspector", "", "d"}, {"act", "x", "e"},
	} {
		if _, err := db.Exec(`INSERT INTO signature(id, object_id, field, spki, claimed, cert, p7s) VALUES (?, 1, ?, CAST(? || zeroblob(31) AS BLOB), '', x'', CAST(? AS BLOB))`,
			i, s.field, s.key, s.p7s); err != nil {
			t.Fatal(err)
		}
	}
	if err := migrate(t.Context(), db, migrations); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := db.QueryRow(`SELECT group_concat(field, ' ') FROM (SELECT field FROM signature ORDER BY spki)`).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "inspector " + inspection.FieldBeside + " " + inspection.FieldBeside + " coinspector act"; got != want {
		t.Errorf("the fields are %q, want %q", got, want)
	}
}
