package ui

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"xunping/desk"
	"xunping/inspection"
)

// Who signs later sees the pages first, too, and what he writes has his signature.
func TestWhoSignsLaterSeesThePages(t *testing.T) {
	s, dir, pass := office(t)
	_, err := s.desk.AddKey(filepath.Join(dir, "keys", "bureau.p12"), pass)
	must(t, err)
	list, err := s.desk.History("2019-08", s.round.Units[0])
	must(t, err)
	s.toggleHidden()
	s.askCosign(list[0], inspection.FieldBureau, s.keysFor(inspection.FieldBureau, ""))
	press(s, fyne.KeyReturn)
	s.tap(t, "显示页面")
	s.tap(t, "下一步：口令")
	s.fill(t, pass)
	s.tap(t, "签名")
	out := filepath.Join(t.TempDir(), "signed.pdf")
	s.fill(t, out)
	s.tap(t, "保存")
	var got []desk.VerifyResult
	s.until(t, func() bool {
		got = desk.VerifyFile(out, nil)
		return got[0].Outcome != desk.Refused
	})
	if n := len(got[0].Signatures); n != 3 || got[0].Inspection.SHA256 != list[0].Hash {
		t.Errorf("%d signatures, %+v", n, got[0])
	}
}
