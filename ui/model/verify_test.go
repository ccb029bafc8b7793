package model

import (
	"strings"
	"testing"

	"xunping/desk"
)

func TestVerifyLines(t *testing.T) {
	total := "96.96"
	v := desk.VerifyResult{File: "a.pdf", Outcome: desk.Valid, DataSignature: true, Total: &total, Pages: "different",
		Inspection: &desk.VerifyRecord{Unit: "450100", Round: "2019-08", Revision: 2, SHA256: strings.Repeat("ab", 32)},
		Signatures: []desk.VerifySignature{{Name: "甲", Number: "J1", Standing: "valid", Time: "2019"}, {Name: "乙", Number: "J2", Standing: "unknown"}}}
	got := strings.Join(VerifyLines(v), "\n")
	for _, want := range []string{"真实有效", "总分 96.96", "第 2 版", "abab abab", "甲 J1　有效", "乙 J2　签名人不在名册里", "不一致"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said in\n%s", want, got)
		}
	}
	refused := strings.Join(VerifyLines(desk.VerifyResult{File: "b.pdf", Outcome: desk.Refused, Reason: "规则 4", DataSignature: true}), "\n")
	if !strings.Contains(refused, "拒收") || !strings.Contains(refused, "认可") {
		t.Errorf("a refused file says\n%s", refused)
	}
}
