package model

import (
	"cmp"
	"strconv"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// FileRow is one line of the table.
type FileRow struct {
	Outcome, Glyph, Word                                                string
	Unit, Revision, Before, Value, Move, Band, File, Reason, Hash, Path string
	Round, Source                                                       string
	By                                                                  string    // who signed it, with what the roster holds against them
	Signatures                                                          []string  // each in words
	Bands, Lists                                                        [2]string // of the unit, before and after
}

// Details are the lines below an opened row.
func (r FileRow) Details() []string {
	lines := []string{i18n.T("文件：%s", r.Path)}
	if r.Reason != "" {
		lines = append(lines, i18n.T("说明：%s", r.Reason))
	}
	lines = append(lines, r.Signatures...)
	if r.Round != "" {
		lines = append(lines, i18n.T("轮次 %s　单位 %s　版次或种类 %s", r.Round, orDash(r.Unit), orDash(r.Revision)))
	}
	if r.Before != "" || r.Value != "" {
		lines = append(lines, i18n.T("总分 %s → %s　%s　名次 %s", orDash(r.Before), orDash(r.Value), r.Band, orDash(r.Move)))
		lines = append(lines, i18n.T("等级 %s　榜单 %s", movedWords(r.Bands), movedWords(r.Lists)))
	}
	if r.Hash != "" {
		lines = append(lines, i18n.T("记录哈希 %s", r.Hash))
	}
	return lines
}

// movedWords is what was and what is, once when both are the same.
func movedWords(p [2]string) string {
	if p[0] == p[1] {
		return orDash(p[1])
	}
	return orDash(p[0]) + " → " + orDash(p[1])
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

var glyphs = map[string]string{desk.Merged: "●", desk.Identical: "＝", desk.InConflict: "≠", desk.Quarantined: "？", desk.Refused: "×"}

// OutcomeWord is the word of an outcome for a person.
func OutcomeWord(outcome string) string {
	switch outcome {
	case desk.Merged:
		return i18n.T("并入")
	case desk.Identical:
		return i18n.T("相同")
	case desk.InConflict:
		return i18n.T("冲突")
	case desk.Quarantined:
		return i18n.T("隔离")
	case desk.Refused:
		return i18n.T("拒收")
	}
	return outcome
}

func newFileRow(r *desk.FileOutcome) FileRow {
	row := FileRow{Outcome: r.Outcome, Glyph: glyphs[r.Outcome], Word: OutcomeWord(r.Outcome), Unit: cmp.Or(r.UnitName, r.Unit), By: r.Inspector,
		Before: r.Before, Value: r.Value, Band: r.Band, File: baseName(r.File), Reason: r.Reason, Hash: r.SHA256,
		Path: r.File, Source: r.Source, Round: r.Round, Bands: r.BandMoved, Lists: r.ListsMoved}
	if hint := r.AcceptHint(i18n.T("要收下，请在“核验”里打开它，由汇总单位认可")); hint != "" {
		row.Reason += i18n.T("；") + hint
	}
	switch {
	case r.ActKind != "":
		row.Revision = desk.KindWord(r.ActKind)
	case r.Revision > 0:
		row.Revision = strconv.Itoa(r.Revision)
	}
	if r.BeforeRank != r.AfterRank {
		row.Move = place(r.BeforeRank) + " → " + place(r.AfterRank)
	} else if r.AfterRank > 0 {
		row.Move = place(r.AfterRank)
	}
	row.signed(r.Signers)
	return row
}

// signed says who signed a file. A name stands by itself only when the roster
// has nothing against the signature.
func (r *FileRow) signed(by []desk.VerifySignature) {
	names := ""
	for _, s := range by {
		name, standing := s.Name, desk.SignatureWord(s.Standing)
		r.Signatures = append(r.Signatures, i18n.T("签名：%s %s（%s），%s", name, s.Number, desk.FieldWord(s.Field), standing))
		if s.Standing != inspection.SignatureValid {
			name = i18n.T("%s（%s）", name, standing)
		}
		names = join(names, name)
	}
	if names != "" {
		r.By = names
	}
}
