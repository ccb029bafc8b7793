package desk

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/report"
)

// WriteClearance writes 销号台账 of a round ("" is all rounds) as XLSX: each finding
// that a unit was told to put right, with all that followed.
func (d *Desk) WriteClearance(ctx context.Context, round, path string) error {
	b, err := d.clearance(ctx, round)
	if err != nil {
		return err
	}
	return writeFile(path, b)
}

func (d *Desk) clearance(ctx context.Context, round string) ([]byte, error) {
	items, err := d.RectifyLedger(round)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return nil, i18n.E("还没有整改通知，没有写销号台账")
	}
	now := d.clock()
	c := report.Clearance{Scope: round, Made: now.Format(time.RFC3339), Program: strings.TrimSpace(Program + " " + Version), Today: now.Format(time.DateOnly)}
	if round == "" {
		c.Scope = "全部轮次"
	} else if r, err := d.Round(round); err == nil {
		c.Scope = r.Title
	}
	var rubrics []string
	for n := range items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		i := &items[n]
		x, err := d.Compiled(i.Case.Rubric)
		if err != nil {
			return nil, err
		}
		if name := x.Rubric.Title + "（" + x.Rubric.Code + " 第 " + x.Rubric.Version + " 版）"; !slices.Contains(rubrics, name) {
			rubrics = append(rubrics, name)
		}
		c.Trial, c.Illustrative = c.Trial || i.Case.Trial, c.Illustrative || illustrative(x)
		addClearance(&c, i)
	}
	c.Rubrics = strings.Join(rubrics, "、")
	var b bytes.Buffer
	err = report.WriteClearance(&b, c)
	return b.Bytes(), err
}

// stateWords are the states of an item in files, which are Chinese.
var stateWords = map[RectifyState]string{RectifyOpen: "待整改", RectifyAnswered: "待复查", RectifyDone: "已销号", RectifyPart: "部分整改", RectifyNot: "未整改"}

// addClearance adds an item to its list; items come by unit.
func addClearance(c *report.Clearance, i *RectifyItem) {
	x := report.ClearanceLine{Code: i.Unit.Code, Unit: i.Unit.Name, Round: i.Case.Round, Indicator: strings.TrimSpace(i.Indicator + " " + i.Title), Finding: findingWords(i), Require: i.Require,
		Repeats: i.Repeats, Issued: i.Issued, Number: i.NoticeNumber, First: i.First, Due: i.Due, Extensions: i.Extensions,
		Rechecked: i.Rechecked, Result: i.RecheckResult, Note: i.RecheckNote, By: i.RecheckBy,
		State: stateWords[i.State], Overdue: i.Overdue(c.Today), Record: i.Record, Notice: i.Notice}
	if a := i.Answer; a != nil {
		x.Measure, x.Done, x.Evidence = a.Measure, a.Done, len(a.Evidence)
	}
	c.Lines = append(c.Lines, x)
	if n := len(c.Units); n == 0 || c.Units[n-1].Code != x.Code {
		c.Units = append(c.Units, report.ClearanceUnit{Code: x.Code, Unit: x.Unit})
	}
	u := &c.Units[len(c.Units)-1]
	u.All++
	if i.Open() {
		u.Open++
	} else {
		u.Done++
	}
	if x.Overdue {
		u.Overdue++
	}
	if i.Repeats > 0 {
		u.Repetitive++
	}
}
