package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xunping/ui/ime"
	"xunping/ui/look"
)

// From an empty machine to the first sealed PDF by what the screens offer: each
// step finds its button or field by the words on it, in what is on top.
func TestNewcomer(t *testing.T) {
	a := newApp(t)
	home := t.TempDir()
	s := start(a, Options{Lang: "zh", Look: string(look.Light), Text: "1"})
	t.Cleanup(func() { s.rest(); _ = s.close() })

	s.tap(t, "新建工作簿…")
	s.fill(t, filepath.Join(home, "first.xpb"))
	s.tap(t, "保存")
	s.tap(t, "新建检查轮次")
	s.fill(t, "", "", "", "1", "2026-12-31", "2026-12-31") // month, title and cut-off are proposed; one signer
	s.tap(t, "新建")
	v, ok := s.screen.(*unitsView)
	if !ok || len(v.shown) == 0 {
		t.Fatalf("no units after the round: %T", s.screen)
	}
	v.openFirst()

	walk := s.screen.(*walkView)
	for range 2 * walk.in.Compiled().Engine.Len() { // nothing is found, but figures are asked for
		for i := range walk.entry.figures {
			f := walk.entry.figures[i]
			f.SetText(figureFor(f))
		}
		walk.entry.flush()
		if !s.tapIf("检查完成，记为已检查（Ctrl+G）") { // figures alone make it checked
			walk.step(1)
		}
	}
	for _, g := range walk.in.Gate() { // all that is left is the head of the scorecard
		if g.Blocking && g.Indicator != "" {
			t.Errorf("%s is still missing", g.Text)
		}
	}
	s.tap(t, "签发（Ctrl+Enter）")
	s.tap(t, "去补第一项") // when, where and who
	s.fill(t, "2026-11-06 09:00", "2026-11-06 17:00", "会议室", "", "检查员甲", "J001", "大数据局", "", "", "", "负责人", "", "联络员", "")
	s.tap(t, "确定")
	s.toggleHidden() // the unit looks on
	s.tap(t, "签发（Ctrl+Enter）")
	s.tapIf("不补，看页面")
	s.fill(t, "", "", "", "correct horse battery", "correct horse battery") // no key yet: the name is known
	s.tap(t, "新建")
	press(s, fyne.KeyReturn) // nobody signs what he has not seen
	s.tap(t, "显示页面")
	s.tap(t, "下一步：口令")
	s.fill(t, "correct horse battery")
	s.tap(t, "签发")
	for end := time.Now().Add(time.Minute); len(sealedIn(t, home)) == 0 && time.Now().Before(end); {
		s.rest()
		time.Sleep(10 * time.Millisecond)
	}
	if files := sealedIn(t, home); len(files) != 1 {
		t.Fatalf("sealed: %v, on top %v", files, s.words())
	}
	s.rest()
	if !strings.Contains(strings.Join(s.words(), " "), "打开 PDF") {
		t.Errorf("nobody is told what to do with the file: %v", s.words())
	}
}

func sealedIn(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	must(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".pdf") {
			out = append(out, path)
		}
		return nil
	}))
	return out
}

// figureFor writes what a field of a measure asks for.
func figureFor(f *ime.Entry) string {
	if strings.HasPrefix(f.PlaceHolder, "20") {
		return "2019-05-31"
	}
	return "10"
}

// top is the dialog on top, else the window.
func (s *shell) top() fyne.CanvasObject {
	if o := s.win.Canvas().Overlays().Top(); o != nil {
		return o
	}
	return s.win.Content()
}

// buttons are the buttons that can be pressed, by their words.
func (s *shell) buttons() map[string]func() {
	out := map[string]func(){}
	for _, o := range test.LaidOutObjects(s.top()) {
		if b, ok := o.(*look.Button); ok && !b.Disabled() {
			out[b.Text] = func() { b.Tapped(nil) }
		}
	}
	return out
}

func (s *shell) words() (out []string) {
	for w := range s.buttons() {
		out = append(out, w)
	}
	return out
}

func (s *shell) tapIf(word string) bool {
	do := s.buttons()[word]
	if do == nil {
		return false
	}
	do()
	return true
}

func (s *shell) tap(t *testing.T, word string) {
	t.Helper()
	if !s.tapIf(word) {
		t.Fatalf("nothing says %q: %v", word, s.words())
	}
}

// fill writes into the fields in their order; "" leaves what is there.
func (s *shell) fill(t *testing.T, texts ...string) {
	t.Helper()
	var fields []*ime.Entry
	for _, o := range test.LaidOutObjects(s.top()) {
		if f, ok := o.(*ime.Entry); ok {
			fields = append(fields, f)
		}
	}
	if len(fields) < len(texts) {
		t.Fatalf("%d fields for %d texts", len(fields), len(texts))
	}
	for i, text := range texts {
		if text != "" {
			fields[i].SetText(text)
		}
	}
}

// until waits for what goes on beside the window.
func (s *shell) until(t *testing.T, there func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		s.rest()
		if there() {
			return
		}
	}
	t.Fatalf("it did not come: %v", s.words())
}
