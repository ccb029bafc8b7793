package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
	"xunping/ui/model"
)

// hash64 is a hash of one digit.
func hash64(digit string) string { return strings.Repeat(digit, 64) }

// names are what is made up for the pages of keys, roster and verifier: real
// ones have other fingerprints each time.
var names = struct {
	roster  *inspection.Roster
	keys    []desk.KeyInfo
	signed  []desk.SignedObject
	verdict desk.VerifyResult
}{
	roster: &inspection.Roster{Version: 7, Issued: "2019-08-01T08:00:00+08:00", ValidUntil: "2020-07-31", Entries: []inspection.RosterEntry{
		{Name: "检查员甲", Number: "J001", Org: "示例大数据局", Roles: []inspection.Role{inspection.RoleInspector}, SPKI: hash64("1"), From: "2019-01-01", To: "2021-12-31"},
		{Name: "检查员乙", Number: "J002", Org: "示例大数据局", Roles: []inspection.Role{inspection.RoleInspector}, SPKI: hash64("2"), From: "2019-01-01", To: "2021-12-31",
			Revoked: &inspection.Revoked{Last: []string{hash64("a")}, Reason: "电脑被盗"}},
		{Name: "汇总员", Number: "B001", Org: "示例大数据局", Roles: []inspection.Role{inspection.RoleBureau}, SPKI: hash64("3"), From: "2019-01-01", To: "2021-12-31"}}},
	keys: []desk.KeyInfo{{Path: "keys/J001.p12", Name: "检查员甲", Number: "J001", Org: "示例大数据局", SPKI: hash64("1"), Roles: []string{"inspector"}, Known: true},
		{Path: "keys/J009.p12", Name: "检查员丙", Number: "J009", SPKI: hash64("9")}},
	signed: []desk.SignedObject{{Hash: hash64("c"), Short: hash64("c")[:16], Previous: hash64("a"), Counter: 3, Round: "2019-08", Unit: "450300", Claimed: "2019-08-08T17:40:00+08:00", End: true, Fork: true},
		{Hash: hash64("b"), Short: hash64("b")[:16], Previous: hash64("a"), Counter: 3, Round: "2019-08", Unit: "450200", Claimed: "2019-08-07T17:40:00+08:00", End: true, Fork: true},
		{Hash: hash64("a"), Short: hash64("a")[:16], Counter: 2, Round: "2019-08", Unit: "450100", Claimed: "2019-08-06T17:40:00+08:00", CutOff: true}},
	verdict: desk.VerifyResult{File: "450100.pdf", Outcome: desk.Valid, DataSignature: true, Band: "非常高", Pages: desk.PagesSame,
		Inspection: &desk.VerifyRecord{Revision: 1, Round: "2019-08", Unit: "450100", SHA256: hash64("d")},
		Signatures: []desk.VerifySignature{{Field: inspection.FieldInspector, Name: "检查员甲", Number: "J001", Time: "2019-08-06T17:40:00+08:00", Standing: inspection.SignatureValid},
			{Field: inspection.FieldCoinspector, Name: "检查员乙", Number: "J002", Time: "2019-08-06T17:42:00+08:00", Standing: inspection.SignatureValid}}},
}

// verdict is a file in the verifier, changed from a genuine one.
func verdict(change func(*desk.VerifyResult)) func(*testing.T, *shell) {
	return func(t *testing.T, s *shell) {
		r := names.verdict
		total := "92.50"
		r.Total = &total
		r.Signatures = append([]desk.VerifySignature(nil), r.Signatures...)
		change(&r)
		v := &verifyView{s: s, body: look.Column(look.Gap1)}
		v.show([]desk.VerifyResult{r})
		s.win.SetContent(v.body)
	}
}

// refused is a file that breaks a rule.
func refused(r *desk.VerifyResult) {
	r.Outcome, r.Rule, r.DataSignature, r.Reason = desk.Refused, 1, false, "最后一个 %%EOF 之后还有内容"
	r.Total, r.Inspection, r.Signatures, r.Pages, r.Band = nil, nil, nil, "", ""
}

// The pages of keys, roster and verifier in each of their states.
func TestGoldenKeys(t *testing.T) {
	tab := func(i int) func(*testing.T, *shell) {
		return func(t *testing.T, s *shell) { s.rosterTab = i; s.goTo(placeUnits) }
	}
	put := func(o func(*shell) fyne.CanvasObject) func(*testing.T, *shell) {
		return func(t *testing.T, s *shell) { s.win.SetContent(look.Inset(look.Gap4, o(s))) }
	}
	entry := func(i int) func(*testing.T, *shell) {
		return func(t *testing.T, s *shell) { s.showEntry(names.roster.Entries[i]) }
	}
	revoking := func(old *inspection.Revoked, list []desk.SignedObject) func(*testing.T, *shell) {
		return func(t *testing.T, s *shell) {
			e := names.roster.Entries[0]
			e.Revoked = old
			newRevokeView(s, e, model.NewRevocation(list, old)).show()
		}
	}
	for name, show := range map[string]func(*testing.T, *shell){
		"roster-none": tab(0),
		"roster":      put(func(s *shell) fyne.CanvasObject { return s.rosterOf(names.roster, "", hash64("f")) }),
		"roster-old": put(func(s *shell) fyne.CanvasObject {
			return s.rosterOf(names.roster, "名册（第 7 版）有效到 2020-07-31，请向汇总单位要新的名册；核验照常进行", hash64("f"))
		}),
		"roster-entry": entry(0), "roster-revoked": entry(1),
		"roster-revoke": revoking(nil, names.signed), "roster-revoke-none": revoking(nil, nil),
		"roster-revoke-again": revoking(&inspection.Revoked{Last: []string{hash64("b")}, Reason: "电脑被盗"}, names.signed),
		"root-new":            func(t *testing.T, s *shell) { s.newRoot() },
		"keys-none":           tab(1),
		"keys-some": put(func(s *shell) fyne.CanvasObject {
			must(t, s.desk.SetSetting("vault."+names.keys[0].SPKI, "1"))
			return s.keysOf(names.keys)
		}),
		"key-new":                 func(t *testing.T, s *shell) { s.needKey() },
		"key-fingerprint":         func(t *testing.T, s *shell) { s.showFingerprint("请当面核对", hash64("1")) },
		"verify-empty":            func(t *testing.T, s *shell) { s.askVerify() },
		"verify-genuine":          verdict(func(r *desk.VerifyResult) {}),
		"verify-refused":          verdict(refused),
		"verify-refused-data":     verdict(func(r *desk.VerifyResult) { refused(r); r.DataSignature = true }),
		"verify-different-pages":  verdict(func(r *desk.VerifyResult) { r.Pages = desk.PagesDiffer }),
		"verify-other-version":    verdict(func(r *desk.VerifyResult) { r.Pages = desk.PagesUnknown }),
		"verify-missing-evidence": verdict(func(r *desk.VerifyResult) { r.Missing = []string{hash64("e")} }),
		"verify-unknown-signer": verdict(func(r *desk.VerifyResult) {
			r.Outcome, r.Signatures[0].Standing = desk.UnknownSigner, inspection.SignatureUnknown
		}),
		"verify-revoked": verdict(func(r *desk.VerifyResult) {
			r.Outcome, r.Signatures[0].Standing, r.Signatures[1].Standing = desk.RevokedSigner, inspection.SignatureRevoked, inspection.SignatureRole
		}),
	} {
		t.Run(name, func(t *testing.T) {
			s := newWindow(t, "zh")
			show(t, s)
			still(s)
			golden(t, s, name)
		})
	}
}

// The same in English.
func TestGoldenKeysEnglish(t *testing.T) {
	for name, show := range map[string]func(*testing.T, *shell){
		"en-roster":               func(t *testing.T, s *shell) { s.win.SetContent(s.rosterOf(names.roster, "", hash64("f"))) },
		"en-keys-none":            func(t *testing.T, s *shell) { s.rosterTab = 1; s.goTo(placeUnits) },
		"en-verify-empty":         func(t *testing.T, s *shell) { s.askVerify() },
		"en-verify-genuine":       verdict(func(*desk.VerifyResult) {}),
		"en-verify-refused-data":  verdict(func(r *desk.VerifyResult) { refused(r); r.DataSignature = true }),
		"en-verify-other-version": verdict(func(r *desk.VerifyResult) { r.Pages = desk.PagesUnknown }),
	} {
		t.Run(name, func(t *testing.T) {
			s := newWindow(t, "en")
			show(t, s)
			still(s)
			golden(t, s, name)
		})
	}
}
