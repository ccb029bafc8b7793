package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
)

// undo takes an import out again. Without a number it lists the last imports,
// to find the number.
func undo(c *call) error {
	if len(c.args) == 0 {
		return c.withDesk(c.listBatches)
	}
	id, err := strconv.ParseInt(c.args[0], 10, 64)
	if err != nil {
		return i18n.E("批次号应是数字：%s", c.args[0], errUsage)
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.UndoBatch(c.ctx, id); err != nil {
			return err
		}
		return c.print(map[string]int64{"undone": id}, i18n.T("已撤回第 %d 批", id))
	})
}

// mostBatches is how many imports are listed.
const mostBatches = 20

func (c *call) listBatches(d *desk.Desk) error {
	list, err := d.Batches()
	if err != nil {
		return err
	}
	all := len(list)
	list = list[:min(all, mostBatches)]
	out := make([]map[string]any, 0, len(list))
	var text []string
	for i := range list {
		b := &list[i]
		line := fmt.Sprintf("%d\t%s\t%s\t%s\t%s", b.ID, b.Started.Local().Format("2006-01-02 15:04"), b.Title, b.Totals.Words(), b.State())
		text = append(text, strings.TrimRight(line, "\t"))
		x := map[string]any{"batch": b.ID, "title": b.Title, "started": b.Started.Format(time.RFC3339), "finished": !b.Finished.IsZero(), "undone": b.Undone,
			"files": b.Totals.Files, "merged": b.Totals.Merged, "identical": b.Totals.Identical, "conflict": b.Totals.Conflict,
			"quarantined": b.Totals.Quarantined, "refused": b.Totals.Refused}
		out = append(out, x)
	}
	switch {
	case all == 0:
		text = append(text, i18n.T("还没有导入过文件。每次写入成为一个批次，可以整批撤回。"))
	case all > len(list):
		text = append(text, i18n.T("还有更早的 %d 批", all-len(list)))
	}
	return c.print(out, strings.Join(text, "\n"))
}
