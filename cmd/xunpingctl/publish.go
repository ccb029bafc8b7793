package main

import (
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// publishCommands take a round from its results to its publication.
func publishCommands() []command {
	return []command{
		{"publish draft", "publish draft --round R --scope 内部|公开 --by NAME[,NUMBER] [--override T] [--replaces H] [--text T] [-o F.json]",
			i18n.T("拟稿：冻结本轮结果，得到要报批的快照和它的哈希；-o 写出快照"), "publish draft --round 2019-08 --scope 内部 --by 拟稿人 --workbook bureau.xpb", publishDraft},
		{"publish approve", "publish approve --round R --step 审核|签发 --by NAME[,NUMBER] --key K [--refuse] [--number N] [--date D] [--text T] [--scan F] [--snapshot H] [-o F.zip]",
			i18n.T("登记审核或签发：审批人、日期、文号、扫描件，签在快照的哈希上"),
			"publish approve --round 2019-08 --step 签发 --by 局长 --number 桂数通〔2019〕1号 --date 2019-08-30 --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", publishApprove},
		{"publish status", "publish status --round R", i18n.T("发布到了哪一步、还有什么挡着、发布后有哪些变化"), "publish status --round 2019-08 --json --workbook bureau.xpb", publishStatus},
		{"publish", "publish --round R --key K [--snapshot H] [-o F.zip]", i18n.T("发布已经签发的快照；结果变了就拒绝"),
			"publish --round 2019-08 --key bureau.p12 --passphrase-file pass.txt -o publication.zip --workbook bureau.xpb", publish},
	}
}

// person reads NAME or NAME,NUMBER.
func person(text string) inspection.Person {
	name, number, _ := strings.Cut(strings.ReplaceAll(text, "，", ","), ",")
	return inspection.Person{Name: strings.TrimSpace(name), Number: strings.TrimSpace(number)}
}

func publishDraft(c *call) error {
	v, err := c.musts("round", "scope", "by")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r := desk.FreezeRequest{Round: v[0], Scope: v[1], Drafter: person(v[2]), Override: c.flags["override"], Text: c.flags["text"]}
		if h := c.flags["replaces"]; h != "" {
			if r.Replaces, err = d.FindAct(inspection.ActPublication, h); err != nil {
				return err
			}
		}
		s, err := d.Freeze(c.ctx, r)
		if err != nil {
			return err
		}
		if out := c.flags["out"]; out != "" {
			if err := desk.WriteFile(out, s.JSON); err != nil {
				return err
			}
		}
		return c.print(map[string]any{"snapshot": s.Hash, "rows": len(s.Act.Rows), "blockers": blockersOf(s.Blockers), "objection_limit": !s.NoLimit}, s.Hash)
	})
}

type blockerJSON struct {
	Kind string          `json:"kind"`
	Unit inspection.Unit `json:"unit"`
	Text string          `json:"text"`
	Hard bool            `json:"hard"`
}

func blockersOf(list []desk.Blocker) []blockerJSON {
	out := []blockerJSON{}
	for _, b := range list {
		out = append(out, blockerJSON{b.Kind, b.Unit, b.Text, b.Hard})
	}
	return out
}

func publishApprove(c *call) error {
	v, err := c.musts("round", "step", "by")
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
	e := desk.ApprovalEntry{Step: v[1], By: person(v[2]), Decision: inspection.Accepted, Number: c.flags["number"], Date: c.flags["date"], Text: c.flags["text"], Scans: scans}
	if c.flags["refuse"] != "" {
		e.Decision = inspection.Refused
	}
	return c.withDesk(func(d *desk.Desk) error {
		p, err := d.Process(v[0], c.flags["snapshot"])
		if err != nil {
			return err
		}
		hash, err := d.ApproveSnapshot(c.ctx, &p.Snapshot, e, id, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]string{"sha256": hash, "snapshot": p.Hash}, hash)
	})
}

func publish(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	id, err := c.identity()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		p, err := d.Process(round, c.flags["snapshot"])
		if err != nil {
			return err
		}
		hash, err := d.Publish(c.ctx, &p.Snapshot, id, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]any{"sha256": hash, "snapshot": p.Hash, "rows": len(p.Act.Rows), "number": p.Issued.Act.Number}, hash)
	})
}

type processJSON struct {
	Snapshot string        `json:"snapshot"`
	Stage    string        `json:"stage"`
	Drafter  string        `json:"drafter"`
	Scope    string        `json:"scope"`
	Changed  string        `json:"changed"`
	Blockers []blockerJSON `json:"blockers"`
}

type publicationJSON struct {
	SHA256   string   `json:"sha256"`
	Snapshot string   `json:"snapshot"`
	Number   string   `json:"number"`
	Date     string   `json:"date"`
	Scope    string   `json:"scope"`
	Override string   `json:"override"`
	Replaces string   `json:"replaces"`
	Current  bool     `json:"current"`
	Fault    string   `json:"fault"`
	Changed  []string `json:"changed"` // units whose result is no longer what was published
}

func publishStatus(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		processes, err := d.Processes(round)
		if err != nil {
			return err
		}
		publications, err := d.Publications(round)
		if err != nil {
			return err
		}
		ps, out := []processJSON{}, []publicationJSON{}
		var b strings.Builder
		for _, p := range processes {
			ps = append(ps, processJSON{p.Hash, p.Stage, p.Drafter.Name, p.Scope(), p.Changed, blockersOf(p.Blockers)})
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", p.Hash, desk.StageWord(p.Stage), p.Drafter.Name, p.Changed)
			for _, x := range p.Blockers {
				fmt.Fprintf(&b, "\t%s\n", x.Text)
			}
		}
		for i := range publications {
			p := &publications[i]
			j := publicationJSON{p.Hash, p.Snapshot, p.Act.Number, p.Act.Date, p.Scope, p.Override, p.Act.Replaces, p.Current, p.Fault, []string{}}
			if p.Current && p.Fault == "" {
				list, err := d.CorrectionList(p)
				if err != nil {
					return err
				}
				for _, x := range list {
					j.Changed = append(j.Changed, x.Unit.Code)
				}
			}
			out = append(out, j)
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", p.Hash, p.Act.Number, p.Act.Date, p.Fault, strings.Join(j.Changed, ","))
		}
		return c.print(map[string]any{"drafts": ps, "publications": out}, strings.TrimRight(b.String(), "\n"))
	})
}
