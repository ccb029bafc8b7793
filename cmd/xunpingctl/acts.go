package main

import (
	"fmt"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// actCommands are about what people decide after sealing (docs/acts.md).
func actCommands() []command {
	return []command{
		{"act new", "act new F.json --key K [--evidence DIR] -o F.zip", i18n.T("签发一份行为记录（行文、异议、裁定、审批等）"),
			"act new letter.json --key bureau.p12 --passphrase-file pass.txt -o letter.zip --workbook bureau.xpb", actNew},
		{"act list", "act list [--round R] [--unit U] [--kind K]", i18n.T("列出行为记录"), "act list --round 2019-08 --kind objection --workbook bureau.xpb", actList},
		{"act open", "act open --round R", i18n.T("列出还没办结的：异议、退回、整改、榜单调整"), "act open --round 2019-08 --json --workbook bureau.xpb", actOpen},
		{"act timeline", "act timeline --unit U [--round R]", i18n.T("一个单位的全过程：每份评分表、每个行为，谁、什么、哪个文件"), "act timeline --unit 450100 --round 2019-08 --workbook bureau.xpb", actTimeline},
		{"act limit", "act limit --round R [--days N --key K] [--text T] [-o F.zip]", i18n.T("查看或设定一轮的异议期限（工作日）；没有设定就没有期限"),
			"act limit --round 2019-08 --days 5 --text 工作方案第五条 --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", actLimit},
		{"act receipts", "act receipts --round R --key K -o DIR", i18n.T("给交来的评分表签回执，每个检查员一个文件"),
			"act receipts --round 2019-08 --key bureau.p12 --passphrase-file pass.txt -o receipts --workbook bureau.xpb", actReceipts},
		{"act form", "act form NOTICE -o F.xlsx", i18n.T("写出一份整改通知的答复表，供单位填写"), "act form 1f0c --workbook bureau.xpb -o answer.xlsx", actForm},
		{"act answer", "act answer F.xlsx --key K [--evidence DIR] [--date D] [--by NAME] [--replaces H] [-o F.zip]", i18n.T("读入单位填好的整改答复表并签发；有错的逐格指出"),
			"act answer answer.xlsx --evidence photos --by 联络员 --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", actAnswer},
		{"act export", "act export [--round R] --key K -o F.zip", i18n.T("把行为记录连同附件写成一个文件，交给另一个工作簿合并"),
			"act export --round 2019-08 --key bureau.p12 --passphrase-file pass.txt -o acts.zip --workbook bureau.xpb", actExport},
	}
}

func actNew(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	v, err := c.musts("key", "out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	a, err := desk.ReadActDraft(c.args[0])
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		hash, err := d.ActFile(c.ctx, a, v[0], pass, c.flags["evidence"], v[1])
		if err != nil {
			return err
		}
		return c.print(map[string]string{"file": v[1], "sha256": hash}, v[1]+"\t"+hash)
	})
}

func actList(c *call) error {
	if err := desk.KnowsActKind(c.flags["kind"]); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := c.known(d); err != nil {
			return err
		}
		all, err := d.Acts(c.flags["round"])
		if err != nil {
			return err
		}
		list := []desk.ActInfo{}
		var lines []string
		for _, a := range all {
			if u, k := c.flags["unit"], c.flags["kind"]; u != "" && a.Act.Case.Unit != u || k != "" && string(a.Act.Kind) != k {
				continue
			}
			list = append(list, a)
			lines = append(lines, strings.Join([]string{a.Hash, string(a.Act.Kind), a.Act.Case.Unit, a.Act.Number, a.Act.Decision, string(a.Standing)}, "\t"))
		}
		return c.print(list, strings.Join(lines, "\n"))
	})
}

// known refuses a round or a unit of the flags that nobody knows.
func (c *call) known(d *desk.Desk) error {
	if r := c.flags["round"]; r != "" {
		if err := d.KnowsRound(r); err != nil {
			return err
		}
	}
	if u := c.flags["unit"]; u != "" {
		return d.KnowsUnit(u)
	}
	return nil
}

func actTimeline(c *call) error {
	unit, err := c.must("unit")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := c.known(d); err != nil {
			return err
		}
		list, err := d.Timeline(c.flags["round"], unit)
		if err != nil {
			return err
		}
		if list == nil {
			list = []desk.Event{}
		}
		var b strings.Builder
		for _, e := range list {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\t%s\n", e.At, e.Word, e.Who, e.What, e.Short, string(e.Standing))
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

// openJSON is one thing that is not settled yet.
type openJSON struct {
	What   string          `json:"what"` // kind of the act
	State  string          `json:"state"`
	Unit   inspection.Unit `json:"unit"`
	Act    string          `json:"act"`
	Detail string          `json:"detail"`
	Until  string          `json:"until"`
	Over   bool            `json:"overdue"`
}

func actOpen(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.KnowsRound(round); err != nil {
			return err
		}
		list, err := d.OpenWork(round)
		if err != nil {
			return err
		}
		out := []openJSON{}
		var lines []string
		for _, w := range list {
			out = append(out, openJSON{string(w.Kind), w.State, w.Unit, w.Act, w.Detail, w.Until, w.Over})
			lines = append(lines, strings.Join([]string{w.Unit.Code, w.Unit.Name, desk.KindWord(w.Kind), w.StateWord, w.Detail, w.Until}, "\t"))
		}
		return c.print(out, strings.Join(lines, "\n"))
	})
}

func actLimit(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if c.flags["days"] != "" {
			days, err := strconv.Atoi(c.flags["days"])
			if err != nil {
				return i18n.E("参数 --days 是整数，不是“%s”", c.flags["days"], errUsage)
			}
			id, err := c.identity()
			if err != nil {
				return err
			}
			if _, err := d.SetObjectionLimit(c.ctx, round, days, c.flags["text"], id, c.flags["out"]); err != nil {
				return err
			}
		}
		limit, err := d.ObjectionLimit(round)
		if err != nil {
			return err
		}
		text := i18n.T("轮次 %s 的异议期限是 %d 个工作日", round, limit.Days)
		if limit.Days == 0 {
			text = i18n.T("轮次 %s 没有设异议期限", round)
		}
		return c.print(map[string]any{"round": round, "days": limit.Days, "act": limit.Act}, text)
	})
}

func actReceipts(c *call) error {
	v, err := c.musts("round", "out")
	if err != nil {
		return err
	}
	id, err := c.identity()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Confirm(c.ctx, v[0], id, v[1], nil)
		if err != nil {
			return err
		}
		if list == nil {
			list = []desk.ReceiptResult{}
		}
		var lines []string
		for _, r := range list {
			lines = append(lines, fmt.Sprintf("%s\t%d\t%s", r.Inspector, r.Records, r.File))
		}
		return c.print(list, strings.Join(lines, "\n"))
	})
}

func actForm(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		notice, err := d.FindAct(inspection.ActRectify, c.args[0])
		if err != nil {
			return err
		}
		if err := d.WriteAnswerForm(notice, out); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out, "notice": notice}, out)
	})
}

func actAnswer(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	id, err := c.identity()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		f, err := d.ReadAnswerForm(c.args[0], c.flags["evidence"])
		if err != nil {
			return err
		}
		if f.Step.Replaces, err = c.replaced(d, inspection.ActAnswer); err != nil {
			return err
		}
		hash, err := d.EnterAnswer(c.ctx, f, c.flags["date"], person(c.flags["by"]), id, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]any{"sha256": hash, "notice": f.Step.Notice, "items": len(f.Step.Items), "files": len(f.Files)}, hash)
	})
}

func actExport(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	id, err := c.identity()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		n, err := d.ExportActs(c.ctx, c.flags["round"], id, out)
		if err != nil {
			return err
		}
		return c.print(map[string]any{"file": out, "acts": n}, fmt.Sprintf("%s\t%d", out, n))
	})
}
