package i18n

import _ "embed"

// Fyne's own words: buttons of its file dialogs, week days.
var (
	//go:embed fyne/zh_Hans.json
	fyneChinese []byte
	//go:embed fyne/en.json
	fyneEnglish []byte
)

// FyneStrings is the translation file of Fyne's own words for a language, as
// its lang package reads it.
func FyneStrings(l Lang) []byte {
	if l == English {
		return fyneEnglish
	}
	return fyneChinese
}
