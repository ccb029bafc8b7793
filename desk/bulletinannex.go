package desk

import (
	"context"
	"strconv"
	"strings"

	"xunping/report"
	"xunping/seal"
)

// annexes are the lists, the results of all units, and what changed since.
func (w *bulletin) annexes() error {
	for _, l := range w.c.Rubric.Lists {
		a := report.Annex{Title: l.Name, Table: report.Table{Heads: []string{"序号", "单位", "总分", "等级"}, Wide: []float64{18, 87, 30, 30}}}
		for i, r := range w.on(l.Name) {
			a.Rows = append(a.Rows, []string{strconv.Itoa(i + 1), r.name, r.value, r.Band})
		}
		w.doc.Annexes = append(w.doc.Annexes, a)
	}
	all := report.Annex{Title: "各单位检查结果", Table: report.Table{Heads: []string{"名次", "单位", "总分", "等级", "榜单", "版次", "短码", "说明"},
		Wide: []float64{12, 34, 18, 17, 15, 11, 36, 22}}}
	for _, r := range w.rows {
		revision, short := "", ""
		if r.Record != "" {
			rec, err := w.d.record(context.Background(), r.Record)
			if err != nil {
				return err
			}
			revision, short = strconv.Itoa(rec.Revision), seal.Short(r.Record)
		}
		all.Rows = append(all.Rows, []string{rankWord(r.Rank), r.name, r.value, r.Band, strings.Join(r.Lists, "、"), revision, short, r.reason})
	}
	w.doc.Annexes = append(w.doc.Annexes, all)
	open := report.Annex{Title: "结果暂定的单位和没有结果的单位", Table: report.Table{Heads: []string{"单位", "总分", "原因"}, Wide: []float64{55, 25, 85}}}
	for _, r := range w.rows {
		if r.open != "" {
			open.Rows = append(open.Rows, []string{r.name, r.value, r.open})
		}
	}
	if len(open.Rows) > 0 {
		w.doc.Annexes = append(w.doc.Annexes, open)
	}
	if w.frozen != nil {
		if x := w.d.differences(w.s, w.c, w.frozen.Act); len(x.Rows) > 0 {
			w.doc.Annexes = append(w.doc.Annexes, x)
		}
	}
	return w.corrections()
}

func (w *bulletin) corrections() error {
	if w.frozen == nil || !w.later {
		return nil
	}
	list, err := w.d.CorrectionList(w.frozen)
	if err != nil || len(list) == 0 {
		return err
	}
	a := report.Annex{Title: "发布后结果有变的单位（待更正）", Table: report.Table{Heads: []string{"单位", "发布时总分", "现总分", "发布时名次", "现名次"}, Wide: []float64{65, 25, 25, 25, 25}}}
	for _, x := range list {
		a.Rows = append(a.Rows, []string{x.Unit.Name, x.WasValue, x.IsValue, rankWord(x.Was.Rank), rankWord(x.Is.Rank)})
	}
	w.doc.Annexes = append(w.doc.Annexes, a)
	return nil
}
