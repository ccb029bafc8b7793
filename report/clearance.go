package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Clearance 销号台账 is what units were told to put right and how far they are: a
// line for each finding of each notice, and a line for each unit.
type Clearance struct {
	Scope, Rubrics, Made, Program string
	Today                         string // day by which overdue is judged
	Trial, Illustrative           bool
	Lines                         []ClearanceLine
	Units                         []ClearanceUnit
}

// ClearanceLine is one finding. Days are YYYY-MM-DD, empty where there is none.
type ClearanceLine struct {
	Code, Unit, Round, Indicator, Finding, Require string
	Repeats                                        int // in how many rounds before this one
	Issued, Number, First, Due                     string
	Extensions                                     int
	Measure, Done                                  string // answered
	Evidence                                       int
	Rechecked, Result, Note, By                    string
	State                                          string
	Overdue                                        bool
	Record, Notice                                 string // hashes
}

// ClearanceUnit counts the lines of a unit.
type ClearanceUnit struct {
	Code, Unit                           string
	All, Done, Open, Overdue, Repetitive int
}

// WriteClearance writes the list as XLSX, in the manner of the ledger.
func WriteClearance(w io.Writer, c Clearance) error {
	f := excelize.NewFile()
	defer f.Close()
	quick(f)
	b, err := newBook(f)
	if err != nil {
		return fmt.Errorf("clearance: %w", err)
	}
	for i, s := range []sheet{c.about(), c.list(), c.units(), c.lines()} {
		if err := b.write(i, s); err != nil {
			return fmt.Errorf("clearance: %s: %w", s.name, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("clearance: %w", err)
	}
	return nil
}

func (c Clearance) about() sheet {
	s := sheet{name: "说明", heads: []string{"项目", "内容"}, wide: map[int]float64{1: 26, 2: 90}}
	add := func(k, v string) { s.rows = append(s.rows, []any{k, v}) }
	add("台账", "整改销号台账")
	add("检查轮次", c.Scope)
	add("指标体系", c.Rubrics)
	if c.Trial {
		add("性质", "试评")
	}
	if c.Illustrative {
		add("注意", markIllustrative)
	}
	add("生成时间（自称）", c.Made)
	add("程序", c.Program)
	add("逾期", "按 "+c.Today+" 判定：没有销号而且已过现期限的")
	add("重复轮次", "同一问题在此前几轮已经发现过，按记录之间的延续关系数；0 为首次发现")
	add("保密", markSecret)
	return s
}

// list is what people print and tick off: few columns, so that a line of it can be
// read on A4.
func (c Clearance) list() sheet {
	s := sheet{name: "销号台账", heads: []string{"序号", "单位", "指标", "问题", "怎样算整改完成", "期限", "延期", "单位答复", "复查结果", "重复轮次", "状态"},
		wide: map[int]float64{1: 6, 2: 14, 3: 20, 4: 32, 5: 26, 6: 12, 7: 13, 8: 28, 9: 24, 10: 9, 11: 10}}
	for n, x := range c.Lines {
		later, answer, seen, state := "", "", "", x.State
		switch {
		case x.Extensions > 0:
			later = fmt.Sprintf("%d 次，原 %s", x.Extensions, x.First)
		case x.Due != x.First:
			later = "原 " + x.First
		}
		if x.Measure != "" {
			answer = fmt.Sprintf("%s（%s，佐证 %d 件）", x.Measure, x.Done, x.Evidence)
		}
		if x.Result != "" {
			seen = strings.TrimSpace(x.Rechecked + " " + x.Result + " " + x.Note)
		}
		if x.Overdue {
			state += "，逾期"
		}
		s.rows = append(s.rows, []any{n + 1, x.Unit, x.Indicator, x.Finding, x.Require, x.Due, later, answer, seen, x.Repeats, state})
	}
	return s
}

// lines is everything that is known, for filters.
func (c Clearance) lines() sheet {
	s := sheet{name: "明细", heads: []string{"单位代码", "单位", "轮次", "指标", "问题", "怎样算整改完成", "重复轮次", "通知日期", "文号", "原期限", "现期限", "延期次数",
		"整改措施（单位答复）", "完成日期（单位答复）", "佐证数", "复查日期", "复查结论", "复查说明", "复查人", "状态", "逾期", "评分表短码", "通知短码"},
		wide: map[int]float64{4: 26, 5: 40, 6: 36, 13: 36, 18: 30}}
	for _, x := range c.Lines {
		overdue := ""
		if x.Overdue {
			overdue = "逾期"
		}
		s.rows = append(s.rows, []any{x.Code, x.Unit, x.Round, x.Indicator, x.Finding, x.Require, x.Repeats, x.Issued, x.Number, x.First, x.Due, x.Extensions,
			x.Measure, x.Done, x.Evidence, x.Rechecked, x.Result, x.Note, x.By, x.State, overdue, short(x.Record), short(x.Notice)})
	}
	return s
}

func (c Clearance) units() sheet {
	s := sheet{name: "单位汇总", heads: []string{"单位代码", "单位", "问题", "已销号", "未销号", "逾期", "重复出现"}}
	for _, u := range c.Units {
		s.rows = append(s.rows, []any{u.Code, u.Unit, u.All, u.Done, u.Open, u.Overdue, u.Repetitive})
	}
	return s
}
