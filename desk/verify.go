package desk

import (
	"errors"
	"os"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
)

// Outcomes of verifying a file.
const (
	Valid         = "valid"
	UnknownSigner = "unknown_signer"
	RevokedSigner = "revoked"
	Refused       = "refused"
)

// VerifyResult is what is known of one file (FORMATS §5, verify --json).
type VerifyResult struct {
	File          string            `json:"file"`
	Outcome       string            `json:"outcome"`
	Rule          int               `json:"rule,omitzero"`
	Reason        string            `json:"reason,omitempty"`
	DataSignature bool              `json:"data_signature"`
	Signatures    []VerifySignature `json:"signatures"`
	Inspection    *VerifyRecord     `json:"inspection,omitempty"`
	Total         string            `json:"total,omitempty"`
	Missing       []string          `json:"missing,omitempty"` // evidence that is listed and not in the file

	Band string          `json:"-"`
	Card *seal.Scorecard `json:"-"`
}

// VerifySignature is one signature with its standing. Time is a claim.
type VerifySignature struct {
	Field    string `json:"field"`
	Name     string `json:"name"`
	Number   string `json:"number"`
	SPKI     string `json:"spki"`
	Time     string `json:"time"`
	Standing string `json:"standing"`
}

// VerifyRecord names the record.
type VerifyRecord struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	Round    string `json:"round"`
	Unit     string `json:"unit"`
	SHA256   string `json:"sha256"`
}

// VerifyFile proves a file by itself, without a workbook. Without a roster
// every genuine file has an unknown signer.
func VerifyFile(path string, roster *inspection.Roster) VerifyResult {
	b, err := os.ReadFile(path)
	if err != nil {
		return VerifyResult{File: path, Outcome: Refused, Reason: i18n.T("读不出文件“%s”", path), Signatures: []VerifySignature{}}
	}
	return VerifyBytes(path, b, roster)
}

// VerifyBytes is VerifyFile for bytes at hand.
func VerifyBytes(name string, b []byte, roster *inspection.Roster) VerifyResult {
	v := VerifyResult{File: name, Outcome: Refused, Signatures: []VerifySignature{}}
	card, err := seal.OpenPDF(b)
	if err != nil {
		var r *seal.Refusal
		if errors.As(err, &r) {
			v.Rule, v.DataSignature = r.Rule, r.DataSignature
		}
		v.Reason = i18n.Person(err)
		if r != nil {
			v.Reason = r.Error()
		}
		return v
	}
	return v.judge(card, roster)
}

// judge gives outcome and standing by the roster. Of a revoked signer only
// what the roster names as last believed is known to count by one file alone;
// the chain behind it needs the workbook.
func (v VerifyResult) judge(card *seal.Scorecard, roster *inspection.Roster) VerifyResult {
	n := inspection.NewNode(card.Inspection, card.Hash, card.Rubric)
	t := inspection.NewTrust(roster, []inspection.Link{{Hash: n.Hash, Signer: n.Signer, Previous: n.Previous}})
	v.Card, v.DataSignature, v.Missing, v.Band = card, true, card.Missing, n.Band
	v.Total = n.Value
	v.Inspection = &VerifyRecord{card.Inspection.ID, card.Inspection.Revision, card.Inspection.Round.Code, card.Inspection.Unit.Code, card.Hash}
	for _, s := range card.Signatures {
		p := seal.Holder(s.Cert)
		if e := roster.Entry(s.SPKI); e != nil {
			p.Name, p.Number = e.Name, e.Number
		}
		v.Signatures = append(v.Signatures, VerifySignature{Field: s.Field, Name: p.Name, Number: p.Number, SPKI: s.SPKI, Time: s.Time,
			Standing: t.Signature(inspection.Signature{Object: card.Hash, Field: s.Field, SPKI: s.SPKI}, n.Signer)})
	}
	switch reason := t.Record(&n); reason {
	case "":
		v.Outcome = Valid
	case inspection.ReasonRevoked:
		v.Outcome, v.Reason = RevokedSigner, ReasonWords(reason)
	default:
		v.Outcome, v.Reason = UnknownSigner, ReasonWords(reason)
	}
	return v
}

// ReasonWords says for a person why an object is quarantined or a result
// provisional.
func ReasonWords(r inspection.Reason) string {
	switch r {
	case inspection.ReasonUnknown:
		return i18n.T("签名人不在名册里；以后的名册列入后自动生效，不用再导入")
	case inspection.ReasonRole:
		return i18n.T("签名人没有这个角色")
	case inspection.ReasonNumber:
		return i18n.T("签名人不是记录里写的检查员")
	case inspection.ReasonRevoked:
		return i18n.T("签名人的密钥已吊销，这份不在吊销时认可的记录之内")
	case inspection.AwaitsSignature:
		return i18n.T("待补签")
	case inspection.AwaitsLetter:
		return i18n.T("待核实")
	case inspection.AwaitsScoring:
		return i18n.T("加分待评")
	case inspection.AwaitsApproval:
		return i18n.T("待认定")
	}
	return string(r)
}
