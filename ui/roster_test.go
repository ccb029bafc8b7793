package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// office is the program on the workbook of a demonstration.
func office(t *testing.T) (s *shell, dir, pass string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "demo")
	r, err := desk.Demo(t.Context(), desk.DemoOptions{Dir: dir, Units: 3, Rounds: 1, Seed: 3}, nil)
	must(t, err)
	b, err := os.ReadFile(filepath.Join(dir, "keys", "passphrase.txt"))
	must(t, err)
	a := newApp(t)
	s = newShell(a, Options{Look: string(look.Light), Text: textSize})
	must(t, s.open(r.Workbook))
	t.Cleanup(func() { _ = s.close() })
	s.showFirst()
	s.win.Resize(lastSize(a))
	return s, dir, strings.TrimSpace(string(b))
}

// The pages of 单位与名册, an entry of the roster, and what a revocation would
// leave standing.
func TestRosterScreens(t *testing.T) {
	s, dir, pass := office(t)
	_, err := s.desk.AddKey(filepath.Join(dir, "keys", "bureau.p12"), pass)
	must(t, err)
	for i, want := range []string{"持根密钥的人：", "记住口令…", "单位（"} {
		s.rosterTab = i
		s.goTo(placeUnits)
		if texts := strings.Join(said(s), "\n"); !strings.Contains(texts, want) {
			t.Errorf("page %d does not say %q but\n%s", i, want, texts)
		}
	}
	roster, err := s.desk.Roster()
	must(t, err)
	entry := model.RosterRows(roster, "J001")[0].Entry
	s.showEntry(entry)
	s.win.Canvas().Overlays().Top().Hide()
	list, err := s.desk.SignedBy(entry.SPKI)
	must(t, err)
	if len(list) == 0 {
		t.Fatal("the inspector signed nothing")
	}
	v := newRevokeView(s, entry, model.NewRevocation(list, nil))
	v.show()
	if !strings.Contains(v.sum.Text, "认可 0 份") {
		t.Errorf("at first: %s", v.sum.Text)
	}
	v.list.Select(0)
	if !strings.Contains(v.sum.Text, "进隔离区 0 份") {
		t.Errorf("with the last one believed: %s", v.sum.Text)
	}
}

// The verifier takes dropped files while it is open, and says of each what it is.
func TestVerifyWindow(t *testing.T) {
	s, dir, pass := office(t)
	_, err := s.desk.AddKey(filepath.Join(dir, "keys", "bureau.p12"), pass)
	must(t, err)
	cards, _ := filepath.Glob(filepath.Join(dir, "sealed", "*", "*.pdf"))
	b, err := os.ReadFile(cards[0])
	must(t, err)
	bad := filepath.Join(t.TempDir(), "bad.pdf")
	must(t, os.WriteFile(bad, append(b, "x"...), 0o600))
	synctest.Test(t, func(t *testing.T) {
		s.goTo(placeSettings)
		s.askVerify()
		s.addFiles([]string{cards[0], bad})
		synctest.Wait()
		texts := strings.Join(said(s), "\n")
		for _, want := range []string{"● 真实有效", "版面与记录重画的一致", "第二检查员", "× 拒收", "认可这份记录…"} {
			if !strings.Contains(texts, want) {
				t.Errorf("%q is not said in\n%s", want, texts)
			}
		}
		s.tap(t, "认可这份记录…")
		if words := strings.Join(said(s), "\n"); !strings.Contains(words, "认可由汇总单位签名") || s.buttons()["认可并写入…"] == nil {
			t.Errorf("accepting does not begin: %s", words)
		}
		s.tap(t, "取消")
		secret := filepath.Join(t.TempDir(), "one.p7m") // encrypted to the bureau
		roster, err := s.desk.Roster()
		must(t, err)
		must(t, desk.EncryptFor(roster, cards[0], secret))
		s.addFiles([]string{secret})
		synctest.Wait()
		s.fill(t, pass)
		s.tap(t, "打开")
		synctest.Wait()
		if words := strings.Join(said(s), "\n"); !strings.Contains(words, "● 真实有效") {
			t.Errorf("an encrypted file is not opened: %s", words)
		}
	})
}

// Handing in, and receiving what is encrypted.
func TestHandInWindow(t *testing.T) {
	s, dir, pass := office(t)
	_, err := s.desk.AddKey(filepath.Join(dir, "keys", "bureau.p12"), pass)
	must(t, err)
	out := filepath.Join(t.TempDir(), "in.zip")
	synctest.Test(t, func(t *testing.T) {
		s.askHandIn()
		s.win.Canvas().Overlays().Top().Hide()
		s.handIn(desk.HandIn{Round: "2019-08", KeyPath: filepath.Join(dir, "keys", "bureau.p12"), Passphrase: pass, Encrypt: true, Out: out})
		synctest.Wait()
		went := false
		s.withEncrypted([]string{out + ".p7m"}, func() { went = true })
		synctest.Wait()
		if went || !strings.Contains(strings.Join(said(s), "\n"), "其中 1 个文件是加密的") {
			t.Errorf("encrypted files are not asked about: %v", said(s))
		}
		must(t, s.desk.UseKey(filepath.Join(dir, "keys", "bureau.p12"), pass))
		s.withEncrypted([]string{out + ".p7m"}, func() { went = true })
		if !went {
			t.Error("with the key at hand it does not go on")
		}
	})
}

// said are the texts of the dialog on top, or of the window if there is none.
func said(s *shell) []string {
	var root fyne.CanvasObject = s.win.Content()
	if top := s.win.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var out []string
	for _, o := range test.LaidOutObjects(root) {
		switch x := o.(type) {
		case *look.Text:
			out = append(out, x.Text)
		case *look.Para:
			out = append(out, x.Text)
		case *look.Button:
			out = append(out, x.Text)
		}
	}
	return out
}
