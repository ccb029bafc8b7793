package look

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Cover lies over what must not be seen, says why, and swallows clicks.
type Cover struct {
	widget.BaseWidget
	words string
}

// NewCover makes a cover.
func NewCover(words string) *Cover {
	c := &Cover{words: words}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped does nothing: what is below cannot be seen.
func (c *Cover) Tapped(*fyne.PointEvent) {}

// CreateRenderer makes the drawing side of the cover.
func (c *Cover) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(NewFill(Ground), container.NewCenter(Head(c.words))))
}

// open are the dialogs that are shown, the lowest first. The program has one window:
// those of another one, which is gone with all that was in it, are not kept.
var open []*Dialog

// CoverDialogs covers the dialogs of a window, or shows again what is in them.
func CoverDialogs(win fyne.Window, on bool, words string) {
	for _, d := range open {
		if d.win == win && on != (d.below != nil) {
			d.cover(on, words)
		}
	}
}

// cover puts a cover in the place of the content, so that no key reaches it either.
func (d *Dialog) cover(on bool, words string) {
	c, top := d.win.Canvas(), open[len(open)-1] == d
	if on {
		d.below = d.pop.Content
		if top {
			d.had = c.Focused()
			c.Unfocus()
		}
		size := d.below.Size()
		d.pop.Content = Fixed(size.Width, size.Height, NewCover(words))
	} else {
		d.pop.Content, d.below = d.below, nil
	}
	d.pop.Refresh()
	if !on && top && d.had != nil {
		c.Focus(d.had)
	}
}

// opened and gone keep the list of what is shown.
func (d *Dialog) opened() {
	open = append(slices.DeleteFunc(open, func(o *Dialog) bool { return o.win != d.win }), d)
}

func (d *Dialog) gone() {
	open = slices.DeleteFunc(open, func(o *Dialog) bool { return o == d })
}
