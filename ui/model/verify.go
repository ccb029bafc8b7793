package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// VerifyLines says in words what is known of a file.
func VerifyLines(v desk.VerifyResult) []string {
	head := map[string]string{desk.Valid: i18n.T("真实有效"), desk.UnknownSigner: i18n.T("内容完整，但签名人不在名册里"), desk.RevokedSigner: i18n.T("签名人的密钥已吊销")}[v.Outcome]
	if head == "" {
		head = i18n.T("拒收")
	}
	out := []string{v.File, head}
	if v.Reason != "" {
		out = append(out, v.Reason)
	}
	if v.DataSignature && v.Outcome == desk.Refused {
		out = append(out, i18n.T("版面签名失效或文件被改过，但记录自身的签名仍然成立：汇总单位可以另行认可"))
	}
	if v.Inspection != nil {
		total := "—"
		if v.Total != nil {
			total = *v.Total
		}
		out = append(out, i18n.T("单位 %s　轮次 %s　第 %d 版　总分 %s（重新计算）", v.Inspection.Unit, v.Inspection.Round, v.Inspection.Revision, total),
			i18n.T("记录 %s", desk.Groups(v.Inspection.SHA256)))
	}
	for _, s := range v.Signatures {
		out = append(out, i18n.T("签名：%s %s　%s　时间（自称）%s", s.Name, s.Number, standingWord(s.Standing), s.Time))
	}
	if words := desk.PagesWords(v.Pages); words != "" {
		out = append(out, words)
	}
	return out
}

// standingWord says what the roster says of a signature.
func standingWord(standing string) string {
	switch standing {
	case inspection.SignatureValid:
		return i18n.T("有效")
	case inspection.SignatureUnknown:
		return i18n.T("签名人不在名册里")
	case inspection.SignatureRevoked:
		return i18n.T("密钥已吊销")
	case inspection.SignatureRole:
		return i18n.T("名册里没有这个角色")
	}
	return standing
}

// Roles names the roles of a key.
func Roles(roles []inspection.Role) string {
	var words []string
	for _, r := range roles {
		if r == inspection.RoleBureau {
			words = append(words, i18n.T("大数据局"))
			continue
		}
		words = append(words, i18n.T("检查员"))
	}
	return strings.Join(words, i18n.T("、"))
}
