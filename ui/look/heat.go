package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// HeatCell is a cell of a heat map: the figure, over a ground that is the deeper
// the larger it is. The figure is always there; the ground only helps the eye.
type HeatCell struct {
	widget.BaseWidget
	text  string
	level int // 0 to 4, −1 for a word
	bold  bool
}

// NewHeatCell is an empty cell.
func NewHeatCell() *HeatCell {
	c := &HeatCell{}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes figure and level.
func (c *HeatCell) Set(text string, level int, bold bool) {
	if c.text != text || c.level != level || c.bold != bold {
		c.text, c.level, c.bold = text, level, bold
		c.Refresh()
	}
}

// CreateRenderer makes the drawing side of the cell.
func (c *HeatCell) CreateRenderer() fyne.WidgetRenderer {
	r := &heatRenderer{c: c, ground: canvas.NewRectangle(nil), line: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type heatRenderer struct {
	c      *HeatCell
	ground *canvas.Rectangle
	line   *canvas.Text
}

func (r *heatRenderer) Destroy()                     {}
func (r *heatRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ground, r.line} }
func (r *heatRenderer) MinSize() fyne.Size {
	return fyne.NewSize(56*textScale(), r.c.Theme().Size(SizeSmall)*2)
}

func (r *heatRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	r.line.Resize(fyne.NewSize(s.Width-8, s.Height))
	r.line.Move(fyne.NewPos(4, 0))
}

// depths are how much of the colour of losses shows at each level; the figure
// over the deepest still has its contrast.
var depths = [...]uint8{0, 32, 64, 96, 128}

func (r *heatRenderer) Refresh() {
	th, v := r.c.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.ground.FillColor = color.Transparent
	role := Ink
	switch {
	case r.c.level < 0:
		role = Secondary
	case r.c.level > 0:
		red, green, blue, _ := th.Color(Lost, v).RGBA()
		r.ground.FillColor = color.NRGBA{uint8(red >> 8), uint8(green >> 8), uint8(blue >> 8), depths[min(r.c.level, 4)]}
	}
	r.line.Text, r.line.Color, r.line.TextSize = r.c.text, th.Color(role, v), th.Size(SizeSmall)
	r.line.TextStyle.Bold = r.c.bold
	r.line.Alignment = fyne.TextAlignTrailing
	r.ground.Refresh()
	r.line.Refresh()
}
