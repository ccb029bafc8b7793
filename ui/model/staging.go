package model

import (
	"path/filepath"
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
	Written *desk.MergeReport // what of the same pile was written before; nil for nothing
	left    map[string]bool   // files that are not wanted, by path
}

// NewStaging makes the table of a report; nil is the empty one.
func NewStaging(r *desk.MergeReport) *Staging {
	return &Staging{report: r, left: map[string]bool{}}
}

// Empty tells whether nothing was received yet.
func (s *Staging) Empty() bool { return s.report == nil }

// Keep leaves out what was left out of an older table of the same files.
func (s *Staging) Keep(old *Staging) {
	for path := range old.left {
		s.left[path] = true
	}
}

// Want says whether a file is to be written; all records of a pack go together.
func (s *Staging) Want(path string, wanted bool) {
	if wanted {
		delete(s.left, path)
	} else {
		s.left[path] = true
	}
}

// Wants tells whether a file is to be written.
func (s *Staging) Wants(path string) bool { return !s.left[path] }

// Wanted are the files to be written, each once, and whether that is all of
// them.
func (s *Staging) Wanted() (paths []string, all bool) {
	files := s.files()
	for _, path := range files {
		if s.Wants(path) {
			paths = append(paths, path)
		}
	}
	return paths, len(paths) == len(files)
}

// files are the files of the table, each once.
func (s *Staging) files() (paths []string) {
	seen := map[string]bool{}
	for _, r := range s.report.Results {
		if !seen[r.Source] {
			seen[r.Source] = true
			paths = append(paths, r.Source)
		}
	}
	return paths
}

// Rest are the files that a merge has not taken up.
func (s *Staging) Rest(done *desk.MergeReport) (paths []string) {
	taken := map[string]bool{}
	for _, r := range done.Results {
		taken[r.Source] = true
	}
	for _, path := range s.files() {
		if !taken[path] {
			paths = append(paths, path)
		}
	}
	return paths
}

// Rows are the files in the report's order.
func (s *Staging) Rows() []FileRow {
	if s.report == nil {
		return nil
	}
	rows := make([]FileRow, 0, len(s.report.Results))
	for i := range s.report.Results {
		rows = append(rows, newFileRow(&s.report.Results[i]))
	}
	return rows
}

// Table is the rows as a table, grouped by outcome.
func (s *Staging) Table() *Table {
	rows := s.Rows()
	lines := make([]Line, 0, len(rows))
	for _, r := range rows {
		lines = append(lines, Line{Group: r.Outcome, Accent: outcomeRoles[r.Outcome],
			Cells: []string{r.Glyph + " " + r.Word, r.Unit, r.By, r.Round, r.Revision, r.Before, r.Value, r.Move, r.Band, r.File + "　" + r.Reason}})
	}
	return NewTable([]Column{{Word: i18n.T("结果"), Width: 60}, {Word: i18n.T("单位"), Width: 150}, {Word: i18n.T("签名人"), Width: 120}, {Word: i18n.T("轮次"), Width: 70},
		{Word: i18n.T("版次"), Width: 66}, {Word: i18n.T("原总分"), Width: 64, Figure: true}, {Word: i18n.T("总分"), Width: 64, Figure: true},
		{Word: i18n.T("名次"), Width: 72, Amount: LastPlace}, {Word: i18n.T("等级"), Width: 60}, {Word: i18n.T("文件与说明")}}, lines)
}

var outcomeRoles = map[string]string{desk.Merged: "success", desk.Identical: "xunping.secondary", desk.InConflict: roleWaiting,
	desk.Quarantined: roleWaiting, desk.Refused: roleLost}

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
	return head + "　" + r.Words() + i18n.T("；跳过 %d 个其他文件", len(r.Skipped)) + skippedNames(r.Skipped)
}

// Before says what of the same pile was written already, "" for nothing.
func (s *Staging) Before() string {
	if s.Written == nil {
		return ""
	}
	return i18n.T("刚才写入的：%s。下面是留下的文件，还没有写入。", s.Written.Words())
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

// Batch is an import in words.
type Batch struct{ Title, When, Totals string }

// NewBatch says what an import was and what it brought.
func NewBatch(b desk.BatchInfo) Batch {
	w := Batch{Title: i18n.T("第 %d 批　%s", b.ID, b.Title), When: b.Started.Local().Format("2006-01-02 15:04")}
	if state := b.State(); state != "" {
		w.When += "　" + state
	}
	w.Totals = b.Totals.Words()
	return w
}
