package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The built-in rubrics go to Excel and come back with their hash; a workbook
// that is none is refused.
func TestRubricByExcel(t *testing.T) {
	dir := t.TempDir()
	book, back := filepath.Join(dir, "r.xlsx"), filepath.Join(dir, "r.json")
	_, hash, _ := ctl("rubric", "hash", "jutongyong-2019")
	if code, _, errOut := ctl("rubric", "export", "jutongyong-2019", "-o", book); code != 0 {
		t.Fatal(code, errOut)
	}
	if code, out, errOut := ctl("rubric", "import", book, "-o", back, "--json"); code != 0 || !strings.Contains(out, strings.TrimSpace(hash)) {
		t.Fatal(code, out, errOut)
	}
	if _, again, _ := ctl("rubric", "hash", back); again != hash {
		t.Fatalf("%s after %s", again, hash)
	}
	if err := os.WriteFile(book, []byte("no workbook"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errOut := ctl("rubric", "import", book, "-o", back); code != 1 || errOut == "" {
		t.Error(code, errOut)
	}
}
