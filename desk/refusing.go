package desk

import (
	"context"
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
		// In a pack it is the PDF that was refused, and that an acceptance names.
		o.pdf = hashOf(x.refused)
		noted.Hash, noted.Size = o.pdf, int64(len(x.refused))
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

// accepted says of the refused files which of them were accepted, by the state after
// the whole call.
func (m *merger) accepted(ctx context.Context) error {
	var known map[string]acceptance
	for i := range m.r.Results {
		o := &m.r.Results[i]
		if o.pdf == "" {
			continue
		}
		if known == nil {
			var err error
			if known, err = m.d.acceptedFiles(ctx); err != nil {
				return err
			}
		}
		if a, found := known[o.pdf]; found {
			o.AcceptedBy, o.Reason = a.Hash, joinWords(a.words(), o.Reason)
		}
	}
	return nil
}

// AcceptHint says of a refused file what the bureau may do; "" for nothing. how names
// the way to it, which is another in a window than in a terminal.
func (o *FileOutcome) AcceptHint(how string) string {
	if !o.Acceptable || o.AcceptedBy != "" {
		return ""
	}
	return i18n.T("只有数据签名成立：版面被别的软件改过。%s", how)
}
