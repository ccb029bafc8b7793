package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Text is one line of text in a role and a size. It has no padding of its own,
// so columns line up. With Elide it may be narrower than its text and then
// ends in “…”.
type Text struct {
	widget.BaseWidget
	Text  string
	Role  Role
	Face  fyne.ThemeSizeName
	Bold  bool
	Align fyne.TextAlign
	Elide bool
}

// NewText is body text in ink.
func NewText(s string) *Text { return styled(&Text{Text: s}) }

// Small is secondary text, 12 px.
func Small(s string) *Text { return styled(&Text{Text: s, Role: Secondary, Face: SizeSmall}) }

// Bold is body text in bold.
func Bold(s string) *Text { return styled(&Text{Text: s, Bold: true}) }

// Head is the title of a section, 16 px bold.
func Head(s string) *Text { return styled(&Text{Text: s, Bold: true, Face: SizeHead}) }

// Page is the title of a page, 20 px bold.
func Page(s string) *Text { return styled(&Text{Text: s, Bold: true, Face: SizePage}) }

// Number is right-aligned body text; numbers of one column have the same
// number of places, so their points line up.
func Number(s string) *Text { return styled(&Text{Text: s, Align: fyne.TextAlignTrailing}) }

func styled(t *Text) *Text {
	if t.Role == "" {
		t.Role = Ink
	}
	if t.Face == "" {
		t.Face = SizeBody
	}
	t.ExtendBaseWidget(t)
	return t
}

// In sets the role and returns the text, for building.
func (t *Text) In(r Role) *Text { t.Role = r; return t }

// Sized sets the size and returns the text, for building.
func (t *Text) Sized(n fyne.ThemeSizeName) *Text { t.Face = n; return t }

// Elided lets the text be cut with “…” and returns it, for building.
func (t *Text) Elided() *Text { t.Elide = true; return t }

// Set changes the words.
func (t *Text) Set(s string) {
	if t.Text != s {
		t.Text = s
		t.Refresh()
	}
}

// SetIn changes words and role together.
func (t *Text) SetIn(s string, r Role) {
	if t.Text != s || t.Role != r {
		t.Text, t.Role = s, r
		t.Refresh()
	}
}

// CreateRenderer makes the drawing side of the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t, line: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type textRenderer struct {
	t    *Text
	line *canvas.Text
	size fyne.Size
}

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }

func (r *textRenderer) style() fyne.TextStyle { return fyne.TextStyle{Bold: r.t.Bold} }

func (r *textRenderer) MinSize() fyne.Size {
	th := r.t.Theme()
	m := fyne.MeasureText(r.t.Text, th.Size(r.t.Face), r.style())
	if r.t.Elide {
		m.Width = 0
	}
	return m
}

func (r *textRenderer) Layout(s fyne.Size) {
	r.size = s
	r.line.Resize(s)
	r.line.Text = r.fit()
}

func (r *textRenderer) Refresh() {
	th := r.t.Theme()
	r.line.Color = th.Color(r.t.Role, fyne.CurrentApp().Settings().ThemeVariant())
	r.line.TextSize = th.Size(r.t.Face)
	r.line.TextStyle = r.style()
	r.line.Alignment = r.t.Align
	r.line.Text = r.fit()
	r.line.Refresh()
}

// fit cuts the text so that it and “…” fit into the width.
func (r *textRenderer) fit() string {
	if !r.t.Elide || r.size.Width <= 0 {
		return r.t.Text
	}
	size, style := r.t.Theme().Size(r.t.Face), r.style()
	wide := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	if wide(r.t.Text) <= r.size.Width {
		return r.t.Text
	}
	runes := []rune(r.t.Text)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if wide(string(runes[:mid])+"…") <= r.size.Width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:low]) + "…"
}
