package desk

import (
	"context"
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// Verify is VerifyFile with what this workbook knows beside the file: the chain
// behind a record, which says whether it counts after its signer was revoked, and
// signatures that another copy of the record carries. An encrypted file is opened
// when a key for it is at hand (UseKey).
func (d *Desk) Verify(ctx context.Context, path string) ([]VerifyResult, error) {
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	list := d.verifyOpened(path, roster)
	var links []inspection.Link             // a file that is not here yet may be what a chain lacks
	carries := map[string]map[string]bool{} // who signed a record, in any copy of it in the file
	for i := range list {
		if v := &list[i]; v.Inspection != nil {
			links = append(links, inspection.Link{Hash: v.node.Hash, Signer: v.node.Signer, Previous: v.node.Previous})
			v.addSigners(carries)
		}
	}
	trust, err := d.wb.Trust(ctx, links...)
	if err != nil {
		return nil, err
	}
	accepted, err := d.acceptedFiles(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list {
		v := &list[i]
		if v.Outcome == Refused && len(v.file) > 0 {
			if a, found := accepted[hashOf(v.file)]; found {
				v.AcceptedBy, v.Reason = a.Hash, joinWords(a.words(), v.Reason)
			}
		}
		if v.Inspection == nil {
			continue
		}
		v.judgeBy(trust)
		lacking, err := d.lacking(ctx, roster, v.Inspection.SHA256, carries[v.Inspection.SHA256])
		if err != nil {
			return nil, err
		}
		if lacking != "" {
			v.Reason = joinWords(v.Reason, lacking)
		}
	}
	return list, nil
}

func (d *Desk) verifyOpened(path string, roster *inspection.Roster) []VerifyResult {
	b, err := ReadFile(path)
	if err == nil {
		var clear []byte
		if clear, err = d.inside(b); clear != nil {
			b = clear
		}
	}
	if err != nil {
		return refusedFile(path, err)
	}
	return verifyContent(path, b, roster)
}

// judgeBy judges again by all that the chain of the signer reaches.
func (v *VerifyResult) judgeBy(t *inspection.Trust) {
	if v.Outcome != RevokedSigner {
		return
	}
	if t.Record(&v.node) != "" {
		v.Reason = ReasonWords(inspection.ReasonRevoked)
		if t.Cut(v.node.Signer) {
			v.Reason = i18n.T("签名人的密钥已吊销。吊销时仍认可的记录在这里没有收齐，判断不了它是不是其中之一")
		}
		return
	}
	v.Outcome, v.Reason = Valid, ""
	for i := range v.Signatures {
		s := &v.Signatures[i]
		s.Standing = t.Signature(inspection.Signature{Object: v.node.Hash, Field: s.Field, SPKI: s.SPKI}, v.node.Signer)
	}
}

func (v *VerifyResult) addSigners(to map[string]map[string]bool) {
	hash := v.Inspection.SHA256
	if to[hash] == nil {
		to[hash] = map[string]bool{}
	}
	for _, s := range v.Signatures {
		to[hash][s.SPKI] = true
	}
}

// lacking names those who signed a record in another copy and not in this one;
// "" when nobody is lacking.
func (d *Desk) lacking(ctx context.Context, roster *inspection.Roster, hash string, has map[string]bool) (string, error) {
	known, err := d.wb.Signatures(ctx, hash)
	if store.IsNotFound(err) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	return lackingWords(roster, known, has), nil
}

func lackingWords(roster *inspection.Roster, known []store.Sig, has map[string]bool) string {
	var who []string
	for _, s := range known {
		if !has[s.SPKI] {
			who = append(who, signerName(roster, s.SPKI, s.Cert)+"（"+FieldWord(s.Field)+"）")
		}
	}
	if len(who) == 0 {
		return ""
	}
	return i18n.T("这是较早的副本，缺少 %s 的签名；工作簿里有", strings.Join(who, i18n.T("、")))
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + i18n.T("；") + b
}

// Text is the result for a terminal: a line for the file, then what it holds, as
// the printed sheet promises.
func (v *VerifyResult) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\t%s\t%s", v.File, v.Outcome, v.Reason)
	if r := v.Inspection; r != nil {
		name := r.Unit
		if v.Card != nil {
			name += " " + v.Card.Inspection.Unit.Name
		}
		fmt.Fprintf(&b, "\n  %s\n  %s", i18n.T("%s　%s　第 %d 版", name, r.Round, r.Revision), i18n.T("记录 %s", Groups(r.SHA256)))
		if v.Total != nil {
			fmt.Fprintf(&b, "\n  %s", i18n.T("重新计算的总分 %s　%s", *v.Total, v.Band))
		}
	}
	for _, s := range v.Signatures {
		fmt.Fprintf(&b, "\n  %s", i18n.T("%s：%s %s，%s，自称时间 %s", FieldWord(s.Field), s.Name, s.Number, SignatureWord(s.Standing), s.Time))
	}
	if words := PagesWords(v.Pages); words != "" {
		fmt.Fprintf(&b, "\n  %s", words)
	}
	return b.String()
}

// FieldWord names the place of a signature.
func FieldWord(field string) string {
	switch field {
	case inspection.FieldInspector:
		return i18n.T("检查员")
	case inspection.FieldCoinspector:
		return i18n.T("第二检查员")
	case inspection.FieldBureau:
		return i18n.T("大数据局")
	}
	return field
}

// SignatureWord says what the roster says of a signature.
func SignatureWord(standing string) string {
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
