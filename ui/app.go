// Package ui is the window: what inspectors and bureau staff see. It shows
// what desk knows and hands on what people do; it does no arithmetic, knows no
// SQL and no PDF.
//
// A screen is two things: a plain struct in ui/model that knows what to show
// and is tested without Fyne, and a thin view here. The shell owns the window,
// the rail, the header, the menus and the dialogs; screens reach one another
// only through it. All text fields are ui/ime entries. The one place that
// starts goroutines is run.go.
package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"xunping/assets/i18n"
	"xunping/assets/icon"
	"xunping/desk"
	"xunping/ui/look"
)

// ID is the program's id, under which the desktop keeps its settings.
const ID = "cn.xunping.desktop"

// Options say how the window starts.
type Options struct {
	Workbook string // the workbook to open; "" asks for one
	Tour     string // folder for the pictures of a walk the program does by itself
	Lang     string // locale; "" takes the remembered one, then the machine's
	Look     string // light, dark, contrast, system; "" takes the remembered one
	Text     string // size of the text, 1 to 1.5; "" takes the remembered one
	Version  string
}

// Run shows the window and returns when it is closed. An error is a sentence
// for a person.
func Run(o Options) error {
	desk.Version = o.Version
	a := app.NewWithID(ID)
	a.SetIcon(fyne.NewStaticResource("icon.png", icon.PNG))
	s := start(a, o)
	if o.Tour != "" {
		return s.tour(o.Tour)
	}
	s.win.ShowAndRun()
	return s.close()
}

// start makes the window with the work in it: that of the call, else the
// workbook that was open last. One that cannot be opened (another program has
// it, the file is gone) is said in the window, for people start programs by a
// click and never see a terminal.
func start(a fyne.App, o Options) *shell {
	if o.Lang == "" {
		o.Lang = a.Preferences().String(prefLang)
	}
	speak(o.Lang)
	s := newShell(a, o)
	path := o.Workbook
	if path == "" {
		path = a.Preferences().String(prefWorkbook)
	}
	var failed error
	if path != "" {
		failed = s.open(path)
	}
	s.showFirst()
	if failed != nil {
		s.fail(failed)
	}
	return s
}

// What the desktop remembers for the program, beside the size of the window.
const (
	prefLang     = "lang"
	prefWorkbook = "workbook"
	prefMode     = "look.mode"
	prefScale    = "look.scale"
)

// speak sets the language of the program and of Fyne's own words. It must
// happen before the first window.
func speak(locale string) {
	if locale == "" {
		locale = lang.SystemLocale().String()
		if locale == "C" || locale == "" {
			locale = "zh"
		}
	}
	i18n.Use(locale)
	_ = lang.AddTranslationsForLocale(i18n.FyneStrings(i18n.Current()), lang.SystemLocale())
}

// open opens a workbook and shows the work in it.
func (s *shell) open(path string) error {
	d, err := desk.Open(path)
	if err != nil {
		return err
	}
	if err := s.close(); err != nil {
		return err
	}
	s.desk = d
	if s.options.Tour == "" {
		s.app.Preferences().SetString(prefWorkbook, path)
	}
	s.restoreLook()
	return nil
}

func (s *shell) close() error {
	if s.desk == nil {
		return nil
	}
	s.beside.stop()
	d := s.desk
	s.desk = nil
	return d.Close()
}

// restoreLook takes text size and colours from the call of the program, else
// from the workbook's settings; before a workbook is open, from those of the last.
func (s *shell) restoreLook() {
	last := s.app.Preferences()
	mode, size := last.StringWithFallback(prefMode, string(look.Light)), last.StringWithFallback(prefScale, "1")
	if s.desk != nil {
		mode, size = s.desk.Setting("look.mode", string(look.Light)), s.desk.Setting("look.scale", "1")
		last.SetString(prefMode, mode)
		last.SetString(prefScale, size)
	}
	if s.options.Look != "" {
		mode = s.options.Look
	}
	if s.options.Text != "" {
		size = s.options.Text
	}
	t := &look.Theme{Mode: look.Mode(mode), Scale: 1}
	for _, scale := range look.Scales {
		if size == scaleText(scale) {
			t.Scale = scale
		}
	}
	s.theme = t
	if now, ok := s.app.Settings().Theme().(*look.Theme); !ok || *now != *t {
		s.app.Settings().SetTheme(t) // the fonts are read again each time, and the old ones stay in memory
	}
}
