package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
)

// reviewCommands are what the bureau looks at and changes between receiving and
// publishing.
func reviewCommands() []command {
	return []command{
		{"overview", "overview --round R", i18n.T("一轮的进展：未交、冲突、暂定、隔离、线索"), "overview --round 2019-08 --json --workbook bureau.xpb", overview},
		{"review list", "review list --round R [--indicator I]", i18n.T("横向复核：列出各单位的酌情、自定和加分记录"), "review list --round 2019-08 --indicator B1 --workbook bureau.xpb", reviewList},
		{"review change", "review change --round R --unit U --choices F.json --key K [-o OUT.pdf]", i18n.T("按理由修订一个单位的结果，由汇总单位签名"),
			"review change --round 2019-08 --unit 450100 --choices c.json --key bureau.p12 --passphrase-file pass.txt --workbook bureau.xpb", reviewChange},
		{"heat", "heat --round R [--kind K]", i18n.T("各单位各指标的失分"), "heat --round 2019-08 --workbook bureau.xpb", heat},
		{"trend", "trend --unit U [--kind K]", i18n.T("一个单位历轮的总分和名次"), "trend --unit 450100 --workbook bureau.xpb", trend},
		{"scorecards", "scorecards --round R -o DIR", i18n.T("把一轮的评分表写进一个文件夹，按单位命名"), "scorecards --round 2019-08 -o cards --workbook bureau.xpb", scorecards},
	}
}

func overview(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	type waiting struct {
		Unit    inspection.Unit     `json:"unit"`
		Reasons []inspection.Reason `json:"reasons"`
	}
	return c.withDesk(func(d *desk.Desk) error {
		o, err := d.Overview(round)
		if err != nil {
			return err
		}
		leads, err := d.Leads(round)
		if err != nil {
			return err
		}
		out := struct {
			Expected    int               `json:"expected"`
			Received    int               `json:"received"`
			Missing     []inspection.Unit `json:"missing"`
			Conflicts   []inspection.Unit `json:"conflicts"`
			Provisional []waiting         `json:"provisional"`
			Quarantined int               `json:"quarantined"`
			Leads       []leadJSON        `json:"leads"`
		}{o.Expected, o.Received, append([]inspection.Unit{}, o.Missing...), []inspection.Unit{}, []waiting{}, o.Quarantined, []leadJSON{}}
		for _, r := range o.Conflicting {
			out.Conflicts = append(out.Conflicts, r.Unit)
		}
		for _, r := range o.Waiting {
			out.Provisional = append(out.Provisional, waiting{r.Unit, r.Provisional})
		}
		for _, unit := range slices.Sorted(maps.Keys(leads)) {
			for _, l := range leads[unit] {
				out.Leads = append(out.Leads, leadJSON{l.From.Code, l.For.Code, l.Indicator, l.Finding.Note, l.Record})
			}
		}
		return c.print(out, i18n.T("应交 %d　已收 %d　未交 %d　冲突 %d　暂定 %d　隔离 %d　线索 %d", o.Expected, o.Received, len(o.Missing), o.Conflicts, o.Provisional, o.Quarantined, len(out.Leads)))
	})
}

type leadJSON struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Indicator string `json:"indicator"`
	Note      string `json:"note"`
	Record    string `json:"record"`
}

func reviewList(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	type row struct {
		Indicator string              `json:"indicator"`
		Unit      inspection.Unit     `json:"unit"`
		Team      string              `json:"team"`
		Why       string              `json:"why"`
		Record    string              `json:"record"`
		Decided   bool                `json:"decided"`
		Finding   *inspection.Finding `json:"finding"`
		Note      string              `json:"note"`
		Reason    string              `json:"reason"`
	}
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Review(c.ctx, round, nil)
		if err != nil {
			return err
		}
		out := []row{}
		var b strings.Builder
		for _, r := range list {
			if only := c.flags["indicator"]; only != "" && r.Indicator != only {
				continue
			}
			out = append(out, row{r.Indicator, r.Unit, r.Team, r.Why, r.Record, r.Decided, r.Finding, r.Note, r.Reason})
			points, note := "—", r.Note
			if r.Finding != nil {
				points, note = r.Finding.Points.String(), r.Finding.Note
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Indicator, r.Unit.Name, r.Team, r.Why, points, note)
		}
		return c.print(out, strings.TrimRight(b.String(), "\n"))
	})
}

func reviewChange(c *call) error {
	v, choices, pass, err := c.signedChoices()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		a, err := d.Amend(v[0], v[1], choices.By)
		if err != nil {
			return err
		}
		done, err := d.SignAmendment(c.ctx, a, v[3], pass, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]any{"file": done.Path, "sha256": done.Hash, "revision": done.Revision, "before": a.Before, "total": done.Result.Total.Value()},
			done.Path+"\t"+done.Hash)
	})
}

func heat(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	type column struct {
		Code   string          `json:"code"`
		Points scoring.Decimal `json:"points"`
		Lost   scoring.Decimal `json:"lost"`
		Units  int             `json:"units"`
		Scored int             `json:"scored"`
	}
	type row struct {
		Unit  inspection.Unit   `json:"unit"`
		Total string            `json:"total"`
		Lost  map[string]string `json:"lost"`
	}
	return c.withDesk(func(d *desk.Desk) error {
		h, err := d.Heat(c.ctx, round, c.flags["kind"])
		if err != nil {
			return err
		}
		cols, rows := []column{}, []row{}
		var b strings.Builder
		for _, x := range h.Columns {
			cols = append(cols, column{x.Code, x.Points, x.Lost, x.Units, x.Scored})
			b.WriteString("\t" + x.Code)
		}
		for _, r := range h.Rows {
			line := row{r.Unit, r.Value, map[string]string{}}
			b.WriteString("\n" + r.Unit.Name)
			for k, cell := range r.Cells {
				word := cell.Word
				if cell.Level >= 0 {
					word = cell.Lost.String()
				}
				line.Lost[h.Columns[k].Code] = word
				b.WriteString("\t" + word)
			}
			rows = append(rows, line)
		}
		return c.print(map[string]any{"columns": cols, "rows": rows}, b.String())
	})
}

func trend(c *call) error {
	unit, err := c.must("unit")
	if err != nil {
		return err
	}
	if err := desk.KnowsKind(c.flags["kind"]); err != nil {
		return err
	}
	type point struct {
		Round string   `json:"round"`
		Total string   `json:"total"`
		Rank  int      `json:"rank"`
		Of    int      `json:"of"`
		Lists []string `json:"lists"`
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.KnowsUnit(unit); err != nil {
			return err
		}
		list, err := d.Trend(c.ctx, unit, c.flags["kind"])
		if err != nil {
			return err
		}
		out := []point{}
		var lines []string
		for _, p := range list {
			out = append(out, point{p.Round, p.Row.Value, p.Row.Rank, p.Of, append([]string{}, p.Row.Lists...)})
			lines = append(lines, fmt.Sprintf("%s\t%s\t%d/%d\t%s", p.Round, p.Row.Value, p.Row.Rank, p.Of, strings.Join(p.Row.Lists, " ")))
		}
		return c.print(out, strings.Join(lines, "\n"))
	})
}

func scorecards(c *call) error {
	v, err := c.musts("round", "out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.WriteScorecards(c.ctx, v[0], v[1], nil)
		if err != nil {
			return err
		}
		var b strings.Builder
		b.WriteString(i18n.T("%s：写了 %d 份评分表", r.Dir, len(r.Written)))
		for _, m := range r.Missing {
			fmt.Fprintf(&b, "\n%s\t%s", m.Unit.Name, m.Why)
		}
		return c.print(r, b.String())
	})
}
