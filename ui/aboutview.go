package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/ui/look"
	"xunping/ui/model"
)

// sideWide is the width of what stands beside a table about its chosen line.
const sideWide = 380

// aboutView is all that is known of a matter, under it what can be done.
func aboutView(a model.About, more []model.Fact, do func(model.Deed)) fyne.CanvasObject {
	box := look.Column(look.Gap2, look.Head(a.Title))
	for _, f := range append(a.Facts, more...) {
		box.Add(factRow(f))
	}
	box.Add(look.HLine())
	rest := container.NewGridWithColumns(2)
	for i, d := range a.Deeds {
		b := look.NewButton(model.DeedWord(d), func() { do(d) })
		if i == 0 && a.Waits {
			b.Importance = widget.HighImportance
			box.Add(b)
			continue
		}
		rest.Add(b)
	}
	box.Add(rest)
	return box
}

// factRow is one fact under its word.
func factRow(f model.Fact) fyne.CanvasObject {
	words := look.NewPara(f.Text)
	if f.Accent != "" {
		words.In(look.Role(f.Accent))
	}
	return pair(f.Word, words)
}
