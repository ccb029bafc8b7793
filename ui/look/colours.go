package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Role is what a colour means. Screens name roles, never colours; each role
// has a value in every mode with a text contrast of at least 4.5 : 1. Colour
// never stands alone: a word or a glyph always says the same.
type Role = fyne.ThemeColorName

// The roles of LOOK.md.
const (
	Ground    Role = theme.ColorNameBackground
	Paper     Role = "xunping.paper"
	Ink       Role = theme.ColorNameForeground
	Secondary Role = "xunping.secondary"
	Line      Role = theme.ColorNameSeparator
	Act       Role = theme.ColorNamePrimary
	OnAct     Role = theme.ColorNameForegroundOnPrimary
	Lost      Role = theme.ColorNameError
	Gained    Role = theme.ColorNameSuccess
	Waiting   Role = theme.ColorNameWarning
	RedList   Role = "xunping.redlist"     // 红榜, filled chip
	BlackList Role = "xunping.blacklist"   // 黑榜, filled chip
	OnRed     Role = "xunping.onredlist"   // its text
	OnBlack   Role = "xunping.onblacklist" // its text
	Soft      Role = "xunping.soft"        // quiet ground of heads and buttons
	Chosen    Role = "xunping.chosen"      // ground of the selected row
)

// Mode is light, dark or high contrast.
type Mode string

// The modes a person can choose; System follows the desktop.
const (
	System   Mode = ""
	Light    Mode = "light"
	Dark     Mode = "dark"
	Contrast Mode = "contrast"
)

type palette map[Role]color.NRGBA

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

func veil(v uint32, alpha uint8) color.NRGBA {
	c := rgb(v)
	c.A = alpha
	return c
}

var palettes = map[Mode]palette{
	Light: {
		Ground: rgb(0xF6F7F9), Paper: rgb(0xFFFFFF), Ink: rgb(0x1D2129), Secondary: rgb(0x5B6472), Line: rgb(0xDFE3E8),
		Act: rgb(0x1D5FB8), OnAct: rgb(0xFFFFFF), Lost: rgb(0xB5302A), Gained: rgb(0x1F7A4D), Waiting: rgb(0x8A5A00),
		RedList: rgb(0xB5302A), BlackList: rgb(0x1D2129), OnRed: rgb(0xFFFFFF), OnBlack: rgb(0xFFFFFF),
		Soft: rgb(0xECEFF3), Chosen: rgb(0xDCE8F8),
		theme.ColorNameHover: veil(0x1D2129, 14), theme.ColorNamePressed: veil(0x1D2129, 28),
		theme.ColorNameSelection: veil(0x1D5FB8, 56), theme.ColorNameFocus: veil(0x1D5FB8, 70),
		theme.ColorNameDisabled: rgb(0x6B7482), theme.ColorNameShadow: veil(0x1D2129, 40),
	},
	Dark: {
		Ground: rgb(0x17191D), Paper: rgb(0x202329), Ink: rgb(0xE8EAED), Secondary: rgb(0xA3ABB8), Line: rgb(0x363B44),
		Act: rgb(0x6FA8F5), OnAct: rgb(0x17191D), Lost: rgb(0xF0857E), Gained: rgb(0x6CCB98), Waiting: rgb(0xE3B765),
		RedList: rgb(0xC7443D), BlackList: rgb(0xE8EAED), OnRed: rgb(0xFFFFFF), OnBlack: rgb(0x1D2129),
		Soft: rgb(0x2A2E36), Chosen: rgb(0x2A3B55),
		theme.ColorNameHover: veil(0xE8EAED, 16), theme.ColorNamePressed: veil(0xE8EAED, 32),
		theme.ColorNameSelection: veil(0x6FA8F5, 70), theme.ColorNameFocus: veil(0x6FA8F5, 80),
		theme.ColorNameDisabled: rgb(0x8F98A6), theme.ColorNameShadow: veil(0x000000, 120),
	},
	Contrast: {
		Ground: rgb(0xFFFFFF), Paper: rgb(0xFFFFFF), Ink: rgb(0x000000), Secondary: rgb(0x000000), Line: rgb(0x000000),
		Act: rgb(0x003E8A), OnAct: rgb(0xFFFFFF), Lost: rgb(0x8A0000), Gained: rgb(0x00502A), Waiting: rgb(0x5A3A00),
		RedList: rgb(0x8A0000), BlackList: rgb(0x000000), OnRed: rgb(0xFFFFFF), OnBlack: rgb(0xFFFFFF),
		Soft: rgb(0xE6E6E6), Chosen: rgb(0xFFF3B0),
		theme.ColorNameHover: veil(0x000000, 30), theme.ColorNamePressed: veil(0x000000, 50),
		theme.ColorNameSelection: veil(0x003E8A, 80), theme.ColorNameFocus: veil(0x003E8A, 110),
		theme.ColorNameDisabled: rgb(0x444444), theme.ColorNameShadow: veil(0x000000, 0),
	},
}

// aliases say which role serves a colour that Fyne's own widgets ask for.
var aliases = map[fyne.ThemeColorName]Role{
	theme.ColorNameButton:              Soft,
	theme.ColorNameDisabledButton:      Soft,
	theme.ColorNameForegroundOnError:   OnRed,
	theme.ColorNameForegroundOnSuccess: OnAct,
	theme.ColorNameForegroundOnWarning: OnAct,
	theme.ColorNameHeaderBackground:    Soft,
	theme.ColorNameHyperlink:           Act,
	theme.ColorNameInputBackground:     Paper,
	theme.ColorNameInputBorder:         Line,
	theme.ColorNameMenuBackground:      Paper,
	theme.ColorNameOverlayBackground:   Paper,
	theme.ColorNamePlaceHolder:         theme.ColorNameDisabled, // never taken for what somebody wrote
	theme.ColorNameScrollBar:           Secondary,
}
