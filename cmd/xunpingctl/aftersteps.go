package main

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// findingJSON is a finding that can be put into a notice.
type findingJSON struct {
	Key    string `json:"key"`
	Rule   string `json:"rule"`
	Points string `json:"points"`
	Note   string `json:"note"`
}

func actFindings(c *call) error {
	v, err := c.musts("round", "unit")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.LossesOf(v[0], v[1])
		if err != nil {
			return err
		}
		out, lines := []findingJSON{}, []string{}
		for _, f := range list {
			out = append(out, findingJSON{f.Key, f.Finding.Rule, f.Finding.Points.String(), f.Finding.Note})
			lines = append(lines, strings.Join([]string{f.Key, f.Finding.Rule, f.Finding.Points.String(), f.Finding.Note}, "\t"))
		}
		return c.print(out, strings.Join(lines, "\n"))
	})
}

func actOpinion(c *call) error {
	v, err := c.musts("round", "unit", "scan", "key", "out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	items, err := c.itemsOf(claimed)
	if err != nil {
		return err
	}
	words := ""
	for code, x := range items {
		words += code + " " + x.Text + "\n"
	}
	return c.withDesk(func(d *desk.Desk) error {
		record, err := d.ResultOf(v[0], v[1])
		if err != nil {
			return err
		}
		o := desk.Opinion{Record: record, Decision: c.flags["decision"], Text: c.flags["text"], Items: words, Scans: []string{v[2]}}
		if err := d.EnterOpinion(c.ctx, o, v[3], pass, v[4]); err != nil {
			return err
		}
		return c.print(map[string]string{"file": v[4], "record": record}, v[4])
	})
}

func actService(c *call) error {
	v, err := c.musts("round", "date")
	if err != nil {
		return err
	}
	scans, err := desk.ReadScans(c.flags["scan"])
	if err != nil {
		return err
	}
	id, err := c.identity()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		var units []string
		if u := c.flags["unit"]; u != "" {
			units = strings.Split(u, ",")
		} else if units, err = d.Unserved(v[0]); err != nil {
			return err
		}
		replaces, err := c.replaced(d, inspection.ActReceipt)
		if err != nil {
			return err
		}
		if replaces != "" && len(units) != 1 {
			return i18n.E("用 --replaces 更正送达时，要用 --unit 写明是哪一个单位", errUsage)
		}
		made := []string{}
		for _, u := range units {
			record, err := d.ResultOf(v[0], strings.TrimSpace(u))
			if err != nil {
				return err
			}
			hash, err := d.RegisterService(c.ctx, desk.ServiceEntry{Record: record, Served: v[1], How: c.flags["how"], By: person(c.flags["by"]), Replaces: replaces, Scans: scans}, id, "")
			if err != nil {
				return err
			}
			made = append(made, hash)
		}
		return c.print(map[string]any{"sha256": made}, i18n.T("登记了 %d 个单位的送达", len(made)))
	})
}

func actObjection(c *call) error {
	v, err := c.musts("served", "received")
	if err != nil {
		return err
	}
	return c.onResult(claimed, func(s signing, record string) (string, error) {
		replaces, err := c.replaced(s.d, inspection.ActObjection)
		if err != nil {
			return "", err
		}
		return s.d.RegisterObjection(c.ctx, desk.ObjectionEntry{Record: record, Served: v[0], Received: v[1], Number: c.flags["number"], Text: c.flags["text"],
			Claims: s.items, By: person(c.flags["by"]), Replaces: replaces, Scans: s.scans}, s.id, s.out)
	})
}

func actRuling(c *call) error {
	v, err := c.musts("decision", "by")
	if err != nil {
		return err
	}
	return c.onAct(inspection.ActObjection, claimed, func(s signing, objection string) (string, error) {
		replaces, err := c.replaced(s.d, inspection.ActRuling)
		if err != nil {
			return "", err
		}
		return s.d.Rule(c.ctx, desk.RulingEntry{Objection: objection, Decision: v[0], By: person(v[1]), Items: s.items, Text: c.flags["text"], Number: c.flags["number"],
			Date: c.flags["date"], Replaces: replaces, Scans: s.scans}, s.id, s.out)
	})
}

func actReturn(c *call) error {
	return c.onResult(until, func(s signing, record string) (string, error) {
		replaces, err := c.replaced(s.d, inspection.ActReturn)
		if err != nil {
			return "", err
		}
		return s.d.SendBack(c.ctx, desk.ReturnEntry{Record: record, Items: s.items, Text: c.flags["text"], Replaces: replaces}, s.id, s.out)
	})
}

func actNotice(c *call) error {
	return c.onResult(until, func(s signing, record string) (string, error) {
		replaces, err := c.replaced(s.d, inspection.ActRectify)
		if err != nil {
			return "", err
		}
		if done := c.flags["done"]; done != "" {
			day, err := c.must("until")
			if err != nil {
				return "", err
			}
			rest, err := s.d.LossesOf(c.flags["round"], c.flags["unit"])
			if err != nil {
				return "", err
			}
			for _, f := range rest {
				if _, own := s.items[f.Key]; !own {
					s.items[f.Key] = until(day, done)
				}
			}
		}
		return s.d.DemandRectify(c.ctx, desk.RectifyEntry{Record: record, Items: s.items, Number: c.flags["number"], Date: c.flags["date"], Text: c.flags["text"],
			Replaces: replaces, Scans: s.scans}, s.id, s.out)
	})
}

// step is what follows a notice.
func (c *call) step(s signing, kind inspection.ActKind, notice string) (desk.RectifyStep, error) {
	replaces, err := c.replaced(s.d, kind)
	return desk.RectifyStep{Notice: notice, Items: s.items, Date: c.flags["date"], Number: c.flags["number"], Text: c.flags["text"], By: person(c.flags["by"]),
		Replaces: replaces, Scans: s.scans}, err
}

func actExtend(c *call) error {
	return c.onAct(inspection.ActRectify, until, func(s signing, notice string) (string, error) {
		step, err := c.step(s, inspection.ActExtension, notice)
		if err != nil {
			return "", err
		}
		return s.d.Extend(c.ctx, step, s.id, s.out)
	})
}

func actRecheck(c *call) error {
	put := func(value, text string) inspection.ActItem {
		x := claimed(value, text)
		if value != desk.RecheckDone {
			x.Until = c.flags["until"]
		}
		return x
	}
	return c.onAct(inspection.ActRectify, put, func(s signing, notice string) (string, error) {
		step, err := c.step(s, inspection.ActRecheck, notice)
		if err != nil {
			return "", err
		}
		return s.d.Recheck(c.ctx, step, s.id, s.out)
	})
}

func actLists(c *call) error {
	return c.onResult(claimed, func(s signing, _ string) (string, error) {
		return s.d.ChangeLists(c.ctx, c.flags["round"], c.flags["unit"], s.items, s.id, s.out)
	})
}

func actApprove(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	by, err := c.must("by")
	if err != nil {
		return err
	}
	return c.sign(claimed, func(s signing) (string, error) {
		about, err := s.d.FindObject(c.args[0])
		if err != nil {
			return "", err
		}
		e := desk.ApprovalEntry{About: about, Decision: inspection.Accepted, By: person(by), Number: c.flags["number"], Date: c.flags["date"], Text: c.flags["text"], Scans: s.scans}
		if c.flags["refuse"] != "" {
			e.Decision = inspection.Refused
		}
		return s.d.Approve(c.ctx, e, s.id, s.out)
	})
}
