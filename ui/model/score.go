package model

import (
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// RowPoints is what a line of the checklist shows at its right: what the
// indicator loses or gains, with the role of its colour ("lost", "gained", "").
func RowPoints(res *scoring.Result, r *inspection.Record, c *inspection.Compiled, code string) (words, role string) {
	x := res.Indicator(code)
	if x == nil || x.State != scoring.Checked {
		return "", ""
	}
	i, _ := c.Engine.Index(code)
	if x.Counted.IsZero() {
		return "0", ""
	}
	if c.Engine.Part(i).Kind == scoring.Bonus {
		return "+" + x.Counted.Plain(), "gained"
	}
	return Minus(x.Counted.Plain()), "lost"
}

// Score is what the live panel shows.
type Score struct {
	Total, Band string
	List        string // "" for none
	Lines       []ScoreLine
	Groups      []GroupBar
	Missing     int    // indicators not checked
	ToGate      string // distance to the bonus gate
	ToBand      string // distance to the next grade
	Fraction    int    // of 150 in 1/10000 of the scale, for the pointer
	Known       bool
}

// ScoreLine is a name with its figure: X, Y, M, N.
type ScoreLine struct{ Name, Value, Word string }

// GroupBar is how much of a group's points is kept (deduct) or reached
// (bonus), in 1/10000.
type GroupBar struct {
	Code, Title, Words string
	Share              int
	Bonus              bool
}

// NewScore makes the panel of a result.
func NewScore(res *scoring.Result, c *inspection.Compiled) *Score {
	s := &Score{Total: res.Total.Value(), Band: res.Band, Known: res.Total.Known}
	if len(res.Lists) > 0 {
		s.List = res.Lists[0]
	}
	for i := range res.Parts {
		s.part(&res.Parts[i])
	}
	for i := range res.Len() {
		if res.At(i).State == scoring.Unchecked {
			s.Missing++
		}
	}
	s.groups(res, c)
	s.ToGate, s.ToBand = gateDistance(res, c), bandDistance(res, c)
	return s
}

func (s *Score) part(p *scoring.PartResult) {
	word := ""
	switch p.Gate {
	case scoring.GateOpen:
		word = i18n.T("开放")
	case scoring.GateClosed:
		word = i18n.T("未开放")
	}
	s.Lines = append(s.Lines, ScoreLine{p.Part.Code, p.Score.Value(), word})
	if p.Part.Absence.Policy == scoring.Rescale && p.Score.Known {
		s.Lines = append(s.Lines, ScoreLine{"M", p.ScoredFull.Plain(), ""}, ScoreLine{"N", p.Factor.String(), ""})
	}
}

func (s *Score) groups(res *scoring.Result, c *inspection.Compiled) {
	for _, p := range c.Rubric.Parts {
		for _, g := range p.Groups {
			var full, moved scoring.Sum
			for _, ind := range g.Indicators {
				if x := res.Indicator(ind.Code); x.State != scoring.Absent {
					full.AddPoints(ind.Points)
					moved.Add(x.Counted)
				}
			}
			bar := GroupBar{Code: g.Code, Title: g.Title, Bonus: p.Kind == scoring.Bonus, Share: moved.Exact().Of(full.Exact())}
			bar.Words = "+" + moved.Exact().Plain()
			if !bar.Bonus {
				bar.Share = 10000 - bar.Share
				bar.Words = Minus(moved.Exact().Plain())
			}
			if moved.Exact().IsZero() {
				bar.Words = "0"
			}
			s.Groups = append(s.Groups, bar)
		}
	}
}

// gateDistance says how far the gate's part is from the bonus gate, to either
// side; "" for a rubric without a gate.
func gateDistance(res *scoring.Result, c *inspection.Compiled) string {
	for i := range res.Parts {
		p := &res.Parts[i]
		if p.Part.Gate == nil || p.Gate == "" {
			continue
		}
		at := p.Part.Gate.AtLeast
		if at == nil {
			at = p.Part.Gate.Above
		}
		score := res.Part(p.Part.Gate.Part).Score
		if p.Gate == scoring.GateClosed {
			lack := c.Engine.Missing(score, *at)
			if lack == "" { // right on a gate that must be exceeded
				lack = "0"
			}
			return i18n.T("距加分门槛 %s 还差 %s", at.String(), lack)
		}
		return i18n.T("高出加分门槛 %s：%s", at.String(), c.Engine.Margin(score, *at))
	}
	return ""
}

// bandDistance says how far the total is from the next grade.
func bandDistance(res *scoring.Result, c *inspection.Compiled) string {
	if !res.Total.Known {
		return ""
	}
	for i := len(c.Rubric.Bands) - 1; i >= 0; i-- {
		if b := c.Rubric.Bands[i]; c.Engine.Missing(res.Total, b.From) != "" {
			return i18n.T("距“%s”还差 %s", b.Name, c.Engine.Missing(res.Total, b.From))
		}
	}
	return i18n.T("已是最高等级")
}

// StepWord is the name of a derivation step for a person.
func StepWord(step string) string {
	switch step {
	case "band":
		return i18n.T("等级")
	case "list":
		return i18n.T("榜单")
	case "ALL":
		return i18n.T("总分")
	}
	return step
}

// Scale is the ruler of the total: from 0 to the sum of the parts, with the
// bounds of grades and lists between, rising, each once.
func Scale(c *inspection.Compiled) (marks []scoring.Decimal, most scoring.Decimal) {
	for _, p := range c.Rubric.Parts {
		most += p.Full
	}
	marks = []scoring.Decimal{0, most}
	for _, b := range c.Rubric.Bands {
		marks = append(marks, b.From)
	}
	for _, l := range c.Rubric.Lists {
		for _, d := range []*scoring.Decimal{l.AtLeast, l.Below} {
			if d != nil && *d <= most {
				marks = append(marks, *d)
			}
		}
	}
	slices.Sort(marks)
	return slices.Compact(marks), most
}
