package ui

import (
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// settingsScreen is 设置: look, language, backup, about.
func (s *shell) settingsScreen() (screen, error) {
	sizes := []string{"100 %", "115 %", "130 %", "150 %"}
	size := look.NewSelect(sizes, nil)
	for i, f := range look.Scales {
		if s.theme.Scale == f {
			size.SetSelectedIndex(i)
		}
	}
	size.OnChanged = func(string) { s.relook("look.scale", scaleText(look.Scales[size.SelectedIndex()])) }
	modes := []look.Mode{look.System, look.Light, look.Dark, look.Contrast}
	mode := look.NewSelect([]string{i18n.T("跟随系统"), i18n.T("浅色"), i18n.T("深色"), i18n.T("高对比")}, nil)
	for i, m := range modes {
		if s.theme.Mode == m {
			mode.SetSelectedIndex(i)
		}
	}
	mode.OnChanged = func(string) { s.relook("look.mode", string(modes[mode.SelectedIndex()])) }
	language := look.NewSelect([]string{"中文", "English"}, nil)
	if i18n.Current() == i18n.English {
		language.SetSelectedIndex(1)
	} else {
		language.SetSelectedIndex(0)
	}
	language.OnChanged = func(string) {
		locale := []string{"zh", "en"}[language.SelectedIndex()]
		s.app.Preferences().SetString(prefLang, locale)
		speak(locale)
		s.build()
		s.goTo(placeSettings)
	}
	originals := look.NewCheck(i18n.T("照片保留原样：不缩小，不去掉位置信息"), nil)
	originals.Checked = s.desk.Setting(desk.SettingOriginals, "") == "1"
	originals.OnChanged = func(on bool) {
		value := ""
		if on {
			value = "1"
		}
		if err := s.desk.SetSetting(desk.SettingOriginals, value); err != nil {
			s.fail(err)
		}
	}
	box := look.Column(look.Gap3, pair(i18n.T("字号"), size), pair(i18n.T("颜色"), mode), pair(i18n.T("语言"), language),
		pair(i18n.T("照片"), originals), pair(i18n.T("工作簿"), look.NewPara(s.desk.Path())),
		look.Across(look.Gap2, look.NewButton(i18n.T("备份工作簿…"), s.askBackup), look.NewButton(i18n.T("节假日…"), s.editHolidays), look.NewButton(i18n.T("按键一览"), s.showKeys), look.NewButton(i18n.T("关于巡评"), s.showAbout)))
	return &pane{i18n.T("设置"), look.Inset(look.Gap4, container.NewVBox(look.Card(box)))}, nil
}

func (s *shell) relook(key, value string) {
	if err := s.desk.SetSetting(key, value); err != nil {
		s.fail(err)
		return
	}
	s.options.Look, s.options.Text = "", ""
	s.restoreLook()
	s.build()
	s.goTo(placeSettings)
}
