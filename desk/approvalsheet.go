package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
	"xunping/store"
)

// WriteApprovalSheet writes 呈批单 of a snapshot (a prefix of its hash, "" is the
// newest of the round) as .pdf or .docx: the hash that is approved, the steps with
// who took them, what is open and why it is published all the same, the changes of
// lists, and the frozen results. Steps not taken yet have room for the pen, so the
// sheet can go to the leaders on paper and come back as a scan.
func (d *Desk) WriteApprovalSheet(ctx context.Context, round, snapshot, path string) error {
	p, err := d.Process(round, snapshot)
	if err != nil {
		return err
	}
	o, err := d.approvalSheet(ctx, p)
	if err != nil {
		return err
	}
	return writeOfficial(o, path)
}

// approvalSheet is a 呈批单 being written.
type approvalSheet struct {
	d    *Desk
	p    *Process
	s    *actSet
	c    *inspection.Compiled
	form report.Table
}

func (d *Desk) approvalSheet(ctx context.Context, p *Process) (report.Official, error) {
	w := &approvalSheet{d: d, p: p, form: report.Table{Wide: []float64{36, 120}}}
	var err error
	if w.s, err = d.actSet(ctx, store.ActFilter{Round: p.Act.Case.Round}); err != nil {
		return report.Official{}, err
	}
	if w.c, err = d.Compiled(p.Act.Case.Rubric); err != nil {
		return report.Official{}, err
	}
	drafted, err := time.Parse(time.RFC3339, p.Drafted)
	if err != nil {
		return report.Official{}, i18n.E("快照的拟稿时间读不懂：%s", p.Drafted, err)
	}
	o := report.Official{Title: "呈批单", When: drafted, Marks: append(trialMarks(w.c, p.Act.Case.Trial), "快照 "+seal.Short(p.Hash))}
	switch p.Stage {
	case StageVoid:
		o.Marks = append([]string{"已失效：拟稿后结果有变"}, o.Marks...)
	case StageRefused:
		o.Marks = append([]string{"退稿"}, o.Marks...)
	}
	w.subject()
	w.open()
	if err := w.moved(ctx); err != nil {
		return o, err
	}
	w.steps(drafted)
	o.Show(w.form)
	results, err := w.results(ctx)
	if err != nil {
		return o, err
	}
	o.Annexes = []report.Annex{results}
	if x := d.differences(w.s, w.c, p.Act); len(x.Rows) > 0 {
		o.Annexes = append(o.Annexes, x)
	}
	return o, nil
}

func (w *approvalSheet) row(name, text string) {
	w.form.Rows = append(w.form.Rows, []string{name, text})
}

// subject is what is to be approved.
func (w *approvalSheet) subject() {
	a, title := w.p.Act, w.p.Act.Case.Round
	if r, err := w.d.Round(title); err == nil {
		title = r.Title
	}
	what := "发布" + title + "结果"
	if a.Replaces != "" {
		what = "更正已经发布的" + title + "结果"
	}
	w.row("事项", what)
	w.row("指标体系", w.c.Rubric.Title+"（"+w.c.Rubric.Code+" 第 "+w.c.Rubric.Version+" 版）")
	w.row("发布范围", w.p.Scope())
	ranked := 0
	for _, r := range a.Rows {
		if r.Rank > 0 {
			ranked++
		}
	}
	w.row("单位", fmt.Sprintf("应检查 %d 个，有名次 %d 个，见附件", len(a.Rows), ranked))
	w.row("快照哈希", w.p.Hash+"\n（批准的是这个哈希；结果、榜单、范围、理由有任何变动，哈希就不同，批准即失效）")
	if a.Replaces != "" {
		was := "短码 " + seal.Short(a.Replaces)
		if x, ok := w.s.by[a.Replaces]; ok && x.Act.Number != "" {
			was = x.Act.Number + "（" + was + "）"
		}
		w.row("更正对象", was)
	}
	if a.Text != "" {
		w.row("说明", a.Text)
	}
}

// openWords name what stood against a publication, on paper.
var openWords = map[string]string{BlockMissing: "没有结果", BlockConflict: "结果有冲突", BlockProvisional: "结果是暂定的", BlockObjection: "异议没有办结",
	BlockWindow: "异议期未满", BlockUnserved: "没有登记送达"}

// openLine reads a line of what was open when a snapshot was frozen: kind, unit, and
// why on paper.
func openLine(line string) (kind, unit, why string) {
	kind, rest, _ := strings.Cut(line, " ")
	unit, detail, _ := strings.Cut(rest, " ")
	if detail == inQuarantine {
		return kind, unit, "收到的记录都在隔离区"
	}
	return kind, unit, strings.ReplaceAll(detail, ",", "、")
}

// open is what was not settled when the snapshot was frozen, and why it goes out.
func (w *approvalSheet) open() {
	days := "没有设定"
	if l, err := w.d.ObjectionLimit(w.p.Act.Case.Round); err == nil && l.Days > 0 {
		days = strconv.Itoa(l.Days) + " 个工作日"
	}
	w.row("异议期限", days)
	held := w.p.Act.Items[itemOverride].Claim
	if w.p.Override() == "" {
		w.row("未办结事项", "没有")
		return
	}
	by := map[string][]string{}
	for line := range strings.SplitSeq(held, "\n") {
		if kind, unit, why := openLine(line); unit != "" {
			name := w.d.unitNamed(unit).Name
			if why != "" {
				name += "（" + why + "）"
			}
			by[kind] = append(by[kind], name)
		}
	}
	var lines []string
	for _, kind := range sortedKeys(by) {
		word := openWords[kind]
		if word == "" {
			word = kind
		}
		lines = append(lines, fmt.Sprintf("%s（%d 个）：%s", word, len(by[kind]), strings.Join(by[kind], "、")))
	}
	if len(lines) == 0 {
		lines = []string{"拟稿时没有未办结的事项"}
	}
	w.row("未办结事项", strings.Join(lines, "\n"))
	w.row("仍要发布的理由", w.p.Override())
}

// moved are the changes of lists by hand that the snapshot contains.
func (w *approvalSheet) moved(ctx context.Context) error {
	changes, err := w.d.listChanges(ctx, w.s, w.p.Act.Case.Round)
	if err != nil {
		return err
	}
	var lines []string
	for i := range changes {
		c := &changes[i]
		if !slices.Contains(w.p.Act.About, c.Hash) || c.Approval == nil {
			continue
		}
		var moves []string
		for _, m := range c.Changes {
			word := ListRemove
			if m.Add {
				word = ListAdd
			}
			moves = append(moves, word+m.List+"，理由："+m.Why)
		}
		by := c.Approval.Act
		lines = append(lines, strings.TrimRight(fmt.Sprintf("%s %s（批准：%s %s %s", c.Unit.Name, strings.Join(moves, "；"), named(by.By), by.Number, paperDay(actDay(by))), " ")+"）")
	}
	if len(lines) == 0 {
		lines = []string{"没有"}
	}
	w.row("榜单调整", strings.Join(lines, "\n"))
	return nil
}

// steps are 拟稿, 审核, 签发 and 发布.
func (w *approvalSheet) steps(drafted time.Time) {
	w.row("拟稿", named(w.p.Drafter)+"　"+drafted.Format("2006年1月2日 15:04"))
	w.row(StepReview, stepSays(w.p.Reviewed, "审核人"))
	w.row(StepIssue, stepSays(w.p.Issued, "签发人"))
	number := "　"
	if w.p.Issued != nil && w.p.Issued.Act.Number != "" {
		number = w.p.Issued.Act.Number
	}
	w.row("文号", number)
	published := "尚未发布"
	if x, ok := w.s.by[w.p.Published]; ok {
		published = paperDay(actDay(x.Act)) + "（短码 " + seal.Short(x.Hash) + "）"
	}
	w.row("发布", published)
}

// stepSays is a decision, or the room for one.
func stepSays(x *ActInfo, who string) string {
	if x == nil {
		return "\n\n" + who + "（签名）：　　　　　　　　　年　　月　　日"
	}
	word := "同意。"
	if x.Act.Decision != inspection.Accepted {
		word = "不同意。"
	}
	return word + x.Act.Text + "\n" + who + "：" + named(x.Act.By) + "　" + paperDay(actDay(x.Act)) + "\n（审批记录短码 " + seal.Short(x.Hash) + "）"
}

// results is the frozen ranking.
func (w *approvalSheet) results(ctx context.Context) (report.Annex, error) {
	out := report.Annex{Title: "报批的结果", Table: report.Table{Heads: []string{"名次", "单位", "总分", "等级", "榜单", "版次", "短码"}, Wide: []float64{13, 36, 18, 18, 18, 12, 41}}}
	rows := slices.Clone(w.p.Act.Rows)
	slices.SortStableFunc(rows, func(a, b inspection.PublishedRow) int { return rankOrder(a.Rank) - rankOrder(b.Rank) })
	for _, r := range rows {
		line := []string{rankWord(r.Rank), w.d.unitNamed(r.Unit).Name, exactValue(w.c, r.Exact), r.Band, strings.Join(r.Lists, "、"), "", ""}
		if r.Record != "" {
			rec, err := w.d.record(ctx, r.Record)
			if err != nil {
				return out, err
			}
			line[5], line[6] = strconv.Itoa(rec.Revision), seal.Short(r.Record)
		}
		out.Rows = append(out.Rows, line)
	}
	return out, nil
}

func rankWord(rank int) string {
	if rank == 0 {
		return "—"
	}
	return strconv.Itoa(rank)
}

// differences are the rows that a 更正 changes, none for what corrects nothing.
func (d *Desk) differences(s *actSet, c *inspection.Compiled, a *inspection.Act) report.Annex {
	out := report.Annex{Title: "更正的内容", Table: report.Table{Heads: []string{"单位", "原总分", "现总分", "原名次", "现名次", "原榜单", "现榜单"}, Wide: []float64{44, 20, 20, 18, 18, 18, 18}}}
	was, ok := s.by[a.Replaces]
	if !ok {
		return out
	}
	before := map[string]inspection.PublishedRow{}
	for _, r := range was.Act.Rows {
		before[r.Unit] = r
	}
	for _, r := range a.Rows {
		if old := before[r.Unit]; !sameRow(old, r) {
			out.Rows = append(out.Rows, []string{d.unitNamed(r.Unit).Name, exactValue(c, old.Exact), exactValue(c, r.Exact),
				rankWord(old.Rank), rankWord(r.Rank), strings.Join(old.Lists, "、"), strings.Join(r.Lists, "、")})
		}
	}
	return out
}
