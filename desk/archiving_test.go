package desk

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"xunping/report"
)

// A round in the archive is proven without its workbook; every byte of every
// kind of file counts, and what is missing or too much is named.
func TestArchiveIsProven(t *testing.T) {
	o := newOffice(t, 3)
	dir := filepath.Join(t.TempDir(), "archive")
	a := Archiving{Round: "2019-08", Dir: dir, Fonds: "X001", Level: ""}
	if _, err := o.bureau.Archive(t.Context(), a, nil); err == nil {
		t.Fatal("a retention was chosen by the program")
	}
	a.Retention = "30年"
	done, err := o.bureau.Archive(t.Context(), a, nil)
	must(t, err)
	if _, err := o.bureau.Archive(t.Context(), a, nil); err == nil {
		t.Error("an archive was written over another")
	}
	r, err := CheckArchive(t.Context(), dir, done.Root, nil)
	must(t, err)
	if len(r.Problems) > 0 || r.Cards != 3 || r.Acts == 0 || r.Files != done.Files-1 || !r.Pinned {
		t.Fatalf("%+v after %+v", r, done)
	}
	if r, _ := CheckArchive(t.Context(), dir, strings.Repeat("0", 64), nil); len(r.Problems) == 0 {
		t.Error("the archive holds under a root that is not its own")
	}
	catalogued(t, dir, done)
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	must(t, err)
	inner, err := filepath.Glob(filepath.Join(dir, "*", "*", "*"))
	must(t, err)
	top, err := filepath.Glob(filepath.Join(dir, "0*.*"))
	must(t, err)
	changed := 0
	for _, f := range append(append(files, inner...), top...) {
		if info, err := os.Stat(f); err != nil || info.IsDir() {
			continue
		}
		changed++
		oneByteChanged(t, dir, f, done.Root)
	}
	if changed != done.Files-1 {
		t.Errorf("%d of %d files were changed", changed, done.Files-1)
	}
	if sum, err := exec.LookPath("sha256sum"); err == nil { // an independent program agrees with the list
		cmd := exec.Command(sum, "-c", "--quiet", archiveHashes)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("sha256sum: %v: %s", err, out)
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "more.txt"), []byte("x"), 0o600))
	must(t, os.Remove(filepath.Join(dir, filepath.FromSlash(archiveReport))))
	r, err = CheckArchive(t.Context(), dir, done.Root, nil)
	must(t, err)
	if text := strings.Join(r.Problems, "\n"); !strings.Contains(text, "more.txt") || !strings.Contains(text, archiveReport) || len(r.Problems) != 2 {
		t.Errorf("%q", r.Problems)
	}
}

func oneByteChanged(t *testing.T, dir, file, root string) {
	t.Helper()
	b, err := os.ReadFile(file)
	must(t, err)
	b[len(b)/2] ^= 1
	must(t, os.WriteFile(file, b, 0o600))
	r, err := CheckArchive(t.Context(), dir, root, nil)
	must(t, err)
	rel, _ := filepath.Rel(dir, file)
	if !strings.Contains(strings.Join(r.Problems, "\n"), filepath.ToSlash(rel)) && !strings.HasPrefix(filepath.ToSlash(rel), "04-") {
		t.Errorf("a changed byte of %s: %q", rel, r.Problems)
	}
	if len(r.Problems) == 0 {
		t.Errorf("a changed byte of %s is not seen", rel)
	}
	b[len(b)/2] ^= 1
	must(t, os.WriteFile(file, b, 0o600))
}

// catalogued reads the XML list back: numbers run on, every place exists.
func catalogued(t *testing.T, dir string, done Archived) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "00-归档文件目录.xml"))
	must(t, err)
	var c report.Catalogue
	must(t, xml.Unmarshal(b, &c))
	if len(c.Items) != done.Items || c.Retention != "30年" {
		t.Fatalf("%d items of %d, retention %q", len(c.Items), done.Items, c.Retention)
	}
	for i, x := range c.Items {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(x.Place))); err != nil {
			t.Errorf("%s is not there: %v", x.Place, err)
		}
		if x.Number != i+1 || !strings.HasPrefix(x.Code, "X001-2019-D30-") || x.Title == "" || x.Date == "" {
			t.Errorf("item %+v", x)
		}
		if strings.HasSuffix(x.Place, ".pdf") && x.Pages < 2 {
			t.Errorf("%s has %d pages", x.Place, x.Pages)
		}
	}
}

// A list of hashes that points out of the folder is refused before anything is
// read.
func TestHashListStaysInside(t *testing.T) {
	sum := strings.Repeat("a", 64)
	for _, bad := range []string{"", sum + " one space", sum + "  ../x", sum + "  /etc/passwd", sum + "  a/../../b", sum + "  a\n" + sum + "  a", "xyz  a"} {
		if _, err := readSums([]byte(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
