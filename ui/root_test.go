package ui

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2/test"

	"xunping/desk"
	"xunping/ui/look"
)

// tap taps the button with a word in the dialog on top.
func tap(t *testing.T, s *shell, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(s.win.Canvas().Overlays().Top()) {
		if b, ok := o.(*look.Button); ok && b.Text == word {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %q among %v", word, said(s))
}

// After the root changed its fingerprint comes first, then the backup, and then the
// roster to hand out, also when no place for the backup was chosen: nothing goes
// by without a word.
func TestARotationIsTold(t *testing.T) {
	s, dir, pass := office(t)
	old, next := filepath.Join(dir, "keys", "root.p12"), filepath.Join(t.TempDir(), "next.p12")
	synctest.Test(t, func(t *testing.T) {
		s.rotateWith(old, pass, next, "")
		synctest.Wait()
		if texts := strings.Join(said(s), ""); !strings.Contains(texts, desk.Groups(s.pinned())[:19]) {
			t.Errorf("the new fingerprint is not shown: %s", texts)
		}
		tap(t, s, "关闭")
		tap(t, s, "取消") // no backup
		if texts := strings.Join(said(s), "\n"); !strings.Contains(texts, "还没有备份") {
			t.Errorf("a key without a backup goes by: %s", texts)
		}
		tap(t, s, "关闭")
		if texts := strings.Join(said(s), "\n"); !strings.Contains(texts, "保存") {
			t.Errorf("the roster is not handed out: %s", texts)
		}
	})
}
