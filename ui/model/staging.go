package model

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// Staging is the table of received files: what each did or would do, and which
// of them a person wants.
type Staging struct {
	report  *desk.MergeReport
	Applied bool
	Only    string          // show this outcome; "" for all
	left    map[string]bool // files that are not wanted, by path
	Open    map[string]bool // rows whose details are shown, by the file's name
	// SignersOf says who signed what came in a file; nil where nobody asks.
	SignersOf func(*desk.FileOutcome) string
}

// NewStaging makes the table of a report; nil is the empty one.
func NewStaging(r *desk.MergeReport) *Staging {
	return &Staging{report: r, left: map[string]bool{}, Open: map[string]bool{}}
}

// Empty tells whether nothing was received yet.
func (s *Staging) Empty() bool { return s.report == nil }

// Want says whether a file on the disk is to be written; all records of a pack go
// together.
func (s *Staging) Want(source string, wanted bool) {
	if wanted {
		delete(s.left, source)
	} else {
		s.left[source] = true
	}
}

// Wants tells whether a file on the disk is to be written.
func (s *Staging) Wants(source string) bool { return !s.left[source] }

// Left are the files that were not wanted, in the report's order.
func (s *Staging) Left() []string {
	var out []string
	if s.report == nil {
		return nil
	}
	for _, r := range s.report.Results {
		if s.left[r.Source] && !slices.Contains(out, r.Source) {
			out = append(out, r.Source)
		}
	}
	return out
}

// WantShown says it of all rows that are shown.
func (s *Staging) WantShown(wanted bool) {
	for _, r := range s.Rows() {
		s.Want(r.Source, wanted)
	}
}

// Wanted are the files to be written, each once, and whether that is all of
// them.
func (s *Staging) Wanted() (paths []string, all bool) {
	seen := map[string]bool{}
	for _, r := range s.report.Results {
		if s.Wants(r.Source) && !seen[r.Source] {
			seen[r.Source] = true
			paths = append(paths, r.Source)
		}
	}
	return paths, len(s.left) == 0
}

// Outcomes are the outcomes that occur, with how often.
func (s *Staging) Outcomes() (codes, words []string) {
	if s.report == nil {
		return nil, nil
	}
	r := s.report
	for _, o := range []struct {
		code string
		n    int
	}{{desk.Merged, r.Merged}, {desk.InConflict, r.Conflict}, {desk.Quarantined, r.Quarantined}, {desk.Refused, r.Refused}, {desk.Identical, r.Identical}} {
		if o.n > 0 {
			codes, words = append(codes, o.code), append(words, OutcomeWord(o.code)+" "+strconv.Itoa(o.n))
		}
	}
	return codes, words
}

// FileRow is one line of the table.
type FileRow struct {
	Outcome, Glyph, Word                                                     string
	Unit, Inspector, Revision, Before, Value, Move, Band, File, Reason, Hash string
	Path, Source, Round, What                                                string
	Bands, Lists                                                             [2]string // of the unit, before and after
	Wanted                                                                   bool
	Signed                                                                   func() string // who signed, asked when the row is opened; nil for nobody to ask
}

// Details are the lines below an opened row.
func (r FileRow) Details() []string {
	lines := []string{i18n.T("文件：%s", r.Path)}
	if r.Signed != nil {
		if words := r.Signed(); words != "" {
			lines = append(lines, i18n.T("签名（已核验）：%s", words))
		}
	}
	if r.Reason != "" {
		lines = append(lines, i18n.T("说明：%s", r.Reason))
	}
	if r.Unit != "" {
		lines = append(lines, i18n.T("轮次 %s　单位 %s　第 %s 版　检查员 %s", r.Round, r.Unit, r.Revision, r.Inspector))
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

// Rows are the lines that are shown, in the report's order.
func (s *Staging) Rows() []FileRow {
	if s.report == nil {
		return nil
	}
	rows := make([]FileRow, 0, len(s.report.Results))
	for i, r := range s.report.Results {
		if s.Only != "" && r.Outcome != s.Only {
			continue
		}
		row := FileRow{Outcome: r.Outcome, Glyph: glyphs[r.Outcome], Word: OutcomeWord(r.Outcome), Unit: r.UnitName, Inspector: r.Inspector,
			Before: r.Before, Value: r.Value, Band: r.Band, File: baseName(r.File), Reason: r.Reason, Hash: r.SHA256,
			Path: r.File, Source: r.Source, What: r.What, Round: r.Round, Bands: r.BandMoved, Lists: r.ListsMoved, Wanted: s.Wants(r.Source)}
		if s.SignersOf != nil {
			row.Signed = func() string { return s.SignersOf(&s.report.Results[i]) }
		}
		if row.Unit == "" && r.What != "" { // an act: whose it is
			row.Unit = r.Unit
		}
		if r.Revision > 0 {
			row.Revision = strconv.Itoa(r.Revision)
		}
		if r.BeforeRank != r.AfterRank {
			row.Move = place(r.BeforeRank) + " → " + place(r.AfterRank)
		} else if r.AfterRank > 0 {
			row.Move = place(r.AfterRank)
		}
		rows = append(rows, row)
	}
	return rows
}

func baseName(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' || path[i] == '\\' {
			return path[i+1:]
		}
	}
	return path
}

func place(rank int) string {
	if rank == 0 {
		return "—"
	}
	return strconv.Itoa(rank)
}

// Totals is the line at the foot; the figures add up.
func (s *Staging) Totals() string {
	r := s.report
	if r == nil {
		return ""
	}
	head := i18n.T("试合并，尚未写入")
	if paths, all := s.Wanted(); !all {
		head = i18n.T("试合并，尚未写入；选了 %d 个文件", len(paths))
	}
	if s.Applied {
		head = i18n.T("已写入")
	}
	return head + "　" + i18n.T("%d 个 = 并入 %d + 相同 %d + 冲突 %d + 隔离 %d + 拒收 %d；跳过 %d 个其他文件",
		r.Files, r.Merged, r.Identical, r.Conflict, r.Quarantined, r.Refused, len(r.Skipped)) + skippedNames(r.Skipped)
}

// skippedNames are the first few of the skipped, in brackets.
func skippedNames(paths []string) string {
	const shown = 3
	var names []string
	for _, p := range paths[:min(len(paths), shown)] {
		names = append(names, filepath.Base(p))
	}
	switch {
	case len(paths) == 0:
		return ""
	case len(paths) > shown:
		names = append(names, "…")
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// Ranking is the ranking as lines of text.
type Ranking struct{ rows []desk.RankRow }

// NewRanking makes the table of a ranking.
func NewRanking(rows []desk.RankRow) *Ranking { return &Ranking{rows} }

// Empty tells whether no unit has a result yet.
func (r *Ranking) Empty() bool {
	for _, x := range r.rows {
		if x.Rank > 0 {
			return false
		}
	}
	return true
}

// Kinds are the kinds of units that occur.
func (r *Ranking) Kinds() []string {
	var kinds []string
	for _, x := range r.rows {
		if !Contains(kinds, x.Unit.Kind) {
			kinds = append(kinds, x.Unit.Kind)
		}
	}
	return kinds
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + i18n.T("、") + b
}

// Summary counts ranked units and lists.
func (r *Ranking) Summary() string {
	ranked, red, black := 0, 0, 0
	for _, x := range r.rows {
		if x.Rank > 0 {
			ranked++
		}
		if Contains(x.Lists, "红榜") {
			red++
		}
		if Contains(x.Lists, "黑榜") {
			black++
		}
	}
	return i18n.T("有名次 %d 个单位　红榜 %d　黑榜 %d", ranked, red, black)
}

// ConflictLines says in which indicators the records differ.
func ConflictLines(c desk.Conflict) []string {
	if len(c.Differ) == 0 {
		return []string{i18n.T("各份内容相同，确认一次即可")}
	}
	list := ""
	for _, d := range c.Differ {
		list = join(list, d)
	}
	return []string{i18n.T("不一致的指标：%s", list)}
}

// Batch is an import in words.
type Batch struct{ Title, When, Totals string }

// NewBatch says what an import was and what it brought.
func NewBatch(b desk.BatchInfo) Batch {
	w := Batch{Title: i18n.T("第 %d 批　%s", b.ID, b.Title), When: b.Started.Local().Format("2006-01-02 15:04")}
	switch {
	case b.Undone:
		w.When += "　" + i18n.T("已整批撤回")
	case b.Finished.IsZero():
		w.When += "　" + i18n.T("中途停下，已写入的文件完整；再收一次同样的文件就补齐")
	}
	t := b.Totals
	w.Totals = i18n.T("%d 个 = 并入 %d + 相同 %d + 冲突 %d + 隔离 %d + 拒收 %d", t.Files, t.Merged, t.Identical, t.Conflict, t.Quarantined, t.Refused)
	return w
}

// Spaced are words with a space between them, without the empty ones.
func Spaced(words ...string) string { return strings.Join(withoutEmpty(words), "　") }

// Union is a list with what it lacks of another at its end.
func Union(list, more []string) []string {
	out := slices.Clone(list)
	for _, x := range more {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
