package main

import (
	"encoding/json"

	"xunping/assets/i18n"
	"xunping/desk"
)

// rubricBookCommands take a rubric to Excel and back.
func rubricBookCommands() []command {
	return []command{
		{"rubric export", "rubric export CODE|FILE|DRAFT -o F.xlsx", i18n.T("把指标体系写成 Excel，供填写和修改"), "rubric export jutongyong-2019 -o rubric.xlsx", rubricExport},
		{"rubric import", "rubric import F.xlsx -o F.json", i18n.T("读回 Excel 里的指标体系；有错的逐格指出，一处不收"), "rubric import rubric.xlsx -o rubric.json", rubricImport},
	}
}

func rubricExport(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	if draft, err := c.exportDraft(out); draft || err != nil {
		return err
	}
	r, err := c.rubricArg(0)
	if err != nil {
		return err
	}
	if err := desk.SaveRubricBook(out, r); err != nil {
		return err
	}
	return c.print(map[string]string{"file": out, "sha256": r.Hash}, i18n.T("写好了：%s，哈希 %s", out, r.Hash))
}

// exportDraft writes the draft that is named, if one is; it may have faults.
func (c *call) exportDraft(out string) (draft bool, err error) {
	if err := c.need(1); err != nil {
		return false, err
	}
	err = c.maybeDesk(func(d *desk.Desk) error {
		if d == nil {
			return nil
		}
		e, err := d.DraftOf(c.args[0])
		if err != nil || e == nil {
			return err
		}
		draft = true
		if err := e.SaveBook(out); err != nil {
			return err
		}
		return c.print(map[string]any{"file": out, "problems": len(e.Problems())}, i18n.T("写好了：%s，还有 %d 处不对", out, len(e.Problems())))
	})
	return draft, err
}

func rubricImport(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	r, problems, err := desk.OpenRubricBook(c.args[0])
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return c.cellProblems(problems)
	}
	if err := desk.WriteFile(out, r.JSON); err != nil {
		return err
	}
	return c.print(map[string]any{"file": out, "code": r.Rubric.Code, "sha256": r.Hash, "problems": problems}, i18n.T("读好了：%s，哈希 %s", out, r.Hash))
}

// cellProblems prints what is wrong in a workbook, each with its cell, and
// refuses.
func (c *call) cellProblems(list []desk.CellProblem) error {
	if c.flags["json"] == "" {
		return i18n.E("表格有 %d 处错误，没有改动：%s", len(list), "\n"+desk.ProblemText(list))
	}
	if err := json.NewEncoder(c.out).Encode(map[string]any{"problems": list}); err != nil {
		return err
	}
	return errRefused
}
