package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"xunping/ui/ime"
	"xunping/ui/look"
)

// Escape closes a dialog and Enter confirms it, whatever in it has the focus; Enter on
// a button presses that button.
func TestKeysOfADialog(t *testing.T) {
	s := newWindow(t, "zh")
	pressed, field := 0, ime.NewEntry()
	controls := map[string]fyne.Focusable{
		"button":  look.NewButton("x", func() { pressed++ }),
		"tick":    look.NewCheck("x", nil),
		"choice":  look.NewSelect([]string{"x", "y"}, nil),
		"row":     look.NewRow(look.NewText("x"), func() { pressed++ }),
		"list":    look.NewList(func() int { return 0 }, func() fyne.CanvasObject { return look.NewText("") }, func(widget.ListItemID, fyne.CanvasObject) {}),
		"stepper": look.NewStepper("0", func(int) {}),
		"field":   field,
		"nothing": nil,
	}
	for name, f := range controls {
		for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter} {
			done, gone, before := false, false, pressed
			box := look.Column(look.Gap2)
			if o, ok := f.(fyne.CanvasObject); ok {
				box.Add(o)
			}
			d := look.NewDialog(s.win, name, box).Cancel("取消", nil).Closed(func() { gone = true })
			d.Main("确定", func() bool { done = true; return true })
			if f != nil {
				d.Focus(f)
			}
			d.Show()
			press(s, key)
			switch {
			case key == fyne.KeyEscape:
				if !gone || done {
					t.Errorf("%s: Escape does not close it", name)
				}
			case name == "button" || name == "row":
				if pressed != before+1 || gone {
					t.Errorf("%s: Enter does not press it", name)
				}
			case name == "list": // it has no line that Enter could mean
			case !done || !gone:
				t.Errorf("%s: Enter does not confirm", name)
			}
			d.Hide()
		}
	}
}

// Whatever in a dialog has the focus, Escape closes it: also the cells of a list.
func TestEscapeFromEveryControl(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	c := s.win.Canvas()
	for name, show := range map[string]func(){
		"work": s.showMyWork, "visit": v.editVisit, "phrases": v.stockPhrases, "verify": s.askVerify, "hand in": s.askHandIn, "keys": s.showKeys,
		"items": func() { items(t, s) }, "free": v.addFree, "find": s.find, "explain": v.explain, "gate": v.seal, "round": s.askRound,
		"new round": s.newRound, "notice": v.askNotice, "hand over": v.askHandOver, "new key": s.needKey, "new root": s.newRoot,
	} {
		for i, more := 0, true; more; i++ {
			show()
			var focusable []fyne.Focusable
			for _, o := range test.LaidOutObjects(s.top()) {
				if f, ok := o.(fyne.Focusable); ok {
					focusable = append(focusable, f)
				}
			}
			if more = i < len(focusable)-1; i < len(focusable) {
				c.Focus(focusable[i])
			}
			press(s, fyne.KeyEscape)
			if c.Overlays().Top() != nil {
				t.Errorf("%s: %T keeps Escape", name, focusable[i])
				c.Overlays().Remove(c.Overlays().List()[0])
			}
		}
	}
}

// Also those that no test opens: outside look no control of Fyne's own is made.
func TestNoControlOfFyneIsMade(t *testing.T) {
	fynes := regexp.MustCompile(`widget\.New(Button|Check|Select|Radio|Entry|MultiLineEntry|PasswordEntry|Slider)\w*\(`)
	files, err := filepath.Glob("*.go")
	must(t, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		must(t, err)
		if m := fynes.Find(b); m != nil && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s: %s)", name, m)
		}
	}
}
