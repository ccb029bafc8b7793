package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The number of a batch is said by the merge that made it and by undo without a
// number; undo, ledger and backup say what they did, also as JSON.
func TestTheNumberOfABatchIsSaid(t *testing.T) {
	dir, root := demoIn(t)
	wb, out := filepath.Join(t.TempDir(), "wb.xpb"), t.TempDir()
	must(t, nil, "init", wb)
	if said := must(t, nil, "undo", "--workbook", wb); !strings.Contains(said, "还没有导入过文件") {
		t.Errorf("an empty list of batches says %q", said)
	}
	must(t, nil, "roster", "import", filepath.Join(dir, "roster.zip"), "--root", root, "--workbook", wb)
	if said := must(t, nil, "merge", filepath.Join(dir, "sealed"), "--workbook", wb); !strings.HasSuffix(said, "第 1 批；要整批撤回，用 undo 1") {
		t.Errorf("merge says %q", said)
	}
	if said := must(t, nil, "merge", filepath.Join(dir, "sealed"), "--workbook", wb); strings.Contains(said, "undo") {
		t.Errorf("a merge that brought nothing says %q", said)
	}
	var written struct{ Ledger, Backup string }
	must(t, &written, "ledger", "--round", "2019-08", "-o", filepath.Join(out, "l.xlsx"), "--workbook", wb)
	must(t, &written, "backup", "-o", filepath.Join(out, "b.xpb"), "--workbook", wb)
	if written.Ledger != filepath.Join(out, "l.xlsx") || written.Backup != filepath.Join(out, "b.xpb") {
		t.Errorf("written are %+v", written)
	}
	var done struct{ Undone int }
	if must(t, &done, "undo", "1", "--workbook", wb); done.Undone != 1 {
		t.Errorf("undone is %d", done.Undone)
	}
	var list []struct {
		Batch, Files, Merged int
		Undone               bool
	}
	if must(t, &list, "undo", "--workbook", wb); len(list) != 1 || list[0].Batch != 1 || !list[0].Undone || list[0].Merged != 6 || list[0].Files != 6 {
		t.Errorf("the list is %+v", list)
	}
	if said := must(t, nil, "undo", "--workbook", wb); !strings.HasPrefix(said, "1\t") || !strings.HasSuffix(said, "已整批撤回") {
		t.Errorf("the list says %q", said)
	}
}
