package desk

import (
	"crypto/x509"
	"errors"
	"strconv"
	"strings"

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
	Rule          RuleNumber        `json:"rule"`
	Reason        string            `json:"reason"`
	DataSignature bool              `json:"data_signature"`
	Signatures    []VerifySignature `json:"signatures"`
	Inspection    *VerifyRecord     `json:"inspection"`
	Total         *string           `json:"total"`
	Missing       []string          `json:"missing,omitempty"` // evidence that is listed and not in the file
	Pages         seal.Pages        `json:"pages,omitempty"`   // only when asked for

	Band string          `json:"-"`
	Card *seal.Scorecard `json:"-"`
	// AcceptedBy is the act that took the record of a refused file in, as far as the
	// workbook knows.
	AcceptedBy string `json:"-"`

	file []byte // the PDF, also one that lay in a pack or was encrypted
	node inspection.Node
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

// RuleNumber is a rule of FORMATS §4; 0, for none, is null in JSON.
type RuleNumber int

// MarshalJSON writes the number, or null.
func (r RuleNumber) MarshalJSON() ([]byte, error) {
	if r == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(r), 10), nil
}

// VerifyFile proves a file by itself, without a workbook; a zip gives one
// result for each scorecard in it. Without a roster every genuine file has an
// unknown signer.
func VerifyFile(path string, roster *inspection.Roster) []VerifyResult {
	b, err := ReadFile(path)
	if err != nil {
		return refusedFile(path, err)
	}
	return verifyContent(path, b, roster)
}

func refusedFile(path string, err error) []VerifyResult {
	return []VerifyResult{{File: path, Outcome: Refused, Rule: 1, Reason: i18n.Person(err), Signatures: []VerifySignature{}}}
}

// verifyContent is VerifyFile for bytes at hand.
func verifyContent(path string, b []byte, roster *inspection.Roster) []VerifyResult {
	switch seal.Detect(b) {
	case seal.KindZip:
	case seal.KindEnvelope:
		return refusedFile(path, i18n.E("这是加密的文件，请先用汇总单位的密钥解开再核验"))
	default:
		return []VerifyResult{VerifyBytes(path, b, roster)}
	}
	z, err := seal.OpenPack(b)
	if err == nil && z.Kind != "" && z.Kind != seal.PackInspections && z.Kind != seal.PackActs {
		err = i18n.E("这是“%s”包，里面没有评分表", z.Kind)
	}
	if err != nil {
		return refusedFile(path, err)
	}
	var out []VerifyResult
	signatures := signaturesBeside(z)
	for _, n := range z.Names() {
		if strings.HasSuffix(n, ".pdf") {
			out = append(out, VerifyBytes(path+"!"+n, z.File(n), roster))
		} else if strings.HasSuffix(n, ".inspection.json") {
			out = append(out, verifyMember(path+"!"+n, packRecord(z, n, z.File(n), signatures, func(string) []byte { return nil }), roster))
		}
	}
	if len(out) == 0 {
		return refusedFile(path, i18n.E("ZIP 里没有评分表"))
	}
	return out
}

func verifyMember(name string, m member, roster *inspection.Roster) VerifyResult {
	v := VerifyResult{File: name, Signatures: []VerifySignature{}}
	if m.err != nil {
		return v.refused(m.err)
	}
	card := &seal.Scorecard{Inspection: m.insp, Hash: m.record.Hash}
	for _, s := range m.record.Signatures {
		cert, err := x509.ParseCertificate(s.Cert)
		if err != nil {
			return v.refused(err)
		}
		card.Signatures = append(card.Signatures, seal.Signature{Field: s.Field, SPKI: s.SPKI, Cert: cert, Time: s.Time})
	}
	return v.judge(card, m.record.Node, roster)
}

func (v VerifyResult) refused(err error) VerifyResult {
	v.Outcome, v.Reason = Refused, i18n.Person(err)
	var r *seal.Refusal
	if errors.As(err, &r) {
		v.Rule, v.DataSignature, v.Reason = RuleNumber(r.Rule), r.DataSignature, r.Error()
	}
	return v
}

// VerifyBytes is VerifyFile for bytes at hand.
func VerifyBytes(name string, b []byte, roster *inspection.Roster) VerifyResult {
	v := VerifyResult{File: name, Outcome: Refused, Signatures: []VerifySignature{}, file: b}
	card, err := seal.OpenPDF(b)
	if err != nil {
		v = v.refused(err)
		if !v.DataSignature && seal.Detect(b) == seal.KindPDF {
			_, err := seal.Salvage(b)
			v.DataSignature = err == nil
		}
		return v
	}
	return v.judge(card, inspection.NewNode(card.Inspection, card.Hash, card.Rubric), roster)
}

// ComparePages draws the pages of a genuine scorecard again and compares them
// with those in the file. Of a record that came in a pack there are no pages.
func (v *VerifyResult) ComparePages() error {
	if v.Card == nil || v.file == nil {
		return nil
	}
	draft, _, err := drawn(v.Card.Inspection, v.Card.Rubric, v.Card.Evidence)
	if err != nil {
		return err
	}
	v.Pages, err = seal.ComparePages(v.file, draft)
	return err
}

// What comparing the pages may give.
const (
	PagesSame    = seal.PagesSame
	PagesDiffer  = seal.PagesDifferent
	PagesUnknown = seal.PagesOther
)

// PagesWords says for a person what a comparison of the pages gave.
func PagesWords(p seal.Pages) string {
	switch p {
	case seal.PagesSame:
		return i18n.T("版面与记录重画的一致")
	case seal.PagesDifferent:
		return i18n.T("版面与记录重画的不一致：不要采信纸面，以记录为准")
	case seal.PagesOther:
		return i18n.T("版面由程序的另一版本绘制，无法逐字节比较")
	}
	return ""
}

// judge gives outcome and standing by the roster. Of a revoked signer only
// what the roster names as last believed is known to count by one file alone;
// the chain behind it needs the workbook.
func (v VerifyResult) judge(card *seal.Scorecard, n inspection.Node, roster *inspection.Roster) VerifyResult {
	t := inspection.NewTrust(roster, []inspection.Link{{Hash: n.Hash, Signer: n.Signer, Previous: n.Previous}})
	v.Card, v.DataSignature, v.Missing, v.Band = card, true, card.Missing, n.Band
	v.Total, v.node = &n.Value, n
	v.Inspection = &VerifyRecord{card.Inspection.ID, card.Inspection.Revision, card.Inspection.Round.Code, card.Inspection.Unit.Code, card.Hash}
	for _, s := range card.Signatures {
		p := seal.Holder(s.Cert)
		if e := roster.Entry(s.SPKI); e != nil {
			p.Name, p.Number = e.Name, e.Number
		}
		field := roster.Field(inspection.Signature{Field: s.Field, SPKI: s.SPKI})
		v.Signatures = append(v.Signatures, VerifySignature{Field: field, Name: p.Name, Number: p.Number, SPKI: s.SPKI, Time: s.Time,
			Standing: t.Signature(inspection.Signature{Object: card.Hash, Field: s.Field, SPKI: s.SPKI}, n.Signer)})
	}
	switch reason := t.Record(&n); reason {
	case "":
		v.Outcome = Valid
	case inspection.ReasonRevoked:
		v.Outcome, v.Reason = RevokedSigner, ReasonWords(reason)
		if t.Cut(n.Signer) {
			v.Reason = i18n.T("签名人的密钥已吊销。凭这一个文件判断不了它是不是吊销时仍认可的：之后的记录不在这里，请用收过它们的工作簿核验")
		}
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
