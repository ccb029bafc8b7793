package report

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Ledger 台账 is what the workbook says about a round, ready to be written.
// Scores are given printed (two places or more) and exact.
type Ledger struct {
	Title, Round, Rubric, Version, Program, Made string
	Trial, Illustrative                          bool
	Indicators                                   []LedgerIndicator
	Ranking                                      []LedgerRank
	Matrix                                       []LedgerUnit
	Findings                                     []LedgerFinding
	Absences                                     []LedgerAbsence
	Measures                                     []LedgerMeasure
	Files                                        []LedgerFile
	Received                                     int // files that came, each once
	Refused                                      int // files that were refused, of which nobody knows the round

	// The rows of the other sheets: text, int or Number, under the heads of
	// LedgerHeads.
	Letters, Items, Evidence, Conflicts, Settled, Acts, Leads, Batches, Losses, Bands, Rounds, Log [][]any
}

// LedgerIndicator heads a column of the matrix.
type LedgerIndicator struct {
	Code, Title, Points string
	Bonus               bool
}

// LedgerRank is a line of the ranking; Rank 0 is a unit without a result.
type LedgerRank struct {
	Rank                                                    int
	Code, Unit, Kind, X, Y, Total, Exact, Band, List, Moved string
	PreviousRank                                            int
	Note, Hash                                              string
}

// LedgerUnit is a line of the matrix: what each indicator lost or gained, or a
// word where it was not scored.
type LedgerUnit struct {
	Code, Unit string
	Cells      []string
}

// LedgerFinding is one deduction or bonus.
type LedgerFinding struct {
	Code, Unit, Indicator, Rule, Count, Points, Note, Responsible, Evidence string
}

// LedgerAbsence is one 没有该项.
type LedgerAbsence struct{ Code, Unit, Indicator, Letter, Date, Reason, Standing string }

// LedgerMeasure is one completion.
type LedgerMeasure struct{ Code, Unit, Indicator, Measure, Done, Total, AsOf, Completed, Source string }

// LedgerFile is a file that was received, or refused with its reason, or made here:
// then Batch is 0.
type LedgerFile struct {
	File, Hash, Outcome, Reason string
	Batch                       int
	Came, Unit, Records         string // Records are their short codes
}

// WriteLedger writes the ledger as XLSX. Numbers are numbers; what people
// wrote is text and never a formula.
func WriteLedger(w io.Writer, l Ledger) error {
	f := excelize.NewFile()
	defer f.Close()
	quick(f)
	b, err := newBook(f)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	for i, s := range l.sheets() {
		if err := b.write(i, s); err != nil {
			return fmt.Errorf("ledger: %s: %w", s.name, err)
		}
	}
	if err := charts(f, l); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

// sheets are all sheets in their order; the first says what there is.
func (l Ledger) sheets() []sheet {
	list := []sheet{ranking(l), matrix(l), findings(l), absences(l), letters(l), measures(l), items(l), evidence(l), conflicts(l), settled(l),
		acts(l), leads(l), losses(l), bands(l), rounds(l), batches(l), files(l), log(l)}
	out := []sheet{about(l, list)}
	for _, s := range list {
		out = append(out, s.parts()...)
	}
	return out
}

// sheet is one sheet before it is written.
type sheet struct {
	name  string
	note  string // in the first row
	heads []string
	rows  [][]any // string, or number
	many  int     // of many rows each is made when it is written, by row
	row   func(i int) []any
	wide  map[int]float64
	heat  [2]int // first and last column that is shaded by its figures, from 1; 0 for none
}

// mostRows is what a sheet of an XLSX file holds below its head; a test takes fewer.
var mostRows = 1<<20 - 1

// size is the number of rows, at one of them.
func (s *sheet) size() int { return len(s.rows) + s.many }

func (s *sheet) at(i int) []any {
	if s.row != nil {
		return s.row(i)
	}
	return s.rows[i]
}

// of gives a sheet a row for each item. A ledger of ten thousand units would not
// hold both.
func of[T any](s sheet, items []T, row func(x *T) []any) sheet {
	s.many, s.row = len(items), func(i int) []any { return row(&items[i]) }
	return s
}

// parts are the sheet, or as many as its rows need.
func (s sheet) parts() []sheet {
	if s.size() <= mostRows {
		return []sheet{s}
	}
	var out []sheet
	for from := 0; from < s.size(); from += mostRows {
		x := s
		x.rows, x.many, x.row = nil, min(mostRows, s.size()-from), func(i int) []any { return s.at(from + i) }
		if from > 0 {
			x.name = fmt.Sprintf("%s（%d）", s.name, len(out)+1)
		}
		out = append(out, x)
	}
	return out
}

// number marks a text as a decimal number for the sheet.
type number string

func about(l Ledger, list []sheet) sheet {
	s := sheet{name: "说明", heads: []string{"项目", "内容"}, wide: map[int]float64{1: 26, 2: 90}}
	add := func(k, v string) { s.rows = append(s.rows, []any{k, v}) }
	add("台账", l.Title)
	add("检查轮次", l.Round)
	add("指标体系", l.Rubric+" 第"+l.Version+"版")
	if l.Trial {
		add("性质", "试评")
	}
	if l.Illustrative {
		add("注意", markIllustrative)
	}
	add("生成时间（自称）", l.Made)
	add("程序", l.Program)
	add("有结果的单位", fmt.Sprint(len(l.Matrix)))
	add("收到的文件", fmt.Sprint(l.Received))
	add("拒收的文件", fmt.Sprintf("%d（各轮合计，拒收的文件说不出轮次）", l.Refused))
	add("取整", "门槛、等级、榜单、名次按未取整的分数判定；“总分”打印两位小数、四舍五入，不会印成尚未达到的界限；“精确值”是未取整的分数。")
	add("保密", markSecret)
	for _, x := range list {
		add("工作表："+x.name, fmt.Sprintf("%d 行　%s", x.size(), x.note))
	}
	add("工作表：图表", "总分、指标失分、等级和历轮榜单的图，数据取自以上工作表")
	return s
}

// kinds are the kinds of units as the screen calls them.
var kinds = map[string]string{"city": "设区市", "department": "自治区部门", "central": "中直驻桂单位"}

// wordOf is the word of a code; one that is not known stays.
func wordOf(words map[string]string, code string) string {
	if w, ok := words[code]; ok {
		return w
	}
	return code
}

func ranking(l Ledger) sheet {
	s := sheet{name: "排名", heads: []string{"名次", "单位代码", "单位", "类别", "X", "Y", "总分", "精确值", "等级", "榜单", "上轮名次", "变化", "说明", "记录短码"}}
	return of(s, l.Ranking, func(r *LedgerRank) []any {
		rank, before := any(r.Rank), any(r.PreviousRank)
		if r.Rank == 0 {
			rank = ""
		}
		if r.PreviousRank == 0 {
			before = ""
		}
		return []any{rank, r.Code, r.Unit, wordOf(kinds, r.Kind), number(r.X), number(r.Y), number(r.Total), r.Exact, r.Band, r.List, before, r.Moved, r.Note, short(r.Hash)}
	})
}

func matrix(l Ledger) sheet {
	s := sheet{name: "指标矩阵", heads: []string{"单位代码", "单位"}, heat: [2]int{3, 2 + deducting(l)}, note: "扣分指标为扣分，加分指标为加分；“不检查”为没有该项，“不评分”为门槛未达到。"}
	for _, i := range l.Indicators {
		s.heads = append(s.heads, i.Code+"（"+i.Points+"）")
	}
	return of(s, l.Matrix, func(u *LedgerUnit) []any {
		row := []any{u.Code, u.Unit}
		for _, c := range u.Cells {
			row = append(row, number(c))
		}
		return row
	})
}

// deducting is how many indicators lose points; they come first.
func deducting(l Ledger) int {
	n := 0
	for n < len(l.Indicators) && !l.Indicators[n].Bonus {
		n++
	}
	return n
}

func findings(l Ledger) sheet {
	s := sheet{name: "扣分加分明细", heads: []string{"单位代码", "单位", "指标", "规则", "数量", "分数", "原因与情况", "责任单位", "佐证"}, wide: map[int]float64{7: 60}}
	return of(s, l.Findings, func(f *LedgerFinding) []any {
		return []any{f.Code, f.Unit, f.Indicator, f.Rule, number(f.Count), number(f.Points), f.Note, f.Responsible, f.Evidence}
	})
}

func absences(l Ledger) sheet {
	s := sheet{name: "没有该项", heads: []string{"单位代码", "单位", "指标", "文号", "日期", "理由", "状态"}}
	return of(s, l.Absences, func(a *LedgerAbsence) []any {
		return []any{a.Code, a.Unit, a.Indicator, a.Letter, a.Date, a.Reason, a.Standing}
	})
}

func measures(l Ledger) sheet {
	s := sheet{name: "完成情况", heads: []string{"单位代码", "单位", "指标", "完成情况", "完成", "总数", "截至", "完成日期", "来源"}}
	return of(s, l.Measures, func(m *LedgerMeasure) []any {
		return []any{m.Code, m.Unit, m.Indicator, m.Measure, number(m.Done), number(m.Total), m.AsOf, m.Completed, wordOf(sources, m.Source)}
	})
}

func conflicts(l Ledger) sheet {
	return sheet{name: "冲突", note: "还没有处理的冲突：互不替代的各份记录", heads: []string{"单位代码", "单位", "版次", "检查员", "总分", "记录短码"}, rows: l.Conflicts}
}

func files(l Ledger) sheet {
	s := sheet{name: "文件", note: "每个文件一行；“本机签发”的不算收到的文件", heads: []string{"文件", "SHA-256", "结果", "说明", "批次", "收到时间", "单位", "记录短码"}, wide: map[int]float64{2: 68, 4: 60, 6: 26, 7: 30, 8: 36}}
	return of(s, l.Files, func(f *LedgerFile) []any {
		batch := any(f.Batch)
		if f.Batch == 0 {
			batch = ""
		}
		return []any{f.File, f.Hash, f.Outcome, f.Reason, batch, f.Came, f.Unit, f.Records}
	})
}

func log(l Ledger) sheet {
	return sheet{name: "日志", heads: []string{"序号", "内容", "链哈希"}, rows: l.Log, wide: map[int]float64{2: 90, 3: 68}}
}
