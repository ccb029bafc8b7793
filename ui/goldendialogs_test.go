package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
)

// unwritten is a screen whose work the disk refuses.
type unwritten struct{}

func (unwritten) unsaved() error { return i18n.E("磁盘已满") }
func (unwritten) retry() error   { return unwritten{}.unsaved() }

// madeUp is what the dialogs of the inspector show that is different each time: paths,
// hashes, days.
var madeUp = struct {
	unit      inspection.Unit
	work      []desk.WorkItem
	revisions []desk.Revision
	joining   *desk.Joining
}{
	unit: inspection.Unit{Code: "450100", Name: "南宁市"},
	work: []desk.WorkItem{
		{Round: "2019-08", RoundTitle: "2019年8月检查", Unit: inspection.Unit{Name: "南宁市"}, Draft: true, Done: 7, Total: 22, At: "2019-08-06 17:40"},
		{Round: "2019-07", Unit: inspection.Unit{Name: "柳州市"}, Revision: 2, Short: hash64("b")[:16], At: "2019-07-06T17:40:00+08:00", Path: "D:/巡评/450200.pdf", Receipt: "2019-07-08T09:00:00+08:00"},
		{Round: "2019-07", Unit: inspection.Unit{Name: "桂林市"}, Revision: 1, Short: hash64("c")[:16], At: "2019-07-07T17:40:00+08:00", Path: "E:/450300.pdf", Gone: true}},
	revisions: []desk.Revision{
		{Hash: hash64("a"), Short: hash64("a")[:16], Number: 1, Value: "91.20", Band: "非常高", Sealed: "2019-08-06T17:40:00+08:00", Signers: []string{"检查员甲", "检查员乙"}, Here: true,
			Path: "D:/巡评/450100.pdf", HasPDF: true, Receipt: "2019-08-07T09:00:00+08:00", Said: []desk.Saying{{Kind: inspection.ActReturn, By: "汇总员", Made: "2019-08-07T10:00:00+08:00", Text: "请补佐证", Items: map[string]inspection.ActItem{"A2": {Text: "没有清单"}}}}},
		{Hash: hash64("d"), Short: hash64("d")[:16], Number: 2, Value: "92.70", Band: "非常高", Sealed: "2019-08-09T17:40:00+08:00", Signers: []string{"检查员甲"}, Here: true, HasPDF: true, Empty: []string{inspection.FieldCoinspector}}},
	joining: &desk.Joining{From: "检查员乙", Known: true, Drafts: []desk.DraftJoin{
		{Unit: inspection.Unit{Code: "450100", Name: "南宁市"}, Round: inspection.Round{Title: "2019年8月检查"}, Take: []string{"B1", "B2"}, Add: []string{"A3"},
			Clash: []desk.Clash{{Code: "A2", Mine: checkedEntry(3, "三个系统"), Theirs: checkedEntry(5, "五个系统")}}},
		{Unit: inspection.Unit{Code: "450200", Name: "柳州市"}, Round: inspection.Round{Title: "2019年8月检查"}, New: true}}},
}

func checkedEntry(count int, note string) inspection.Entry {
	n := scoring.Decimal(count) * scoring.One
	return inspection.Entry{State: scoring.Checked, Note: note, Findings: []inspection.Finding{{ID: "f1", Rule: "A2-2", Count: n, Points: n}}}
}

// dialogs are those of the inspector, and the page of settings.
var dialogs = map[string]func(*testing.T, *shell){
	"my-work":      func(t *testing.T, s *shell) { s.showWork(madeUp.work) },
	"my-work-none": func(t *testing.T, s *shell) { s.showMyWork() },
	"history": func(t *testing.T, s *shell) {
		box := look.Column(look.Gap3)
		for _, r := range madeUp.revisions {
			box.Add(look.Card(s.revisionCard(r, func() {})))
		}
		s.win.SetContent(box)
	},
	"history-hidden": func(t *testing.T, s *shell) {
		s.toggleHidden()
		s.win.SetContent(look.Card(s.revisionCard(madeUp.revisions[1], func() {})))
	},
	"cosign": func(t *testing.T, s *shell) {
		s.cosign(madeUp.revisions[1], inspection.FieldCoinspector, names.keys)
	},
	"hand-over": func(t *testing.T, s *shell) { at(t, s, "450100").askHandOver() },
	"join":      func(t *testing.T, s *shell) { s.showJoin(madeUp.joining) },
	"evidence": func(t *testing.T, s *shell) {
		v := at(t, s, "450100")
		path := filepath.Join(t.TempDir(), "清单.txt")
		must(t, os.WriteFile(path, []byte("十五个系统"), 0o600))
		s.addFiles([]string{path})
		s.rest()
		v.entry.showEvidence(v.in.Record().Evidence[0].SHA256)
	},
	"visit": func(t *testing.T, s *shell) { at(t, s, "450100").editVisit() },
	"phrases": func(t *testing.T, s *shell) {
		v := at(t, s, "450100")
		v.keepPhrases("A1", []string{"没有专网"})
		v.stockPhrases()
	},
	"free":    func(t *testing.T, s *shell) { v := at(t, s, "450100"); v.open("A2"); v.addFree() },
	"preview": func(t *testing.T, s *shell) { s.sheet("page", look.Fixed(700, 460, s.newPages(nil).view())) },
	"opinion": func(t *testing.T, s *shell) {
		s.showOpinion(madeUp.revisions[1], names.keys, []string{"D:/扫描/450100-1.jpg", "D:/扫描/450100-2.jpg"}, make([]string, 5))
	},
	"passphrase": func(t *testing.T, s *shell) {
		v := at(t, s, "450100")
		some(t, v)
		v.showPass(newSignForm(s, names.keys, v.in), nil)
	},
	"sealed": func(t *testing.T, s *shell) {
		s.showSealed(desk.Sealed{Path: "D:/巡评/450100.pdf", Revision: 2, Short: hash64("d")[:16]})
	},
	"unsaved":  func(t *testing.T, s *shell) { s.unsavedDialog(unwritten{}, func() {}).Show() },
	"settings": func(t *testing.T, s *shell) { s.goTo(placeSettings) },
	"covered":  func(t *testing.T, s *shell) { v := at(t, s, "450100"); v.editVisit(); s.toggleHidden() },
}

// The dialogs in both languages.
func TestGoldenDialogs(t *testing.T) {
	for language, before := range map[string]string{"zh": "", "en": "en-"} {
		for name, show := range dialogs {
			t.Run(before+name, func(t *testing.T) {
				open := newWindow
				if strings.HasPrefix(name, "my-work") || name == "settings" {
					open = newWindowHere
				}
				s := open(t, language)
				show(t, s)
				still(s)
				golden(t, s, before+name)
				if language == "en" {
					fits(t, s)
				}
			})
		}
	}
}
