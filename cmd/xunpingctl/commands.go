package main

import (
	"fmt"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
)

func score(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	rec, rubric, err := desk.ReadRecordFile(nil, c.args[0], c.flags["rubric"])
	if err != nil {
		return err
	}
	return c.printScore(rec.Score(rubric))
}

// printScore prints a score with every step of its derivation.
func (c *call) printScore(res *scoring.Result) error {
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
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.Backup(out); err != nil {
			return err
		}
		return c.print(map[string]string{"backup": out}, i18n.T("备份已写到 %s，并已核验", out))
	})
}

func restore(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	to := c.workbook()
	if to == "" {
		return i18n.E("缺少工作簿：用 --workbook 或 XUNPING_WORKBOOK 给出", errUsage)
	}
	kept, err := desk.Restore(c.args[0], to)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"workbook": to, "kept": kept}, i18n.T("已恢复到 %s", to))
}

func check(c *call) error {
	if len(c.args) > 0 {
		return checkArchive(c)
	}
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
	for name, to := range map[string]*int{"units": &o.Units, "rounds": &o.Rounds, "conflicts": &o.Conflicts, "photos": &o.Photos} {
		*to = map[string]int{"units": 14, "rounds": 1}[name]
		if v := c.flags[name]; v != "" {
			if *to, err = strconv.Atoi(v); err != nil {
				return i18n.E("参数 --%s 应是数字：%s", name, v, errUsage)
			}
		}
	}
	if c.flags["photos"] != "" && o.Photos == 0 {
		o.Photos = -1 // none, which is not the usual number
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
