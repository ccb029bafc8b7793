package model

import (
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// FindingOf is the first finding under a rule, or nil. The screen keeps one
// finding for each rule and counts its cases in it.
func FindingOf(e inspection.Entry, rule string) *inspection.Finding {
	for i := range e.Findings {
		if e.Findings[i].Rule == rule {
			return &e.Findings[i]
		}
	}
	return nil
}

// Binds tells whether a rule may be used on this kind of unit.
func Binds(r *scoring.Rule, kind string) bool { return len(r.Who) == 0 || Contains(r.Who, kind) }

// WhoWords names the kinds of units a rule binds.
func WhoWords(who []string) string {
	words := make([]string, len(who))
	for i, k := range who {
		words[i] = KindWord(k)
	}
	return strings.Join(words, i18n.T("、"))
}

// RuleHint says in brackets what the rule takes or gives.
func RuleHint(r *scoring.Rule) string {
	switch r.Kind {
	case "each":
		if r.Cap != nil {
			return i18n.T("（每%s %s 分，最多 %s 分）", r.Unit, r.Per.String(), r.Cap.String())
		}
		return i18n.T("（每%s %s 分）", r.Unit, r.Per.String())
	case "fixed", "complete":
		return i18n.T("（%s 分）", r.Points.String())
	case "range":
		return i18n.T("（%s～%s 分，写明理由）", r.Min.String(), r.Max.String())
	case "share":
		return i18n.T("（每差 %s 计 %s 分）", r.Step.String(), r.Per.String())
	case "veto":
		return i18n.T("（否决项）")
	}
	return ""
}

// Ratio is n／m with the percentage, as people say it. The percentage is
// rounded half up to two places and never printed as 100.00 before all is
// done.
func Ratio(m inspection.Measure) string {
	if m.Total == nil || m.Done == nil {
		return "—"
	}
	if *m.Total == 0 {
		return i18n.T("无对象")
	}
	return scoring.Percent(*m.Done, *m.Total)
}

// Figure is the text of a count that may be missing.
func Figure(d *scoring.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// Count reads a count; the empty text is a missing one.
func Count(t string) (*scoring.Decimal, error) {
	t = strings.TrimSpace(t)
	if t == "" {
		return nil, nil
	}
	d, err := scoring.ParseDecimal(t)
	if err != nil {
		return nil, i18n.E("“%s”不是数：请写 12 或 12.5", t, err)
	}
	return &d, nil
}

// Points reads a number of points, which must be more than 0.
func Points(t string) (scoring.Decimal, error) {
	d, err := scoring.ParseDecimal(strings.TrimSpace(t))
	if err != nil || d == 0 {
		return 0, i18n.E("“%s”不是分数：请写大于 0、最多四位小数的数，如 2 或 0.5", t)
	}
	return d, nil
}

// InRange reads points that must lie in a rule's range; an empty text or 0
// takes the finding away.
func InRange(t string, low, high scoring.Decimal) (scoring.Decimal, error) {
	if t = strings.TrimSpace(t); t == "" || t == "0" {
		return 0, nil
	}
	d, err := Points(t)
	if err == nil && (d < low || d > high) {
		err = i18n.E("%s 分不在 %s～%s 之间，没有记入", d.String(), low.String(), high.String())
	}
	return d, err
}

// Date accepts the empty text and real days written 2019-08-31.
func Date(t string) error {
	if t == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, t); err != nil {
		return i18n.E("“%s”不是日期：请写 2019-08-31", t)
	}
	return nil
}

// AsksCompletion tells whether a rule of the indicator depends on the day the
// measure was completed.
func AsksCompletion(ind *scoring.Indicator, measure string) bool {
	for _, r := range ind.Rules {
		if r.Kind == "complete" && Contains(r.Needs, measure) {
			return true
		}
	}
	return false
}

// Contains tells whether a list has a text.
func Contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// With is the list with or without a text.
func With(list []string, s string, on bool) []string {
	var out []string
	for _, x := range list {
		if x != s {
			out = append(out, x)
		}
	}
	if on {
		out = append(out, s)
	}
	return out
}

// LastLines tells what last round found for an indicator.
func LastLines(last *inspection.Record, c *inspection.Compiled, code string) []string {
	e, ok := last.Entries[code]
	if !ok {
		return nil
	}
	var lines []string
	switch e.State {
	case scoring.Absent:
		return []string{i18n.T("不检查")}
	case scoring.NotScored:
		return []string{i18n.T("不评分")}
	}
	for _, f := range e.Findings {
		text := f.Note
		if text == "" {
			text = f.Rule
		}
		lines = append(lines, f.Rule+"　"+f.Points.String()+"　"+text)
	}
	for code, m := range e.Measures {
		lines = append(lines, code+"　"+Ratio(m))
	}
	if e.Note != "" {
		lines = append(lines, e.Note)
	}
	if len(lines) == 0 {
		lines = append(lines, i18n.T("没有发现问题"))
	}
	return lines
}

// EvidenceOf are the hashes of all evidence of an entry, its findings' too,
// each once, in order.
func EvidenceOf(e inspection.Entry) []string {
	all := append([]string{}, e.Evidence...)
	for _, f := range e.Findings {
		for _, sha := range f.Evidence {
			if !Contains(all, sha) {
				all = append(all, sha)
			}
		}
	}
	return all
}

// EvidenceRef is what the record says of a piece of evidence.
func EvidenceRef(r *inspection.Record, sha string) inspection.EvidenceRef {
	for _, x := range r.Evidence {
		if x.SHA256 == sha {
			return x
		}
	}
	return inspection.EvidenceRef{SHA256: sha}
}
