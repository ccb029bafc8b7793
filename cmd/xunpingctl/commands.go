package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// commands is the table of all commands.
func commands() []command {
	return []command{
		{"rubric list", "rubric list --workbook bureau.xpb", rubricList},
		{"rubric check", "rubric check rubric.json", rubricCheck},
		{"rubric hash", "rubric hash rubric.json", rubricHash},
		{"score", "score record.json [--rubric FILE|CODE] [--json]", score},
		{"init", "init bureau.xpb [--org NAME]", initWorkbook},
		{"identity new", "identity new --name N --number S [--org O] --passphrase-file F -o ID.p12", identityNew},
		{"unit list", "unit list --workbook bureau.xpb", unitList},
		{"round list", "round list --workbook bureau.xpb", roundList},
		{"seal", "seal --record R.json [--rubric F] [--evidence DIR] --key ID.p12 --passphrase-file F -o OUT.pdf", sealRecord},
		{"cosign", "cosign FILE.pdf --role coinspector|bureau --key ID.p12 --passphrase-file F -o OUT.pdf", cosign},
		{"verify", "verify FILE… [--roster roster.zip --root SHA256] [--json]", verify},
		{"extract", "extract FILE.pdf -o DIR", extract},
		{"merge", "merge FILE|DIR… [--dry-run] [--json] --workbook bureau.xpb", merge},
		{"undo", "undo BATCH --workbook bureau.xpb", undo},
		{"roster import", "roster import roster.zip --root SHA256 --workbook bureau.xpb", rosterImport},
		{"rank", "rank --round 2019-08 [--kind city] [--json] --workbook bureau.xpb", rank},
		{"ledger", "ledger --round 2019-08 -o ledger.xlsx --workbook bureau.xpb", ledger},
		{"digest", "digest [--round R] --workbook bureau.xpb", digest},
		{"log", "log [--json] --workbook bureau.xpb", logLines},
		{"backup", "backup -o copy.xpb --workbook bureau.xpb", backup},
		{"restore", "restore copy.xpb --workbook bureau.xpb", restore},
		{"check", "check --workbook bureau.xpb", check},
		{"demo", "demo -o DIR [--units N] [--rounds N] [--conflicts N] [--seed S]", demo},
	}
}

// later are the commands of the format that do not exist yet.
var later = []string{"rubric show", "rubric diff", "rubric export", "rubric import", "identity show", "identity request", "identity accept", "roster",
	"unit", "round", "record", "accept", "conflicts", "resolve", "act", "task", "publish", "bulletin", "archive"}

func rubricList(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Rubrics()
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, r := range list {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r.Code, r.Version, r.Hash, r.Title)
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

func readRubric(c *call) (*inspection.Compiled, error) {
	if err := c.need(1); err != nil {
		return nil, err
	}
	b, err := desk.ReadFile(c.args[0])
	if err != nil {
		return nil, err
	}
	return inspection.Compile(b)
}

func rubricCheck(c *call) error {
	r, err := readRubric(c)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"code": r.Rubric.Code, "sha256": r.Hash}, i18n.T("指标体系 %s 合格，哈希 %s", r.Rubric.Code, r.Hash))
}

func rubricHash(c *call) error {
	r, err := readRubric(c)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"sha256": r.Hash}, r.Hash)
}

func score(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	rec, rubric, err := desk.ReadRecordFile(nil, c.args[0], c.flags["rubric"])
	if err != nil {
		return err
	}
	res := rec.Score(rubric)
	if c.flags["json"] != "" {
		_, err := fmt.Fprintln(c.out, string(res.JSON(true)))
		return err
	}
	for _, s := range res.Derivation {
		fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\n", s.Step, s.Formula, s.Value, s.Clause)
	}
	return nil
}

func initWorkbook(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	d, err := desk.Create(c.args[0], desk.CreateOptions{Org: c.flags["org"]})
	if err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	return c.print(map[string]string{"workbook": c.args[0]}, i18n.T("已建立工作簿 %s", c.args[0]))
}

func identityNew(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	spki, err := desk.NewPersonKeyFile(out, c.flags["name"], c.flags["number"], c.flags["org"], pass, time.Now)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"file": out, "spki": spki}, spki)
}

func unitList(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Units()
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, u := range list {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", u.Code, u.Kind, u.Name)
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

func roundList(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Rounds()
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, r := range list {
			fmt.Fprintf(&b, "%s\t%s\t%d\n", r.Code, r.Title, len(r.Units))
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

func undo(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	id, err := strconv.ParseInt(c.args[0], 10, 64)
	if err != nil {
		return i18n.E("批次号应是数字：%s", c.args[0], errUsage)
	}
	return c.withDesk(func(d *desk.Desk) error { return d.UndoBatch(id) })
}

func digest(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		h, err := d.Digest(c.flags["round"])
		if err != nil {
			return err
		}
		return c.print(map[string]string{"digest": h}, h)
	})
}

func logLines(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		lines, err := d.Log(1 << 20)
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&b, "%d\t%s\n", l.Seq, l.Line)
		}
		return c.print(lines, strings.TrimRight(b.String(), "\n"))
	})
}

func backup(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error { return d.Backup(out) })
}

func restore(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	to := c.flags["workbook"]
	if to == "" {
		to = os.Getenv("XUNPING_WORKBOOK")
	}
	kept, err := desk.Restore(c.args[0], to)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"workbook": to, "kept": kept}, i18n.T("已恢复到 %s", to))
}

func check(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.Check()
		if err != nil {
			return err
		}
		text := i18n.T("没有发现问题")
		if len(r.Problems) > 0 {
			text = strings.Join(r.Problems, "\n")
		}
		if err := c.print(r, text); err != nil || len(r.Problems) == 0 {
			return err
		}
		return errRefused
	})
}

func demo(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	o := desk.DemoOptions{Dir: out}
	for name, to := range map[string]*int{"units": &o.Units, "rounds": &o.Rounds, "conflicts": &o.Conflicts} {
		*to = map[string]int{"units": 14, "rounds": 1}[name]
		if v := c.flags[name]; v != "" {
			if *to, err = strconv.Atoi(v); err != nil {
				return i18n.E("参数 --%s 应是数字：%s", name, v, errUsage)
			}
		}
	}
	if v := c.flags["seed"]; v != "" {
		if o.Seed, err = strconv.ParseInt(v, 10, 64); err != nil {
			return i18n.E("参数 --%s 应是数字：%s", "seed", v, errUsage)
		}
	}
	r, err := desk.Demo(c.ctx, o, nil)
	if err != nil {
		return err
	}
	return c.print(r, i18n.T("示例在 %s：%d 个单位，%d 轮，%d 份评分表", r.Dir, r.Units, r.Rounds, r.Files))
}
