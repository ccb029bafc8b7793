package inspection

import (
	"fmt"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// Gap is something that is still missing before sealing, for a person: which
// indicator, what, and whether sealing waits for it.
type Gap struct {
	Indicator string // "" for visit and people
	Place     string
	Text      string
	Blocking  bool
}

// Gaps is the completeness list of a draft: what blocks sealing, then what is
// advised (a deduction without reason or evidence).
func (r *Record) Gaps(c *Compiled) []Gap {
	var gaps, advice []Gap
	for _, p := range r.Check(c) {
		gaps = append(gaps, Gap{Indicator: p.Code, Place: p.Place, Text: i18n.Person(p.Err), Blocking: true})
	}
	if r.Visit.From == "" {
		gaps = append(gaps, Gap{Place: "visit.from", Text: i18n.T("缺少检查时间"), Blocking: true})
	}
	if len(r.People.Inspectors) == 0 {
		gaps = append(gaps, Gap{Place: "people.inspectors", Text: i18n.T("缺少检查员"), Blocking: true})
	}
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		advice = append(advice, r.advice(ind.Code, c.Engine.Part(i))...)
	}
	if r.People.UnitHead.Name == "" {
		advice = append(advice, Gap{Place: "people.unit_head", Text: i18n.T("没有写单位负责人")})
	}
	return append(gaps, advice...)
}

func (r *Record) advice(code string, p *scoring.Part) []Gap {
	var out []Gap
	e := r.Entries[code]
	for i, f := range e.Findings {
		place := fmt.Sprintf("entries.%s.findings[%d]", code, i)
		name := f.Rule // a free finding is named by the indicator
		if name == "" {
			name = code
		}
		if f.Note == "" {
			out = append(out, Gap{Indicator: code, Place: place + ".note", Text: i18n.T("%s 没有写原因", name)})
		}
		if p.Kind == scoring.Deduct && len(f.Evidence) == 0 && len(e.Evidence) == 0 {
			out = append(out, Gap{Indicator: code, Place: place + ".evidence", Text: i18n.T("%s 扣分没有佐证", name)})
		}
	}
	return out
}
