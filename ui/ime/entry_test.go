package ime

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// typist presses keys with a clock of its own.
type typist struct {
	e   *Entry
	now time.Time
}

func newTypist(t *testing.T) *typist {
	test.NewTempApp(t)
	y := &typist{now: time.Unix(0, 0)}
	y.e = NewEntry()
	y.e.now = func() time.Time { return y.now }
	return y
}

// letter presses a letter; swallowed ones give no rune.
func (y *typist) letter(r rune, swallowed bool) {
	y.e.KeyDown(&fyne.KeyEvent{Name: fyne.KeyName(r - 32)})
	if !swallowed {
		y.e.TypedRune(r)
	}
	y.now = y.now.Add(100 * time.Millisecond)
}

func (y *typist) key(k fyne.KeyName) { y.e.TypedKey(&fyne.KeyEvent{Name: k}) }

func TestBackspaceInACompositionKeepsTheText(t *testing.T) {
	y := newTypist(t)
	y.e.SetText("张三")
	y.e.CursorColumn = 2
	for _, r := range "zhong" {
		y.letter(r, true)
	}
	y.key(fyne.KeyBackspace)
	y.key(fyne.KeyBackspace)
	if y.e.Text != "张三" || !y.e.AcceptsTab() {
		t.Errorf("text is %q", y.e.Text)
	}
	y.e.TypedRune('中')
	if y.e.Text != "张三中" || y.e.AcceptsTab() {
		t.Errorf("after the commit the text is %q", y.e.Text)
	}
	y.key(fyne.KeyBackspace)
	if y.e.Text != "张三" {
		t.Errorf("an ordinary Backspace left %q", y.e.Text)
	}
}

func TestOrdinaryTypingAndEscape(t *testing.T) {
	y := newTypist(t)
	for _, r := range "abc" {
		y.letter(r, false)
	}
	y.key(fyne.KeyBackspace)
	if y.e.Text != "ab" {
		t.Errorf("text is %q", y.e.Text)
	}
	left := 0
	y.e.OnEscape = func() { left++ }
	y.letter('x', true)
	y.key(fyne.KeyEscape) // closes the composition only
	y.key(fyne.KeyEscape)
	if left != 1 {
		t.Errorf("Escape was handed on %d times", left)
	}
}
