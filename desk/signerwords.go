package desk

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// SignerWords say who signed what came in a file, and what the roster in force says of
// each: what was proven, never what the record claims. "" where nothing was.
func (d *Desk) SignerWords(ctx context.Context, o *FileOutcome) string {
	sigs := o.signed
	if sigs == nil && o.SHA256 != "" { // the very bytes were here already
		sigs, _ = d.wb.Signatures(ctx, o.SHA256) // a roster has none
	}
	roster, err := d.Roster()
	if err != nil {
		return ""
	}
	var out []string
	for _, s := range sigs {
		word, standing := signerName(roster, s.SPKI, s.Cert), inspection.SignatureValid
		if n := signerNumber(roster, s.SPKI, s.Cert); n != "" {
			word += " " + n
		}
		switch e := roster.Entry(s.SPKI); {
		case e == nil:
			standing = inspection.SignatureUnknown
		case e.Revoked != nil:
			standing = inspection.SignatureRevoked
		}
		out = append(out, i18n.T("%s（%s，%s）", word, FieldWord(s.Field), SignatureWord(standing)))
	}
	return strings.Join(out, i18n.T("、"))
}
