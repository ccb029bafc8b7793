package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// FindingsOf are the findings under a rule: one that counts its cases, and more where
// some of them have another reason or another unit answers for them.
func FindingsOf(e inspection.Entry, rule string) []inspection.Finding {
	var out []inspection.Finding
	for _, f := range e.Findings {
		if f.Rule == rule {
			out = append(out, f)
		}
	}
	return out
}

// FindingOf is the first finding under a rule, or nil.
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

// LastFinding is a finding of last round, in words.
type LastFinding struct{ ID, Words string }

// LastOf tells what last round found for an indicator: its findings, and what
// else was entered. While points are hidden it names none.
func LastOf(last *inspection.Record, code string, hidden bool) (findings []LastFinding, other []string) {
	e, ok := last.Entries[code]
	if !ok {
		return nil, nil
	}
	switch e.State {
	case scoring.Absent:
		return nil, []string{i18n.T("不检查")}
	case scoring.NotScored:
		return nil, []string{i18n.T("不评分")}
	}
	for _, f := range e.Findings {
		name := f.Rule
		if name == "" {
			name = f.Clause
		}
		points := f.Points.String()
		if hidden {
			points = ""
		}
		findings = append(findings, LastFinding{f.ID, words(name, points, f.Note)})
	}
	for _, code := range sortedKeys(e.Measures) {
		other = append(other, code+"　"+Ratio(e.Measures[code]))
	}
	if e.Note != "" {
		other = append(other, e.Note)
	}
	if len(findings)+len(other) == 0 {
		other = append(other, i18n.T("没有发现问题"))
	}
	return findings, other
}

// words joins what is not empty with a wide space.
func words(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "　")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
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

// EvidenceWords say what a piece of evidence is.
func EvidenceWords(x inspection.EvidenceRef) string {
	return i18n.T("%s，%s，短码 %s", x.Media, Bytes(x.Bytes), x.SHA256[:min(16, len(x.SHA256))])
}

// PlacedWords name the evidence of an entry that is kept as the camera wrote it; ""
// if there is none.
func PlacedWords(r *inspection.Record, e inspection.Entry) string {
	var names []string
	for _, sha := range EvidenceOf(e) {
		if x := EvidenceRef(r, sha); desk.KeepsPlace(x.Media) {
			names = append(names, x.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return i18n.T("按原样保存，可能带有拍摄位置和设备信息：%s", Join(names))
}

// EvidenceMeter says how much evidence the record carries, against what a sealed
// file may hold.
func EvidenceMeter(r *inspection.Record) string {
	var sum int64
	for _, x := range r.Evidence {
		sum += x.Bytes
	}
	words := i18n.T("本单位佐证 %d 件，共 %s（评分表文件上限 64 MiB）", len(r.Evidence), Bytes(sum))
	if sum > desk.EvidenceRoom {
		words += i18n.T("——太大，签不成一份，请删去一些")
	}
	return words
}

// Bytes is a size for a person.
func Bytes(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
