package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// stockPhrases offers texts for the field that is being written: the fact in the form
// of a free finding, the reason of the finding whose field has the focus, else the
// note of the indicator.
func (v *walkView) stockPhrases() {
	e := v.entry
	e.flush()
	if v.fact != nil {
		fact := v.fact
		v.pickPhrase(i18n.T("事实"), func(text string) {
			fact.SetText(model.Append(fact.Text, text))
			v.s.win.Canvas().Focus(fact)
		})
		return
	}
	if f := e.writtenOf(v.s.win.Canvas().Focused()); f != nil {
		v.pickPhrase(i18n.T("%s 的原因", e.nameOf(*f)), func(text string) {
			e.apply(func() error {
				return v.in.EditFinding(e.code, f.ID, func(x *inspection.Finding) { x.Note = model.Append(x.Note, text) })
			})
		})
		return
	}
	v.pickPhrase(i18n.T("说明"), func(text string) {
		note := model.Append(e.entry().Note, text)
		e.apply(func() error { return v.in.SetNote(e.code, note) })
	})
}

// writtenOf is the finding whose reason is written in a field, nil if it is none's.
func (e *entryView) writtenOf(field fyne.Focusable) *inspection.Finding {
	if field == nil {
		return nil
	}
	for _, f := range e.entry().Findings {
		if e.fields["finding."+f.ID] == field {
			return &f
		}
	}
	return nil
}

// nameOf is what a finding is called: its rule, or the indicator.
func (e *entryView) nameOf(f inspection.Finding) string {
	if f.Rule == "" {
		return e.code
	}
	return f.Rule
}

// pickPhrase lists the texts: the checker's own ones for this indicator, those of its
// rules, and a few of general use. A digit takes one; into says where it goes.
func (v *walkView) pickPhrase(into string, use func(text string)) {
	e := v.entry
	var d *look.Dialog
	own := v.ownPhrases(e.code)
	all := append(append([]string{}, own...), model.Phrases(e.ind)...)
	take := func(text string) { d.Hide(); use(text) }
	rows := look.Column(look.Gap1)
	for i, text := range all {
		key := ""
		if i < 9 {
			key = fmt.Sprint(i + 1)
		}
		line := container.NewBorder(nil, nil, look.Fixed(24, 0, look.Bold(key).In(look.Act)), nil, look.NewText(text).Elided())
		var row fyne.CanvasObject = look.NewRow(line, func() { take(text) })
		if i < len(own) {
			drop := look.NewIconButton("", theme.DeleteIcon(), func() {
				v.keepPhrases(e.code, append(own[:i:i], own[i+1:]...))
				d.Hide()
				v.pickPhrase(into, use)
			})
			drop.Importance = widget.LowImportance
			row = container.NewBorder(nil, nil, nil, drop, row)
		}
		rows.Add(row)
	}
	add := ime.NewEntry()
	add.SetPlaceHolder(i18n.T("新的常用语：写好后按 Enter，存给 %s", e.code))
	d = look.NewDialog(v.s.win, i18n.T("常用语：按数字键选用，写进“%s”", into), container.NewBorder(nil, add, nil, nil, container.NewVScroll(rows))).Size(640, 460).Cancel(i18n.T("关闭"), nil)
	fact := v.fact
	v.fact = nil // this list comes first
	d.Closed(func() { v.fact = fact })
	add.OnEscape = d.Escape
	add.OnSubmitted = func(t string) {
		if t = strings.TrimSpace(t); t != "" {
			v.keepPhrases(e.code, append(own, t))
			d.Hide()
			v.pickPhrase(into, use)
		}
	}
	d.OnKey = func(k *fyne.KeyEvent) {
		for i, text := range all[:min(9, len(all))] {
			if k.Name == fyne.KeyName(fmt.Sprint(i+1)) {
				take(text)
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
