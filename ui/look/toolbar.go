package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// Toolbar is a line of controls, those after a Stretch at the right end. With large
// text, or in a language with long words, what does not fit goes on below
// instead of pushing the window wider.
func Toolbar(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &toolbar{gap: gap, width: narrowest}, Objects: objects}
}

// narrowest is the width that a toolbar expects before it was given one: that of a
// page in the smallest window.
const narrowest = 1240

type toolbar struct{ gap, width float32 }

// lines breaks the objects into lines; a Stretch that does not fit breaks, too.
func (b *toolbar) lines(o []fyne.CanvasObject, width float32) [][]fyne.CanvasObject {
	var out [][]fyne.CanvasObject
	var line []fyne.CanvasObject
	used := float32(0)
	for _, x := range o {
		if !x.Visible() {
			continue
		}
		w := x.MinSize().Width
		if len(line) > 0 && used+w > width {
			out, line, used = append(out, line), nil, 0
		}
		line = append(line, x)
		used += w + b.gap
	}
	return append(out, line)
}

func height(line []fyne.CanvasObject) (h float32) {
	for _, x := range line {
		h = max(h, x.MinSize().Height)
	}
	return h
}

func (b *toolbar) MinSize(o []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for i, line := range b.lines(o, b.width) {
		m.Height += height(line)
		if i > 0 {
			m.Height += b.gap
		}
	}
	for _, x := range o {
		m.Width = max(m.Width, x.MinSize().Width)
	}
	return m
}

func (b *toolbar) Layout(o []fyne.CanvasObject, s fyne.Size) {
	b.width = s.Width
	y := float32(0)
	for _, line := range b.lines(o, s.Width) {
		h, rest := height(line), s.Width+b.gap
		for _, x := range line {
			rest -= x.MinSize().Width + b.gap
		}
		at := float32(0)
		for _, x := range line {
			w := x.MinSize().Width
			if _, stretch := x.(layout.SpacerObject); stretch {
				w += max(rest, 0)
				rest = 0
			}
			x.Resize(fyne.NewSize(w, h))
			x.Move(fyne.NewPos(at, y))
			at += w + b.gap
		}
		y += h + b.gap
	}
}
