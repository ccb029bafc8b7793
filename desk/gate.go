package desk

import (
	"fmt"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Gate is what the window shows before sealing: Gaps, and firmer than the format
// asks: a deduction without evidence needs a reason in words, or the liaison has
// nothing to check, and points chosen from a range need the reason for the
// choice. Last comes what is worth a second look.
func (in *Inspector) Gate() []inspection.Gap {
	var firm []inspection.Gap
	for i := range in.c.Engine.Len() {
		code := in.c.Engine.Indicator(i).Code
		e := in.rec.Entries[code]
		for k, f := range e.Findings {
			if why := in.unreasoned(i, e, f); why != "" {
				firm = append(firm, inspection.Gap{Indicator: code, Place: fmt.Sprintf("entries.%s.findings[%d].note", code, k), Blocking: true, Text: why})
			}
		}
	}
	return append(append(firm, in.Gaps()...), in.sharedGaps()...)
}

// unreasoned says why a finding still needs words; "" if it does not.
func (in *Inspector) unreasoned(i int, e inspection.Entry, f inspection.Finding) string {
	if f.Note != "" {
		return ""
	}
	name := f.Rule
	if name == "" {
		name = in.c.Engine.Indicator(i).Code
	}
	if r := in.c.Engine.Rule(i, f.Rule); r != nil && r.Kind == scoring.Range {
		return i18n.T("%s 的分数在范围内酌定，要写明理由", name)
	}
	if in.c.Engine.Part(i).Kind != scoring.Deduct || len(f.Evidence)+len(e.Evidence) > 0 || e.Note != "" {
		return ""
	}
	return i18n.T("%s 扣分没有佐证，要写明原因", name)
}
