package model

import (
	"strings"
	"testing"

	"xunping/desk"
)

func TestVerdict(t *testing.T) {
	total := "96.96"
	v := NewVerdict(desk.VerifyResult{File: "/x/a.pdf", Outcome: desk.Valid, DataSignature: true, Total: &total, Pages: desk.PagesSame, Missing: []string{"x"},
		Inspection: &desk.VerifyRecord{Unit: "450100", Round: "2019-08", Revision: 2, SHA256: strings.Repeat("ab", 32)},
		Signatures: []desk.VerifySignature{{Field: "inspector", Name: "甲", Number: "J1", Standing: "valid", Time: "2019"}, {Field: "coinspector", Name: "乙", Number: "J2", Standing: "unknown"}}})
	if v.Head != "真实有效" || v.Tone != Good || v.Total != total || v.File != "a.pdf" || v.What != "450100　2019-08　第 2 版" || !strings.HasPrefix(v.Record, "abab abab") || v.CanAccept {
		t.Errorf("%+v", v)
	}
	if v.PagesTone != Good || !strings.Contains(v.Pages, "一致") || v.Missing == "" {
		t.Errorf("pages %q, missing %q", v.Pages, v.Missing)
	}
	if d := NewVerdict(desk.VerifyResult{Outcome: desk.Valid, Pages: desk.PagesDiffer}); d.PagesTone != Bad || !strings.Contains(d.Pages, "不一致") || d.Tone != Careful || d.Head == v.Head {
		t.Errorf("a genuine record under other pages: %+v", d)
	}
	if len(v.Signatures) != 2 || v.Signatures[0] != (SignatureRow{"检查员", "甲 J1", "有效", "2019", Good}) || v.Signatures[1].Tone != Careful || v.Signatures[1].Place != "第二检查员" {
		t.Errorf("signatures %+v", v.Signatures)
	}
	for outcome, want := range map[string]Tone{desk.UnknownSigner: Careful, desk.RevokedSigner: Bad, desk.Refused: Bad} {
		if got := NewVerdict(desk.VerifyResult{Outcome: outcome}); got.Tone != want || got.Head == "" || got.CanAccept {
			t.Errorf("%s: %+v", outcome, got)
		}
	}
	if v := NewVerdict(desk.VerifyResult{Outcome: desk.Refused, Reason: "规则 4", DataSignature: true}); !v.CanAccept || v.Reason != "规则 4" {
		t.Errorf("a refused file whose record holds: %+v", v)
	}
	if v := NewVerdict(desk.VerifyResult{Outcome: desk.Valid, Pages: desk.PagesUnknown}); v.PagesTone != Careful {
		t.Errorf("pages of another version: %+v", v)
	}
}
