package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Walk is the way through one unit's checklist: the rows at the left, which
// indicator is open, and where a key leads next.
type Walk struct {
	rubric *scoring.Rubric
	rows   []WalkRow
	cur    int // index into rows, always an indicator
}

// WalkRow is one line of the checklist: a part, a group or an indicator.
type WalkRow struct {
	Part, Group, Title string
	Code               string // "" on the heads of parts and groups
	Bonus              bool
}

// NewWalk makes the way through a rubric, at its first indicator.
func NewWalk(r *scoring.Rubric) *Walk {
	w := &Walk{rubric: r, cur: -1}
	for _, p := range r.Parts {
		bonus := p.Kind == "bonus"
		for _, g := range p.Groups {
			w.rows = append(w.rows, WalkRow{Part: p.Code, Group: g.Code, Title: g.Title, Bonus: bonus})
			for _, ind := range g.Indicators {
				if w.cur < 0 {
					w.cur = len(w.rows)
				}
				w.rows = append(w.rows, WalkRow{Part: p.Code, Group: g.Code, Code: ind.Code, Title: ind.Title, Bonus: bonus})
			}
		}
	}
	return w
}

// Rows are all lines in order.
func (w *Walk) Rows() []WalkRow { return w.rows }

// Code is the open indicator's code.
func (w *Walk) Code() string {
	if w.cur < 0 {
		return ""
	}
	return w.rows[w.cur].Code
}

// GoTo opens an indicator by its code and tells whether there is one.
func (w *Walk) GoTo(code string) bool {
	for i, r := range w.rows {
		if r.Code == code && code != "" {
			w.cur = i
			return true
		}
	}
	return false
}

// Step goes to the next (+1) or the previous (−1) indicator and stays at the
// ends.
func (w *Walk) Step(by int) {
	for i := w.cur + by; i >= 0 && i < len(w.rows); i += by {
		if w.rows[i].Code != "" {
			w.cur = i
			return
		}
	}
}

// NextUnchecked goes to the next indicator that nobody has checked yet, going
// round once, and tells whether there is one.
func (w *Walk) NextUnchecked(r *inspection.Record) bool {
	n := len(w.rows)
	for k := 1; k <= n; k++ {
		i := (w.cur + k) % n
		if c := w.rows[i].Code; c != "" && stateOf(r, c) == scoring.Unchecked {
			w.cur = i
			return true
		}
	}
	return false
}

// Find goes to the next indicator whose code or title has the text.
func (w *Walk) Find(text string) bool {
	t := strings.ToLower(strings.TrimSpace(text))
	if t == "" {
		return false
	}
	for k := 0; k < len(w.rows); k++ {
		r := w.rows[(w.cur+k)%len(w.rows)]
		if r.Code != "" && (strings.HasPrefix(strings.ToLower(r.Code), t) || strings.Contains(strings.ToLower(r.Title), t)) {
			return w.GoTo(r.Code)
		}
	}
	return false
}

func stateOf(r *inspection.Record, code string) scoring.State {
	if s := r.Entries[code].State; s != "" {
		return s
	}
	return scoring.Unchecked
}

// Begun tells whether an unchecked indicator has something entered already.
func Begun(e inspection.Entry) bool {
	return e.Note != "" || len(e.Evidence) > 0 || len(e.Findings) > 0 || len(e.Measures) > 0 || len(e.Materials) > 0
}

// EntryGlyph is the sign of an indicator's state.
func EntryGlyph(r *inspection.Record, code string) string {
	switch stateOf(r, code) {
	case scoring.Checked:
		return "●"
	case scoring.Absent:
		return "—"
	case scoring.NotScored:
		return "·"
	}
	if Begun(r.Entries[code]) {
		return "◐"
	}
	return "○"
}

// EntryWord is the word beside the sign.
func EntryWord(r *inspection.Record, code string) string {
	switch stateOf(r, code) {
	case scoring.Checked:
		return i18n.T("已检查")
	case scoring.Absent:
		return i18n.T("不检查")
	case scoring.NotScored:
		return i18n.T("不评分")
	}
	if Begun(r.Entries[code]) {
		return i18n.T("已开始")
	}
	return i18n.T("未检查")
}

// Minus writes a loss as people read it: with a true minus, and 0 without.
func Minus(points string) string {
	if points == "" || points == "0" || points == "0.00" {
		return points
	}
	return "−" + points
}
