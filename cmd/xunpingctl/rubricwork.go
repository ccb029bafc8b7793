package main

import (
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
)

// rubricWorkCommands write, publish, try and keep rubrics.
func rubricWorkCommands() []command {
	return []command{
		{"rubric drafts", "rubric drafts", i18n.T("列出指标体系草稿"), "rubric drafts --workbook bureau.xpb", rubricDrafts},
		{"rubric draft", "rubric draft CODE|FILE", i18n.T("照一套指标体系起草新版本；文件可以是 JSON 或填好的 Excel"), "rubric draft jutongyong-2019 --workbook bureau.xpb", rubricDraft},
		{"rubric take", "rubric take DRAFT F.xlsx", i18n.T("用填好的 Excel 换掉草稿的内容；有错的逐格指出，草稿照收"), "rubric take DRAFT rubric.xlsx --workbook bureau.xpb", rubricTake},
		{"rubric undo", "rubric undo DRAFT", i18n.T("撤销草稿的上一处改动"), "rubric undo DRAFT --workbook bureau.xpb", func(c *call) error { return c.stepRubric(false) }},
		{"rubric redo", "rubric redo DRAFT", i18n.T("重做刚撤销的改动"), "rubric redo DRAFT --workbook bureau.xpb", func(c *call) error { return c.stepRubric(true) }},
		{"rubric discard", "rubric discard DRAFT", i18n.T("放弃草稿和它的全部改动；已发布的版本不变"), "rubric discard DRAFT --workbook bureau.xpb", rubricDiscard},
		{"rubric publish", "rubric publish DRAFT|CODE|FILE --version V [--document N] [--points official] [--rules official] [--from DATE] [--to DATE]",
			i18n.T("发布：冻结成新版本，先跑全部用例；分值、扣分情形只有凭文号才成为正式"),
			"rubric publish rubric.xlsx --version 2 --document 桂数发〔2020〕1号 --points official --rules official --workbook bureau.xpb", rubricPublish},
		{"rubric archive", "rubric archive CODE|HASH", i18n.T("归档旧版本：不再供新轮次选用，内容照留"), "rubric archive HASH --workbook bureau.xpb", func(c *call) error { return c.archiveRubric(true) }},
		{"rubric offer", "rubric offer HASH", i18n.T("取消归档"), "rubric offer HASH --workbook bureau.xpb", func(c *call) error { return c.archiveRubric(false) }},
		{"rubric uses", "rubric uses", i18n.T("哪些轮次用了哪一版"), "rubric uses --workbook bureau.xpb", rubricUses},
		{"rubric carry", "rubric carry CODE|FILE", i18n.T("换到这一版时，各检查草稿的哪些指标可以沿用"), "rubric carry rubric.json --workbook bureau.xpb", rubricCarry},
		{"rubric try", "rubric try CODE|FILE CASE", i18n.T("试算一个用例（文本或记录），写出每一步"), "rubric try jutongyong-2019 case.txt", rubricTry},
		{"rubric cases", "rubric cases CODE|FILE|DRAFT", i18n.T("跑全部用例，列出与预期不同的"), "rubric cases jutongyong-2019 --workbook bureau.xpb", rubricCases},
		{"rubric keep", "rubric keep CODE|FILE|DRAFT CASE --name N [--total T]", i18n.T("留下一个用例和它的预期结果；--total 是手工算出的总分"),
			"rubric keep jutongyong-2019 case.txt --name 缺A1 --total 96 --workbook bureau.xpb", rubricKeep},
		{"rubric drop", "rubric drop CODE|HASH|DRAFT --name N", i18n.T("删去一个用例"), "rubric drop jutongyong-2019 --name 缺A1 --workbook bureau.xpb", rubricDrop},
		{"rubric recheck", "rubric recheck", i18n.T("用现在的程序重算全部已存结果，报告不同"), "rubric recheck --workbook bureau.xpb --json", rubricRecheck},
		{"unit export", "unit export -o F.xlsx", i18n.T("把单位名单写成 Excel，供修改后导入"), "unit export -o units.xlsx --workbook bureau.xpb", unitExport},
	}
}

func rubricDrafts(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.RubricDrafts()
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, x := range list {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", x.ID, x.Code, x.Version, x.Title, i18n.T("%d 处不对", x.Problems))
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

func rubricDraft(c *call) error {
	return c.withRubric(func(d *desk.Desk) error {
		e, problems, err := d.DraftNamed(c.args[0])
		if err != nil {
			return err
		}
		return c.taken(e, problems)
	})
}

// taken prints a draft, with what is wrong in the form that it took.
func (c *call) taken(e *desk.RubricEditor, problems []desk.CellProblem) error {
	return c.print(struct {
		desk.RubricDraftInfo
		Cells []desk.CellProblem `json:"cells"`
	}{e.Info(), append([]desk.CellProblem{}, problems...)}, strings.TrimSpace(e.ID()+"\n"+desk.ProblemText(problems)))
}

// rubricTake takes a form into a draft that is there.
func rubricTake(c *call) error {
	if err := c.need(2); err != nil {
		return err
	}
	return c.withDraft(func(e *desk.RubricEditor) error {
		problems, err := e.Take(c.args[1])
		if err != nil {
			return err
		}
		return c.taken(e, problems)
	})
}

func rubricDiscard(c *call) error {
	return c.withDraft(func(e *desk.RubricEditor) error {
		if err := e.Discard(); err != nil {
			return err
		}
		return c.print(map[string]string{"id": e.ID()}, i18n.T("草稿 %s 已放弃", e.ID()))
	})
}

// stepRubric takes the last change of a draft back, or brings it again, and says
// which it was.
func (c *call) stepRubric(again bool) error {
	return c.withDraft(func(e *desk.RubricEditor) error {
		what, do, said := e.NextUndo(), e.Undo, i18n.T("已撤销：%s", e.NextUndo())
		if again {
			what, do, said = e.NextRedo(), e.Redo, i18n.T("已重做：%s", e.NextRedo())
		}
		if what == "" {
			return i18n.E("草稿 %s 没有可以撤销或重做的改动", e.ID())
		}
		if err := do(); err != nil {
			return err
		}
		return c.print(map[string]any{"id": e.ID(), "change": what, "problems": len(e.Problems())}, said)
	})
}

// withDraft opens the draft that a command names.
func (c *call) withDraft(do func(*desk.RubricEditor) error) error {
	return c.withRubric(func(d *desk.Desk) error {
		e, err := d.EditRubric(c.args[0])
		if err != nil {
			return err
		}
		return do(e)
	})
}

// withRubric opens the workbook for a command that names a rubric.
func (c *call) withRubric(do func(*desk.Desk) error) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(do)
}

func rubricPublish(c *call) error {
	version, err := c.must("version")
	if err != nil {
		return err
	}
	for _, name := range []string{"points", "rules"} {
		if v := c.flags[name]; v != "" && v != "official" && v != "illustrative" {
			return i18n.E("参数 --%s 是 official 或 illustrative，不是“%s”", name, v, errUsage)
		}
	}
	say := func(r *desk.RubricRelease) {
		r.Version, r.Points, r.Rules = version, c.flags["points"] == "official", c.flags["rules"] == "official"
		for name, to := range map[string]*string{"from": &r.From, "to": &r.To, "document": &r.Document} {
			if v, given := c.flags[name]; given {
				*to = v
			}
		}
	}
	return c.withRubric(func(d *desk.Desk) error {
		r, err := d.PublishNamed(c.args[0], say)
		if err != nil {
			return err
		}
		return c.print(map[string]string{"code": r.Rubric.Code, "version": r.Rubric.Version, "sha256": r.Hash}, published(r.Rubric, r.Hash))
	})
}

// published says what was frozen, with all that a publication decides.
func published(r *scoring.Rubric, hash string) string {
	return i18n.T("已发布 %s 第 %s 版，哈希 %s", r.Code, r.Version, hash) + "\n" +
		i18n.T("文号 %s，适用 %s 至 %s，分值%s，扣分情形%s", orDash(r.Basis), orDash(r.Effective.From), orDash(r.Effective.To), scoring.Said(r.PointsStatus), scoring.Said(r.RulesStatus))
}

func (c *call) archiveRubric(on bool) error {
	return c.withRubric(func(d *desk.Desk) error {
		r, err := desk.FindRubric(d, c.args[0], "")
		if err != nil {
			return err
		}
		if err := d.ArchiveRubric(r.Hash, on); err != nil {
			return err
		}
		return c.print(map[string]any{"sha256": r.Hash, "archived": on}, r.Hash)
	})
}

func rubricUses(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		uses, err := d.RubricUses()
		if err != nil {
			return err
		}
		list, err := d.Rubrics()
		if err != nil {
			return err
		}
		type row struct {
			desk.RubricInfo
			Rounds []string `json:"rounds"`
		}
		rows := []row{}
		var b strings.Builder
		for _, r := range list {
			rows = append(rows, row{r, append([]string{}, uses[r.Hash]...)})
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r.Code, r.Version, r.Hash, orDash(strings.Join(uses[r.Hash], " ")))
		}
		return c.print(rows, strings.TrimRight(b.String(), "\n"))
	})
}

func rubricCarry(c *call) error {
	return c.withRubric(func(d *desk.Desk) error {
		r, _, err := d.VersionNamed(c.args[0])
		if err != nil {
			return err
		}
		list, err := d.CarryOver(r)
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, x := range list {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", x.Round, x.Unit, i18n.T("可沿用 %d 项", len(x.Carries)), i18n.T("要重查 %s", orDash(strings.Join(x.Again, " "))))
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

func rubricTry(c *call) error {
	r, err := c.rubricArg(0)
	if err != nil {
		return err
	}
	if err := c.need(2); err != nil {
		return err
	}
	text, err := desk.ReadFile(c.args[1])
	if err != nil {
		return err
	}
	rec, err := desk.ReadCase(r, string(text))
	if err != nil {
		return err
	}
	return c.printScore(rec.Score(r))
}

func rubricCases(c *call) error {
	return c.withRubric(func(d *desk.Desk) error {
		r, owner, err := d.VersionNamed(c.args[0])
		if err != nil {
			return err
		}
		runs, err := d.RunCases(owner, r)
		if err != nil {
			return err
		}
		var b strings.Builder
		differ := false
		for _, x := range runs {
			words := i18n.T("相符")
			if x.Differs != "" {
				words, differ = x.Differs, true
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\n", x.Name, x.Got, words)
		}
		if err := c.print(runs, strings.TrimRight(b.String(), "\n")); err != nil || !differ {
			return err
		}
		return errRefused
	})
}

func rubricKeep(c *call) error {
	name, err := c.must("name")
	if err != nil {
		return err
	}
	if err := c.need(2); err != nil {
		return err
	}
	text, err := desk.ReadFile(c.args[1])
	if err != nil {
		return err
	}
	return c.withRubric(func(d *desk.Desk) error {
		r, owner, err := d.VersionNamed(c.args[0])
		if err != nil {
			return err
		}
		run, err := d.KeepCase(owner, r, name, string(text), c.flags["total"])
		if err != nil {
			return err
		}
		return c.print(run, strings.TrimSpace(run.Got.String()+"\n"+run.Differs))
	})
}

func rubricDrop(c *call) error {
	name, err := c.must("name")
	if err != nil {
		return err
	}
	return c.withRubric(func(d *desk.Desk) error {
		_, owner, err := d.VersionNamed(c.args[0])
		if owner == "" {
			return err
		}
		_, err = d.DropCase(owner, name) // also of a draft that is not finished
		return err
	})
}

func rubricRecheck(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.RecheckResults(c.ctx, nil)
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, x := range r.Differences {
			fmt.Fprintf(&b, "%s\t%s\t%d\t%s\t%s → %s\n", x.Round, x.Unit, x.Revision, x.Record, x.Stored, x.Now)
		}
		b.WriteString(i18n.T("重算 %d 份，不同 %d 份", r.Records, len(r.Differences)))
		if err := c.print(r, b.String()); err != nil || len(r.Differences) == 0 {
			return err
		}
		return errRefused
	})
}

func unitExport(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.WriteUnits(out); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out}, i18n.T("已写入 %s", out))
	})
}
