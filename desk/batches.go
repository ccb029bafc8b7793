package desk

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/seal"
	"xunping/store"
)

// BatchInfo is one import 导入批次 of this workbook.
type BatchInfo struct {
	ID                int64
	Title             string
	Started, Finished time.Time // Finished is zero after an interruption
	Undone            bool
	Totals            MergeReport // the five counts; Results are not kept
	Refused           []RefusedInfo
}

// RefusedInfo is a file that a batch did not let in, with the reason in words.
type RefusedInfo struct{ Name, Reason string }

// Words are the counts of a merge; they add up.
func (r *MergeReport) Words() string {
	return i18n.T("%d 个 = 并入 %d + 相同 %d + 冲突 %d + 隔离 %d + 拒收 %d", r.Files, r.Merged, r.Identical, r.Conflict, r.Quarantined, r.Refused)
}

// State says what became of a batch; "" for nothing special.
func (b *BatchInfo) State() string {
	switch {
	case b.Undone:
		return i18n.T("已整批撤回")
	case b.Finished.IsZero():
		return i18n.T("中途停下，已写入的文件完整；再收一次同样的文件就补齐")
	}
	return ""
}

// UndoBatch takes an import out again as a whole.
func (d *Desk) UndoBatch(ctx context.Context, id int64) error {
	err := d.wb.UndoBatch(ctx, id)
	var on *store.BuiltOn
	if !errors.As(err, &on) {
		return err
	}
	what, unit := i18n.T("评分表"), on.Unit
	if on.Act != "" {
		what = KindWord(on.Act)
	}
	if unit == "" {
		unit = d.unitNamed(on.Case.Unit).Name
	}
	where := strings.Join(slices.DeleteFunc([]string{unit, on.Case.Round, seal.Short(on.Hash)}, func(s string) bool { return s == "" }), i18n.T("、"))
	return i18n.E("本机签发的“%s”（%s）建立在这一批之上，不能撤回。没有改动任何内容。", what, where, err)
}

// Batches are the imports, newest first.
func (d *Desk) Batches() ([]BatchInfo, error) {
	ctx := context.Background()
	rows, err := d.wb.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var out []BatchInfo
	for _, r := range rows {
		b := BatchInfo{ID: r.ID, Title: r.Title, Started: r.Started, Finished: r.Finished, Undone: r.Undone}
		if r.Summary != "" {
			if err := json.Unmarshal([]byte(r.Summary), &b.Totals); err != nil {
				return nil, err
			}
		}
		refused, err := d.wb.Refused(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range refused {
			b.Refused = append(b.Refused, RefusedInfo{f.Name, f.Reason})
		}
		out = append(out, b)
	}
	return out, nil
}
