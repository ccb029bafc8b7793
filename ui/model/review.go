package model

import (
	"maps"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/scoring"
)

// Review is 横向复核: what was judged in a round, by indicator, with the changes
// that are made but not signed yet.
type Review struct {
	rows  []desk.ReviewRow
	shown []int // rows of the table that was made last
	edits map[reviewKey]desk.ReviewEdit
}

type reviewKey struct{ unit, indicator, finding string }

func keyOf(r *desk.ReviewRow) reviewKey {
	k := reviewKey{r.Unit.Code, r.Indicator, ""}
	if r.Finding != nil {
		k.finding = r.Finding.ID
	}
	return k
}

// NewReview makes the page of a round.
func NewReview(rows []desk.ReviewRow) *Review {
	return &Review{rows: rows, edits: map[reviewKey]desk.ReviewEdit{}}
}

// Empty tells whether nothing was judged.
func (v *Review) Empty() bool { return len(v.rows) == 0 }

// Indicators are those with judgements: code, and words with how many there are.
func (v *Review) Indicators() (codes, words []string) {
	count := map[string]int{}
	titles := map[string]string{}
	for _, r := range v.rows {
		if count[r.Indicator] == 0 {
			codes = append(codes, r.Indicator)
		}
		count[r.Indicator]++
		titles[r.Indicator] = r.Title
	}
	for _, c := range codes {
		words = append(words, i18n.T("%s %s（%d）", c, titles[c], count[c]))
	}
	return codes, words
}

// ReviewWhy is why a finding is compared.
func ReviewWhy(why string) string {
	switch why {
	case desk.ReviewRange:
		return i18n.T("酌情分")
	case desk.ReviewFree:
		return i18n.T("自定扣分")
	case desk.ReviewBureau:
		return i18n.T("汇总评定")
	}
	return i18n.T("加分")
}

// ReviewPhotos is the column that shows thumbnails.
const ReviewPhotos = 7

// Table lays out an indicator, "" for all.
func (v *Review) Table(indicator string) *Table {
	v.shown = nil
	var lines []Line
	for i := range v.rows {
		r := &v.rows[i]
		if indicator != "" && r.Indicator != indicator {
			continue
		}
		v.shown = append(v.shown, i)
		lines = append(lines, v.line(r))
	}
	return NewTable([]Column{{Word: i18n.T("指标"), Width: 44}, {Word: i18n.T("单位"), Width: 150}, {Word: i18n.T("检查组"), Width: 120}, {Word: i18n.T("依据"), Width: 190},
		{Word: i18n.T("分数"), Width: 64, Figure: true}, {Word: i18n.T("可给"), Width: 80}, {Word: i18n.T("说明")}, {Word: i18n.T("佐证"), Width: 132},
		{Word: i18n.T("复核"), Width: 150}}, lines)
}

func (v *Review) line(r *desk.ReviewRow) Line {
	l := Line{Group: r.Why, Cells: []string{r.Indicator, r.Unit.Name, r.Team, i18n.T("（未评分）"), "—", "", r.Note, "", v.state(r)}}
	if f := r.Finding; f != nil {
		l.Cells[3], l.Cells[4] = f.Rule+" "+f.Clause, TwoPlaces(f.Points)
		if r.Rule != nil {
			l.Cells[3] = r.Rule.Code + " " + r.Rule.Text
		}
		if f.Note != "" {
			l.Cells[6] = f.Note
		}
	}
	if r.Max > 0 {
		l.Cells[5] = r.Min.String() + "～" + r.Max.String()
	}
	if _, edited := v.edits[keyOf(r)]; edited {
		l.Accent = roleWaiting
	}
	return l
}

// state is what the bureau did with a row.
func (v *Review) state(r *desk.ReviewRow) string {
	if e, ok := v.edits[keyOf(r)]; ok {
		switch {
		case e.Remove:
			return i18n.T("待签：删去")
		case e.Points != nil:
			return i18n.T("待签：%s 分", e.Points.String())
		case e.Count != nil:
			return i18n.T("待签：%s 次", e.Count.String())
		}
		return i18n.T("待签：改说明")
	}
	if r.Decided && r.Reason != "" {
		return i18n.T("已修订：%s", r.Reason)
	}
	return ""
}

// Row is the judgement of a line of the last table.
func (v *Review) Row(l Line) desk.ReviewRow { return v.rows[v.shown[l.Place]] }

// Edit is the change that is made to a row, if there is one.
func (v *Review) Edit(r desk.ReviewRow) (desk.ReviewEdit, bool) {
	e, ok := v.edits[keyOf(&r)]
	return e, ok
}

// Change notes a change of a row; it counts when it is signed.
func (v *Review) Change(r desk.ReviewRow, e desk.ReviewEdit) error {
	if strings.TrimSpace(e.Reason) == "" {
		return i18n.E("改动要写理由")
	}
	k := keyOf(&r)
	e.Unit, e.Indicator, e.Finding = k.unit, k.indicator, k.finding
	v.edits[k] = e
	return nil
}

// Forget drops the change of a row, or all changes with nil.
func (v *Review) Forget(r *desk.ReviewRow) {
	if r == nil {
		clear(v.edits)
		return
	}
	delete(v.edits, keyOf(r))
}

// Signed drops the changes of units that are signed now.
func (v *Review) Signed(units []string) {
	maps.DeleteFunc(v.edits, func(k reviewKey, _ desk.ReviewEdit) bool { return slices.Contains(units, k.unit) })
}

// Resume takes over the changes that were not signed when the judgements were read
// before (nil for never): letters, merges and other pages come in between. A change
// of a record that is not the same any more is dropped; how many were is given back.
func (v *Review) Resume(before *Review) (dropped int) {
	if before == nil {
		return 0
	}
	records := func(rows []desk.ReviewRow) map[reviewKey]string {
		out := map[reviewKey]string{}
		for i := range rows {
			out[keyOf(&rows[i])] = rows[i].Record
		}
		return out
	}
	old, now := records(before.rows), records(v.rows)
	for k, e := range before.edits {
		if r, there := now[k]; there && r == old[k] {
			v.edits[k] = e
		} else {
			dropped++
		}
	}
	return dropped
}

// Pending is how many changes are not signed, in how many units.
func (v *Review) Pending() (changes, units int) { return len(v.edits), len(v.ByUnit()) }

// ByUnit are the changes of each unit: they become one revision.
func (v *Review) ByUnit() map[string][]desk.ReviewEdit {
	out := map[string][]desk.ReviewEdit{}
	keys := slices.SortedFunc(maps.Keys(v.edits), func(a, b reviewKey) int {
		return strings.Compare(a.unit+a.indicator+a.finding, b.unit+b.indicator+b.finding)
	})
	for _, k := range keys {
		out[k.unit] = append(out[k.unit], v.edits[k])
	}
	return out
}

// Spread says how a rule was used across the units: how often, from how much to
// how much.
func (v *Review) Spread(l []Line) string {
	var low, high scoring.Decimal
	n := 0
	for _, x := range l {
		r := v.Row(x)
		if r.Finding == nil {
			continue
		}
		p := r.Finding.Points
		if n == 0 || p < low {
			low = p
		}
		high = max(high, p)
		n++
	}
	if n == 0 {
		return ""
	}
	return i18n.T("%d 处评分，从 %s 到 %s 分", n, low.String(), high.String())
}
