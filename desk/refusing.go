package desk

import (
	"errors"
	"path/filepath"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// refuse notes a file, or a member of one, that is not let in.
func (m *merger) refuse(f *proven, x *member, reason error) error {
	o := FileOutcome{File: f.src.name, Outcome: Refused, Reason: i18n.Person(reason)}
	if x != nil {
		o.File = x.name
	}
	noted := store.RefusedFile{Name: filepath.Base(o.File), Hash: f.src.hash, Size: f.src.size, Reason: o.Reason}
	var r *seal.Refusal
	if errors.As(reason, &r) {
		o.Rule, o.Reason = r.Rule, r.Error()
		noted.Rule, noted.Reason = r.Rule, o.Reason
	}
	if x != nil && x.refused != nil {
		m.salvage(&o, x.refused)
	}
	noted.Genuine = o.Acceptable || r != nil && r.DataSignature
	m.r.Results = append(m.r.Results, o)
	return m.batch.Refuse(m.ctx, noted)
}

// mostSalvaging is how long a merge may look into refused files for records
// that could be accepted: a pile of hostile ones must not hold up the rest.
const mostSalvaging = 30 * time.Second

// salvage looks whether the record in a refused PDF could be taken by an
// acceptance, and says of which unit and by whom it is.
func (m *merger) salvage(o *FileOutcome, pdf []byte) {
	if m.salvaging > mostSalvaging || seal.Detect(pdf) != seal.KindPDF {
		return
	}
	begun := time.Now()
	defer func() { m.salvaging += time.Since(begun) }()
	card, err := seal.Salvage(pdf)
	if err != nil {
		return
	}
	n := inspection.NewNode(card.Inspection, card.Hash, card.Rubric)
	o.Acceptable, o.UnitName, o.Value, o.Band = true, n.UnitName, n.Value, n.Band
	if len(n.Inspectors) > 0 {
		o.Inspector = n.Inspectors[0]
	}
	roster, err := m.d.Roster()
	if err != nil {
		return
	}
	o.Signers = VerifyResult{}.judge(card, n, roster).Signatures
}

// AcceptHint says of a refused file what the bureau may do; "" for nothing.
func (o *FileOutcome) AcceptHint() string {
	if !o.Acceptable {
		return ""
	}
	return i18n.T("只有数据签名成立：版面被别的软件改过。要收下，请在“核验”里打开它，由汇总单位认可")
}
