package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"xunping/desk"
	"xunping/inspection"
)

const phrase = "correct horse battery"

// From the bureau's first day to the change of its root, by what the screens offer
// and with files only: a root and its roster, a key and its request, the reply, a
// new certificate, a revocation, another root. Bureau and inspector have a workbook
// each.
func TestKeysFromTheWindow(t *testing.T) {
	s := newWindow(t, "zh")
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	team := s.desk.Path()
	bureau := newBook(t, "bureau.xpb")

	s.at(t, bureau, 0)
	s.tap(t, "建立根密钥（大数据局）…")
	s.fill(t, "示例大数据局", phrase, phrase)
	s.tap(t, "选择存放位置…")
	s.saveTo(t, in("root.p12"))
	s.read(t)
	s.saveTo(t, in("backup.p12"))
	s.tap(t, "导出名册…")
	s.saveTo(t, in("roster1.zip"))
	s.tap(t, "备份根密钥…")
	s.withRootKey(t, in("backup.p12"), "选择存放位置…")
	s.saveTo(t, in("third.p12"))
	if _, err := desk.OpenRoot(in("third.p12"), phrase); err != nil {
		t.Error(err)
	}
	first := s.pinned()

	s.at(t, team, 1) // a key of one's own, and the request
	s.tap(t, "新建签名密钥")
	s.fill(t, "检查员甲", "J001", "示例大数据局", phrase, phrase)
	s.tap(t, "新建")
	s.tap(t, "证书申请…")
	s.fill(t, phrase)
	s.tap(t, "导出…")
	s.saveTo(t, in("J001.pem"))
	s.read(t)

	s.at(t, bureau, 0)
	s.tap(t, "登记新人…")
	s.openFrom(t, in("J001.pem"))
	s.withRootKey(t, in("root.p12"), "登记")
	s.saveTo(t, in("reply.zip"))

	s.at(t, team, 1)
	s.tap(t, "收下答复…")
	s.openFrom(t, in("reply.zip"))
	s.fill(t, phrase, first[1:]+first[:1])
	s.tap(t, "收下")
	if r, _ := s.desk.Roster(); r != nil {
		t.Fatal("a reply of another root than the confirmed one was taken")
	}
	s.fill(t, phrase, desk.Groups(first))
	s.tap(t, "收下")
	if r := s.roster(t); r.Version != 2 || len(r.Entries) != 1 || s.pinned() != first {
		t.Fatalf("after the reply: %+v", r)
	}

	s.at(t, bureau, 0) // the next certificate of the same key
	s.pick(t, 0)
	s.tap(t, "换发证书…")
	s.withRootKey(t, in("root.p12"), "换发")
	s.saveTo(t, in("again.zip"))
	s.at(t, team, 1)
	s.tap(t, "收下答复…")
	s.openFrom(t, in("again.zip"))
	s.fill(t, phrase) // the root is confirmed already
	s.tap(t, "收下")
	if r := s.roster(t); r.Version != 3 {
		t.Fatalf("after the new certificate: version %d", r.Version)
	}

	s.at(t, bureau, 0)
	s.pick(t, 0)
	s.tap(t, "吊销…")
	s.tap(t, "下一步：根密钥…") // without a reason
	s.fill(t, "电脑被盗")
	s.tap(t, "下一步：根密钥…")
	s.withRootKey(t, in("root.p12"), "吊销")
	s.saveTo(t, in("revoked.zip"))
	s.tap(t, "更换根…")
	s.openFrom(t, in("root.p12"))
	s.fill(t, phrase)
	s.tap(t, "存放新的根密钥…")
	s.saveTo(t, in("root2.p12"))
	s.read(t)
	s.saveTo(t, in("backup2.p12"))
	s.saveTo(t, in("roster6.zip"))
	second := s.pinned()
	if second == first {
		t.Fatal("the root did not change")
	}

	s.at(t, team, 0)
	for _, name := range []string{"revoked.zip", "roster6.zip"} {
		s.tap(t, "导入名册…")
		s.openFrom(t, in(name))
		s.rest()
	}
	if r := s.roster(t); r.Version != 6 || r.Entries[0].Revoked == nil || r.Entries[0].Revoked.Reason != "电脑被盗" || s.pinned() != second {
		t.Errorf("at the end: root %.8s, %+v", s.pinned(), r)
	}
	s.tap(t, "导入名册…") // an older one changes nothing, and says so
	s.openFrom(t, in("roster1.zip"))
	if r := s.roster(t); r.Version != 6 || s.pinned() != second {
		t.Errorf("an old roster came back: version %d", r.Version)
	}
	if words := strings.Join(said(s), "\n"); !strings.Contains(words, "旧根签发的不再采信") {
		t.Errorf("nothing is said of the old roster:\n%s", words)
	}
	s.tap(t, "知道了")

	s.at(t, bureau, 1) // the key on another machine
	s.tap(t, "导入密钥文件…")
	s.openFrom(t, filepath.Join(filepath.Dir(team), "keys", "J001.p12"))
	s.fill(t, phrase, "another horse battery", "another horse battery")
	s.tap(t, "导入")
	keys, err := s.desk.Keys()
	must(t, err)
	if len(keys) != 1 || keys[0].Number != "J001" || !strings.HasPrefix(keys[0].Path, filepath.Dir(bureau)) {
		t.Errorf("imported: %+v", keys)
	}
}

// newBook is one more workbook.
func newBook(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	d, err := desk.Create(path, desk.CreateOptions{})
	must(t, err)
	must(t, d.Close())
	return path
}

// at opens a workbook at a page of 单位与名册.
func (s *shell) at(t *testing.T, book string, tab int) {
	t.Helper()
	if s.desk.Path() != book {
		must(t, s.open(book))
	}
	s.rosterTab = tab
	s.goTo(placeUnits)
}

// saveTo answers the dialog for a file that comes, and waits until it is there.
func (s *shell) saveTo(t *testing.T, path string) {
	t.Helper()
	s.until(t, func() bool { return s.buttons()["保存"] != nil })
	s.fill(t, path)
	s.tap(t, "保存")
	s.until(t, func() bool { _, err := os.Stat(path); return err == nil })
	s.rest()
}

func (s *shell) openFrom(t *testing.T, path string) {
	t.Helper()
	s.until(t, func() bool { return s.buttons()["打开"] != nil })
	s.fill(t, path)
	s.tap(t, "打开")
}

// withRootKey names the file of the root key, then its passphrase.
func (s *shell) withRootKey(t *testing.T, path, word string) {
	t.Helper()
	s.openFrom(t, path)
	s.fill(t, phrase)
	s.tap(t, word)
}

// read closes what is only read.
func (s *shell) read(t *testing.T) {
	t.Helper()
	s.until(t, func() bool { return s.buttons()["关闭"] != nil })
	s.tap(t, "关闭")
}

// pick opens an entry of the roster.
func (s *shell) pick(t *testing.T, i int) {
	t.Helper()
	for _, o := range test.LaidOutObjects(s.top()) {
		if l, ok := o.(*widget.List); ok {
			l.Select(i)
			return
		}
	}
	t.Fatal("there is no list")
}

func (s *shell) roster(t *testing.T) *inspection.Roster {
	t.Helper()
	r, err := s.desk.Roster()
	must(t, err)
	if r == nil {
		t.Fatal("there is no roster")
	}
	return r
}
