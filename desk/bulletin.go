package desk

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
	"xunping/store"
)

// BulletinRequest says what a 通报 carries beside the results. Nothing is
// invented: what is empty is left out or blank.
type BulletinRequest struct {
	Round, Number, To, Date, Signer string
	Basis                           string   // 依据, "" is the rubric's title
	Asks                            []string // 有关要求, a paragraph each
}

// bulletin is a 通报 being written.
type bulletin struct {
	d       *Desk
	q       BulletinRequest
	c       *inspection.Compiled
	round   RoundInfo
	rows    []bulletinRow
	frozen  *Publication
	later   bool // name what changed since
	s       *actSet
	doc     report.Official
	results int
}

// bulletinRow is a unit with its result, rank 0 without one.
type bulletinRow struct {
	inspection.PublishedRow
	name, value, reason string
	open                string // why the result does not stand yet, or why there is none
}

// Bulletin writes the 通报 of a round to a file that ends in .pdf or .docx: from
// the publication that counts, else from the results as they are, marked as a
// draft on every page.
func (d *Desk) Bulletin(ctx context.Context, q BulletinRequest, path string, p Progress) error {
	o, frozen, err := d.bulletin(ctx, q, p)
	if err != nil {
		return err
	}
	if err := writeOfficial(o, path); err != nil || frozen == nil {
		return err
	}
	return d.rememberBulletin(frozen.Hash, q)
}

func (d *Desk) bulletin(ctx context.Context, q BulletinRequest, p Progress) (report.Official, *Publication, error) {
	frozen, err := d.CurrentPublication(q.Round)
	if err != nil {
		return report.Official{}, nil, err
	}
	o, err := d.bulletinOf(ctx, &bulletin{d: d, q: q, frozen: frozen, later: true}, p)
	return o, frozen, err
}

// bulletinOf writes the bulletin of a publication, of none the draft.
func (d *Desk) bulletinOf(ctx context.Context, w *bulletin, p Progress) (report.Official, error) {
	var err error
	if w.round, err = d.Round(w.q.Round); err != nil {
		return w.doc, err
	}
	hash := w.round.RubricHash
	if w.frozen != nil {
		hash = w.frozen.Act.Case.Rubric
	}
	if w.c, err = d.Compiled(hash); err != nil {
		return w.doc, err
	}
	if w.s, err = d.actSet(ctx, store.ActFilter{Round: w.q.Round, Kind: inspection.ActPublication}); err != nil {
		return w.doc, err
	}
	if err := w.take(ctx); err != nil {
		return w.doc, err
	}
	problems, err := w.problems(ctx, p)
	if err != nil {
		return w.doc, err
	}
	w.begin()
	w.overall()
	w.doc.Blocks = append(w.doc.Blocks, problems...)
	w.asks()
	return w.doc, w.annexes()
}

// take reads the rows: of the publication, else of the ranking.
func (w *bulletin) take(ctx context.Context) error {
	read := w.published
	if w.frozen == nil {
		read = w.ranked
	}
	if err := read(ctx); err != nil {
		return err
	}
	for _, r := range w.rows {
		if r.Rank > 0 {
			w.results++
		}
	}
	return nil
}

func (w *bulletin) ranked(context.Context) error {
	ranked, err := w.d.Rank(w.q.Round, "")
	for _, r := range ranked {
		if r.Stranger {
			continue
		}
		reason, open := r.Reason, ""
		if r.Rank == 0 {
			open = r.Reason
		}
		if len(r.Provisional) > 0 {
			open = provisionalOnPaper(strings.Join(reasonCodes(r.Provisional), "、"))
			reason = strings.TrimPrefix(reason+"；"+open, "；")
		}
		w.rows = append(w.rows, bulletinRow{inspection.PublishedRow{Unit: r.Unit.Code, Record: r.Hash, Exact: r.Exact, Rank: r.Rank, Band: r.Band, Lists: r.Lists}, r.Unit.Name, r.Value, reason, open})
	}
	return err
}

// published takes the rows as they were frozen. That a record counts by an
// acceptance is no part of them: the mark is wherever the act is.
func (w *bulletin) published(ctx context.Context) error {
	accepted, err := w.d.acceptedRecords(ctx, w.q.Round)
	if err != nil {
		return err
	}
	open := w.heldOpen()
	for _, r := range w.frozen.Act.Rows {
		row := bulletinRow{PublishedRow: r, name: w.d.unitNamed(r.Unit).Name, value: exactValue(w.c, r.Exact)}
		if row.open = open[r.Unit]; row.open == "" && r.Rank == 0 {
			row.open = noRank(r)
		}
		if row.reason = row.open; accepted[r.Record] {
			row.reason = strings.TrimPrefix(row.reason+"；"+AcceptedWords(), "；")
		}
		w.rows = append(w.rows, row)
	}
	slices.SortStableFunc(w.rows, func(a, b bulletinRow) int { return rankOrder(a.Rank) - rankOrder(b.Rank) })
	return nil
}

// rankOrder puts units without a rank last.
func rankOrder(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}

func (w *bulletin) begin() {
	o := &w.doc
	o.Title, o.Number, o.To, o.Signer, o.Date = "关于"+w.round.Title+"结果的通报", w.q.Number, w.q.To, w.q.Signer, paperDay(w.q.Date)
	o.When = w.d.clock()
	if o.Signer == "" {
		o.Signer = w.c.Rubric.Issuer
	}
	if w.frozen == nil {
		o.Marks = append(o.Marks, "草稿·未发布")
	} else {
		if o.Number == "" {
			o.Number = w.frozen.Act.Number
		}
		if o.Date == "" {
			o.Date = paperDay(w.frozen.Act.Date)
		}
		o.Marks = append(o.Marks, w.frozen.Scope, "发布 "+w.frozen.Short)
		if made, err := time.Parse(time.RFC3339, w.frozen.Act.Made); err == nil {
			o.When = made
		}
	}
	o.Marks = append(o.Marks, trialMarks(w.c, w.round.Trial)...)
	basis := w.q.Basis
	if basis == "" {
		basis = "《" + w.c.Rubric.Title + "》"
	}
	w.doc.Say("根据" + basis + "，" + w.c.Rubric.Issuer + "组织了" + w.round.Title + "。现将结果通报如下：")
	if w.frozen != nil && w.frozen.Act.Replaces != "" {
		o.Title = "关于更正" + w.round.Title + "结果的通报"
		was := "此前发布的结果"
		if x, ok := w.s.by[w.frozen.Act.Replaces]; ok && x.Act.Number != "" {
			was += "（" + x.Act.Number + "）"
		}
		o.Say(was + "有变，更正的内容见附件，以本通报为准。")
	}
	if w.frozen != nil && w.frozen.Override != "" {
		w.doc.Say("说明：发布时尚有未办结的事项。先行发布的理由：" + strings.TrimRight(w.frozen.Override, "。") + "。")
	}
	provisional, none := w.notStanding()
	if len(provisional) > 0 {
		w.doc.Say(fmt.Sprintf("结果暂定的单位 %d 个：%s。原因见附件。", len(provisional), strings.Join(provisional, "、")))
	}
	if len(none) > 0 {
		w.doc.Say(fmt.Sprintf("没有结果或没有名次的单位 %d 个：%s。原因见附件。", len(none), strings.Join(none, "、")))
	}
}

// overall are the counts and rates. Every rate has two places, rounded half up,
// and says of what it is; the counts are those of the annexes.
func (w *bulletin) overall() {
	w.doc.Part("一、总体情况")
	w.doc.Say(fmt.Sprintf("本轮应检查单位 %d 个，有结果的 %d 个，占 %s。", len(w.rows), w.results, percent(w.results, len(w.rows))))
	if w.results == 0 {
		return
	}
	sum, bands := new(big.Rat), map[string]int{}
	for _, r := range w.rows {
		if x, ok := new(big.Rat).SetString(r.Exact); ok && r.Rank > 0 {
			sum.Add(sum, x)
			bands[r.Band]++
		}
	}
	sum.Quo(sum, big.NewRat(int64(w.results), 1))
	var parts []string
	for _, b := range w.c.Rubric.Bands {
		parts = append(parts, fmt.Sprintf("“%s”%d 个", b.Name, bands[b.Name]))
	}
	w.doc.Say(fmt.Sprintf("平均总分 %s 分（保留两位小数）。按等级分：%s。", sum.FloatString(2), strings.Join(parts, "，")))
	for _, l := range w.c.Rubric.Lists {
		n := len(w.on(l.Name))
		w.doc.Say(fmt.Sprintf("%s %d 个，占有结果单位的 %s，名单见附件。", l.Name, n, percent(n, w.results)))
	}
}

func (w *bulletin) on(list string) []bulletinRow {
	var out []bulletinRow
	for _, r := range w.rows {
		if slices.Contains(r.Lists, list) {
			out = append(out, r)
		}
	}
	return out
}

// percent is n of m to two places, half up; a dash of nothing.
func percent(n, m int) string {
	if m == 0 {
		return "—"
	}
	return big.NewRat(int64(n)*100, int64(m)).FloatString(2) + "%"
}

// problem is a case of deduction with the units where it was found.
type problem struct {
	code, text string
	units      []string
}

// mostNamed is how many units a line of problems names.
const mostNamed = 12

// problems groups what was found by case, the most frequent first, naming units.
func (w *bulletin) problems(ctx context.Context, p Progress) ([]report.Block, error) {
	found := map[string]*problem{}
	for i, r := range w.rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.report(i+1, len(w.rows), r.name)
		if r.Record == "" {
			continue
		}
		rec, err := w.d.record(ctx, r.Record)
		if err != nil {
			return nil, err
		}
		w.collect(found, rec, r.name)
	}
	list := make([]*problem, 0, len(found))
	for _, code := range sortedKeys(found) {
		list = append(list, found[code])
	}
	slices.SortStableFunc(list, func(a, b *problem) int { return len(b.units) - len(a.units) })
	out := []report.Block{{Head: true, Text: "二、主要问题"}}
	if len(list) == 0 {
		return append(out, report.Block{Text: "本轮没有发现扣分问题。"}), nil
	}
	for i, x := range list {
		names := strings.Join(x.units[:min(len(x.units), mostNamed)], "、")
		if n := len(x.units); n > mostNamed {
			names += fmt.Sprintf("等 %d 个单位", n)
		}
		out = append(out, report.Block{Text: fmt.Sprintf("（%d）%s（%s，%d 个单位）：%s。", i+1, x.text, x.code, len(x.units), names)})
	}
	return out, nil
}

// collect notes the findings that cost the unit itself points.
func (w *bulletin) collect(found map[string]*problem, rec *inspection.Record, unit string) {
	for i := range w.c.Engine.Len() {
		ind := w.c.Engine.Indicator(i)
		if w.c.Engine.Part(i).Kind != scoring.Deduct {
			continue
		}
		for _, f := range rec.Entries[ind.Code].Findings {
			if f.Responsible != "" && f.Responsible != rec.Unit.Code {
				continue
			}
			code, text := f.Rule, ind.Title
			if r := w.c.Engine.Rule(i, f.Rule); r != nil {
				text = r.Text
			} else {
				code, text = ind.Code, ind.Title+"（其他问题）"
			}
			if found[code] == nil {
				found[code] = &problem{code: code, text: text}
			}
			if x := found[code]; !slices.Contains(x.units, unit) {
				x.units = append(x.units, unit)
			}
		}
	}
}

func (w *bulletin) asks() {
	if len(w.q.Asks) == 0 {
		return
	}
	w.doc.Part("三、有关要求")
	for _, a := range w.q.Asks {
		w.doc.Say(a)
	}
}
