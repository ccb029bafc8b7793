package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// stockPhrases offers texts for the note: the checker's own ones for this
// indicator, those of its rules, and a few of general use. A digit takes one;
// the chosen text is added to the note.
func (v *walkView) stockPhrases() {
	e := v.entry
	e.flush()
	var d *look.Dialog
	own := v.ownPhrases(e.code)
	all := append(append([]string{}, own...), model.Phrases(e.ind)...)
	use := func(text string) {
		d.Hide()
		note := model.Append(e.entry().Note, text)
		if v.change(func() error { return v.in.SetNote(e.code, note) }) {
			v.rebuild()
		}
	}
	rows := look.Column(look.Gap1)
	for i, text := range all {
		key := ""
		if i < 9 {
			key = fmt.Sprint(i + 1)
		}
		line := container.NewBorder(nil, nil, look.Fixed(24, 0, look.Bold(key).In(look.Act)), nil, look.NewText(text).Elided())
		var row fyne.CanvasObject = look.NewRow(line, func() { use(text) })
		if i < len(own) {
			drop := look.NewIconButton("", theme.DeleteIcon(), func() {
				v.keepPhrases(e.code, append(own[:i:i], own[i+1:]...))
				d.Hide()
				v.stockPhrases()
			})
			drop.Importance = widget.LowImportance
			row = container.NewBorder(nil, nil, nil, drop, row)
		}
		rows.Add(row)
	}
	add := ime.NewEntry()
	add.SetPlaceHolder(i18n.T("新的常用语：写好后按 Enter，存给 %s", e.code))
	d = look.NewDialog(v.s.win, i18n.T("常用语：按数字键选用"), container.NewBorder(nil, add, nil, nil, container.NewVScroll(rows))).Size(640, 460).Cancel(i18n.T("关闭"), nil)
	add.OnEscape = d.Escape
	add.OnSubmitted = func(t string) {
		if t = strings.TrimSpace(t); t != "" {
			v.keepPhrases(e.code, append(own, t))
			d.Hide()
			v.stockPhrases()
		}
	}
	d.OnKey = func(k *fyne.KeyEvent) {
		for i, text := range all[:min(9, len(all))] {
			if k.Name == fyne.KeyName(fmt.Sprint(i+1)) {
				use(text)
				return
			}
		}
	}
	d.Show()
}

// ownPhrases are the texts that people of this machine added for an indicator.
func (v *walkView) ownPhrases(code string) []string {
	text := v.s.desk.Setting("phrases."+code, "")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func (v *walkView) keepPhrases(code string, list []string) {
	if err := v.s.desk.SetSetting("phrases."+code, strings.Join(list, "\n")); err != nil {
		v.s.fail(err)
	}
}
