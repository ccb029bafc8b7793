package model

import (
	"strconv"

	"xunping/assets/i18n"
	"xunping/desk"
)

// Staging is the table of received files: what each did or would do.
type Staging struct {
	report  *desk.MergeReport
	Applied bool
}

// NewStaging makes the table of a report; nil is the empty one.
func NewStaging(r *desk.MergeReport) *Staging { return &Staging{report: r} }

// Empty tells whether nothing was received yet.
func (s *Staging) Empty() bool { return s.report == nil }

// FileRow is one line of the table.
type FileRow struct {
	Outcome, Glyph, Word                                                     string
	Unit, Inspector, Revision, Before, Value, Move, Band, File, Reason, Hash string
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

// Rows are the lines of the table, in the report's order.
func (s *Staging) Rows() []FileRow {
	if s.report == nil {
		return nil
	}
	rows := make([]FileRow, len(s.report.Results))
	for i, r := range s.report.Results {
		row := FileRow{Outcome: r.Outcome, Glyph: glyphs[r.Outcome], Word: OutcomeWord(r.Outcome), Unit: r.UnitName, Inspector: r.Inspector,
			Before: r.Before, Value: r.Value, Band: r.Band, File: baseName(r.File), Reason: r.Reason, Hash: r.SHA256}
		if r.Revision > 0 {
			row.Revision = strconv.Itoa(r.Revision)
		}
		if r.BeforeRank != r.AfterRank {
			row.Move = place(r.BeforeRank) + " → " + place(r.AfterRank)
		} else if r.AfterRank > 0 {
			row.Move = place(r.AfterRank)
		}
		rows[i] = row
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
	if s.Applied {
		head = i18n.T("已写入")
	}
	return head + "　" + i18n.T("%d 个 = 并入 %d + 相同 %d + 冲突 %d + 隔离 %d + 拒收 %d；跳过 %d 个其他文件",
		r.Files, r.Merged, r.Identical, r.Conflict, r.Quarantined, r.Refused, len(r.Skipped))
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
