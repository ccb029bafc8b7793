package desk

import (
	"os"
	"path/filepath"
	"testing"

	"xunping/inspection"
)

// What cannot be undone, or brings something new, is done after a copy of the
// workbook: a roster that is merged or imported over another, a merge, an
// acceptance. What brings nothing makes none.
func TestCopiesBeforeWhatComes(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.emptyBook("one.xpb")
	copies := 0
	want := func(what string, more int) {
		t.Helper()
		made, err := filepath.Glob(filepath.Join(d.backups(), "*.xpb"))
		must(t, err)
		if copies += more; len(made) != copies {
			t.Fatalf("%s: %d copies, want %d", what, len(made), copies)
		}
	}
	want("the first roster", 0)
	root, err := OpenRoot(filepath.Join(o.dir, "keys", "root.p12"), DemoPassphrase)
	must(t, err)
	roster, err := d.Roster()
	must(t, err)
	renew := func() []byte {
		t.Helper()
		pack, err := o.bureau.Renew(root, roster.Entries[0].Number)
		must(t, err)
		return pack
	}
	path := filepath.Join(t.TempDir(), "roster.zip")
	must(t, os.WriteFile(path, renew(), 0o600))
	_, err = d.Merge(ctx, []string{path}, true, nil)
	must(t, err)
	want("a trial", 0)
	for _, more := range []int{1, 0} {
		_, err := d.Merge(ctx, []string{path}, false, nil)
		must(t, err)
		want("a merged roster", more)
	}
	_, err = d.ImportRoster(renew(), "")
	must(t, err)
	want("an imported roster", 1)

	list, err := o.bureau.History("2019-08", o.units[0])
	must(t, err)
	whole := filepath.Join(t.TempDir(), "a.pdf")
	must(t, o.bureau.SavePDF(list[0], whole))
	for _, more := range []int{1, 0} {
		_, err := d.Merge(ctx, []string{whole}, false, nil)
		must(t, err)
		want("a merge", more)
	}
	other, err := o.bureau.History("2019-08", o.units[1])
	must(t, err)
	damaged := filepath.Join(t.TempDir(), "b.pdf")
	must(t, o.bureau.SavePDF(other[0], damaged))
	b, err := os.ReadFile(damaged)
	must(t, err)
	must(t, os.WriteFile(damaged, append(b, "\n% printed\n"...), 0o600))
	_, err = d.Accept(ctx, damaged, "转存时版面签名失效", filepath.Join(o.dir, "keys", "bureau.p12"), DemoPassphrase, "")
	must(t, err)
	want("an acceptance", 1)
}

// A batch on which something made here rests stays, and it is said what that is.
func TestUndoSaysWhatRestsOnIt(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d := t.Context(), o.emptyBook("one.xpb")
	unit, hash, code, _ := o.faulty()
	path := filepath.Join(t.TempDir(), "a.pdf")
	must(t, o.bureau.SavePDF(Revision{Hash: hash}, path))
	r, err := d.Merge(ctx, []string{path}, false, nil)
	must(t, err)
	o.did(d.RegisterObjection(ctx, ObjectionEntry{Record: hash, Served: "2019-08-27", Received: "2019-08-29",
		Claims: map[string]inspection.ActItem{code: {Text: "已完成", Claim: "0"}}}, o.key, ""))
	name := o.bureau.unitNamed(unit).Name
	o.refused(d.UndoBatch(ctx, r.Batch), "“异议”（"+name+"、2019-08、")
}
