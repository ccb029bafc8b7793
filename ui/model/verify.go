package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// Tone is how a verdict looks: good, to be careful with, or bad.
type Tone int

// Tones.
const (
	Good Tone = iota
	Careful
	Bad
)

// Verdict is what is known of a file, in words.
type Verdict struct {
	Of                        desk.VerifyResult
	File, Head, Reason        string
	Tone                      Tone
	What, Total, Band, Record string // of the record; Record is its hash in groups
	Pages                     string
	PagesTone                 Tone
	Missing                   string // evidence that is listed and not in the file
	CanAccept                 bool   // refused, but the record's own signature holds
	Signatures                []SignatureRow
}

// SignatureRow is one signature. Time is a claim.
type SignatureRow struct {
	Place, Who, Standing, Time string
	Tone                       Tone
}

// NewVerdict puts the result of a verification into words.
func NewVerdict(v desk.VerifyResult) Verdict {
	out := Verdict{Of: v, File: baseName(v.File), Reason: v.Reason, CanAccept: v.DataSignature && v.Outcome == desk.Refused && v.AcceptedBy == ""}
	switch v.Outcome {
	case desk.Valid:
		out.Head = i18n.T("真实有效")
		if v.Pages == desk.PagesDiffer { // who looks only at the head must not believe the paper
			out.Head, out.Tone = i18n.T("记录真实有效，版面与记录不符"), Careful
		}
	case desk.UnknownSigner:
		out.Head, out.Tone = i18n.T("内容完整，但签名人不在名册里"), Careful
	case desk.RevokedSigner:
		out.Head, out.Tone = i18n.T("签名人的密钥已吊销"), Bad
	default:
		out.Head, out.Tone = i18n.T("拒收"), Bad
	}
	if r := v.Inspection; r != nil {
		unit := r.Unit
		if v.Card != nil {
			unit = v.Card.Inspection.Unit.Name
		}
		out.What, out.Record, out.Band = i18n.T("%s　%s　第 %d 版", unit, r.Round, r.Revision), desk.Groups(r.SHA256), v.Band
	}
	if v.Total != nil {
		out.Total = *v.Total
	}
	if len(v.Missing) > 0 {
		out.Missing = i18n.T("%d 个佐证文件没有随文件来", len(v.Missing))
	}
	if out.Pages = desk.PagesWords(v.Pages); v.Pages == desk.PagesDiffer {
		out.PagesTone = Bad
	} else if v.Pages == desk.PagesUnknown {
		out.PagesTone = Careful
	}
	for _, s := range v.Signatures {
		row := SignatureRow{Place: desk.FieldWord(s.Field), Who: s.Name + " " + s.Number, Standing: desk.SignatureWord(s.Standing), Time: Clock(s.Time)}
		if s.Standing != inspection.SignatureValid {
			row.Tone = Careful
		}
		out.Signatures = append(out.Signatures, row)
	}
	return out
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
