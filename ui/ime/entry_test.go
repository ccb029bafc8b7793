package ime

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// typist presses keys with a clock of its own.
type typist struct {
	e   *Entry
	now time.Time
}

func newTypist(t *testing.T, e *Entry) *typist {
	t.Helper()
	y := &typist{e: e, now: time.Unix(0, 0)}
	e.now = func() time.Time { return y.now }
	return y
}

// letter presses a letter; swallowed ones give no rune.
func (y *typist) letter(r rune, swallowed bool) {
	y.e.KeyDown(&fyne.KeyEvent{Name: fyne.KeyName(r - 'a' + 'A')})
	if !swallowed {
		y.e.TypedRune(r)
	}
	y.now = y.now.Add(100 * time.Millisecond)
}

// compose types letters that the input method takes.
func (y *typist) compose(letters string) {
	for _, r := range letters {
		y.letter(r, true)
	}
}

// give is text that the input method hands over.
func (y *typist) give(text string) {
	for _, r := range text {
		y.e.TypedRune(r)
	}
}

func (y *typist) key(k fyne.KeyName) { y.e.TypedKey(&fyne.KeyEvent{Name: k}) }

func TestBackspaceInACompositionKeepsTheText(t *testing.T) {
	test.NewTempApp(t)
	y := newTypist(t, NewEntry())
	y.e.SetText("张三")
	y.e.CursorColumn = 2
	y.compose("zhong")
	y.key(fyne.KeyBackspace)
	y.key(fyne.KeyDelete)
	if y.e.Text != "张三" || !y.e.AcceptsTab() {
		t.Errorf("text is %q", y.e.Text)
	}
	y.give("中")
	if y.e.Text != "张三中" || y.e.AcceptsTab() {
		t.Errorf("after the commit the text is %q", y.e.Text)
	}
	y.key(fyne.KeyBackspace)
	if y.e.Text != "张三" {
		t.Errorf("an ordinary Backspace left %q", y.e.Text)
	}
}

// What ends a composition, and what a Backspace after it then does.
func TestEndsOfAComposition(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(*typist)
		want string // of "检查", after one Backspace
	}{
		"still open":          {func(*typist) {}, "检查"},
		"commit":              {func(y *typist) { y.give("中国") }, "检查中"},
		"raw letters":         {func(y *typist) { y.key(fyne.KeyReturn); y.give("zhg") }, "检查zh"},
		"emptied":             {func(y *typist) { y.key(fyne.KeyBackspace); y.key(fyne.KeyBackspace); y.key(fyne.KeyBackspace) }, "检"},
		"escape":              {func(y *typist) { y.key(fyne.KeyEscape) }, "检"},
		"focus lost":          {func(y *typist) { y.e.FocusLost(); y.e.FocusGained() }, "检"},
		"focus gained anew":   {func(y *typist) { y.e.FocusGained() }, "检"},
		"letter and commit":   {func(y *typist) { y.letter('x', true); y.give("中") }, "检查"},
		"punctuation between": {func(y *typist) { y.give("，") }, "检查"},
		"digit is no commit":  {func(y *typist) { y.give("1") }, "检查1"},
	} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t)
			y := newTypist(t, NewEntry())
			y.e.SetText("检查")
			y.e.CursorColumn = 2
			y.compose("zhg")
			c.end(y)
			y.key(fyne.KeyBackspace)
			if y.e.Text != c.want {
				t.Errorf("text is %q, want %q", y.e.Text, c.want)
			}
		})
	}
}

func TestKeysOfACompositionStayAway(t *testing.T) {
	test.NewTempApp(t)
	y := newTypist(t, NewMultiLine())
	sent := 0
	y.e.OnSubmitted = func(string) { sent++ }
	y.e.SetText("一\n二")
	y.e.CursorRow, y.e.CursorColumn = 1, 1
	y.compose("shi")
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyTab} {
		y.key(k)
	}
	if y.e.Text != "一\n二" || y.e.CursorRow != 1 || y.e.CursorColumn != 1 || sent != 0 {
		t.Errorf("text %q, caret %d:%d, submitted %d times", y.e.Text, y.e.CursorRow, y.e.CursorColumn, sent)
	}
}

func TestEnterSubmitsOneLineAndBreaksSeveral(t *testing.T) {
	test.NewTempApp(t)
	sent := ""
	one := newTypist(t, NewEntry())
	one.e.OnSubmitted = func(s string) { sent = s }
	one.give("南宁")
	one.key(fyne.KeyReturn)
	if sent != "南宁" {
		t.Errorf("submitted %q", sent)
	}
	many := newTypist(t, NewMultiLine())
	many.give("南")
	many.key(fyne.KeyReturn)
	many.give("宁")
	if many.e.Text != "南\n宁" {
		t.Errorf("text is %q", many.e.Text)
	}
}

// In fast typing a Backspace may come sooner than the input method could hand
// a letter back: it must still delete.
func TestFastTypingIsNoComposition(t *testing.T) {
	test.NewTempApp(t)
	y := newTypist(t, NewEntry())
	y.give("检")
	y.e.KeyDown(&fyne.KeyEvent{Name: fyne.KeyA})
	y.now = y.now.Add(settle)
	if y.e.AcceptsTab() {
		t.Error("a letter that has just been pressed counts as swallowed")
	}
	y.key(fyne.KeyBackspace)
	if y.e.Text != "" {
		t.Errorf("text is %q", y.e.Text)
	}
}

func TestEscapeIsHandedOnOnce(t *testing.T) {
	test.NewTempApp(t)
	y := newTypist(t, NewEntry())
	left := 0
	y.e.OnEscape = func() { left++ }
	y.compose("x")
	y.key(fyne.KeyEscape) // closes the composition only
	y.key(fyne.KeyEscape)
	if left != 1 {
		t.Errorf("Escape was handed on %d times", left)
	}
}

func TestTabLeavesEveryKindOfField(t *testing.T) {
	test.NewTempApp(t)
	for name, e := range map[string]*Entry{"one line": NewEntry(), "several": NewMultiLine(), "password": NewPassword()} {
		next := NewEntry()
		w := test.NewTempWindow(t, container.NewVBox(e, next))
		w.Canvas().Focus(e)
		if e.AcceptsTab() {
			t.Errorf("%s: Tab is taken", name)
		}
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != fyne.Focusable(next) {
			t.Errorf("%s: the focus is on %T", name, w.Canvas().Focused())
		}
	}
}

// The field keeps no history of its own: the program's undo covers it.
func TestUndoIsNotTheFields(t *testing.T) {
	test.NewTempApp(t)
	y := newTypist(t, NewEntry())
	test.NewTempWindow(t, y.e)
	y.give("台账")
	y.e.TypedShortcut(&fyne.ShortcutUndo{})
	if y.e.Text != "台账" {
		t.Errorf("after undo the text is %q", y.e.Text)
	}
	y.e.TypedShortcut(&fyne.ShortcutSelectAll{})
	if y.e.SelectedText() != "台账" {
		t.Errorf("selected is %q", y.e.SelectedText())
	}
}

// Whatever is composed, edited in the candidates and committed, the text is
// what was committed, in order.
func TestAnyCompositionKeepsTheText(t *testing.T) {
	test.NewTempApp(t)
	rapid.Check(t, func(rt *rapid.T) {
		y := newTypist(t, NewEntry())
		want := ""
		for range rapid.IntRange(1, 12).Draw(rt, "turns") {
			if rapid.Bool().Draw(rt, "plain") {
				word := rapid.StringMatching(`[a-z]{1,6}`).Draw(rt, "word")
				for _, r := range word {
					y.letter(r, false)
				}
				want += word
				continue
			}
			letters := rapid.StringMatching(`[a-z]{2,8}`).Draw(rt, "letters")
			y.compose(letters)
			for range rapid.IntRange(0, len(letters)-1).Draw(rt, "taken back") {
				y.key(fyne.KeyBackspace)
			}
			for range rapid.IntRange(0, 3).Draw(rt, "moves") {
				y.key(rapid.SampledFrom([]fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyReturn}).Draw(rt, "key"))
			}
			commit := strings.Repeat(rapid.SampledFrom([]string{"南", "𠮷", "，", "数据"}).Draw(rt, "commit"), 2)
			y.give(commit)
			want += commit
		}
		if y.e.Text != want {
			rt.Fatalf("text is %q, want %q", y.e.Text, want)
		}
	})
}
