package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

// chosen is what stands in a record for an indicator, so that a settlement can
// be read without opening it: what counts, and the findings behind it.
func (m *ledgerMaker) chosen(rec *inspection.Record, code string) string {
	if code == "" {
		return ""
	}
	e := rec.Entries[code]
	var out []string
	if i, ok := m.c.Engine.Index(code); ok && rec.Rubric.SHA256 == m.c.Hash {
		x := rec.Score(m.c).At(i)
		words := cellWords(x)
		if x.State == scoring.Checked {
			sign := "扣"
			if m.c.Engine.Part(i).Kind == scoring.Bonus {
				sign = "加"
			}
			words = sign + " " + words + " 分"
		}
		out = append(out, words)
	}
	if a := e.Absence; a != nil {
		out = append(out, strings.TrimSpace(a.Letter+" "+a.Date+" "+a.Reason))
	}
	for _, f := range e.Findings {
		words := f.Rule
		if words == "" {
			words = f.Clause
		}
		if f.Count > 0 {
			words += " × " + f.Count.String()
		}
		out = append(out, strings.TrimSpace(words+" "+f.Points.String()+" 分 "+f.Note))
	}
	for _, k := range sortedKeys(e.Measures) {
		if done, total, ok := e.Measures[k].Counts(); ok {
			out = append(out, k+" "+done.String()+"/"+total.String())
		}
	}
	return strings.Join(out, "；")
}

func (m *ledgerMaker) batches(ctx context.Context, _ string) error {
	list, err := m.d.wb.Batches(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b store.BatchRow) int { return int(a.ID - b.ID) })
	for _, b := range list {
		ended, undone, totals := "", "", ""
		if !b.Finished.IsZero() {
			ended = b.Finished.Format(time.RFC3339)
		}
		if b.Undone {
			undone = i18n.T("已撤出")
		}
		var r MergeReport
		if json.Unmarshal([]byte(b.Summary), &r) == nil && r.Files > 0 {
			totals = r.Words()
		}
		m.Batches = append(m.Batches, []any{int(b.ID), batchWord(b.Kind), b.Title, b.Started.Format(time.RFC3339), ended, undone, totals})
	}
	return nil
}

// batchWord says how a batch came.
func batchWord(kind string) string {
	switch kind {
	case "merge":
		return "合并"
	case "accept":
		return "认可"
	case "task":
		return "任务包"
	}
	return kind
}

// mostLogLines is how much of the log a ledger holds: a sheet has an end.
const mostLogLines = 100_000

// log are the lines of the log, the last of them where there are too many; what
// is left out is said in the first.
func (m *ledgerMaker) log(most int) error {
	lines, err := m.d.Log(most)
	if err != nil {
		return err
	}
	if len(lines) > 0 && lines[0].Seq > 1 {
		m.Log = append(m.Log, []any{"", i18n.T("前面还有 %d 条没有列在这里；全部日志用 xunpingctl log 查看", lines[0].Seq-1), ""})
	}
	for _, x := range lines {
		m.Log = append(m.Log, []any{int(x.Seq), x.Line, x.Hash})
	}
	return nil
}
