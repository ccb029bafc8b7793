package main

import (
	"fmt"
	"os"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// prepareCommands prepare a round: what the bureau sets, who has which unit,
// platform figures, task packs.
func prepareCommands() []command {
	return []command{
		{"round edit", "round edit CODE [--title T] [--cutoff DATE] [--signers N] [--deadlines M=DATE,…] [--units CODE,…] [--told yes|no]",
			i18n.T("改轮次的设定；没有写的不变，已签的评分表不变"), "round edit 2019-09 --cutoff 2019-08-31 --told no --workbook bureau.xpb", roundEdit},
		{"round teams", "round teams CODE [TEAMS.xlsx|TEAMS.csv]", i18n.T("列出或导入检查组：哪个组检查哪些单位"), "round teams 2019-09 teams.csv --workbook bureau.xpb", roundTeams},
		{"figures export", "figures export --round R -o F.xlsx", i18n.T("写出平台数据表，供填写"), "figures export --round 2019-09 -o figures.xlsx --workbook bureau.xpb", figuresExport},
		{"figures import", "figures import F.xlsx --round R", i18n.T("导入平台数据；有错的逐格指出，一格不收"), "figures import figures.xlsx --round 2019-09 --workbook bureau.xpb", figuresImport},
		{"letter add", "letter add --round R --unit U --indicators I,… --number N --date D --decision accepted|partly|refused --key K [--reason T] [--from D] [--to D] [--scan F] [-o F.zip]",
			i18n.T("登记一份行文：文号、日期、指标、结论、有效期、扫描件"),
			"letter add --round 2019-08 --unit 450100 --indicators A1,A3 --number 南数函〔2019〕12号 --date 2019-07-01 --decision accepted --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", letterAdd},
		{"letter list", "letter list [--round R]", i18n.T("列出行文；给轮次时先列还没有登记的"), "letter list --round 2019-08 --workbook bureau.xpb", letterList},
		{"task export", "task export --round R --key K [--team T] -o F|DIR", i18n.T("写任务包：单位、指标体系、名册、行文、平台数据、上轮结果；给文件夹时每组一个"),
			"task export --round 2019-09 --key bureau.p12 --passphrase-file pass.txt -o packs --workbook bureau.xpb", taskExport},
		{"task import", "task import F [--root SHA256]", i18n.T("收下任务包，就可以开始检查"), "task import 2019-09-1.zip --root SHA256 --workbook team.xpb", taskImport},
	}
}

// yesNo reads a flag that is yes, no or missing.
func (c *call) yesNo(name string) (*bool, error) {
	switch v := c.flags[name]; v {
	case "":
		return nil, nil
	case "yes", "no":
		yes := v == "yes"
		return &yes, nil
	default:
		return nil, i18n.E("参数 --%s 是 yes 或 no，不是“%s”", name, v, errUsage)
	}
}

func roundEdit(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	p, err := c.roundPlan()
	if err != nil {
		return err
	}
	told, err := c.yesNo("told")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.EditRound(p, told)
		if err != nil {
			return err
		}
		return c.print(roundOf(r), roundOf(r).String())
	})
}

func roundTeams(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if _, err := d.Round(c.args[0]); err != nil {
			return err
		}
		p, err := d.Plan(c.args[0])
		if err == nil && len(c.args) > 1 {
			p, err = d.ImportTeams(c.args[0], c.args[1])
		}
		if err != nil {
			return err
		}
		if p.Teams == nil {
			p.Teams = []desk.Team{}
		}
		var b strings.Builder
		for _, t := range p.Teams {
			fmt.Fprintf(&b, "%s\t%s\n", t.Name, strings.Join(t.Units, ","))
		}
		return c.print(p, strings.TrimRight(b.String(), "\n"))
	})
}

func figuresExport(c *call) error {
	v, err := c.musts("round", "out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.WriteFigures(v[0], v[1]); err != nil {
			return err
		}
		return c.print(map[string]string{"file": v[1]}, v[1])
	})
}

func figuresImport(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	round, err := c.must("round")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.ImportFigures(round, c.args[0])
		if err != nil {
			return err
		}
		return c.print(r, r.Words())
	})
}

func taskExport(c *call) error {
	v, err := c.musts("round", "key", "out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		info, serr := os.Stat(v[2])
		whole := c.flags["team"] == ""
		if whole && (serr == nil && info.IsDir() || strings.HasSuffix(v[2], "/")) {
			list, err := d.ExportTasks(c.ctx, v[0], v[1], pass, v[2], nil)
			if err != nil {
				return err
			}
			var lines []string
			for _, x := range list {
				lines = append(lines, taskLine(x))
			}
			return c.printTasks(d, v[0], list, lines)
		}
		x, err := d.ExportTask(c.ctx, v[0], c.flags["team"], v[1], pass, v[2])
		switch {
		case err != nil:
			return err
		case whole: // this one brings every unit
			return c.print(x, taskLine(x))
		}
		return c.printTasks(d, v[0], x, []string{taskLine(x)})
	})
}

// printTasks prints packs of teams, and names the units that none brings.
func (c *call) printTasks(d *desk.Desk, round string, packs any, lines []string) error {
	left, err := d.Teamless(round)
	if err != nil {
		return err
	}
	if words := desk.TeamlessWords(left); words != "" {
		lines = append(lines, words)
	}
	return c.print(packs, strings.Join(lines, "\n"))
}

func taskLine(x desk.TaskInfo) string {
	return i18n.T("%s　%s　单位 %d，平台数据 %d，行文 %d，上轮结果 %d，名册第 %d 版", x.File, x.Team, x.Units, x.Figures, x.Letters, x.Records, x.Roster)
}

func taskImport(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		t, err := d.PlanTask(c.args[0], c.flags["root"])
		if err != nil {
			return err
		}
		if err := d.TakeTask(c.ctx, t); err != nil {
			return err
		}
		return c.print(t.TaskInfo, taskLine(t.TaskInfo))
	})
}
