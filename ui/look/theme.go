// Package look is the visual language of the program (LOOK.md): calm, dense,
// exact. It holds the theme (colours by role, two weights of one typeface, a
// 4-pixel grid) and the few small widgets that every screen is made of. It
// knows nothing of rubrics or scores.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"xunping/assets/fonts"
)

// Sizes of text, before the reader's scale. Body is Fyne's text size.
const (
	SizeBody  fyne.ThemeSizeName = theme.SizeNameText
	SizeSmall fyne.ThemeSizeName = theme.SizeNameCaptionText
	SizeHead  fyne.ThemeSizeName = theme.SizeNameSubHeadingText
	SizePage  fyne.ThemeSizeName = theme.SizeNameHeadingText
	SizeTotal fyne.ThemeSizeName = "xunping.total"
	// SizeRow is the height of a compact row.
	SizeRow fyne.ThemeSizeName = "xunping.row"
)

// Gaps of the 4-pixel grid. They do not grow with the text.
const (
	Gap1 float32 = 4
	Gap2 float32 = 8
	Gap3 float32 = 12
	Gap4 float32 = 16
	Gap6 float32 = 24
	// Radius of cards, chips and fields.
	Radius float32 = 6
)

// Scales are the text sizes a person can choose.
var Scales = []float32{1, 1.15, 1.3, 1.5}

// Theme is the program's Fyne theme in one mode and one text scale.
type Theme struct {
	Mode  Mode
	Scale float32 // 1 to 1.5; 0 means 1
}

var _ fyne.Theme = (*Theme)(nil)

// Bold and regular are the same bytes the PDF uses. Fyne expands a font once
// for every text style, so there are two and never more.
var (
	regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", fonts.Regular)
	bold    = fyne.NewStaticResource("NotoSansSC-Bold.ttf", fonts.Bold)
)

// Color gives the colour of a role in the theme's mode.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := palettes[t.mode(variant)]
	if c, ok := p[name]; ok {
		return c
	}
	if c, ok := p[aliases[name]]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

func (t *Theme) mode(variant fyne.ThemeVariant) Mode {
	if t.Mode != System {
		return t.Mode
	}
	if variant == theme.VariantDark {
		return Dark
	}
	return Light
}

// high tells whether the program is shown in high contrast now.
func high() bool {
	t, ok := fyne.CurrentApp().Settings().Theme().(*Theme)
	return ok && t.Mode == Contrast
}

// Font gives regular or bold; italics and monospace do not exist here.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return bold
	}
	return regular
}

// Icon gives Fyne's icons.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size gives the measures of LOOK.md; those of text grow with Scale.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	scale := max(t.Scale, 1)
	switch name {
	case SizeBody:
		return 14 * scale
	case SizeSmall:
		return 12 * scale
	case SizeHead:
		return 16 * scale
	case SizePage:
		return 20 * scale
	case SizeTotal:
		return 40 * scale
	case SizeRow:
		return 32 * scale
	case theme.SizeNameInlineIcon:
		return 18 * scale
	case theme.SizeNameInnerPadding:
		return 7
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return 1
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius,
		theme.SizeNameCardRadius, theme.SizeNameDialogRadius, theme.SizeNamePopupRadius, theme.SizeNameMenuRadius:
		return Radius
	}
	return theme.DefaultTheme().Size(name)
}
