package main

import (
	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// paperCommands write the documents that follow from acts; each can be written
// again at any time.
func paperCommands() []command {
	return []command{
		{"paper ruling", "paper ruling RULING -o F.pdf|F.docx", i18n.T("写出一份复核裁定的复核意见"), "paper ruling 1f0c -o 复核意见.docx --workbook bureau.xpb", paperRuling},
		{"paper notice", "paper notice NOTICE -o F.pdf|F.docx", i18n.T("写出一份整改通知的整改通知单"), "paper notice 1f0c -o 整改通知单.pdf --workbook bureau.xpb", paperNotice},
		{"paper approval", "paper approval --round R [--snapshot H] -o F.pdf|F.docx", i18n.T("写出报批快照的呈批单：哈希、各步意见、未办结事项和理由、榜单调整"),
			"paper approval --round 2019-08 -o 呈批单.pdf --workbook bureau.xpb", paperApproval},
		{"paper clearance", "paper clearance [--round R] -o F.xlsx", i18n.T("写出一轮或全部轮次的整改销号台账"), "paper clearance --round 2019-08 -o 销号台账.xlsx --workbook bureau.xpb", paperClearance},
	}
}

// paperOf writes the document of the act that the call names.
func (c *call) paperOf(kind inspection.ActKind, write func(d *desk.Desk, hash, out string) error) error {
	if err := c.need(1); err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		hash, err := d.FindAct(kind, c.args[0])
		if err != nil {
			return err
		}
		if err := write(d, hash, out); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out, "act": hash}, out)
	})
}

func paperRuling(c *call) error {
	return c.paperOf(inspection.ActRuling, func(d *desk.Desk, hash, out string) error { return d.WriteRuling(c.ctx, hash, out) })
}

func paperNotice(c *call) error {
	return c.paperOf(inspection.ActRectify, func(d *desk.Desk, hash, out string) error { return d.WriteRectifyNotice(c.ctx, hash, out) })
}

func paperApproval(c *call) error {
	v, err := c.musts("round", "out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		p, err := d.Process(v[0], c.flags["snapshot"])
		if err != nil {
			return err
		}
		if err := d.WriteApprovalSheet(c.ctx, v[0], p.Hash, v[1]); err != nil {
			return err
		}
		return c.print(map[string]string{"file": v[1], "snapshot": p.Hash}, v[1])
	})
}

func paperClearance(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.WriteClearance(c.ctx, c.flags["round"], out); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out, "round": c.flags["round"]}, out)
	})
}
