package ui

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"xunping/assets/i18n"
	"xunping/desk"
)

// drop does what the window does when files are dragged onto it: it gives their
// addresses to the handler it was given.
func drop(s *shell, paths ...string) {
	uris := make([]fyne.URI, len(paths))
	for i, p := range paths {
		uris[i] = storage.NewFileURI(p)
	}
	s.dropped(fyne.NewPos(300, 200), uris)
}

// kinds are files of each kind that may be dragged onto the window, under names
// as people give them.
func kinds(t *testing.T, s *shell, dir string) map[string]string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "U 盘 #1%20（甲组）")
	must(t, os.MkdirAll(filepath.Join(folder, "内层"), 0o755))
	cards, _ := filepath.Glob(filepath.Join(dir, "sealed", "*", "*.pdf"))
	card, err := os.ReadFile(cards[0])
	must(t, err)
	pack, err := s.desk.RosterPack()
	must(t, err)
	out := map[string]string{"folder": filepath.Join(folder, "内层"), "missing": filepath.Join(folder, "没有.pdf")}
	for name, data := range map[string][]byte{"评分表 450100.pdf": card, "名册.zip": pack, "照片 1.png": testPicture(t), "清单.txt": []byte("一"), "空.txt": {}, "坏.pdf": card[:len(card)/2], "坏.zip": pack[:40]} {
		p := filepath.Join(folder, name)
		must(t, os.WriteFile(p, data, 0o600))
		out[name] = p
	}
	must(t, os.WriteFile(filepath.Join(folder, "内层", "450100.pdf"), card, 0o600))
	return out
}

// Evidence dropped on the inspection: pictures and other files are taken, what is
// empty, a folder or gone is named, and the rest taken all the same.
func TestDroppedOnTheInspection(t *testing.T) {
	s, dir, _ := office(t)
	files := kinds(t, s, dir)
	fresh := newWindow(t, "zh")
	v := at(t, fresh, "450100")
	v.open("A2")
	drop(fresh, files["照片 1.png"], files["清单.txt"], files["空.txt"], files["folder"], files["missing"], files["评分表 450100.pdf"])
	fresh.rest()
	got := v.in.Record()
	var names []string
	for _, e := range got.Evidence {
		names = append(names, e.Name+" "+e.Media)
	}
	want := []string{"照片 1.png image/jpeg", "清单.txt text/plain", "评分表 450100.pdf application/pdf"}
	if strings.Join(names, "|") != strings.Join(want, "|") || len(got.Entries["A2"].Evidence) != 3 {
		t.Errorf("evidence is %q", names)
	}
	words := strings.Join(said(fresh), "\n")
	if !strings.Contains(words, "有 3 个文件没有添加") || !strings.Contains(words, "空.txt") || !strings.Contains(words, "其余 3 个已添加") {
		t.Errorf("it says %s", words)
	}
	// With a dialog open nothing is taken behind it.
	drop(fresh, files["坏.pdf"])
	fresh.rest()
	if n := len(v.in.Record().Evidence); n != 3 {
		t.Errorf("behind a dialog the evidence became %d files", n)
	}
}

// Files dropped at the bureau are tried, not written: single files, folders, packs,
// and what is none of these.
func TestDroppedAtTheBureau(t *testing.T) {
	s, dir, _ := office(t)
	files := kinds(t, s, dir)
	before, err := s.desk.Digest("")
	must(t, err)
	synctest.Test(t, func(t *testing.T) {
		s.goTo(placeBureau)
		v := s.screen.(*bureauView)
		for _, c := range []struct {
			paths []string
			want  []string // outcomes of the rows
		}{
			{[]string{files["评分表 450100.pdf"]}, []string{desk.Identical}},
			{[]string{files["folder"]}, []string{desk.Identical}},
			{[]string{files["坏.pdf"], files["坏.zip"], files["评分表 450100.pdf"]}, []string{desk.Identical, desk.Refused, desk.Refused}},
			{[]string{files["清单.txt"], files["照片 1.png"]}, nil},
		} {
			drop(s, c.paths...)
			synctest.Wait()
			if got := outcomes(v); strings.Join(got, " ") != strings.Join(c.want, " ") {
				t.Errorf("%v: outcomes %v, want %v", c.paths, got, c.want)
			}
			v.clear()
		}
		for _, paths := range [][]string{{files["坏.pdf"]}, {files["评分表 450100.pdf"]}, {files["folder"], files["坏.pdf"]}} {
			drop(s, paths...) // the folder holds the same scorecard under another name
			synctest.Wait()
		}
		if got := outcomes(v); strings.Join(got, " ") != desk.Identical+" "+desk.Refused {
			t.Errorf("after three drops the table holds %v", got)
		}
	})
	if after, _ := s.desk.Digest(""); after != before {
		t.Error("dropping wrote something")
	}
}

// While the verifier is open it takes what is dropped, wherever one was; each
// kind gets an answer.
func TestDroppedOnTheVerifier(t *testing.T) {
	s, dir, _ := office(t)
	files := kinds(t, s, dir)
	synctest.Test(t, func(t *testing.T) {
		s.goTo(placeBureau)
		s.askVerify()
		for name, want := range map[string]string{"评分表 450100.pdf": "● 真实有效", "坏.pdf": "× 拒收", "名册.zip": "× 拒收", "坏.zip": "× 拒收", "清单.txt": "× 拒收", "missing": "× 拒收"} {
			drop(s, files[name])
			synctest.Wait()
			if words := strings.Join(said(s), "\n"); !strings.Contains(words, want) {
				t.Errorf("%s: it says %s", name, words)
			}
		}
	})
}

// On the list of units a task pack is opened; any other zip and any other file
// says what may be dropped where, or why it is no task.
func TestDroppedOnTheUnits(t *testing.T) {
	s, dir, _ := office(t)
	files := kinds(t, s, dir)
	for _, name := range []string{"评分表 450100.pdf", "照片 1.png", "folder", "missing"} {
		s.goTo(placeInspect)
		s.note.Objects = nil
		drop(s, files[name])
		if len(s.note.Objects) == 0 || s.win.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: nothing was said", name)
		}
	}
	for _, name := range []string{"坏.zip", "名册.zip"} {
		drop(s, files[name])
		top := s.win.Canvas().Overlays().Top()
		if top == nil || !strings.Contains(strings.Join(said(s), "\n"), i18n.T("没有做成")) {
			t.Fatalf("%s: no reason was given", name)
		}
		s.win.Canvas().Overlays().Remove(top)
	}
	drop(s) // nothing at all
}

// outcomes are those of the rows of the staging table, sorted.
func outcomes(v *bureauView) []string {
	var out []string
	for _, r := range v.staging.Rows() {
		out = append(out, r.Outcome)
	}
	slices.Sort(out)
	return out
}

func testPicture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))))
	return b.Bytes()
}
