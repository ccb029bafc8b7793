package ime

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestCaretIsFoundInTheWindow(t *testing.T) {
	test.NewTempApp(t)
	e := NewMultiLine()
	e.SetText("一\n二二二")
	w := test.NewTempWindow(t, container.NewWithoutLayout(e))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	e.Move(fyne.NewPos(50, 20))
	e.Resize(fyne.NewSize(200, 100))

	at := func(row, column int) caret {
		t.Helper()
		e.CursorRow, e.CursorColumn = row, column
		c, on := e.caret()
		if on != w.Canvas() || c.height <= 0 {
			t.Fatalf("caret %+v on %v", c, on)
		}
		return c
	}
	start, right, below := at(0, 0), at(1, 2), at(1, 0)
	if start.x < 50 || start.y < 20 {
		t.Errorf("the caret %+v stands outside the field", start)
	}
	if below.x != start.x || below.y <= start.y || right.x <= below.x || right.y != below.y {
		t.Errorf("first line %+v, second %+v and %+v", start, below, right)
	}

	// Scrolled away: the edge of the field, not a place in another widget.
	e.SetText("一\n二\n三\n四\n五\n六\n七\n八\n九\n十")
	if c := at(9, 1); c.y+c.height > 20+100 {
		t.Errorf("the caret %+v stands below the field", c)
	}

	before := at(1, 1)
	w.Canvas().(interface{ SetScale(float32) }).SetScale(2)
	if c := at(1, 1); c.x != before.x*2 && c.x != before.x*2+1 || c.height < before.height*2 {
		t.Errorf("at scale 2 the caret is %+v, at 1 %+v", c, before)
	}
}
