package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
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

// A draft is begun with a form that is wrong in a place, taken anew, and thrown
// away from the terminal as in the window.
func TestRubricDraftByForms(t *testing.T) {
	dir, _ := demoIn(t)
	wb := filepath.Join(dir, "bureau.xpb")
	good, bad := filepath.Join(dir, "good.xlsx"), filepath.Join(dir, "bad.xlsx")
	if code, _, errOut := ctl("rubric", "export", "zfwz-2019", "-o", good); code != 0 {
		t.Fatal(errOut)
	}
	f, err := excelize.OpenFile(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr("指标", "E2", "101"); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(bad); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := ctl("rubric", "draft", bad, "--workbook", wb, "--json")
	var draft struct {
		ID, Code string
		Problems int
		Cells    []struct{ Sheet, Cell string }
	}
	if err := json.Unmarshal([]byte(out), &draft); err != nil || code != 0 || draft.Code != "zfwz-2019" || draft.Problems != 1 || len(draft.Cells) != 1 || draft.Cells[0].Cell != "E2" {
		t.Fatal(code, out, errOut)
	}
	for _, x := range []struct {
		code int
		says string
		args []string
	}{
		{1, "", []string{"rubric", "publish", draft.ID, "--version", "2"}},
		{0, `"problems":0`, []string{"rubric", "take", draft.ID, good, "--json"}},
		{1, "", []string{"rubric", "redo", draft.ID}},
		{0, `"problems":1`, []string{"rubric", "undo", draft.ID, "--json"}},
		{1, "", []string{"rubric", "publish", draft.ID, "--version", "2"}},
		{0, `"problems":0`, []string{"rubric", "redo", draft.ID, "--json"}},
		{0, draft.ID, []string{"rubric", "drafts"}},
		{0, "", []string{"rubric", "export", draft.ID, "-o", bad}},
		{0, "[", []string{"rubric", "carry", draft.ID, "--json"}},
		{0, "没有不同", []string{"rubric", "diff", "zfwz-2019", draft.ID}},
		{0, "", []string{"rubric", "discard", draft.ID}},
		{1, "", []string{"rubric", "discard", draft.ID}},
		{1, "", []string{"rubric", "take", draft.ID, good}},
	} {
		if code, out, errOut := ctl(append(x.args, "--workbook", wb)...); code != x.code || !strings.Contains(out, x.says) {
			t.Errorf("%v: %d %s %s", x.args, code, out, errOut)
		}
	}
}

// A clerk's year from the terminal: a case is kept, a filled-in form published by
// its document, tried and found in use; what is refused changes nothing.
func TestRubricYear(t *testing.T) {
	dir, _ := demoIn(t)
	wb := filepath.Join(dir, "bureau.xpb")
	book, text := filepath.Join(dir, "r.xlsx"), filepath.Join(dir, "case.txt")
	if err := os.WriteFile(text, []byte("A1 缺项 文1 2019-07-01\nA2-1\nA2-2 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, builtin, _ := ctl("rubric", "hash", "jutongyong-2019")
	builtin = strings.TrimSpace(builtin)
	for _, x := range []struct {
		code int
		says string
		args []string
	}{
		{0, "94.57", []string{"rubric", "try", "jutongyong-2019", text}},
		{0, "94.57", []string{"rubric", "keep", "jutongyong-2019", text, "--name", "缺A1", "--total", "94.57"}},
		{0, "", []string{"rubric", "export", "jutongyong-2019", "-o", book}},
		{1, "", []string{"rubric", "publish", book, "--version", "2", "--points", "official"}},
		{2, "", []string{"rubric", "publish", book, "--version", "2", "--points", "perhaps"}},
		{0, "sha256", []string{"rubric", "publish", book, "--version", "2", "--points", "official", "--rules", "official", "--document", "桂数发〔2020〕1号", "--json"}},
		{1, "", []string{"rubric", "publish", book, "--version", "2"}},
		{0, "相符", []string{"rubric", "cases", builtin}},
		{0, "2019-08", []string{"rubric", "uses"}},
		{0, "[", []string{"rubric", "carry", builtin, "--json"}},
		{1, "", []string{"rubric", "export", "jutongyong-2019", "-o", book}},
		{0, "", []string{"rubric", "archive", builtin}},
		{0, `"archived":true`, []string{"rubric", "list", "--json"}},
		{0, "", []string{"rubric", "offer", builtin}},
		{0, "-", []string{"rubric", "draft", "zfwz-2019"}},
		{0, "zfwz-2019", []string{"rubric", "drafts"}},
		{0, `"differences":[]`, []string{"rubric", "recheck", "--json"}},
		{0, "", []string{"rubric", "keep", builtin, text, "--name", "缺A1", "--total", "1"}},
		{1, "缺A1", []string{"rubric", "cases", builtin}},
		{0, "", []string{"rubric", "drop", builtin, "--name", "缺A1"}},
		{1, "", []string{"rubric", "drop", builtin, "--name", "缺A1"}},
		{0, "", []string{"unit", "export", "-o", filepath.Join(dir, "u.xlsx")}},
		{0, `"changed":0`, []string{"unit", "import", filepath.Join(dir, "u.xlsx"), "--json"}},
	} {
		if code, out, errOut := ctl(append(x.args, "--workbook", wb)...); code != x.code || !strings.Contains(out, x.says) {
			t.Errorf("%v: %d %s %s", x.args, code, out, errOut)
		}
	}
}
