package main

import (
	"fmt"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

func unitImport(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.ImportUnits(c.args[0])
		if err != nil {
			return err
		}
		text := i18n.T("新增 %d，改动 %d，相同 %d", r.Added, r.Changed, r.Same)
		for _, x := range r.Renamed {
			text += "\n" + i18n.T("原来是别的名称或类别，请核对：%s", x.Words())
		}
		for _, x := range r.Near {
			text += "\n" + i18n.T("名称相近，请核对：%s %s ／ %s %s", x.Code, x.Name, x.Other, x.Title)
		}
		return c.print(r, text)
	})
}

func unitList(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Units()
		if err != nil {
			return err
		}
		type row struct {
			Code    string `json:"code"`
			Name    string `json:"name"`
			Kind    string `json:"kind"`
			Liaison string `json:"liaison"`
			Phone   string `json:"phone"`
		}
		rows := []row{}
		var b strings.Builder
		for _, u := range list {
			rows = append(rows, row{u.Code, u.Name, u.Kind, u.Liaison, u.Phone})
			fmt.Fprintf(&b, "%s\t%s\t%s\n", u.Code, u.Kind, u.Name)
		}
		return c.print(rows, strings.TrimRight(b.String(), "\n"))
	})
}

// roundJSON is a round as it is printed.
type roundJSON struct {
	Code      string            `json:"code"`
	Title     string            `json:"title"`
	Trial     bool              `json:"trial"`
	Cutoff    string            `json:"cutoff"`
	Signers   int               `json:"signers"`
	Deadlines map[string]string `json:"deadlines"`
	Rubric    string            `json:"rubric"`
	Closed    bool              `json:"closed"`
	Units     []string          `json:"units"`
}

func roundOf(r desk.RoundInfo) roundJSON {
	j := roundJSON{r.Code, r.Title, r.Trial, r.Cutoff, r.SignersNeeded(), r.Deadlines, r.RubricHash, r.Closed, r.Units}
	if j.Deadlines == nil {
		j.Deadlines = map[string]string{}
	}
	if j.Units == nil {
		j.Units = []string{}
	}
	return j
}

func (j roundJSON) String() string { return fmt.Sprintf("%s\t%s\t%d", j.Code, j.Title, len(j.Units)) }

// roundPlan reads the flags that a round is made or changed with.
func (c *call) roundPlan() (desk.RoundPlan, error) {
	p := desk.RoundPlan{Code: c.args[0], Title: c.flags["title"], Rubric: c.flags["rubric"], Cutoff: c.flags["cutoff"]}
	var err error
	if p.Trial, err = c.yesNo("trial"); err != nil {
		return p, err
	}
	if v := c.flags["signers"]; v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return p, i18n.E("参数 --%s 应是数字：%s", "signers", v, errUsage)
		}
		p.Signers = n
	}
	if v := c.flags["units"]; v != "" {
		p.Units = strings.Split(v, ",")
	}
	if v := c.flags["deadlines"]; v != "" {
		p.Deadlines = map[string]string{}
		for pair := range strings.SplitSeq(v, ",") {
			m, day, ok := strings.Cut(pair, "=")
			if !ok {
				return p, i18n.E("规定时间写成 D5-m2=2019-10-31，不是“%s”", pair, errUsage)
			}
			p.Deadlines[m] = day
		}
	}
	return p, nil
}

func roundNew(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	p, err := c.roundPlan()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.NewRound(p)
		if err != nil {
			return err
		}
		left, err := d.NotInRound(r)
		if err != nil {
			return err
		}
		return c.print(roundOf(r), strings.TrimSpace(roundOf(r).String()+"\n"+desk.NotInRoundWords(left)))
	})
}

func roundList(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Rounds()
		if err != nil {
			return err
		}
		rows, lines := []roundJSON{}, []string{}
		for _, r := range list {
			rows, lines = append(rows, roundOf(r)), append(lines, roundOf(r).String())
		}
		return c.print(rows, strings.Join(lines, "\n"))
	})
}

func roundClose(c *call) error {
	code := c.flags["round"]
	if len(c.args) > 0 {
		code = c.args[0]
	} else if code == "" {
		return c.need(1)
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.CloseRound(code); err != nil {
			return err
		}
		return c.print(map[string]any{"code": code, "closed": true}, i18n.T("已关闭轮次 %s", code))
	})
}

// recordImport takes each file by itself: one that is refused stops none.
func recordImport(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		type row struct {
			File   string `json:"file"`
			Unit   string `json:"unit"`
			Reason string `json:"reason"`
		}
		rows := []row{}
		var text strings.Builder
		bad := false
		for _, f := range c.args {
			rec, err := d.ImportDraft(f)
			if err != nil {
				bad = true
				rows = append(rows, row{File: f, Reason: i18n.Person(err)})
				fmt.Fprintf(&text, "%s\t%s\n", f, i18n.Person(err))
				continue
			}
			rows = append(rows, row{File: f, Unit: rec.Unit.Code})
			fmt.Fprintf(&text, "%s\t%s\n", f, rec.Unit.Name)
		}
		if err := c.print(rows, strings.TrimRight(text.String(), "\n")); err != nil || !bad {
			return err
		}
		return errRefused
	})
}

func recordExport(c *call) error {
	v, err := c.musts("round", "unit", "out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		b, err := d.ExportRecord(v[0], v[1])
		if err != nil {
			return err
		}
		if err := desk.WriteFile(v[2], b); err != nil {
			return err
		}
		return c.print(map[string]string{"file": v[2]}, v[2])
	})
}
