package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/xuri/excelize/v2"
)

// noticeOf signs a notice about the first finding of a record, "" if it has none.
func noticeOf(t *testing.T, o *office, path string, signed []string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rec struct {
		Rubric struct{ SHA256 string }
		Round  struct {
			Code  string
			Trial bool
		}
		Unit    struct{ Code string }
		Entries map[string]struct{ Findings []struct{ ID string } }
	}
	if err := json.Unmarshal(b, &rec); err != nil {
		t.Fatal(err)
	}
	for code, e := range rec.Entries {
		for _, f := range e.Findings {
			sum := sha256.Sum256(b)
			act := fmt.Sprintf(`{"kind":"rectify","about":[%q],"case":{"round":%q,"rubric":%q,"trial":%t,"unit":%q},"date":"2019-08-26","items":{%q:{"text":"完成","until":"2019-09-30"}}}`,
				hex.EncodeToString(sum[:]), rec.Round.Code, rec.Rubric.SHA256, rec.Round.Trial, rec.Unit.Code, code+"/"+f.ID)
			var made struct{ SHA256 string }
			must(t, &made, append([]string{"act", "new", o.write("notice.json", act), "-o", o.path("notice.zip")}, signed...)...)
			return made.SHA256
		}
	}
	return ""
}

func fill(t *testing.T, path string, cells map[string]string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, v := range cells {
		if err := f.SetCellStr(f.GetSheetName(0), cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}
