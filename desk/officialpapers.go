package desk

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

// The documents between organs that follow from acts: what they say is in the act,
// so they can be written again at any time, as PDF or DOCX. Like everything that is
// signed or stamped they are Chinese, whatever the language of the window.

// writeOfficial writes a document to a file that ends in .pdf or .docx.
func writeOfficial(o report.Official, path string) error {
	b, err := drawOfficial(o, path)
	if err != nil {
		return err
	}
	return writeFile(path, b)
}

func drawOfficial(o report.Official, name string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		var pdf []byte
		pdf, err = report.DrawOfficial(o)
		b.Write(pdf)
	case ".docx":
		err = report.WriteOfficial(&b, o)
	default:
		return nil, i18n.E("文书写成 .pdf 或 .docx，不能写成 %s", filepath.Base(name))
	}
	if err != nil {
		return nil, i18n.E("%s 画不成：%s", filepath.Base(name), err, err)
	}
	return b.Bytes(), nil
}

// trialMarks are what stands on every page of a round that is tried, or whose
// rubric is not the official one.
func trialMarks(c *inspection.Compiled, trial bool) []string {
	var out []string
	if trial {
		out = append(out, "试评")
	}
	if illustrative(c) {
		out = append(out, "示例扣分情形与示例分值，附件1待录入")
	}
	return out
}

// paperDay is a day as documents print it, without zeros in front; what is no day
// stays as it is.
func paperDay(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return t.Format("2006年1月2日")
}

// named is a person with the number, as far as known.
func named(p inspection.Person) string {
	if p.Number == "" {
		return p.Name
	}
	return p.Name + "（" + p.Number + "）"
}

// actPaper begins the document of one act.
type actPaper struct {
	d   *Desk
	s   *actSet
	x   ActInfo
	rec *inspection.Record // the act is about
	c   *inspection.Compiled
	doc report.Official
}

// actPaper reads what a document of an act of a kind needs. One that decides
// nothing, because another replaces it or nobody believes its signer, says so on
// every page.
func (d *Desk) actPaper(ctx context.Context, kind inspection.ActKind, hash string) (*actPaper, error) {
	a, err := d.act(hash)
	if err != nil || a.Kind != kind {
		return nil, i18n.E("工作簿里没有这份“%s”（%s）", KindWord(kind), short8(hash), err)
	}
	w := &actPaper{d: d}
	if w.s, err = d.actSet(ctx, store.ActFilter{Round: a.Case.Round, Unit: a.Case.Unit}); err != nil {
		return nil, err
	}
	for _, x := range w.s.all {
		if x.Hash == hash {
			w.x = x
		}
	}
	record := a.About[0]
	if kind == inspection.ActRuling {
		o, _, err := d.aboutAct(a, inspection.ActObjection)
		if err != nil {
			return nil, i18n.E("工作簿里没有这份裁定所针对的异议", err)
		}
		record = o.About[0]
	}
	if w.rec, err = d.record(ctx, record); err != nil {
		return nil, i18n.E("工作簿里没有这份评分表（%s）", short8(record), err)
	}
	if w.c, err = d.Compiled(w.rec.Rubric.SHA256); err != nil {
		return nil, err
	}
	made, err := time.Parse(time.RFC3339, a.Made)
	if err != nil {
		return nil, i18n.E("行为记录的时间读不懂：%s", a.Made, err)
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	w.doc = report.Official{Number: a.Number, To: w.rec.Unit.Name, When: made, Signer: w.c.Rubric.Issuer, Date: paperDay(actDay(a))}
	if e := roster.Entry(a.Signer); e != nil && e.Org != "" {
		w.doc.Signer = e.Org
	}
	if w.s.gone[hash] {
		w.doc.Marks = append(w.doc.Marks, "已被新的文书代替")
	}
	if w.x.Standing != "" {
		w.doc.Marks = append(w.doc.Marks, "未生效：签发人未被承认")
	}
	w.doc.Marks = append(w.doc.Marks, trialMarks(w.c, a.Case.Trial)...)
	w.doc.Marks = append(w.doc.Marks, "行为短码 "+seal.Short(hash))
	return w, nil
}

// indicator is the code of an indicator with its title.
func (w *actPaper) indicator(code string) string {
	i, ok := w.c.Engine.Index(code)
	if !ok {
		return code
	}
	return code + " " + w.c.Engine.Indicator(i).Title
}

// card names the scorecard that the document speaks of.
func card(rec *inspection.Record, hash string) string {
	return fmt.Sprintf("%s评分表（第 %d 版，短码 %s）", rec.Round.Title, rec.Revision, seal.Short(hash))
}

// WriteRectifyNotice writes a notice 整改通知单 for its unit as .pdf or .docx: each
// finding, what counts as done, and by when.
func (d *Desk) WriteRectifyNotice(ctx context.Context, notice, path string) error {
	o, err := d.rectifyNotice(ctx, notice)
	if err != nil {
		return err
	}
	return writeOfficial(o, path)
}

func (d *Desk) rectifyNotice(ctx context.Context, notice string) (report.Official, error) {
	w, err := d.actPaper(ctx, inspection.ActRectify, notice)
	if err != nil {
		return report.Official{}, err
	}
	items, err := d.noticed(ctx, w.s, w.x)
	if err != nil {
		return report.Official{}, err
	}
	o, a := &w.doc, w.x.Act
	o.Title = "整改通知单"
	o.Say("依据《" + w.c.Rubric.Title + "》，对你单位进行了" + w.rec.Round.Title + "。经查，你单位存在下列问题，见" + card(w.rec, a.About[0]) + "：")
	t := report.Table{Heads: []string{"序号", "指标", "问题", "怎样算整改完成", "期限"}, Wide: []float64{11, 33, 48, 40, 24}}
	for n := range items {
		i := &items[n]
		what, due := findingWords(i), paperDay(i.First)
		if i.Repeats > 0 {
			what += fmt.Sprintf("（重复出现：此前已有 %d 轮发现）", i.Repeats)
		}
		if i.Due != i.First {
			due += "（后改为" + paperDay(i.Due) + "）"
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(n + 1), w.indicator(i.Indicator), what, i.Require, due})
	}
	o.Show(t)
	if a.Text != "" {
		o.Say(a.Text)
	}
	o.Say("现要求你单位按上表所列的标准，于期限前整改完毕，并把整改措施、完成日期和佐证逐条填入整改答复表报回（通知代码 " + seal.Short(notice) + "）。")
	o.Say("确需延期的，要在期限届满之前提出，写明理由和新的日期；期限已过的不能延期。")
	o.After = []string{"被检查单位负责人（签名）：　　　　　　年　　月　　日", "本通知单一式两份：一份存档，一份交被检查单位。"}
	return *o, nil
}

// WriteRuling writes the ruling on an objection 复核意见 for its unit as .pdf or
// .docx.
func (d *Desk) WriteRuling(ctx context.Context, ruling, path string) error {
	o, err := d.rulingPaper(ctx, ruling)
	if err != nil {
		return err
	}
	return writeOfficial(o, path)
}

func (d *Desk) rulingPaper(ctx context.Context, ruling string) (report.Official, error) {
	w, err := d.actPaper(ctx, inspection.ActRuling, ruling)
	if err != nil {
		return report.Official{}, err
	}
	a := w.x.Act
	objection, _, err := d.aboutAct(a, inspection.ActObjection)
	if err != nil {
		return report.Official{}, err
	}
	r, err := d.ruling(ctx, w.x)
	if err != nil {
		return report.Official{}, err
	}
	o := &w.doc
	o.Title = "关于" + w.rec.Unit.Name + "异议的复核意见"
	if r.Fault != "" {
		o.Marks = append([]string{"不成立：裁定人检查过该单位"}, o.Marks...)
	}
	o.Say(objectionSays(w.rec, objection))
	o.Part("一、异议事项和复核意见")
	o.Show(w.claims(objection))
	o.Part("二、复核结论")
	o.Say(strings.TrimSpace(map[string]string{inspection.Accepted: "采纳异议。", inspection.Partly: "部分采纳异议。",
		inspection.Refused: "不采纳异议，维持原评分。"}[a.Decision] + a.Text))
	if a.By.Number != "" && r.Fault == "" {
		o.Say("复核人：" + named(a.By) + "。复核人没有参加对该单位的检查（按证件号码核对）。")
	} else {
		o.Say("复核人：" + named(a.By) + "。")
	}
	o.Part("三、评分的更正")
	after, err := w.corrected(ctx, &r)
	o.Say(after)
	return *o, err
}

// objectionSays is what the unit objected to, and when.
func objectionSays(rec *inspection.Record, a *inspection.Act) string {
	words := "你单位对" + card(rec, a.About[0]) + "提出的异议"
	if a.Number != "" {
		words += "（" + a.Number + "）"
	}
	words += "已于" + paperDay(a.Date) + "收到。该评分表于" + paperDay(a.Valid.From) + "送达，"
	switch {
	case a.Valid.To == "":
		words += "本轮没有设异议期限。"
	case a.Date > a.Valid.To:
		words += "异议期到" + paperDay(a.Valid.To) + "为止，收到时已经超过。"
	default:
		words += "异议期到" + paperDay(a.Valid.To) + "为止。"
	}
	return words + "经复核，意见如下："
}

// claims is a row for each indicator that the unit objected to.
func (w *actPaper) claims(objection *inspection.Act) report.Table {
	t := report.Table{Heads: []string{"指标", "原评分", "单位的理由和主张", "复核意见"}, Wide: []float64{36, 24, 48, 48}}
	score := w.rec.Score(w.c)
	points := func(s string) string { return s + " 分" }
	for _, code := range sortedKeys(objection.Items) {
		claim, ruled := objection.Items[code], w.x.Act.Items[code]
		said, answer := claim.Text, "维持原评分。"
		if claim.Claim != "" {
			said += "（主张 " + points(claim.Claim) + "）"
		}
		if ruled.Claim != "" && w.x.Act.Decision != inspection.Refused {
			answer = "改为 " + points(ruled.Claim) + "。"
		}
		t.Rows = append(t.Rows, []string{w.indicator(code), w.lost(code) + counted(score.Indicator(code)), said, answer + ruled.Text})
	}
	return t
}

// lost says of the points of an indicator whether they are lost or gained.
func (w *actPaper) lost(code string) string {
	i, ok := w.c.Engine.Index(code)
	switch {
	case !ok || w.rec.Entries[code].State != scoring.Checked:
		return ""
	case w.c.Engine.Part(i).Kind == scoring.Deduct:
		return "扣 "
	}
	return "加 "
}

// corrected says what becomes of the score.
func (w *actPaper) corrected(ctx context.Context, r *Ruling) (string, error) {
	was := w.rec.Score(w.c).Total.Value()
	switch {
	case len(r.Changes) == 0:
		return "本意见不改变分值，该评分表总分仍为 " + was + " 分。", nil
	case r.Record == "":
		return "按本意见更正的评分表尚待签发；该评分表原总分 " + was + " 分。", nil
	}
	rec, err := w.d.record(ctx, r.Record)
	if err != nil {
		return "", err
	}
	return "已按本意见签发" + card(rec, r.Record) + "，总分由 " + was + " 分更正为 " + rec.Score(w.c).Total.Value() + " 分。", nil
}
