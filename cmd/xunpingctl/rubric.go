package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

func rubricCommands() []command {
	return []command{
		{"rubric list", "rubric list", i18n.T("列出内置的和工作簿里的指标体系"), "rubric list", rubricList},
		{"rubric show", "rubric show CODE|FILE", i18n.T("查看指标体系；--json 写出全文"), "rubric show jutongyong-2019", rubricShow},
		{"rubric check", "rubric check FILE", i18n.T("检查指标体系，列出每一处错误"), "rubric check rubric.json", rubricCheck},
		{"rubric hash", "rubric hash FILE", i18n.T("指标体系的哈希"), "rubric hash rubric.json", rubricHash},
		{"rubric diff", "rubric diff A B", i18n.T("逐项比较两版指标体系"), "rubric diff jutongyong-2019 rubric.json", rubricDiff},
	}
}

// maybeDesk opens the workbook if one is named; the command also works without.
func (c *call) maybeDesk(do func(*desk.Desk) error) error {
	if c.workbook() == "" {
		return do(nil)
	}
	return c.withDesk(do)
}

func rubricList(c *call) error {
	return c.maybeDesk(func(d *desk.Desk) error {
		list, err := desk.AllRubrics(d)
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, r := range list {
			mark := ""
			if r.Archived {
				mark = "\t" + i18n.T("已归档")
			} else if r.Came {
				mark = "\t" + i18n.T("随别人的记录收到")
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s%s\n", r.Code, r.Version, r.Hash, r.Title, mark)
		}
		return c.print(list, strings.TrimRight(b.String(), "\n"))
	})
}

// rubricArg is the rubric that the word at a place names: built in, of the
// workbook, or a file.
func (c *call) rubricArg(at int) (r *inspection.Compiled, err error) {
	if err := c.need(at + 1); err != nil {
		return nil, err
	}
	err = c.maybeDesk(func(d *desk.Desk) (err error) {
		if d == nil {
			r, err = desk.FindRubric(nil, c.args[at], "")
			return err
		}
		r, _, err = d.VersionNamed(c.args[at]) // also a draft
		return err
	})
	return r, err
}

func rubricShow(c *call) error {
	r, err := c.rubricArg(0)
	if err != nil {
		return err
	}
	if c.flags["json"] != "" {
		_, err := fmt.Fprintln(c.out, string(r.JSON))
		return err
	}
	fmt.Fprintf(c.out, "%s\t%s\t%s\n", r.Rubric.Code, r.Rubric.Title, r.Hash)
	if r.Rubric.PointsStatus != "official" || r.Rubric.RulesStatus != "official" {
		fmt.Fprintln(c.out, i18n.T("扣分情形与分值是示例，不是公布的"))
	}
	for i := range r.Engine.Len() {
		ind := r.Engine.Indicator(i)
		fmt.Fprintf(c.out, "%s\t%s\t%s\n", ind.Code, ind.Points, ind.Title)
		for _, rule := range ind.Rules {
			fmt.Fprintf(c.out, "\t%s\t%s\t%s\n", rule.Code, rule.Kind, rule.Text)
		}
	}
	return nil
}

// rubricCheck lists everything that is wrong, not only the first thing.
func rubricCheck(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	b, err := desk.ReadFile(c.args[0])
	if err != nil {
		return err
	}
	r, problems, err := inspection.ReadRubric(b)
	if err != nil {
		return err
	}
	if len(problems) == 0 {
		compiled, err := inspection.Compile(b)
		if err != nil {
			return err
		}
		doubts := []string{}
		text := i18n.T("指标体系 %s 合格，哈希 %s", r.Code, compiled.Hash)
		for _, p := range r.Doubts() {
			doubts = append(doubts, p.Error())
			text += "\n" + i18n.T("请核对，这样不能发布：%s", p.Error())
		}
		return c.print(map[string]any{"code": r.Code, "sha256": compiled.Hash, "problems": []string{}, "doubts": doubts}, text)
	}
	list := make([]string, len(problems))
	for i, p := range problems {
		list[i] = p.Error()
	}
	if c.flags["json"] == "" {
		return i18n.E("指标体系有 %d 处错误：%s", len(list), "\n"+strings.Join(list, "\n"))
	}
	if err := json.NewEncoder(c.out).Encode(map[string]any{"code": r.Code, "problems": list}); err != nil {
		return err
	}
	return errRefused
}

func rubricHash(c *call) error {
	r, err := c.rubricArg(0)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"sha256": r.Hash}, r.Hash)
}

func rubricDiff(c *call) error {
	a, err := c.rubricArg(0)
	if err != nil {
		return err
	}
	b, err := c.rubricArg(1)
	if err != nil {
		return err
	}
	diff, err := desk.CompareRubrics(a, b)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, x := range diff.Indicators {
		if x.Change == inspection.ChangeSame {
			continue
		}
		fmt.Fprintf(&text, "%s\t%s\t%s\t%s → %s\t%s\n", x.Indicator, desk.ChangeWord(x.Change), x.Title, orDash(x.From), orDash(x.To), desk.MemberWords(x.Members))
	}
	for _, x := range diff.Lines {
		x = x.Said()
		fmt.Fprintf(&text, "%s\t%s\t%s\t%s\n", desk.ChangeWord(x.Change), orDash(x.In), scoring.Word(x.Type), x.Name)
		for _, c := range x.Cells {
			fmt.Fprintf(&text, "\t%s\t%s\t→\t%s\n", scoring.Word(c.Head), oneLine(c.From), oneLine(c.To))
		}
	}
	if text.Len() == 0 {
		text.WriteString(i18n.T("没有不同"))
	}
	return c.print(diff.Changes(), strings.TrimRight(text.String(), "\n"))
}

// oneLine keeps a text of several lines in one.
func oneLine(s string) string { return orDash(strings.ReplaceAll(s, "\n", " / ")) }

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
