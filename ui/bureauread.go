package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// What pages of a whole round have in common: there is nothing before the first
// scorecard came, and a large round takes a while.

// quickHeads is how many results may be opened while somebody waits without
// being told; above it a job shows its progress.
const quickHeads = 300

// read reads what a page needs of all results: at once in a small round, else as a
// job with this title. An error is said, and then does not come.
func (v *bureauView) read(title string, read func(context.Context, desk.Progress) error, then func()) {
	done := func(err error) {
		if err != nil {
			v.s.fail(err)
			return
		}
		then()
	}
	if v.overview.Expected <= quickHeads {
		done(read(context.Background(), nil))
		return
	}
	v.s.run(job{title: title, work: read, done: done})
}

// afterFiles is a page that show fills, or words and the way to the files where none
// came yet.
func (v *bureauView) afterFiles(words string, show func(place *fyne.Container)) fyne.CanvasObject {
	if v.s.round.Code == "" {
		return v.overviewView()
	}
	place := container.NewStack()
	if v.overview.Received > 0 {
		show(place)
		return place
	}
	b := look.NewButton(i18n.T("接收文件"), func() { v.choose("files") })
	b.Importance = widget.HighImportance
	place.Objects = []fyne.CanvasObject{container.NewCenter(look.Column(look.Gap2, look.NewText(words), container.NewCenter(b)))}
	return place
}
